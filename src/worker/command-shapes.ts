/** What is said of kubectl commands given by hand, and of other acts. */
import type { Input } from '../engine/simulation';
import type { EditedName, PrintedMark } from '../kubectl/command';
import type { Moment, View } from './protocol';

export interface CommandGiven {
  readonly command: string;
  /** What it reads from standard input. */
  readonly stdin?: string;
  /** Where the page is. */
  readonly at: Moment;
  readonly record: number;
  /** What acts does so then, as another command goes on until then. */
  readonly afterMs?: number;
}

/** What a kubectl command printed. */
export interface CommandOutput {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
  /** When, and in which order, that was printed. */
  readonly printed?: readonly PrintedMark[];
  /** What somebody wanted to edit: the editor shows it. */
  readonly edits?: readonly EditedName[];
  /** When it ended, where that was later than it was begun. */
  readonly endedMs?: number;
}

export interface CommandBegun {
  /** Missing while the command goes on: then it follows in a message of its own. */
  readonly output: CommandOutput | null;
  /** Set when the command acts, which may have made a branch. */
  readonly view: View | null;
}

/** What a button or a menu does. */
export interface ActGiven {
  readonly input: Input;
  readonly at: Moment;
  readonly label: string;
}

export interface ActDone {
  /** Missing where it was refused, which leaves nothing behind. */
  readonly view: View | null;
  /** Why it was. */
  readonly refused: string | null;
}
