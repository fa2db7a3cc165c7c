/**
 * Makes room for a Pod that fits nowhere by deleting Pods of lower priority: finds nodes where that would help, takes
 * the least harmful one, deletes the victims and nominates the node.
 * Follows plugins/defaultpreemption/default_preemption.go and framework/preemption/{preemption,executor}.go. Victims are
 * deleted within the same step (upstream: asynchronously, right after).
 */
import {
  type Cycle,
  definePlugin,
  fitErrorMessage,
  type NodeStatuses,
  type PlacedPod,
  type PostFilterResult,
  type ReadyNodeInfo,
  type Status,
  unresolvable,
  unschedulable,
} from '../framework';
import { divide } from './normalize-score';
import { type Candidate, isLowerPriority, pickCandidate, selectVictims } from './preemption-victims';

const MIN_CANDIDATE_NODES_PERCENTAGE = 10;
const MIN_CANDIDATE_NODES = 100;
const NOT_HELPFUL = unresolvable('Preemption is not helpful for scheduling');

/** Why a Pod may not preempt now, or undefined when it may. */
function ineligible(cycle: Cycle, statuses: NodeStatuses): string | undefined {
  const { handle, pod } = cycle;
  if (pod.spec.preemptionPolicy === 'Never') return 'not eligible due to preemptionPolicy=Never.';
  const nominated = handle.current(pod)?.status?.nominatedNodeName;
  if (!nominated) return undefined;
  const status = statuses.byNode.get(nominated) ?? statuses.absent;
  if (status.code === 'UnschedulableAndUnresolvable') return undefined;
  for (const placed of handle.node(nominated)?.pods.values() ?? []) {
    if (!isLowerPriority(placed, pod) || !isBeingPreempted(cycle, placed)) continue;
    return 'not eligible due to a terminating pod on the nominated node.';
  }
  return undefined;
}

function isBeingPreempted(cycle: Cycle, placed: PlacedPod): boolean {
  const pod = cycle.handle.current(placed);
  if (pod?.metadata.deletionTimestamp === undefined) return false;
  const target = pod.status?.conditions?.find((condition) => condition.type === 'DisruptionTarget');
  return target?.status === 'True' && target.reason === 'PreemptionByScheduler';
}

function candidatesWanted(nodes: number): number {
  const share = divide(nodes * MIN_CANDIDATE_NODES_PERCENTAGE, 100);
  return Math.min(Math.max(share, MIN_CANDIDATE_NODES), nodes);
}

/** Tries preemption on nodes from a random one on, until there are enough candidates. */
function findCandidates(
  cycle: Cycle,
  nodes: readonly ReadyNodeInfo[],
): { candidates: Candidate[]; rejections: Map<string, Status> } {
  const rejections = new Map<string, Status>();
  const respecting: Candidate[] = [];
  const violating: Candidate[] = [];
  const budgets = cycle.handle.podDisruptionBudgets();
  const wanted = candidatesWanted(nodes.length);
  const offset = cycle.handle.randomBelow(nodes.length);
  for (let index = 0; index < nodes.length; index++) {
    const node = nodes[(offset + index) % nodes.length] as ReadyNodeInfo;
    const found = selectVictims(cycle, node, budgets);
    if ('code' in found) rejections.set(node.name, found);
    else if (found.violations === 0) respecting.push(found);
    else violating.push(found);
    if (respecting.length > 0 && respecting.length + violating.length >= wanted) break;
  }
  return { candidates: [...respecting, ...violating], rejections };
}

/** Takes nominations of less important Pods for the node back and deletes the victims, unless all are going already. */
function prepare(cycle: Cycle, candidate: Candidate): void {
  const { handle, pod } = cycle;
  const victims = candidate.victims.filter(({ terminating }) => !terminating);
  if (victims.length === 0) return;
  for (const nominated of handle.nominatedPods(candidate.nodeName)) {
    if (isLowerPriority(nominated, pod)) handle.clearNomination(nominated);
  }
  const done = victims.map((victim) => handle.preemptPod(victim, pod, candidate.nodeName));
  if (done.includes(false)) handle.activate(pod);
}

function preempt(cycle: Cycle, statuses: NodeStatuses): PostFilterResult {
  const { handle } = cycle;
  const reason = ineligible(cycle, statuses);
  if (reason !== undefined) return { status: unschedulable(reason) };
  const nodes = handle.nodes.filter(
    (node) => (statuses.byNode.get(node.name) ?? statuses.absent).code === 'Unschedulable',
  );
  const { candidates, rejections } =
    nodes.length > 0 ? findCandidates(cycle, nodes) : { candidates: [], rejections: new Map<string, Status>() };
  const best = pickCandidate(candidates, handle);
  if (!best) {
    const message = fitErrorMessage({
      allNodes: handle.nodes.length,
      byNode: rejections,
      absent: NOT_HELPFUL,
      preFilterMessage: '',
      postFilterMessage: '',
    });
    return { nominatedNodeName: '', status: unschedulable(message) };
  }
  prepare(cycle, best);
  return { nominatedNodeName: best.nodeName };
}

/** See the header. */
export const defaultPreemption = definePlugin({
  name: 'DefaultPreemption',
  postFilter(cycle, statuses) {
    const result = preempt(cycle, statuses);
    if (!result.status) return result;
    const reasons = result.status.reasons.map((text) => `preemption: ${text}`);
    return { ...result, status: { ...result.status, reasons } };
  },
});
