/**
 * Every Pod that the scheduler bound could run on its Node, and no other Node that could take it suited it better. Judged by
 * rules of its own (placement-situation.ts, placement-scores.ts), from the cluster as the scheduler saw it: what others
 * changed within the time that news takes to arrive leaves that open, and then nothing is judged.
 */
import { deepEqual } from '../../engine/api/plain';
import { matchesSet, podSelectorOf } from '../../engine/api/selector';
import type { LabelSelector, Namespace, Node, Pod, Service } from '../../engine/api/types';
import type { WatchEvent } from '../../engine/client/component';
import { type Checker, type ClusterState, controllerUid, nameOf, waitsForVolumes } from './history';
import { defaultConstraints, totals } from './placement-scores';
import { labelsOf, obstacle, type Situation } from './placement-situation';

/** How long the scheduler may not have heard of a change. */
const NEWS_MS = 10;
/** From here on the scheduler looks at a part of the Nodes only. */
const LARGE = 100;

const isLive = ({ status }: Pod): boolean => status?.phase !== 'Failed' && status?.phase !== 'Succeeded';

/** What of an object can matter to the placement of others. */
function relevant(object: WatchEvent['value']): unknown {
  if (!object) return undefined;
  const { kind, metadata, spec, status } = object as Node & Pod & Service;
  if (kind === 'Node') return [metadata.labels, spec, status?.allocatable, status?.images];
  if (kind === 'Namespace') return [metadata.labels];
  if (kind === 'Service') return [spec?.selector];
  if (kind !== 'Pod' || !spec.nodeName) return undefined;
  return [metadata.uid, metadata.labels, metadata.deletionTimestamp, spec, isLive(object as Pod)];
}

const OWNERS = ['ReplicationController', 'ReplicaSet', 'StatefulSet'];

/** What tells the Pods that belong together with this one: its Services and the workload that owns it. */
function defaultSelector(pod: Pod, state: ClusterState): LabelSelector | undefined {
  const services = state
    .list<Service>('Service')
    .filter(({ metadata, spec }) => metadata.namespace === pod.metadata.namespace && spec.selector)
    .map(({ spec }) => spec.selector as Record<string, string>)
    .filter((selector) => matchesSet(selector, labelsOf(pod)));
  const owner = state.withUid(controllerUid(pod));
  const selector = owner && OWNERS.includes(owner.kind) ? podSelectorOf(owner) : undefined;
  if (services.length === 0 && !selector) return undefined;
  return { ...selector, matchLabels: Object.assign({}, ...services, selector?.matchLabels) };
}

function situationOf(pod: Pod, state: ClusterState): Situation {
  return {
    pod,
    nodes: state.list<Node>('Node'),
    placed: state.list<Pod>('Pod').filter((other) => other.spec.nodeName && isLive(other) && other !== pod),
    namespaceLabels: (name) => state.find<Namespace>('Namespace', name)?.metadata.labels,
  };
}

/** What is wrong with the Node of a Pod that was just bound. */
function complaintAbout(pod: Pod, wasNominated: boolean, state: ClusterState): string | undefined {
  const situation = situationOf(pod, state);
  const { nodeName } = pod.spec;
  const node = situation.nodes.find(({ metadata }) => metadata.name === nodeName);
  if (!node) return `${nameOf(pod)} was bound to ${nodeName}, which isn't there`;
  const why = obstacle(situation, node);
  if (why) return `${nameOf(pod)} was bound to ${nodeName}, which ${why}`;
  const isReserved = state.list<Pod>('Pod').some(({ spec, status }) => !spec.nodeName && status?.nominatedNodeName);
  if (wasNominated || isReserved || situation.nodes.length >= LARGE) return undefined;
  const candidates = situation.nodes.filter((one) => !obstacle(situation, one));
  const scores = totals(situation, candidates, defaultConstraints(defaultSelector(pod, state)));
  const own = scores[candidates.indexOf(node)] as number;
  const best = Math.max(...scores);
  if (own >= best) return undefined;
  const better = candidates[scores.indexOf(best)] as Node;
  return `${nameOf(pod)} was bound to ${nodeName} (${own} points), though ${better.metadata.name} has ${best}`;
}

export const placement: Checker = {
  name: 'placement',
  begin: (complain) => {
    let newsMs = Number.NEGATIVE_INFINITY;
    return {
      change: ({ value, previous, atMs }, state, step) => {
        const pod = value?.kind === 'Pod' ? (value as Pod) : undefined;
        const before = previous as Pod | undefined;
        const isBinding = step?.actor === 'default-scheduler' && pod?.spec.nodeName && before && !before.spec.nodeName;
        if (!isBinding) {
          if (!deepEqual(relevant(previous), relevant(value))) newsMs = atMs;
          return;
        }
        if (atMs - newsMs <= NEWS_MS || waitsForVolumes(pod)) return;
        const complaint = complaintAbout(pod, before.status?.nominatedNodeName !== undefined, state);
        if (complaint) complain(complaint);
      },
      // Who can't be reached hears nothing until a while after.
      step: ({ actor, time }) => {
        if (actor === 'fault') newsMs = time;
      },
    };
  },
};
