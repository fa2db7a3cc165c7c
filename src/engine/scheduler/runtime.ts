/**
 * Runs the plugins of the profile at the extension points of a scheduling cycle and puts their answers together; those of
 * a binding cycle are in binding-plugins.ts.
 * Follows pkg/scheduler/framework/runtime/framework.go. Filters run node after node instead of in parallel.
 */
import type { Pod } from '../api/types';
import type { ClusterEvent } from './cluster-events';
import {
  type ActiveFilter,
  type Cycle,
  type ExtensionPoints,
  type Handle,
  isRejected,
  type NodeStatuses,
  type Outcome,
  type PlacedPod,
  type Plugin,
  type PodInfo,
  type PostFilterResult,
  type PreBindPlugin,
  type ReadyNodeInfo,
  type ReservePlugin,
  type Status,
  unresolvable,
  unschedulable,
} from './framework';
import { addPodToNode, cloneNodeInfo } from './node-info';
import type { ProfileEntry } from './plugins/registry';

type Point = keyof ExtensionPoints<unknown, unknown>;

/** A plugin that takes part at an extension point. */
export type With<P extends Point> = Omit<Plugin, P> & Pick<ExtensionPoints<unknown, unknown>, P>;

/** A profile, sorted by extension points. */
export interface Framework {
  readonly plugins: ReadonlyMap<string, Plugin>;
  readonly preEnqueue: readonly With<'preEnqueue'>[];
  readonly preFilter: readonly With<'preFilter'>[];
  readonly filter: readonly With<'filter'>[];
  readonly postFilter: readonly With<'postFilter'>[];
  readonly score: readonly { readonly plugin: With<'score'>; readonly weight: number }[];
  readonly reserve: readonly (Plugin & ReservePlugin)[];
  readonly permit: readonly With<'permit'>[];
  readonly preBind: readonly (Plugin & PreBindPlugin)[];
  readonly bind: readonly With<'bind'>[];
  readonly postBind: readonly With<'postBind'>[];
  /** The changes that some plugin cares about. */
  readonly events: ReadonlySet<ClusterEvent>;
}

/** Sorts a profile. */
export function frameworkOf(profile: readonly ProfileEntry[]): Framework {
  const plugins = profile.map((entry) => entry.plugin);
  const at = <P extends Point>(point: P): readonly With<P>[] =>
    plugins.filter((plugin) => plugin[point] !== undefined) as With<P>[];
  return {
    plugins: new Map(plugins.map((plugin) => [plugin.name, plugin])),
    preEnqueue: at('preEnqueue'),
    preFilter: at('preFilter'),
    filter: at('filter'),
    postFilter: at('postFilter'),
    score: profile.filter((entry) => entry.plugin.score) as Framework['score'],
    reserve: at('reserve') as Framework['reserve'],
    permit: at('permit'),
    preBind: at('preBind') as Framework['preBind'],
    bind: at('bind'),
    postBind: at('postBind'),
    events: new Set(plugins.flatMap((plugin) => Object.keys(plugin.events ?? {}) as ClusterEvent[])),
  };
}

/** A plugin's answer with its name. */
export function signed(status: Status, plugin: Plugin): Status {
  return { ...status, plugin: plugin.name };
}

