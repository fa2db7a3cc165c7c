/**
 * What becomes of an exception that leaves a component: failures stay as small as they can. A refusal of the API server is said and
 * tried again later, as upstream's reflectors do (client-go/tools/cache/reflector.go: 800 ms doubled up to 30 s, here without jitter);
 * what a person does ends with a message; anything else is a bug of ours and stops the run.
 */
import { StatusError } from '../api/status-error';
import { WATCH_LATENCY_MS } from '../api/watch-latency';
import { AssertionError } from '../kernel/assertion-error';
import type { Timer } from '../kernel/timers';
import type { Runner } from './runner';
import { DELIVER } from './watch-stream';
import type { World } from './world';

const FIRST_RETRY_MS = 800;
const LAST_RETRY_MS = 30_000;

/** How long to wait before the next try, after so many refusals in a row (the present one not counted). */
export function retryDelayMs(refusals: number): number {
  return Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** refusals);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function requestTimer({ firing, nowMs }: World, timer: Pick<Timer, 'to' | 'kind' | 'key'>, delayMs: number): void {
  const { to, kind, key } = timer;
  firing.timers.push({ atMs: nowMs + delayMs, to, kind, key, cause: undefined });
}

/** Has the rest of a delivery handed over later, together with what it wrote itself. */
function deliverAfter(world: World, runner: Runner, delayMs: number): void {
  const { timers } = world.firing;
  const { name: to } = runner.component;
  const others = timers.filter((request) => request.to !== to || request.kind !== DELIVER);
  timers.splice(0, timers.length, ...others);
  runner.deliveryPending = true;
  requestTimer(world, { to, kind: DELIVER, key: '' }, delayMs);
}

function retry(world: World, runner: Runner, timer: Timer, error: unknown): void {
  const { firing } = world;
  const delayMs = retryDelayMs(runner.refused(timer));
  const message = `Refused: ${reasonOf(error)}; trying again in ${delayMs / 1000} s`;
  firing.said = { verb: 'retry', object: firing.said?.object ?? firing.firstWrite?.event.value, message };
  if (timer.kind === DELIVER) deliverAfter(world, runner, delayMs);
  else requestTimer(world, timer, delayMs);
}

/** Ends what a person's timer was about; a change that can't be looked at is passed over. */
function abandon(world: World, runner: Runner, timer: Timer, error: unknown): void {
  const { firing } = world;
  firing.said = undefined;
  runner.component.onError?.(runner.context, timer, error);
  firing.said ??= { verb: 'fail', object: undefined, message: `Failed: ${reasonOf(error)}` };
  if (timer.kind !== DELIVER) return;
  runner.inbox.shift();
  if (runner.inbox.length > 0) deliverAfter(world, runner, WATCH_LATENCY_MS);
}

/** Contains an exception that a timer ended in. Returns why the run must stop, or undefined when it goes on. */
export function contain(world: World, runner: Runner, timer: Timer, error: unknown): string | undefined {
  if (error instanceof AssertionError) return reasonOf(error);
  try {
    if (runner.component.process === 'user') abandon(world, runner, timer, error);
    else if (error instanceof StatusError) retry(world, runner, timer, error);
    else return reasonOf(error);
  } catch (second) {
    return reasonOf(second);
  }
  return undefined;
}
