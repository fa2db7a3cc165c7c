/** What a picture is made of: boxes, words, lines and images in CSS pixels from its upper left corner, in the order in which they are painted. */

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Box extends Size {
  readonly x: number;
  readonly y: number;
}

interface Painted {
  /** Nothing of it shows outside of this. */
  readonly clip: Box;
  readonly opacity: number;
}

/** Colours as CSS has them; undefined for none. */
export interface BoxShape extends Painted, Box {
  readonly type: 'box';
  readonly radius: number;
  readonly fill?: string;
  readonly stroke?: string;
  readonly strokeWidth: number;
}

export interface TextShape extends Painted {
  readonly type: 'text';
  readonly x: number;
  /** Of the baseline. */
  readonly y: number;
  readonly width: number;
  readonly text: string;
  readonly size: number;
  readonly weight: string;
  readonly family: string;
  readonly fill: string;
}

export interface PathShape extends Painted {
  readonly type: 'path';
  readonly d: string;
  /** As SVG's `matrix()` has it. */
  readonly matrix: readonly [number, number, number, number, number, number];
  readonly fill?: string;
  readonly stroke?: string;
  readonly strokeWidth: number;
  readonly dashes: readonly number[];
  readonly cap: CanvasLineCap;
}

export interface ImageShape extends Painted, Box {
  readonly type: 'image';
  readonly image: HTMLCanvasElement;
}

export type Shape = BoxShape | TextShape | PathShape | ImageShape;

export interface Picture extends Size {
  readonly background: string;
  readonly shapes: readonly Shape[];
}

/** The part that two boxes share; without width or height where they share none. */
export function sharedBox(one: Box, other: Box): Box {
  const x = Math.max(one.x, other.x);
  const y = Math.max(one.y, other.y);
  const width = Math.max(0, Math.min(one.x + one.width, other.x + other.width) - x);
  const height = Math.max(0, Math.min(one.y + one.height, other.y + other.height) - y);
  return { x, y, width, height };
}
