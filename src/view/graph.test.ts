import { expect, test } from 'vitest';
import { type Placed, podField } from './card-size';
import { BARE_PODS, UNSCHEDULED } from './cards';
import { graphOf } from './graph';
import { layoutOf } from './layout';
import type { Row } from './rows';
import { changesStructure } from './structure';

function workload(kind: string, name: string, more: object = {}): Row {
  const base = {
    kind,
    namespace: 'default',
    name,
    uid: name,
    owner: undefined,
    workload: true as const,
    images: '',
    containerNames: '',
  };
  const counts = { desired: 1, current: 1, ready: 1, updated: 1, available: 1, revision: undefined };
  const rest = { paused: false, stalled: false, templateLabels: { app: 'web' }, claims: [], claimStems: [] };
  return { id: `${kind}/default/${name}`, ...base, ...counts, ...rest, ...more } as Row;
}

function pod(name: string, owner: string | undefined, node?: string, labels?: Record<string, string>): Row {
  const id = `Pod/default/${name}`;
  return {
    id,
    kind: 'Pod',
    namespace: 'default',
    name,
    uid: name,
    owner,
    node,
    labels,
    look: 'ready',
  } as unknown as Row;
}

function service(name: string, selector: Record<string, string> | undefined): Row {
  const id = `Service/default/${name}`;
  return { id, kind: 'Service', namespace: 'default', name, uid: name, owner: undefined, selector } as unknown as Row;
}

const node = (name: string, more: object = {}) =>
  ({
    ...{ id: `Node/${name}`, kind: 'Node', namespace: '', name, uid: name, taints: [], conditions: [] },
    ...more,
  }) as unknown as Row;

const ROLLOUT: readonly Row[] = [
  workload('Deployment', 'web'),
  workload('ReplicaSet', 'web-1', { owner: 'Deployment/default/web', desired: 0, revision: '1' }),
  workload('ReplicaSet', 'web-2', { owner: 'Deployment/default/web', desired: 0, revision: '2' }),
  workload('ReplicaSet', 'web-3', { owner: 'Deployment/default/web', desired: 0, revision: '3' }),
  pod('web-2-a', 'ReplicaSet/default/web-2', 'node-2'),
  pod('alone', undefined, undefined, { app: 'web' }),
  service('web', { app: 'web' }),
  service('outside', undefined),
];

test('old empty ReplicaSets are folded; those with Pods and the newest are not', () => {
  const { cards } = graphOf(ROLLOUT, 'workloads');
  expect(cards.find((card) => card.type === 'owner')).toMatchObject({ folded: ['ReplicaSet/default/web-1'] });
  const groups = cards.filter((card) => card.type === 'group').map((card) => card.id);
  expect(groups).toEqual(['ReplicaSet/default/web-2', 'ReplicaSet/default/web-3', BARE_PODS]);
});

test('edges lead from owners to what they own and from Services to what they select', () => {
  const edges = graphOf(ROLLOUT, 'workloads').edges.map(({ from, to, relation }) => `${from} ${relation} ${to}`);
  expect(edges).toEqual([
    'Deployment/default/web owns ReplicaSet/default/web-2',
    'Deployment/default/web owns ReplicaSet/default/web-3',
    'Service/default/web selects ReplicaSet/default/web-2',
    'Service/default/web selects ReplicaSet/default/web-3',
    `Service/default/web selects ${BARE_PODS}`,
  ]);
});

test('nodes hold their Pods, in the order of their numbers; Pods on no node stand apart', () => {
  const rows = [node('node-10'), node('node-2'), ...ROLLOUT];
  const { cards } = graphOf(rows, 'nodes');
  expect(cards).toEqual([
    { type: 'node', id: 'Node/node-2', pods: ['Pod/default/web-2-a'] },
    { type: 'node', id: 'Node/node-10', pods: [] },
    { type: 'group', id: UNSCHEDULED, pods: ['Pod/default/alone'], autoscalers: [] },
  ]);
});

test('only what moves cards or edges changes the structure', () => {
  const before = workload('ReplicaSet', 'web', { desired: 3 });
  expect(changesStructure(undefined, before)).toBe(true);
  expect(changesStructure(before, workload('ReplicaSet', 'web', { desired: 2, ready: 0 }))).toBe(false);
  expect(changesStructure(before, workload('ReplicaSet', 'web', { desired: 0 }))).toBe(true);
  expect(changesStructure(pod('a', 'x'), pod('a', 'x', 'node-1'))).toBe(true);
  expect(changesStructure(service('s', { a: '1' }), service('s', { a: '1' }))).toBe(false);
  expect(changesStructure(service('s', { a: '1' }), service('s', { a: '2' }))).toBe(true);
});

const row = (kind: string, name: string, more: object = {}): Row =>
  ({
    id: `${kind}/default/${name}`,
    kind,
    namespace: 'default',
    name,
    uid: name,
    owner: undefined,
    ...more,
  }) as unknown as Row;
