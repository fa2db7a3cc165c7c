/**
 * Runs the plugins of the profile at each extension point and puts their answers together.
 * Follows pkg/scheduler/framework/runtime/framework.go. Filters run node after node instead of in parallel.
 */
import type { Pod } from '../api/types';
import {
  type ActiveFilter,
  type Cycle,
  type ExtensionPoints,
  failure,
  type Handle,
  isRejected,
  type NodeStatuses,
  type Outcome,
  type Plugin,
  type PodInfo,
  type PostFilterResult,
  type ReadyNodeInfo,
  type Status,
  unschedulable,
} from './framework';
import { addPodToNode, cloneNodeInfo } from './node-info';
import { DEFAULT_PROFILE } from './plugins/registry';

type Point = keyof ExtensionPoints<unknown, unknown>;
type With<P extends Point> = Omit<Plugin, P> & Pick<ExtensionPoints<unknown, unknown>, P>;

function pluginsAt<P extends Point>(point: P): readonly With<P>[] {
  return DEFAULT_PROFILE.map((entry) => entry.plugin).filter((plugin) => plugin[point] !== undefined) as With<P>[];
}

const PRE_ENQUEUE = pluginsAt('preEnqueue');
const PRE_FILTER = pluginsAt('preFilter');
const FILTER = pluginsAt('filter');
const POST_FILTER = pluginsAt('postFilter');
const RESERVE = pluginsAt('reserve');
const PERMIT = pluginsAt('permit');
const PRE_BIND = pluginsAt('preBind');
const BIND = pluginsAt('bind');
const POST_BIND = pluginsAt('postBind');
const SCORE = DEFAULT_PROFILE.filter((entry) => entry.plugin.score) as readonly {
  readonly plugin: With<'score'>;
  readonly weight: number;
}[];

/** Plugins by name. */
export const PLUGINS: ReadonlyMap<string, Plugin> = new Map(
  DEFAULT_PROFILE.map((entry) => [entry.plugin.name, entry.plugin]),
);

function signed(status: Status, plugin: Plugin): Status {
  return { ...status, plugin: plugin.name };
}

/** The plugin that keeps a Pod out of the active queue, if one does. */
export function runPreEnqueue(pod: Pod): Outcome {
  for (const plugin of PRE_ENQUEUE) {
    const status = plugin.preEnqueue(pod);
    if (status) return signed(status, plugin);
  }
  return undefined;
}

/** What PreFilter comes to: a cycle to filter with, perhaps the only nodes worth a look, or a rejection of all. */
export interface PreFiltered {
  readonly cycle: Cycle;
  readonly nodeNames: readonly string[] | undefined;
  /** The plugins that narrowed the nodes down. */
  readonly narrowedBy: readonly string[];
  readonly status: Outcome;
}

function intersect(names: readonly string[] | undefined, more: readonly string[]): readonly string[] {
  return names ? names.filter((name) => more.includes(name)) : more;
}

/** Runs PreFilter. */
export function runPreFilter(pod: PodInfo, handle: Handle): PreFiltered {
  const states = new Map<string, unknown>();
  const skipped = new Set<string>();
  let nodeNames: readonly string[] | undefined;
  const narrowedBy: string[] = [];
  let rejection: Outcome;
  for (const plugin of PRE_FILTER) {
    const result = plugin.preFilter(pod, handle);
    if (result.status?.code === 'Skip') skipped.add(plugin.name);
    else if (result.status) {
      rejection = signed(result.status, plugin);
      break;
    }
    states.set(plugin.name, result.state);
    if (!result.nodeNames) continue;
    nodeNames = intersect(nodeNames, result.nodeNames);
    narrowedBy.push(plugin.name);
  }
  const filters: ActiveFilter[] = [];
  for (const plugin of FILTER) {
    if (!skipped.has(plugin.name)) filters.push({ plugin, state: states.get(plugin.name) });
  }
  return { cycle: { handle, pod, filters }, nodeNames, narrowedBy, status: rejection };
}

function filterOnce(cycle: Cycle, node: ReadyNodeInfo): Outcome {
  const { pod, handle } = cycle;
  for (const { plugin, state } of cycle.filters) {
    const status = (plugin as With<'filter'>).filter(pod, node, state, handle);
    if (status) return signed(status, plugin);
  }
  return undefined;
}

/**
 * Runs the filters on a node. If Pods of at least the same priority are nominated to it, the Pod must fit both with
 * them there (they may come) and without (they may not).
 */
export function runFilters(cycle: Cycle, node: ReadyNodeInfo): Outcome {
  const { handle, pod } = cycle;
  const nominated = handle
    .nominatedPods(node.name)
    .filter((other) => other.uid !== pod.uid && other.priority >= pod.priority);
  if (nominated.length === 0) return filterOnce(cycle, node);
  const crowded = cloneNodeInfo(node);
  let crowdedCycle = cycle;
  for (const other of nominated) {
    addPodToNode(crowded, other);
    crowdedCycle = withPodAdded(crowdedCycle, other, crowded);
  }
  return filterOnce(crowdedCycle, crowded) ?? filterOnce(cycle, node);
}

