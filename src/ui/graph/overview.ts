/** Where the camera must stand to have a drawing in view, so large that it can be read. */
import type { Viewport } from '@xyflow/react';

/** A room of less width is narrow. */
export const NARROW_PX = 620;
/** What is left free around a drawing. */
export const MARGIN = 26;
/** Beside a drawing that goes on below what is in sight stands what says so: it lies over nothing. */
const GUTTER_PX = 26;
/** The words of tiles are larger. */
const READABLE_TILES = 0.42;
/** A drawing that would have to be this small to have its whole width in view is shown as a whole. */
const LEAST = 0.45;
/** A box is small that is narrow, or so low: there tiles are as large as cards. */
const LOW_PX = 260;

/** How large a drawing is, for eyes at some distance. */
export interface Scale {
  readonly most: number;
  /** Below such a zoom words are hard to read, and lines to hit: a drawing that is higher goes on below instead. */
  readonly readable: number;
  /** One that goes on below is larger, as far as it has room across. */
  readonly wellReadable: number;
  readonly readableTiles: number;
}

/** For somebody who sits before it. */
export const ON_A_DESK: Scale = { most: 1.08, readable: 0.75, wellReadable: 0.84, readableTiles: READABLE_TILES };
/** For a projector and the last row: as large as there is room for, and not so far that Pods show their containers. */
export const ON_A_WALL: Scale = { most: 2, readable: 1.125, wellReadable: 1.26, readableTiles: 1.5 * READABLE_TILES };

/** The room there is. */
export interface Box {
  readonly width: number;
  readonly height: number;
}
/** What a drawing takes. */
export interface Extent extends Box {
  readonly left: number;
  readonly top: number;
  readonly tiled: boolean;
}

/** See the header; or, unless the whole was asked for, the upper part of a drawing that is so high that nothing could be read. */
export function overview(
  { left, top, width, height, tiled }: Extent,
  box: Box,
  { most, readable: ofCards, wellReadable, readableTiles }: Scale,
  asked: boolean,
): Viewport {
  const across = Math.min(most, box.width / (width + 2 * MARGIN));
  const whole = Math.min(across, box.height / (height + 2 * MARGIN));
  const isSmall = box.width < NARROW_PX || box.height < LOW_PX;
  const readable = tiled && !isSmall ? readableTiles : ofCards;
  const isCut = !asked && whole < readable && across >= (tiled ? READABLE_TILES : LEAST);
  const gutter = isCut ? GUTTER_PX : 0;
  const room = box.width - gutter;
  const zoom = isCut
    ? Math.min(Math.max(readable, tiled ? 0 : wellReadable), most, room / (width + 2 * MARGIN))
    : whole;
  const y = isCut ? MARGIN * zoom : (box.height - height * zoom) / 2;
  return { zoom, x: gutter + (room - width * zoom) / 2 - left * zoom, y: y - top * zoom };
}
