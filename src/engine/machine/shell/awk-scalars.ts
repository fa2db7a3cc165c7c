/** Texts and numbers of awk. Follows POSIX.1-2017 (awk). */
import { AwkError } from './awk-expressions';

/** What a variable holds. */
export type Value = string | number;

/** A value as text: numbers as OFMT has them, `%.6g`. */
export const textOf = (value: Value): string =>
  typeof value === 'string' ? value : Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)));

/** A value as number: what a text begins with, else 0. */
export const numberOf = (value: Value): number => (typeof value === 'number' ? value : Number.parseFloat(value) || 0);

const looksNumeric = (value: Value): boolean =>
  typeof value === 'number' || /^\s*[-+]?(\d+\.?\d*|\.\d+)\s*$/.test(value);

/** Whether a condition holds: texts that look like numbers count as such. */
export const isTrue = (value: Value): boolean =>
  typeof value === 'number' ? value !== 0 : looksNumeric(value) ? numberOf(value) !== 0 : value !== '';

/** What operators make of two numbers. */
export const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => {
    if (b === 0) throw new AwkError('division by zero');
    return a / b;
  },
  '%': (a, b) => a % b,
  '^': (a, b) => a ** b,
};

/** Compares: as numbers where both look like some, and none was written as a text. */
export function compare(operator: string, left: Value, right: Value, areTexts: boolean): number {
  const isNumeric = !areTexts && looksNumeric(left) && looksNumeric(right);
  const [a, b] = isNumeric ? [numberOf(left), numberOf(right)] : [textOf(left), textOf(right)];
  const holds = { '<': a < b, '<=': a <= b, '==': a === b, '!=': a !== b, '>': a > b, '>=': a >= b }[operator];
  return holds ? 1 : 0;
}
