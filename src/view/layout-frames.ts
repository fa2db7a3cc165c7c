/** Where frames go, and what stands in each: frames in rows of about the same width, tiles in a grid, an open frame's drawing as it is. */
import { type Placed, sizeOf, TILE } from './card-size';
import type { Card, Graph } from './cards';

const PADDING = 16;
const HEAD = 46;
const GAP_TILES = 10;
const GAP_FRAMES = 22;
/** How much wider than high the whole is to be. */
const ASPECT = 1.45;
const MOST_COLUMNS = 6;

type Framed = NonNullable<Graph['frames']>[number];

/** One frame with its content, at 0, 0. */
interface Block {
  readonly placed: readonly Placed[];
  readonly width: number;
  readonly height: number;
}

/** Positions for a drawing of frames, and of cards beside them; `inner` places what an open frame holds. */
export function placeFrames(
  frames: readonly Framed[],
  beside: readonly Card[],
  narrow: boolean,
  inner: (graph: Graph) => Placed[],
): Placed[] {
  const blocks = [...frames.map((framed) => blockOf(framed, narrow, inner)), ...beside.map(cardBlock)];
  const area = blocks.reduce((sum, { width, height }) => sum + (width + GAP_FRAMES) * (height + GAP_FRAMES), 0);
  const widest = Math.max(0, ...blocks.map(({ width }) => width));
  const across = narrow ? widest : Math.max(widest, Math.sqrt(area * ASPECT));
  const placed: Placed[] = [];
  let [x, y, high] = [0, 0, 0];
  for (const block of blocks) {
    if (x > 0 && x + block.width > across) [x, y, high] = [0, y + high + GAP_FRAMES, 0];
    for (const each of block.placed) placed.push({ ...each, x: each.x + x, y: each.y + y });
    x += block.width + GAP_FRAMES;
    high = Math.max(high, block.height);
  }
  return placed;
}

function cardBlock(card: Card): Block {
  const size = sizeOf(card);
  return { placed: [{ card, x: 0, y: 0, ...size }], ...size };
}

function blockOf({ frame, graph }: Framed, narrow: boolean, inner: (graph: Graph) => Placed[]): Block {
  const content = frame.open ? inner(graph) : tiles(graph.cards, narrow);
  const left = Math.min(0, ...content.map(({ x }) => x));
  const right = Math.max(TILE.width, ...content.map(({ x, width }) => x + width));
  const bottom = Math.max(0, ...content.map(({ y, height }) => y + height));
  const width = right - left + 2 * PADDING;
  const height = bottom + HEAD + PADDING;
  return {
    placed: [
      { card: frame, x: 0, y: 0, width, height },
      ...content.map((each) => ({ ...each, x: each.x - left + PADDING, y: each.y + HEAD })),
    ],
    width,
    height,
  };
}

/** How many tiles stand beside each other. */
export function tileColumns(count: number, narrow: boolean): number {
  return narrow ? Math.min(2, count) : Math.min(MOST_COLUMNS, Math.max(1, Math.ceil(Math.sqrt(count * 0.62))));
}

function tiles(cards: readonly Card[], narrow: boolean): Placed[] {
  const columns = tileColumns(cards.length, narrow);
  return cards.map((card, index) => ({
    card,
    x: (index % columns) * (TILE.width + GAP_TILES),
    y: Math.floor(index / columns) * (TILE.height + GAP_TILES),
    ...sizeOf(card),
  }));
}
