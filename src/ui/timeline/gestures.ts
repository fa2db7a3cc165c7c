/**
 * What the pointer does on the timeline. On lanes a drag marks a range (with Shift or the middle button it moves the window), a click goes to
 * the step that is meant, or to the very moment; on the ruler a drag moves the hand; on the row of all of time, the window. The wheel zooms with Ctrl
 * or Cmd anywhere, and by itself where there is nothing to scroll; with Shift, or sideways, it moves the window. Two fingers pinch.
 */
import { conductor } from '../state/page';
import { scrubbed } from '../state/scrubbing';
import { useSession } from '../state/session';
import { useHover } from './lanes/hover';
import { markRange, panBy, showSpan, windowNow, zoomBy } from './sight';

/** A drag is one from here on. */
const SLOP_PX = 4;
/** So near to a step it is meant. */
const NEAR_PX = 6;
/** What zooms by the wheel: a notch of a mouse comes as a hundred pixels and more, two fingers on a pad as a few at a time. */
const MOST_ZOOMED_PX = 40;
/** Some browsers count lines. */
const LINE_PX = 16;

interface Drag {
  readonly what: 'range' | 'pan' | 'scrub' | 'overview';
  readonly startX: number;
  lastX: number;
  moved: boolean;
  /** In the row of all of time: it draws a window, as all was in sight when it began. */
  draws: boolean;
  readonly lane: string | undefined;
}

/** Where a pointer is: in which part, on which lane, and at which time of the window. */
function placeOf(root: HTMLElement, { clientX, target }: { clientX: number; target: EventTarget | null }) {
  const box = (root.querySelector('.ruler') as HTMLElement).getBoundingClientRect();
  const share = (clientX - box.left) / Math.max(1, box.width);
  const { fromMs, toMs } = windowNow();
  const element = target as Element | null;
  return {
    share,
    timeMs: fromMs + Math.max(0, Math.min(1, share)) * (toMs - fromMs),
    msPerPx: (toMs - fromMs) / Math.max(1, box.width),
    lane: element?.closest<HTMLElement>('[data-lane]')?.dataset.lane,
    isBody: share >= 0 && element?.closest('.lane-label, .lane-head, button') === null,
    part: element?.closest('.minimap') ? 'overview' : element?.closest('.ruler') ? 'ruler' : 'lanes',
  };
}

/** How much nearer a turn of the wheel leads. */
function zoomOf({ deltaY, deltaMode, ctrlKey }: WheelEvent): number {
  const turned = deltaMode === WheelEvent.DOM_DELTA_LINE ? deltaY * LINE_PX : deltaY;
  if (!ctrlKey) return Math.exp(-turned * 0.002);
  return Math.exp(-Math.max(-MOST_ZOOMED_PX, Math.min(MOST_ZOOMED_PX, turned)) * 0.01);
}

/** A hand moves over time; over when the moment it came to is shown. */
export function seek(timeMs: number): Promise<void> {
  useSession.setState({ playing: false });
  scrubbed();
  return conductor.look.seek({ timeMs: Math.round(timeMs) });
}

/** A moment so near to an end of the window that this is meant. */
function snapped(timeMs: number, msPerPx: number): number {
  const { fromMs, toMs } = windowNow();
  return [fromMs, toMs].find((end) => Math.abs(end - timeMs) <= NEAR_PX * msPerPx) ?? timeMs;
}

/** What is written beside a pin is part of it. */
const meantMs = (target: EventTarget | null, timeMs: number): number =>
  Number((target as Element | null)?.closest<HTMLElement>('.pin')?.dataset.ms ?? timeMs);

/** To the step that a click on a lane means, or to the moment itself. */
async function click(lane: string | undefined, timeMs: number, msPerPx: number): Promise<void> {
  const place = { near: timeMs, withinMs: NEAR_PX * msPerPx };
  const meant = lane === undefined ? undefined : await conductor.query('laneStep', { lane, ...place });
  await conductor.look.jump(meant?.step ? { step: meant.step.step } : { timeMs: Math.round(timeMs) });
}

/** One listening, until it is ended. */
class Gestures {
  private drag: Drag | undefined;
  private readonly fingers = new Map<number, number>();
  private pinchPx = 0;

  constructor(private readonly root: HTMLElement) {}

  wheel(event: WheelEvent): void {
    const { part, timeMs } = placeOf(this.root, event);
    const isEmbedded = useSession.getState().embed !== null;
    const zooms = event.ctrlKey || event.metaKey || (part !== 'lanes' && !event.shiftKey && !isEmbedded);
    const sideways = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
    if (zooms && event.deltaY !== 0) zoomBy(zoomOf(event), timeMs);
    else if (Math.abs(sideways) > (event.shiftKey ? 0 : Math.abs(event.deltaY))) panBy(sideways / 800, false);
    else return;
    event.preventDefault();
    if (useHover.getState().at) this.hover(event);
  }

  down(event: PointerEvent): void {
    const place = placeOf(this.root, event);
    if (!place.isBody || event.button === 2) return;
    this.fingers.set(event.pointerId, event.clientX);
    if (this.fingers.size > 1) {
      this.beginPinch();
      return;
    }
    const isTouch = event.pointerType === 'touch';
    const pans = event.shiftKey || event.button === 1 || isTouch;
    const byPart = { overview: 'overview', ruler: 'scrub', lanes: pans ? 'pan' : 'range' } as const;
    const what = byPart[place.part as keyof typeof byPart];
    this.drag = { what, startX: event.clientX, lastX: event.clientX, moved: false, draws: false, lane: place.lane };
    useHover.setState({ at: null });
    if (what === 'scrub') {
      conductor.look.remember();
      void seek(place.timeMs);
      this.root.querySelector<HTMLElement>('input[type="range"]')?.focus({ preventScroll: true });
    }
    // Only what is not clicked on by the browser itself.
    if (event.button === 1 || what === 'scrub') event.preventDefault();
  }

