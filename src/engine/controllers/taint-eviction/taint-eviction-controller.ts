/**
 * Deletes Pods from Nodes with NoExecute taints, when their tolerations allow no longer.
 * Follows pkg/controller/tainteviction/{taint_eviction,timed_workers}.go. Reads Nodes and Pods; writes the DisruptionTarget
 * condition and the deletion of Pods. Upstream's timers are plans in memory, each with a number that its timer carries, so that
 * a plan given up finds nothing to do. As there, Events name the Pod without its uid, and a plan is for a name, not a uid.
 */
import { setCondition } from '../../api/conditions';
import { type KubeObject, keyOf, splitKey } from '../../api/meta';
import { deepEqual } from '../../api/plain';
import { StatusError } from '../../api/status-error';
import { toleratesTaint } from '../../api/taint';
import type { Node, Pod, Taint, Toleration } from '../../api/types';
import type { Component, Context, WatchEvent } from '../../client/component';

/** A planned eviction. Replaced, never mutated. */
interface Plan {
  readonly number: number;
  /** It waits for its time; else it is being carried out and can't be given up any more. */
  readonly isTimed: boolean;
}

type TaintEvictionMemory = {
  /** By key of the Pod, until carried out. */
  readonly plans: Map<string, Plan>;
  /** NoExecute taints by Node, of those that have any, as they were when last acted upon. */
  readonly taintedNodes: Map<string, readonly Taint[]>;
  nextNumber: number;
};
type EvictionContext = Context<TaintEvictionMemory>;

const TRIES = 5;
const RETRY_MS = 10;

/** The taint eviction controller. */
export const taintEvictionController: Component<TaintEvictionMemory> = {
  name: 'taint-eviction-controller',
  process: 'kube-controller-manager',
  watches: [
    { kind: 'Node', filter: hasOtherSpec, on: onNodeChange },
    { kind: 'Pod', filter: hasOtherSpec, on: onPodChange },
  ],
  wakes: [
    { kind: 'Node', relation: 'watches' },
    { kind: 'Pod', relation: 'for' },
  ],
  initial: () => ({ plans: new Map(), taintedNodes: new Map(), nextNumber: 0 }),
  handle: (context, { kind, key }) => {
    const [first = '', rest = ''] = key.split(' ');
    if (kind === 'node') syncNode(context, key);
    else if (kind === 'pod') syncPod(context, first, rest);
    else if (kind === 'evict') carryOut(context, Number(first), rest);
    else if (kind === 'retry') tryToEvict(context, rest, Number(first));
  },
};

function noExecuteTaints(node: KubeObject | undefined): Taint[] {
  return (node as Node | undefined)?.spec.taints?.filter((taint) => taint.effect === 'NoExecute') ?? [];
}

/** What alone can matter. */
function hasOtherSpec(_actor: string, { value, previous }: WatchEvent): boolean {
  return !value || value.spec !== previous?.spec;
}

function onNodeChange(context: EvictionContext, { key, step, previous, value }: WatchEvent): void {
  if (previous && value && deepEqual(noExecuteTaints(previous), noExecuteTaints(value))) return;
  context.afterBecause(0, 'node', key, step);
}

function onPodChange(context: EvictionContext, { key, step, previous, value }: WatchEvent): void {
  const before = (previous as Pod | undefined)?.spec;
  const after = (value as Pod | undefined)?.spec;
  if (before && after && before.nodeName === after.nodeName && deepEqual(before.tolerations, after.tolerations)) return;
  context.afterBecause(0, 'pod', `${(after ?? before)?.nodeName ?? ''} ${key}`, step);
}

function syncNode(context: EvictionContext, name: string): void {
  const { taintedNodes } = context.memory;
  const node = context.lister.get<Node>('Node', undefined, name);
  const taints = noExecuteTaints(node);
  if (taints.length > 0) taintedNodes.set(name, taints);
  else taintedNodes.delete(name);
  if (!node) return;
  for (const pod of context.lister.byIndex<Pod>('Pod', 'node', name)) {
    if (taints.length === 0) cancel(context, keyOf(pod));
    else planFor(context, pod, taints);
  }
}

