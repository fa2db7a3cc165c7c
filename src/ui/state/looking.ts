/** Where the page looks: at another moment, a step further, to the next reconcile. Each look takes its turn. */
import { type MessageKey, t } from '../../i18n/translate';
import type { StepLevel } from '../../view/step-weight';
import type { Place, RequestName, Requests, View } from '../../worker/protocol';
import { setBanner, shownStep, useSession } from './session';
import type { Turns } from './turns';

/** Asks the worker; undefined when there is no answer. */
export type Ask = <N extends RequestName>(
  name: N,
  params: Requests[N]['params'],
) => Promise<Requests[N]['answer'] | undefined>;

/** A look that has not had its turn; another one right after it takes its place. */
interface Wish {
  place: Place;
  readonly over: Promise<void>;
  /** What was last to have its turn when this was wished for: while that is so, nothing has been done since. */
  readonly last: Promise<unknown>;
}

/**
 * So long the hand waits for the world it points at, so that both move in one frame of the screen, which costs half of what two cost; a world that
 * takes longer comes after it.
 */
const HAND_WAITS_MS = 12;

/** So many moments that were left are kept. */
const MOST_LEFT = 50;

/** See the header. */
export class Looking {
  private wish: Wish | undefined;
  /** Where the hand is to go, and when it goes there by itself. */
  private hand: { toMs: number; readonly alone: ReturnType<typeof setTimeout> } | undefined;

  constructor(
    private readonly ask: Ask,
    private readonly takeView: (view: View, keepPlayhead?: boolean) => void,
    private readonly turns: Turns,
    /** Another moment is jumped to: whoever goes back comes here again. */
    private readonly jumping: () => void = () => undefined,
    /** Brings back a worker that has died. */
    private readonly mend: () => Promise<void> | undefined = () => undefined,
  ) {}

  /** Looks at another moment. Only the last of many quick wishes is fulfilled. `whilePlaying` leaves the hand alone. */
  seek(place: Place, whilePlaying = false): Promise<void> {
    if (!whilePlaying) this.jumping();
    return this.revisit(place, whilePlaying);
  }

  /** As {@link seek}, to where somebody was before: going back from there leads further back. */
  revisit(wanted: Place, whilePlaying = false): Promise<void> {
    const { heldMs } = useSession.getState();
    // The worker goes no further either; the hand is not to run ahead of it.
    const place = heldMs !== null && !('step' in wanted) ? { timeMs: Math.min(wanted.timeMs, heldMs) } : wanted;
    if (!whilePlaying && place.timeMs !== undefined) this.point(place.timeMs);
    // What is typed since the last wish comes between the two.
    if (this.wish) this.turns.before();
    if (this.wish?.last === this.turns.atRest) {
      this.wish.place = place;
      return this.wish.over;
    }
    const over = this.turns.take(async () => {
      const at = wish.place;
      if (this.wish === wish) this.wish = undefined;
      await this.lookAt(at, whilePlaying);
    });
    const wish: Wish = { place, over, last: this.turns.atRest };
    this.wish = wish;
    return over;
  }

  /** Within a turn: looks at a moment. */
  async lookAt(place: Place, keepPlayhead = false): Promise<void> {
    const view = (await this.ask('seek', place)) ?? (await this.askAgain(place));
    if (!view) return;
    if (this.wish) this.moveHand();
    else if (!keepPlayhead) this.dropHand();
    this.takeView(view, keepPlayhead || this.wish !== undefined);
  }

  /** The hand is to go to a moment with its world, or soon by itself. */
  private point(toMs: number): void {
    if (this.hand) this.hand.toMs = toMs;
    else this.hand = { toMs, alone: setTimeout(() => this.moveHand(), HAND_WAITS_MS) };
  }

  private moveHand(): void {
    const { hand } = this;
    this.dropHand();
    if (hand) useSession.setState({ playheadMs: hand.toMs });
  }

  private dropHand(): void {
    clearTimeout(this.hand?.alone);
    this.hand = undefined;
  }

  /** What was asked of a worker that died is asked, once, of the one after it. */
  private async askAgain(place: Place): Promise<View | undefined> {
    const mended = this.mend();
    if (!mended) return undefined;
    await mended;
    return this.ask('seek', place);
  }

