import { describe, expect, test } from 'vitest';
import type { PageView } from './cards';
import { holdersOf, linesOf, moveOf, readyOf, treeOf } from './object-tree';
import type { PodLook, PodRow, Row, WorkloadRow } from './rows';

const row = (id: string, more: object = {}): Row => {
  const [kind = '', namespace = '', name] = id.split('/');
  const base = { id, kind, namespace: name === undefined ? '' : namespace, name: name ?? namespace, owner: undefined };
  return { ...base, ...more } as unknown as Row;
};
const workload = (id: string, owner?: string, more: Partial<WorkloadRow> = {}) =>
  row(id, { workload: true, owner, ready: 2, desired: 3, ...more });
const pod = (id: string, owner?: string, node?: string) =>
  row(id, { owner, node, readyContainers: 1, containers: 2 } satisfies Partial<PodRow>);
const other = (id: string, listed = true) => row(id, { other: true, listed, cells: [] });

const ROWS = [
  pod('Pod/default/web-1-b', 'ReplicaSet/default/web-1', 'n-10'),
  pod('Pod/default/web-1-a', 'ReplicaSet/default/web-1', 'n-2'),
  pod('Pod/default/bare'),
  pod('Pod/kube-system/proxy', 'Node/n-2', 'n-2'),
  workload('ReplicaSet/default/web-1', 'Deployment/default/web'),
  workload('Deployment/default/web'),
  row('EndpointSlice/default/web-x', { owner: 'Service/default/web', ready: 1, total: 2 }),
  row('Service/default/web'),
  row('HorizontalPodAutoscaler/default/web', { target: 'Deployment/default/web' }),
  row('Node/n-10', { ready: 'True' }),
  row('Node/n-2', { ready: 'Unknown' }),
  row('PersistentVolumeClaim/default/data', { volume: 'PersistentVolume/pv' }),
  row('PersistentVolume/pv', { claim: 'PersistentVolumeClaim/default/data' }),
  other('StorageClass/standard'),
  other('ConfigMap/default/settings'),
  other('ConfigMap/default/kube-root-ca.crt'),
  other('ControllerRevision/default/old', false),
];

test('of the Pods in some states alone, with what holds them', () => {
  const rows = ROWS.map((each) => (each.kind === 'Pod' ? { ...each, look: 'ready' } : each)) as Row[];
  const at = rows.findIndex(({ id }) => id === 'Pod/default/web-1-b');
  rows[at] = { ...rows[at], look: 'failed' } as unknown as Row;
  expect(drawn(rows, 'workloads', [], ['failed'])).toEqual([
    'Deployment/default/web',
    '  ReplicaSet/default/web-1',
    '    Pod/default/web-1-b',
  ]);
  expect(drawn(rows, 'nodes', [], ['failed'])).toEqual(['Node/n-10', '  Pod/default/web-1-b']);
  expect(drawn(rows, 'storage', [], ['failed'])).toEqual(drawn(rows, 'storage'));
});

/** Lines as indented text, `+` where they are closed. */
const drawn = (
  rows: readonly Row[],
  view: PageView,
  chosen: readonly (readonly [string, boolean])[] = [],
  looks: readonly PodLook[] = [],
) =>
  linesOf(treeOf(rows, view, looks), new Map(chosen)).map(
    ({ id, level, isOpen }) => `${'  '.repeat(level - 1)}${id}${isOpen === false ? ' +' : ''}`,
  );

