/**
 * How long requests take, and who waits for them: the one place that knows. By default a request takes no virtual time. While etcd is slow
 * (fault `etcd-slow`), whatever etcd must answer takes its latency: writes and quorum reads, not what the watch cache serves nor dry
 * runs of writes. While a client is limited (flag `kube-api-qps`), a request waits for its token. A worker whose firing made requests is
 * busy until they are answered and takes its next timer then; watchers hear of a write when it is stored, and 10 ms.
 * Follows client-go/util/flowcontrol/throttle.go (over golang.org/x/time/rate) and apiserver/pkg/endpoints/handlers/finisher (timeouts).
 * Simplified: a firing's requests are sent one after another, whatever the number of upstream's workers, and its writes can be read from
 * their beginning; one etcd round trip per request; etcd's own limit of 7 s is left out.
 */
import type { Answer, ApiRequest } from '../api/request';
import { statusOf } from '../api/request';
import { StatusError } from '../api/status-error';
import type { ApiServer } from '../apiserver/handle';
import type { Component, Worker } from '../client/component';
import { type Environment, isApiServerDown, storageLatencyMs } from '../client/environment';
import type { Timer } from '../kernel/timers';
import type { Firing } from './firing';

/** The timer kind by which a worker takes what waits for it; its key names the worker. */
export const RESUME = '@resume';

/** `--request-timeout` of the API server. */
const REQUEST_TIMEOUT_MS = 60_000;

/** `--kube-api-burst` by process; others have client-go's. */
const BURSTS: ReadonlyMap<string, number> = new Map([
  ['kube-controller-manager', 30],
  ['kube-scheduler', 100],
  ['kubelet', 100],
]);
const DEFAULT_BURST = 10;

/** Answers of an API server that did not have to ask etcd. */
const BEFORE_STORAGE: ReadonlySet<number> = new Set([400, 403, 405, 422]);

/** A token bucket; below zero when tokens are promised. */
interface Bucket {
  readonly tokens: number;
  readonly atMs: number;
}

/** What waits in and for a component. */
export interface Pace {
  /** Until when a worker is busy, by its name. */
  readonly busyUntilMs: Map<string, number>;
  /** Timers that were due meanwhile, in that order. */
  readonly waiting: Timer[];
  /** When those changes in the inbox arrive that take longer than others, by revision. */
  readonly arrivals: Map<number, number>;
  bucket: Bucket | undefined;
}

/** Nobody waits. */
export function newPace(): Pace {
  return { busyUntilMs: new Map(), waiting: [], arrivals: new Map(), bucket: undefined };
}

/** Whether nothing waits or is on its way, and nothing is counted. */
export function isFree({ busyUntilMs, waiting, arrivals, bucket }: Pace): boolean {
  return busyUntilMs.size === 0 && waiting.length === 0 && arrivals.size === 0 && bucket === undefined;
}

interface Paced {
  readonly component: Component;
  readonly pace: Pace;
}

interface Surroundings {
  readonly nowMs: number;
  readonly firing: Firing;
}

