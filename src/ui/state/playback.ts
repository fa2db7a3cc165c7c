/** Playing: moves the hand with the reader's clock and asks for the world under it, one question at a time. */
import type { Conductor } from './conductor';
import type { Looking } from './looking';
import { useSession } from './session';

/** Playing on from the very end gives time so much more room. */
const MORE_MS = 60_000;
/** A frame that took longer (a sleeping tab) does not make time jump. */
const MAX_FRAME_MS = 100;
/** While somebody types, time waits, so that what is typed is applied at one moment. */
const TYPING_HOLD_MS = 1_200;

/** What playing needs of the page it happens in. */
export interface PlaybackPorts {
  readonly conductor: Pick<Conductor, 'extend'> & { readonly look: Pick<Looking, 'isSeeking' | 'seek'> };
  readonly nextFrame: (draw: (nowMs: number) => void) => void;
  readonly now: () => number;
}

/** See the header. */
export class Playback {
  private heldUntilMs = 0;
  private lastFrameMs = 0;
  private scheduled = false;

  constructor(private readonly ports: PlaybackPorts) {
    useSession.subscribe((state, previous) => {
      if (!state.playing || previous.playing) return;
      this.lastFrameMs = ports.now();
      this.wake();
    });
  }

  /** Starts or stops. */
  setPlaying(playing: boolean): void {
    const { horizonMs, playheadMs, held } = useSession.getState();
    if (playing && held) return;
    const atEnd = playing && playheadMs >= horizonMs;
    if (atEnd) this.ports.conductor.extend(horizonMs + MORE_MS);
    useSession.setState({ playing, horizonMs: atEnd ? horizonMs + MORE_MS : horizonMs });
  }

  /** Somebody is typing. */
  holdForTyping(): void {
    this.heldUntilMs = this.ports.now() + TYPING_HOLD_MS;
  }

  private draw(nowMs: number): void {
    this.scheduled = false;
    const { playing, speed, playheadMs, head, horizonMs, cursor, banners } = useSession.getState();
    if (!playing) return;
    const elapsedMs = Math.min(MAX_FRAME_MS, nowMs - this.lastFrameMs);
    this.lastFrameMs = nowMs;
    this.wake();
    if (nowMs < this.heldUntilMs) return;
    const nextMs = Math.min(playheadMs + elapsedMs * speed, head.timeMs);
    const stuck = banners.run !== undefined && playheadMs >= head.timeMs;
    if (nextMs >= horizonMs || stuck) useSession.setState({ playing: false });
    if (nextMs !== playheadMs) useSession.setState({ playheadMs: nextMs });
    const timeMs = Math.floor(nextMs);
    const { conductor } = this.ports;
    if (!conductor.look.isSeeking && timeMs !== cursor.timeMs) void conductor.look.seek({ timeMs }, true);
  }

  private wake(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    this.ports.nextFrame((nowMs) => this.draw(nowMs));
  }
}
