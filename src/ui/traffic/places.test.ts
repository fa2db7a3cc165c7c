import { describe, expect, it } from 'vitest';
import type { Station, TrafficGraph } from '../../view/traffic-graph';
import { layoutFor, numbersOn } from './places';

const station = (name: string, column: number, place: number): Station => ({
  name,
  object: undefined,
  note: '',
  column,
  place,
  ended: 1,
  failed: 0,
  isLast: false,
});
const STATIONS = [station('users', 0, 0), station('node', 1, 0), station('svc', 2, 0), station('a', 3, 0)];
const GRAPH: TrafficGraph = {
  columns: 4,
  rows: 2,
  stations: [...STATIONS.toReversed(), station('b', 3, 1)],
  flows: [],
  failures: [],
};

describe('where stations of requests stand', () => {
  it.each([1000, 576])('is in columns side by side where these fit: %i', (width) => {
    const { place, isIndented } = layoutFor(GRAPH, width);
    expect(isIndented).toBe(false);
    const boxes = STATIONS.map(place);
    for (const [at, box] of boxes.slice(1).entries()) {
      expect(box.x).toBeGreaterThan((boxes[at]?.x ?? 0) + (boxes[at]?.width ?? 0));
    }
  });

  it.each([575, 390, 320])('is below one another, whole and in sight, where they do not: %i', (width) => {
    const { place, isIndented, height } = layoutFor(GRAPH, width);
    expect(isIndented).toBe(true);
    const boxes = [...STATIONS, station('b', 3, 1)].map(place);
    for (const [at, box] of boxes.entries()) {
      expect(box.x + box.width).toBeLessThan(width);
      expect(box.width).toBeGreaterThan(width / 2);
      expect(box.y + box.height).toBeLessThan(height);
      if (at > 0) expect(box.y).toBeGreaterThan((boxes[at - 1]?.y ?? 0) + box.height);
    }
  });

  it('leaves a way past columns for lines that go further: none lies on a station or on another way', () => {
    const [users, node, svc, a] = STATIONS as [Station, Station, Station, Station];
    const [pod, other] = [station('pod', 1, 1), station('b', 3, 1)];
    const pairs = [
      [users, svc],
      [users, a],
      [users, other],
      [node, a],
      [pod, other],
    ] as const;
    const flows = pairs.map(([from, to]) => ({ from, to, ended: 1, failed: 0 }));
    const stations = [users, node, pod, svc, a, other];
    const { place, curve, height } = layoutFor({ ...GRAPH, stations, flows }, 1000);
    const boxes = stations.map(place);
    const ways = pairs.flatMap(([from, to]) =>
      [...curve(from, to).matchAll(/ ([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)/g)].map(([, x, y, until, same]) => {
        expect(same).toBe(y);
        return { x: Number(x), until: Number(until), y: Number(y) };
      }),
    );
    expect(ways).toHaveLength(1 + 2 + 2 + 1 + 1);
    for (const { x, until, y } of ways) {
      const passed = boxes.filter((box) => box.x < until && x < box.x + box.width);
      expect(passed.length).toBeGreaterThan(0);
      for (const box of passed) expect(y < box.y || y > box.y + box.height).toBe(true);
      expect(y).toBeGreaterThan(0);
      expect(y).toBeLessThan(height);
    }
    // Those of users share one, which leads to three stations.
    expect(new Set(ways.map(({ x, y }) => `${x} ${y}`)).size).toBe(4);
  });

  describe('numbers on lines', () => {
    const [users, node, svc, a] = STATIONS as [Station, Station, Station, Station];
    const flow = (from: Station, to: Station, ended: number) => ({ from, to, ended, failed: 0 });
    const numbers = (flows: TrafficGraph['flows'], width = 1000) => {
      const graph = { ...GRAPH, flows };
      const layout = layoutFor(graph, width);
      return numbersOn(graph, layout).map(({ flow: { ended }, at }) => ({ ended, at }));
    };
    it('stand between columns, also of a line that passes one', () => {
      const { place } = layoutFor(GRAPH, 1000);
      for (const to of [node, svc, a]) {
        const [{ at } = { at: { x: 0, y: 0 } }] = numbers([flow(users, to, 5)]);
        const before = place(STATIONS[to.column - 1] as Station);
        expect(at.x).toBeGreaterThan(before.x + before.width);
        expect(at.x).toBeLessThan(place(to).x);
      }
    });
    it('lie on the line', () => {
      const up = station('b', 3, 1);
      const { place } = layoutFor(GRAPH, 1000);
      const [{ at } = { at: { x: 0, y: 0 } }] = numbers([flow(svc, up, 5)]);
      const [start, end] = [place(svc), place(up)].map(({ y, height }) => y + height / 2) as [number, number];
      expect(at.y).toBeGreaterThan(Math.min(start, end));
      expect(at.y).toBeLessThan(Math.max(start, end));
    });
    it('are one for lines that share their way', () => {
      expect(numbers([flow(users, svc, 5), flow(users, a, 2)]).map(({ ended }) => ended)).toEqual([5, 2]);
      const second = station('users-2', 0, 1);
      expect(numbers([flow(users, a, 5), flow(second, a, 4)]).map(({ ended }) => ended)).toEqual([9]);
    });
    it('are those of the most requests where they would lie on one another, and none where nothing is side by side', () => {
      expect(numbers([flow(node, a, 3), flow(svc, a, 8)]).map(({ ended }) => ended)).toEqual([8]);
      expect(numbers([flow(users, node, 3), flow(svc, a, 8)]).map(({ ended }) => ended)).toEqual([8, 3]);
      expect(numbers([flow(svc, a, 8)], 390)).toEqual([]);
    });
  });
});
