/** What a real 1.36.3 said of manifests in which something is given, and empty. */
import { expect, test } from 'vitest';
import { createSession } from '../session/create-session';

/** What apply says of a manifest, in a cluster that holds others. */
function applied(manifest: string, before = '') {
  const { session } = createSession(before);
  const { simulation } = session!;
  simulation.run({ timeMs: 1_000 });
  const ask = (command: string, stdin?: string) =>
    session!.kubectl(command, { step: simulation.step, timeMs: simulation.nowMs }, { stdin });
  return { ...ask('apply -f -', manifest), ask };
}

const daemonSet = (labels: string): string => `apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {${labels}}
    spec: {containers: [{name: c, image: i}]}
`;

test.each([
  ['labels: {}', '{}'],
  ['', 'null'],
])('labels of a template: {%s} are shown as %s', (labels, shown) => {
  expect(applied(daemonSet(labels)).stderr).toBe(
    `The DaemonSet "agent" is invalid: spec.template.metadata.labels: Invalid value: ${shown}: \`selector\` does not match template \`labels\`\n`,
  );
});

test('the capacity of a volume is shown as it was given', () => {
  const volume = 'apiVersion: v1\nkind: PersistentVolume\nmetadata: {name: pv002}\nspec: {capacity: {}}\n';
  expect(applied(volume).stderr).toContain(
    '\n* spec.capacity: Required value\n* spec.capacity: Unsupported value: {}: supported values: "storage"\n',
  );
});

test('dependencies of a schema are refused even if there are none', () => {
  const kind = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: shirts.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {plural: shirts, singular: shirt, kind: Shirt}
  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, dependencies: {}}}}]
`;
  expect(applied(kind).stderr).toBe(
    'The CustomResourceDefinition "shirts.example.com" is invalid: spec.validation.openAPIV3Schema.dependencies: Forbidden: dependencies is not supported\n',
  );
});

test('an annotation that a manifest makes null is kept and empty', () => {
  const storage = (value: string): string =>
    `apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: s, annotations: {storageclass.kubernetes.io/is-default-class: ${value}}}\nprovisioner: example.com/disk\n`;
  const { ask, ...answer } = applied(storage('null'), storage('"true"'));
  expect(answer).toMatchObject({ code: 0, stdout: 'storageclass.storage.k8s.io/s configured\n' });
  const { annotations } = JSON.parse(ask('get storageclass s -o json').stdout).metadata;
  expect(annotations).toEqual({
    'kubectl.kubernetes.io/last-applied-configuration':
      '{"apiVersion":"storage.k8s.io/v1","kind":"StorageClass","metadata":{"annotations":{"storageclass.kubernetes.io/is-default-class":""},"name":"s"},"provisioner":"example.com/disk"}\n',
    'storageclass.kubernetes.io/is-default-class': '',
  });
});
