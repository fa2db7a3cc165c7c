/** Where the page looks: at another moment, a step further, to the next reconcile. One question at a time. */
import { t } from '../../i18n/translate';
import type { StepLevel } from '../../view/step-weight';
import type { Place, RequestName, Requests, View } from '../../worker/protocol';
import { useSession } from './session';

/** Asks the worker; undefined when there is no answer. */
export type Ask = <N extends RequestName>(
  name: N,
  params: Requests[N]['params'],
) => Promise<Requests[N]['answer'] | undefined>;

/** So many moments that were left are kept. */
const MOST_LEFT = 50;

/** See the header. */
export class Looking {
  private wanted: Place | undefined;
  private seeking = false;
  private stepping: Promise<void> = Promise.resolve();
  /** Counts the moments that somebody wanted to look at. */
  wishes = 0;

  constructor(
    private readonly ask: Ask,
    private readonly takeView: (view: View, keepPlayhead?: boolean) => void,
    /** Another moment is jumped to: whoever goes back comes here again. */
    private readonly jumping: () => void = () => undefined,
  ) {}

  /** True while a look is under way: playing then waits with the next. */
  get isSeeking(): boolean {
    return this.seeking;
  }

  /** Looks at another moment. Only the last of many quick wishes is fulfilled. `whilePlaying` leaves the hand alone. */
  seek(place: Place, whilePlaying = false): Promise<void> {
    if (!whilePlaying) this.jumping();
    return this.revisit(place, whilePlaying);
  }

  /** As {@link seek}, to where somebody was before: going back from there leads further back. */
  async revisit(wanted: Place, whilePlaying = false): Promise<void> {
    const { heldMs } = useSession.getState();
    // The worker goes no further either; the hand is not to run ahead of it.
    const place = heldMs !== null && !('step' in wanted) ? { timeMs: Math.min(wanted.timeMs, heldMs) } : wanted;
    this.wanted = place;
    if (!whilePlaying) this.wishes += 1;
    if (!whilePlaying && 'timeMs' in place) useSession.setState({ playheadMs: place.timeMs });
    if (this.seeking) return;
    this.seeking = true;
    while (this.wanted) {
      const next: Place = this.wanted;
      this.wanted = undefined;
      const view = await this.ask('seek', next);
      if (view) this.takeView(view, whilePlaying || this.wanted !== undefined);
    }
    this.seeking = false;
  }

  /** Shows what an act led to; if somebody has gone elsewhere since it was asked for, at the time gone to. */
  async takeAct(view: View, wishes: number): Promise<void> {
    const { timeMs } = useSession.getState().cursor;
    this.takeView(view);
    if (wishes !== this.wishes && !this.seeking) await this.revisit({ timeMs });
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
    this.remember();
    useSession.setState({ playing: false });
    return this.seek(place);
  }

  /** Back to the moment that was left last; nowhere when there is none. Of other branches it is the same time. */
  async back(): Promise<void> {
    const { before, branch } = useSession.getState();
    const last = before.at(-1);
    if (!last) return;
    useSession.setState({ before: before.slice(0, -1), playing: false });
    await this.seek(last.branch === branch && last.step > 0 ? { step: last.step } : { timeMs: last.timeMs });
  }

  /** To the step before or after that matters, on the chosen level or on another. */
  stepBy(by: 1 | -1, level?: StepLevel): Promise<void> {
    useSession.setState({ playing: false });
    // Keys come faster than answers: each step begins where the one before has led.
    this.stepping = this.stepping.then(async () => {
      const view = await this.ask('stepBy', { from: useSession.getState().cursor.step, by, level });
      if (view) this.takeView(view);
    });
    return this.stepping;
  }

  /** The first step, or the latest there is. */
  toEnd(end: 'first' | 'last'): Promise<void> {
    useSession.setState({ playing: false });
    this.remember();
    const { head } = useSession.getState();
    return this.seek({ step: end === 'first' ? Math.min(1, head.step) : head.step });
  }

  /** Which steps are stopped at and told of from now on. */
  async setLevel(level: StepLevel): Promise<void> {
    useSession.setState({ level });
    const view = await this.ask('setLevel', { level, at: useSession.getState().cursor });
    if (view) this.takeView(view, true);
  }

  /** On to the first moment at which a condition holds. Says why it is not there, or that there is none. */
  async runUntil(condition: string): Promise<string | undefined> {
    useSession.setState({ playing: false });
    this.remember();
    const answer = await this.ask('runUntil', { condition, from: useSession.getState().cursor });
    if (!answer) return undefined;
    if ('problem' in answer) return answer.problem;
    if (!answer.view) return t('until.never');
    this.jumping();
    this.takeView(answer.view);
    return undefined;
  }

  /** On to the next thing a controller or the scheduler does. */
  async nextReconcile(): Promise<void> {
    useSession.setState({ playing: false });
    const view = await this.ask('nextReconcile', { from: useSession.getState().cursor.step });
    if (view) this.takeView(view);
  }

  /** Back to the last moment before the run stopped. */
  momentBefore(): Promise<void> {
    return this.seek({ step: useSession.getState().head.step });
  }
}
