/**
 * Arithmetic with amounts by resource name. Follows apiserver/pkg/quota/v1/resources.go.
 */
import { putIn } from '../plain';
import { addQuantities, compareQuantities, parseQuantity, subtractQuantities } from '../quantity';

/** Quantities by resource name. */
export type ResourceList = Readonly<Record<string, string>>;

/** The sums; what stands in one list only is taken as it is. */
export function addLists(left: ResourceList, right: ResourceList): Record<string, string> {
  const sum: Record<string, string> = { ...right };
  for (const name in left) {
    const more = right[name];
    putIn(sum, name, more === undefined ? (left[name] as string) : addQuantities(left[name] as string, more));
  }
  return sum;
}

/** The greater of each. */
export function maxLists(left: ResourceList, right: ResourceList): Record<string, string> {
  const most: Record<string, string> = { ...left };
  for (const name in right) {
    const [one, other] = [left[name], right[name] as string];
    if (one === undefined || compareQuantities(other, one) > 0) putIn(most, name, other);
  }
  return most;
}

/** What is left, at least nothing. */
export function growthOf(left: ResourceList, right: ResourceList): Record<string, string> {
  const rest: Record<string, string> = {};
  for (const name in left) {
    const difference = subtractQuantities(left[name] as string, right[name] ?? '0');
    putIn(rest, name, difference.startsWith('-') ? '0' : difference);
  }
  return rest;
}

/** The entries with these names. */
export function maskList(list: ResourceList, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(list).filter(([name]) => names.includes(name)));
}

/** The entries that aren't zero. */
export function withoutZeros(list: ResourceList): Record<string, string> {
  return Object.fromEntries(Object.entries(list).filter(([, amount]) => parseQuantity(amount).nano !== 0n));
}

/** The names of which there is more than the bounds allow, in order. */
export function exceeding(list: ResourceList, bounds: ResourceList): string[] {
  return Object.keys(bounds)
    .filter((name) => list[name] !== undefined && compareQuantities(list[name] as string, bounds[name] as string) > 0)
    .sort();
}

/** Whether both say the same amounts of the same things, in whatever format. */
export function sameAmounts(left: ResourceList, right: ResourceList): boolean {
  const names = Object.keys(left);
  if (names.length !== Object.keys(right).length) return false;
  return names.every((name) => {
    const other = right[name];
    return other !== undefined && (other === left[name] || compareQuantities(left[name] as string, other) === 0);
  });
}

/** `cpu=1,pods=2`, in order of the names. */
export function formatList(list: ResourceList): string {
  return Object.keys(list)
    .sort()
    .map((name) => `${name}=${list[name]}`)
    .join(',');
}
