/** What the worker tells of a lesson. */
import type { KnownAnswer } from '../lessons/agreement';
import type { CommandOutput } from './command-shapes';
import type { Moment } from './protocol';

/** What the run answers to a question of the lesson. */
export type LessonKnown = KnownAnswer;

/** Where the goal of a chapter was met in a branch, and where each remark first held; null: not yet. */
export interface LessonStanding {
  readonly branch: number;
  readonly met: Moment | null;
  /** It would be, but a status was written by hand. */
  readonly byHand: boolean;
  readonly remarks: readonly (Moment | null)[];
}

/** What was done for somebody who asked to be shown. */
export interface Shown extends CommandOutput {
  readonly command: string;
}