  /** The present moment can be gone back to: something is about to jump away from it. */
  remember(): void {
    const { cursor, branch, before } = useSession.getState();
    const last = before.at(-1);
    if (last?.step === cursor.step && last.timeMs === cursor.timeMs && last.branch === branch) return;
    useSession.setState({ before: [...before.slice(-MOST_LEFT), { ...cursor, branch }] });
  }

  /** Goes somewhere else at once, from where one can come back. */
  jump(place: Place): Promise<void> {
    return this.standingStill(() => {
      this.remember();
      return this.jumpTo(place);
    });
  }

  /** Back to the moment that was left last; nowhere when there is none. Of other branches it is the same time. */
  back(): Promise<void> {
    return this.standingStill(async () => {
      const { before, branch } = useSession.getState();
      const last = before.at(-1);
      if (!last) return;
      useSession.setState({ before: before.slice(0, -1) });
      await this.jumpTo(last.branch === branch && last.step > 0 ? { step: last.step } : { timeMs: last.timeMs });
    });
  }

  /** To the step before or after that matters, on the chosen level or on another. */
  stepBy(by: 1 | -1, level?: StepLevel): Promise<void> {
    return this.standingStill(async () => {
      const session = useSession.getState();
      // What is folded since the step that is told of is not walked back through.
      const isTold = by < 0 && (level === undefined || level === session.level);
      const step = isTold ? shownStep(session) : session.cursor.step;
      const from = { step, timeMs: session.cursor.timeMs };
      const view = await this.ask('stepBy', { from, by, level });
      if (!view) return;
      this.takeView(view);
      if (by > 0 && view.cursor.step === step) this.sayNone('timeline.noneAhead');
    });
  }

  /** The first step, or the latest there is. */
  toEnd(end: 'first' | 'last'): Promise<void> {
    return this.standingStill(() => {
      this.remember();
      const { head } = useSession.getState();
      return this.jumpTo({ step: end === 'first' ? Math.min(1, head.step) : head.step });
    });
  }

  /** Which steps are stopped at and told of from now on. */
  setLevel(level: StepLevel): Promise<void> {
    useSession.setState({ level });
    return this.turns.take(async () => {
      const view = await this.ask('setLevel', { level, at: useSession.getState().cursor });
      if (view) this.takeView(view, true);
    });
  }

  /** On to the first moment at which a condition holds. Says why it is not there, or that there is none; what is done while it is searched for ends that. */
  async runUntil(condition: string): Promise<string | undefined> {
    const begun = this.standingStill(async () => {
      this.remember();
      return { search: this.ask('runUntil', { condition, from: useSession.getState().cursor }) };
    });
    const { atRest } = this.turns;
    const answer = await (await begun).search;
    if (!answer) return undefined;
    if ('problem' in answer) return answer.problem;
    if (!answer.view) return t('until.never');
    if (this.turns.atRest !== atRest) return undefined;
    this.jumping();
    this.takeView(answer.view);
    return undefined;
  }

  /** Why a condition can't be a breakpoint, if so. */
  async problemOf(condition: string): Promise<string | undefined> {
    const from = useSession.getState().cursor;
    const answer = await this.ask('nextStop', { conditions: [condition], from, untilMs: from.timeMs });
    return answer && 'problem' in answer && answer.condition !== undefined ? answer.problem : undefined;
  }

  /** On to the next thing a controller or the scheduler does. */
  nextReconcile(): Promise<void> {
    return this.standingStill(async () => {
      const from = useSession.getState().cursor;
      const view = await this.ask('nextReconcile', { from });
      if (!view) return;
      this.takeView(view);
      if (view.cursor.step === from.step) this.sayNone('timeline.noReconcile');
    });
  }

  /** Nothing of what was looked for comes; where an open question holds time back, that says why time goes no further. */
  private sayNone(said: MessageKey): void {
    if (useSession.getState().heldMs === null) setBanner('action', { tone: 'info', text: t(said) });
  }

  /** Back to the last moment before the run stopped. */
  momentBefore(): Promise<void> {
    return this.seek({ step: useSession.getState().head.step });
  }

  private jumpTo(place: Place): Promise<void> {
    this.jumping();
    return this.lookAt(place);
  }

  /** Time stands still from now on, whatever is done before it is this one's turn. */
  private standingStill<T>(task: () => Promise<T>): Promise<T> {
    useSession.setState({ playing: false });
    return this.turns.take(() => {
      useSession.setState({ playing: false });
      return task();
    });
  }
}
