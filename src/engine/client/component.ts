/**
 * What every simulated component is: a name, the kinds it watches, plain memory, and one synchronous handler.
 * Memory rule (checkpoints copy it one level deep, so this is what makes fork and rewind exact): every field is a
 * primitive, or an array, Map, Set or record whose *values are never mutated*, only replaced. No closures, no class
 * instances. What can be rebuilt from the lister belongs in `derived` (client/derived.ts), which is never saved.
 */
import type { KubeObject } from '../api/meta';
import { isCustomKind } from '../api/scheme';
import type { Pod } from '../api/types';
import { driverNamedBy } from '../api/volume-provisioners';
import type { Random } from '../kernel/random';
import type { Timer } from '../kernel/timers';
import type { LogEntry } from '../store/store';
import type { Client, Lister } from './client';
import type { Derived } from './derived';
import type { Environment } from './environment';
import type { EventRecorder } from './event-recorder';

/** What a component watches to be told of every custom kind, whichever are defined. */
export const CUSTOM_KINDS = 'custom kinds';

/** What a component must watch to be told of a kind. */
export function watchedAs(kind: string): string {
  return isCustomKind(kind) ? CUSTOM_KINDS : kind;
}

/** A change as a component's informer sees it. */
export interface WatchEvent extends LogEntry<KubeObject> {
  /** Found in a list, as when a process starts or its watch had been broken: what happened before is not known. */
  readonly relisted?: boolean;
}

/** Plain data that a checkpoint can hold. See the memory rule in the header. */
export type Memory = Record<string, unknown>;

/** The object a step is about, as the trace names it. */
export interface ObjectReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly resourceVersion: string;
}

/** What a component is given at each call. */
export interface Context<M extends Memory = Memory> {
  /** The component's name: its actor in the trace. */
  readonly actor: string;
  /** Virtual ms since the start. */
  readonly nowMs: number;
  /** How long the requests of this call have taken so far, in virtual ms: what comes after them comes so much later. */
  readonly elapsedMs: number;
  /** The cluster's clock as metav1.Time: RFC 3339, whole seconds. */
  readonly now: string;
  /** The cluster's clock as metav1.MicroTime. */
  readonly nowMicro: string;
  /** The ms of a stored metav1.Time or MicroTime on the virtual clock. */
  timeOf(timestamp: string): number;
  readonly memory: M;
  /** Caches that can be rebuilt from the lister at any time; empty after a restore. Never part of a checkpoint. */
  readonly derived: Derived;
  readonly lister: Lister;
  readonly client: Client;
  readonly events: EventRecorder;
  readonly random: Random;
  /** The context of the machine this component runs on (`Component.machine`): machine rooms give it a face. */
  readonly machine: Context;
  /** The context of another component of a sort that this one `reads`. Undefined when there is none. */
  peer(actor: string): Context | undefined;
  /** The number of the step that this call becomes, if it becomes one: for memory that says what led to it. */
  readonly step: number;
  /** The step that led to this call. */
  readonly cause: number | null;
  /** Faults and outside circumstances, read-only for components other than `fault`. */
  readonly environment: Environment;
  /** The input a timer of kind `input/<kind>` carries; its key names it. */
  input(key: string): { readonly kind: string; readonly payload: unknown };
  /** This component's flags from the scenario (`spec.components`), by flag name. */
  flag(name: string): string | undefined;
  /** Wakes this component again: its handle() is called with a timer of that kind and key. */
  after(delayMs: number, kind: string, key: string): void;
  /** As after(), but with a cause other than the present step. */
  afterBecause(delayMs: number, kind: string, key: string, cause: number | null): void;
  /** Wakes another component at once: how the `fault` component tells a machine what befalls it. Nobody else uses it. */
  wake(actor: string, kind: string, key: string): void;
  /**
   * Names this step for the trace: what the component did to what, in one plain sentence. The first call wins;
   * without a call the step is named after its first write; with neither, the timer leaves no step.
   */
  say(verb: string, object: KubeObject | ObjectReference | undefined, message: string): void;
  /**
   * What led to this step, where that is not what woke the component: a check that was put off long ago may find what has come since. A time that
   * is over is reckoned from something; `undefined` leaves the cause as it is.
   */
  because(step: number | undefined): void;
  /** Attaches structured evidence to this step (e.g. every node's verdict), kept by the trace and shown by *why*. */
  attach(detail: unknown): void;
}

