/** Where the stations of requests stand: in columns side by side or, where those do not fit, below one another and indented. Pure. */
import type { Flow, Station, TrafficGraph } from '../../view/traffic-graph';

const STATION = { height: 50, gap: 14, margin: 18, mostWide: 190, leastWide: 108, apart: 36 };
/** Of an indented drawing: how high a station is, how far below the next stands, and how much further in. */
const LINE = { height: 34, pitch: 42, margin: 12, indent: 22, foot: 11 };
/** Columns with more stations than this begin at the top, as their middle is out of sight. */
const MOST_CENTRED = 12;

/** Between two columns a number stands so far before the second, and numbers so far from one another. */
const NUMBER = { before: STATION.apart / 2, high: 12, wide: 34 };

/** A station as drawn, in pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A drawing of stations. */
export interface Layout {
  readonly isIndented: boolean;
  readonly width: number;
  readonly height: number;
  readonly place: (station: Station) => Box;
  /** The line from one station to the next, as a path. */
  readonly curve: (from: Box, to: Box) => string;
  /** Where on a line its number stands; undefined where stations alone have one. */
  readonly middle: ((from: Box, to: Box) => Point) | undefined;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** How wide stations are, so that all columns fit if they can. */
function stationWidth(columns: number, width: number): number {
  const each = (width - 2 * STATION.margin - (columns - 1) * STATION.apart) / columns;
  return Math.max(STATION.leastWide, Math.min(STATION.mostWide, Math.floor(each)));
}

function inColumns({ stations, columns, rows }: TrafficGraph, own: number, width: number): Layout {
  const heights = new Map<number, number>();
  for (const { column } of stations) heights.set(column, (heights.get(column) ?? 0) + 1);
  const pitch = STATION.height + STATION.gap;
  const room = width - 2 * STATION.margin - own;
  return {
    isIndented: false,
    width,
    height: rows * pitch + STATION.gap,
    place: ({ column, place }) => ({
      width: own,
      height: STATION.height,
      x: STATION.margin + (columns > 1 ? (room * column) / (columns - 1) : 0),
      y: STATION.gap + (place + (rows > MOST_CENTRED ? 0 : (rows - (heights.get(column) ?? 0)) / 2)) * pitch,
    }),
    curve: (from, to) => {
      const [start, end] = endsOf(from, to);
      const middle = (start.x + end.x) / 2;
      return `M${start.x} ${start.y}C${middle} ${start.y} ${middle} ${end.y} ${end.x} ${end.y}`;
    },
    middle: (from, to) => pointBefore(...endsOf(from, to)),
  };
}

const endsOf = (from: Box, to: Box): [Point, Point] => [
  { x: from.x + from.width, y: from.y + from.height / 2 },
  { x: to.x, y: to.y + to.height / 2 },
];

/** The point of a curve in the room before its end, where no station hides it. */
function pointBefore(start: Point, end: Point): Point {
  const x = Math.max((start.x + end.x) / 2, end.x - NUMBER.before);
  let [low, high] = [0, 1];
  for (let round = 0; round < 20; round++) {
    const at = (low + high) / 2;
    // Both handles stand halfway, so that this is the curve's x.
    const along = start.x + (end.x - start.x) * (1.5 * at * (1 - at) + at ** 3);
    if (along < x) low = at;
    else high = at;
  }
  return { x, y: start.y + (end.y - start.y) * (3 * low ** 2 - 2 * low ** 3) };
}

/** The numbers on lines: of those that would lie on one another the one of more requests. */
export function numbersOn({ flows }: TrafficGraph, { place, middle }: Layout): { flow: Flow; at: Point }[] {
  if (!middle) return [];
  const numbers: { flow: Flow; at: Point }[] = [];
  for (const flow of [...flows].sort((a, b) => b.ended - a.ended)) {
    const at = middle(place(flow.from), place(flow.to));
    const isTaken = numbers.some(
      ({ at: { x, y } }) => Math.abs(x - at.x) < NUMBER.wide && Math.abs(y - at.y) < NUMBER.high,
    );
    if (!isTaken) numbers.push({ flow, at });
  }
  return numbers;
}

/** Nothing is cut or out of sight sideways. */
function indented({ stations }: TrafficGraph, width: number): Layout {
  const inOrder = [...stations].sort((a, b) => a.column - b.column || a.place - b.place);
  const lineOf = new Map(inOrder.map(({ name }, line) => [name, line]));
  const deepest = width / 2 - LINE.margin;
  return {
    isIndented: true,
    width,
    height: LINE.pitch * inOrder.length + LINE.pitch - LINE.height,
    place: ({ name, column }) => {
      const x = LINE.margin + Math.min(column * LINE.indent, deepest);
      const y = LINE.pitch * (lineOf.get(name) ?? 0) + LINE.pitch - LINE.height;
      return { x, y, width: width - x - LINE.margin, height: LINE.height };
    },
    curve: (from, to) => {
      const [x, end] = [from.x + LINE.foot, to.y + to.height / 2];
      return `M${x} ${from.y + from.height}V${end - LINE.foot}Q${x} ${end} ${Math.max(x, to.x)} ${end}`;
    },
    middle: undefined,
  };
}

/** See the header. */
export function layoutFor(graph: TrafficGraph, width: number): Layout {
  const own = stationWidth(graph.columns, width);
  const needed = 2 * STATION.margin + graph.columns * own + (graph.columns - 1) * STATION.apart;
  return needed > width ? indented(graph, width) : inColumns(graph, own, width);
}
