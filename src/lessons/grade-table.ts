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
  /** Tasks for which what was done is what the solution does, act by act, though it was not shown; such as anybody would do are not counted. */
  readonly alike: number;
  /** A goal was met only where a status had been written by hand. */
  readonly byHand: boolean;
  /** Whether its text was held against that of a lesson that is known or was set. */
  readonly compared: boolean;
  /** How many hand-ins there are by this name. */
  readonly times: number;
  /** Why it does not count; '' if it does. */
  readonly error: string;
}

/** Whether everything that was set is done. */
export const isMet = ({ goals, tasks, error }: Grade): boolean => error === '' && tasks > 0 && goals === tasks;

/** A link, and in which line of a text it stands, from 1. */
export interface LinkLine {
  readonly link: string;
  readonly line: number;
}

/** The links in a text: one a line, whatever else stands in the line. */
export function linksIn(text: string): readonly LinkLine[] {
  return text.split(/\r?\n/).flatMap((written, index) => {
    const link = /\S*#\S*\bs=\S+/.exec(written)?.[0] ?? written.trim();
    return link === '' ? [] : [{ link, line: index + 1 }];
  });
}

/** A cell of a table that no program takes for a formula, in whatever width its signs are written. */
function cell(value: string | number): string {
  const text = typeof value === 'string' && /^\s*[=+\-@＝＋－＠]/.test(value) ? `'${value}` : String(value);
  return /[",\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** What is said of a hand-in beside its numbers. */
export type GradeNote =
  | 'not compared with a lesson'
  | 'done as the solution does it'
  | 'a status was written by hand'
  | 'one of several by this name';

/** What else is to be known of it. */
export function notesOf({ compared, error, alike, byHand, times }: Grade): readonly GradeNote[] {
  if (error !== '') return [];
  return [
    ...(compared ? [] : (['not compared with a lesson'] as const)),
    ...(alike > 0 ? (['done as the solution does it'] as const) : []),
    ...(byHand ? (['a status was written by hand'] as const) : []),
    ...(times > 1 ? (['one of several by this name'] as const) : []),
  ];
}

/** The head of the table. */
export const CSV_HEAD = 'who,lesson,goal met,step,predictions right,acts,error,shown,note';

/** A grade as a line of the table. `line`: where its link stands, which is said where nobody knows whose it is. */
export function csvLine(grade: Grade, line: number): string {
  const { who, lesson, met, right, acts, error, shown } = grade;
  const [isDone, step] = isMet(grade) ? ['yes', met?.step ?? ''] : ['no', ''];
  const because = who === '' && error !== '' ? `line ${line}: ${error}` : error;
  return [who, lesson, isDone, step, right, acts, because, shown, notesOf(grade).join('; ')].map(cell).join(',');
}
