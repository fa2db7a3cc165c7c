/**
 * Which nodes a DaemonSet belongs on. Pure.
 * Follows NodeShouldRunDaemonPod of pkg/controller/daemon/daemon_controller.go and AddOrUpdateDaemonPodTolerations of its util.
 */
import { nodeAffinityHolds, type RequiredNodeAffinity, requiredNodeAffinity } from './node-selector';
import { findUntoleratedTaint, taintText } from './taint';
import type { Node, PodSpec, PodTemplateSpec, Taint, Toleration } from './types';

const NODE_PROBLEMS: readonly (readonly [key: string, effect: 'NoExecute' | 'NoSchedule'])[] = [
  ['not-ready', 'NoExecute'],
  ['unreachable', 'NoExecute'],
  ['disk-pressure', 'NoSchedule'],
  ['memory-pressure', 'NoSchedule'],
  ['pid-pressure', 'NoSchedule'],
  ['unschedulable', 'NoSchedule'],
];

/** The tolerations of a template with those that every daemon Pod gets. */
export function daemonTolerations({ tolerations = [], hostNetwork }: Partial<PodSpec>): Toleration[] {
  const added = hostNetwork ? [...NODE_PROBLEMS, ['network-unavailable', 'NoSchedule'] as const] : NODE_PROBLEMS;
  let all = [...tolerations];
  for (const [problem, effect] of added) {
    const wanted: Toleration = { key: `node.kubernetes.io/${problem}`, operator: 'Exists', effect };
    const isSame = ({ key, operator, effect: other, value = '' }: Toleration): boolean =>
      key === wanted.key && operator === 'Exists' && other === effect && value === '';
    all = all.some(isSame) ? all.map((one) => (isSame(one) ? wanted : one)) : [...all, wanted];
  }
  return all;
}

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

/** Whether a node gets a Pod. A node that is cordoned, not ready or full does: only labels, names and taints count here. */
export function placementOn(demands: Demands, node: Node): Placement {
  if (demands.nodeName !== '' && demands.nodeName !== node.metadata.name)
    return unfit('the template names another node');
  if (!nodeAffinityHolds(demands.affinity, node)) return unfit("its labels don't match the node selector or affinity");
  const { taints } = node.spec;
  const taint = findUntoleratedTaint(taints, demands.tolerations, repels);
  if (!taint) return FITS;
  const evicting = findUntoleratedTaint(taints, demands.tolerations, evicts);
  return unfit(`it has the untolerated taint ${taintText(evicting ?? taint)}`, evicting === undefined);
}
