/**
 * THE door to the engine, as others see it: what a run depends on and what can be asked of it. `create-simulation.ts` implements it.
 */
import type { KubeObject } from './api/meta';
import type { Component, Memory, WatchEvent } from './client/component';
import type { ActiveFault } from './client/environment';
import type { Timer } from './kernel/timers';
import type { UsageProfile } from './measures/usage';
import type { LogEntry } from './store/store';
import type { TraceStep } from './trace/trace';

/** A simulated machine. Quantities as Kubernetes writes them. */
export interface NodeConfig {
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly taints?: readonly { readonly key: string; readonly value?: string; readonly effect: string }[];
  readonly capacity?: Readonly<Record<string, string>>;
  readonly joinsAtMs?: number;
  /** Manifests in its folder of static Pods from the beginning. */
  readonly staticPods?: readonly KubeObject[];
}

/** How containers behave: the contract's `programs` entries with durations in ms. */
export interface ProgramConfig {
  readonly image?: string;
  readonly container?: string;
  readonly selector?: string;
  readonly pull?: number | { readonly error: string } | { readonly credentials: string; readonly afterMs?: number };
  /** Of the image. */
  readonly sizeBytes?: number;
  readonly startMs?: number;
  readonly listen?: readonly {
    readonly port: number;
    readonly afterMs?: number;
    readonly path?: string;
    readonly status?: number;
    readonly latencyMs?: number;
  }[];
  readonly exit?: { readonly afterMs: number; readonly code: number };
  readonly sigterm?: 'ignore' | { readonly exitAfterMs: number; readonly code?: number };
  /** What it uses of CPU and memory; what is not said is the default of measures/usage.ts. */
  readonly usage?: Partial<UsageProfile>;
}

/** Who sends the requests of a source. */
export type TrafficSender =
  | { readonly kind: 'outside' }
  | { readonly kind: 'node'; readonly node: string }
  /** Every running Pod of the namespace that the selector's text matches, by turns. */
  | { readonly kind: 'pods'; readonly selector: string; readonly namespace: string };

