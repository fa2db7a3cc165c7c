/** Where frames go, and what stands in each: frames in rows of about the same width, tiles in a grid, an open frame's drawing as it is. */
import { type Placed, sizeOf, TILE } from './card-size';
import type { Card, Graph } from './cards';

/** Left and right of what stands on a frame. */
export const FRAME_PADDING = 16;
const HEAD = 46;
const GAP_TILES = 10;
const GAP_FRAMES = 22;
/** How much wider than high the whole is to be. */
const ASPECT = 1.6;
const MOST_COLUMNS = 8;
/** In rows of so many tiles below each other, at most, the frames of one row are tried. */
const MOST_LINES = 12;
/** So many widths of the whole are tried, each so much wider than the one before. */
const WIDTHS = 14;
const WIDER = 1.07;

type Framed = NonNullable<Graph['frames']>[number];

/** One frame with its content, at 0, 0. */
interface Block {
  readonly placed: readonly Placed[];
  readonly width: number;
  readonly height: number;
}

/** A frame, or a card, in each of the shapes it may have: by how many tiles stand below each other in it, from one on. */
type Shapes = readonly Block[];

/**
 * Positions for a drawing of frames, and of cards beside them; `inner` places what an open frame holds, `within` is how wide the whole may be
 * to be read.
 */
export function placeFrames(
  frames: readonly Framed[],
  beside: readonly Card[],
  { narrow, within }: { readonly narrow: boolean; readonly within: number },
  inner: (graph: Graph) => Placed[],
): Placed[] {
  const shapes = [
    ...frames.map((framed) => shapesOf(framed, narrow, inner)),
    ...beside.map((card) => [cardBlock(card)]),
  ];
  const widest = Math.max(0, ...shapes.map((each) => Math.min(...each.map(({ width }) => width))));
  if (narrow) return inRows(shapes, widest).placed;
  const blocks = shapes.map((each) => inLines(each, 1));
  const area = blocks.reduce((sum, { width, height }) => sum + (width + GAP_FRAMES) * (height + GAP_FRAMES), 0);
  const least = Math.sqrt(area * ASPECT) / WIDER ** 2;
  const widths = Array.from({ length: WIDTHS }, (_, index) => least * WIDER ** index);
  return widths
    .map((width) => inRows(shapes, Math.max(widest, Math.min(within, width))))
    .reduce((best, each) => (each.size < best.size ? each : best)).placed;
}

/** A row of frames: up to which one, and how many tiles stand below each other in all of them. */
interface Shelf {
  readonly to: number;
  readonly lines: number;
  /** How high this row and all after it are. */
  readonly height: number;
}

/**
 * Frames in their order, in rows of at most a width, so that the whole is as low as can be: tiles stand equally deep in all frames of a row.
 * `size` is how high it would be in the shape that the whole is to have.
 */
function inRows(shapes: readonly Shapes[], across: number) {
  const shelves: Shelf[] = [];
  for (let from = shapes.length - 1; from >= 0; from -= 1) shelves[from] = lowest(shapes, from, across, shelves);
  const placed: Placed[] = [];
  let [y, wide] = [0, 0];
  for (let from = 0; from < shapes.length; from = (shelves[from] as Shelf).to) {
    const { to, lines } = shelves[from] as Shelf;
    let [x, high] = [0, 0];
    for (const shape of shapes.slice(from, to)) {
      const block = inLines(shape, lines);
      for (const each of block.placed) placed.push({ ...each, x: each.x + x, y: each.y + y });
      x += block.width + GAP_FRAMES;
      high = Math.max(high, block.height);
    }
    wide = Math.max(wide, x - GAP_FRAMES);
    y += high + GAP_FRAMES;
  }
  return { placed, size: Math.max(wide / ASPECT, y - GAP_FRAMES) };
}

const inLines = (shapes: Shapes, lines: number): Block => shapes[Math.min(lines, shapes.length) - 1] as Block;

/** The first row of the lowest arrangement of all frames from one on; those of the frames after it are known. No frame may be wider than `across` in all its shapes. */
function lowest(shapes: readonly Shapes[], from: number, across: number, after: readonly Shelf[]): Shelf {
  let best: Shelf | undefined;
  for (let lines = 1; lines <= MOST_LINES; lines += 1) {
    let [width, high] = [0, 0];
    for (let to = from + 1; to <= shapes.length; to += 1) {
      const block = inLines(shapes[to - 1] as Shapes, lines);
      width += block.width + (to > from + 1 ? GAP_FRAMES : 0);
      if (width > across) break;
      high = Math.max(high, block.height);
      const height = high + GAP_FRAMES + (after[to]?.height ?? 0);
      if (!best || height < best.height) best = { to, lines, height };
    }
  }
  return best as Shelf;
}

function cardBlock(card: Card): Block {
  const size = sizeOf(card);
  return { placed: [{ card, x: 0, y: 0, ...size }], ...size };
}

function shapesOf(framed: Framed, narrow: boolean, inner: (graph: Graph) => Placed[]): Shapes {
  const { frame, graph } = framed;
  if (frame.open) return [blockOf(frame, inner(graph))];
  const count = graph.cards.length;
  const lines = narrow ? 1 : Math.min(MOST_LINES, Math.max(1, count));
  return Array.from({ length: lines }, (_, index) =>
    blockOf(frame, tiles(graph.cards, narrow ? Math.min(2, count) : tileColumns(count, index + 1))),
  );
}

function blockOf(frame: Framed['frame'], content: readonly Placed[]): Block {
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

/** How many tiles stand beside each other where at most so many are to stand below each other. */
export function tileColumns(count: number, lines: number): number {
  return Math.min(MOST_COLUMNS, Math.max(1, Math.ceil(count / lines)));
}

function tiles(cards: readonly Card[], columns: number): Placed[] {
  return cards.map((card, index) => ({
    card,
    x: (index % columns) * (TILE.width + GAP_TILES),
    y: Math.floor(index / columns) * (TILE.height + GAP_TILES),
    ...sizeOf(card),
  }));
}
