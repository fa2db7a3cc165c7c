/**
 * Where each card goes and how large it is. Sizes follow from counts alone, so that nothing has to be measured and
 * a card never moves because of how its text came out. Wide drawings run left to right, narrow ones top to bottom.
 */
import { BARE_PODS, type Card, type Edge, type Graph, UNSCHEDULED } from './cards';

export interface Placed {
  readonly card: Card;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How Pods stand in a card: as lines with words, or as a field of cells. */
export interface PodField {
  readonly mode: 'lines' | 'cells';
  readonly columns: number;
  readonly height: number;
  readonly width: number;
}

const LINE_HEIGHT = 32;
export const CELL_PITCH = 28;
const CARD_WIDTH = 288;
/** Pods without an owner show their whole names. */
const BARE_WIDTH = 372;
const OWNER_WIDTH = 192;
const SERVICE_WIDTH = 192;
const PADDING = 14;
const GROUP_HEAD = 62;
const TITLE_HEAD = 46;
const NODE_HEAD = 116;
const GAP_X = 48;
const GAP_Y = 24;
const LINES_MAX = 8;
const CLAIMS_HEAD = 38;
/** Claims stand so close below the card whose Pods mount them that the two are read as one. */
const GAP_CLAIMS = 6;
/** A workload's further facts (revisions, counts) in its card's head. */
const DETAILS = 22;
const WITH_DETAILS = /^(StatefulSet|DaemonSet|Job)\//;
const AUTOSCALER = 58;
const QUOTA_LINE = 30;

/** The field that so many Pods get. */
export function podField(count: number): PodField {
  if (count <= LINES_MAX) {
    return { mode: 'lines', columns: 1, height: Math.max(1, count) * LINE_HEIGHT, width: CARD_WIDTH - 2 * PADDING };
  }
  const columns = Math.max(9, Math.ceil(Math.sqrt(count * 1.7)));
  const rows = Math.ceil(count / columns);
  return { mode: 'cells', columns, height: rows * CELL_PITCH, width: columns * CELL_PITCH };
}

function headOf(card: Extract<Card, { type: 'node' | 'group' }>): number {
  if (card.type === 'node') return NODE_HEAD;
  if (card.id === BARE_PODS || card.id === UNSCHEDULED) return TITLE_HEAD;
  return GROUP_HEAD + (hasDetails(card) ? DETAILS : 0) + card.autoscalers.length * AUTOSCALER;
}

/** Whether a card's head has a line for what only its kind has. */
export function hasDetails(card: Card): boolean {
  return WITH_DETAILS.test(card.id);
}

/** A card's size. */
export function sizeOf(card: Card): { width: number; height: number } {
  switch (card.type) {
    case 'owner':
      return {
        width: OWNER_WIDTH,
        height: 148 + (card.folded.length > 0 ? 26 : 0) + card.autoscalers.length * AUTOSCALER,
      };
    case 'service':
    case 'ingress':
      return { width: SERVICE_WIDTH, height: 100 };
    case 'autoscaler':
      return { width: CARD_WIDTH, height: 2 * PADDING + AUTOSCALER };
    case 'quota':
      return { width: CARD_WIDTH, height: GROUP_HEAD + Math.max(1, card.lines) * QUOTA_LINE + 8 };
    case 'claims':
    case 'storage': {
      const field = podField(card.members.length);
      return {
        width: Math.max(CARD_WIDTH, field.width + 2 * PADDING),
        height: CLAIMS_HEAD + field.height + PADDING,
      };
    }
    case 'others':
      return { width: CARD_WIDTH, height: 44 + Math.min(6, card.members.length) * 30 };
    default: {
      const field = podField(card.pods.length);
      const width = Math.max(card.id === BARE_PODS ? BARE_WIDTH : CARD_WIDTH, field.width + 2 * PADDING);
      return { width, height: headOf(card) + field.height + PADDING };
    }
  }
}

/** Positions for a whole drawing. `narrow` is a drawing for a telephone held upright. */
export function layoutOf(graph: Graph, narrow: boolean): Placed[] {
  const nodes = graph.cards.some((card) => card.type === 'node');
  if (narrow) return stack(nodes ? graph.cards : inReadingOrder(graph));
  return nodes ? grid(graph.cards) : columns(graph);
}

function place(card: Card, x: number, y: number): Placed {
  return { card, x, y, ...sizeOf(card) };
}

function stack(cards: readonly Card[]): Placed[] {
  const placed: Placed[] = [];
  let y = 0;
  for (const card of cards) {
    const { width, height } = sizeOf(card);
    if (card.type === 'claims') y -= GAP_Y + 8 - GAP_CLAIMS;
    placed.push({ card, x: (CARD_WIDTH - width) / 2, y, width, height });
    y += height + GAP_Y + 8;
  }
  return placed;
}

/** Services after the last group they select, an Ingress after its last Service, so that their edges stay short. */
function inReadingOrder(graph: Graph): Card[] {
  const isLater = ({ type }: Card) => type === 'service' || type === 'ingress';
  const ordered: Card[] = graph.cards.filter((card) => !isLater(card));
  for (const card of graph.cards.filter(isLater)) {
    const targets = new Set(graph.edges.filter((edge) => edge.from === card.id).map((edge) => edge.to));
    let at = -1;
    for (let index = 0; index < ordered.length; index += 1) if (targets.has(ordered[index]!.id)) at = index;
    if (at >= 0 && ordered[at + 1]?.type === 'claims') at += 1;
    ordered.splice(at < 0 ? ordered.length : at + 1, 0, card);
  }
  return ordered;
}

/** Nodes in rows; what is not on any node below them, so that its width does not stretch their columns. */
function grid(cards: readonly Card[]): Placed[] {
  const nodes = cards.filter((card) => card.type === 'node');
  const others = cards.filter((card) => card.type !== 'node');
  const perRow = nodes.length <= 3 ? Math.max(1, nodes.length) : Math.max(3, Math.ceil(Math.sqrt(nodes.length * 1.4)));
  const width = Math.max(0, ...nodes.map((card) => sizeOf(card).width));
  const placed: Placed[] = [];
  let y = 0;
  for (let start = 0; start < nodes.length; start += perRow) {
    const row = nodes.slice(start, start + perRow);
    row.forEach((card, index) => {
      placed.push(place(card, index * (width + GAP_Y), y));
    });
    y += Math.max(...row.map((card) => sizeOf(card).height)) + GAP_Y;
  }
  for (const card of others) {
    placed.push(place(card, 0, y));
    y += sizeOf(card).height + GAP_Y;
  }
  return placed;
}

/** Cards of the two right columns: what leads to Pods, and what is there beside them. */
const RIGHT = new Set<Card['type']>(['service', 'ingress', 'quota', 'storage', 'others']);

/** Owners left, what holds Pods in the middle, Services right: each block as high as its tallest side. */
function columns(graph: Graph): Placed[] {
  const groupX = graph.cards.some((card) => card.type === 'owner') ? OWNER_WIDTH + GAP_X : 0;
  const placed: Placed[] = [];
  let y = 0;
  for (const [first, ...rest] of blocksOf(graph)) {
    const start = y;
    for (const member of first?.type === 'owner' ? rest : [first!, ...rest]) {
      if (member.type === 'claims' && y > start) y -= GAP_Y - GAP_CLAIMS;
      placed.push(place(member, groupX, y));
      y += sizeOf(member).height + GAP_Y;
    }
    if (first?.type === 'owner') {
      const span = Math.max(y - GAP_Y - start, 0);
      const { height } = sizeOf(first);
      placed.push(place(first, 0, start + Math.max(0, (span - height) / 2)));
      y = Math.max(y, start + height + GAP_Y);
    }
    y += GAP_Y / 2;
  }
  const widest = Math.max(CARD_WIDTH, ...placed.filter(({ x }) => x === groupX).map(({ width }) => width));
  placeRight(graph, placed, groupX + widest + GAP_X);
  return placed;
}

/** An owner with all it owns, or a card that nobody owns; claims go with what stands before them. */
function blocksOf({ cards, edges }: Graph): Card[][] {
  const owned = new Set(edges.filter(({ relation }) => relation === 'owns').map(({ to }) => to));
  const blocks: Card[][] = [];
  for (const card of cards) {
    if (RIGHT.has(card.type)) continue;
    const block = blocks[blocks.length - 1];
    if (block && (card.type === 'claims' || owned.has(card.id))) block.push(card);
    else blocks.push([card]);
  }
  return blocks;
}

function placeRight(graph: Graph, placed: Placed[], x: number): void {
  let free = placeBeside(graph, 'service', placed, x);
  const below: Placed[] = [];
  for (const card of graph.cards) {
    if (!RIGHT.has(card.type) || card.type === 'service' || card.type === 'ingress') continue;
    below.push(place(card, x, free));
    free += sizeOf(card).height + GAP_Y;
  }
  placed.push(...below);
  const widest = Math.max(SERVICE_WIDTH, ...below.map(({ width }) => width));
  placeBeside(graph, 'ingress', placed, x + widest + GAP_X);
}

/** Puts cards in a column, each beside what its edges lead to as far as there is room. Answers where the column ends. */
function placeBeside({ cards, edges }: Graph, type: Card['type'], placed: Placed[], x: number): number {
  const at = new Map(placed.map((each) => [each.card.id, each]));
  const wanted = cards
    .filter((card) => card.type === type)
    .map((card) => ({ card, middle: middleOf(edges, card.id, at) }))
    .sort((a, b) => (a.middle === b.middle ? (a.card.id < b.card.id ? -1 : 1) : a.middle - b.middle));
  let free = 0;
  for (const { card, middle } of wanted) {
    const { height } = sizeOf(card);
    const y = Number.isFinite(middle) ? Math.max(free, middle - height / 2) : free;
    placed.push(place(card, x, y));
    free = y + height + GAP_Y;
  }
  return free;
}

/** The middle of what a card's edges lead to; below everything when they lead nowhere. */
function middleOf(edges: readonly Edge[], from: string, at: ReadonlyMap<string, Placed>): number {
  const targets = edges.filter((edge) => edge.from === from).flatMap((edge) => at.get(edge.to) ?? []);
  if (targets.length === 0) return Number.POSITIVE_INFINITY;
  const top = Math.min(...targets.map(({ y }) => y));
  const bottom = Math.max(...targets.map(({ y, height }) => y + height));
  return (top + bottom) / 2;
}