/** A source of requests: the contract's `traffic` entries with durations in ms. */
export interface TrafficConfig {
  /** Differs from that of all other sources. */
  readonly name: string;
  readonly sender: TrafficSender;
  readonly target: {
    readonly scheme: 'http' | 'https';
    readonly host: string;
    readonly port: number;
    readonly path: string;
  };
  /** Requests per second, linear between points in order of time, constant after the last, none before the first. */
  readonly load: readonly { readonly atMs: number; readonly perSecond: number }[];
  readonly fromMs: number;
  /** Default: for ever. */
  readonly toMs?: number;
  readonly timeoutMs: number;
  /** How often a request that failed is sent again. */
  readonly retries: number;
  /** Whether each client keeps its connection for its next request. */
  readonly keepAlive: boolean;
  /** How many clients send by turns, each with an address of its own if they are outside. */
  readonly clients: number;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Something a person or a fault does. `payload` is plain data whose meaning the receiving component knows. */
export interface Input {
  /** The component that receives it: `user` or `fault`. */
  readonly to: string;
  readonly kind: string;
  readonly payload: unknown;
}

/**
 * An input at a time (scenario actions), before all else that is due then or after `afterSteps` steps of that ms; or by hand: exactly after `afterTimer` timers had fired, at `atMs`. `afterStep` is the
 * step a person saw then.
 */
export type TimedInput = Input &
  (
    | { readonly atMs: number; readonly afterSteps?: number }
    | { readonly atMs: number; readonly afterTimer: number; readonly afterStep: number }
  );

/** What a person did. */
export type HandInput = Extract<TimedInput, { readonly afterTimer: number }>;

/** Tells what people did from what the scenario does. */
export const isByHand = (input: TimedInput): input is HandInput => 'afterTimer' in input;

/** Budgets. Reaching one pauses the run with a message; all can be raised. */
export interface Limits {
  readonly maxObjects: number;
  readonly maxStepsPerSecond: number;
  readonly maxRevisions: number;
  /** Timers that fire in one virtual ms: what ends a loop in which time stands still. */
  readonly maxTimersPerMs: number;
  readonly maxTimersPerSecond: number;
}

/** All a run depends on. Same config, same steps. */
export interface SimulationConfig {
  readonly seed: number;
  /** RFC 3339; virtual time 0 on the cluster's clocks. */
  readonly startTime: string;
  readonly nodes: readonly NodeConfig[];
  /** Flags by component process and flag name. */
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly programs: readonly ProgramConfig[];
  readonly traffic?: readonly TrafficConfig[];
  readonly inputs: readonly TimedInput[];
  readonly limits?: Partial<Limits>;
}

/** Why a run returned. */
export interface RunResult {
  readonly stopped: 'time' | 'steps' | 'timers' | 'idle' | 'limit' | 'failed';
  /** For `limit` and `failed`: what people should read. */
  readonly message?: string;
}

/** What one component is about at the head: what it has been told and not looked at yet, and what it remembers. */
export interface ComponentState {
  readonly component: Component;
  /** All changes up to this revision have reached its caches. */
  readonly seenRevision: number;
  /** Changes on their way to it, oldest first. */
  readonly inbox: readonly WatchEvent[];
  /** A fault keeps it from the API server, or has stopped it. */
  readonly standing: 'running' | 'cut-off' | 'stopped';
  /** Its memory, to be read only. */
  readonly memory: Readonly<Record<string, unknown>>;
}

/** Something a firing read, and what it found. */
export interface Read {
  /** The component's own cache, something kept up to date beside that, or the API server itself. */
  readonly from: 'cache' | 'derived' | 'server';
  /** A kind; of derived caches their name, of the server the resource. */
  readonly kind: string;
  /** A key, `namespace/*`, `*`, or an index with its value (`controller=UID`). */
  readonly what: string;
  /** How many objects the cache had; 0 where that is not known. */
  readonly count: number;
  /** The first of them, as of which revision the cache had them. */
  readonly named: readonly { readonly key: string; readonly revision: number }[];
}

/** One branch of time: everything up to its head can be looked at, only the head moves. */
export interface Simulation {
  readonly config: SimulationConfig;
  /** The latest step. */
  readonly step: number;
  /** Virtual ms of the head: how far time has run. */
  readonly nowMs: number;
  readonly revision: number;
  /** Everything done by hand, for links: what has happened and, after a link was opened, what is still to be replayed. */
  readonly inputs: readonly TimedInput[];
  /** Raises or lowers budgets from now on. */
  setLimits(limits: Partial<Limits>): void;
  /**
   * Runs until time, a step count, or a limit. `maxSteps` and `maxTimers` bound this call (slicing never alters a run);
   * most timers of probes and processes make no step, so whoever needs an answer soon bounds both.
   */
  run(until: { timeMs?: number; step?: number; maxSteps?: number; maxTimers?: number }): RunResult;
  /**
   * Injects an input at the head, right now. A run that failed goes on with it, and then tries again what failed. `isFirst`: before what is due at
   * this very moment, to ask how all stands; only in a branch that is thrown away, as none of it is kept for a replay.
   */
  act(input: Input, isFirst?: boolean): void;
  /** A new branch that stands exactly at `step`; this one stays as it is. */
  fork(step: number): Simulation;
  /** The record of a step (1-based). */
  traceAt(step: number): TraceStep;
  /** What a step's firing read: it is run once more for that. */
  readsAt(step: number): readonly Read[];
  /** Evidence attached to a step, if any. */
  detailAt(step: number): unknown;
  /** Steps with `from <= step <= to`. */
  trace(from: number, to: number): readonly TraceStep[];
  /** The last step at or before a time. */
  stepAtTime(ms: number): number;
  /** The store revision after a step. */
  revisionAt(step: number): number;
  objectAt(step: number, kind: string, namespace: string | undefined, name: string): KubeObject | undefined;
  objectsAt(step: number, kind: string): KubeObject[];
  /** Kinds that ever held objects, sorted. */
  kinds(): string[];
  /** Changes with `after < revision <= upTo`, oldest first. */
  changes(after: number, upTo: number): readonly LogEntry<KubeObject>[];
  /** Keys of a kind that hold something else at the second step than at the first, with what they hold then. */
  differences(kind: string, fromStep: number, toStep: number): ReadonlyMap<string, KubeObject | undefined>;
  history(
    kind: string,
    namespace: string | undefined,
    name: string,
  ): { revision: number; value: KubeObject | undefined }[];
  /** The step that wrote a revision. */
  stepOfRevision(revision: number): number;
  /** What a component remembers at the head: to be read only. Measures in it are append-only, so they tell of the past too. */
  memoryOf(actor: string): Memory | undefined;
  /** What will happen next, soonest first. */
  upcoming(count: number): Timer[];
  /** How the components stand at the head. */
  componentStates(): readonly ComponentState[];
  /** The faults that hold at the head, in the order in which they struck. */
  activeFaults(): readonly ActiveFault[];
  /** The components, for "who wakes whom". */
  readonly components: readonly Component[];
}
