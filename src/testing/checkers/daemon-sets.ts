/**
 * DaemonSets: at most one Pod is made per node (surge aside), a rolling update takes no more ready Pods away than it may, and in the end
 * each node it belongs on has its ready Pod.
 */
import { keyOf } from '../../engine/api/meta';
import { deepEqual } from '../../engine/api/plain';
import type { ControllerRevision, DaemonSet, Node, Pod, Taint, Toleration } from '../../engine/api/types';
import {
  beginsDeletion,
  type Checker,
  type ClusterState,
  controllerUid,
  isActive,
  isReady,
  nameOf,
  STALE_MS,
} from './history';
import { amount } from './rollout';

const HASH = 'controller-revision-hash';
const PROBLEMS = ['not-ready', 'unreachable', 'disk-pressure', 'memory-pressure', 'pid-pressure', 'unschedulable'];

/** Their Pods are let run on where a node is not ready or can't be reached, and are not sent there. */
const isRunOn = ({ key, effect }: Taint): boolean => effect !== 'NoSchedule' || !/\/(not-ready|unreachable)$/.test(key);

function isTolerated(taint: Taint, tolerations: readonly Toleration[]): boolean {
  if (taint.effect === 'PreferNoSchedule') return true;
  if (PROBLEMS.some((one) => taint.key === `node.kubernetes.io/${one}`) && isRunOn(taint)) return true;
  return tolerations.some(({ key, operator }) => operator === 'Exists' && (!key || key === taint.key));
}

/** For templates with node selectors and tolerations that only name keys, as the swarm draws them. */
function belongsOn({ spec: { template } }: DaemonSet, { metadata, spec }: Node): boolean {
  const { nodeSelector = {}, tolerations = [] } = template.spec ?? {};
  const hasLabels = Object.entries(nodeSelector).every(([key, value]) => metadata.labels?.[key] === value);
  return hasLabels && (spec.taints ?? []).every((taint) => isTolerated(taint, tolerations));
}

const isAlike = (node: Node | undefined, before: Node | undefined): boolean =>
  deepEqual([node?.metadata.labels, node?.spec.taints], [before?.metadata.labels, before?.spec.taints]);

function targetOf({ spec }: Pod): string | undefined {
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  return spec.nodeName ?? required?.nodeSelectorTerms[0]?.matchFields?.[0]?.values?.[0];
}

const latestHash = (set: DaemonSet, state: ClusterState): string | undefined =>
  state
    .list<ControllerRevision>('ControllerRevision')
    .filter((one) => controllerUid(one) === set.metadata.uid)
    .sort((a, b) => b.revision - a.revision)[0]?.metadata.labels?.[HASH];

export const daemonSets: Checker = {
  name: 'DaemonSets',
  begin: (complain, { timeOf }) => {
    const isAvailable = (pod: Pod, { spec }: DaemonSet, atMs: number): boolean => {
      const since = pod.status.conditions?.find(({ type }) => type === 'Ready')?.lastTransitionTime;
      const forMs = since ? atMs - timeOf(since) : 0;
      return isActive(pod) && isReady(pod) && forMs >= (spec.minReadySeconds ?? 0) * 1000;
    };
    /** When Pods were lost that had been ready, by uid of the DaemonSet. */
    const lostAtMs = new Map<string, number[]>();
    const bornAtMs = new Map<string, number>();
    /** When what decides who runs on a node last changed, by its name. */
    const nodeChangedMs = new Map<string, number>();
    const isKnown = ({ metadata }: Node, atMs: number): boolean =>
      atMs - (nodeChangedMs.get(metadata.name) ?? 0) >= STALE_MS;
    return {
      change: (change, state, step) => {
        const { kind, key, value, previous, atMs } = change;
        if (kind === 'Node' && !isAlike(value as Node | undefined, previous as Node | undefined))
          nodeChangedMs.set(key, atMs);
        if (kind !== 'Pod') return;
        const before = previous as Pod | undefined;
        const pod = value as Pod | undefined;
        if (pod && !before) bornAtMs.set(key, atMs);
        const uid = controllerUid((pod ?? before) as Pod) ?? '';
        const set = state.withUid<DaemonSet>(uid);
        const isLoss = before && isActive(before) && isReady(before) && !(pod && isActive(pod) && isReady(pod));
        const lost = (lostAtMs.get(uid) ?? []).filter((ms) => ms >= atMs - STALE_MS);
        if (set?.kind === 'DaemonSet' && step?.actor === 'daemonset-controller') {
          const maxSurge = amount(set.spec.updateStrategy?.rollingUpdate?.maxSurge, 1, Math.ceil);
          if (pod && !before) {
            const others = state
              .podsOf(uid)
              .filter((one) => one !== pod && isActive(one) && targetOf(one) === targetOf(pod))
              .filter((one) => (bornAtMs.get(keyOf(one)) ?? 0) < atMs - STALE_MS);
            if (others.length > (maxSurge > 0 ? 1 : 0)) complain(`${nameOf(pod)} is one too many on ${targetOf(pod)}`);
          }
          const isOld = before?.metadata.labels?.[HASH] !== latestHash(set, state);
          const node = before && state.find<Node>('Node', targetOf(before) ?? '');
          const isChosen = before && isAvailable(before, set, atMs) && isOld;
          if (beginsDeletion(change) && isChosen && maxSurge === 0 && node && belongsOn(set, node)) {
            const desired = state.list<Node>('Node').filter((one) => belongsOn(set, one) && isKnown(one, atMs)).length;
            const allowed = Math.max(
              1,
              amount(set.spec.updateStrategy?.rollingUpdate?.maxUnavailable, desired, Math.ceil),
            );
            const available = state.podsOf(uid).filter((one) => isAvailable(one, set, atMs)).length;
            const left = available + lost.length;
            if (left < desired - allowed)
              complain(`${nameOf(set)} leaves ${left} of ${desired} available, ${allowed} may be missing`);
          }
        }
        if (isLoss && step?.actor !== 'daemonset-controller') lost.push(atMs);
        lostAtMs.set(uid, lost);
      },
      settled: (state) => {
        for (const set of state.list<DaemonSet>('DaemonSet')) {
          const pods = state.podsOf(set.metadata.uid);
          for (const node of state.list<Node>('Node')) {
            const here = pods.filter((one) => targetOf(one) === node.metadata.name);
            const wanted = belongsOn(set, node) ? 1 : 0;
            // What finds no room on its node waits there for ever.
            if (here.length !== wanted && !(wanted === 0 && node.spec.taints))
              complain(`${nameOf(set)} ends with ${here.length} Pods on ${node.metadata.name}, not ${wanted}`);
          }
          const ready = pods.filter((one) => isReady(one)).length;
          if (set.status.numberReady !== ready)
            complain(`${nameOf(set)} ends saying ${set.status.numberReady} of ${ready} ready`);
        }
      },
    };
  },
};
