/** Playing: moves the hand with the reader's clock and asks for the world under it, one question at a time. */
import { extend, isSeeking, seek } from './conductor';
import { useSession } from './session';

/** Playing on from the very end gives time so much more room. */
const MORE_MS = 60_000;
/** A frame that took longer (a sleeping tab) does not make time jump. */
const MAX_FRAME_MS = 100;
/** While somebody types, time waits, so that what is typed is applied at one moment. */
const TYPING_HOLD_MS = 1_200;

let heldUntilMs = 0;
let lastFrameMs = 0;
let scheduled = false;

/** Starts or stops. */
export function setPlaying(playing: boolean): void {
  const { horizonMs, playheadMs } = useSession.getState();
  const atEnd = playing && playheadMs >= horizonMs;
  if (atEnd) extend(horizonMs + MORE_MS);
  useSession.setState({ playing, horizonMs: atEnd ? horizonMs + MORE_MS : horizonMs });
}

/** Somebody is typing. */
export function holdForTyping(): void {
  heldUntilMs = performance.now() + TYPING_HOLD_MS;
}

function frame(nowMs: number): void {
  scheduled = false;
  const { playing, speed, playheadMs, head, horizonMs, cursor, banners } = useSession.getState();
  if (!playing) return;
  const elapsedMs = Math.min(MAX_FRAME_MS, nowMs - lastFrameMs);
  lastFrameMs = nowMs;
  wake();
  if (nowMs < heldUntilMs) return;
  const nextMs = Math.min(playheadMs + elapsedMs * speed, head.timeMs);
  const stuck = banners.run !== undefined && playheadMs >= head.timeMs;
  if (nextMs >= horizonMs || stuck) useSession.setState({ playing: false });
  if (nextMs !== playheadMs) useSession.setState({ playheadMs: nextMs });
  const timeMs = Math.floor(nextMs);
  if (!isSeeking() && timeMs !== cursor.timeMs) void seek({ timeMs }, true);
}

function wake(): void {
  if (scheduled) return;
  scheduled = true;
  requestAnimationFrame(frame);
}

useSession.subscribe((state, previous) => {
  if (!state.playing || previous.playing) return;
  lastFrameMs = performance.now();
  wake();
});
