/**
 * Deletes Pods from Nodes with NoExecute taints, when their tolerations allow no longer.
 * Follows pkg/controller/tainteviction/taint_eviction.go. Reads Nodes and Pods; writes the DisruptionTarget condition and the
 * deletion of Pods. A planned eviction is plain data, checked again when its timer fires.
 */
import { setCondition } from '../../api/conditions';
import { type KubeObject, keyOf, splitKey } from '../../api/meta';
import { StatusError } from '../../api/status-error';
import { toleratesTaint } from '../../api/taint';
import type { Node, Pod, Taint, Toleration } from '../../api/types';
import type { Component, Context } from '../../client/component';

/** A planned eviction. Replaced, never mutated. */
interface Plan {
  readonly uid: string;
  readonly createdMs: number;
  readonly fireMs: number;
  /** It has been carried out; nothing more is planned for this Pod. */
  readonly done: boolean;
}

type TaintEvictionMemory = { readonly plans: Map<string, Plan> };
type EvictionContext = Context<TaintEvictionMemory>;

/** The taint eviction controller. */
export const taintEvictionController: Component<TaintEvictionMemory> = {
  name: 'taint-eviction-controller',
  process: 'kube-controller-manager',
  watches: [
    {
      kind: 'Node',
      filter: (_actor, { value, previous }) => value?.spec !== previous?.spec,
      on: (context, event) => context.afterBecause(0, 'node', event.key, event.step),
    },
    {
      kind: 'Pod',
      filter: (_actor, { value, previous }) => !value || value.spec !== previous?.spec,
      on: (context, event) => {
        if (!event.value) context.afterBecause(0, 'gone', event.key, event.step);
        else if ((event.value as Pod).spec.nodeName) syncPod(context, event.value as Pod);
      },
    },
  ],
  wakes: [
    { kind: 'Node', relation: 'watches' },
    { kind: 'Pod', relation: 'for' },
  ],
  initial: () => ({ plans: new Map() }),
  handle: (context, timer) => {
    if (timer.kind === 'node') syncNode(context, timer.key);
    else if (timer.kind === 'evict') evict(context, timer.key);
    else if (timer.kind === 'gone') forget(context, timer.key);
  },
};

function noExecuteTaints(node: Node | undefined): Taint[] {
  return node?.spec.taints?.filter((taint) => taint.effect === 'NoExecute') ?? [];
}

function syncNode(context: EvictionContext, name: string): void {
  const node = context.lister.get<Node>('Node', undefined, name);
  if (!node) return;
  for (const pod of context.lister.byIndex<Pod>('Pod', 'node', name)) planFor(context, pod, noExecuteTaints(node));
}

function syncPod(context: EvictionContext, pod: Pod): void {
  const taints = noExecuteTaints(context.lister.get<Node>('Node', undefined, pod.spec.nodeName as string));
  if (taints.length > 0 || context.memory.plans.has(keyOf(pod))) planFor(context, pod, taints);
}

/**
 * For how many ms a Pod may stay: the first toleration of each taint counts, the shortest of these decides; Infinity when all tolerate for ever, 0 when some taint
 * is not tolerated at all.
 */
export function stayMs(taints: readonly Taint[], tolerations: readonly Toleration[] | undefined): number {
  let shortest = Number.POSITIVE_INFINITY;
  for (const taint of taints) {
    const tolerating = tolerations?.find((toleration) => toleratesTaint(toleration, taint));
    if (!tolerating) return 0;
    const { tolerationSeconds } = tolerating;
    if (tolerationSeconds !== undefined) shortest = Math.min(shortest, Math.max(0, tolerationSeconds) * 1000);
  }
  return shortest;
}

/** Gives a planned eviction up and says so. */
function cancel(context: EvictionContext, pod: KubeObject): void {
  const { plans } = context.memory;
  const key = keyOf(pod);
  const plan = plans.get(key);
  if (!plan) return;
  plans.delete(key);
  if (plan.done) return;
  context.say('cancel', pod, `Pod ${pod.metadata.name} was to be evicted, and may stay after all`);
  context.events.record(pod, 'Normal', 'TaintManagerEviction', `Cancelling deletion of Pod ${key}`);
}

/** A Pod is gone. Nothing is left to plan, unless another one has taken its name. */
function forget(context: EvictionContext, key: string): void {
  const plan = context.memory.plans.get(key);
  if (!plan || context.lister.byKey<Pod>('Pod', key)?.metadata.uid === plan.uid) return;
  cancel(context, { apiVersion: 'v1', kind: 'Pod', metadata: splitKey(key) });
}

function planFor(context: EvictionContext, pod: Pod, taints: readonly Taint[]): void {
  const { plans } = context.memory;
  const key = keyOf(pod);
  const known = plans.get(key);
  const stay = stayMs(taints, pod.spec.tolerations);
  if (stay === Number.POSITIVE_INFINITY) {
    cancel(context, pod);
    return;
  }
  // A plan made earlier stands, as it ends no later than one made now; only a taint that is not tolerated at all overrules it.
  if (known && (known.done || known.fireMs === context.nowMs)) return;
  if (known && stay > 0 && known.createdMs < context.nowMs) return;
  cancel(context, pod);
  const fireMs = context.nowMs + stay;
  plans.set(key, { uid: pod.metadata.uid as string, createdMs: context.nowMs, fireMs, done: false });
  context.after(stay, 'evict', key);
}

function evict(context: EvictionContext, key: string): void {
  const plan = context.memory.plans.get(key);
  if (!plan || plan.done || plan.fireMs > context.nowMs) return;
  context.memory.plans.set(key, { ...plan, done: true });
  const pod = context.lister.byKey<Pod>('Pod', key);
  if (pod?.metadata.uid !== plan.uid) return;
  const { name, namespace } = pod.metadata;
  context.events.record(pod, 'Normal', 'TaintManagerEviction', `Marking for deletion Pod ${key}`);
  context.say(
    'delete',
    pod,
    `Pod ${name} may stay no longer on Node ${pod.spec.nodeName}, which has a NoExecute taint`,
  );
  try {
    markDisrupted(context, pod);
    context.client.delete('Pod', namespace, name);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    context.memory.plans.delete(key);
  }
}

function markDisrupted(context: EvictionContext, pod: Pod): void {
  const live = context.client.get<Pod>('Pod', pod.metadata.namespace, pod.metadata.name);
  const conditions = setCondition(live.status.conditions, {
    type: 'DisruptionTarget',
    status: 'True',
    observedGeneration: live.metadata.generation,
    reason: 'DeletionByTaintManager',
    message: 'Taint manager: deleting due to NoExecute taint',
    lastTransitionTime: context.now,
  });
  context.client.updateStatus({ ...live, status: { ...live.status, conditions } });
}