interface Wire extends Surroundings {
  readonly api: ApiServer;
  readonly environment: Environment;
  readonly flags: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Whether etcd has to answer. */
export function asksStorage({ verb, options = {} }: Pick<ApiRequest, 'verb' | 'options'>): boolean {
  if (verb === 'get' || verb === 'list') return options.resourceVersion !== '0';
  return !options.dryRun;
}

/** Takes a token; returns the bucket and how many ms the taker has to wait for it. */
export function takeToken(last: Bucket | undefined, nowMs: number, qps: number, burst: number): [Bucket, number] {
  const { tokens: left, atMs } = last ?? { tokens: burst, atMs: nowMs };
  const tokens = Math.min(burst, left + (Math.max(0, nowMs - atMs) * qps) / 1000) - 1;
  return [{ tokens, atMs: Math.max(nowMs, atMs) }, tokens < 0 ? Math.ceil((-tokens * 1000) / qps) : 0];
}

function throttleMs({ flags, firing, nowMs }: Wire, { component, pace }: Paced): number {
  const own = flags[component.process];
  const qps = Number(own?.['kube-api-qps'] ?? 0);
  if (!(qps > 0)) return 0;
  const burst = Number(own?.['kube-api-burst'] ?? BURSTS.get(component.process) ?? DEFAULT_BURST);
  const [bucket, waitMs] = takeToken(pace.bucket, nowMs + firing.elapsedMs, qps, Math.max(1, burst));
  pace.bucket = bucket;
  return waitMs;
}

function timedOut(): Answer {
  const message = 'Timeout: request did not complete within requested timeout - context deadline exceeded';
  const refusal = new StatusError('Timeout', 504, message);
  return { code: refusal.code, status: statusOf(refusal), warnings: [] };
}

/** Sends a request of a component; adds to its firing how long it takes. */
export function send(wire: Wire, sender: Paced, request: ApiRequest): Answer {
  const { api, environment, firing } = wire;
  firing.elapsedMs += throttleMs(wire, sender);
  const latencyMs = storageLatencyMs(environment);
  if (latencyMs === 0 || !asksStorage(request) || isApiServerDown(environment)) return api.handle(request);
  const limitMs = Math.min(request.options?.timeoutMs ?? REQUEST_TIMEOUT_MS, REQUEST_TIMEOUT_MS);
  firing.elapsedMs += Math.min(latencyMs, limitMs);
  if (latencyMs >= limitMs) return timedOut();
  const answer = api.handle(request);
  if (BEFORE_STORAGE.has(answer.code)) firing.elapsedMs -= latencyMs;
  return answer;
}

/** The worker that a timer is for; undefined for what waits for nobody: informers, people, and what a component does not declare. */
function workerOf({ workers, process }: Component, kind: string): Worker | undefined {
  if (process === 'user' || kind.startsWith('@') || kind.startsWith('input/')) return undefined;
  return workers ? workers[kind] : { name: kind };
}

/** When a timer that is being set fires: not before its worker is free. */
export function notBefore({ component, pace }: Paced, kind: string, atMs: number): number {
  if (pace.busyUntilMs.size === 0) return atMs;
  const worker = workerOf(component, kind);
  return worker ? Math.max(atMs, pace.busyUntilMs.get(worker.name) ?? 0) : atMs;
}

function isWaitedFor({ component, pace }: Paced, name: string): boolean {
  return pace.waiting.some(({ kind }) => workerOf(component, kind)?.name === name);
}

function requestResume({ nowMs, firing }: Surroundings, { component, pace }: Paced, key: string): void {
  const atMs = Math.max(nowMs, pace.busyUntilMs.get(key) ?? 0);
  firing.timers.push({ atMs, to: component.name, kind: RESUME, key, cause: undefined });
}

/** What a timer that fires starts: itself, what waited for the worker before, or nothing, when it has to wait. */
export function admit(world: Surroundings, paced: Paced, timer: Timer): Timer | undefined {
  const { component, pace } = paced;
  if (timer.kind === RESUME) {
    const index = pace.waiting.findIndex(({ kind }) => workerOf(component, kind)?.name === timer.key);
    return pace.waiting.splice(index, index < 0 ? 0 : 1)[0];
  }
  if (pace.busyUntilMs.size === 0) return timer;
  const worker = workerOf(component, timer.kind);
  if (!worker) return timer;
  const isBusy = (pace.busyUntilMs.get(worker.name) ?? 0) > world.nowMs;
  const isQueued = isWaitedFor(paced, worker.name);
  if (!isBusy && !isQueued) return timer;
  pace.waiting.push(timer);
  if (!isQueued) requestResume(world, paced, worker.name);
  return undefined;
}

/** After a firing: its worker is busy for as long as it took, and what waits comes next. */
export function settle(world: Surroundings, paced: Paced, timer: Timer): void {
  const { component, pace } = paced;
  const worker = workerOf(component, timer.kind);
  if (!worker) return;
  const tookMs = world.firing.elapsedMs + (worker.costMs ?? 0);
  if (tookMs > 0) pace.busyUntilMs.set(worker.name, world.nowMs + tookMs);
  else pace.busyUntilMs.delete(worker.name);
  if (pace.waiting.length > 0 && isWaitedFor(paced, worker.name)) requestResume(world, paced, worker.name);
}
