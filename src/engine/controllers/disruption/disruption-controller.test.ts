/** PodDisruptionBudgets in the real engine, with a stand-in for scheduler and kubelets. */
import { expect, test } from 'vitest';
import { createPodRunner } from '../../../testing/pod-runner';
import { createWorld, type World, type WorldOptions } from '../../../testing/world';
import type { CoreEvent, Pod, PodDisruptionBudget } from '../../api/types';
import type { Component } from '../../client/component';
import { disruptionController } from './disruption-controller';

const NODES = ['node-a', 'node-b'];

function start(
  documents: readonly string[],
  controller = disruptionController as unknown as Component,
  inputs: WorldOptions['inputs'] = [],
): World {
  const machines = NODES.map(
    (name) => `
apiVersion: v1
kind: Node
metadata: {name: ${name}}
`,
  );
  return createWorld({
    nodes: 0,
    without: ['default-scheduler', 'node-lifecycle-controller', 'node-controller'],
    components: [createPodRunner({ nodes: NODES }), controller],
    documents: [...machines, ...documents].join('---'),
    inputs,
  });
}

const budgetYaml = (name: string, spec: string, selector = '{matchLabels: {app: web}}'): string => `
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: ${name}}
spec: {${spec}, selector: ${selector}}
`;

const podYaml = (name: string): string => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}, labels: {app: web}}
spec: {containers: [{name: app, image: "app:v1"}]}
`;

const deploymentYaml = (replicas: number): string => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: ${replicas}
  progressDeadlineSeconds: 600
  strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: app, image: "app:v1"}]}
`;

function numbers(world: World, name = 'web'): string {
  const { status } = world.get<PodDisruptionBudget>('PodDisruptionBudget', 'default', name);
  return `${status.disruptionsAllowed} ${status.currentHealthy}/${status.desiredHealthy}/${status.expectedPods}`;
}

function condition(world: World, name = 'web') {
  return world.get<PodDisruptionBudget>('PodDisruptionBudget', 'default', name).status.conditions?.[0];
}

function messages(world: World, reason: string): (string | undefined)[] {
  return (world.events() as CoreEvent[]).filter((event) => event.reason === reason).map(({ message }) => message);
}

test('bare Pods: an integer minAvailable counts them, a percentage can not', () => {
  const world = start([
    budgetYaml('int', 'minAvailable: 1'),
    budgetYaml('percent', 'minAvailable: "50%"'),
    podYaml('a'),
    podYaml('b'),
  ]);
  world.runUntil(8000);
  expect(numbers(world, 'int')).toBe('1 2/1/2');
  // Both were there before their Pods.
  expect(messages(world, 'NoPods')).toHaveLength(2);
  expect(condition(world, 'int')).toMatchObject({ status: 'True', reason: 'SufficientPods', message: '' });
  // Each change of a Pod wakes one of its budgets, mostly the oldest: the other keeps old numbers until it is changed itself.
  expect(numbers(world, 'percent')).toBe('0 0/0/0');
  const body = { spec: { minAvailable: '60%' } };
  world.client.patch('PodDisruptionBudget', 'default', 'percent', { type: 'merge', body });
  world.runUntil(9000);
  expect(numbers(world, 'percent')).toBe('0 2/0/0');
  expect(condition(world, 'percent')).toMatchObject({ status: 'False', reason: 'InsufficientPods' });
  for (const message of messages(world, 'MultiplePodDisruptionBudgets')) {
    expect(message).toMatch(
      /^Pod "default"\/"[ab]" matches multiple PodDisruptionBudgets\. {2}Chose "(int|percent)" arbitrarily\.$/,
    );
  }
});

test('a controller that comes up later finds a budget and its Pods together', () => {
  const payload = { type: 'component-down', component: 'kube-controller-manager', for: '5s' };
  const world = start([budgetYaml('web', 'minAvailable: 1'), podYaml('a')], undefined, [
    { to: 'fault', kind: 'fault', payload, atMs: 0 },
  ]);
  world.runUntil(60_000);
  expect(numbers(world)).toBe('0 1/1/1');
  expect(messages(world, 'NoPods')).toEqual([]);
});

