/** What a run answers, held against what can be answered. Pure: the page and the command line say the same. */
import { parseDuration } from '../engine/api/duration';
import type { Question } from '../scenario/lesson';
import { isNear } from './agreement';

const isTime = (value: unknown): value is { readonly ms: number } =>
  typeof value === 'object' && value !== null && typeof (value as { ms?: unknown }).ms === 'number';

/** An answer as a number; times are in seconds. Undefined for what is none. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return isTime(value) ? value.ms / 1000 : undefined;
}

/** An answer as people read it. */
export function answerText(value: unknown): string {
  return isTime(value) ? `${value.ms / 1000}s` : typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function agrees(given: string, value: unknown): boolean {
  if (isTime(value)) {
    const parsed = parseDuration(given);
    return 'ms' in parsed && parsed.ms === value.ms;
  }
  return typeof value === 'number' ? given.trim() !== '' && Number(given) === value : given === String(value);
}

/** Whether what somebody answered is what the run gives. */
export function isRight({ options, within }: Question, given: string, value: unknown): boolean {
  if (options.length > 0) return options.some((option) => option.value === given) && agrees(given, value);
  const wanted = numberOf(value);
  return wanted !== undefined && isNear(given, wanted, within);
}

/** What is wrong with a question whose answer is known; undefined when it can be answered in exactly one way. */
export function questionProblem(question: Question, value: unknown): string | undefined {
  const { options } = question;
  if (options.length === 0)
    return numberOf(value) === undefined ? `the run gives ${answerText(value)}, which is no number` : undefined;
  const right = options.filter((option) => isRight(question, option.value, value));
  if (right.length === 1) return undefined;
  const which = right.length === 0 ? 'no option agrees' : `${right.length} options agree`;
  return `the run gives ${answerText(value)}: ${which} (${options.map((option) => option.value).join(', ')})`;
}
