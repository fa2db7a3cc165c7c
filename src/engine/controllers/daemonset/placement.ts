/**
 * What a DaemonSet has to do on one node. Pure.
 * Follows podsShouldBeOnNode of pkg/controller/daemon/daemon_controller.go.
 */
import { isPodAvailable, isPodReady } from '../../api/conditions';
import type { Placement } from '../../api/daemon-placement';
import { isPodTerminal } from '../../api/pod';
import type { Pod } from '../../api/types';
import type { AvailabilityClock } from '../../client/pod-counters';
import { areUpdated, marksOf, type RevisionMarks } from './daemon-pod';

/** What is known of one node. */
export interface NodeState {
  /** Undefined: there is no such node (any more). */
  readonly placement: Placement | undefined;
  /** The DaemonSet's Pods on it or meant for it, those first that count first. */
  readonly pods: readonly Pod[];
}

/** Placed Pods first, then the older one, then by name. */
export function comparePods(a: Pod, b: Pod): number {
  const isPlaced = (pod: Pod): boolean => Boolean(pod.spec.nodeName);
  if (isPlaced(a) !== isPlaced(b)) return isPlaced(a) ? -1 : 1;
  const byText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);
  const { creationTimestamp: left = '', name } = a.metadata;
  return byText(left, b.metadata.creationTimestamp ?? '') || byText(name, b.metadata.name);
}

const isLive = ({ metadata }: Pod): boolean => metadata.deletionTimestamp === undefined;

/** Whether something might have to be done on a node, whatever the revision is. */
export function isUnsettled({ placement, pods }: NodeState): boolean {
  if (!placement) return pods.some(({ spec }) => !spec.nodeName);
  if (placement.shouldRun && pods.length === 0) return true;
  if (!placement.shouldContinue) return pods.some(isLive);
  let live = 0;
  for (const pod of pods) {
    if (!isLive(pod)) continue;
    if (isPodTerminal(pod)) return true;
    live++;
  }
  return pods.length > 0 && live !== 1;
}

/** Why a Pod is deleted. */
export type DeletionReason = 'failed' | 'succeeded' | 'surplus' | 'unfit' | 'replaced' | 'node gone';

/** What has to be done on a node. */
export interface NodePlan {
  readonly create: boolean;
  readonly deletions: readonly { readonly pod: Pod; readonly why: DeletionReason }[];
}

/** What a plan depends on beside the node. */
export interface PlanSettings extends AvailabilityClock {
  readonly allowsSurge: boolean;
  readonly marks: RevisionMarks;
  readonly minReadySeconds: number;
}

const NOTHING: NodePlan = { create: false, deletions: [] };

/** What has to be done on a node, back-off of failed Pods aside. */
export function planNode({ placement, pods }: NodeState, settings: PlanSettings): NodePlan {
  if (!placement) {
    const stranded = pods.filter(({ spec }) => !spec.nodeName);
    return { create: false, deletions: stranded.map((pod) => ({ pod, why: 'node gone' })) };
  }
  if (placement.shouldRun && pods.length === 0) return { create: true, deletions: [] };
  const live = pods.filter(isLive);
  if (!placement.shouldContinue) return { create: false, deletions: live.map((pod) => ({ pod, why: 'unfit' })) };
  if (pods.length === 0) return NOTHING;
  const ended: NodePlan['deletions'] = live
    .filter(isPodTerminal)
    .map((pod) => ({ pod, why: pod.status.phase === 'Failed' ? 'failed' : 'succeeded' }));
  const running = live.filter((pod) => !isPodTerminal(pod));
  if (!settings.allowsSurge) {
    return {
      create: false,
      deletions: [...ended, ...running.slice(1).map((pod) => ({ pod, why: 'surplus' as const }))],
    };
  }
  if (running.length > 1) return { create: false, deletions: [...ended, ...planSurge(running, settings)] };
  return { create: running.length === 0 && placement.shouldRun, deletions: ended };
}

/** Of several running Pods the oldest of each revision may stay, and the old one only while the new one can't do without. */
function planSurge(running: readonly Pod[], settings: PlanSettings): NodePlan['deletions'] {
  const { hash } = settings.marks;
  const isNew = (pod: Pod): boolean => areUpdated(marksOf(pod), { hash, generation: undefined });
  const newest = running.find(isNew);
  const oldest = running.find((pod) => !isNew(pod));
  const surplus = running.filter((pod) => pod !== newest && pod !== oldest);
  const deletions = surplus.map((pod) => ({ pod, why: 'surplus' as DeletionReason }));
  if (!newest || !oldest) return deletions;
  const isReplaced =
    !isPodReady(oldest) || isPodAvailable(newest, settings.minReadySeconds, settings.nowMs, settings.timeOf);
  return isReplaced ? [...deletions, { pod: oldest, why: 'replaced' }] : deletions;
}
