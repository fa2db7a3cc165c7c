/**
 * What a DaemonSet's nodes and Pods add up to, kept up to date change by change (a cache of client/derived.ts), so that a sync costs the
 * same for 5 nodes and for 500. Upstream goes through all nodes and Pods at each sync
 * (pkg/controller/daemon/daemon_controller.go, manage and updateDaemonSetStatus).
 */

import { isPodReady } from '../../api/conditions';
import { type Demands, demandsOf, placementOn } from '../../api/daemon-placement';
import { controllerOf, joinKey, type KubeObject } from '../../api/meta';
import { deepEqual } from '../../api/plain';
import { isPodTerminal } from '../../api/pod';
import { matchesLabelSelector } from '../../api/selector';
import type { DaemonSet, LabelSelector, Node, Pod, PodTemplateSpec } from '../../api/types';
import type { DerivedCache } from '../../client/derived';
import { controlledPlace } from '../../client/indexers';
import { SortedMap } from '../../client/sorted-map';
import { marksOf, targetNodeOf } from './daemon-pod';
import { comparePods, isUnsettled, type NodeState } from './placement';

/** See the header. */
export interface DaemonView {
  readonly uid: string | undefined;
  readonly selector: LabelSelector | undefined;
  readonly template: PodTemplateSpec | undefined;
  readonly demands: Demands;
  /** By name: all nodes, and those that only Pods name. */
  readonly nodes: SortedMap<NodeState>;
  /** Nodes on which something might have to be done. */
  readonly unsettled: SortedMap<true>;
  /** Nodes it belongs on; those of them with a Pod; others with a Pod; nodes whose first Pod is ready. */
  desired: number;
  current: number;
  misscheduled: number;
  ready: number;
  /** How many nodes have a first Pod with these marks, and how many Pods that stay there are. */
  readonly firsts: Map<string, number>;
  readonly live: Map<string, number>;
}

function count(counts: Map<string, number>, key: string, by: number): void {
  const next = (counts.get(key) ?? 0) + by;
  if (next === 0) counts.delete(key);
  else counts.set(key, next);
}

function tally(view: DaemonView, name: string, { placement, pods }: NodeState, by: 1 | -1): void {
  const [first] = pods;
  if (placement?.shouldRun) {
    view.desired += by;
    if (first) {
      view.current += by;
      if (isPodReady(first)) view.ready += by;
      count(view.firsts, marksOf(first), by);
    }
  } else if (placement && first) view.misscheduled += by;
  for (const pod of pods) if (pod.metadata.deletionTimestamp === undefined) count(view.live, marksOf(pod), by);
  if (by < 0) view.unsettled.delete(name);
}

function replaceNode(view: DaemonView, name: string, next: NodeState): void {
  const before = view.nodes.get(name);
  if (before) tally(view, name, before, -1);
  if (!next.placement && next.pods.length === 0) {
    view.nodes.delete(name);
    return;
  }
  view.nodes.set(name, next);
  tally(view, name, next, 1);
  if (isUnsettled(next)) view.unsettled.set(name, true);
}

const NOWHERE: NodeState = { placement: undefined, pods: [] };

/** Pods that are over and going have nothing to do with the DaemonSet any more. */
function counts(view: DaemonView, pod: Pod): boolean {
  if (isPodTerminal(pod) && pod.metadata.deletionTimestamp !== undefined) return false;
  return controllerOf(pod)?.uid === view.uid && matchesLabelSelector(view.selector, pod.metadata.labels);
}

function replacePod(view: DaemonView, before: Pod | undefined, after: Pod | undefined): void {
  const left = before && targetNodeOf(before);
  if (before && left !== undefined) {
    const state = view.nodes.get(left) ?? NOWHERE;
    const pods = state.pods.filter(({ metadata }) => metadata.name !== before.metadata.name);
    if (pods.length < state.pods.length) replaceNode(view, left, { ...state, pods });
  }
  const target = after && counts(view, after) ? targetNodeOf(after) : undefined;
  if (!after || target === undefined) return;
  const state = view.nodes.get(target) ?? NOWHERE;
  replaceNode(view, target, { ...state, pods: [...state.pods, after].sort(comparePods) });
}

function newView(daemonSet: DaemonSet | undefined): DaemonView {
  const { metadata, spec } = daemonSet ?? {};
  return {
    uid: metadata?.uid,
    selector: spec?.selector,
    template: spec?.template,
    demands: demandsOf(spec?.template ?? {}),
    nodes: new SortedMap(),
    unsettled: new SortedMap(),
    desired: 0,
    current: 0,
    misscheduled: 0,
    ready: 0,
    firsts: new Map(),
    live: new Map(),
  };
}

function keyOfOwner(pod: KubeObject | undefined): string | undefined {
  const owner = pod && controllerOf(pod);
  return owner?.kind === 'DaemonSet' ? joinKey(pod?.metadata.namespace, owner.name) : undefined;
}

/** Whether a change of a node alters where DaemonSets belong. */
export function altersPlacement(before: Node | undefined, after: Node | undefined): boolean {
  if (!before || !after) return true;
  const isSame = (left: unknown, right: unknown): boolean => left === right || deepEqual(left ?? [], right ?? []);
  return !isSame(before.metadata.labels, after.metadata.labels) || !isSame(before.spec.taints, after.spec.taints);
}

/** The views, by key of the DaemonSet. */
export const DAEMON_VIEWS: DerivedCache<DaemonView> = {
  name: 'nodes and Pods by DaemonSet',
  follows: ['DaemonSet', 'Node', 'Pod'],
  build: ({ lister }, key) => {
    const daemonSet = lister.byKey<DaemonSet>('DaemonSet', key);
    const view = newView(daemonSet);
    const place = controlledPlace(daemonSet?.metadata ?? {});
    for (const node of lister.list<Node>('Node')) {
      replaceNode(view, node.metadata.name, { placement: placementOn(view.demands, node), pods: [] });
    }
    for (const pod of lister.unordered<Pod>('Pod', 'controller', place)) replacePod(view, undefined, pod);
    return view;
  },
  apply: (kept, { kind, key, value, previous }) => {
    if (kind === 'DaemonSet') {
      const view = kept.get(key);
      if (!view) return;
      const { selector, template } = (value as DaemonSet | undefined)?.spec ?? {};
      const isSame = value?.metadata.uid === view.uid && deepEqual(selector, view.selector);
      if (!isSame || !deepEqual(template, view.template)) kept.delete(key);
    } else if (kind === 'Node') {
      const node = value as Node | undefined;
      if (!altersPlacement(previous as Node | undefined, node)) return;
      for (const [, view] of kept.entries()) {
        const placement = node && placementOn(view.demands, node);
        replaceNode(view, key, { placement, pods: view.nodes.get(key)?.pods ?? [] });
      }
    } else {
      const before = keyOfOwner(previous);
      const after = keyOfOwner(value);
      for (const owner of before === after ? [before] : [before, after]) {
        const view = owner === undefined ? undefined : kept.get(owner);
        if (view) replacePod(view, previous as Pod | undefined, value as Pod | undefined);
      }
    }
  },
};
