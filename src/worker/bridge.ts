/**
 * The page's end: asks the worker, matches answers to questions, and notices when the worker is gone. A worker that
 * does not answer a ping for {@link SILENCE_MS} counts as crashed: the page stays responsive, the worker is replaced. Until it has first said
 * something it is on its way, over whatever network: another would have to come the same way. One that can't be had is sent for again.
 */
import { AGAIN_MS } from './again';
import type { CommandOutput } from './command-shapes';
import type { Message, Progress, RequestName, Requests } from './protocol';

/** How often the worker is asked whether it lives, and after how long without an answer it does not. */
const PING_EVERY_MS = 2_000;
const SILENCE_MS = 12_000;

/** The worker's first word: it has come, and can be asked. */
export interface Here {
  readonly type: 'here';
}

export interface Bridge {
  ask<N extends RequestName>(name: N, params: Requests[N]['params']): Promise<Requests[N]['answer']>;
  close(): void;
}

export interface BridgeListeners {
  readonly onProgress: (progress: Progress) => void;
  readonly onOutput: (record: number, output: CommandOutput) => void;
  readonly onCrash: (message: string) => void;
}

/** An answer that will never come, because the worker is gone. */
export class WorkerGone extends Error {
  constructor() {
    super('the worker is gone');
  }
}

interface Waiting {
  readonly question: unknown;
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

/** Starts a worker. */
export function createBridge(listeners: BridgeListeners): Bridge {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let closed = false;
  let heardAtMs: number | undefined;
  let failures = 0;

  const close = () => {
    if (closed) return;
    closed = true;
    clearInterval(heartbeat);
    worker.terminate();
    for (const { reject } of waiting.values()) reject(new WorkerGone());
    waiting.clear();
  };
  const crash = (message: string) => {
    if (closed) return;
    close();
    listeners.onCrash(message);
  };
  const ask: Bridge['ask'] = (name, params) =>
    new Promise((resolve, reject) => {
      if (closed) return reject(new WorkerGone());
      lastId += 1;
      const question = { id: lastId, name, params };
      waiting.set(lastId, { question, resolve, reject });
      worker.postMessage(question);
    });

  const hear = ({ data }: MessageEvent<Here | Message>) => {
    heardAtMs = performance.now();
    if (data.type === 'here') return;
    if (data.type === 'progress') return listeners.onProgress(data.progress);
    if (data.type === 'output') return listeners.onOutput(data.record, data.output);
    const asker = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.type === 'answer') asker?.resolve(data.answer as never);
    else asker?.reject(new Error(data.message));
  };
  const start = () => {
    const begun = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'kubestep' });
    begun.onmessage = hear;
    begun.onerror = ({ message }) => {
      const waitMs = heardAtMs === undefined ? AGAIN_MS[failures] : undefined;
      if (waitMs === undefined) return crash(message || 'the worker stopped');
      failures += 1;
      setTimeout(() => {
        if (closed) return;
        worker = start();
        for (const { question } of waiting.values()) worker.postMessage(question);
      }, waitMs);
    };
    return begun;
  };
  let worker = start();
  let pingedAtMs = performance.now();
  const heartbeat = setInterval(() => {
    const nowMs = performance.now();
    // A tab that slept (a closed lid, a hidden tab's throttled timers) must not take its own sleep for the worker's.
    const slept = nowMs - pingedAtMs > 3 * PING_EVERY_MS;
    pingedAtMs = nowMs;
    if (heardAtMs === undefined) return;
    if (slept) heardAtMs = nowMs;
    else if (nowMs - heardAtMs > SILENCE_MS) return crash('the worker did not answer');
    ask('ping', {}).catch(() => undefined);
  }, PING_EVERY_MS);

  return { ask, close };
}