/** Kinds a component watches and what it does with their changes. */
export interface Watch<M extends Memory = Memory> {
  readonly kind: string;
  /** Called for each delivered change, in order of revision. Should only enqueue and keep counts. */
  on(context: Context<M>, event: WatchEvent): void;
  /** Says of a change whether it concerns the component at all (a kubelet wants only its own Pods). Pure; default: all. */
  readonly filter?: (actor: string, event: WatchEvent) => boolean;
  /** Whether the component watches the kind at present; default: always. What happens meanwhile is never delivered. */
  open?(memory: M): boolean;
  /** Only changes of this Node, and of Pods that are, or were last, on it; of what names this storage driver. */
  readonly of?: string;
}

/**
 * The Node that changed, or that of a Pod; the driver that a claim, a volume or an attachment names. Undefined for those without, and for
 * other kinds.
 */
export function addresseeOf({
  kind,
  value,
  previous,
}: Pick<WatchEvent, 'kind' | 'value' | 'previous'>): string | undefined {
  const object = value ?? previous;
  switch (kind) {
    case 'Node':
      return object?.metadata.name;
    case 'Pod':
      return (object as Pod | undefined)?.spec?.nodeName;
    case 'PersistentVolumeClaim':
    case 'PersistentVolume':
    case 'VolumeAttachment':
      return object && driverNamedBy(object);
    default:
      return undefined;
  }
}

/** Whether a change of the watched kind concerns a component. */
export function concerns(watch: Watch, actor: string, event: WatchEvent): boolean {
  if (watch.of !== undefined && addresseeOf(event) !== watch.of) return false;
  return !watch.filter || watch.filter(actor, event);
}

/** A watch that only keeps a kind for the lister to read as it is now: its changes are delivered to nobody, and cost nothing. */
export function cacheOf(kind: string): Watch {
  return { kind, on: () => undefined, filter: nothing };
}

const nothing = (): boolean => false;

/** Whether a watch only keeps a cache. */
export function isCacheOnly({ filter }: Watch): boolean {
  return filter === nothing;
}

/** One of a component's workers (a goroutine upstream): it does one thing after another, and waits for the requests it makes. */
export interface Worker {
  readonly name: string;
  /** How long each thing takes beside its requests; default 0. */
  readonly costMs?: number;
}

/** One simulated component. */
export interface Component<M extends Memory = Memory> {
  readonly name: string;
  /** The `--component` it runs in, for `component-down` (`kube-controller-manager`, `kube-scheduler`, `kubelet`, `user` …). */
  readonly process: string;
  /** The node it runs on, for kubelets and kube-proxies. */
  readonly node?: string;
  /** The component that is its machine, for the agents of a node: asked synchronously through `context.machine`. */
  readonly machine?: string;
  /**
   * The components it can ask through `context.peer`, by the part of their names before a slash. For what physics joins (networks, machines), never for what real
   * components would ask the API server.
   */
  readonly reads?: readonly string[];
  /** How its Events name it (`source.component`); default: name. */
  readonly eventSource?: string;
  readonly watches: readonly Watch<M>[];
  /** The workers by the kinds of timers they take; other kinds wait for nothing. Default: each kind has its own. */
  readonly workers?: Readonly<Record<string, Worker>>;
  /** Which kinds wake which (`for`, `owns`, `watches`), for the drawing of who wakes whom. */
  readonly wakes?: readonly { readonly kind: string; readonly relation: 'for' | 'owns' | 'watches' }[];
  /**
   * A Map of its memory with many large values, which nobody knows again by their identity: checkpoints put equal ones in their place that
   * take less room.
   */
  readonly laidOut?: string;
  /** Fresh memory. */
  initial(): M;
  /** Called once at time 0 (or when the component starts). Sets first timers. */
  start?(context: Context<M>): void;
  /** Called for each timer addressed to the component. */
  handle(context: Context<M>, timer: Timer): void;
  /**
   * Called when that threw, for what people do (process `user`) only: ends whatever the timer was about, with a message.
   * An exception elsewhere stops the run.
   */
  onError?(context: Context<M>, timer: Timer, error: unknown): void;
}
