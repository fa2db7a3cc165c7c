/**
 * Reads off the page what a part of it looks like, as shapes: boxes with their colours and borders, every line of words, the lines of its SVG, canvases.
 * Shadows, gradients and what styles put before and after elements are
 * left out.
 */
import { type Box, type PathShape, type Shape, sharedBox } from './shapes';

const LEFT_OUT = '.react-flow__background, .react-flow__attribution, .react-flow__panel, defs, title, .visually-hidden';

interface Reading {
  readonly origin: DOMRect;
  readonly shapes: Shape[];
  readonly pen: CanvasRenderingContext2D;
}

interface Surroundings {
  readonly clip: Box;
  readonly opacity: number;
  /** Pixels on the screen for one of styles: the drawing is zoomed. */
  readonly scale: number;
}

const placed = ({ origin }: Reading, { left, top, width, height }: DOMRect): Box => {
  return { x: left - origin.left, y: top - origin.top, width, height };
};

const number = (text: string): number => Number.parseFloat(text) || 0;

/** A colour as every program knows it; undefined for one that can't be seen. */
export function plainColour(colour: string): string | undefined {
  if (colour === 'none' || colour === 'transparent') return undefined;
  const wide = /^color\(srgb ([\d.e-]+) ([\d.e-]+) ([\d.e-]+)(?: \/ ([\d.e-]+))?\)$/.exec(colour);
  const parts = wide
    ? [...wide.slice(1, 4).map((part) => Math.round(Number(part) * 255)), Number(wide[4] ?? 1)]
    : (/^rgba?\((.*)\)$/.exec(colour)?.[1] ?? '').split(/[ ,/]+/).map(Number);
  if (parts.length < 3) return colour;
  const [red, green, blue, alpha = 1] = parts;
  if (alpha === 0) return undefined;
  return alpha === 1 ? `rgb(${red}, ${green}, ${blue})` : `rgba(${red}, ${green}, ${blue}, ${alpha})`;
}

const SIDES = ['Top', 'Right', 'Bottom', 'Left'] as const;

/** The box of an element, and its borders where they are not the same all around. */
function readBox(reading: Reading, element: HTMLElement, style: CSSStyleDeclaration, around: Surroundings): void {
  const { clip, opacity, scale } = around;
  const box = placed(reading, element.getBoundingClientRect());
  const borders = SIDES.map((side) => {
    const isThere = !['none', 'hidden'].includes(style[`border${side}Style`]);
    return {
      width: isThere ? number(style[`border${side}Width`]) * scale : 0,
      colour: plainColour(style[`border${side}Color`]),
    };
  });
  const [first] = borders;
  const isEven = borders.every(({ width, colour }) => width === first?.width && colour === first?.colour);
  const strokeWidth = isEven ? (first?.width ?? 0) : 0;
  const stroke = strokeWidth > 0 ? first?.colour : undefined;
  const fill = plainColour(style.backgroundColor);
  const radius = style.borderTopLeftRadius.endsWith('%')
    ? Math.min(box.width, box.height) / 2
    : Math.min(number(style.borderTopLeftRadius) * scale, Math.min(box.width, box.height) / 2);
  if (fill !== undefined || stroke !== undefined) {
    const [x, y] = [box.x + strokeWidth / 2, box.y + strokeWidth / 2];
    const [width, height] = [Math.max(0, box.width - strokeWidth), Math.max(0, box.height - strokeWidth)];
    reading.shapes.push({ type: 'box', x, y, width, height, radius, fill, stroke, strokeWidth, clip, opacity });
  }
  if (isEven) return;
  const [top, right, bottom, left] = borders.map(({ width }) => width) as [number, number, number, number];
  const bars: Box[] = [
    { ...box, height: top },
    { ...box, x: box.x + box.width - right, width: right },
    { ...box, y: box.y + box.height - bottom, height: bottom },
    { ...box, width: left },
  ];
  bars.forEach((bar, side) => {
    const colour = borders[side]?.colour;
    if (bar.width > 0 && bar.height > 0 && colour)
      reading.shapes.push({ type: 'box', ...bar, radius: 0, fill: colour, strokeWidth: 0, clip, opacity });
  });
}

/** The lines into which a text is broken, each with its place. */
function linesOf(node: Text): { readonly text: string; readonly rect: DOMRect }[] {
  const range = document.createRange();
  range.selectNodeContents(node);
  const rects = [...range.getClientRects()];
  const [only] = rects;
  if (only && rects.length === 1) return [{ text: node.data, rect: only }];
  const lines: { text: string; rect: DOMRect }[] = [];
  for (let at = 0; at < node.data.length; at += 1) {
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    const rect = range.getBoundingClientRect();
    const last = lines.at(-1);
    if (rect.width === 0) continue;
    if (last && Math.abs(last.rect.top - rect.top) < 2) {
      last.text += node.data[at];
      last.rect = new DOMRect(last.rect.left, last.rect.top, rect.right - last.rect.left, last.rect.height);
    } else lines.push({ text: node.data[at] ?? '', rect });
  }
  return lines;
}

/** Words that are cut end in dots, where their style says so. */
function fitted(words: string, width: number, room: number, style: CSSStyleDeclaration) {
  if (width <= room + 1 || style.textOverflow !== 'ellipsis') return { words, width };
  return { words: `${words.slice(0, Math.floor((words.length * room) / width) - 1)}…`, width: room };
}

