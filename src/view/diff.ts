/**
 * What changed between two moments, as rows. One shape for living forwards and for looking back: whoever applies a
 * delta cannot tell, and need not. Near moments walk the change log; far ones compare every object by identity.
 */
import type { KubeObject } from '../engine/api/meta';
import type { Simulation } from '../engine/simulation';
import { isDrawn, type Row, rowId, rowOf } from './rows';

/** Rows to put and row ids to remove; applying it to the rows of one moment gives those of another. */
export interface RowsDelta {
  /** True when it stands alone: forget every row first. */
  readonly full: boolean;
  readonly put: readonly Row[];
  readonly removed: readonly string[];
}

/** The part of a simulation that looking needs. */
export type Viewable = Pick<Simulation, 'kinds' | 'objectsAt' | 'changes' | 'revisionAt'>;

/** Beyond so many log entries between two moments, projecting anew is cheaper than walking them. */
const FAR_ENTRIES = 50_000;

/** Every row at a step. */
export function projectAll(simulation: Viewable, step: number): RowsDelta {
  const put: Row[] = [];
  for (const kind of simulation.kinds()) {
    if (!isDrawn(kind)) continue;
    for (const object of simulation.objectsAt(step, kind)) {
      const row = rowOf(object);
      if (row) put.push(row);
    }
  }
  return { full: true, put, removed: [] };
}

/** The rows that differ between two steps of one branch. */
export function projectBetween(simulation: Viewable, fromStep: number, toStep: number): RowsDelta {
  const from = simulation.revisionAt(fromStep);
  const to = simulation.revisionAt(toStep);
  if (Math.abs(to - from) > FAR_ENTRIES) return projectAll(simulation, toStep);
  const touched = to >= from ? lastValues(simulation, from, to) : firstValues(simulation, to, from);
  const put: Row[] = [];
  const removed: string[] = [];
  for (const [id, object] of touched) {
    const row = object && rowOf(object);
    if (row) put.push(row);
    else removed.push(id);
  }
  return { full: false, put, removed };
}

/** Forwards: what each touched key holds at the end. */
function lastValues(simulation: Viewable, after: number, upTo: number): Map<string, KubeObject | undefined> {
  const values = new Map<string, KubeObject | undefined>();
  for (const entry of simulation.changes(after, upTo)) {
    if (isDrawn(entry.kind)) values.set(idOfKey(entry.kind, entry.key), entry.value);
  }
  return values;
}

/** Backwards: what each touched key held before the first of these changes. */
function firstValues(simulation: Viewable, after: number, upTo: number): Map<string, KubeObject | undefined> {
  const values = new Map<string, KubeObject | undefined>();
  for (const entry of simulation.changes(after, upTo)) {
    if (!isDrawn(entry.kind)) continue;
    const id = idOfKey(entry.kind, entry.key);
    if (!values.has(id)) values.set(id, entry.previous);
  }
  return values;
}

function idOfKey(kind: string, key: string): string {
  return rowId(kind, undefined, key);
}
