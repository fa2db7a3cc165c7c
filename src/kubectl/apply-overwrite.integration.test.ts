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

test('no patch can be made of an element without the key that its list is merged by', () => {
  const service = (port: string): string =>
    `apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {a: b}, ports: [{${port}}]}\n`;
  const { session } = createSession(service('port: 80'));
  const { simulation } = session!;
  simulation.run({ timeMs: 1_000 });
  const at = { step: simulation.step, timeMs: simulation.nowMs };
  const { code, stderr } = session!.kubectl('apply -f -', at, { stdin: service('targetPort: 80') });
  const reason = 'map: map[targetPort:80] does not contain declared merge key: port';
  expect(code).toBe(1);
  expect(stderr).toContain(
    `warning: error calculating patch from openapi v3 spec: ${reason}\nwarning: error calculating patch from openapi spec: ${reason}\nerror: error when applying patch:\n\nto:\nResource: "/v1, Resource=services"`,
  );
  expect(stderr).toContain('error when patching "STDIN": creating patch with:\noriginal:\n{"apiVersion"');
  expect(stderr).toMatch(/\n\nfor: map: map\[targetPort:80\] does not contain declared merge key: port\n$/);
});
