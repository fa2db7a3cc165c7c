/**
 * What one step changed, old → new, in the words of the tables, and which objects it goes back to. Pure. Both moments are read, so it is
 * the same whichever way somebody came to the step.
 */
import type { Simulation } from '../engine/simulation';
import { projectBetween, type Viewable } from './diff';
import { type Row, rowId } from './rows';
import { cellsOf } from './table-columns';
import { causesOf } from './why';

/** One cell of a row. */
export interface CellChange {
  readonly title: string;
  readonly from: string;
  readonly to: string;
}

/** One object. `cells` is empty when what changed is not told in its row. */
export interface ObjectChange {
  readonly id: string;
  readonly type: 'new' | 'gone' | 'changed';
  readonly cells: readonly CellChange[];
}

/** See the header. */
export interface StepChanges {
  readonly step: number;
  readonly objects: readonly ObjectChange[];
  /** Row ids of what the steps that led here were about, the nearest first; none of `objects` is among them. */
  readonly causes: readonly string[];
}

/** Steps that change more (a file of many documents) are not told object by object. */
const MOST_OBJECTS = 24;
const MOST_CAUSES = 4;

function cellChanges(before: Row, after: Row): CellChange[] {
  const old = new Map(cellsOf(before).map(([title, { text }]) => [title, text]));
  return cellsOf(after)
    .filter(([title, { text }]) => old.get(title) !== text)
    .map(([title, { text }]) => ({ title, from: old.get(title) ?? '—', to: text }));
}

function objectsOf(simulation: Viewable, step: number): ObjectChange[] {
  const { put, removed } = projectBetween(simulation, step - 1, step);
  const before = new Map(projectBetween(simulation, step, step - 1).put.map((row) => [row.id, row]));
  const gone = removed.filter((id) => before.has(id));
  return [
    ...put.map((row): ObjectChange => {
      const old = before.get(row.id);
      return old && old.uid === row.uid
        ? { id: row.id, type: 'changed', cells: cellChanges(old, row) }
        : { id: row.id, type: 'new', cells: [] };
    }),
    ...gone.map((id): ObjectChange => ({ id, type: 'gone', cells: [] })),
  ];
}

/** What a step changed; null when it wrote nothing that has a row, or too much to be told. */
export function stepChanges(
  simulation: Viewable & Pick<Simulation, 'revisionAt' | 'traceAt'>,
  step: number,
): StepChanges | null {
  if (step < 1 || simulation.revisionAt(step) === simulation.revisionAt(step - 1)) return null;
  const objects = objectsOf(simulation, step);
  if (objects.length === 0 || objects.length > MOST_OBJECTS) return null;
  const own = new Set(objects.map(({ id }) => id));
  const causes = new Set<string>();
  for (const { object } of causesOf(simulation, step).slice(1)) {
    const id = object && rowId(object.kind, object.namespace || undefined, object.name);
    if (id && !own.has(id) && causes.size < MOST_CAUSES) causes.add(id);
  }
  return { step, objects, causes: [...causes] };
}
