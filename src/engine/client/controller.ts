/**
 * The shape every controller has: declared triggers, a level-triggered `reconcile(ctx, key)` and one policy for what
 * happens after it. A reconcile is one timer and, if it did anything, one step.
 * Follows the contract of controller-runtime (Source → handler → queue → Reconciler).
 */
import { controllerOf, joinKey, type KubeObject, keyOf } from '../api/meta';
import { deepEqual } from '../api/plain';
import { kindId } from '../api/scheme';
import { StatusError } from '../api/status-error';
import type { Component, Context, Memory, Watch, WatchEvent } from './component';
import {
  type BackoffLimits,
  backoffMs,
  dequeue,
  enqueue,
  forget,
  newWorkQueue,
  putOff,
  takeDue,
  type WorkQueue,
} from './workqueue';

/** What a reconcile asks for afterwards. `error` backs off exponentially. `cause`: the step from which the time is reckoned, if not the present one. */
export type Result = undefined | Requeue | { readonly error: string };

/** A key is to be looked at again. */
export interface Requeue {
  readonly requeueAfterMs: number;
  readonly cause?: number | undefined;
}

/** Memory of every controller: its queue, and whatever fields of its own it declares. */
export interface ControllerMemory extends Memory {
  readonly queue: WorkQueue;
}

/** A further kind whose changes wake keys. */
export interface ControllerWatch<M extends ControllerMemory> {
  readonly kind: string;
  /** The keys of the `for` kind this change wakes. */
  readonly map?: (context: Context<M>, event: WatchEvent) => readonly string[];
  /** For bookkeeping (expectations, counters); called before map. */
  readonly observe?: (context: Context<M>, event: WatchEvent) => void;
  /** As {@link Watch.filter}. */
  readonly filter?: Watch<M>['filter'];
}

/** The declaration of a controller. */
export interface ControllerDeclaration<M extends ControllerMemory> {
  /** The actor, e.g. `deployment-controller`. */
  readonly name: string;
  /** How its Events name it, where that differs. */
  readonly eventSource?: string;
  /** The kind whose keys are reconciled. */
  readonly for: string;
  /** Kinds whose controller owner (of the `for` kind) is woken by their changes. */
  readonly owns?: readonly (string | ControllerWatch<M>)[];
  readonly watches?: readonly ControllerWatch<M>[];
  /** Further kinds it reads but is not woken by. */
  readonly reads?: readonly string[];
  /** Fresh memory beside the queue. */
  readonly memory?: () => Omit<M, 'queue'>;
  /** Which changes of the `for` kind matter, as {@link Watch.filter}. */
  readonly filter?: Watch<M>['filter'];
  /** Called for each delivered change of the `for` kind before its key is queued. */
  readonly observe?: (context: Context<M>, event: WatchEvent) => void;
  /** How long a key waits after a change of its object, in ms; of several changes the first counts. Default: not at all. */
  readonly changesWaitMs?: (context: Context<M>) => number;
  readonly start?: (context: Context<M>) => void;
  readonly reconcile: (context: Context<M>, key: string) => Result;
  /** How a change of the `for` kind is queued; default: its key at once. */
  readonly enqueue?: (context: Context<M>, event: WatchEvent) => void;
  /** How long failures put a key off; default: 5 ms, doubled. */
  readonly backoff?: BackoffLimits;
  /** After so many failures in a row a key is dropped until something wakes it again; default: never. */
  readonly maxRetries?: number;
  /** Timers of its own kinds (not 'work' or 'requeue'). */
  readonly onTimer?: (context: Context<M>, kind: string, key: string) => void;
}

/** Puts a key into the controller's queue, caused by `cause`, and wakes the worker. */
export function enqueueKey(context: Context<ControllerMemory>, key: string, cause = context.cause): void {
  const wasIdle = context.memory.queue.waiting.size === 0;
  if (enqueue(context.memory.queue, key, cause) && wasIdle) context.afterBecause(0, 'work', '', cause);
}

/** Has a key reconciled after a delay (`AddAfter`), because of the present step or of `cause`; of several wishes the earliest counts. */
export function enqueueAfter(
  context: Context<ControllerMemory>,
  key: string,
  delayMs: number,
  cause?: number | null,
): void {
  const waitMs = Math.max(1, Math.ceil(delayMs));
  if (!putOff(context.memory.queue, key, context.nowMs + waitMs)) return;
  if (cause === undefined) context.after(waitMs, 'requeue', key);
  else context.afterBecause(waitMs, 'requeue', key, cause);
}

/** The step that gave an object its present spec: what leads to everything that is done by the clock, as the spec asks. */
export function specSince<T extends KubeObject>({ lister }: Context, kind: string, object: T): number | undefined {
  return lister.since(kind, object, ({ spec }) => deepEqual(spec, object.spec));
}

/** Has a key reconciled again after a failure (`AddRateLimited`). */
export function enqueueRateLimited(context: Context<ControllerMemory>, key: string): void {
  enqueueAfter(context, key, backoffMs(context.memory.queue, key));
}

