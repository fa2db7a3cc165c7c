import { describe, expect, test } from 'vitest';
import type { NodeRow, PodRow, Row, WorkloadRow } from '../../view/rows';
import { type Entry, menuOf } from './menu-table';

const base = { namespace: 'shop', name: 'web', uid: 'u', owner: undefined };
const workload = (kind: string, more: Partial<WorkloadRow> = {}): Row =>
  ({
    ...base,
    id: `${kind}/shop/web`,
    kind,
    workload: true,
    desired: 3,
    images: 'nginx:1',
    containerNames: 'web',
    paused: false,
    ...more,
  }) as WorkloadRow;
const pod = (more: Partial<PodRow> = {}): Row =>
  ({ ...base, id: 'Pod/shop/web', kind: 'Pod', node: 'node-1', images: 'nginx:1', ...more }) as PodRow;
const node = (more: Partial<NodeRow> = {}): Row =>
  ({
    ...base,
    namespace: '',
    name: 'node-1',
    id: 'Node/node-1',
    kind: 'Node',
    unschedulable: false,
    taints: [],
    ...more,
  }) as unknown as NodeRow;

/** What each entry comes to, with its first answer taken. */
function deedOf({ deed }: Entry): string {
  if ('command' in deed) return deed.command;
  if ('rehearse' in deed) return `rehearse ${deed.rehearse}`;
  if ('ask' in deed) return deed.ask.command(deed.ask.initial);
  if ('addNode' in deed) return 'add a node';
  return `${deed.input.kind} ${JSON.stringify(deed.input.payload)}`;
}

const deeds = (row: Row) => menuOf(row).map((group) => group.map(deedOf));

describe('what can be done', () => {
  test('to a Deployment', () => {
    expect(deeds(workload('Deployment'))).toEqual([
      [
        'scale deployment/web -n shop --replicas=3',
        'scale deployment/web -n shop --replicas=4',
        'scale deployment/web -n shop --replicas=2',
      ],
      [
        'set image deployment/web -n shop *=nginx:1',
        'rollout restart deployment/web -n shop',
        'rollout undo deployment/web -n shop',
        'rollout pause deployment/web -n shop',
      ],
      ['fault {"type":"image-pull-error","image":"nginx:1"}'],
      ['delete deployment/web -n shop --wait=false'],
    ]);
  });

  test('to a workload of several containers: to each of them', () => {
    const several = { images: 'redis:7, busybox, busybox', containerNames: 'db, init, log' };
    const [, rolled, images] = menuOf(workload('StatefulSet', several));
    expect(rolled?.slice(0, 3).map((entry) => [entry.name, entry.values, deedOf(entry)])).toEqual([
      ['menu.imageOf', { container: 'db' }, 'set image statefulset/web -n shop db=redis:7'],
      ['menu.imageOf', { container: 'init' }, 'set image statefulset/web -n shop init=busybox'],
      ['menu.imageOf', { container: 'log' }, 'set image statefulset/web -n shop log=busybox'],
    ]);
    expect(images?.map(deedOf)).toEqual([
      'fault {"type":"image-pull-error","image":"redis:7"}',
      'fault {"type":"image-pull-error","image":"busybox"}',
    ]);
  });

  test('to a Pod, and what one without a node can not do', () => {
    const eviction = 'kubectl {"command":"create --raw /api/v1/namespaces/shop/pods/web/eviction -f -","stdin":';
    expect(deeds(pod())[0]).toEqual([`exec web -n shop -- sh -c 'env'`]);
    expect(deeds(pod())[1]?.[0]).toContain(eviction);
    expect(deeds(pod())[1]?.slice(1)).toEqual([
      'fault {"type":"container-exit","code":1,"pod":"shop/web"}',
      'fault {"type":"oom-kill","pod":"shop/web"}',
    ]);
    expect(deeds(pod({ node: undefined })).map((group) => group.length)).toEqual([1, 1, 1]);
  });

  test('to a Node: its own taints can be taken off, those of its conditions not', () => {
    const row = node({
      unschedulable: true,
      taints: ['gpu=yes:NoSchedule', 'node.kubernetes.io/unschedulable:NoSchedule'],
    });
    const [first, second, third, fourth] = deeds(row);
    expect(first).toEqual([
      'uncordon node-1',
      'rehearse drain node-1 --ignore-daemonsets --delete-emptydir-data --force',
    ]);
    expect(second).toEqual([
      'taint node node-1 dedicated=gpu:NoSchedule',
      'taint node node-1 gpu:NoSchedule-',
      'add a node',
    ]);
    expect(third?.[0]).toBe('fault {"type":"node-crash","node":"node-1"}');
    expect(fourth).toBeUndefined();
  });

  test('to a Node on which a part has stopped: it is started again', () => {
    const at = { sinceMs: 0, step: 1, image: undefined, text: 'kube-proxy on node node-1 has stopped' };
    const held = [
      { ...at, type: 'component-down', component: 'kube-proxy', node: 'node-1' },
      { ...at, type: 'component-down', component: 'kube-proxy', node: 'node-2' },
      { ...at, type: 'node-partition', component: undefined, node: 'node-1' },
    ];
    expect(menuOf(node(), held)[3]?.map(deedOf)).toEqual([
      'heal {"type":"component-down","node":"node-1","component":"kube-proxy"}',
    ]);
  });

  test('what is struck can be healed, and in its place only that', () => {
    const at = { sinceMs: 0, step: 1, component: undefined, text: '' };
    const held = [
      { ...at, type: 'node-partition', node: 'node-1', image: undefined },
      { ...at, type: 'memory-pressure', node: 'node-2', image: undefined },
      { ...at, type: 'image-pull-error', node: undefined, image: 'nginx:1' },
    ];
    expect(menuOf(node(), held)[2]?.map(({ name }) => name)).toEqual([
      'menu.crash',
      'menu.partitionHeal',
      'menu.memory',
      'menu.disk',
      'menu.pids',
    ]);
    expect(menuOf(pod(), held)[2]?.map(deedOf)).toEqual(['heal {"type":"image-pull-error","image":"nginx:1"}']);
  });

  test.each([
    ['a finished Job', workload('Job', { job: { state: 'complete' } as WorkloadRow['job'] }), 2],
    [
      'a kind without a line of its own',
      { ...base, id: 'ConfigMap/shop/web', kind: 'ConfigMap', other: true } as unknown as Row,
      1,
    ],
    ['a custom workload', workload('Widget'), 1],
  ])('to %s', (_what, row, groups) => {
    expect(menuOf(row)).toHaveLength(groups);
  });

  test('a quote in a shell line stays one word', () => {
    const entry = menuOf(pod())[0]?.[0];
    const ask = entry && 'ask' in entry.deed ? entry.deed.ask : undefined;
    expect(ask?.command("echo 'a'")).toBe(`exec web -n shop -- sh -c 'echo '"'"'a'"'"''`);
  });
});
