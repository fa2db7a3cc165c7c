/**
 * Who gets how much of a CPU that is not enough for all. Pure.
 * Follows the kernel's fair share by cpu.weight as the kubelet sets it from requests: who wants less than his share leaves the rest to the
 * others. Left out: the levels of cgroups between; what asks for nothing shares one small weight, as Pods of the class BestEffort do.
 */

/** One who wants CPU. */
export interface Wanting {
  /** What it would use alone, no more than its limit. */
  readonly wantsMilli: number;
  /** What it asks for; 0: nothing. */
  readonly requestMilli: number;
}

/** The least that the kernel gives weight to: 2 shares of 1024. */
const LEAST_WEIGHT = 2;

/** What each gets of so much CPU, in the order given. */
export function shareCpu(wanting: readonly Wanting[], capacityMilli: number): number[] {
  const total = wanting.reduce((sum, { wantsMilli }) => sum + wantsMilli, 0);
  if (total <= capacityMilli) return wanting.map(({ wantsMilli }) => wantsMilli);
  const idle = wanting.filter(({ requestMilli }) => requestMilli <= 0).length;
  const weights = wanting.map(({ requestMilli }) => (requestMilli > 0 ? requestMilli : LEAST_WEIGHT / idle));
  const given = wanting.map(() => 0);
  let open = wanting.map((_, index) => index);
  let left = capacityMilli;
  while (open.length > 0) {
    const weight = open.reduce((sum, index) => sum + (weights[index] as number), 0);
    const share = (index: number): number => (left * (weights[index] as number)) / weight;
    const content = open.filter((index) => (wanting[index] as Wanting).wantsMilli <= share(index));
    if (content.length === 0) {
      for (const index of open) given[index] = share(index);
      break;
    }
    for (const index of content) given[index] = (wanting[index] as Wanting).wantsMilli;
    left -= content.reduce((sum, index) => sum + (given[index] as number), 0);
    open = open.filter((index) => !content.includes(index));
  }
  return given;
}
