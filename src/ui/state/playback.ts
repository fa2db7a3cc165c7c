/** Playing: moves the hand with the reader's clock and asks for the world under it, one question at a time. */

import { sentence } from '../../i18n/translate';
import { mindedConditions, switchBreakpoint, useBreakpoints } from './breakpoints';
import type { Conductor } from './conductor';
import type { Looking } from './looking';
import { setBanner, useSession } from './session';
import { type Stop, Stops } from './stops';
import type { Turns } from './turns';
import { useWorld } from './world';

/** Playing on from the very end gives time so much more room. */
const MORE_MS = 60_000;
/** A frame that took longer (a sleeping tab) does not make time jump. */
const MAX_FRAME_MS = 100;
/** Of more Pods than this each second frame is left to whoever uses the page, while time plays. */
const MANY_PODS = 500;
const BETWEEN_LOOKS_MS = 25;
/** While somebody types, time waits, so that what is typed is applied at one moment. */
const TYPING_HOLD_MS = 1_200;

/** What playing needs of the page it happens in. */
export interface PlaybackPorts {
  readonly conductor: Pick<Conductor, 'extend' | 'query'> & {
    readonly look: Pick<Looking, 'seek'>;
    readonly turns: Pick<Turns, 'isBusy' | 'take'>;
  };
  readonly nextFrame: (draw: (nowMs: number) => void) => void;
  readonly now: () => number;
}

/** See the header. */
export class Playback {
  private heldUntilMs = 0;
  private lastFrameMs = 0;
  private lastLookMs = 0;
  private scheduled = false;
  private readonly stops = new Stops(
    (params) => this.ports.conductor.query('nextStop', params),
    ({ problem, condition }) => {
      useSession.setState({ playing: false });
      if (condition !== undefined) switchBreakpoint(condition, false);
      setBanner('action', { tone: 'error', text: condition ?? '', detail: sentence(problem) });
    },
  );

  constructor(private readonly ports: PlaybackPorts) {
    useSession.subscribe((state, previous) => {
      if (state.branch !== previous.branch || state.run !== previous.run) this.stops.forget();
      if (!state.playing || previous.playing) return;
      this.stops.forget();
      this.lastFrameMs = ports.now();
      this.wake();
    });
    useBreakpoints.subscribe((state, previous) => {
      if (state.list !== previous.list) this.stops.forget();
    });
  }

  /** Starts or stops, once what was done before is done; time stops at once as well. */
  setPlaying(playing: boolean): void {
    if (!playing) useSession.setState({ playing });
    void this.ports.conductor.turns.take(async () => this.play(playing));
  }

  private play(playing: boolean): void {
    const { horizonMs, playheadMs, heldMs } = useSession.getState();
    if (playing && heldMs !== null) return;
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
    const limitMs = this.stops.limitMs(mindedConditions(), { step: cursor.step, timeMs: playheadMs }, speed);
    const nextMs = Math.min(playheadMs + elapsedMs * speed, head.timeMs, Math.max(playheadMs, limitMs));
    const stop = this.stops.reached(nextMs);
    if (stop) {
      this.stopAt(stop);
      return;
    }
    const stuck = banners.run !== undefined && playheadMs >= head.timeMs;
    const isOver = nextMs >= horizonMs || stuck;
    if (isOver) useSession.setState({ playing: false });
    if (nextMs !== playheadMs) useSession.setState({ playheadMs: nextMs });
    const timeMs = Math.floor(nextMs);
    const { conductor } = this.ports;
    const isDue = useWorld.getState().podCount <= MANY_PODS || nowMs - this.lastLookMs >= BETWEEN_LOOKS_MS;
    const waits = (conductor.turns.isBusy || !isDue) && !isOver;
    if (waits || timeMs === cursor.timeMs) return;
    this.lastLookMs = nowMs;
    void conductor.look.seek({ timeMs }, true);
  }

  private stopAt({ step, timeMs, condition, isMidway }: Stop): void {
    this.stops.forget();
    const meaning = useBreakpoints.getState().list.find((each) => each.condition === condition)?.meaning ?? condition;
    useBreakpoints.setState({ hit: { step, meaning } });
    useSession.setState({ playing: false, playheadMs: timeMs });
    void this.ports.conductor.look.seek(isMidway ? { step } : { timeMs });
  }

  private wake(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    this.ports.nextFrame((nowMs) => this.draw(nowMs));
  }
}