/** The plugin that keeps a Pod out of the active queue, if one does. */
export function runPreEnqueue(framework: Framework, pod: Pod): Outcome {
  for (const plugin of framework.preEnqueue) {
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

/** No node is left that every narrowing plugin names. */
function nothingLeft(narrowedBy: readonly string[]): Status {
  const names = [...narrowedBy].sort();
  const [only] = names;
  return unresolvable(
    names.length === 1
      ? `node(s) didn't satisfy plugin ${only}`
      : `node(s) didn't satisfy plugin(s) [${names.join(' ')}] simultaneously`,
  );
}

/** Runs PreFilter. What preemption might mend lets the others go on; anything worse ends it. */
export function runPreFilter(framework: Framework, pod: PodInfo, handle: Handle): PreFiltered {
  const states = new Map<string, unknown>();
  const skipped = new Set<string>();
  let nodeNames: readonly string[] | undefined;
  const narrowedBy: string[] = [];
  let rejection: Outcome;
  const preFiltered = new Set<string>();
  for (const plugin of framework.preFilter) {
    const { status, state, nodeNames: named } = plugin.preFilter(pod, handle);
    preFiltered.add(plugin.name);
    if (status?.code === 'Skip') {
      skipped.add(plugin.name);
      continue;
    }
    if (status) {
      rejection = signed(status, plugin);
      if (status.code !== 'Unschedulable') break;
      continue;
    }
    states.set(plugin.name, state);
    if (!named) continue;
    nodeNames = intersect(nodeNames, named);
    narrowedBy.push(plugin.name);
    if (nodeNames.length > 0) continue;
    rejection = nothingLeft(narrowedBy);
    break;
  }
  const filters: ActiveFilter[] = [];
  for (const plugin of framework.filter) {
    if (!skipped.has(plugin.name)) filters.push({ plugin, state: states.get(plugin.name) });
  }
  return { cycle: { handle, pod, filters, preFiltered }, nodeNames, narrowedBy, status: rejection };
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
export function withPodAdded(cycle: Cycle, added: PlacedPod, node: ReadyNodeInfo): Cycle {
  const filters = cycle.filters.map(({ plugin, state }) => ({
    plugin,
    state: plugin.withPodAdded ? plugin.withPodAdded(state, cycle.pod, added, node.node, cycle.handle) : state,
  }));
  return { ...cycle, filters };
}

/** The cycle with a Pod gone from a node. */
export function withPodRemoved(cycle: Cycle, removed: PlacedPod, node: ReadyNodeInfo): Cycle {
  const filters = cycle.filters.map(({ plugin, state }) => ({
    plugin,
    state: plugin.withPodRemoved ? plugin.withPodRemoved(state, cycle.pod, removed, node.node, cycle.handle) : state,
  }));
  return { ...cycle, filters };
}

/** Runs PostFilter until a plugin mends the situation; otherwise all that they had to say. */
export function runPostFilter(framework: Framework, cycle: Cycle, statuses: NodeStatuses): PostFilterResult {
  const reasons: string[] = [];
  let nominatedNodeName: string | undefined;
  for (const plugin of framework.postFilter) {
    const result = plugin.postFilter(cycle, statuses);
    if (!result.status) return result;
    if (!isRejected(result.status)) return { status: signed(result.status, plugin) };
    if (result.status.code === 'UnschedulableAndUnresolvable') return result;
    if (result.nominatedNodeName !== undefined) nominatedNodeName = result.nominatedNodeName;
    reasons.push(...result.status.reasons);
  }
  return { nominatedNodeName, status: unschedulable(...reasons) };
}

/** Scores of all candidate nodes. */
export interface Scores {
  /** Plugins that took part, with one weighted score per node each, and what it was before it was normalized, where it is. */
  readonly byPlugin: readonly {
    readonly name: string;
    readonly weight: number;
    readonly weighted: readonly number[];
    readonly raw?: readonly number[];
  }[];
  readonly totals: readonly number[];
}

/** Runs PreScore and Score over the nodes that passed the filters. */
export function runScore(framework: Framework, pod: PodInfo, nodes: readonly ReadyNodeInfo[], handle: Handle): Scores {
  const byPlugin: { name: string; weight: number; weighted: number[]; raw?: number[] }[] = [];
  const totals = new Array<number>(nodes.length).fill(0);
  for (const { plugin, weight } of framework.score) {
    const prepared = plugin.preScore?.(pod, nodes, handle);
    if (prepared?.status) continue;
    const scores = nodes.map((node) => plugin.score(pod, node, prepared?.state, handle));
    const raw = plugin.normalizeScore && [...scores];
    plugin.normalizeScore?.(scores, nodes, prepared?.state);
    for (let index = 0; index < scores.length; index++) {
      const weighted = (scores[index] as number) * weight;
      scores[index] = weighted;
      totals[index] = (totals[index] as number) + weighted;
    }
    byPlugin.push({ name: plugin.name, weight, weighted: scores, ...(raw ? { raw } : {}) });
  }
  return { byPlugin, totals };
}