test('a percentage over unmanaged Pods is warned about in full', () => {
  const world = start([podYaml('a'), budgetYaml('web', 'minAvailable: "50%"')]);
  world.runUntil(5000);
  expect(numbers(world)).toBe('0 1/0/0');
  expect(messages(world, 'NoPods')).toEqual([]);
  expect(messages(world, 'UnmanagedPods')).toEqual([
    'Pods selected by this PodDisruptionBudget (selector: &LabelSelector{MatchLabels:map[string]string{app: web,},MatchExpressions:[]LabelSelectorRequirement{},}) were found to be unmanaged. As a result, the status of the PDB cannot be calculated correctly, which may result in undefined behavior. To account for these pods please set ".spec.minAvailable" field of the PDB to an integer value.',
  ]);
});

test('a percentage is taken of what the Deployment wants', () => {
  const world = start([deploymentYaml(3), budgetYaml('web', 'maxUnavailable: "34%"')]);
  world.runUntil(5000);
  expect(numbers(world)).toBe('2 3/1/3');
});

test('a budget without Pods says so and allows nothing', () => {
  const world = start([budgetYaml('web', 'minAvailable: 1')]);
  world.runUntil(2000);
  expect(messages(world, 'NoPods')).toEqual(['No matching pods found']);
  expect(numbers(world)).toBe('0 0/1/0');
  expect(condition(world)?.reason).toBe('InsufficientPods');
});

test('a budget with an empty selector is for all Pods of its namespace, one without a selector for none', () => {
  const none = budgetYaml('none', 'minAvailable: 1').replace(/, selector: .*}}/, '}');
  const world = start([podYaml('a'), budgetYaml('all', 'minAvailable: 1', '{}'), none]);
  world.runUntil(5000);
  expect(numbers(world, 'all')).toBe('0 1/1/1');
  expect(numbers(world, 'none')).toBe('0 0/1/0');
  expect(() => world.client.evict('default', 'a')).toThrow("Cannot evict pod as it would violate the pod's disruption");
  world.client.delete('PodDisruptionBudget', 'default', 'all');
  world.client.evict('default', 'a');
  world.runUntil(9000);
  expect(world.find('Pod', 'default', 'a')).toBeUndefined();
});

test('an eviction spends the budget, and the replacement gives it back', () => {
  const world = start([deploymentYaml(2), budgetYaml('web', 'minAvailable: 1')]);
  world.runUntil(5000);
  expect(numbers(world)).toBe('1 2/1/2');
  const [first, second] = world.list<Pod>('Pod').map(({ metadata }) => metadata.name);
  world.client.evict('default', first as string);
  expect(() => world.client.evict('default', second as string)).toThrow(
    "Cannot evict pod as it would violate the pod's disruption budget.",
  );
  world.runUntil(5200);
  expect(numbers(world)).toMatch(/^0 1\/1/);
  world.runUntil(12_000);
  expect(numbers(world)).toBe('1 2/1/2');
  expect(world.get<PodDisruptionBudget>('PodDisruptionBudget', 'default', 'web').status.disruptedPods).toBeUndefined();
});

test('a Pod that was to be disrupted and lives on loses its DisruptionTarget after two minutes', () => {
  const world = start([podYaml('a')]);
  world.runUntil(3000);
  const pod = world.get<Pod>('Pod', 'default', 'a');
  const target = {
    type: 'DisruptionTarget',
    status: 'True' as const,
    reason: 'PreemptionByScheduler',
    lastTransitionTime: '2026-01-01T00:00:03Z',
  };
  world.client.updateStatus({
    ...pod,
    status: { ...pod.status, conditions: [...(pod.status.conditions ?? []), target] },
  });
  const status = () =>
    world.get<Pod>('Pod', 'default', 'a').status.conditions?.find(({ type }) => type === 'DisruptionTarget')?.status;
  world.runUntil(122_900);
  expect(status()).toBe('True');
  world.runUntil(123_100);
  expect(status()).toBe('False');
});

test('counts follow Pods that come, change their labels and go', () => {
  const world = start([
    deploymentYaml(4),
    budgetYaml('one', 'minAvailable: 1'),
    budgetYaml('two', 'maxUnavailable: 1'),
    podYaml('a'),
  ]);
  for (let round = 1; round <= 6; round++) {
    world.runUntil(round * 900);
    const pods = world.list<Pod>('Pod');
    const pod = pods[(round * 3) % pods.length] as Pod;
    if (round % 2 === 0) world.client.delete('Pod', 'default', pod.metadata.name);
    else world.client.update({ ...pod, metadata: { ...pod.metadata, labels: { ...pod.metadata.labels, app: 'off' } } });
  }
  world.runUntil(12_000);
  expect(numbers(world, 'one')).toMatch(/^\d+ 4\/1\/4$|^\d+ 5\/1\/5$/);
});
