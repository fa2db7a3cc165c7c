/** What has no drawing of its own, as chips: kinds of which there are many are one chip each, until somebody opens it. */
import type { Card, Graph } from './cards';
import { parseRowId } from './rows';

type OthersCard = Extract<Card, { type: 'others' }>;

/** More of a kind are rolled up. */
const FEW = 6;
/** More lines of one list are scrolled through. */
export const LINES_SHOWN = 8;

/** A kind of which there are many. */
export interface RolledKind {
  readonly kind: string;
  readonly members: readonly string[];
  readonly isOpen: boolean;
}

/** What is a chip by itself, and what stands for many. */
export interface OthersParts {
  readonly single: readonly string[];
  readonly rolled: readonly RolledKind[];
}

/** The name under which the many of a kind are opened. */
export const openedKind = (card: string, kind: string): string => `${card} ${kind}`;

/** See the header. */
export function othersParts({ id, members, opened = [] }: OthersCard): OthersParts {
  const byKind = new Map<string, string[]>();
  for (const member of members) {
    const { kind } = parseRowId(member);
    byKind.set(kind, [...(byKind.get(kind) ?? []), member]);
  }
  const rolled = [...byKind].filter(([, all]) => all.length > FEW);
  const many = new Set(rolled.map(([kind]) => kind));
  return {
    single: members.filter((member) => !many.has(parseRowId(member).kind)),
    rolled: rolled.map(([kind, all]) => ({ kind, members: all, isOpen: opened.includes(openedKind(id, kind)) })),
  };
}

/** How many lines that takes. */
export function othersLines(card: OthersCard): number {
  const { single, rolled } = othersParts(card);
  const open = rolled.reduce((sum, { members, isOpen }) => sum + 1 + (isOpen ? members.length : 0), 0);
  return Math.min(LINES_SHOWN, single.length + open);
}

/** The same drawing with the kinds that somebody has opened. */
export function withOpened(graph: Graph, toggled: ReadonlySet<string>): Graph {
  if (toggled.size === 0) return graph;
  const open = (card: Card): Card =>
    card.type === 'others' ? { ...card, opened: [...toggled].filter((each) => each.startsWith(`${card.id} `)) } : card;
  const { frames, beside } = graph;
  return {
    ...graph,
    cards: graph.cards.map(open),
    ...(frames
      ? { frames: frames.map(({ frame, graph: inner }) => ({ frame, graph: withOpened(inner, toggled) })) }
      : {}),
    ...(beside ? { beside: beside.map(open) } : {}),
  };
}
