import { describe, expect, it } from 'vitest';
import type { KubeObject, ObjectMeta } from '../../engine/api/meta';
import type { WatchEvent } from '../../engine/client/component';
import type { TraceStep } from '../../engine/trace/trace';
import { createWorld } from '../world';
import { addresses } from './addresses';
import { authorized } from './authorized';
import { availability } from './availability';
import { bindings } from './bindings';
import { cronJobRuns } from './cron-job-runs';
import { disruptionBudgets } from './disruption-budgets';
import { endpointSlices } from './endpoint-slices';
import { generations } from './generations';
import { type Checker, complaintsOf, type History, historyOf } from './history';
import { jobCounts } from './job-counts';
import { ownerReferences } from './owner-references';
import { quotas } from './quotas';
import { CHECKERS } from './registry';
import { replicaSetCounts } from './replica-set-counts';
import { revisions } from './revisions';
import { rolloutBounds } from './rollout-bounds';
import { settledWell } from './settled';
import { storage } from './storage';
import { storms } from './storms';

/** What an actor writes in a step, at a time: an object, or the key of one that goes. */
interface Written {
  readonly actor: string;
  readonly atMs: number;
  readonly objects?: readonly KubeObject[];
  readonly gone?: readonly (readonly [kind: string, key: string])[];
}

/** A history made by hand: revisions, identities and steps are right unless the objects say otherwise. */
function historyFrom(written: readonly Written[]): History {
  const held = new Map<string, KubeObject>();
  const changes: WatchEvent[] = [];
  const steps: TraceStep[] = [];
  const write = (kind: string, key: string, value: KubeObject | undefined, atMs: number): void => {
    const id = `${kind} ${key}`;
    const revision = changes.length + 1;
    const metadata = {
      uid: `uid-${id}`,
      creationTimestamp: '2026-01-01T00:00:00Z',
      resourceVersion: String(revision),
      ...value?.metadata,
    };
    const stored = value && { ...value, metadata: metadata as ObjectMeta };
    changes.push({ revision, step: steps.length + 1, atMs, kind, key, value: stored, previous: held.get(id) });
    if (stored) held.set(id, stored);
    else held.delete(id);
  };
  for (const { actor, atMs, objects = [], gone = [] } of written) {
    for (const object of objects) {
      const { namespace, name } = object.metadata;
      write(object.kind, namespace ? `${namespace}/${name}` : name, object, atMs);
    }
    for (const [kind, key] of gone) write(kind, key, undefined, atMs);
    steps.push({ step: steps.length + 1, time: atMs, actor, verb: '', object: null, cause: null, message: '' });
  }
  return { changes, steps, timeOf: (text) => Date.parse(text) - Date.parse('2026-01-01T00:00:00Z') };
}

type Extra = Partial<ObjectMeta>;

const object = (kind: string, name: string, spec: object, status: object = {}, metadata: Extra = {}): KubeObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { name, ...(kind === 'Node' ? {} : { namespace: 'default' }), ...metadata },
  spec,
  status,
});

const ownedBy = (kind: string, name: string): Extra => ({
  ownerReferences: [{ apiVersion: 'apps/v1', kind, name, uid: `uid-${kind} default/${name}`, controller: true }],
});

const READY = {
  phase: 'Running',
  podIP: '10.244.0.9',
  conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: '2026-01-01T00:00:00Z' }],
};
const template = { metadata: { labels: { app: 'web' } } };
const deployment = (replicas: number, strategy: object = {}, status: object = {}): KubeObject =>
  object('Deployment', 'web', { replicas, strategy, selector: { matchLabels: { app: 'web' } }, template }, status);
const replicaSet = (name: string, replicas: number, status: object = {}): KubeObject =>
  object(
    'ReplicaSet',
    name,
    { replicas, selector: { matchLabels: { app: 'web' } }, template },
    status,
    ownedBy('Deployment', 'web'),
  );
const pod = (
  name: string,
  owner: string | undefined,
  status: object = READY,
  metadata: Extra = {},
  spec: object = {},
): KubeObject =>
  object('Pod', name, { containers: [{ name: 'main' }], ...spec }, status, {
    labels: { app: 'web' },
    ...(owner ? ownedBy('ReplicaSet', owner) : {}),
    ...metadata,
  });
