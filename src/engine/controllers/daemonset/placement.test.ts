import { expect, test } from 'vitest';
import { daemonTolerations, demandsOf, placementOn } from '../../api/daemon-placement';
import type { Node, Pod, PodSpec, Taint } from '../../api/types';
import { daemonPod, targetNodeOf } from './daemon-pod';
import { isUnsettled, planNode } from './placement';

const NODE = 'node.kubernetes.io';

function node(name: string, labels: Record<string, string> = {}, taints: readonly string[] = []): Node {
  const parsed = taints.map((text) => {
    const [key = '', effect] = text.split(':');
    return { key, effect } as Taint;
  });
  return { apiVersion: 'v1', kind: 'Node', metadata: { name, labels }, spec: { taints: parsed }, status: {} } as Node;
}

const spec = (parts: Partial<PodSpec> = {}): PodSpec => ({ containers: [], ...parts });

test.each<[string, Partial<PodSpec>, Node, boolean, boolean, string]>([
  ['plain', {}, node('a'), true, true, ''],
  ['cordoned', {}, node('a', {}, [`${NODE}/unschedulable:NoSchedule`]), true, true, ''],
  ['not ready', {}, node('a', {}, [`${NODE}/not-ready:NoExecute`]), true, true, ''],
  ['another name', { nodeName: 'b' }, node('a'), false, false, 'the template names another node'],
  ['its name', { nodeName: 'a' }, node('a'), true, true, ''],
  ['label', { nodeSelector: { disk: 'ssd' } }, node('a', { disk: 'ssd' }), true, true, ''],
  [
    'no label',
    { nodeSelector: { disk: 'ssd' } },
    node('a'),
    false,
    false,
    "its labels don't match the node selector or affinity",
  ],
  [
    'NoSchedule: who is there stays',
    {},
    node('a', {}, ['x:NoSchedule']),
    false,
    true,
    'it has the untolerated taint x:NoSchedule',
  ],
  [
    'NoExecute',
    {},
    node('a', {}, ['x:NoSchedule', 'y:NoExecute']),
    false,
    false,
    'it has the untolerated taint y:NoExecute',
  ],
  ['PreferNoSchedule', {}, node('a', {}, ['x:PreferNoSchedule']), true, true, ''],
  ['tolerated', { tolerations: [{ operator: 'Exists' }] }, node('a', {}, ['x:NoExecute']), true, true, ''],
  [
    'no network',
    {},
    node('a', {}, [`${NODE}/network-unavailable:NoSchedule`]),
    false,
    true,
    `it has the untolerated taint ${NODE}/network-unavailable:NoSchedule`,
  ],
  [
    'no network, host network',
    { hostNetwork: true },
    node('a', {}, [`${NODE}/network-unavailable:NoSchedule`]),
    true,
    true,
    '',
  ],
])('%s', (_name, parts, where, shouldRun, shouldContinue, obstacle) => {
  expect(placementOn(demandsOf({ spec: spec(parts) }), where)).toEqual({ shouldRun, shouldContinue, obstacle });
});

test('a toleration that is there already takes the place of the added one', () => {
  const own = { key: `${NODE}/not-ready`, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 5 } as const;
  const all = daemonTolerations({ tolerations: [own, { key: 'x', operator: 'Exists' }] });
  expect(all.map(({ key }) => key)).toEqual([
    `${NODE}/not-ready`,
    'x',
    ...['unreachable', 'disk-pressure', 'memory-pressure', 'pid-pressure', 'unschedulable'].map(
      (one) => `${NODE}/${one}`,
    ),
  ]);
  expect(all[0]?.tolerationSeconds).toBeUndefined();
});

test('a Pod is meant for its node by name, and keeps its other affinities', () => {
  const metadata = { name: 'agent', namespace: 'default', uid: 'u' };
  const podAntiAffinity = { requiredDuringSchedulingIgnoredDuringExecution: [] };
  const template = { metadata: { labels: { app: 'x' } }, spec: spec({ affinity: { podAntiAffinity } }) };
  const daemonSet = { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata, spec: { selector: {}, template } };
  const pod = daemonPod(daemonSet as never, 'abc', 'node-7');
  expect(targetNodeOf(pod)).toBe('node-7');
  expect(pod.spec.affinity?.podAntiAffinity).toBe(podAntiAffinity);
  expect(pod.metadata).toMatchObject({
    generateName: 'agent-',
    labels: { app: 'x', 'controller-revision-hash': 'abc' },
  });
  expect(targetNodeOf({ ...pod, spec: spec({ nodeName: 'node-1' }) })).toBe('node-1');
  expect(targetNodeOf({ ...pod, spec: spec() })).toBeUndefined();
});

/** `a new Running ready`: name, revision, phase, and what else holds. */
function pod(text: string): Pod {
  const [name = '', revision = '', phase, ...rest] = text.split(' ');
  const conditions = [{ type: 'Ready', status: rest.includes('ready') ? 'True' : 'False' }];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      labels: { 'controller-revision-hash': revision },
      ...(rest.includes('going') ? { deletionTimestamp: 'now' } : {}),
    },
    spec: spec({ nodeName: rest.includes('unplaced') ? undefined : 'n' }),
    status: { phase, conditions },
  } as Pod;
}

const HERE = { shouldRun: true, shouldContinue: true, obstacle: '' };
const STAY = { shouldRun: false, shouldContinue: true, obstacle: 'x' };
const AWAY = { shouldRun: false, shouldContinue: false, obstacle: 'x' };

test.each([
  // placement, surge allowed, Pods → created?, deleted
  ['none', HERE, false, [], true, ''],
  ['one', HERE, false, ['a new Running ready'], false, ''],
  ['going', HERE, false, ['a new Running going'], false, ''],
  ['failed', HERE, false, ['a new Failed'], false, 'a failed'],
  ['ended', HERE, false, ['a new Succeeded'], false, 'a succeeded'],
  ['two', HERE, false, ['a new Running', 'b new Running'], false, 'b surplus'],
  ['may stay', STAY, false, ['a new Running'], false, ''],
  ['nothing to stay', STAY, false, [], false, ''],
  ['may not stay', AWAY, false, ['a new Running', 'b new Running going'], false, 'a unfit'],
  ['node gone', undefined, false, ['a new Pending unplaced', 'b new Running'], false, 'a node gone'],
  ['surge: going', HERE, true, ['a new Running going'], true, ''],
  ['surge: new not ready', HERE, true, ['a old Running ready', 'b new Running'], false, ''],
  ['surge: new ready', HERE, true, ['a old Running ready', 'b new Running ready'], false, 'a replaced'],
  ['surge: old not ready', HERE, true, ['a old Running', 'b new Running'], false, 'a replaced'],
  ['surge: three', HERE, true, ['a old Running ready', 'b new Running', 'c new Running'], false, 'c surplus'],
])('on a node: %s', (_name, placement, allowsSurge, texts, create, deleted) => {
  const state = { placement, pods: texts.map(pod) };
  const marks = { hash: 'new', generation: undefined };
  const plan = planNode(state, { allowsSurge, marks, minReadySeconds: 0, nowMs: 0, timeOf: () => 0 });
  expect(plan.create).toBe(create);
  expect(plan.deletions.map(({ pod: { metadata }, why }) => `${metadata.name} ${why}`).join(', ')).toBe(deleted);
  if (plan.create || plan.deletions.length > 0) expect(isUnsettled(state)).toBe(true);
});