/** The cycle with a Pod come to a node. */
export function withPodAdded(cycle: Cycle, added: PodInfo, node: ReadyNodeInfo): Cycle {
  const filters = cycle.filters.map(({ plugin, state }) => ({
    plugin,
    state: plugin.withPodAdded ? plugin.withPodAdded(state, cycle.pod, added, node.node, cycle.handle) : state,
  }));
  return { ...cycle, filters };
}

/** The cycle with a Pod gone from a node. */
export function withPodRemoved(cycle: Cycle, removed: PodInfo, node: ReadyNodeInfo): Cycle {
  const filters = cycle.filters.map(({ plugin, state }) => ({
    plugin,
    state: plugin.withPodRemoved ? plugin.withPodRemoved(state, cycle.pod, removed, node.node, cycle.handle) : state,
  }));
  return { ...cycle, filters };
}

/** Runs PostFilter until a plugin mends the situation; otherwise all that they had to say. */
export function runPostFilter(cycle: Cycle, statuses: NodeStatuses): PostFilterResult {
  const reasons: string[] = [];
  let nominatedNodeName: string | undefined;
  for (const plugin of POST_FILTER) {
    const result = plugin.postFilter(cycle, statuses);
    if (!result.status) return result;
    if (!isRejected(result.status)) return { status: signed(result.status, plugin) };
    if (result.nominatedNodeName !== undefined) nominatedNodeName = result.nominatedNodeName;
    reasons.push(...result.status.reasons);
  }
  return { nominatedNodeName, status: unschedulable(...reasons) };
}

/** Scores of all candidate nodes. */
export interface Scores {
  /** Plugins that took part, with one weighted score per node each. */
  readonly byPlugin: readonly { readonly name: string; readonly weighted: readonly number[] }[];
  readonly totals: readonly number[];
}

/** Runs PreScore and Score over the nodes that passed the filters. */
export function runScore(pod: PodInfo, nodes: readonly ReadyNodeInfo[], handle: Handle): Scores {
  const byPlugin: { name: string; weighted: number[] }[] = [];
  const totals = new Array<number>(nodes.length).fill(0);
  for (const { plugin, weight } of SCORE) {
    const prepared = plugin.preScore?.(pod, nodes, handle);
    if (prepared?.status) continue;
    const scores = nodes.map((node) => plugin.score(pod, node, prepared?.state, handle));
    plugin.normalizeScore?.(scores, nodes, prepared?.state);
    for (let index = 0; index < scores.length; index++) {
      const weighted = (scores[index] as number) * weight;
      scores[index] = weighted;
      totals[index] = (totals[index] as number) + weighted;
    }
    byPlugin.push({ name: plugin.name, weighted: scores });
  }
  return { byPlugin, totals };
}

/** Runs Reserve and Permit; on refusal, undoes what was reserved. */
export function runReserveAndPermit(pod: PodInfo, nodeName: string): Outcome {
  for (const plugin of RESERVE) {
    const status = plugin.reserve(pod, nodeName);
    if (!status) continue;
    runUnreserve(pod, nodeName);
    return signed(status, plugin);
  }
  for (const plugin of PERMIT) {
    const status = plugin.permit(pod, nodeName);
    if (!status) continue;
    runUnreserve(pod, nodeName);
    return signed(status, plugin);
  }
  return undefined;
}

/** Undoes reservations, last first. */
export function runUnreserve(pod: PodInfo, nodeName: string): void {
  for (let index = RESERVE.length - 1; index >= 0; index--) RESERVE[index]?.unreserve?.(pod, nodeName);
}

/** Runs PreBind, Bind and PostBind. A broken plugin is named in the message. */
export function runBind(pod: PodInfo, nodeName: string, handle: Handle): Outcome {
  for (const plugin of PRE_BIND) {
    const status = plugin.preBind(pod, nodeName);
    if (status) return isRejected(status) ? signed(status, plugin) : broken('PreBind', plugin, status);
  }
  for (const plugin of BIND) {
    const status = plugin.bind(pod, nodeName, handle);
    if (status?.code === 'Skip') continue;
    if (status) return isRejected(status) ? signed(status, plugin) : broken('Bind', plugin, status);
    for (const observer of POST_BIND) observer.postBind(pod, nodeName);
    return undefined;
  }
  return failure('no bind plugin took the pod');
}

function broken(point: string, plugin: Plugin, status: Status): Status {
  return signed(failure(`running ${point} plugin "${plugin.name}": ${status.reasons.join(', ')}`), plugin);
}
