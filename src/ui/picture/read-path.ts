/** Reads lines and areas of SVG off the page, as paths. */
import { type Ink, number, plainColour, type Reading, type Surroundings } from './reading';
import type { PathShape } from './shapes';

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

/** How a part of an SVG is drawn, apart from its place. */
export function inkOf(element: SVGGeometryElement, style: CSSStyleDeclaration): Ink {
  const stroke = plainColour(style.stroke);
  return {
    type: 'path',
    d: pathOf(element),
    fill: plainColour(style.fill),
    stroke: number(style.strokeWidth) > 0 ? stroke : undefined,
    strokeWidth: number(style.strokeWidth),
    dashes: style.strokeDasharray === 'none' ? [] : style.strokeDasharray.split(/[ ,]+/).map(number),
    cap: style.strokeLinecap as CanvasLineCap,
  };
}

/** A line or an area of an SVG, with the head of an arrow where it has one. */
export function readPath(
  reading: Reading,
  element: SVGGeometryElement,
  style: CSSStyleDeclaration,
  around: Surroundings,
): void {
  const matrix = element.getScreenCTM();
  const ink = inkOf(element, style);
  if (!matrix || ink.d === '') return;
  const { a, b, c, d, e, f } = matrix;
  const line: PathShape = {
    ...ink,
    matrix: [a, b, c, d, e - reading.origin.left, f - reading.origin.top],
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
