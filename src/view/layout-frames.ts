/** Where frames go, and what stands in each: frames in rows of about the same width, tiles in a grid, an open frame's drawing as it is. */
import { type Placed, sizeOf, TILE } from './card-size';
import type { Card, Graph } from './cards';

/** Left and right of what stands on a frame. */
export const FRAME_PADDING = 16;
const HEAD = 46;
const GAP_TILES = 10;
const GAP_FRAMES = 22;
/** How much wider than high the whole is to be. */
const ASPECT = 1.45;
const MOST_COLUMNS = 6;
/** How many columns for its rows the tiles of a frame have, the usual first, and how wide rows of frames may be for what all of them take. */
const SHAPES = [0.62, 0.4, 1.2, 2.2];
const SPREADS = [1, 1.15, 1.3];
/** Another arrangement has to be so much smaller: for less nothing is to move. */
const BETTER = 0.92;

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
  const around = beside.map(cardBlock);
  const contents = frames.map((framed) => ({ ...framed, inside: framed.frame.open ? inner(framed.graph) : undefined }));
  const shapes = narrow ? SHAPES.slice(0, 1) : SHAPES;
  const arranged = shapes.flatMap((shape) => {
    const blocks = [...contents.map((content) => blockOf(content, narrow, shape)), ...around];
    return (narrow ? SPREADS.slice(0, 1) : SPREADS).map((spread) => inRows(blocks, narrow, spread));
  });
  return arranged.reduce((best, each) => (each.size < best.size * BETTER ? each : best)).placed;
}

/** Blocks in rows; `size` is how high it would be in the shape that the whole is to have. */
function inRows(blocks: readonly Block[], narrow: boolean, spread: number) {
  const area = blocks.reduce((sum, { width, height }) => sum + (width + GAP_FRAMES) * (height + GAP_FRAMES), 0);
  const widest = Math.max(0, ...blocks.map(({ width }) => width));
  const across = narrow ? widest : Math.max(widest, Math.sqrt(area * ASPECT) * spread);
  const placed: Placed[] = [];
  let [x, y, high, wide] = [0, 0, 0, 0];
  for (const block of blocks) {
    if (x > 0 && x + block.width > across) [x, y, high] = [0, y + high + GAP_FRAMES, 0];
    for (const each of block.placed) placed.push({ ...each, x: each.x + x, y: each.y + y });
    x += block.width + GAP_FRAMES;
    wide = Math.max(wide, x);
    high = Math.max(high, block.height);
  }
  return { placed, size: Math.max(wide / ASPECT, y + high) };
}

function cardBlock(card: Card): Block {
  const size = sizeOf(card);
  return { placed: [{ card, x: 0, y: 0, ...size }], ...size };
}

type Content = Framed & { readonly inside: readonly Placed[] | undefined };

function blockOf({ frame, graph, inside }: Content, narrow: boolean, shape: number): Block {
  const content = inside ?? tiles(graph.cards, narrow, shape);
  const left = Math.min(0, ...content.map(({ x }) => x));
  const right = Math.max(TILE.width, ...content.map(({ x, width }) => x + width));
  const bottom = Math.max(0, ...content.map(({ y, height }) => y + height));
  const width = right - left + 2 * FRAME_PADDING;
  const height = bottom + HEAD + FRAME_PADDING;
  return {
    placed: [
      { card: frame, x: 0, y: 0, width, height },
      ...content.map((each) => ({ ...each, x: each.x - left + FRAME_PADDING, y: each.y + HEAD })),
    ],
    width,
    height,
  };
}

/** How many tiles stand beside each other. */
export function tileColumns(count: number, narrow: boolean, shape = SHAPES[0]!): number {
  return narrow ? Math.min(2, count) : Math.min(MOST_COLUMNS, Math.max(1, Math.ceil(Math.sqrt(count * shape))));
}

function tiles(cards: readonly Card[], narrow: boolean, shape: number): Placed[] {
  const columns = tileColumns(cards.length, narrow, shape);
  return cards.map((card, index) => ({
    card,
    x: (index % columns) * (TILE.width + GAP_TILES),
    y: Math.floor(index / columns) * (TILE.height + GAP_TILES),
    ...sizeOf(card),
  }));
}
