/**
 * Reads off the page what a part of it looks like, as shapes: boxes with their colours and borders, every line of words, the lines of its SVG, canvases.
 * Shadows and gradients are left out, and what styles put before and after elements, but for the signs of Pods; so is what is there to be pressed.
 */
import { readMarker, readPodSign } from './drawn-by-style';
import { readPath } from './read-path';
import { readText } from './read-text';
import { number, placed, plainColour, type Reading, type Surroundings } from './reading';
import { type Box, type Picture, type Size, sharedBox } from './shapes';

const LEFT_OUT =
  '.react-flow__background, .react-flow__attribution, .react-flow__panel, defs, title, .visually-hidden, .button';

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

/** A line that ends in dots, where an element is one and its words don't fit. */
function lineOf(reading: Reading, element: HTMLElement, style: CSSStyleDeclaration, scale: number) {
  if (style.textOverflow !== 'ellipsis' || element.scrollWidth <= element.clientWidth) return undefined;
  const { x, width } = placed(reading, element.getBoundingClientRect());
  const inset = number(style.paddingRight) + number(style.borderRightWidth);
  return { right: x + width - inset * scale, isCut: false };
}

/** What is seen of what is within an element; of what is scrolled through, all. */
function clipWithin(reading: Reading, element: HTMLElement, style: CSSStyleDeclaration, { clip, scale }: Surroundings) {
  if (style.overflow === 'visible') return clip;
  const box = placed(reading, element.getBoundingClientRect());
  if (element !== reading.scrolled) return sharedBox(clip, box);
  return { ...clip, y: box.y - element.scrollTop * scale, height: element.scrollHeight * scale };
}

function readElement(reading: Reading, element: HTMLElement, style: CSSStyleDeclaration, around: Surroundings): void {
  const { opacity, scale } = around;
  readBox(reading, element, style, around);
  if (element instanceof HTMLCanvasElement) {
    const box = placed(reading, element.getBoundingClientRect());
    if (box.width > 0) reading.shapes.push({ type: 'image', ...box, image: element, clip: around.clip, opacity });
    return;
  }
  if (element.matches('.pod-cell')) readPodSign(reading, element, around);
  if (style.display === 'list-item' && element.matches('summary')) readMarker(reading, element, style, around);
  const clip = clipWithin(reading, element, style, around);
  if (clip.width === 0 || clip.height === 0) return;
  const line = lineOf(reading, element, style, scale) ?? around.line;
  readChildren(reading, element, style, { clip, opacity, scale, line });
}

function readChildren(reading: Reading, element: Element, style: CSSStyleDeclaration, around: Surroundings): void {
  for (const child of element.childNodes) {
    if (child instanceof Text) readText(reading, child, style, around);
    else if (child instanceof Element) read(reading, child, around);
  }
}

function read(reading: Reading, element: Element, around: Surroundings): void {
  if (element.matches(LEFT_OUT)) return;
  const style = getComputedStyle(element);
  const opacity = around.opacity * Number(style.opacity);
  if (style.display === 'none' || style.visibility === 'hidden' || opacity === 0) return;
  if (element instanceof SVGGeometryElement) readPath(reading, element, style, { ...around, opacity });
  else if (element instanceof HTMLElement) {
    const { width } = element.getBoundingClientRect();
    const scale = element.offsetWidth > 0 ? width / element.offsetWidth : around.scale;
    readElement(reading, element, style, { ...around, opacity, scale });
  } else readChildren(reading, element, style, { ...around, opacity });
}

/** Below what is scrolled to last. */
const MARGIN = 16;

const isMore = (view: Element | null | undefined): view is HTMLElement =>
  view instanceof HTMLElement && view.scrollHeight > view.clientHeight + 1;

/** What is scrolled through in a view that is more than a drawing, or a drawing that goes on below, if there is more of it than is in sight. */
function scrolledIn(root: HTMLElement): HTMLElement | undefined {
  const [view] = root.children;
  if (isMore(view)) return view;
  const drawing = root.querySelector('.react-flow');
  return isMore(drawing) && getComputedStyle(drawing).overflowY === 'auto' ? drawing : undefined;
}

/** How large a picture of a part of the page is, with what must be scrolled to. */
export function sizeOf(root: HTMLElement): Size {
  const { width, height } = root.getBoundingClientRect();
  const scrolled = scrolledIn(root);
  return { width, height: height + (scrolled ? scrolled.scrollHeight - scrolled.clientHeight + MARGIN : 0) };
}

/** See the header; what must be scrolled to is read as well. */
export function readPage(root: HTMLElement): Omit<Picture, 'background'> {
  const { left, top, width, height: seen } = root.getBoundingClientRect();
  const pen = document.createElement('canvas').getContext('2d');
  if (!pen) throw new Error('this browser gives no canvas');
  const scrolled = scrolledIn(root);
  const scrolledBy = scrolled?.scrollTop ?? 0;
  const origin = new DOMRect(left, top - scrolledBy, width, seen);
  const { height } = sizeOf(root);
  const reading: Reading = { origin, shapes: [], pen, scrolled };
  read(reading, root, { clip: { x: 0, y: 0, width, height: height + scrolledBy }, opacity: 1, scale: 1 });
  return { width, height, shapes: reading.shapes };
}
