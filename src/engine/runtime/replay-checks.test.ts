/** What a fork's proof takes over from the record, and what it finds fault with. */
import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../api/meta';
import { clonePlain } from '../api/plain';
import { Store } from '../store/store';
import type { TraceStep } from '../trace/trace';
import { Replay } from './replay';
import { StepRecord } from './step-record';

const value = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', resourceVersion: '1' } } as unknown as KubeObject;
const step: TraceStep = { step: 1, time: 5, actor: 'x', verb: 'create', object: null, cause: null, message: 'made' };
const made = { entry: step, revision: 1, fired: 3, detail: { why: 'so' } };
const write = { revision: 1, step: 1, atMs: 5, kind: 'Pod', key: 'a', value };

function proof(): Replay {
  const store = new Store<KubeObject>();
  store.write('Pod', 'a', value, 1, 5);
  const record = new StepRecord((revision) => store.entryAt(revision)?.value);
  record.add(step, 1, 3, made.detail);
  return new Replay(record, store);
}

describe('a proof', () => {
  it('takes what is equal from the record', () => {
    const replay = proof();
    expect(replay.checkStep(clonePlain(made)).detail).toBe(made.detail);
    expect(replay.checkWrite(clonePlain(write))?.value).toBe(value);
    expect(replay.recorded(1, clonePlain(value))).toBe(value);
    expect(replay.difference).toBeUndefined();
  });

  it('has no value for what is otherwise, or was not written', () => {
    const replay = proof();
    expect(replay.recorded(1, { ...value, kind: 'Node' })).toBeUndefined();
    expect(replay.recorded(2, value)).toBeUndefined();
  });

  it.each([
    [{ ...made, fired: 4 }, 'step 1.fired: kept 3, should be 4'],
    [{ ...made, detail: { why: 'not' } }, 'step 1.detail.why: kept so, should be not'],
    [{ ...made, entry: { ...step, message: 'other' } }, 'step 1.entry.message: kept made, should be other'],
    [{ ...made, entry: { ...step, step: 2 } }, 'step 2: there is no such step'],
  ])('finds a step that differs', (replayed, difference) => {
    const replay = proof();
    expect(replay.checkStep(replayed)).toBe(replayed);
    expect(replay.difference).toBe(difference);
    replay.checkStep({ ...made, revision: 9 });
    expect(replay.difference).toBe(difference);
  });

  it.each([
    [{ ...write, key: 'b' }, 'step 1: revision 1 (Pod b).key: kept a, should be b'],
    [{ ...write, revision: 2 }, 'step 1: revision 2 (Pod a) was not written'],
  ])('finds a write that differs', (replayed, difference) => {
    const replay = proof();
    expect(replay.checkWrite(replayed)).toBeUndefined();
    expect(replay.difference).toBe(difference);
  });
});
