/** What a Node's card tells of its conditions and taints: conditions in one line, each taint in one of its own. Pure. */
import type { NodeRow } from './rows';

/** More taints are counted in the last line. */
const MOST_TAINTS = 4;

/** How many lines that takes. */
export function noteLines({ conditions, taints }: NodeRow): number {
  return Math.min(1, conditions.length) + Math.min(MOST_TAINTS, taints.length);
}

/** The taints that have lines of their own, and how many have not. */
export function taintLines({ taints }: NodeRow): { readonly shown: readonly string[]; readonly more: number } {
  const shown = taints.length > MOST_TAINTS ? taints.slice(0, MOST_TAINTS - 1) : taints;
  return { shown, more: taints.length - shown.length };
}

/**
 * A taint without the domain that Kubernetes' own have, in two parts: where there is no room, its key is cut and never its effect
 * (`unreachable`, `:NoExecute`).
 */
export function shortTaint(taint: string): [key: string, effect: string] {
  const own = taint.replace(/^(?:[a-z-]+\.)*kubernetes\.io\//, '');
  const at = own.lastIndexOf(':');
  return at < 0 ? [own, ''] : [own.slice(0, at), own.slice(at)];
}