const GOING: Extra = { deletionTimestamp: '2026-01-01T00:00:20Z' };
const EVICTED = {
  ...READY,
  conditions: [...READY.conditions, { type: 'DisruptionTarget', status: 'True', reason: 'EvictionByEvictionAPI' }],
};
const budget = object('PodDisruptionBudget', 'web', { minAvailable: 2, selector: { matchLabels: { app: 'web' } } });
const service = object('Service', 'web', { selector: { app: 'web' }, ports: [{ port: 80 }] });
const slice = (pods: readonly string[], conditions: object = {}): KubeObject =>
  object('EndpointSlice', 'web-1', {}, {}, { labels: { 'kubernetes.io/service-name': 'web' } }) && {
    ...object('EndpointSlice', 'web-1', {}, {}, { labels: { 'kubernetes.io/service-name': 'web' } }),
    endpoints: pods.map((name) => ({
      addresses: ['10.244.0.9'],
      targetRef: { kind: 'Pod', name, uid: `uid-Pod default/${name}` },
      conditions,
    })),
  };
const node = (spec: object = {}, allocatable: object = { cpu: '1', memory: '1Gi', pods: '10' }): KubeObject =>
  object('Node', 'node-1', spec, { allocatable });
const bound = (name: string, cpu: string, ports: object[] = []): KubeObject =>
  pod(
    name,
    undefined,
    {},
    {},
    { nodeName: 'node-1', containers: [{ name: 'main', ports, resources: { requests: { cpu } } }] },
  );
const unbound = (name: string): KubeObject => pod(name, undefined, {});

const USER = 'user';
const REPLICASETS = 'replicaset-controller';
const DEPLOYMENTS = 'deployment-controller';
const SCHEDULER = 'default-scheduler';
/** Three Pods of two versions, long settled. */
const rolling = (
  strategy: object = { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 1 } },
): Written => ({
  actor: USER,
  atMs: 0,
  objects: [
    deployment(3, strategy),
    replicaSet('old', 2),
    replicaSet('new', 1),
    pod('a', 'old'),
    pod('b', 'old'),
    pod('c', 'new'),
  ],
});

