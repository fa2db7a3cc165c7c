/**
 * A card's Pods as a picture, for drawings too large or too far away for one element each. The table beside the drawing
 * stands for it in words.
 */
import { type ReactFlowState, useStore } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import { create } from 'zustand';
import { CELL_PITCH, podField } from '../../view/card-size';
import type { PodLook, PodRow, Row } from '../../view/rows';
import { select, useSession } from '../state/session';
import { useRows, useWorld } from '../state/world';
import { useTheme } from '../theme/theme';
import { useCameraRequests } from './camera';
import { useLooksFilter } from './looks-filter';
import { LOOK_ORDER, LOOKS } from './pod-look';

type Palette = Readonly<Record<PodLook | 'mark', string>>;

function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const entries = LOOK_ORDER.map((look) => [look, colour(LOOKS[look].colour)] as const);
  return { ...(Object.fromEntries(entries) as Record<PodLook, string>), mark: colour('--brass-mark') };
}

/** The colours of the theme that was drawn last: reading them makes the browser work out the style of the whole page. */
const usePalette = create<{ readonly theme: string; readonly colours: Palette | undefined }>(() => ({
  theme: '',
  colours: undefined,
}));

function paletteOf(theme: string): Palette {
  const known = usePalette.getState();
  if (known.colours && known.theme === theme) return known.colours;
  const colours = readPalette();
  usePalette.setState({ theme, colours });
  return colours;
}

/** Beyond so many Pods in all, a cell is a few pixels on the screen: a full square of colour is what can be seen of it. */
const PLAIN_BEYOND = 2000;
const PLAIN_PITCH = 5;
const REDRAW_MS = 80;

/** How much is left of the colour of Pods in other states than those looked at alone. */
const DIMMED = 0.14;

const strengthOf = (look: PodLook, only: readonly PodLook[]): number =>
  only.length === 0 || only.includes(look) ? 1 : DIMMED;

/** Where a shape's middle is, in pixels. */
interface Place {
  readonly x: number;
  readonly y: number;
}

/** How much of a ring is filled, clockwise from above; nothing where the shape is no partly filled ring. */
const WEDGE_TO: Partial<Record<PodLook, number>> = { creating: 0, notReady: Math.PI / 2 };

/** Adds what is filled of a look's shape to the path. The same shapes as the glyphs, coarser. */
function traceBody(context: CanvasRenderingContext2D, look: PodLook, { x, y }: Place, scale: number): void {
  context.moveTo(x, y);
  const wedgeTo = WEDGE_TO[look];
  if (look === 'ready') context.arc(x, y, 8 * scale, 0, 7);
  else if (wedgeTo !== undefined) context.arc(x, y, 7 * scale, -Math.PI / 2, wedgeTo);
  if (look !== 'failed') return;
  const reach = 9 * scale;
  context.moveTo(x, y - reach);
  context.lineTo(x + reach, y);
  context.lineTo(x, y + reach);
  context.lineTo(x - reach, y);
}

/** Adds what is a line of a look's shape to the path. */
function traceLine(context: CanvasRenderingContext2D, look: PodLook, { x, y }: Place, scale: number): void {
  if (look === 'failed' || look === 'ready') return;
  const reach = 7 * scale;
  if (look === 'succeeded') {
    context.rect(x - reach, y - reach, 2 * reach, 2 * reach);
    return;
  }
  context.moveTo(x + reach, y);
  context.arc(x, y, reach, 0, 7);
  if (look !== 'terminating') return;
  context.moveTo(x - 5 * scale, y + 5 * scale);
  context.lineTo(x + 5 * scale, y - 5 * scale);
}

/** What is drawn, and how. */
interface Field {
  readonly pods: readonly string[];
  readonly columns: number;
  readonly rows: ReadonlyMap<string, Row>;
  readonly selected: string | null;
  /** The states looked at alone; none: all of them. */
  readonly only: readonly PodLook[];
  /** How large the shapes are. */
  readonly scale: number;
  /** How many pixels of the canvas one of the drawing's units has. */
  readonly resolution: number;
}

/** A few pixels per Pod, enlarged by the browser. */
function drawPlain(canvas: HTMLCanvasElement, { pods, columns, rows, selected, only }: Field, palette: Palette): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  context.clearRect(0, 0, canvas.width, canvas.height);
  pods.forEach((id, index) => {
    const row = rows.get(id) as PodRow | undefined;
    if (!row) return;
    context.fillStyle = id === selected ? palette.mark : palette[row.look];
    context.globalAlpha = strengthOf(row.look, only);
    const side = PLAIN_PITCH - 1;
    context.fillRect((index % columns) * PLAIN_PITCH, Math.floor(index / columns) * PLAIN_PITCH, side, side);
  });
}

/** What a canvas shows, cell by cell, so that only cells that changed are drawn again; `key` says of what picture. */
interface Shown {
  key: string;
  cells: string[];
}