const claim = (name: string, volume?: string): Row =>
  row('PersistentVolumeClaim', name, { volume: volume && `PersistentVolume/${volume}` });
const volume = (name: string): Row => ({ ...row('PersistentVolume', name), id: `PersistentVolume/${name}` }) as Row;
const claimId = (name: string): string => `PersistentVolumeClaim/default/${name}`;
const job = (name: string, owner: string | undefined, state: string): Row =>
  workload('Job', name, { owner, job: { state, active: 0, failed: 0, parallelism: 1, isIndexed: false } });

/** One of everything that is drawn. */
const EVERYTHING: readonly Row[] = [
  workload('StatefulSet', 'db', { claimStems: [claimId('data-db-')] }),
  ...[10, 2, 0].map((index) => ({
    ...pod(`db-${index}`, 'StatefulSet/default/db'),
    index,
    claims: [claimId(`data-db-${index}`)],
  })),
  workload('DaemonSet', 'agent'),
  pod('agent-a', 'DaemonSet/default/agent', 'node-10'),
  pod('agent-b', 'DaemonSet/default/agent', 'node-9'),
  workload('CronJob', 'backup', { cronJob: {} }),
  ...['1', '2', '3', '4', '5', '6'].map((run) =>
    job(`backup-${run}`, 'CronJob/default/backup', run === '1' ? 'running' : 'complete'),
  ),
  job('sum', undefined, 'running'),
  pod('sum-0', 'Job/default/sum'),
  claim('data-db-0', 'pv-0'),
  claim('data-db-2', 'pv-2'),
  claim('data-db-3'),
  claim('unused', 'pv-9'),
  ...['pv-0', 'pv-2', 'pv-9', 'pv-free'].map(volume),
  row('HorizontalPodAutoscaler', 'db', { target: 'StatefulSet/default/db' }),
  row('HorizontalPodAutoscaler', 'lost', { target: 'Deployment/default/none' }),
  service('web', { app: 'web' }),
  row('Ingress', 'in', { services: ['Service/default/web', 'Service/default/none'] }),
  row('ResourceQuota', 'quota', { lines: [{}, {}] }),
  row('Role', 'reader', { other: true, listed: true }),
  row('ControllerRevision', 'db-1', { other: true, listed: false }),
  { ...row('ClusterRole', 'system:node', { other: true, listed: true }), id: 'ClusterRole/system:node', namespace: '' },
];

test('every kind is in its place', () => {
  const { cards, edges } = graphOf(EVERYTHING, 'workloads');
  const group = (id: string) => cards.find((card) => card.id === id);
  expect(group('StatefulSet/default/db')).toMatchObject({
    pods: ['Pod/default/db-0', 'Pod/default/db-2', 'Pod/default/db-10'],
    autoscalers: ['HorizontalPodAutoscaler/default/db'],
  });
  expect(cards[cards.findIndex(({ id }) => id === 'StatefulSet/default/db') + 1]).toMatchObject({
    type: 'claims',
    members: ['data-db-0', 'data-db-2', 'data-db-3', 'data-db-10'].map(claimId),
  });
  expect(group('DaemonSet/default/agent')).toMatchObject({ pods: ['Pod/default/agent-b', 'Pod/default/agent-a'] });
  expect(group('CronJob/default/backup')).toMatchObject({ type: 'owner', folded: ['Job/default/backup-2'] });
  expect(cards.filter(({ id }) => id.startsWith('Job/default/backup'))).toHaveLength(5);
  expect(group('storage')).toMatchObject({ members: [claimId('unused'), 'PersistentVolume/pv-free'] });
  expect(group('HorizontalPodAutoscaler/default/lost')).toMatchObject({ type: 'autoscaler' });
  expect(group('ResourceQuota/default/quota')).toMatchObject({ lines: 2 });
  expect(group('others')).toMatchObject({ members: ['Role/default/reader'] });
  expect(edges.filter(({ relation }) => relation === 'routes')).toMatchObject([
    { from: 'Ingress/default/in', to: 'Service/default/web' },
  ]);
});

test('what is drawn of a kind says when the drawing changes', () => {
  expect(changesStructure(claim('a'), claim('a'))).toBe(false);
  expect(changesStructure(claim('a'), claim('a', 'pv'))).toBe(true);
  expect(changesStructure(job('a', undefined, 'running'), job('a', undefined, 'complete'))).toBe(true);
  const quota = (lines: object[]) => row('ResourceQuota', 'q', { lines });
  expect(changesStructure(quota([{ used: '1' }]), quota([{ used: '2' }]))).toBe(false);
  expect(changesStructure(quota([{}]), quota([{}, {}]))).toBe(true);
});

function overlaps(a: Placed, b: Placed): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

