/**
 * What a DaemonSet needs done now: Pods that nodes lack or have too many of, else the next step of its rolling update.
 * Follows manage, the back-off of failed Pods in podsShouldBeOnNode, and rollingUpdate in pkg/controller/daemon.
 */

import { isPodAvailable } from '../../api/conditions';
import { counted } from '../../api/counted';
import { keyOf } from '../../api/meta';
import type { DaemonSet, Pod } from '../../api/types';
import { enqueueAfter } from '../../client/controller';
import { areUpdated, marksOf, type RevisionMarks, templateGenerationOf } from './daemon-pod';
import { DAEMON_VIEWS, type DaemonView } from './daemon-view';
import { type DeletionReason, type PlanSettings, planNode } from './placement';
import { planRolling, rollingBounds } from './rolling';
import { type DaemonContext, exclusions, named } from './words';

/** Names of the nodes that get a Pod, and of the Pods that go. */
export interface Work {
  readonly nodes: readonly string[];
  readonly pods: readonly string[];
}

const INITIAL_BACKOFF_MS = 1000;
const MAX_BACKOFF_MS = 15 * 60_000;
/** How many nodes are kept as evidence. */
const EVIDENCE_NODES = 50;

const REASONS: Readonly<Record<DeletionReason, string>> = {
  failed: 'failed',
  succeeded: 'ended',
  surplus: 'one too many on its node',
  unfit: 'on a node it may not run on any more',
  replaced: 'replaced by a newer one',
  'node gone': 'meant for a node that is gone',
};

function evidenceOf(view: DaemonView): unknown {
  const nodes = view.nodes.entries().slice(0, EVIDENCE_NODES);
  return nodes.map(([node, { placement, pods }]) => ({
    node,
    shouldRun: placement?.shouldRun ?? false,
    ...(placement?.obstacle ? { why: placement.obstacle } : {}),
    pods: pods.map(({ metadata }) => metadata.name),
  }));
}

/** The marks that Pods of the present revision carry. */
export function presentMarks(daemonSet: DaemonSet, hash: string): RevisionMarks {
  return { hash, generation: templateGenerationOf(daemonSet) };
}

/** Pods that are missing, surplus, over or where they may not be; undefined when there are none. */
export function planManage(context: DaemonContext, daemonSet: DaemonSet, hash: string): Work | undefined {
  const view = context.derived.read(DAEMON_VIEWS, keyOf(daemonSet));
  if (view.unsettled.size === 0) return undefined;
  const settings: PlanSettings = {
    nowMs: context.nowMs,
    timeOf: (timestamp) => context.timeOf(timestamp),
    allowsSurge: rollingBounds(daemonSet, 1).maxSurge > 0,
    marks: presentMarks(daemonSet, hash),
    minReadySeconds: daemonSet.spec.minReadySeconds ?? 0,
  };
  const nodes: string[] = [];
  const going: { readonly name: string; readonly why: DeletionReason }[] = [];
  for (const name of view.unsettled.keys()) {
    const state = view.nodes.get(name);
    if (!state) continue;
    const plan = planNode(state, settings);
    if (plan.create) nodes.push(name);
    for (const { pod, why } of plan.deletions) {
      if (mayDelete(context, daemonSet, name, pod, why)) going.push({ name: pod.metadata.name, why });
    }
  }
  if (nodes.length + going.length === 0) return undefined;
  const reasons = [...new Set(going.map(({ why }) => why))].map((why) => {
    const names = going.filter((one) => one.why === why).map(({ name }) => name);
    return `deleting ${named(names)} (${REASONS[why]})`;
  });
  const creating = nodes.length > 0 ? [`creating ${counted(nodes.length, 'Pod')} for ${named(nodes)}`] : [];
  const belongs = `belongs on ${view.desired} of ${counted(view.desired + unfitOf(view), 'node')}${exclusions(view)}`;
  const sentence = `DaemonSet ${daemonSet.metadata.name} ${belongs}: ${[...creating, ...reasons].join('; ')}`;
  context.say('reconcile', daemonSet, sentence);
  context.attach({ desired: view.desired, creating: nodes, deleting: going, nodes: evidenceOf(view) });
  return { nodes, pods: going.map(({ name }) => name) };
}

