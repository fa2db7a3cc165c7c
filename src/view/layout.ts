/** Where each card goes. Wide drawings run left to right (layout-columns.ts), narrow ones top to bottom; Nodes stand in rows. */
import { GAP_CLAIMS, GAP_Y, type Placed, place, sizeOf } from './card-size';
import type { Card, Graph } from './cards';
import { columns } from './layout-columns';
import { placeFrames } from './layout-frames';

/** Positions for a whole drawing. `narrow` is a drawing for a telephone held upright. */
export function layoutOf(graph: Graph, narrow: boolean): Placed[] {
  if (graph.frames) return placeFrames(graph.frames, narrow, (part) => layoutOf(part, narrow));
  const nodes = graph.cards.some((card) => card.type === 'node');
  if (narrow) return stack(nodes ? graph.cards : inReadingOrder(graph));
  return nodes ? grid(graph.cards) : columns(graph);
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
