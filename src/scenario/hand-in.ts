/** What a link carries beside what was done: who hands it in, and what was answered. Anyone can make a link, so it is checked when read. */
import type { TimedInput } from '../engine/simulation';
import { areTimedInputs } from './link-inputs';

/** An answer to a chapter (from 0): to a question, or what was done for a task where that is not what the link replays anyway. */
export interface LinkAnswer {
  readonly chapter: number;
  readonly given?: string;
  readonly inputs?: readonly TimedInput[];
  /** Of a task: its solution was shown. */
  readonly shown?: boolean;
}

/** Who hands in what. */
export interface HandIn {
  readonly who: string;
  readonly answers: readonly LinkAnswer[];
}

/** Longer names and answers are none. */
const MAX_TEXT = 200;
const MAX_ANSWERS = 200;

const isShort = (value: unknown): value is string => typeof value === 'string' && value.length <= MAX_TEXT;

function isAnswer(value: unknown): value is LinkAnswer {
  if (typeof value !== 'object' || value === null) return false;
  const { chapter, given, inputs, shown } = value as Partial<Record<keyof LinkAnswer, unknown>>;
  if (!Number.isSafeInteger(chapter) || (chapter as number) < 0 || (given !== undefined && !isShort(given)))
    return false;
  if (shown !== undefined && typeof shown !== 'boolean') return false;
  return inputs === undefined || areTimedInputs(inputs);
}

/** Whether `who` and `answers` of a link have the right shape; both may be missing. */
export function isHandIn(who: unknown, answers: unknown): boolean {
  if (who !== undefined && !isShort(who)) return false;
  if (answers === undefined) return true;
  return Array.isArray(answers) && answers.length <= MAX_ANSWERS && answers.every(isAnswer);
}
