import { describe, expect, test } from 'vitest';
import { framedGraph } from './frames';
import { graphOf } from './graph';
import { layoutOf } from './layout';
import { tileColumns } from './layout-frames';
import type { ClaimRow, PodRow, Row, ServiceRow, WorkloadRow } from './rows';

const workload = (namespace: string, name: string, app?: string, owner?: string): WorkloadRow =>
  ({
    id: `${owner ? 'ReplicaSet' : 'Deployment'}/${namespace}/${name}`,
    kind: owner ? 'ReplicaSet' : 'Deployment',
    namespace,
    name,
    owner,
    workload: true,
    desired: 1,
    templateLabels: { app: name, ...(app ? { 'app.kubernetes.io/part-of': app } : {}) },
    claims: [],
    claimStems: [],
  }) as unknown as WorkloadRow;
const pod = (owner: WorkloadRow | undefined, name: string, claims?: readonly string[], namespace = 'shop'): PodRow =>
  ({
    id: `Pod/${owner?.namespace ?? namespace}/${name}`,
    kind: 'Pod',
    namespace: owner?.namespace ?? namespace,
    name,
    owner: owner?.id,
    claims,
  }) as PodRow;

/** So many Deployments in two namespaces, each with a ReplicaSet and a Pod. */
function rowsOf(count: number): Row[] {
  const rows: Row[] = [];
  for (let index = 0; index < count; index += 1) {
    const namespace = index % 2 === 0 ? 'pay' : 'shop';
    const root = workload(namespace, `svc-${index}`, index % 4 < 2 ? 'front' : undefined);
    const set = workload(namespace, `svc-${index}-x`, undefined, root.id);
    rows.push(root, set, pod(set, `svc-${index}-x-1`));
  }
  return rows.sort((a, b) => (a.id < b.id ? -1 : 1));
}

const framesOf = (rows: readonly Row[], ...opened: string[]) => framedGraph(rows, new Set(opened))?.frames ?? [];

describe('frames', () => {
  test('few workloads have none', () => {
    expect(framedGraph(rowsOf(12), new Set())).toBeUndefined();
    expect(framedGraph(rowsOf(13), new Set())).toBeDefined();
  });

  test('one for each application of several workloads, one for the rest of each namespace, in the order of their names', () => {
    const found = framesOf(rowsOf(16)).map(({ frame, graph }) => [frame.id, frame.workloads, graph.cards.length]);
    expect(found).toEqual([
      ['frame pay/', 4, 4],
      ['frame pay/front', 4, 4],
      ['frame shop/', 4, 4],
      ['frame shop/front', 4, 4],
    ]);
  });

  test('a tile has all Pods of its workload; Pods of nobody have one of their own', () => {
    const rows = [...rowsOf(16), pod(undefined, 'alone')].sort((a, b) => (a.id < b.id ? -1 : 1));
    const [pay, , shop] = framesOf(rows);
    expect(pay?.graph.cards[0]).toEqual({ type: 'tile', id: 'Deployment/pay/svc-2', pods: ['Pod/pay/svc-2-x-1'] });
    expect(shop?.graph.cards.at(-1)).toEqual({ type: 'tile', id: 'bare-pods frame shop/', pods: ['Pod/shop/alone'] });
  });

  test('an open one holds the whole drawing of what belongs to it, Services and claims too', () => {
    const claim = {
      id: 'PersistentVolumeClaim/pay/data',
      kind: 'PersistentVolumeClaim',
      namespace: 'pay',
      name: 'data',
    };
    const service = {
      id: 'Service/pay/web',
      kind: 'Service',
      namespace: 'pay',
      name: 'web',
      selector: { app: 'svc-0' },
    };
    const rows = rowsOf(16).map((row) =>
      row.id === 'Pod/pay/svc-0-x-1' ? ({ ...row, claims: [claim.id] } as PodRow) : row,
    );
    const all = [...rows, claim as ClaimRow, service as unknown as ServiceRow].sort((a, b) => (a.id < b.id ? -1 : 1));
    const front = framesOf(all, 'frame pay/front')[1];
    expect(front?.frame).toMatchObject({ open: true, services: 1 });
    const ids = front?.graph.cards.map(({ id }) => id) ?? [];
    expect(ids).toContain('ReplicaSet/pay/svc-0-x');
    expect(ids).toContain('Service/pay/web');
    expect(ids).toContain('claims of Deployment/pay/svc-0');
  });

  test('no two cards are called alike, and none lies on another', () => {
    const rows = [...rowsOf(20), pod(undefined, 'a', undefined, 'pay'), pod(undefined, 'b')].sort((a, b) =>
      a.id < b.id ? -1 : 1,
    );
    const graph = graphOf(rows, 'workloads', new Set(['frame pay/', 'frame shop/']));
    const ids = graph.cards.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const placed = layoutOf(graph, false).filter(({ card }) => card.type === 'frame');
    for (const one of placed) {
      for (const other of placed) {
        if (one === other) continue;
        const apart =
          one.x + one.width <= other.x ||
          other.x + other.width <= one.x ||
          one.y + one.height <= other.y ||
          other.y + other.height <= one.y;
        expect(apart).toBe(true);
      }
    }
  });

  test('Pods that come and go move nothing', () => {
    const before = layoutOf(graphOf(rowsOf(20), 'workloads'), false).map(({ x, y }) => [x, y]);
    const more = [...rowsOf(20), pod(workload('pay', 'svc-0-x', undefined, 'Deployment/pay/svc-0'), 'svc-0-x-2')];
    expect(layoutOf(graphOf(more, 'workloads'), false).map(({ x, y }) => [x, y])).toEqual(before);
  });
});

test.each([
  [1, 1, 1],
  [5, 2, 3],
  [12, 4, 3],
  [200, 12, 8],
])('%i tiles, at most %i below each other where there is room, stand in %i columns', (count, lines, columns) => {
  expect(tileColumns(count, lines)).toBe(columns);
});

test('five frames of ten tiles each stand in about the shape of the drawing, without an empty row', () => {
  const rows = ['a', 'b', 'c', 'd', 'e'].flatMap((namespace) =>
    Array.from({ length: 10 }, (_, index) => workload(namespace, `${namespace}-${index}`)),
  );
  const placed = layoutOf(graphOf(rows, 'workloads', new Set()), false);
  const frames = placed.filter(({ card }) => card.type === 'frame');
  expect(frames).toHaveLength(5);
  const width = Math.max(...placed.map((each) => each.x + each.width));
  const height = Math.max(...placed.map((each) => each.y + each.height));
  expect([width, height]).toEqual([1394, 1044]);
});