const broken: readonly (readonly [
  what: string,
  checker: Checker,
  words: string,
  written: readonly Written[],
  settled?: boolean,
])[] = [
  [
    'a resourceVersion that is not the revision',
    revisions,
    'says resourceVersion 7',
    [{ actor: USER, atMs: 0, objects: [pod('a', undefined, {}, { resourceVersion: '7' })] }],
  ],
  [
    'a uid used twice',
    revisions,
    'has the uid of',
    [{ actor: USER, atMs: 0, objects: [pod('a', undefined, {}, { uid: 'x' }), pod('b', undefined, {}, { uid: 'x' })] }],
  ],
  [
    'a uid that changes',
    revisions,
    'changed its uid',
    [{ actor: USER, atMs: 0, objects: [pod('a', undefined, {}, { uid: 'x' }), pod('a', undefined, {}, { uid: 'y' })] }],
  ],
  [
    'time that goes back',
    revisions,
    'goes back',
    [
      { actor: USER, atMs: 5 },
      { actor: USER, atMs: 4 },
    ],
  ],
  [
    'a deletion taken back',
    revisions,
    'came back from deletion',
    [{ actor: USER, atMs: 0, objects: [pod('a', undefined, {}, GOING), pod('a', undefined, {})] }],
  ],
  [
    'a generation that falls',
    generations,
    'from generation 2 to 1',
    [
      {
        actor: USER,
        atMs: 0,
        objects: [
          object('Deployment', 'a', {}, {}, { generation: 1 }),
          object('Deployment', 'a', { replicas: 1 }, {}, { generation: 2 }),
          object('Deployment', 'a', { replicas: 2 }, {}, { generation: 1 }),
        ],
      },
    ],
  ],
  [
    'a spec that changes unnoticed',
    generations,
    'still generation 1',
    [
      {
        actor: USER,
        atMs: 0,
        objects: [
          object('Deployment', 'a', {}, {}, { generation: 1 }),
          object('Deployment', 'a', { replicas: 1 }, {}, { generation: 1 }),
        ],
      },
    ],
  ],
  [
    'an observedGeneration from the future',
    generations,
    'observed 2 of 1',
    [{ actor: USER, atMs: 0, objects: [object('Deployment', 'a', {}, { observedGeneration: 2 }, { generation: 1 })] }],
  ],
  [
    'a generation nobody observed',
    generations,
    'ends with generation 2 and observed 1',
    [
      {
        actor: USER,
        atMs: 0,
        objects: [
          object('Deployment', 'a', {}, { observedGeneration: 1 }, { generation: 1 }),
          object('Deployment', 'a', { replicas: 1 }, { observedGeneration: 1 }, { generation: 2 }),
        ],
      },
    ],
    true,
  ],
  [
    'two controllers',
    ownerReferences,
    'two controllers',
    [
      {
        actor: REPLICASETS,
        atMs: 0,
        objects: [
          pod(
            'a',
            undefined,
            {},
            {
              ownerReferences: [
                ...(ownedBy('ReplicaSet', 'x').ownerReferences ?? []),
                ...(ownedBy('ReplicaSet', 'y').ownerReferences ?? []),
              ],
            },
          ),
        ],
      },
    ],
  ],
  [
    'an owner that never was',
    ownerReferences,
    'never existed',
    [{ actor: REPLICASETS, atMs: 0, objects: [pod('a', 'nobody')] }],
  ],
  [
    'an owner long gone',
    ownerReferences,
    'long gone',
    [
      { actor: USER, atMs: 0, objects: [replicaSet('old', 1)] },
      { actor: USER, atMs: 10, gone: [['ReplicaSet', 'default/old']] },
      { actor: REPLICASETS, atMs: 5000, objects: [pod('a', 'old')] },
    ],
  ],
  [
    'a dependent left behind',
    ownerReferences,
    'outlives',
    [
      { actor: USER, atMs: 0, objects: [replicaSet('old', 1), pod('a', 'old')] },
      { actor: USER, atMs: 10, gone: [['ReplicaSet', 'default/old']] },
    ],
    true,
  ],
  [
    'a Pod that moves',
    bindings,
    'moved from node-1',
    [
      {
        actor: SCHEDULER,
        atMs: 0,
        objects: [node(), bound('a', '1'), pod('a', undefined, {}, {}, { nodeName: 'node-2' })],
      },
    ],
  ],
  [
    'a Node that is not there',
    bindings,
    "isn't there",
    [{ actor: SCHEDULER, atMs: 500, objects: [unbound('a'), bound('a', '1')] }],
  ],
  [
    'a Node that is too small',
    bindings,
    'has 1000 of cpu, its Pods ask for 1200',
    [
      { actor: SCHEDULER, atMs: 0, objects: [node(), bound('a', '600m')] },
      { actor: SCHEDULER, atMs: 500, objects: [unbound('b'), bound('b', '600m')] },
    ],
  ],
  [
    'a Node that is full of Pods',
    bindings,
    'has 1 of pods',
    [
      {
        actor: SCHEDULER,
        atMs: 0,
        objects: [node({}, { cpu: '9', memory: '1Gi', pods: '1' }), bound('a', '1'), unbound('b'), bound('b', '1')],
      },
    ],
  ],
  [
    'a host port given twice',
    bindings,
    'share host port TCP 80',
    [
      {
        actor: SCHEDULER,
        atMs: 0,
        objects: [node(), bound('a', '1m', [{ hostPort: 80 }]), unbound('b'), bound('b', '1m', [{ hostPort: 80 }])],
      },
    ],
  ],
  [
    'a cordoned Node',
    bindings,
    'cordoned',
    [
      { actor: USER, atMs: 0, objects: [node({ unschedulable: true })] },
      { actor: SCHEDULER, atMs: 500, objects: [unbound('a'), bound('a', '1m')] },
    ],
  ],
  [
    'a taint that is not tolerated',
    bindings,
    "doesn't tolerate gpu",
    [
      { actor: USER, atMs: 0, objects: [node({ taints: [{ key: 'gpu', effect: 'NoSchedule' }] })] },
      { actor: SCHEDULER, atMs: 500, objects: [unbound('a'), bound('a', '1m')] },
    ],
  ],
  [
    'a count that never was',
    replicaSetCounts,
    'says 2 Pods',
    [
      { actor: REPLICASETS, atMs: 0, objects: [replicaSet('old', 1), pod('a', 'old')] },
      { actor: REPLICASETS, atMs: 900, objects: [replicaSet('old', 1, { replicas: 2, fullyLabeledReplicas: 2 })] },
    ],
  ],
  [
    'a count that was true too long ago',
    replicaSetCounts,
    'says 1 Pods',
    [
      { actor: REPLICASETS, atMs: 0, objects: [replicaSet('old', 1), pod('a', 'old', {})] },
      { actor: REPLICASETS, atMs: 10, objects: [pod('b', 'old', {})] },
      { actor: REPLICASETS, atMs: 900, objects: [replicaSet('old', 1, { replicas: 1, fullyLabeledReplicas: 1 })] },
    ],
  ],
  [
    'a count that stays wrong',
    replicaSetCounts,
    'ends saying 0 Pods',
    [{ actor: REPLICASETS, atMs: 0, objects: [replicaSet('old', 1), pod('a', 'old')] }],
    true,
  ],
  [
    'more wanted than may be',
    rolloutBounds,
    'at most 4 may be',
    [rolling(), { actor: DEPLOYMENTS, atMs: 900, objects: [replicaSet('new', 3)] }],
  ],
  [
    'more made than may be',
    rolloutBounds,
    'at most 4 may exist',
    [rolling(), { actor: REPLICASETS, atMs: 900, objects: [replicaSet('new', 3), pod('d', 'new'), pod('e', 'new')] }],
  ],
  [
    'more made than wanted',
    rolloutBounds,
    'has 2 Pods and wants 1',
    [rolling(), { actor: REPLICASETS, atMs: 900, objects: [pod('d', 'new')] }],
  ],
  [
    'too few left',
    availability,
    'leaves 1 available',
    [
      rolling(),
      { actor: REPLICASETS, atMs: 900, objects: [pod('a', 'old', READY, GOING)] },
      { actor: REPLICASETS, atMs: 9000, gone: [['Pod', 'default/b']] },
    ],
  ],
  [
    'two versions under Recreate',
    rolloutBounds,
    'another version',
    [
      rolling({ type: 'Recreate' }),
      { actor: REPLICASETS, atMs: 900, objects: [replicaSet('new', 2), pod('d', 'new')] },
    ],
  ],
  [
    'an eviction too many',
    disruptionBudgets,
    'leaves 1 healthy Pods',
    [
      { actor: USER, atMs: 0, objects: [budget, pod('a', undefined), pod('b', undefined)] },
      { actor: USER, atMs: 900, objects: [pod('a', undefined, EVICTED), pod('a', undefined, EVICTED, GOING)] },
    ],
  ],
  [
    'an endpoint that is gone',
    endpointSlices,
    'which is gone',
    [
      { actor: USER, atMs: 0, objects: [service] },
      { actor: 'endpointslice-controller', atMs: 900, objects: [slice(['ghost'])] },
    ],
  ],
  [
    'an endpoint that is not selected',
    endpointSlices,
    "doesn't select",
    [
      { actor: USER, atMs: 0, objects: [service, pod('a', undefined, READY, { labels: {} })] },
      { actor: 'endpointslice-controller', atMs: 900, objects: [slice(['a'])] },
    ],
  ],
  [
    'an endpoint that is ready though it goes',
    endpointSlices,
    'says that a is ready',
    [
      { actor: USER, atMs: 0, objects: [service, pod('a', undefined)] },
      {
        actor: 'endpointslice-controller',
        atMs: 900,
        objects: [slice(['a'], { ready: true, serving: true, terminating: true })],
      },
    ],
  ],
  [
    'an endpoint held twice',
    endpointSlices,
    'twice',
    [
      { actor: USER, atMs: 0, objects: [service, pod('a', undefined)] },
      { actor: 'endpointslice-controller', atMs: 900, objects: [slice(['a', 'a'])] },
    ],
  ],
  [
    'an endpoint that is missing',
    endpointSlices,
    'ends with endpoints []',
    [{ actor: USER, atMs: 0, objects: [service, pod('a', undefined)] }],
    true,
  ],
  [
    'a Deployment that is not complete',
    settledWell,
    'ends with Pods 2, should be 3',
    [{ actor: USER, atMs: 0, objects: [deployment(3), replicaSet('old', 3), pod('a', 'old'), pod('b', 'old')] }],
    true,
  ],
  [
    'a budget that counts wrongly',
    disruptionBudgets,
    'ends saying 0 healthy',
    [{ actor: USER, atMs: 0, objects: [budget, pod('a', undefined)] }],
    true,
  ],
  [
    'a Pod that never goes',
    settledWell,
    'still being deleted',
    [{ actor: USER, atMs: 0, objects: [pod('a', undefined, READY, GOING)] }],
    true,
  ],
  [
    'a Pod that is bound nowhere',
    settledWell,
    'never bound',
    [{ actor: USER, atMs: 0, objects: [pod('a', undefined)] }],
    true,
  ],
];

