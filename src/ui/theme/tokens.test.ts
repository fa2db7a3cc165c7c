/** Whatever is written in a colour of the palette can be read on every ground of it, by day and by night. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const GROUNDS = ['paper', 'surface', 'raised', 'sunken', 'steel-soft', 'brass-soft', 'ready-soft', 'failed-soft'];
const TEXTS = ['ink', 'ink-2', 'ink-3', 'steel', 'brass', 'failed', 'succeeded'];
const STATES = ['ready', 'not-ready', 'creating', 'pending', 'terminating'];
/** WCAG 2.2, success criterion 1.4.3. */
const LEAST = 4.5;

const [day = '', night = ''] = readFileSync('src/ui/theme/tokens.css', 'utf8').split(':root[data-theme="dark"]');

function luminanceOf(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrastOf(text: string, ground: string): number {
  const [dark = 0, light = 0] = [luminanceOf(text), luminanceOf(ground)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

test.each([
  ['day', day],
  ['night', night],
])('every colour of text stands out from every ground by %s', (_, tokens) => {
  const colours = new Map([...tokens.matchAll(/--([\w-]+): (#[\da-f]{6});/g)].map(([, name, hex]) => [name, hex]));
  const colourOf = (name: string): string => colours.get(name) ?? `no colour ${name}`;
  const faint = [...TEXTS, ...STATES].flatMap((text) =>
    GROUNDS.filter((ground) => !(contrastOf(colourOf(text), colourOf(ground)) >= LEAST)).map(
      (ground) => `${text} on ${ground}`,
    ),
  );
  expect(faint).toEqual([]);
});
