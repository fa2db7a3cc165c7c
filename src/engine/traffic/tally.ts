/** What one second of a source comes to, while its requests are gone through: counts, ways and a sample. */
import type { RequestFailure, RequestOutcome } from '../network/request';
import {
  countIn,
  type FailureReport,
  type Route,
  type SampledRequest,
  type SecondRecord,
  type TrafficMemory,
} from './record';

/** How many requests of a second are kept as a sample, and of how many failures of a kind there is room for beside those drawn. */
const SAMPLES = 12;
const SAMPLES_PER_FAILURE = 3;
/** How many ways of a second are told apart. */
const ROUTES = 256;

/** A request that ended. */
export interface Ended {
  readonly weight: number;
  /** Who sent it. */
  readonly from: string;
  readonly firstSentMs: number;
}

/** What is counted of one way. */
interface Way {
  readonly path: readonly string[];
  ended: number;
  failed: number;
}

/** Whether it is the way of somebody who sends by these stations. */
function isWay({ path }: Way, from: string, stations: readonly string[]): boolean {
  if (path.length !== stations.length + 1 || path[0] !== from) return false;
  for (let at = 0; at < stations.length; at++) if (path[at + 1] !== stations[at]) return false;
  return true;
}

/** See the header. Lives as long as the second is worked out. */
export class Tally {
  sent = 0;
  /** What was to be sent, and nobody was there to do it. */
  unsent = 0;
  ok = 0;
  failed = 0;
  readonly failures = new Map<RequestFailure, FailureReport>();
  /** By their last station. */
  private readonly ways = new Map<string, readonly Way[]>();
  private readonly inOrder = new Set<Way>();
  private readonly containers = new Map<string, number>();
  private readonly samples: SampledRequest[] = [];
  private seen = 0;

  /** @param every one of so many requests is kept as a sample */
  constructor(private readonly every: number) {}

  /** How many ended. */
  get ended(): number {
    return this.ok + this.failed;
  }

  end({ weight, from, firstSentMs }: Ended, endedMs: number, outcome: RequestOutcome): void {
    const { failure, path } = outcome;
    const way = this.wayOf(from, path);
    way.ended += weight;
    if (failure === undefined) this.ok += weight;
    else {
      way.failed += weight;
      this.fail(failure, weight, outcome);
    }
    if (!this.isKept(failure)) return;
    const { status, because, cause } = outcome;
    this.samples.push({ sentMs: firstSentMs, endedMs, failure, status, path: [from, ...path], because, cause });
  }

  private wayOf(from: string, path: readonly string[]): Way {
    const last = path[path.length - 1] ?? from;
    const there = this.ways.get(last) ?? [];
    const known = there.find((way) => isWay(way, from, path));
    if (known) return known;
    const way = { path: [from, ...path], ended: 0, failed: 0 };
    this.ways.set(last, [...there, way]);
    this.inOrder.add(way);
    return way;
  }

  /** Notes that a request reached a container, whatever came of it. */
  reached(containerId: string, weight: number): void {
    this.containers.set(containerId, (this.containers.get(containerId) ?? 0) + weight);
  }

  /** Writes everything into the memory of the source. */
  keep(memory: TrafficMemory, second: number): void {
    const { series, byContainer, seconds } = memory;
    countIn(series, 'sent', second, this.sent);
    countIn(series, 'unsent', second, this.unsent);
    countIn(series, 'ok', second, this.ok);
    countIn(series, 'failed', second, this.failed);
    for (const [failure, { count }] of this.failures) countIn(series, `failed ${failure}`, second, count);
    for (const [id, count] of this.containers) countIn(byContainer, id, second, count);
    if (this.sent > 0 || this.ended > 0) seconds.set(second, this.record());
  }

  private record(): SecondRecord {
    const routes: Route[] = [...this.inOrder].map((way) => ({ ...way }));
    if (routes.length > ROUTES) routes.sort((a, b) => b.ended - a.ended || (a.path.join() < b.path.join() ? -1 : 1));
    const named = routes.slice(0, ROUTES);
    const elsewhere = this.ended - named.reduce((sum, { ended }) => sum + ended, 0);
    return { routes: named, elsewhere, samples: this.samples };
  }

  private fail(failure: RequestFailure, weight: number, { because, podUid, cause, path }: RequestOutcome): void {
    this.failed += weight;
    const known = this.failures.get(failure);
    const first = known ?? {
      failure,
      because,
      cause,
      path,
      count: 0,
      of: 0,
      ...(podUid === undefined ? {} : { podUid }),
    };
    this.failures.set(failure, { ...first, count: first.count + weight });
  }

  private isKept(failure: RequestFailure | undefined): boolean {
    if (this.seen++ % this.every === 0 && this.samples.length < SAMPLES) return true;
    if (failure === undefined) return false;
    return this.samples.filter((sample) => sample.failure === failure).length < SAMPLES_PER_FAILURE;
  }
}

/** One of how many requests is kept as a sample. */
export const sampleEvery = (requests: number): number => Math.max(1, Math.ceil(requests / SAMPLES));
