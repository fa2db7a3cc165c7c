import { describe, expect, it } from 'vitest';
import type { Station, TrafficGraph } from '../../view/traffic-graph';
import { layoutFor } from './places';

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
});
