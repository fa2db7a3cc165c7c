/**
 * What changed between two moments, as rows. One shape for living forwards and for looking back: whoever applies a
 * delta cannot tell, and need not. Objects that are the same at both
 * moments are the same reference, so what is compared is identity.
 */
import type { Simulation } from '../engine/simulation';
import { hasRows, rowOf } from './row-of';
import { type Row, rowId } from './rows';

/** Rows to put and row ids to remove; applying it to the rows of one moment gives those of another. */
export interface RowsDelta {
  /** True when it stands alone: forget every row first. */
  readonly full: boolean;
  readonly put: readonly Row[];
  readonly removed: readonly string[];
}

/** The part of a simulation that looking needs. */
export type Viewable = Pick<Simulation, 'kinds' | 'objectsAt' | 'differences'>;

/** Every row at a step. */
export function projectAll(simulation: Viewable, step: number): RowsDelta {
  const put: Row[] = [];
  for (const kind of simulation.kinds()) {
    if (!hasRows(kind)) continue;
    for (const object of simulation.objectsAt(step, kind)) {
      const row = rowOf(object);
      if (row) put.push(row);
    }
  }
  return { full: true, put, removed: [] };
}

/** The rows that differ between two steps of one branch. */
export function projectBetween(simulation: Viewable, fromStep: number, toStep: number): RowsDelta {
  const put: Row[] = [];
  const removed: string[] = [];
  for (const kind of simulation.kinds()) {
    if (!hasRows(kind)) continue;
    for (const [key, object] of simulation.differences(kind, fromStep, toStep)) {
      const row = object && rowOf(object);
      if (row) put.push(row);
      else removed.push(rowId(kind, undefined, key));
    }
  }
  return { full: false, put, removed };
}
