/** When a kubelet tries again what failed, a restart or a pull: a Pod's status says neither, so it is read off the kubelet's steps. Pure. */
import { parseDuration } from './api/duration';
import type { ContainerStatus, Pod } from './api/types';
import { RELIST_MS, RETRY_MS } from './kubelet/container-start';
import { restartsAfter } from './kubelet/lifecycle';
import { nextBackoff, withJitter } from './kubelet/restart-backoff';
import { RESYNC_MS, SYNC_PERIOD_MS } from './kubelet/sync-timer';
import type { Simulation } from './simulation';
import type { TraceStep } from './trace/trace';

/** What one container waits for, and until when. */
export interface KubeletWait {
  readonly what: 'backOff' | 'pull';
  readonly of: string;
  readonly atMs: number;
}

/** So many steps back the kubelet's word is looked for. */
const WORD_STEPS = 20_000;

const PULLS = new Set(['ErrImagePull', 'ImagePullBackOff']);

/** What the containers of a Pod wait for at a step; of one whose wait is over nothing is said. */
export function waitsOf(simulation: Simulation, pod: Pod, step: number): KubeletWait[] {
  const { initContainerStatuses = [], containerStatuses = [] } = pod.status;
  const found: KubeletWait[] = [];
  let told: readonly TraceStep[] | undefined;
  for (const status of [...initContainerStatuses, ...containerStatuses]) {
    const what = waitsFor(status);
    if (!what) continue;
    told ??= toldOf(simulation, pod, step);
    const atMs = what === 'pull' ? pulledAtMs(told, status.image) : startedAtMs(told, status.name);
    if (atMs !== undefined && atMs > simulation.traceAt(step).time) found.push({ what, of: status.name, atMs });
  }
  return found;
}

/** Whether a container of a Pod that ended with a code is started again: an init container that has done its part is not. */
export function isStartedAgain(pod: Pod, name: string, exitCode: number): boolean {
  const { containers, initContainers = [] } = pod.spec;
  const main = containers.find((each) => each.name === name);
  if (main) return restartsAfter(pod, main, exitCode);
  const before = initContainers.find((each) => each.name === name);
  return before !== undefined && exitCode !== 0 && restartsAfter(pod, before, exitCode);
}

function waitsFor({ state }: ContainerStatus): KubeletWait['what'] | undefined {
  if (state?.terminated || state?.waiting?.reason === 'CrashLoopBackOff') return 'backOff';
  return PULLS.has(state?.waiting?.reason ?? '') ? 'pull' : undefined;
}

/** What its kubelet did with it, the latest first. */
function toldOf(simulation: Simulation, { metadata }: Pod, from: number): TraceStep[] {
  const told: TraceStep[] = [];
  for (let step = Math.min(from, simulation.step); step > Math.max(0, from - WORD_STEPS); step -= 1) {
    const record = simulation.traceAt(step);
    if (record.object?.uid !== metadata.uid) continue;
    if (record.actor.startsWith('kubelet/')) told.push(record);
    if (record.verb === 'schedule') break;
  }
  return told;
}

const msOf = (text: string | undefined): number => {
  const parsed = parseDuration(text ?? '');
  return 'ms' in parsed ? parsed.ms : 0;
};

/** A container is started again once its kubelet, which looks again after a while at most, finds the wait over. */
function startedAtMs(told: readonly TraceStep[], name: string): number | undefined {
  const about = `Container ${name} of Pod `;
  const last = told.find(({ verb, message }) => (verb === 'back-off' || verb === 'end') && message.startsWith(about));
  if (last?.verb !== 'back-off') return undefined;
  let { time } = last;
  let leftMs = msOf(/ started again in (\S+) /.exec(last.message)?.[1]);
  while (leftMs > RESYNC_MS) {
    time += RESYNC_MS;
    leftMs -= RESYNC_MS;
    leftMs = Math.max(leftMs, withJitter(Math.min(leftMs, SYNC_PERIOD_MS)));
  }
  return time + leftMs;
}

const FAILED = 'Could not pull image "';

/** An image is pulled again by the first look that finds the wait over; how long that is comes of how often it has failed. */
function pulledAtMs(told: readonly TraceStep[], image: string): number | undefined {
  const about = told.filter(({ message }) => message.includes(` image "${image}"`));
  const [last] = about;
  const looks = (ms: number) => Math.ceil(ms / RETRY_MS) * RETRY_MS;
  if (last?.verb === 'back-off') return last.time + looks(msOf(/ waits (\S+) before /.exec(last.message)?.[1]));
  if (!last?.message.startsWith(FAILED)) return undefined;
  const pulled = about.findIndex(({ message }) => message.startsWith('Pulled '));
  const failures = about.slice(0, pulled < 0 ? undefined : pulled).filter(({ message }) => message.startsWith(FAILED));
  const backoff = failures.reduceRight<ReturnType<typeof nextBackoff> | undefined>(
    (before, { time }) => nextBackoff(before, before?.sinceMs ?? time, time),
    undefined,
  );
  const firstMs = failures.length === 1 ? RELIST_MS : 0;
  return last.time + firstMs + looks((backoff?.delayMs ?? 0) - firstMs);
}