describe('checkers complain of', () => {
  for (const [what, checker, words, written, settled = false] of broken) {
    it(what, () => {
      const complaints = complaintsOf(historyFrom(written), [checker], settled);
      expect(complaints.join('\n')).toContain(words);
    });
  }

  it('steps out of order and causes that come later', () => {
    const { steps, ...rest } = historyFrom([
      { actor: USER, atMs: 0 },
      { actor: USER, atMs: 1 },
    ]);
    const wrong = steps.map((step) => ({ ...step, step: 3 - step.step, cause: step.step === 1 ? 2 : null }));
    const complaints = complaintsOf({ ...rest, steps: wrong }, [revisions]).join('\n');
    expect(complaints).toContain('step 2 stands in place 1');
    expect(complaints).toContain('step 2 has cause 2');
  });

  it('a revision that is missing', () => {
    const { changes, ...rest } = historyFrom([{ actor: USER, atMs: 0, objects: [unbound('a'), unbound('b')] }]);
    expect(complaintsOf({ ...rest, changes: changes.slice(1) }, [revisions]).join('\n')).toContain(
      'revision 2 follows 0',
    );
  });
});

describe('addresses and storms', () => {
  const at = (name: string, podIP: string, phase = 'Running', spec: object = {}) =>
    object('Pod', name, spec, { phase, podIP });
  const first: Written = { actor: USER, atMs: 0, objects: [at('a', '10.0.0.1')] };

  it.each<[string, Written[], string[]]>([
    [
      'two that live',
      [{ actor: USER, atMs: 1, objects: [at('b', '10.0.0.1')] }],
      ['Pod default/b and Pod default/a both have 10.0.0.1'],
    ],
    ['another address', [{ actor: USER, atMs: 1, objects: [at('b', '10.0.0.2')] }], []],
    ['one that is over', [{ actor: USER, atMs: 1, objects: [at('a', '10.0.0.1', 'Failed'), at('b', '10.0.0.1')] }], []],
    [
      'one that is gone',
      [
        { actor: USER, atMs: 1, gone: [['Pod', 'default/a']] },
        { actor: USER, atMs: 2, objects: [at('b', '10.0.0.1')] },
      ],
      [],
    ],
    ['its Node', [{ actor: USER, atMs: 1, objects: [at('b', '10.0.0.1', 'Running', { hostNetwork: true })] }], []],
  ])('share: %s', (_what, then, complaints) => {
    const found = complaintsOf(historyFrom([first, ...then]), [addresses]);
    expect(found.map((line) => line.split(': addresses: ')[1])).toEqual(complaints);
  });

  const many = (count: number, atMs: number, make: (name: string) => KubeObject): Written => ({
    actor: USER,
    atMs,
    objects: Array.from({ length: count }, (_, index) => make(`${atMs}-${index}`)),
  });
  const turnedAway = (name: string) => object('Pod', name, {}, { phase: 'Failed', reason: 'OutOfpods' });

  it('storms: Pods turned away, and Events, by virtual minute', () => {
    const calm = [
      many(40, 0, turnedAway),
      many(40, 60_000, turnedAway),
      many(8000, 120_000, (name) => object('Event', name, {})),
    ];
    expect(complaintsOf(historyFrom(calm), [storms])).toEqual([]);
    const wild = [many(60, 0, turnedAway), many(8100, 120_000, (name) => object('Event', name, {}))];
    const found = complaintsOf(historyFrom(wild), [storms]).map((line) => line.split(': storms: ')[1]);
    expect(found).toEqual([
      'more than 40 Pods were turned away in minute 0',
      'more than 8000 Events were written in minute 2',
    ]);
  });

  it('storms: not while a Node under pressure has no taint, as nobody gives it one', () => {
    const under = (taints: object[]) =>
      object('Node', 'n', { taints }, { conditions: [{ type: 'DiskPressure', status: 'True' }] });
    const run = (taints: object[]): Written[] => [
      { actor: USER, atMs: 0, objects: [under(taints)] },
      many(8100, 1000, (name) => object('Event', name, {})),
    ];
    expect(complaintsOf(historyFrom(run([])), [storms])).toEqual([]);
    const taint = { key: 'node.kubernetes.io/disk-pressure', effect: 'NoSchedule' };
    expect(complaintsOf(historyFrom(run([taint])), [storms])).toHaveLength(1);
  });

  it('storms: not while a Pod that was removed by force still has its place', () => {
    const status = { phase: 'Running', containerStatuses: [{ name: 'main', state: { running: {} } }] };
    const forced = object('Pod', 'forced', {}, status);
    const removed: Written[] = [
      { actor: USER, atMs: 0, objects: [forced] },
      { actor: USER, atMs: 1000, gone: [['Pod', 'default/forced']] },
    ];
    expect(complaintsOf(historyFrom([...removed, many(60, 2000, turnedAway)]), [storms])).toEqual([]);
    expect(complaintsOf(historyFrom([...removed, many(60, 62_000, turnedAway)]), [storms])).toHaveLength(1);
  });
});

