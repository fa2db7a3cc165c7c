/**
 * Whose turn it is among several that take weighted turns. Pure.
 * Follows pkg/server/service/loadbalancer/wrr of Traefik: the next is the one whose deadline is nearest, and its deadline moves on by 1 ÷ weight.
 */

/** What is remembered of those who take turns: when each is due again, the one whose turn was longest ago first. */
export interface Turns {
  readonly nowAt: number;
  readonly due: readonly (readonly [name: string, deadline: number])[];
}

/** One who takes turns. */
export interface Contender {
  readonly name: string;
  readonly weight: number;
}

const NOBODY_YET: Turns = { nowAt: 0, due: [] };

/** Whose turn it is, and what is to be remembered then; undefined: nobody has a weight. */
export function nextTurn(
  contenders: readonly Contender[],
  before: Turns = NOBODY_YET,
): { readonly name: string; readonly turns: Turns } | undefined {
  const weights = new Map(contenders.filter(({ weight }) => weight > 0).map(({ name, weight }) => [name, weight]));
  const known = before.due.filter(([name]) => weights.has(name));
  const names = new Set(known.map(([name]) => name));
  const added = [...weights].filter(([name]) => !names.has(name));
  // Who is new has a fair chance: its deadline counts from now.
  const due = [...known, ...added.map(([name, weight]) => [name, before.nowAt + 1 / weight] as const)];
  const [first, ...others] = due;
  if (!first) return undefined;
  const next = others.reduce((nearest, one) => (one[1] < nearest[1] ? one : nearest), first);
  const [name, deadline] = next;
  const moved = [name, deadline + 1 / (weights.get(name) as number)] as const;
  return { name, turns: { nowAt: deadline, due: [...due.filter((one) => one !== next), moved] } };
}
