/** Where each card goes. Wide drawings run left to right (layout-columns.ts), narrow ones top to bottom; Nodes stand in rows. */
import { GAP_CLAIMS, GAP_Y, type Placed, place, sizeOf, ZONE_HEAD } from './card-size';
import type { Card, Graph } from './cards';
import { columns } from './layout-columns';
import { FRAME_PADDING, placeFrames } from './layout-frames';

/** The words of tiles can be read from so much further away. */
const TILES_FURTHER = 1.75;

/** Positions for a whole drawing. `narrow` is a drawing for a telephone held upright; `within`: how wide one may be to be read. */
export function layoutOf(graph: Graph, narrow: boolean, within = Number.POSITIVE_INFINITY): Placed[] {
  if (graph.frames)
    return placeFrames(graph.frames, graph.beside ?? [], { narrow, within: within * TILES_FURTHER }, (part) =>
      layoutOf(part, narrow, within - 2 * FRAME_PADDING),
    );
  const nodes = graph.cards.some((card) => card.type === 'node');
  if (narrow) return stack(nodes ? graph.cards : inReadingOrder(graph));
  return nodes ? grid(graph.cards) : columns(graph, within);
}

function stack(cards: readonly Card[]): Placed[] {
  const placed: Placed[] = [];
  let y = 0;
  for (const card of cards) {
    const { width, height } = sizeOf(card);
    if (card.type === 'claims') y -= GAP_Y + 8 - GAP_CLAIMS;
    placed.push({ card, x: 0, y, width, height });
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

/** So much of a zone's frame is seen around its nodes. */
const ZONE_PADDING = 14;

/** Nodes in rows, zone by zone; what is not on any node below them, so that its width does not stretch their columns. */
function grid(cards: readonly Card[]): Placed[] {
  const placed: Placed[] = [];
  const nodes = cards.filter((card) => card.type === 'node');
  const zones = cards.filter((card) => card.type === 'zone');
  const inZone = new Set(zones.flatMap((zone) => zone.nodes));
  const width = Math.max(0, ...nodes.map((card) => sizeOf(card).width));
  const across = perRowOf(nodes.length);
  let y = rows(
    nodes.filter(({ id }) => !inZone.has(id)),
    { x: 0, y: 0, width, perRow: across },
    placed,
  );
  let [x, high, taken] = [0, 0, 0];
  for (const zone of zones) {
    const own = new Set(zone.nodes);
    const members = nodes.filter(({ id }) => own.has(id));
    const perRow = Math.min(across, members.length);
    if (taken > 0 && taken + perRow > across) [x, y, high, taken] = [0, y + high + GAP_Y, 0, 0];
    const at = placed.length;
    const bottom = rows(members, { x: x + ZONE_PADDING, y: y + ZONE_HEAD, width, perRow }, placed);
    const size = {
      width: perRow * (width + GAP_Y) - GAP_Y + 2 * ZONE_PADDING,
      height: bottom - GAP_Y + ZONE_PADDING - y,
    };
    placed.splice(at, 0, { card: zone, x, y, ...size });
    x += size.width + GAP_Y;
    high = Math.max(high, size.height);
    taken += perRow;
  }
  if (high > 0) y += high + GAP_Y;
  for (const card of cards.filter(({ type }) => type !== 'node' && type !== 'zone')) {
    placed.push(place(card, 0, y));
    y += sizeOf(card).height + GAP_Y;
  }
  return placed;
}

const perRowOf = (count: number): number =>
  count <= 3 ? Math.max(1, count) : Math.max(3, Math.ceil(Math.sqrt(count * 1.4)));

/** Places cards in rows; answers where the next would begin. */
function rows(
  cards: readonly Card[],
  { x, y: top, width, perRow }: { x: number; y: number; width: number; perRow: number },
  placed: Placed[],
): number {
  let y = top;
  for (let start = 0; start < cards.length; start += perRow) {
    const row = cards.slice(start, start + perRow);
    row.forEach((card, index) => {
      placed.push(place(card, x + index * (width + GAP_Y), y));
    });
    y += Math.max(...row.map((card) => sizeOf(card).height)) + GAP_Y;
  }
  return y;
}
