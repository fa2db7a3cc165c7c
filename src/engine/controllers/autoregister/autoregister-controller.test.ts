/** The APIServices of custom groups, as a real 1.36.3 made, kept and deleted them. */
import { expect, test } from 'vitest';
import { createTerminal } from '../../../testing/terminal';

function definition(
  plural: string,
  kind: string,
  versions: readonly (readonly [name: string, served: boolean])[],
): string {
  const schema = '{openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}';
  const rows = versions.map(
    ([name, served], index) => `  - {name: ${name}, served: ${served}, storage: ${index === 0}, schema: ${schema}}`,
  );
  return `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: ${plural}.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {plural: ${plural}, kind: ${kind}}
  versions:
${rows.join('\n')}`;
}

const WIDGETS = definition('widgets', 'Widget', [
  ['v1', true],
  ['v1beta1', true],
  ['v1alpha1', false],
]);
const GADGETS = definition('gadgets', 'Gadget', [['v1', true]]);
const OWN = 'get apiservice -l kube-aggregator.kubernetes.io/automanaged=true -o name';
const V1 = 'apiservice.apiregistration.k8s.io/v1.example.com\n';
const BETA = 'apiservice.apiregistration.k8s.io/v1beta1.example.com\n';

function terminal() {
  const { run, world } = createTerminal();
  const say = (command: string, stdin?: string): string => {
    const { stdout, stderr } = run(command, stdin);
    world.simulation.run({ timeMs: world.simulation.nowMs + 1_000 });
    return stdout + stderr;
  };
  return say;
}

test('each version that a definition serves has one, which goes with the last definition of it', () => {
  const say = terminal();
  say('apply -f -', WIDGETS);
  expect(say(OWN)).toBe(V1 + BETA);
  const shown = JSON.parse(say('get apiservice v1.example.com -o json --show-managed-fields'));
  expect(shown).toMatchObject({
    metadata: {
      labels: { 'kube-aggregator.kubernetes.io/automanaged': 'true' },
      managedFields: [{ manager: 'kube-apiserver', operation: 'Update', apiVersion: 'apiregistration.k8s.io/v1' }],
    },
    spec: { group: 'example.com', groupPriorityMinimum: 1000, version: 'v1', versionPriority: 100 },
    status: {
      conditions: [
        { type: 'Available', status: 'True', reason: 'Local', message: 'Local APIServices are always available' },
      ],
    },
  });
  say('apply -f -', GADGETS);
  say('delete crd widgets.example.com');
  expect(say(OWN)).toBe(V1);
  say('delete crd gadgets.example.com');
  expect(say(OWN)).toBe('');
});

test('one that is deleted or changed comes back, one that has lost its label is left alone', () => {
  const say = terminal();
  say('apply -f -', WIDGETS);
  expect(say('delete apiservice v1.example.com')).toBe('apiservice.apiregistration.k8s.io "v1.example.com" deleted\n');
  say('patch apiservice v1beta1.example.com --type=merge -p \'{"spec":{"versionPriority":7}}\'');
  expect(say('get apiservice v1.example.com v1beta1.example.com -o jsonpath={.items[*].spec.versionPriority}')).toBe(
    '100 100',
  );
  say('label apiservice v1.example.com kube-aggregator.kubernetes.io/automanaged-');
  say('delete crd widgets.example.com');
  expect(say('get apiservice v1.example.com v1beta1.example.com -o name')).toBe(
    `${V1}Error from server (NotFound): apiservices.apiregistration.k8s.io "v1beta1.example.com" not found\n`,
  );
});

test('a version that is no longer served loses its own', () => {
  const say = terminal();
  say('apply -f -', WIDGETS);
  say('apply -f -', WIDGETS.replace('{name: v1beta1, served: true', '{name: v1beta1, served: false'));
  expect(say(OWN)).toBe(V1);
});
