import { expect, it } from 'vitest';
import { startText } from './swarm';

const SCENARIO = `
apiVersion: kubestep.dev/v1alpha1
kind: Scenario
metadata: {name: restart}
spec:
  nodes: [{name: n1}]
  actions:
  - at: 10s
    apply: {apiVersion: example.com/v1, kind: Widget, metadata: {name: w, namespace: default}}
  - {at: 20s, fault: {type: component-down, component: kube-controller-manager, for: 10s}}
  - {at: 25s, kubectl: delete widget w --cascade=foreground --wait=false}
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  names: {kind: Widget, plural: widgets}
  scope: Namespaced
  versions:
  - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}
`;

it('a controller that starts again learns of custom objects, too', () => {
  const simulation = startText(SCENARIO);
  const widgets = () =>
    simulation.objectsAt(simulation.step, 'Widget.example.com').map(({ metadata }) => metadata.name);
  simulation.run({ timeMs: 29_000 });
  expect(widgets()).toEqual(['w']);
  simulation.run({ timeMs: 60_000 });
  expect(widgets()).toEqual([]);
});