/** Draws the shape of one state at all its places: one path for all costs a fraction of one for each. */
function drawLook(context: CanvasRenderingContext2D, look: PodLook, places: readonly Place[], scale: number): void {
  context.beginPath();
  for (const place of places) traceBody(context, look, place, scale);
  context.fill();
  context.lineWidth = 2 * scale;
  context.beginPath();
  for (const place of places) traceLine(context, look, place, scale);
  context.stroke();
}

function draw(canvas: HTMLCanvasElement, field: Field, palette: Palette, shown: Shown): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const { pods, columns, rows, selected, only, scale, resolution } = field;
  const key = `${canvas.width} ${canvas.height} ${palette.ready} ${only} ${scale}`;
  const fresh = shown.key !== key;
  if (fresh) context.setTransform(resolution, 0, 0, resolution, 0, 0);
  if (fresh && shown.key) context.clearRect(0, 0, canvas.width / resolution, canvas.height / resolution);
  const before = fresh ? [] : shown.cells;
  const cells = pods.map((id) => {
    const look = (rows.get(id) as PodRow | undefined)?.look ?? '';
    return id === selected ? `${look} selected` : look;
  });
  const placesOf = new Map<PodLook, Place[]>(LOOK_ORDER.map((look) => [look, []]));
  let mark: Place | undefined;
  for (let index = 0; index < Math.max(cells.length, before.length); index += 1) {
    const [cell, old] = [cells[index] ?? '', before[index] ?? ''];
    if (cell === old) continue;
    const left = (index % columns) * CELL_PITCH;
    const top = Math.floor(index / columns) * CELL_PITCH;
    const place = { x: left + CELL_PITCH / 2, y: top + CELL_PITCH / 2 };
    if (old) context.clearRect(left, top, CELL_PITCH, CELL_PITCH);
    placesOf.get(cell.split(' ')[0] as PodLook)?.push(place);
    if (cell.endsWith(' selected')) mark = place;
  }
  shown.key = key;
  shown.cells = cells;
  for (const [look, places] of placesOf) {
    if (places.length === 0) continue;
    context.fillStyle = palette[look];
    context.strokeStyle = palette[look];
    context.globalAlpha = strengthOf(look, only);
    drawLook(context, look, places, scale);
  }
  if (mark) drawMark(context, mark, palette.mark);
}

/** The square around the selected Pod. */
function drawMark(context: CanvasRenderingContext2D, { x, y }: Place, colour: string): void {
  const side = CELL_PITCH - 4;
  context.globalAlpha = 1;
  context.lineWidth = 2;
  context.strokeStyle = colour;
  context.strokeRect(x - side / 2, y - side / 2, side, side);
}

/** From afar shapes are larger; near by they are those of the elements that they stand for. */
const FAR_SCALE = 1;
const NEAR_SCALE = 0.8;

/**
 * As many pixels as the screen has for it, in quarters: more are seen by nobody, and all of them are copied with every frame where
 * no graphics processor draws.
 */
const resolutionOf = ({ transform: [, , zoom] }: ReactFlowState): number =>
  Math.min(1, Math.max(0.25, Math.round(zoom * devicePixelRatio * 4) / 4));

/** See the header. */
export function PodCanvas({ pods, near = false }: { pods: readonly string[]; near?: boolean }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const plain = useWorld((world) => world.podCount > PLAIN_BEYOND);
  const world = useRows('version', plain ? REDRAW_MS : 0);
  const selected = useSession((session) => session.selected);
  const theme = useTheme((state) => state.theme);
  const only = useLooksFilter((state) => state.only);
  const { columns, width, height } = podField(pods.length);
  const seen = useStore(resolutionOf);
  // A picture that is saved may be looked at more closely than the page.
  const saved = useCameraRequests((state) => state.whole);
  const resolution = plain ? PLAIN_PITCH / CELL_PITCH : saved ? 1 : seen;
  const shown = useRef<Shown>({ key: '', cells: [] });
  useEffect(() => {
    if (!canvas.current) return;
    const palette = paletteOf(theme);
    const scale = near ? NEAR_SCALE : FAR_SCALE;
    const field: Field = { pods, columns, rows: world.rows, selected, only, scale, resolution };
    if (!plain) return draw(canvas.current, field, palette, shown.current);
    drawPlain(canvas.current, field, palette);
    shown.current.key = '';
  }, [pods, columns, world, selected, theme, plain, only, near, resolution]);
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a canvas takes no focus; the table has the buttons
    <canvas
      ref={canvas}
      width={Math.round(width * resolution)}
      height={Math.round(height * resolution)}
      style={{ width, height, imageRendering: plain ? 'pixelated' : 'auto' }}
      className="nodrag"
      aria-hidden="true"
      onClick={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        const scale = width / box.width;
        const column = Math.floor(((event.clientX - box.left) * scale) / CELL_PITCH);
        const row = Math.floor(((event.clientY - box.top) * scale) / CELL_PITCH);
        const id = pods[row * columns + column];
        if (id) select(id, { reveal: true });
      }}
    />
  );
}
