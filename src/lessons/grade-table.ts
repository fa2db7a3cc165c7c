/** What comes of hand-ins, and as a table. Pure and small: the page shows it too. */

/** What came of a hand-in. */
export interface Grade {
  readonly who: string;
  readonly lesson: string;
  /** Goals of tasks that are met, of how many. */
  readonly goals: number;
  readonly tasks: number;
  /** The last of the moments at which they were met. */
  readonly met: { readonly step: number; readonly timeMs: number } | undefined;
  readonly right: number;
  readonly asked: number;
  /** How much was done by hand. */
  readonly acts: number;
  /** Tasks whose solution was shown. */
  readonly shown: number;
  /** Whether its text was held against that of a lesson that is known or was set. */
  readonly compared: boolean;
  /** Why it does not count; '' if it does. */
  readonly error: string;
}

/** Whether everything that was set is done. */
export const isMet = ({ goals, tasks, error }: Grade): boolean => error === '' && tasks > 0 && goals === tasks;

/** The links in a text: one a line, whatever else stands in the line. */
export function linksIn(text: string): readonly string[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const found = /\S*#\S*\bs=\S+/.exec(line)?.[0];
    return found ? [found] : line.trim() === '' ? [] : [line.trim()];
  });
}

/** A cell of a table that no program takes for a formula. */
function cell(value: string | number): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** What else is to be known of it. */
export const noteOf = ({ compared, error }: Grade): string =>
  compared || error !== '' ? '' : 'not compared with a lesson';

/** The head of the table. */
export const CSV_HEAD = 'who,lesson,goal met,step,predictions right,acts,error,shown,note';

/** A grade as a line of the table. */
export function csvLine(grade: Grade): string {
  const { who, lesson, met, right, acts, error, shown } = grade;
  const [isDone, step] = isMet(grade) ? ['yes', met?.step ?? ''] : ['no', ''];
  return [who, lesson, isDone, step, right, acts, error, shown, noteOf(grade)].map(cell).join(',');
}