function unfitOf(view: DaemonView): number {
  return view.nodes.entries().filter(([, { placement }]) => placement && !placement.shouldRun).length;
}

/** Says of a Pod that is over why it goes. A failed one may have to wait: each time twice as long. */
function mayDelete(context: DaemonContext, daemonSet: DaemonSet, node: string, pod: Pod, why: DeletionReason): boolean {
  const { name, namespace } = pod.metadata;
  if (why === 'succeeded') {
    const message = `Found succeeded daemon pod ${namespace}/${name} on node ${node}, will try to delete it`;
    context.events.record(daemonSet, 'Normal', 'SucceededDaemonPod', message);
  }
  if (why !== 'failed') return true;
  const { backoffs } = context.memory;
  const key = `${daemonSet.metadata.uid}/${daemonSet.status.observedGeneration ?? 0}/${node}`;
  const known = backoffs.get(key);
  const ageMs = known ? context.nowMs - known.sinceMs : 0;
  const isExpired = ageMs > 2 * MAX_BACKOFF_MS;
  if (known && !isExpired && ageMs < known.delayMs) {
    enqueueAfter(context, keyOf(daemonSet), known.delayMs);
    return false;
  }
  const delayMs = known && !isExpired ? Math.min(MAX_BACKOFF_MS, known.delayMs * 2) : INITIAL_BACKOFF_MS;
  backoffs.set(key, { delayMs, sinceMs: context.nowMs });
  const message = `Found failed daemon pod ${namespace}/${name} on node ${node}, will try to kill it`;
  context.events.record(daemonSet, 'Warning', 'FailedDaemonPod', message);
  return true;
}

/** The next step of a rolling update; undefined when there is none. */
export function planUpdate(context: DaemonContext, daemonSet: DaemonSet, hash: string): Work | undefined {
  if (daemonSet.spec.updateStrategy?.type !== 'RollingUpdate') return undefined;
  const view = context.derived.read(DAEMON_VIEWS, keyOf(daemonSet));
  const marks = presentMarks(daemonSet, hash);
  const old = [...view.live].reduce((sum, [of, pods]) => (areUpdated(of, marks) ? sum : sum + pods), 0);
  if (old === 0) return undefined;
  const minReadySeconds = daemonSet.spec.minReadySeconds ?? 0;
  const bounds = rollingBounds(daemonSet, view.desired);
  const nodes = view.nodes.entries().flatMap(([name, { placement, pods }]) => {
    const shouldRun = placement?.shouldRun ?? false;
    return shouldRun || pods.length > 0 ? [{ name, shouldRun, pods }] : [];
  });
  const plan = planRolling(nodes, {
    ...bounds,
    isUpdated: (pod) => areUpdated(marksOf(pod), marks),
    isAvailable: (pod) => isPodAvailable(pod, minReadySeconds, context.nowMs, (text) => context.timeOf(text)),
  });
  if (plan.deletions.length + plan.creations.length === 0) return undefined;
  const parts = [
    ...(plan.deletions.length > 0 ? [`deleting ${named(plan.deletions)}`] : []),
    ...(plan.creations.length > 0
      ? [`creating ${counted(plan.creations.length, 'Pod')} for ${named(plan.creations)}`]
      : []),
  ];
  const { maxSurge, maxUnavailable } = bounds;
  const bound =
    maxSurge > 0
      ? `${plan.busy} surging of at most ${maxSurge}`
      : `${plan.busy} of ${view.desired} unavailable, at most ${maxUnavailable} may be`;
  const sentence = `DaemonSet ${daemonSet.metadata.name} updates ${counted(old, 'old Pod')} (${bound}): ${parts.join('; ')}`;
  context.say('reconcile', daemonSet, sentence);
  context.attach({ ...bounds, busy: plan.busy, deleting: plan.deletions, creating: plan.creations });
  return { nodes: plan.creations, pods: plan.deletions };
}
