/**
 * Quantities of resource lists, kept to thousandths as the API server stores them.
 * Follows SetDefaults_ResourceList in pkg/apis/core/v1/defaults.go.
 */
import { formatQuantity, parseQuantity } from '../quantity';

const NANO_PER_MILLI = 1_000_000n;

/** Rounds every quantity of the list up to a thousandth, in place. */
export function defaultResourceList(list: Record<string, string> | undefined): void {
  for (const name in list) {
    const text = list[name] as string;
    if (mayBeFinerThanMilli(text)) list[name] = roundUpToMilli(text);
  }
}

/** Only the suffixes n and u, and exponents, can stand for less than a thousandth in a canonical quantity. */
function mayBeFinerThanMilli(text: string): boolean {
  const last = text.charCodeAt(text.length - 1);
  return last === 110 || last === 117 || text.includes('e-');
}

function roundUpToMilli(text: string): string {
  const { nano, format } = parseQuantity(text);
  const remainder = nano % NANO_PER_MILLI;
  if (remainder === 0n) return text;
  const floor = nano - remainder;
  return formatQuantity({ nano: nano > 0n ? floor + NANO_PER_MILLI : floor - NANO_PER_MILLI, format });
}
