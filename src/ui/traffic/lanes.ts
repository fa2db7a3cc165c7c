/** Ways past the stations of a column for lines that go further, so that none runs behind a station that it has nothing to do with. Pure. */
import type { Station, TrafficGraph } from '../../view/traffic-graph';

/** One way past a column; lines that come from one station, or lead to one, share it. */
export interface Lane {
  readonly key: string;
  readonly column: number;
  /** So many stations of its column are above it. */
  readonly under: number;
}

/** Which lines take which ways. */
export interface Lanes {
  /** Of each column from the top. */
  readonly all: readonly Lane[];
  /** The name of a line's ways; undefined: it passes no column. */
  keyOf(from: Station, to: Station): string | undefined;
}

const counted = <T>(map: Map<T, number>, key: T): Map<T, number> => map.set(key, (map.get(key) ?? 0) + 1);

/** A line at the height of a station goes by on the outside, where fewer others cross it. */
function stationsAbove(level: number, count: number): number {
  const above = level + count / 2 - 0.5;
  const isAtOne = Number.isInteger(above) && level >= 0;
  return Math.max(0, Math.min(count, isAtOne ? above + 1 : Math.ceil(above)));
}

/** See the header. */
export function lanesOf({ stations, flows }: TrafficGraph): Lanes {
  const heights = new Map<number, number>();
  for (const { column } of stations) counted(heights, column);
  const heightOf = (column: number): number => heights.get(column) ?? 0;
  /** How far below the middle a station stands, in stations. */
  const levelOf = ({ column, place }: Station): number => place + 0.5 - heightOf(column) / 2;
  const long = flows.filter(({ from, to }) => to.column - from.column > 1);
  const [out, into] = [new Map<string, number>(), new Map<string, number>()];
  for (const { from, to } of long) {
    counted(out, from.name);
    counted(into, to.name);
  }
  const keyOf = (from: Station, to: Station): string | undefined => {
    if (to.column - from.column <= 1) return undefined;
    return (out.get(from.name) ?? 0) > (into.get(to.name) ?? 0) ? `from ${from.name}` : `to ${to.name}`;
  };
  const found = new Map<string, { key: string; column: number; levels: number[] }>();
  for (const { from, to } of long) {
    const key = keyOf(from, to) as string;
    for (let column = from.column + 1; column < to.column; column++) {
      const along = (column - from.column) / (to.column - from.column);
      const level = levelOf(from) + (levelOf(to) - levelOf(from)) * along;
      const lane = found.get(`${column} ${key}`) ?? { key, column, levels: [] };
      lane.levels.push(level);
      found.set(`${column} ${key}`, lane);
    }
  }
  const all = [...found.values()].map(({ key, column, levels }) => {
    const level = levels.reduce((sum, one) => sum + one, 0) / levels.length;
    return { key, column, level, under: stationsAbove(level, heightOf(column)) };
  });
  return { all: all.sort((a, b) => a.column - b.column || a.under - b.under || a.level - b.level), keyOf };
}
