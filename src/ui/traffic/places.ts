/** Where the stations of requests stand: in columns side by side or, where those do not fit, below one another and indented. Pure. */
import type { Station, TrafficGraph } from '../../view/traffic-graph';

const STATION = { height: 50, gap: 14, margin: 18, mostWide: 190, leastWide: 108, apart: 36 };
/** Of an indented drawing: how high a station is, how far below the next stands, and how much further in. */
const LINE = { height: 34, pitch: 42, margin: 12, indent: 22, foot: 11 };
/** Columns with more stations than this begin at the top, as their middle is out of sight. */
const MOST_CENTRED = 12;

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
      const start = { x: from.x + from.width, y: from.y + from.height / 2 };
      const end = { x: to.x, y: to.y + to.height / 2 };
      const middle = (start.x + end.x) / 2;
      return `M${start.x} ${start.y}C${middle} ${start.y} ${middle} ${end.y} ${end.x} ${end.y}`;
    },
  };
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
  };
}

/** See the header. */
export function layoutFor(graph: TrafficGraph, width: number): Layout {
  const own = stationWidth(graph.columns, width);
  const needed = 2 * STATION.margin + graph.columns * own + (graph.columns - 1) * STATION.apart;
  return needed > width ? indented(graph, width) : inColumns(graph, own, width);
}
