/** What a real 1.36.3 answered to apply --overwrite=false. */
import { expect, test } from 'vitest';
import { createSession } from '../session/create-session';

const manifest = (a: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: cm}\ndata: {a: "${a}", b: "x y"}\n`;
const applied = (a: string): string =>
  `{"apiVersion":"v1","data":{"a":"${a}","b":"x y"},"kind":"ConfigMap","metadata":{"annotations":{},"name":"cm","namespace":"default"}}`;

test('every change of the manifest conflicts with the annotation that remembers it', () => {
  const { session } = createSession(manifest('1'));
  const { simulation } = session!;
  simulation.run({ timeMs: 1_000 });
  const ask = (command: string, stdin?: string) =>
    session!.kubectl(command, { step: simulation.step, timeMs: simulation.nowMs }, { stdin });
  const apply = 'apply --overwrite=false -f -';
  expect(ask(apply, manifest('1'))).toMatchObject({ code: 0, stdout: 'configmap/cm unchanged\n' });
  const { code, stdout, stderr } = ask(apply, manifest('6'));
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  const conflict = `patch:
data:
  a: "6"
metadata:
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: |
      ${applied('6')}

conflicts with changes made from original to current:
metadata:
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: |
      ${applied('1')}
  creationTimestamp: "2026-01-01T00:00:00Z"
  managedFields:
`;
  expect(stderr).toContain(`warning: error calculating patch from openapi v3 spec: ${conflict}`);
  expect(stderr).toContain(`\n\nwarning: error calculating patch from openapi spec: ${conflict}`);
  const name =
    'Resource: "/v1, Resource=configmaps", GroupVersionKind: "/v1, Kind=ConfigMap"\nName: "cm", Namespace: "default"';
  expect(stderr).toContain(
    `\n\nerror: error when applying patch:\n\nto:\n${name}\nfor: "STDIN": error when patching "STDIN": creating patch with:\noriginal:\n${applied('1')}\n\nmodified:\n{"apiVersion"`,
  );
  expect(stderr).toContain(`\n\nfor: ${conflict}`);
  expect(ask('get cm cm -o jsonpath={.data.a}').stdout).toBe('1');
});
