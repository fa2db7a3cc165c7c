/**
 * Numbers that may also be given as a percentage of a total (maxSurge, maxUnavailable, minAvailable).
 * Follows apimachinery/pkg/util/intstr/intstr.go.
 */
import type { IntOrString } from './types';

/** Whether the value is a whole percentage, like `25%`. */
export function isPercent(value: IntOrString): boolean {
  return typeof value === 'string' && /^[+-]?\d+%$/.test(value);
}

/**
 * The value itself, or the percentage of the total, rounded up or down. Throws an Error with upstream's message when a
 * text is not a percentage.
 */
export function scaledValueFromIntOrPercent(value: IntOrString, total: number, roundUp: boolean): number {
  if (typeof value === 'number') return value;
  if (!value.endsWith('%')) throw new Error('invalid value for IntOrString: invalid type: string is not a percentage');
  if (!isPercent(value)) {
    const digits = JSON.stringify(value.slice(0, -1));
    throw new Error(
      `invalid value for IntOrString: invalid value ${JSON.stringify(value)}: strconv.Atoi: parsing ${digits}: invalid syntax`,
    );
  }
  const scaled = (Number(value.slice(0, -1)) * total) / 100;
  return roundUp ? Math.ceil(scaled) : Math.floor(scaled);
}
