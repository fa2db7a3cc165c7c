/**
 * Which nodes a DaemonSet belongs on, and what has to be done on one of them. Pure.
 * Follows NodeShouldRunDaemonPod and podsShouldBeOnNode of pkg/controller/daemon/daemon_controller.go.
 */
import { isPodAvailable, isPodReady } from '../../api/conditions';
import { nodeAffinityHolds, type RequiredNodeAffinity, requiredNodeAffinity } from '../../api/node-selector';
import { isPodTerminal } from '../../api/pod';
import { findUntoleratedTaint } from '../../api/taint';
import type { Node, Pod, PodTemplateSpec, Taint, Toleration } from '../../api/types';
import type { AvailabilityClock } from '../../client/pod-counters';
import { areUpdated, daemonTolerations, marksOf, type RevisionMarks } from './daemon-pod';

/** What a template demands of a node, parsed once. */
export interface Demands {
  readonly nodeName: string;
  readonly affinity: RequiredNodeAffinity;
  readonly tolerations: readonly Toleration[];
}

/** Whether a node gets a Pod, and whether a Pod that is there may stay. */
export interface Placement {
  readonly shouldRun: boolean;
  readonly shouldContinue: boolean;
  /** Why not, for people. */
  readonly obstacle: string;
}

/** Parses what a template demands. */
export function demandsOf({ spec }: PodTemplateSpec): Demands {
  return {
    nodeName: spec?.nodeName ?? '',
    affinity: requiredNodeAffinity(spec ?? { containers: [] }),
    tolerations: daemonTolerations(spec ?? {}),
  };
}

const FITS: Placement = { shouldRun: true, shouldContinue: true, obstacle: '' };

function unfit(obstacle: string, shouldContinue = false): Placement {
  return { shouldRun: false, shouldContinue, obstacle };
}

const evicts = ({ effect }: Taint): boolean => effect === 'NoExecute';
const repels = ({ effect }: Taint): boolean => effect === 'NoExecute' || effect === 'NoSchedule';

function taintInWords({ key, value, effect }: Taint): string {
  return value ? `${key}=${value}:${effect}` : `${key}:${effect}`;
}

/** Whether a node gets a Pod. A node that is cordoned, not ready or full does: only labels, names and taints count here. */
export function placementOn(demands: Demands, node: Node): Placement {
  if (demands.nodeName !== '' && demands.nodeName !== node.metadata.name)
    return unfit('the template names another node');
  if (!nodeAffinityHolds(demands.affinity, node)) return unfit("its labels don't match the node selector or affinity");
  const { taints } = node.spec;
  const taint = findUntoleratedTaint(taints, demands.tolerations, repels);
  if (!taint) return FITS;
  const evicting = findUntoleratedTaint(taints, demands.tolerations, evicts);
  return unfit(`it has the untolerated taint ${taintInWords(evicting ?? taint)}`, evicting === undefined);
}

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