describe('authorized', () => {
  it('finds who wrote without a right, and knows rights that came and went', () => {
    const map = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default' } });
    const binding = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name: 'bob', namespace: 'default' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'edit' },
      subjects: [{ kind: 'User', name: 'bob' }],
    };
    const history = historyFrom([
      { actor: 'deployment-controller', atMs: 1, objects: [map('a')] },
      { actor: 'user', atMs: 2, objects: [map('b'), binding] },
      { actor: 'user', atMs: 3, objects: [map('c')] },
      { actor: 'user', atMs: 4, gone: [['RoleBinding', 'default/bob']] },
      { actor: 'user', atMs: 5, objects: [map('d')] },
    ]);
    const messages = ['', '', 'kubectl create configmap c --as bob', '', 'kubectl create configmap d --as bob'];
    const steps = history.steps.map((step, index) => ({ ...step, message: messages[index] ?? '' }));
    const found = complaintsOf({ ...history, steps }, [authorized], true).map(
      (line) => line.split(': authorized: ')[1],
    );
    expect(found).toEqual([
      'system:serviceaccount:kube-system:deployment-controller may not create ConfigMap default/a',
      'bob may not create ConfigMap default/d',
    ]);
  });
});

describe('quotas', () => {
  const quota = (used: string) =>
    object('ResourceQuota', 'q', { hard: { pods: '1' } }, { hard: { pods: '1' }, used: { pods: used } });
  it('complains of a Pod beyond the quota, and of what it says in the end', () => {
    const history = historyFrom([
      { actor: USER, atMs: 0, objects: [quota('0'), pod('over', undefined, { phase: 'Succeeded' })] },
      { actor: USER, atMs: 10, objects: [pod('a', undefined)] },
      { actor: USER, atMs: 20, objects: [pod('b', undefined)] },
    ]);
    const found = complaintsOf(history, [quotas], true).map((line) => line.split(': quotas: ')[1]);
    expect(found).toEqual([
      'Pod default/b was let in, though with it pods is 2 of 1 in ResourceQuota default/q',
      'ResourceQuota default/q ends saying that pods is 0; true is 2',
    ]);
  });
});

