/** The wide drawing by workload: lanes, each with its owners left, what holds Pods in the middle, and what leads to them right. */
import {
  CARD_WIDTH,
  GAP_CLAIMS,
  GAP_X,
  GAP_Y,
  OWNER_WIDTH,
  type Placed,
  place,
  SERVICE_WIDTH,
  sizeOf,
} from './card-size';
import type { Card, Edge, Graph } from './cards';

/** Up to so many workloads stand in one lane, and in two; beyond, each lane takes about so many. */
const ONE_LANE = 5.5;
const TWO_LANES = 14;
const LANE = 8;
const MAX_LANES = 6;
const GAP_LANES = 72;

/** Cards of the two right columns: what leads to Pods, and what is there beside them. */
const RIGHT = new Set<Card['type']>(['service', 'ingress', 'quota', 'storage', 'others']);

/** What no edge leads from or to. */
const LOOSE = new Set<Card['type']>(['quota', 'storage', 'others']);

const widthOf = (placed: readonly Placed[]): number => Math.max(0, ...placed.map(({ x, width }) => x + width));

/** What is loose stands beside what leads to Pods; below everything, where the whole would be wider than `within`. */
export function columns(graph: Graph, within: number): Placed[] {
  const beside = lanes(graph, within);
  if (widthOf(beside) <= within) return beside;
  const above = lanes({ ...graph, cards: graph.cards.filter(({ type }) => !LOOSE.has(type)) }, within);
  let x = 0;
  let y = Math.max(0, ...above.map((each) => each.y + each.height + GAP_Y));
  let high = 0;
  for (const card of graph.cards.filter(({ type }) => LOOSE.has(type))) {
    const { width, height } = sizeOf(card);
    if (x > 0 && x + width > widthOf(above)) [x, y, high] = [0, y + high + GAP_Y, 0];
    above.push(place(card, x, y));
    x += width + GAP_X;
    high = Math.max(high, height);
  }
  return above;
}

/** A drawing of few workloads is one lane; of more, several side by side, as many of them as can be read. */
function lanes(graph: Graph, within: number): Placed[] {
  const placed: Placed[] = [];
  let left = 0;
  for (const lane of lanesWithin(graph, within)) {
    const part = laneOf(lane);
    for (const each of part) placed.push({ ...each, x: each.x + left });
    left = widthOf(placed) + GAP_LANES;
  }
  return placed;
}

/** How wide a lane usually is; not measured either. */
function usualWidth({ cards }: Graph): number {
  const columnOf = (type: Card['type'], width: number): number =>
    cards.some((card) => card.type === type) ? width + GAP_X : 0;
  return (
    columnOf('owner', OWNER_WIDTH) +
    CARD_WIDTH +
    columnOf('service', SERVICE_WIDTH) +
    columnOf('ingress', SERVICE_WIDTH)
  );
}

/** The lanes of a graph, fewer where as many as there should be would be too wide. */
function lanesWithin(graph: Graph, within: number): Graph[] {
  const blocks = blocksOf(graph);
  const total = blocks.reduce((sum, block) => sum + weightOf(block), 0);
  for (let count = laneCount(total); ; count -= 1) {
    const found = lanesOf(graph, blocks, count);
    const width = found.reduce((sum, lane) => sum + usualWidth(lane) + GAP_LANES, -GAP_LANES);
    if (count === 1 || width <= within) return found;
  }
}

/** About how high a block is, in workloads. Counted, not measured: a rollout or a scaling must not send it to another lane. */
function weightOf(block: readonly Card[]): number {
  const first = block[0]!;
  const claims = block.some(({ type }) => type === 'claims') ? 0.7 : 0;
  return claims + (first.type === 'owner' ? (OWNER_WEIGHTS[first.id.slice(0, first.id.indexOf('/'))] ?? 1.5) : 1);
}

/** A CronJob's runs are several; old ReplicaSets are seen only during rollouts. */
const OWNER_WEIGHTS: Readonly<Record<string, number>> = { CronJob: 4 };

function laneCount(weight: number): number {
  if (weight <= ONE_LANE) return 1;
  return weight <= TWO_LANES ? 2 : Math.min(MAX_LANES, Math.ceil(weight / LANE));
}

/** The same graph cut into lanes of whole blocks; what leads to a block goes where it leads, the rest into the last lane. */
function lanesOf({ cards, edges }: Graph, blocks: readonly Card[][], count: number): Graph[] {
  const total = blocks.reduce((sum, block) => sum + weightOf(block), 0);
  const laneOfCard = new Map<string, number>();
  let weight = 0;
  for (const block of blocks) {
    const lane = Math.min(count - 1, Math.floor((weight * count) / Math.max(1, total)));
    for (const { id } of block) laneOfCard.set(id, lane);
    weight += weightOf(block);
  }
  for (const type of ['service', 'ingress']) {
    for (const { id } of cards.filter((card) => card.type === type)) {
      const target = edges.find((edge) => edge.from === id)?.to;
      laneOfCard.set(id, laneOfCard.get(target ?? '') ?? count - 1);
    }
  }
  return Array.from({ length: count }, (_, lane) => ({
    cards: cards.filter(({ id }) => (laneOfCard.get(id) ?? count - 1) === lane),
    edges,
  }));
}

/** Owners left, what holds Pods in the middle, Services right: each block as high as its tallest side. */
function laneOf(graph: Graph): Placed[] {
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

/**
 * Services with everything else below them. Quotas, and storage that nothing mounts, would make the column high: they stand in the
 * next one, under the Ingresses, where there are Services at all.
 */
function placeRight(graph: Graph, placed: Placed[], x: number): void {
  const underServices = placeBeside(graph, 'service', placed, x);
  const rest = graph.cards.filter(({ type }) => type === 'quota' || type === 'storage');
  const others = graph.cards.filter(({ type }) => type === 'others');
  if (underServices === 0) {
    placeBelow([...rest, ...others], placed, x, placeBeside(graph, 'ingress', placed, x));
    return;
  }
  placeBelow(others, placed, x, underServices);
  const nextX = x + (others.length > 0 ? CARD_WIDTH : SERVICE_WIDTH) + GAP_X;
  placeBelow(rest, placed, nextX, placeBeside(graph, 'ingress', placed, nextX));
}

function placeBelow(cards: readonly Card[], placed: Placed[], x: number, top: number): void {
  let y = top;
  for (const card of cards) {
    placed.push(place(card, x, y));
    y += sizeOf(card).height + GAP_Y;
  }
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
