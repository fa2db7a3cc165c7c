/** What comes of hand-ins, and as a table. Pure and small: the page shows it too. */

/** What is said, in both languages. */
export interface Said {
  readonly en: string;
  readonly zh: string;
}

/** What came of a hand-in. */
export interface Grade {
  readonly who: string;
  readonly lesson: string;
  /** Goals of tasks that are met, of how many. */
  readonly goals: number;
  readonly tasks: number;
  /** The last of the moments at which they were met. */
  readonly met: { readonly step: number; readonly timeMs: number } | undefined;
  /** Predictions that are right, that were made, and that were asked for. */
  readonly right: number;
  readonly answered: number;
  readonly asked: number;
  /** How much was done by hand. */
  readonly acts: number;
  /** Tasks whose solution was shown. */
  readonly shown: number;
  /** Tasks for which what was done is what the solution does, act by act, though it was not shown; such as anybody would do are not counted. */
  readonly alike: number;
  /** A goal was met only where a status had been written by hand. */
  readonly byHand: boolean;
  /** Whether its text was held against that of a lesson that is known or was set; else the goal is the one that it carries itself. */
  readonly compared: boolean;
  /** Not compared, and another hand-in has another text under the same name. */
  readonly differs: boolean;
  /** How many hand-ins there are by this name. */
  readonly times: number;
  /** Whether it is a link that opens. */
  readonly opens: boolean;
  /** Why it does not count; undefined if it does. */
  readonly error: Said | undefined;
}

/** Whether everything that was set is done. */
export const isMet = ({ goals, tasks, error }: Grade): boolean => error === undefined && tasks > 0 && goals === tasks;

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
  | 'not one of the lessons here: goal taken from the link'
  | 'another hand-in has another text under this name'
  | 'done as the solution does it'
  | 'a status was written by hand'
  | 'one of several by this name';

/** What else is to be known of it. */
export function notesOf({ compared, differs, error, alike, byHand, times }: Grade): readonly GradeNote[] {
  if (error) return [];
  return [
    ...(compared ? [] : (['not one of the lessons here: goal taken from the link'] as const)),
    ...(differs ? (['another hand-in has another text under this name'] as const) : []),
    ...(alike > 0 ? (['done as the solution does it'] as const) : []),
    ...(byHand ? (['a status was written by hand'] as const) : []),
    ...(times > 1 ? (['one of several by this name'] as const) : []),
  ];
}

/** The head of the table. What reads it knows columns by their place: further ones come last. */
export const CSV_HEAD =
  'who,lesson,goal met,step,predictions right,acts,error,shown,note,time,predictions answered,predictions asked';

/** A grade as a line of the table. `line`: where its link stands, which is said where nobody knows whose it is. */
export function csvLine(grade: Grade, line: number): string {
  const { who, lesson, right, answered, asked, acts, error, shown } = grade;
  const isDone = isMet(grade);
  const met = isDone ? grade.met : undefined;
  const why = error?.en ?? '';
  const because = who === '' && error ? `line ${line}: ${why}` : why;
  const time = met ? `${met.timeMs / 1000}s` : '';
  const said = notesOf(grade).join('; ');
  return [who, lesson, isDone ? 'yes' : 'no', met?.step ?? '', right, acts, because, shown, said, time, answered, asked]
    .map(cell)
    .join(',');
}
