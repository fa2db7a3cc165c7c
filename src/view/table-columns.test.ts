import { describe, expect, test } from 'vitest';
import type { PodRow, Row } from './rows';
import { cellsOf, contentsOf, tableOf } from './table-columns';

const pod = (namespace: string, name: string, more: Partial<PodRow> = {}): Row =>
  ({
    id: `Pod/${namespace}/${name}`,
    kind: 'Pod',
    namespace,
    name,
    look: 'ready',
    status: 'Running',
    restarts: 0,
    readyContainers: 1,
    containers: 1,
    node: 'node-1',
    ...more,
  }) as PodRow;
const other = (kind: string, namespace: string, name: string): Row =>
  ({
    id: `${kind}/${namespace}/${name}`,
    kind,
    namespace,
    name,
    other: true,
    listed: true,
    cells: [['DATA', '2']],
  }) as unknown as Row;

const ROWS = [
  pod('shop', 'b', { restarts: 10 }),
  pod('shop', 'a', { restarts: 9, look: 'failed', status: 'CrashLoopBackOff' }),
  pod('kube-system', 'c', { node: 'node-2' }),
  other('ConfigMap', 'kube-system', 'hidden'),
];
const WISH = { kind: 'Pod', namespace: '', text: '', looks: [], order: { title: 'NAME', isDown: false } };

describe('the table', () => {
  test.each([
    ['all of a kind, by name', {}, ['a', 'b', 'c']],
    ['downwards', { order: { title: 'NAME', isDown: true } }, ['c', 'b', 'a']],
    ['by a number, not by its digits', { order: { title: 'RESTARTS', isDown: false } }, ['c', 'a', 'b']],
    ['of a namespace called kube-…', { namespace: 'kube-system' }, ['c']],
    ['with a text in a cell', { text: 'crashloop' }, ['a']],
    ['of states', { looks: ['ready'] }, ['b', 'c']],
    ['another kind', { kind: 'ConfigMap' }, ['hidden']],
    ['nothing', { text: 'nowhere' }, []],
  ])('%s', (_what, wish, names) => {
    expect(tableOf(ROWS, { ...WISH, ...wish }).map((id) => id.slice(id.lastIndexOf('/') + 1))).toEqual(names);
  });

  test('kinds with their numbers, and namespaces', () => {
    expect(contentsOf(ROWS)).toEqual({
      kinds: [
        ['ConfigMap', 1],
        ['Pod', 3],
      ],
      namespaces: ['kube-system', 'shop'],
    });
  });

  test('kinds without columns of their own have those of kubectl', () => {
    expect(cellsOf(other('ConfigMap', 'a', 'b'))).toEqual([['DATA', { text: '2' }]]);
  });
});