describe('Jobs', () => {
  const JOBS = 'job-controller';
  const work = (status: object, spec: object = {}): KubeObject =>
    object('Job', 'work', { completions: 2, parallelism: 1, ...spec }, status);
  const track = (isHeld: boolean): Extra => ({
    ...ownedBy('Job', 'work'),
    ...(isHeld ? { finalizers: ['batch.kubernetes.io/job-tracking'] } : {}),
  });
  const done = (name: string, isHeld: boolean): KubeObject =>
    pod(name, undefined, { phase: 'Succeeded' }, track(isHeld));
  const over = [{ type: 'Complete', status: 'True' }];
  const found = (written: readonly Written[], settled = false): string[] =>
    complaintsOf(historyFrom(written), [jobCounts], settled).map((line) => line.split(': Job counts: ')[1] ?? line);
  const at = (atMs: number, ...objects: KubeObject[]): Written => ({ actor: JOBS, atMs, objects });
  const waiting = (...succeeded: string[]): object => ({ uncountedTerminatedPods: { succeeded } });

  it('may count a Pod once', () => {
    const steps = [
      at(0, work({}), done('a', true)),
      at(10, work(waiting('uid-Pod default/a'))),
      at(20, done('a', false)),
    ];
    expect(found([...steps, at(30, work({ succeeded: 1, uncountedTerminatedPods: {} }))])).toEqual([]);
    expect(found([...steps, at(30, work({ succeeded: 2, uncountedTerminatedPods: {} }))])).toEqual([
      'Job default/work says 2 succeeded and 0 to be counted; 1 were ever counted',
    ]);
    const counted = at(30, work({ succeeded: 1, uncountedTerminatedPods: {} }));
    const again = at(40, work({ ...waiting('uid-Pod default/a'), succeeded: 1 }));
    expect(found([...steps, counted, again])[0]).toBe('Job default/work counts uid-Pod default/a twice as succeeded');
  });

  it('may not let go what it has not counted, nor make too many', () => {
    expect(found([at(0, work({}), done('a', true)), at(10, done('a', false))])).toEqual([
      'Pod default/a succeeded and was let go uncounted',
    ]);
    const running = (name: string): KubeObject => pod(name, undefined, READY, track(true));
    expect(found([at(0, work({}), running('a')), at(10, running('b'))])).toEqual([
      'Pod default/b makes 2 Pods of Job default/work, which wants 1',
    ]);
  });

  it('may not be over too soon', () => {
    const steps = [at(0, work({}), pod('a', undefined, READY, track(true))), at(10, work({ conditions: over }))];
    expect(found(steps)).toEqual([
      'Job default/work is complete with 0 of 2 succeeded',
      'Job default/work is over while Pod default/a is at work',
    ]);
    expect(found([at(0, work({}))], true)).toEqual(['Job default/work never ends']);
    expect(found([at(0, work({}, { suspend: true }))], true)).toEqual([]);
  });

  it('run once for each time, not before it, and alone where that is forbidden', () => {
    const CRON = 'cronjob-controller';
    const cron = object('CronJob', 'c', { concurrencyPolicy: 'Forbid' });
    const run = (name: string, due: string): KubeObject =>
      object(
        'Job',
        name,
        {},
        {},
        {
          ...ownedBy('CronJob', 'c'),
          annotations: { 'batch.kubernetes.io/cronjob-scheduled-timestamp': due },
        },
      );
    const history = historyFrom([
      { actor: USER, atMs: 0, objects: [cron] },
      { actor: CRON, atMs: 60_000, objects: [run('one', '2026-01-01T00:01:00Z')] },
      { actor: CRON, atMs: 70_000, objects: [run('two', '2026-01-01T00:01:00Z')] },
    ]);
    const complaints = complaintsOf(history, [cronJobRuns]).map((line) => line.split(': CronJob runs: ')[1]);
    expect(complaints).toEqual([
      'Job default/two is the second run for 2026-01-01T00:01:00Z, after Job default/one',
      'Job default/two runs beside Job default/one',
    ]);
    const early = historyFrom([{ actor: CRON, atMs: 59_000, objects: [run('one', '2026-01-01T00:01:00Z')] }]);
    expect(complaintsOf(early, [cronJobRuns])).toHaveLength(1);
  });
});

