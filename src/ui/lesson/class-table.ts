/**
 * A class: the links that were handed in and what came of them. It is kept on this device until it is forgotten, so that it is still there when a run that
 * was opened from it is left, and after a reload.
 */
import { create } from 'zustand';
import type { Grade, LinkLine } from '../../lessons/grade-table';
import { createTable } from '../state/browser-table';
import { handIns, later } from '../state/page';

/** A link, and what came of it. */
export interface Row extends LinkLine {
  readonly grade: Grade;
}

/** The lesson that was set: its name, or that it was read from a file, with what that holds. */
export interface SetLesson {
  readonly chosen: string;
  readonly text: string | undefined;
}

/** What is kept of a class. */
export interface Class {
  readonly text: string;
  readonly set: SetLesson;
  readonly rows: readonly Row[] | undefined;
  /** The line whose run was opened last. */
  readonly opened: number | undefined;
}

const NO_CLASS: Class = { text: '', set: { chosen: '', text: undefined }, rows: undefined, opened: undefined };

/** What a class is on its way to, whether or not anybody looks. */
interface Doing {
  /** It is known what was kept. */
  readonly isLoaded: boolean;
  /** So many links are being graded. */
  readonly running: number;
}

/** See the header. */
export const useClass = create<Class & Doing>(() => ({ ...NO_CLASS, isLoaded: false, running: 0 }));

const table = createTable<Class>('kubestep-class', 'classes', later);
const ID = 'class';

/** Whether anything came of any link. */
export const hasClass = (): boolean => (useClass.getState().rows?.length ?? 0) > 0;

const isGrade = (grade: Partial<Grade> | undefined): boolean =>
  typeof grade?.who === 'string' && typeof grade.answered === 'number' && typeof grade.opens === 'boolean';

/** What was kept, if it looks like a class: another release may have written it, whose rows may say less. */
function classOf(kept: Partial<Class> | undefined): Class | undefined {
  if (typeof kept?.text !== 'string' || typeof kept.set?.chosen !== 'string') return undefined;
  const { text, set, rows, opened } = kept;
  const isWhole = Array.isArray(rows) && rows.every((row: Partial<Row>) => isGrade(row?.grade));
  return { text, set, rows: isWhole ? rows : undefined, opened };
}

/** Brings back what was kept, once. What has been put there meanwhile stays. */
export async function loadClass(): Promise<void> {
  if (useClass.getState().isLoaded) return;
  const kept = await table.get(ID).then(classOf, () => undefined);
  useClass.setState(({ isLoaded }) => (isLoaded ? {} : { ...kept, isLoaded: true }));
}

/** Changes it, and keeps it. */
export function putClass(changed: Partial<Class>): void {
  useClass.setState({ ...changed, isLoaded: true });
  const { text, set, rows, opened } = useClass.getState();
  // Where nothing can be kept it lasts as long as the page.
  table.put(ID, { text, set, rows, opened }).catch(() => undefined);
}

/** Forgets it, and whose the runs are that were opened from it: names and answers are nobody else's. */
export function forgetClass(): void {
  useClass.setState({ ...NO_CLASS, isLoaded: true });
  table.remove(ID).catch(() => undefined);
  handIns.forgetNames();
}