describe('objects as a tree', () => {
  test('owner, owned, and what scales or answers for them; what every cluster has is left out', () => {
    expect(drawn(ROWS, 'workloads')).toEqual([
      'Deployment/default/web',
      '  ReplicaSet/default/web-1',
      '    Pod/default/web-1-a',
      '    Pod/default/web-1-b',
      '  HorizontalPodAutoscaler/default/web',
      'Pod/default/bare',
      'Pod/kube-system/proxy',
      'PersistentVolume/pv',
      'PersistentVolumeClaim/default/data',
      'Service/default/web',
      '  EndpointSlice/default/web-x',
      'ConfigMap/default/settings',
      'StorageClass/standard',
    ]);
  });

  test('by node what runs there; by claim its volume', () => {
    expect(drawn(ROWS, 'nodes')).toEqual([
      'Node/n-2',
      '  Pod/default/web-1-a',
      '  Pod/kube-system/proxy',
      'Node/n-10',
      '  Pod/default/web-1-b',
      'Pod/default/bare',
    ]);
    expect(drawn(ROWS, 'storage')).toEqual([
      'PersistentVolumeClaim/default/data',
      '  PersistentVolume/pv',
      'StorageClass/standard',
    ]);
  });

  test('what is closed by hand is closed; what holds many is until it is opened', () => {
    expect(drawn(ROWS, 'workloads', [['Deployment/default/web', false]])[0]).toBe('Deployment/default/web +');
    const many = [
      workload('Job/a/big'),
      ...Array.from({ length: 51 }, (_, index) => pod(`Pod/a/big-${index}`, 'Job/a/big')),
    ];
    expect(drawn(many, 'workloads')).toEqual(['Job/a/big +']);
    expect(drawn(many, 'workloads', [['Job/a/big', true]])).toHaveLength(52);
    expect(drawn(many.slice(0, -1), 'workloads')).toHaveLength(51);
  });

  test('owners in a circle are no one’s', () => {
    const round = [
      workload('A/x/a', 'A/x/b'),
      workload('A/x/b', 'A/x/a'),
      workload('A/x/c', 'A/x/c'),
      pod('Pod/x/p', 'A/x/a'),
    ];
    expect(drawn(round, 'workloads')).toEqual(['A/x/a', '  Pod/x/p', 'A/x/b', 'A/x/c']);
  });

  test('places among siblings, holders, and what is ready', () => {
    const tree = treeOf(ROWS, 'workloads');
    const line = linesOf(tree, new Map()).find(({ id }) => id === 'Pod/default/web-1-b');
    expect(line).toEqual({ id: 'Pod/default/web-1-b', level: 3, place: 2, of: 2, isOpen: undefined });
    expect(holdersOf(tree, 'Pod/default/web-1-b')).toEqual(['ReplicaSet/default/web-1', 'Deployment/default/web']);
    expect([ROWS[0], ROWS[5], ROWS[6], ROWS[10], ROWS[7]].map((each) => readyOf(each as Row))).toEqual([
      '1/2',
      '2/3',
      '1/2',
      'Unknown',
      '',
    ]);
  });
});

describe('keys', () => {
  const [DEPLOYMENT, REPLICA_SET, POD] = [
    'Deployment/default/web',
    'ReplicaSet/default/web-1',
    'Pod/default/web-1-a',
  ] as const;
  const closed = linesOf(treeOf(ROWS, 'workloads'), new Map([[DEPLOYMENT, false]]));
  const open = linesOf(treeOf(ROWS, 'workloads'), new Map());
  const focus = (id: string, column = -1) => ({ focus: { id, column } });
  test.each([
    ['down', open, DEPLOYMENT, -1, 'ArrowDown', focus(REPLICA_SET)],
    ['down within a column', open, DEPLOYMENT, 2, 'ArrowDown', focus(REPLICA_SET, 2)],
    ['up at the top', open, DEPLOYMENT, -1, 'ArrowUp', focus(DEPLOYMENT)],
    ['right opens', closed, DEPLOYMENT, -1, 'ArrowRight', { toggle: DEPLOYMENT }],
    ['right of an open row is its first cell', open, DEPLOYMENT, -1, 'ArrowRight', focus(DEPLOYMENT, 0)],
    ['right of a leaf too', open, POD, -1, 'ArrowRight', focus(POD, 0)],
    ['right of the last cell', open, POD, 3, 'ArrowRight', focus(POD, 3)],
    ['left closes', open, DEPLOYMENT, -1, 'ArrowLeft', { toggle: DEPLOYMENT }],
    ['left of a leaf is what holds it', open, POD, -1, 'ArrowLeft', focus(REPLICA_SET)],
    ['left of a closed root stays', closed, DEPLOYMENT, -1, 'ArrowLeft', focus(DEPLOYMENT)],
    ['left of the first cell is the row', open, POD, 0, 'ArrowLeft', focus(POD)],
    ['Home of a row', open, POD, -1, 'Home', focus(DEPLOYMENT)],
    ['Home of a cell', open, POD, 2, 'Home', focus(POD, 0)],
    ['Ctrl Home of a cell', open, POD, 2, 'Ctrl Home', focus(DEPLOYMENT, 2)],
    ['End of a row', open, POD, -1, 'End', focus('StorageClass/standard')],
    ['a page', open, DEPLOYMENT, -1, 'PageDown', focus('EndpointSlice/default/web-x')],
    ['another key', open, POD, -1, 'x', undefined],
    ['a line that is gone', open, 'Pod/default/gone', -1, 'ArrowDown', undefined],
  ] as const)('%s', (_what, lines, id, column, key, expected) => {
    const pressed = { key: key.replace('Ctrl ', ''), ctrlKey: key.startsWith('Ctrl') };
    expect(moveOf(pressed, { id, column }, lines, 3)).toEqual(expected);
  });
});