describe('storage', () => {
  const cluster = { namespace: undefined };
  const claim = (name: string, volumeName: string) =>
    object('PersistentVolumeClaim', name, { volumeName }, { phase: 'Bound' });
  const volume = (owner: string, policy = 'Retain') =>
    object(
      'PersistentVolume',
      'v',
      {
        persistentVolumeReclaimPolicy: policy,
        accessModes: ['ReadWriteOnce'],
        claimRef: { uid: `uid-PersistentVolumeClaim default/${owner}` },
      },
      { phase: 'Bound' },
      cluster,
    );
  const attachment = (nodeName: string) =>
    object(
      'VolumeAttachment',
      nodeName,
      { nodeName, source: { persistentVolumeName: 'v' } },
      { attached: true },
      cluster,
    );
  it('complains of claims that disagree with their volume or share it, of two nodes, and of what is lost', () => {
    const history = historyFrom([
      { actor: USER, atMs: 0, objects: [volume('a')] },
      { actor: 'binder', atMs: 10, objects: [claim('a', 'v')] },
      { actor: 'binder', atMs: 20, objects: [claim('b', 'v'), claim('c', 'none')] },
      { actor: 'attacher', atMs: 30, objects: [attachment('n1'), attachment('n2')] },
      { actor: 'binder', atMs: 40, gone: [['PersistentVolume', 'v']] },
    ]);
    expect(complaintsOf(history, [storage]).map((line) => line.split(': storage: ')[1])).toEqual([
      'PersistentVolumeClaim default/b is bound to v, which is meant for uid-PersistentVolumeClaim default/a',
      'PersistentVolumeClaim default/c is bound to none, which is not there',
      'PersistentVolume v is attached to n1 and n2 at once',
      'PersistentVolume v is gone, though it was to be kept',
    ]);
  });
  it('lets a claim say for a while that it has what a person took from it, but not in the end', () => {
    const { claimRef: _, ...spec } = volume('a').spec as Record<string, unknown>;
    const history = historyFrom([
      { actor: USER, atMs: 0, objects: [volume('a')] },
      { actor: 'binder', atMs: 10, objects: [claim('a', 'v')] },
      { actor: USER, atMs: 20, objects: [{ ...volume('a'), spec }] },
      { actor: 'binder', atMs: 30, objects: [volume('b'), claim('b', 'v')] },
    ]);
    expect(complaintsOf(history, [storage])).toEqual([]);
    expect(complaintsOf(history, [storage], true).map((line) => line.split(': storage: ')[1])).toEqual([
      'in the end PersistentVolumeClaim default/a is bound to v, which is meant for uid-PersistentVolumeClaim default/b',
      'in the end PersistentVolumeClaim default/b shares v with PersistentVolumeClaim default/a',
    ]);
  });
});

describe('checkers do not complain of', () => {
  it('what is allowed in a rollout', () => {
    const history = historyFrom([
      rolling(),
      { actor: REPLICASETS, atMs: 900, objects: [pod('a', 'old', READY, GOING)] },
      { actor: DEPLOYMENTS, atMs: 950, objects: [replicaSet('old', 1), replicaSet('new', 2)] },
      { actor: REPLICASETS, atMs: 990, objects: [pod('d', 'new', {})] },
    ]);
    expect(complaintsOf(history, [rolloutBounds])).toEqual([]);
  });

  it('a real cluster at rest', () => {
    const world = createWorld({
      documents: `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: default}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: main, image: 'app:1'}]}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: default}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web, namespace: default}
spec: {minAvailable: 2, selector: {matchLabels: {app: web}}}
`,
    });
    world.runFor(60_000);
    expect(world.list('Pod')).toHaveLength(3);
    expect(complaintsOf(historyOf(world.simulation), CHECKERS, true)).toEqual([]);
  });
});