test.each([
  ['workloads', false],
  ['workloads', true],
  ['nodes', false],
  ['nodes', true],
] as const)('no two cards overlap: %s, narrow %s', (view, narrow) => {
  const rows: Row[] = [
    ...ROLLOUT,
    ...EVERYTHING.filter(({ name }) => name !== 'web'),
    node('node-1'),
    node('node-2'),
    node('node-3'),
    node('node-4'),
  ];
  for (let index = 0; index < 60; index += 1) rows.push(pod(`many-${index}`, 'ReplicaSet/default/web-3', 'node-3'));
  const placed = layoutOf(graphOf(rows, view), narrow);
  const pairs = placed.flatMap((a, index) => placed.slice(index + 1).map((b) => [a, b] as const));
  expect(pairs.filter(([a, b]) => overlaps(a, b)).map(([a, b]) => `${a.card.id} ${b.card.id}`)).toEqual([]);
});

test('what no edge leads to stands below where the drawing would be too wide beside it', () => {
  const graph = graphOf(EVERYTHING, 'workloads');
  const wide = layoutOf(graph, false);
  const widthOf = (placed: readonly Placed[]) => Math.max(...placed.map(({ x, width }) => x + width));
  expect(layoutOf(graph, false, widthOf(wide))).toEqual(wide);
  const packed = layoutOf(graph, false, widthOf(wide) - 1);
  expect(widthOf(packed)).toBeLessThan(widthOf(wide));
  const isLoose = ({ card }: Placed) => ['quota', 'storage', 'others'].includes(card.type);
  const bottom = Math.max(...packed.filter((each) => !isLoose(each)).map(({ y, height }) => y + height));
  expect(packed.filter(isLoose).map(({ y }) => y >= bottom)).toEqual([true, true, true]);
  expect(packed.filter((each, at) => packed.slice(at + 1).some((other) => overlaps(each, other)))).toEqual([]);
});

test.each([false, true])('nodes stand in their zones and nowhere else, narrow %s', (narrow) => {
  const rows = [
    node('a-1', { zone: 'a' }),
    node('a-2', { zone: 'a', taints: ['gpu:NoSchedule'] }),
    node('b-1', { zone: 'b', conditions: ['DiskPressure'] }),
    node('none'),
  ];
  const placed = layoutOf(graphOf(rows, 'nodes'), narrow);
  const zones = placed.filter(({ card }) => card.type === 'zone');
  const zoneOf = (each: Placed) => zones.filter((zone) => overlaps(each, zone)).map(({ card }) => card.id);
  const inside = placed.filter(({ card }) => card.type === 'node').map((each) => [each.card.id, ...zoneOf(each)]);
  expect(zones.map(({ card }) => card.id)).toEqual(['zone a', 'zone b']);
  // In a narrow drawing zones are headings.
  expect(inside).toEqual(
    narrow
      ? [['Node/none'], ['Node/a-1'], ['Node/a-2'], ['Node/b-1']]
      : [['Node/none'], ['Node/a-1', 'zone a'], ['Node/a-2', 'zone a'], ['Node/b-1', 'zone b']],
  );
  const heightOf = (id: string) => placed.find(({ card }) => card.id === id)?.height ?? 0;
  expect(heightOf('Node/a-2')).toBeGreaterThan(heightOf('Node/a-1'));
});

test('few Pods are lines, many are cells in a wide field', () => {
  expect(podField(8).mode).toBe('lines');
  expect(podField(9)).toMatchObject({ mode: 'cells', columns: 9 });
  const field = podField(1000);
  expect(field.width).toBeGreaterThan(field.height);
});

test('many workloads stand in lanes, each with its Services, and a rollout moves none of them', () => {
  const names = Array.from({ length: 12 }, (_, index) => `app-${index}`);
  const rowsOf = (scaledTo: number): Row[] =>
    names.flatMap((name) => [
      workload('Deployment', name),
      workload('ReplicaSet', `${name}-1`, { owner: `Deployment/default/${name}`, templateLabels: { app: name } }),
      ...Array.from({ length: scaledTo }, (_, pods) => pod(`${name}-${pods}`, `ReplicaSet/default/${name}-1`)),
      service(name, { app: name }),
    ]);
  const leftOf = (rows: readonly Row[], within?: number) =>
    new Map(layoutOf(graphOf(rows, 'workloads'), false, within).map(({ card, x }) => [card.id, x]));
  const before = leftOf(rowsOf(1));
  const ownersIn = (lefts: ReadonlyMap<string, number>) => names.map((name) => lefts.get(`Deployment/default/${name}`));
  expect(new Set(ownersIn(before)).size).toBe(3);
  // As many lanes as can be read, and one at least.
  for (const [within, lanes] of [
    [2_448, 3],
    [2_447, 2],
    [1_607, 1],
    [300, 1],
  ] as const) {
    expect(new Set(ownersIn(leftOf(rowsOf(1), within))).size).toBe(lanes);
    expect(leftOf(rowsOf(7), within)).toEqual(leftOf(rowsOf(1), within));
  }
  for (const name of names) {
    const distance = before.get(`Service/default/${name}`)! - before.get(`Deployment/default/${name}`)!;
    expect(distance, name).toBe(192 + 48 + 288 + 48);
  }
  expect(leftOf(rowsOf(7))).toEqual(before);
});
