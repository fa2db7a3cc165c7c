/**
 * What one step changed, old → new, in the words of the tables, and which object it goes back to. Pure. Both moments are read, so it is
 * the same whichever way somebody came to the step.
 */
import type { Simulation } from '../engine/simulation';
import { projectBetween, type Viewable } from './diff';
import { type Row, rowId } from './rows';
import { cellsOf } from './table-columns';
import { causesOf, type WhyLink } from './why';

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
  /**
   * The row id of what the step that led here was about, where the first of `objects` is what this one is about, and another. What led to that
   * in its turn may be of another story.
   */
  readonly cause: string | undefined;
}

/** Steps that change more (a file of many documents) are not told object by object. */
const MOST_OBJECTS = 24;

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
  const [about, cause] = causesOf(simulation, step, 2).map(idOf);
  // What it was about comes first.
  objects.sort((one, other) => Number(other.id === about) - Number(one.id === about));
  const hasCause = objects[0]?.id === about && cause !== about;
  return { step, objects, cause: hasCause ? cause : undefined };
}

const idOf = ({ object }: WhyLink): string | undefined =>
  object && rowId(object.kind, object.namespace || undefined, object.name);