function readText(
  reading: Reading,
  node: Text,
  style: CSSStyleDeclaration,
  { clip, opacity, scale }: Surroundings,
): void {
  const fill = plainColour(style.color);
  if (node.data.trim() === '' || fill === undefined) return;
  const [size, weight, family] = [number(style.fontSize) * scale, style.fontWeight, style.fontFamily];
  reading.pen.font = `${weight} ${size}px ${family}`;
  const { fontBoundingBoxAscent: ascent, fontBoundingBoxDescent: descent } = reading.pen.measureText('x');
  for (const { text, rect } of linesOf(node)) {
    const { x, y, width, height } = placed(reading, rect);
    const shown = style.whiteSpace.startsWith('pre') ? text : text.replaceAll(/\s+/g, ' ').trim();
    const cased = style.textTransform === 'uppercase' ? shown.toUpperCase() : shown;
    if (cased === '' || sharedBox({ x, y, width, height }, clip).width === 0) continue;
    const { words, width: wide } = fitted(cased, width, clip.x + clip.width - x, style);
    const baseline = y + height * (ascent / (ascent + descent));
    reading.shapes.push({
      type: 'text',
      x,
      y: baseline,
      width: wide,
      text: words,
      size,
      weight,
      family,
      fill,
      clip,
      opacity,
    });
  }
}

function pathOf(element: SVGGeometryElement): string {
  const of = (name: string) => number(element.getAttribute(name) ?? '');
  switch (element.tagName) {
    case 'path':
      return element.getAttribute('d') ?? '';
    case 'circle': {
      const [cx, cy, r] = [of('cx'), of('cy'), of('r')];
      return `M${cx - r} ${cy}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
    }
    case 'line':
      return `M${of('x1')} ${of('y1')}L${of('x2')} ${of('y2')}`;
    case 'rect':
      return `M${of('x')} ${of('y')}h${of('width')}v${of('height')}h${-of('width')}z`;
    default:
      return `M${(element.getAttribute('points') ?? '').trim()}${element.tagName === 'polygon' ? 'z' : ''}`;
  }
}

function readPath(
  reading: Reading,
  element: SVGGeometryElement,
  style: CSSStyleDeclaration,
  around: Surroundings,
): void {
  const matrix = element.getScreenCTM();
  const d = pathOf(element);
  if (!matrix || d === '') return;
  const { a, b, c, d: d2, e, f } = matrix;
  const stroke = plainColour(style.stroke);
  const line: PathShape = {
    type: 'path',
    d,
    matrix: [a, b, c, d2, e - reading.origin.left, f - reading.origin.top],
    fill: plainColour(style.fill),
    stroke: number(style.strokeWidth) > 0 ? stroke : undefined,
    strokeWidth: number(style.strokeWidth),
    dashes: style.strokeDasharray === 'none' ? [] : style.strokeDasharray.split(/[ ,]+/).map(number),
    cap: style.strokeLinecap as CanvasLineCap,
    clip: around.clip,
    opacity: around.opacity,
  };
  reading.shapes.push(line);
  if (style.markerEnd !== 'none' && line.stroke !== undefined) readHead(reading, element, line);
}

/** The head of an arrow at the end of a line that has one, so many widths of the line long. */
const HEAD = 5;

function readHead(reading: Reading, element: SVGGeometryElement, line: PathShape): void {
  const length = element.getTotalLength();
  const width = Math.max(1, line.strokeWidth);
  const [tip, before] = [element.getPointAtLength(length), element.getPointAtLength(Math.max(0, length - width))];
  const angle = Math.atan2(tip.y - before.y, tip.x - before.x);
  const corner = (turn: number) =>
    `${tip.x - HEAD * width * Math.cos(angle + turn)} ${tip.y - HEAD * width * Math.sin(angle + turn)}`;
  const d = `M${tip.x} ${tip.y}L${corner(0.45)}L${corner(-0.45)}z`;
  reading.shapes.push({ ...line, d, fill: line.stroke, stroke: undefined, dashes: [] });
}

function read(reading: Reading, element: Element, around: Surroundings): void {
  if (element.matches(LEFT_OUT)) return;
  const style = getComputedStyle(element);
  const opacity = around.opacity * Number(style.opacity);
  if (style.display === 'none' || style.visibility === 'hidden' || opacity === 0) return;
  if (element instanceof SVGGeometryElement) {
    readPath(reading, element, style, { ...around, opacity });
    return;
  }
  const rect = element.getBoundingClientRect();
  const html = element instanceof HTMLElement ? element : undefined;
  const scale = html && html.offsetWidth > 0 ? rect.width / html.offsetWidth : around.scale;
  if (html) readBox(reading, html, style, { ...around, opacity, scale });
  if (element instanceof HTMLCanvasElement) {
    const box = placed(reading, rect);
    if (box.width > 0) reading.shapes.push({ type: 'image', ...box, image: element, clip: around.clip, opacity });
    return;
  }
  const isCut = html !== undefined && style.overflow !== 'visible';
  const clip = isCut ? sharedBox(around.clip, placed(reading, rect)) : around.clip;
  if (clip.width === 0 || clip.height === 0) return;
  for (const child of element.childNodes) {
    if (child instanceof Text) readText(reading, child, style, { clip, opacity, scale });
    else if (child instanceof Element) read(reading, child, { clip, opacity, scale });
  }
}

/** See the header. */
export function readPage(root: HTMLElement): {
  readonly width: number;
  readonly height: number;
  readonly shapes: Shape[];
} {
  const origin = root.getBoundingClientRect();
  const pen = document.createElement('canvas').getContext('2d');
  if (!pen) throw new Error('this browser gives no canvas');
  const { width, height } = origin;
  const reading: Reading = { origin, shapes: [], pen };
  read(reading, root, { clip: { x: 0, y: 0, width, height }, opacity: 1, scale: 1 });
  return { width, height, shapes: reading.shapes };
}