function requeue(context: Context<ControllerMemory>, key: string, cause: number | null): void {
  if (takeDue(context.memory.queue, key, context.nowMs)) enqueueKey(context, key, cause);
}

function ownerKeys(forKind: string, event: WatchEvent): string[] {
  const keys: string[] = [];
  for (const object of [event.value, event.previous]) {
    const owner = object && controllerOf(object);
    if (!owner || kindId(owner.apiVersion, owner.kind) !== forKind) continue;
    const key = joinKey(object?.metadata.namespace, owner.name);
    if (!keys.includes(key)) keys.push(key);
  }
  return keys;
}

function filtered<M extends Memory>({ filter }: Pick<Watch<M>, 'filter'>): Pick<Watch<M>, 'filter'> {
  return filter ? { filter } : {};
}

function watchesOf<M extends ControllerMemory>(declaration: ControllerDeclaration<M>): Watch<M>[] {
  const watches: Watch<M>[] = [
    {
      kind: declaration.for,
      on: (context, event) => {
        declaration.observe?.(context, event);
        const key = keyOf((event.value ?? event.previous) as KubeObject);
        if (declaration.enqueue) declaration.enqueue(context, event);
        else if (declaration.changesWaitMs) enqueueAfter(context, key, declaration.changesWaitMs(context));
        else enqueueKey(context, key, event.step);
      },
      ...filtered(declaration),
    },
  ];
  for (const entry of declaration.owns ?? []) {
    const owned: ControllerWatch<M> = typeof entry === 'string' ? { kind: entry } : entry;
    watches.push({
      kind: owned.kind,
      on: (context, event) => {
        owned.observe?.(context, event);
        const keys = owned.map ? owned.map(context, event) : ownerKeys(declaration.for, event);
        for (const key of keys) enqueueKey(context, key, event.step);
      },
      ...filtered(owned),
    });
  }
  for (const watch of declaration.watches ?? []) {
    watches.push({
      kind: watch.kind,
      on: (context, event) => {
        watch.observe?.(context, event);
        for (const key of watch.map?.(context, event) ?? []) enqueueKey(context, key, event.step);
      },
      ...filtered(watch),
    });
  }
  for (const kind of declaration.reads ?? []) watches.push({ kind, on: () => undefined });
  return watches;
}

/** A lost race (409) is everyday and stays unsaid, as does a cache that lags behind. */
function retry<M extends ControllerMemory>(
  declaration: ControllerDeclaration<M>,
  context: Context<M>,
  key: string,
  refusal: StatusError | undefined,
): void {
  const { queue } = context.memory;
  const { maxRetries = Number.POSITIVE_INFINITY } = declaration;
  const isDropped = (queue.failures.get(key) ?? 0) >= maxRetries;
  const delayMs = isDropped ? undefined : backoffMs(queue, key, declaration.backoff);
  if (delayMs === undefined) forget(queue, key);
  else enqueueAfter(context, key, delayMs);
  if (!refusal || refusal.reason === 'Conflict') return;
  const next = delayMs === undefined ? 'not trying again before something changes' : `trying again in ${delayMs} ms`;
  context.say('retry', context.lister.byKey(declaration.for, key), `Refused: ${refusal.message}; ${next}`);
}

function work<M extends ControllerMemory>(declaration: ControllerDeclaration<M>, context: Context<M>): void {
  const { queue } = context.memory;
  const item = dequeue(queue);
  if (!item) return;
  let result: Result;
  let refusal: StatusError | undefined;
  try {
    result = declaration.reconcile(context, item.key);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    refusal = error;
    result = { error: error.message };
  }
  if (result && 'error' in result) retry(declaration, context, item.key, refusal);
  else {
    forget(queue, item.key);
    if (result) enqueueAfter(context, item.key, result.requeueAfterMs, result.cause);
  }
  for (const cause of queue.waiting.values()) {
    context.afterBecause(0, 'work', '', cause);
    break;
  }
}

/** Makes a component of a controller's declaration. It runs in kube-controller-manager. */
export function defineController<M extends ControllerMemory = ControllerMemory>(
  declaration: ControllerDeclaration<M>,
): Component<M> {
  return {
    name: declaration.name,
    process: 'kube-controller-manager',
    eventSource: declaration.eventSource ?? declaration.name,
    watches: watchesOf(declaration),
    wakes: [
      { kind: declaration.for, relation: 'for' },
      ...(declaration.owns ?? []).map((entry) => ({
        kind: typeof entry === 'string' ? entry : entry.kind,
        relation: 'owns' as const,
      })),
      ...(declaration.watches ?? []).map((entry) => ({ kind: entry.kind, relation: 'watches' as const })),
    ],
    initial: () => ({ queue: newWorkQueue(), ...(declaration.memory?.() ?? {}) }) as M,
    start: declaration.start,
    handle: (context, timer) => {
      if (timer.kind === 'work') work(declaration, context);
      else if (timer.kind === 'requeue') requeue(context, timer.key, timer.cause);
      else declaration.onTimer?.(context, timer.kind, timer.key);
    },
  };
}