/** Plans of a Pod that is gone are given up; of one that is on another Node by now, nothing is known here. */
function syncPod(context: EvictionContext, nodeName: string, key: string): void {
  const pod = context.lister.byKey<Pod>('Pod', key);
  if (!pod) {
    cancel(context, key);
    return;
  }
  if ((pod.spec.nodeName ?? '') !== nodeName) return;
  const taints = context.memory.taintedNodes.get(nodeName);
  if (taints) planFor(context, pod, taints);
}

/**
 * For how many ms a Pod may stay: the first toleration of each taint counts, the shortest of these decides; Infinity when all
 * tolerate for ever, undefined when some taint is not tolerated at all.
 */
export function stayMs(taints: readonly Taint[], tolerations: readonly Toleration[] | undefined): number | undefined {
  let shortest = Number.POSITIVE_INFINITY;
  for (const taint of taints) {
    const tolerating = tolerations?.find((toleration) => toleratesTaint(toleration, taint));
    if (!tolerating) return undefined;
    const { tolerationSeconds } = tolerating;
    if (tolerationSeconds !== undefined) shortest = Math.min(shortest, Math.max(0, tolerationSeconds) * 1000);
  }
  return shortest;
}

function planFor(context: EvictionContext, pod: Pod, taints: readonly Taint[]): void {
  const key = keyOf(pod);
  const stay = stayMs(taints, pod.spec.tolerations);
  if (stay === undefined) {
    cancel(context, key);
    plan(context, key, 0);
  } else if (stay === Number.POSITIVE_INFINITY) {
    cancel(context, key);
  } else {
    // An earlier plan stands, whatever its time: it was made before a new one would be.
    plan(context, key, stay);
  }
}

function plan({ memory, after }: EvictionContext, key: string, stay: number): void {
  if (memory.plans.has(key)) return;
  const number = memory.nextNumber++;
  memory.plans.set(key, { number, isTimed: stay > 0 });
  after(stay, 'evict', `${number} ${key}`);
}

/** Events are about a name alone. */
function reference(key: string): KubeObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: splitKey(key) };
}

/** Gives a planned eviction up and says so. */
function cancel(context: EvictionContext, key: string): void {
  const { plans } = context.memory;
  const known = plans.get(key);
  if (!known?.isTimed) return;
  plans.delete(key);
  const pod = context.lister.byKey<Pod>('Pod', key) ?? reference(key);
  context.say('cancel', pod, `Pod ${pod.metadata.name} was to be evicted, and may stay after all`);
  context.events.record(reference(key), 'Normal', 'TaintManagerEviction', `Cancelling deletion of Pod ${key}`);
}

function carryOut(context: EvictionContext, number: number, key: string): void {
  const { plans } = context.memory;
  const known = plans.get(key);
  if (known?.number !== number) return;
  context.events.record(reference(key), 'Normal', 'TaintManagerEviction', `Marking for deletion Pod ${key}`);
  plans.set(key, { number, isTimed: false });
  tryToEvict(context, key, 1);
}

/** Five tries, 10 ms apart; then the plan is forgotten, whatever came of it. */
function tryToEvict(context: EvictionContext, key: string, attempt: number): void {
  const { namespace, name } = splitKey(key);
  const pod = context.lister.byKey<Pod>('Pod', key) ?? (reference(key) as Pod);
  const where = pod.spec?.nodeName ? ` on Node ${pod.spec.nodeName}, which has a NoExecute taint` : '';
  try {
    markDisrupted(context, namespace, name);
    context.client.delete('Pod', namespace, name);
    context.say('delete', pod, `Pod ${name} may stay no longer${where}`);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    const next = attempt < TRIES ? `tries again in ${RETRY_MS} ms` : 'gives up';
    context.say('delete', pod, `Could not evict Pod ${name}: ${error.message}; ${next}`);
    if (attempt < TRIES) {
      context.after(RETRY_MS, 'retry', `${attempt + 1} ${key}`);
      return;
    }
  }
  context.memory.plans.delete(key);
}

function markDisrupted(context: EvictionContext, namespace: string, name: string): void {
  const live = context.client.get<Pod>('Pod', namespace, name);
  const conditions = setCondition(live.status.conditions, {
    type: 'DisruptionTarget',
    status: 'True',
    observedGeneration: live.metadata.generation,
    reason: 'DeletionByTaintManager',
    message: 'Taint manager: deleting due to NoExecute taint',
    lastTransitionTime: context.now,
  });
  if (deepEqual(conditions, live.status.conditions)) return;
  context.client.updateStatus({ ...live, status: { ...live.status, conditions } });
}
