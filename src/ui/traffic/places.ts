/** Where the stations of requests stand: in columns side by side or, where those do not fit, below one another and indented. Pure. */
import type { Flow, Station, TrafficGraph } from '../../view/traffic-graph';
import { type Lane, lanesOf } from './lanes';

const STATION = { height: 50, gap: 14, margin: 18, mostWide: 190, leastWide: 108, apart: 36 };
/** Of an indented drawing: how high a station is, how far below the next stands, and how much further in. */
const LINE = { height: 34, pitch: 42, margin: 12, indent: 22, foot: 11 };
/** Of a way past a column: how high it is, how far from stations and from the next. */
const LANE = { height: 10, apart: 10, gap: 5 };
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
  readonly curve: (from: Station, to: Station) => string;
  /** Where on a line its number stands; undefined where stations alone have one. */
  readonly middle: ((from: Station, to: Station) => Point) | undefined;
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

/** Where the stations of a column begin and the middle of ways past it lies, from its top. */
function stacked(
  count: number,
  lanes: readonly Lane[],
): { stations: number[]; ways: Map<string, number>; height: number } {
  const [stations, ways] = [[] as number[], new Map<string, number>()];
  let height = 0;
  for (let above = 0; above <= count; above++) {
    const here = lanes.filter(({ under }) => under === above);
    if (here.length === 0) height += above > 0 && above < count ? STATION.gap : 0;
    else {
      height += above > 0 ? LANE.apart : 0;
      for (const { key } of here) {
        ways.set(key, height + LANE.height / 2);
        height += LANE.height + LANE.gap;
      }
      height += (above < count ? LANE.apart : 0) - LANE.gap;
    }
    if (above === count) break;
    stations.push(height);
    height += STATION.height;
  }
  return { stations, ways, height };
}

function inColumns(graph: TrafficGraph, own: number, width: number): Layout {
  const { stations, columns, rows } = graph;
  const lanes = lanesOf(graph);
  const stacks = Array.from({ length: columns }, (_, column) =>
    stacked(
      stations.filter((one) => one.column === column).length,
      lanes.all.filter((lane) => lane.column === column),
    ),
  );
  const height = Math.max(0, ...stacks.map((stack) => stack.height)) + 2 * STATION.gap;
  const room = width - 2 * STATION.margin - own;
  const left = (column: number): number => STATION.margin + (columns > 1 ? (room * column) / (columns - 1) : 0);
  const top = (column: number): number =>
    rows > MOST_CENTRED ? STATION.gap : (height - (stacks[column]?.height ?? 0)) / 2;
  const place = ({ column, place: at }: Station): Box => ({
    ...{ width: own, height: STATION.height, x: left(column) },
    y: top(column) + (stacks[column]?.stations[at] ?? 0),
  });
  /** The points that a line goes through: between the first two of each pair it bends, past a column it is straight. */
  const points = (from: Station, to: Station): Point[] => {
    const [start, end] = endsOf(place(from), place(to));
    const key = lanes.keyOf(from, to);
    const passed: Point[] = [];
    for (let column = from.column + 1; key !== undefined && column < to.column; column++) {
      const y = top(column) + (stacks[column]?.ways.get(key) ?? 0);
      passed.push({ x: left(column), y }, { x: left(column) + own, y });
    }
    return [start, ...passed, end];
  };
  return {
    ...{ isIndented: false, width, height, place },
    curve: (from, to) => curveThrough(points(from, to)),
    middle: (from, to) => pointBefore(...(points(from, to).slice(-2) as [Point, Point])),
  };
}

function curveThrough(points: readonly Point[]): string {
  let line = '';
  for (let at = 0; at + 1 < points.length; at += 2) {
    const [start, end] = [points[at], points[at + 1]] as [Point, Point];
    const middle = (start.x + end.x) / 2;
    line += `${at === 0 ? 'M' : 'L'}${start.x} ${start.y}C${middle} ${start.y} ${middle} ${end.y} ${end.x} ${end.y}`;
  }
  return line;
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

/** The numbers on lines: those that share the last stretch have one together, and of those that would lie on one another the one of more requests is there. */
export function numbersOn({ flows }: TrafficGraph, { middle }: Layout): { flow: Flow; at: Point }[] {
  if (!middle) return [];
  const shared = new Map<string, { flow: Flow; at: Point }>();
  for (const flow of flows) {
    const at = middle(flow.from, flow.to);
    const key = `${at.x} ${at.y} ${flow.to.name}`;
    const { ended = 0, failed = 0 } = shared.get(key)?.flow ?? {};
    shared.set(key, { flow: { ...flow, ended: ended + flow.ended, failed: failed + flow.failed }, at });
  }
  const numbers: { flow: Flow; at: Point }[] = [];
  for (const one of [...shared.values()].sort((a, b) => b.flow.ended - a.flow.ended)) {
    const isTaken = numbers.some(
      ({ at: { x, y } }) => Math.abs(x - one.at.x) < NUMBER.wide && Math.abs(y - one.at.y) < NUMBER.high,
    );
    if (!isTaken) numbers.push(one);
  }
  return numbers;
}

/** Nothing is cut or out of sight sideways. */
function indented({ stations }: TrafficGraph, width: number): Layout {
  const inOrder = [...stations].sort((a, b) => a.column - b.column || a.place - b.place);
  const lineOf = new Map(inOrder.map(({ name }, line) => [name, line]));
  const deepest = width / 2 - LINE.margin;
  const place = ({ name, column }: Station): Box => {
    const x = LINE.margin + Math.min(column * LINE.indent, deepest);
    const y = LINE.pitch * (lineOf.get(name) ?? 0) + LINE.pitch - LINE.height;
    return { x, y, width: width - x - LINE.margin, height: LINE.height };
  };
  return {
    isIndented: true,
    width,
    height: LINE.pitch * inOrder.length + LINE.pitch - LINE.height,
    place,
    curve: (start, end) => {
      const [from, to] = [place(start), place(end)];
      const [x, y] = [from.x + LINE.foot, to.y + to.height / 2];
      return `M${x} ${from.y + from.height}V${y - LINE.foot}Q${x} ${y} ${Math.max(x, to.x)} ${y}`;
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
