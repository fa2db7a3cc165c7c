/**
 * What a source of requests remembers, as plain data: what is under way, its measures, and for each second the ways that requests
 * took with a sample of them. Seconds are only ever added, so what is known of one never changes.
 */
import type { Memory } from '../client/component';
import { add, EMPTY_SERIES, type Series } from '../measures/series';
import type { Connection, NetworkRequest, RequestFailure, RequestOutcome } from '../network/request';

/** A request that was sent and has not ended. */
export interface InFlight {
  readonly request: NetworkRequest;
  /** How many requests it stands for. */
  readonly weight: number;
  /** Which of the source's clients sends it. */
  readonly client: number;
  /** Who sends it, as people read it. */
  readonly from: string;
  readonly firstSentMs: number;
  readonly retriesLeft: number;
  /** When it will end, and how, as far as is known. */
  readonly endsAtMs: number;
  readonly outcome: RequestOutcome | undefined;
}

/** One request that was drawn from those of a second. */
export interface SampledRequest {
  readonly sentMs: number;
  readonly endedMs: number;
  readonly failure?: RequestFailure;
  readonly status?: number;
  /** Station by station. */
  readonly path: readonly string[];
  readonly because: string;
  readonly cause: number | null;
}

/** A way that requests took in a second, and how many did. */
export interface Route {
  readonly path: readonly string[];
  readonly ended: number;
  readonly failed: number;
}

/** What ended in a second. */
export interface SecondRecord {
  readonly routes: readonly Route[];
  /** How many took other ways than those named. */
  readonly elsewhere: number;
  readonly samples: readonly SampledRequest[];
}

/** Failures of one kind that ended in one second, until a step says so. */
export interface FailureReport {
  readonly failure: RequestFailure;
  readonly count: number;
  /** How many requests ended in the second. */
  readonly of: number;
  readonly because: string;
  readonly cause: number | null;
  readonly path: readonly string[];
  readonly podUid?: string;
}

/** The memory of a source. */
export interface TrafficMemory extends Memory {
  /** By `sent`, `ok`, `failed`, `failed <reason>`, and `unsent` for want of somebody to send. */
  readonly series: Map<string, Series>;
  /** How many requests reached each container, by its id. */
  readonly byContainer: Map<string, Series>;
  /** By second. */
  readonly seconds: Map<number, SecondRecord>;
  /** What is under way, in the order in which it was sent. */
  inFlight: readonly InFlight[];
  /** By who sends, and which of its clients. */
  readonly connections: Map<string, Connection>;
  /** By kind: what the next steps say. */
  readonly reports: Map<string, FailureReport>;
  /** Failures since the last second without one; 0: none. */
  failedInRow: number;
  failingSinceMs: number;
  /** The step that told of a failure last. */
  lastFailureStep: number | null;
  /** How many requests were sent so far. */
  sent: number;
  /** Whether nobody was there who could send, when something was to be sent last. */
  isSilent: boolean;
}

/** The memory of a source that has not sent anything. */
export function initialMemory(): TrafficMemory {
  return {
    series: new Map(),
    byContainer: new Map(),
    seconds: new Map(),
    inFlight: [],
    connections: new Map(),
    reports: new Map(),
    failedInRow: 0,
    failingSinceMs: 0,
    lastFailureStep: null,
    sent: 0,
    isSilent: false,
  };
}

/** Counts something in a second: the last that the series knows of, or a later one. */
export function countIn<K>(series: Map<K, Series>, key: K, second: number, amount: number): void {
  if (amount !== 0) series.set(key, add(series.get(key) ?? EMPTY_SERIES, second, amount));
}
