import { describe, expect, it } from 'vitest';
import { createWorld, type World, type WorldOptions } from '../../../testing/world';
import type { KubeObject } from '../../api/meta';
import type { CoreEvent, Node, Pod } from '../../api/types';
import type { TimedInput } from '../../simulation';

const partition = (atMs: number, node: string, healsAfterMs?: number): TimedInput => ({
  to: 'fault',
  kind: 'fault',
  atMs,
  payload: { type: 'node-partition', node, ...(healsAfterMs === undefined ? {} : { for: healsAfterMs }) },
});

const tolerate = (seconds: number) =>
  ['not-ready', 'unreachable'].map((key) => ({
    key: `node.kubernetes.io/${key}`,
    operator: 'Exists',
    effect: 'NoExecute',
    tolerationSeconds: seconds,
  }));

/** A ReplicaSet of one Pod that would rather be on one node, else on another. */
function replicaSet(name: string, preferred: readonly string[], seconds: number): KubeObject {
  const preferences = preferred.map((node, index) => ({
    weight: 100 - index * 50,
    preference: { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [node] }] },
  }));
  const spec = {
    affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: preferences } },
    tolerations: tolerate(seconds),
    containers: [{ name: 'app', image: 'app:v1' }],
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name, namespace: 'default' },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec },
    },
  };
}

const flags = { 'kube-controller-manager': { 'node-monitor-grace-period': '20s' } };
const world = (options: WorldOptions): World => createWorld({ flags, ...options });
const nodesIn = (zones: Record<string, string>) =>
  Object.entries(zones).map(([name, zone]) => ({ name, labels: { 'topology.kubernetes.io/zone': zone } }));

const placement = (running: World): string[] =>
  running
    .list<Pod>('Pod')
    .map(
      (pod) =>
        `${pod.metadata.name.slice(0, 2)} on ${pod.spec.nodeName}${pod.metadata.deletionTimestamp ? ' ending' : ''}`,
    )
    .sort();
const taints = (running: World, name: string): string[] =>
  (running.get<Node>('Node', undefined, name).spec.taints ?? [])
    .map((taint) => `${taint.key.replace('node.kubernetes.io/', '')}:${taint.effect}`)
    .sort();
const messages = (running: World, reason: string): string[] =>
  (running.events() as CoreEvent[]).filter((event) => event.reason === reason).map((event) => event.message ?? '');

describe('a node that falls silent', () => {
  it('turns Unknown after the grace period, is tainted at once and evicted from later', () => {
    const running = world({
      nodes: [{ name: 'n1' }, { name: 'n2' }],
      documents: [replicaSet('web', ['n2'], 10)],
      inputs: [partition(5000, 'n2')],
    });
    running.runUntil(24_900);
    expect(taints(running, 'n2')).toEqual([]);
    running.runUntil(30_050);
    const ready = running.get<Node>('Node', undefined, 'n2').status.conditions?.find(({ type }) => type === 'Ready');
    expect(ready).toMatchObject({ status: 'Unknown', reason: 'NodeStatusUnknown' });
    expect(taints(running, 'n2')).toEqual(['unreachable:NoSchedule']);
    expect(messages(running, 'NodeNotReady').sort()).toEqual([
      'Node is not ready',
      'Node n2 status is now: NodeNotReady',
    ]);
    const [pod] = running.list<Pod>('Pod');
    expect(pod?.status.conditions?.find(({ type }) => type === 'Ready')?.status).toBe('False');
    running.runUntil(30_200);
    expect(taints(running, 'n2')).toEqual(['unreachable:NoExecute', 'unreachable:NoSchedule']);
    running.runUntil(39_900);
    expect(placement(running)).toEqual(['we on n2']);
    running.runUntil(45_000);
    expect(placement(running)).toEqual(['we on n1', 'we on n2 ending']);
    expect(messages(running, 'TaintManagerEviction')).toEqual([
      `Marking for deletion Pod default/${pod?.metadata.name}`,
    ]);
    const evicted = running.get<Pod>('Pod', 'default', pod?.metadata.name ?? '');
    expect(evicted.status.conditions?.find(({ type }) => type === 'DisruptionTarget')).toMatchObject({
      status: 'True',
      reason: 'DeletionByTaintManager',
      message: 'Taint manager: deleting due to NoExecute taint',
    });
  });

  it('loses its taints when it is back, and nothing is evicted in time', () => {
    const running = world({
      nodes: [{ name: 'n1' }, { name: 'n2' }],
      documents: [replicaSet('web', ['n2'], 60)],
      inputs: [partition(5000, 'n2', 40_000)],
    });
    running.runUntil(110_000);
    expect(placement(running)).toEqual(['we on n2']);
    expect(taints(running, 'n2')).toEqual([]);
    expect(messages(running, 'TaintManagerEviction')).toEqual([
      `Cancelling deletion of Pod default/${running.list<Pod>('Pod')[0]?.metadata.name}`,
    ]);
    const ready = running.list<Pod>('Pod')[0]?.status.conditions?.find(({ type }) => type === 'Ready');
    expect(ready?.status).toBe('True');
  });
});

