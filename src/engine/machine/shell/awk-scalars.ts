/** Texts and numbers of awk. Follows POSIX.1-2017 (awk). */
import { AwkError } from './awk-expressions';
import { formatAll } from './format-commands';

/** A text of the input that looks like a number, and counts as one where it is compared; what was never set is one as well. */
export interface NumericText {
  readonly text: string;
  readonly number: number;
}

/** What a variable holds. */
export type Value = string | number | NumericText;

/** What a variable holds that was never set. */
export const UNSET: NumericText = { text: '', number: 0 };

/** What comes from outside, as a value. */
export const given = (text: string): Value =>
  /^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i.test(text) ? { text, number: Number.parseFloat(text) } : text;

/** A value as text: whole numbers as they are, others as `%.6g` has them. */
export function textOf(value: Value): string {
  if (typeof value === 'object') return value.text;
  if (typeof value === 'string') return value;
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value < 0 ? '-inf' : 'inf';
  if (Number.isInteger(value)) return Math.abs(value) < 1e21 ? String(value) : BigInt(value).toString();
  return formatAll('%.6g', [value], true);
}

/** A value as number: what a text begins with, else 0. */
export const numberOf = (value: Value): number =>
  typeof value === 'number' ? value : typeof value === 'object' ? value.number : Number.parseFloat(value) || 0;

/** Whether a condition holds: numbers that are not 0 and texts that are not empty. */
export const isTrue = (value: Value): boolean => (typeof value === 'string' ? value !== '' : numberOf(value) !== 0);

/** What operators make of two numbers. */
export const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => {
    if (b === 0) throw new AwkError('division by zero', 'Division by zero');
    return a / b;
  },
  '%': (a, b) => a % b,
  '^': (a, b) => a ** b,
};

/** Compares: as texts where one is no number. */
export function compare(operator: string, left: Value, right: Value): number {
  const areTexts = typeof left === 'string' || typeof right === 'string';
  const [a, b] = areTexts ? [textOf(left), textOf(right)] : [numberOf(left), numberOf(right)];
  const holds = { '<': a < b, '<=': a <= b, '==': a === b, '!=': a !== b, '>': a > b, '>=': a >= b }[operator];
  return holds ? 1 : 0;
}

/** What printf makes of a format and what follows it. */
export const format = ([text = '', ...values]: readonly Value[]): string =>
  formatAll(
    textOf(text),
    values.map((value) => (typeof value === 'number' ? value : textOf(value))),
    true,
  );
