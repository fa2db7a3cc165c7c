/**
 * What was done, for undo and redo: one list of entries, edits of the text and acts alike. Each knows the point before it and the one after, so that going
 * either way loses nothing. Plain data, changed by pure functions; what branches of two points have in common they share.
 */
import { create } from 'zustand';
import { deepEqual } from '../../engine/api/plain';
import type { Moment, SavedRun } from '../../worker/protocol';
import { changedPart } from '../editor/changed-part';

/** How everything stands: the text in the editor, the branches of the run, the moment shown, and where it is kept. */
export interface Point {
  readonly slot: string;
  readonly text: string;
  readonly run: SavedRun;
  readonly cursor: Moment;
}

/** One thing that was done. */
export interface Entry {
  readonly kind: 'edit' | 'act' | 'open';
  /** What it is called: a command, or what an edit is called. */
  readonly label: string;
  readonly before: Point;
  readonly after: Point;
  /** On the reader's clock, in ms. */
  readonly atMs: number;
}

export interface History {
  readonly past: readonly Entry[];
  /** What was undone, the next to be redone last. */
  readonly future: readonly Entry[];
}

export const NO_HISTORY: History = { past: [], future: [] };

type Part = ReturnType<typeof changedPart>;

/** So much can be undone. */
const KEPT = 200;
/** Typing on within this time is one edit. */
const ONE_EDIT_MS = 1_000;

/** A point with the branches of another in place of its own where they are equal. */
export function sharing(point: Point, other: Point): Point {
  const { run } = point;
  const branches = run.branches.map((branch) => {
    const same = other.run.branches.find(({ id }) => id === branch.id);
    return same && deepEqual(same, branch) ? same : branch;
  });
  return { ...point, run: { ...run, branches } };
}

/** Whether two points differ in nothing but the moment that is looked at. */
export function isSame(one: Point, other: Point): boolean {
  if (one.slot !== other.slot || one.text !== other.text || one.run.text !== other.run.text) return false;
  return one.run.current === other.run.current && deepEqual(one.run.branches, other.run.branches);
}

/** Something was done. What had been undone can't be redone any more; what changed nothing is no entry. */
export function recorded(history: History, done: Entry): History {
  const entry = { ...done, after: sharing(done.after, done.before) };
  const last = history.past[history.past.length - 1];
  if (last && history.future.length === 0 && isOneEdit(last, entry)) {
    const merged = { ...entry, before: last.before };
    const earlier = history.past.slice(0, -1);
    return { past: isSame(merged.before, merged.after) ? earlier : [...earlier, merged], future: [] };
  }
  if (isSame(entry.before, entry.after)) return history;
  return { past: [...history.past, entry].slice(-KEPT), future: [] };
}

function isOneEdit(last: Entry, next: Entry): boolean {
  if (last.kind !== 'edit' || next.kind !== 'edit' || next.atMs - last.atMs > ONE_EDIT_MS) return false;
  return isThere(last, next) && isSame(last.after, next.before) && deepEqual(last.after.cursor, next.before.cursor);
}

/** Whether what an edit changes of the text touches what the one before it wrote. */
function isThere(last: Entry, next: Entry): boolean {
  const [wrote, changes] = [last, next].map(({ before, after }) => changedPart(before.text, after.text)) as [
    Part,
    Part,
  ];
  return changes.start <= wrote.start + wrote.put.length && changes.end >= wrote.start;
}

/** The history after an undo or a redo, where that leads, and what it is about. */
interface Travelled {
  readonly history: History;
  readonly to: Point;
  readonly label: string;
}

/**
 * The history after an undo, and where that leads; undefined when there is nothing to undo. Redo leads to right after what was done, but to another text as it
 * stood when it was left: `here`.
 */
export function undone({ past, future }: History, here?: Point): Travelled | undefined {
  const entry = past[past.length - 1];
  if (!entry) return undefined;
  const left = entry.kind === 'open' && here?.slot === entry.after.slot ? { ...entry, after: here } : entry;
  return { history: { past: past.slice(0, -1), future: [...future, left] }, to: entry.before, label: entry.label };
}

/** The history after a redo, and where that leads; undefined when there is nothing to redo. */
export function redone({ past, future }: History): Travelled | undefined {
  const entry = future[future.length - 1];
  return (
    entry && { history: { past: [...past, entry], future: future.slice(0, -1) }, to: entry.after, label: entry.label }
  );
}

/** The latest part that is about one slot only: what is kept with its text. */
export function within({ past, future }: History, slot: string): History {
  const isIts = ({ before, after }: Entry) => before.slot === slot && after.slot === slot;
  const other = past.findLastIndex((entry) => !isIts(entry));
  const foreign = future.findLastIndex((entry) => !isIts(entry));
  return { past: past.slice(other + 1), future: future.slice(foreign + 1) };
}

/** A point as it is kept in another slot, or was. */
export function movedTo<T extends Point>(point: T, slot: string): T {
  return point.slot === slot ? point : { ...point, slot };
}

/** A history as it is kept in another slot. */
export function historyIn({ past, future }: History, slot: string): History {
  const moved = (entry: Entry) => ({
    ...entry,
    before: movedTo(entry.before, slot),
    after: movedTo(entry.after, slot),
  });
  return { past: past.map(moved), future: future.map(moved) };
}

/** What was done in this page, and how everything stands since the last of it. */
export const useHistory = create<History & { readonly present: Point | null }>(() => ({
  ...NO_HISTORY,
  present: null,
}));