it('moves the Pods of a zone that is down, one node in ten seconds', () => {
  const running = world({
    nodes: nodesIn({ a1: 'a', a2: 'a', b1: 'b', b2: 'b' }),
    documents: [replicaSet('wa', ['a1', 'b1'], 10), replicaSet('wb', ['a2', 'b2'], 10)],
    inputs: [partition(5000, 'a1'), partition(5000, 'a2')],
  });
  running.runUntil(75_000);
  expect(placement(running)).toEqual(['wa on a1 ending', 'wa on b1', 'wb on a2 ending', 'wb on b2']);
  const noExecute = running.steps().filter((step) => step.message.includes('unreachable:NoExecute'));
  expect((noExecute[1]?.time ?? 0) - (noExecute[0]?.time ?? 0)).toBe(10_000);
});

it('takes a silence of all nodes for its own and evicts nothing', () => {
  const running = world({
    nodes: [{ name: 'n1' }],
    documents: [replicaSet('web', ['n1'], 5)],
    inputs: [partition(5000, 'n1')],
  });
  running.runUntil(60_000);
  expect(taints(running, 'n1')).toEqual(['unreachable:NoSchedule']);
  expect(placement(running)).toEqual(['we on n1']);
});

it('keeps going while the API server is away', () => {
  const down: TimedInput = { to: 'fault', kind: 'fault', atMs: 5000, payload: { type: 'api-server-down', for: '60s' } };
  const running = world({ nodes: 2, documents: [replicaSet('web', ['node-1'], 10)], inputs: [down] });
  running.runUntil(120_000);
  expect(placement(running)).toEqual(['we on node-1']);
  expect(taints(running, 'node-1')).toEqual([]);
});

describe('NoExecute taints that people set', () => {
  const pod = (name: string, tolerations: readonly object[]): KubeObject => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default' },
    spec: { nodeName: 'n1', tolerations, containers: [{ name: 'app', image: 'app:v1' }] },
  });
  const toleration = (key: string, tolerationSeconds: number) => ({
    key,
    operator: 'Exists',
    effect: 'NoExecute',
    tolerationSeconds,
  });
  const setTaints = (running: World, keys: readonly string[]): void => {
    const node = running.get<Node>('Node', undefined, 'n1');
    const wanted = keys.map((key) => ({ key, value: 'x', effect: 'NoExecute' }));
    running.client.update({ ...node, spec: { ...node.spec, taints: wanted } } as Node);
  };

  it('the shortest toleration counts, an untolerated taint evicts at once', () => {
    const documents = [pod('both', [toleration('a', 60), toleration('b', 8)]), pod('only-a', [toleration('a', 60)])];
    const running = createWorld({ nodes: [{ name: 'n1' }], documents, without: ['pod-garbage-collector-controller'] });
    running.runUntil(5000);
    setTaints(running, ['a', 'b']);
    running.runUntil(12_000);
    expect(running.list('Pod').map((one) => one.metadata.name)).toEqual(['both']);
    running.runUntil(16_000);
    expect(running.list('Pod')).toEqual([]);
  });

  it('an eviction is cancelled when the taint goes, and when the Pod does', () => {
    const documents = [pod('seconds', [toleration('maint', 15)]), pod('gone', [toleration('maint', 15)])];
    const running = createWorld({ nodes: [{ name: 'n1' }], documents });
    running.runUntil(5000);
    setTaints(running, ['maint']);
    running.runUntil(8000);
    running.client.delete('Pod', 'default', 'gone');
    running.runUntil(12_000);
    setTaints(running, []);
    running.runUntil(30_000);
    expect(running.list('Pod').map((one) => one.metadata.name)).toEqual(['seconds']);
    expect(messages(running, 'TaintManagerEviction')).toEqual([
      'Cancelling deletion of Pod default/gone',
      'Cancelling deletion of Pod default/seconds',
    ]);
  });
});

describe('a node that joins', () => {
  it('is watched because of the step that made it', () => {
    const running = world({ nodes: [{ name: 'n1' }, { name: 'late', joinsAtMs: 12_000 }] });
    running.runFor(20_000);
    const trace = running.simulation.trace(1, running.simulation.step);
    const registered = trace.find(({ message }) => message.startsWith('Node late is new'));
    expect(trace.find(({ step }) => step === registered?.cause)).toMatchObject({
      actor: 'kubelet/late',
      verb: 'register',
    });
  });
});
