/** The line to the worker: asks, gives up on a worker that died, and says when too many have. */
import { sentence, t } from '../../i18n/translate';
import { type Bridge, type BridgeListeners, WorkerGone } from '../../worker/bridge';
import type { RequestName, Requests } from '../../worker/protocol';
import * as after from './conductor-transitions';
import { setBanner } from './session';

/** What the line needs of the page it belongs to. */
export interface LinePorts {
  readonly connect: (listeners: BridgeListeners) => Bridge;
  readonly now: () => number;
}

/** Who hears what the worker says unasked. `onCrash` is told whether the worker is given up. */
export type LineListeners = Omit<BridgeListeners, 'onCrash'> & { readonly onCrash: (givesUp: boolean) => void };

/** See the header. */
export class WorkerLine {
  private bridge: Bridge | undefined;
  private crashedAtMs: readonly number[] = [];
  /** True after too many crashes: nothing is asked until something is opened again. */
  private resting = false;
  /** It was given up, and has not shown since that it can run something. */
  private isGivenUp = false;

  constructor(
    private readonly ports: LinePorts,
    private readonly listeners: LineListeners,
  ) {}

  /** Something is opened: whatever has happened, the worker is asked again. */
  wake(): void {
    this.resting = false;
  }

  /** The reader begins again: earlier crashes no longer count. */
  forgive(): void {
    this.crashedAtMs = [];
    this.isGivenUp = false;
    setBanner('worker', undefined);
  }

  /** What was opened runs. */
  runs(): void {
    if (this.isGivenUp) this.forgive();
  }

  /** Asks; undefined when the worker died meanwhile (then everything is opened anew anyway) or refused. */
  async ask<N extends RequestName>(name: N, params: Requests[N]['params']): Promise<Requests[N]['answer'] | undefined> {
    if (this.resting) return undefined;
    this.bridge ??= this.ports.connect({ ...this.listeners, onCrash: (message) => this.crashed(message) });
    try {
      return await this.bridge.ask(name, params);
    } catch (error) {
      if (!(error instanceof WorkerGone)) {
        setBanner('action', { tone: 'error', text: t('banner.refused'), detail: sentence((error as Error).message) });
      }
      return undefined;
    }
  }

  private crashed(message: string): void {
    this.bridge = undefined;
    const { counted, givesUp } = after.afterCrash(this.crashedAtMs, this.ports.now());
    this.crashedAtMs = counted;
    setBanner('worker', after.crashBanner(message, givesUp));
    this.resting = givesUp;
    this.isGivenUp ||= givesUp;
    this.listeners.onCrash(givesUp);
  }
}
