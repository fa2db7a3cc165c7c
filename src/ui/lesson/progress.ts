/** How far somebody came in each lesson: kept on this device, and written to a file and read from one as JSON. */
import type { TimedInput } from '../../engine/simulation';
import { areTimedInputs } from '../../scenario/link-inputs';
import { loadSetting, saveSetting } from '../state/settings';
import { PROGRESS } from './progress-name';

/** What is kept of one lesson; chapters by their number from 0. */
export interface LessonProgress {
  readonly chapter: number;
  readonly given: Readonly<Record<string, string>>;
  readonly skipped: readonly number[];
  /** The steps at which goals were met, by chapter. */
  readonly met: Readonly<Record<string, number>>;
  /** Chapters whose solution was shown. */
  readonly shown: readonly number[];
  /** What was done by hand when a goal was met, by chapter. */
  readonly acts: Readonly<Record<string, readonly TimedInput[]>>;
  /** How many hints are open, by chapter. */
  readonly hints: Readonly<Record<string, number>>;
  readonly done: boolean;
}

/** Of every lesson by its name. */
export type AllProgress = Readonly<Record<string, LessonProgress>>;

/** Before anything was done. */
export const NO_PROGRESS: LessonProgress = {
  chapter: 0,
  given: {},
  skipped: [],
  met: {},
  shown: [],
  acts: {},
  hints: {},
  done: false,
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isCounts = (value: unknown): value is number[] => Array.isArray(value) && value.every(isCount);

function progressOf(value: unknown): LessonProgress | undefined {
  if (!isRecord(value)) return undefined;
  const { chapter, given, skipped, met, shown, acts = {}, hints = {}, done } = value;
  if (!isCount(chapter) || !isRecord(given) || !isCounts(skipped) || !isRecord(met) || !isCounts(shown))
    return undefined;
  if (!Object.values(given).every((one) => typeof one === 'string') || !Object.values(met).every(isCount))
    return undefined;
  if (!isRecord(hints) || !Object.values(hints).every(isCount)) return undefined;
  if (!isRecord(acts) || !Object.values(acts).every(areTimedInputs)) return undefined;
  return { chapter, given, skipped, met, shown, acts, hints, done: done === true } as LessonProgress;
}

/** Reads progress from JSON; what has another shape is left out. Undefined for a text that holds none. */
export function readProgress(text: string): AllProgress | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const lessons = isRecord(value) ? value.lessons : undefined;
    if (!isRecord(lessons)) return undefined;
    const read = Object.entries(lessons).map(([name, one]) => [name, progressOf(one)] as const);
    return Object.fromEntries(read.filter((entry): entry is [string, LessonProgress] => entry[1] !== undefined));
  } catch {
    return undefined;
  }
}

/** Progress as JSON. */
export const progressText = (lessons: AllProgress): string => `${JSON.stringify({ kubestep: 1, lessons }, null, 2)}\n`;

/** Everything that is kept. */
export const loadProgress = (): AllProgress => readProgress(loadSetting(PROGRESS) ?? '') ?? {};

/** Keeps what is known of a lesson, or of several. */
export function keepProgress(more: AllProgress): void {
  saveSetting(PROGRESS, JSON.stringify({ kubestep: 1, lessons: { ...loadProgress(), ...more } }));
}
