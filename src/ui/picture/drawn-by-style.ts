/** What only styles draw on the page, which no element tells of: the signs of Pods' cells, and the triangle of what folds. */
import { createElement } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { PodGlyph } from '../graph/pod-glyph';
import { LOOK_ORDER } from '../graph/pod-look';
import { inkOf } from './read-path';
import { type Ink, number, placed, plainColour, type Reading, type Surroundings } from './reading';

/** The signs as lines and areas in the colours of the theme: the glyphs that they are drawn after are put up for a moment. */
function readSigns(): ReadonlyMap<string, readonly Ink[]> {
  const holder = document.createElement('div');
  document.body.append(holder);
  const root = createRoot(holder);
  const glyphs = LOOK_ORDER.map((look) => createElement(PodGlyph, { key: look, look }));
  flushSync(() => root.render(glyphs));
  const signs = LOOK_ORDER.map((look, place) => {
    const parts = [...(holder.children[place]?.querySelectorAll<SVGGeometryElement>('*') ?? [])];
    return [look, parts.map((part) => inkOf(part, getComputedStyle(part)))] as const;
  });
  root.unmount();
  holder.remove();
  return new Map(signs);
}

/** Of a glyph. */
const SIDE = 16;

/** The sign of the Pod that a cell stands for, and what is written below it when it is looked at closely. */
export function readPodSign(reading: Reading, cell: HTMLElement, { clip, opacity, scale }: Surroundings): void {
  const { x, y, width, height } = placed(reading, cell.getBoundingClientRect());
  const below = getComputedStyle(cell, '::after');
  const words = /^"(.+)"$/.exec(below.content)?.[1];
  const size = words === undefined ? 0 : number(below.fontSize) * scale;
  const [left, top] = [x + (width - SIDE * scale) / 2, y + (height - SIDE * scale - size) / 2];
  reading.signs ??= readSigns();
  for (const ink of reading.signs.get(cell.dataset.look ?? '') ?? [])
    reading.shapes.push({ ...ink, matrix: [scale, 0, 0, scale, left, top], clip, opacity });
  const fill = plainColour(below.color);
  if (words === undefined || fill === undefined) return;
  const { fontWeight: weight, fontFamily: family } = below;
  reading.pen.font = `${weight} ${size}px ${family}`;
  const wide = reading.pen.measureText(words).width;
  const at = { x: x + (width - wide) / 2, y: top + SIDE * scale + size * 0.85 };
  reading.shapes.push({ type: 'text', ...at, width: wide, text: words, size, weight, family, fill, clip, opacity });
}

/** The triangle before what can be folded: to the right, or down when it is open. */
export function readMarker(
  reading: Reading,
  summary: HTMLElement,
  style: CSSStyleDeclaration,
  { clip, opacity, scale }: Surroundings,
): void {
  const { x, y, height } = placed(reading, summary.getBoundingClientRect());
  const half = (number(style.fontSize) * scale) / 3;
  const isOpen = summary.parentElement?.hasAttribute('open');
  const d = isOpen
    ? `M0 ${-half / 2}h${2 * half}l${-half} ${1.4 * half}z`
    : `M0 ${-half}l${1.4 * half} ${half}l${-1.4 * half} ${half}z`;
  reading.shapes.push({
    type: 'path',
    d,
    matrix: [1, 0, 0, 1, x + number(style.paddingLeft) * scale, y + height / 2],
    fill: plainColour(style.color),
    strokeWidth: 0,
    dashes: [],
    cap: 'butt',
    clip,
    opacity,
  });
}
