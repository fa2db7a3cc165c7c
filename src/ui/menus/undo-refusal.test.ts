import { expect, test } from 'vitest';
import type { Row, WorkloadRow } from '../../view/rows';
import { undoRefusal } from './undo-refusal';

const owner = (kind: string, more: object = {}) =>
  ({ id: `${kind}/shop/web`, kind, ...more }) as unknown as WorkloadRow;
const kept = (kind: string, name: string, of: Row, more: object = {}) =>
  ({ id: `${kind}/shop/${name}`, kind, owner: of.id, ...more }) as unknown as Row;

test.each([
  ['Deployment', 'ReplicaSet'],
  ['StatefulSet', 'ControllerRevision'],
  ['DaemonSet', 'ControllerRevision'],
])('a %s with one revision has none to go back to', (kind, keeper) => {
  const row = owner(kind);
  const first = kept(keeper, 'web-1', row, { revision: '1' });
  expect(undoRefusal(row, [])).toBe('action.noHistory');
  expect(undoRefusal(row, [first, kept(keeper, 'other-1', owner('Job'), { revision: '2' })])).toBe('action.noHistory');
  expect(undoRefusal(row, [first, kept(keeper, 'web-2', row, { revision: '2' })])).toBeUndefined();
});

test('ReplicaSets with one number are one revision', () => {
  const row = owner('Deployment');
  const alike = ['a', 'b'].map((name) => kept('ReplicaSet', name, row, { revision: '1' }));
  expect(undoRefusal(row, alike)).toBe('action.noHistory');
});

test('a paused Deployment is not rolled back, as kubectl says', () => {
  const row = owner('Deployment', { paused: true });
  const both = ['1', '2'].map((revision) => kept('ReplicaSet', revision, row, { revision }));
  expect(undoRefusal(row, both)).toBe('action.undoPaused');
});
