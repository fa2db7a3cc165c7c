/**
 * A card's Pods as a picture, for drawings too large or too far away for one element each. The table beside the drawing
 * stands for it in words.
 */
import { useEffect, useRef } from 'react';
import { create } from 'zustand';
import { CELL_PITCH, podField } from '../../view/card-size';
import type { PodLook, PodRow, Row } from '../../view/rows';
import { select, useSession } from '../state/session';
import { useRows, useWorld } from '../state/world';
import { useTheme } from '../theme/theme';
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

/** The same shapes as the glyphs, coarser, around the origin. */
function drawPod(context: CanvasRenderingContext2D, look: PodLook, colour: string): void {
  context.fillStyle = colour;
  context.strokeStyle = colour;
  context.beginPath();
  if (look === 'failed') {
    context.moveTo(0, -9);
    context.lineTo(9, 0);
    context.lineTo(0, 9);
    context.lineTo(-9, 0);
    context.fill();
  } else if (look === 'succeeded') {
    context.strokeRect(-7, -7, 14, 14);
  } else if (look === 'ready') {
    context.arc(0, 0, 8, 0, 7);
    context.fill();
  } else {
    context.arc(0, 0, 7, 0, 7);
    context.stroke();
    if (look === 'pending') return;
    context.beginPath();
    if (look === 'terminating') {
      context.moveTo(-5, 5);
      context.lineTo(5, -5);
      context.stroke();
      return;
    }
    context.moveTo(0, 0);
    context.arc(0, 0, 7, -Math.PI / 2, look === 'creating' ? 0 : Math.PI / 2);
    context.fill();
  }
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

function draw(canvas: HTMLCanvasElement, field: Field, palette: Palette, shown: Shown): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const { pods, columns, rows, selected, only, scale } = field;
  const key = `${canvas.width} ${canvas.height} ${palette.ready} ${only} ${scale}`;
  const fresh = shown.key !== key;
  if (fresh) context.clearRect(0, 0, canvas.width, canvas.height);
  const before = fresh ? [] : shown.cells;
  context.lineWidth = 2;
  const cells = pods.map((id) => {
    const look = (rows.get(id) as PodRow | undefined)?.look ?? '';
    return id === selected ? `${look} selected` : look;
  });
  for (let index = 0; index < Math.max(cells.length, before.length); index += 1) {
    const cell = cells[index] ?? '';
    if (cell === (before[index] ?? '')) continue;
    const left = (index % columns) * CELL_PITCH;
    const top = Math.floor(index / columns) * CELL_PITCH;
    context.clearRect(left, top, CELL_PITCH, CELL_PITCH);
    const look = cell.split(' ')[0] as PodLook | '';
    context.globalAlpha = look ? strengthOf(look, only) : 1;
    context.setTransform(scale, 0, 0, scale, left + CELL_PITCH / 2, top + CELL_PITCH / 2);
    if (look) drawPod(context, look, palette[look]);
    context.resetTransform();
    if (!cell.endsWith(' selected')) continue;
    context.globalAlpha = 1;
    context.strokeStyle = palette.mark;
    context.strokeRect(left + 2, top + 2, CELL_PITCH - 4, CELL_PITCH - 4);
  }
  shown.key = key;
  shown.cells = cells;
}

/** From afar shapes are larger; near by they are those of the elements that they stand for. */
const FAR_SCALE = 1;
const NEAR_SCALE = 0.8;

/** See the header. */
export function PodCanvas({ pods, near = false }: { pods: readonly string[]; near?: boolean }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const plain = useWorld((world) => world.podCount > PLAIN_BEYOND);
  const world = useRows('version', plain ? REDRAW_MS : 0);
  const selected = useSession((session) => session.selected);
  const theme = useTheme((state) => state.theme);
  const only = useLooksFilter((state) => state.only);
  const { columns, width, height } = podField(pods.length);
  const shown = useRef<Shown>({ key: '', cells: [] });
  useEffect(() => {
    if (!canvas.current) return;
    const palette = paletteOf(theme);
    const field: Field = { pods, columns, rows: world.rows, selected, only, scale: near ? NEAR_SCALE : FAR_SCALE };
    if (!plain) return draw(canvas.current, field, palette, shown.current);
    drawPlain(canvas.current, field, palette);
    shown.current.key = '';
  }, [pods, columns, world, selected, theme, plain, only, near]);
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a canvas takes no focus; the table has the buttons
    <canvas
      ref={canvas}
      width={plain ? (width / CELL_PITCH) * PLAIN_PITCH : width}
      height={plain ? (height / CELL_PITCH) * PLAIN_PITCH : height}
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