  move(event: PointerEvent): void {
    // Let go of where the page does not hear of it.
    if (event.buttons === 0) this.drag = undefined;
    const { drag } = this;
    if (this.fingers.has(event.pointerId)) this.fingers.set(event.pointerId, event.clientX);
    if (this.fingers.size > 1) this.pinch();
    else if (drag) this.goOn(event, drag);
    else this.hover(event);
  }

  private goOn(event: PointerEvent, drag: Drag): void {
    const wasMoved = drag.moved;
    drag.moved ||= Math.abs(event.clientX - drag.startX) > SLOP_PX;
    if (!drag.moved) return;
    if (!wasMoved) this.root.setPointerCapture(event.pointerId);
    const { timeMs, msPerPx } = placeOf(this.root, event);
    const startMs = placeOf(this.root, { clientX: drag.startX, target: null }).timeMs;
    if (drag.what === 'range') {
      const [a, b] = [snapped(startMs, msPerPx), snapped(timeMs, msPerPx)];
      markRange({ fromMs: Math.min(a, b), toMs: Math.max(a, b) });
    } else if (drag.what === 'scrub') void seek(timeMs);
    else if (drag.what === 'pan') {
      const { fromMs, toMs } = windowNow();
      panBy(((drag.lastX - event.clientX) * msPerPx) / (toMs - fromMs), false);
    } else this.dragOverview(event, drag);
    drag.lastX = event.clientX;
  }

  up(event: PointerEvent): void {
    this.fingers.delete(event.pointerId);
    const { drag } = this;
    this.drag = undefined;
    if (!drag || event.type === 'pointercancel' || drag.moved) return;
    const { timeMs, msPerPx } = placeOf(this.root, event);
    if (drag.what === 'overview') this.centre(event);
    if (drag.what === 'overview' || drag.what === 'scrub') return;
    markRange(null);
    void click(drag.lane, meantMs(event.target, timeMs), msPerPx);
  }

  leave(): void {
    useHover.setState({ at: null });
  }

  private hover(event: PointerEvent | WheelEvent): void {
    const { lane, timeMs, msPerPx, isBody, part } = placeOf(this.root, event);
    const isTouch = 'pointerType' in event && event.pointerType === 'touch';
    const isOver = lane !== undefined && isBody && part === 'lanes' && !isTouch;
    const near = { timeMs: meantMs(event.target, timeMs), withinMs: NEAR_PX * msPerPx };
    const at = isOver ? { lane, ...near, x: event.clientX, y: event.clientY } : null;
    useHover.setState({ at });
  }

  /** In the row of all of time a drag moves the window; where all is in sight it draws one. */
  private dragOverview({ clientX }: PointerEvent, drag: Drag): void {
    const box = (this.root.querySelector('.minimap') as HTMLElement).getBoundingClientRect();
    const { horizonMs } = useSession.getState();
    const at = (x: number) => Math.max(0, Math.min(1, (x - box.left) / box.width)) * horizonMs;
    const { fromMs, toMs } = windowNow();
    drag.draws ||= toMs - fromMs >= horizonMs;
    if (drag.draws) showSpan(at(drag.startX), at(clientX));
    else panBy((at(clientX) - at(drag.lastX)) / (toMs - fromMs), false);
  }

  private centre({ clientX }: PointerEvent): void {
    const box = (this.root.querySelector('.minimap') as HTMLElement).getBoundingClientRect();
    const timeMs = ((clientX - box.left) / box.width) * useSession.getState().horizonMs;
    const { fromMs, toMs } = windowNow();
    panBy((timeMs - (fromMs + toMs) / 2) / (toMs - fromMs), false);
  }

  private beginPinch(): void {
    this.drag = undefined;
    this.pinchPx = this.spread();
  }

  private spread(): number {
    const xs = [...this.fingers.values()];
    return Math.max(24, Math.abs((xs[0] ?? 0) - (xs[1] ?? 0)));
  }

  private pinch(): void {
    const xs = [...this.fingers.values()];
    const spread = this.spread();
    const middle = ((xs[0] ?? 0) + (xs[1] ?? 0)) / 2;
    zoomBy(spread / this.pinchPx, placeOf(this.root, { clientX: middle, target: null }).timeMs);
    this.pinchPx = spread;
  }
}

/** Listens on an element until the answer is called. */
export function listenTo(root: HTMLElement): () => void {
  const gestures = new Gestures(root);
  const ending = new AbortController();
  const { signal } = ending;
  root.addEventListener('wheel', (event) => gestures.wheel(event), { passive: false, signal });
  root.addEventListener('pointerdown', (event) => gestures.down(event), { signal });
  root.addEventListener('pointermove', (event) => gestures.move(event), { signal });
  root.addEventListener('pointerup', (event) => gestures.up(event), { signal });
  root.addEventListener('pointercancel', (event) => gestures.up(event), { signal });
  root.addEventListener('pointerleave', () => gestures.leave(), { signal });
  return () => ending.abort();
}
