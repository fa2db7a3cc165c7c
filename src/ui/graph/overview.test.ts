import { expect, test } from 'vitest';
import { ON_A_DESK, ON_A_WALL, overview } from './overview';

const extent = (width: number, height: number) => ({ left: 0, top: 0, width, height, tiled: false });
const ROOM = { width: 1440, height: 600 };

test('a drawing on a wall is half as large again as on a desk, and goes on below rather than shrink', () => {
  const high = extent(1000, 1400);
  const desk = overview(high, ROOM, ON_A_DESK, false);
  const wall = overview(high, ROOM, ON_A_WALL, false);
  expect(desk.zoom).toBeCloseTo(0.84);
  expect(wall.zoom).toBeCloseTo(1.26);
  // The upper part is in view.
  expect(wall.y).toBeGreaterThan(0);
});

test('on a wall a small drawing fills the room, and one that is too wide is as wide as that', () => {
  expect(overview(extent(400, 200), ROOM, ON_A_WALL, false).zoom).toBe(2);
  const { zoom } = overview(extent(1500, 900), ROOM, ON_A_WALL, false);
  expect(zoom * 1500).toBeLessThan(ROOM.width);
  expect(zoom).toBeGreaterThan(0.85);
});

test('who asks for everything gets it', () => {
  const { zoom } = overview(extent(1000, 1400), ROOM, ON_A_WALL, true);
  expect(zoom * 1400).toBeLessThan(ROOM.height);
});
