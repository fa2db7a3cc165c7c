/** What the readers of the page share. */
import type { Box, PathShape, Shape } from './shapes';

/** A line or an area, apart from its place. */
export type Ink = Omit<PathShape, 'matrix' | 'clip' | 'opacity'>;

/** One reading of a part of the page. */
export interface Reading {
  readonly origin: DOMRect;
  readonly shapes: Shape[];
  readonly pen: CanvasRenderingContext2D;
  /** What is scrolled through is read whole. */
  readonly scrolled: HTMLElement | undefined;
  /** The signs of Pods by their looks, once one has been needed. */
  signs?: ReadonlyMap<string, readonly Ink[]>;
}

/** What an element is within. */
export interface Surroundings {
  readonly clip: Box;
  readonly opacity: number;
  /** Pixels on the screen for one of styles: the drawing is zoomed. */
  readonly scale: number;
  /** The line that ends in dots where it does not fit, if it is within one. */
  readonly line?: CutLine;
}

/** A line whose style has it end in dots. */
export interface CutLine {
  /** Where its room ends. */
  readonly right: number;
  /** The dots are there. */
  isCut: boolean;
}

/** Where something is within what is read. */
export const placed = ({ origin }: Reading, { left, top, width, height }: DOMRect): Box => {
  return { x: left - origin.left, y: top - origin.top, width, height };
};

/** The number that a length begins with. */
export const number = (text: string): number => Number.parseFloat(text) || 0;

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
