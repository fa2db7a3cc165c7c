/**
 * The decision of one attempt, without its consequences: which nodes pass the filters, which of them scores best.
 * Follows pkg/scheduler/schedule_one.go (schedulePod, findNodesThatFitPod, findNodesThatPassFilters, prioritizeNodes).
 * Extenders are left out, and so is the reuse of one Pod's result for the next: with default spreading no Pod qualifies.
 */
import type { AttemptRecord } from './evidence';
import type { Diagnosis } from './fit-error';
import { type Cycle, type Handle, type Status, unresolvable } from './framework';
import type { ReadyNodeInfo } from './node-info';
import { divide } from './plugins/normalize-score';
import type { PodInfo } from './pod-info';
import { type Framework, type PreFiltered, runFilters, runPreFilter, runScore } from './runtime';

const MIN_FEASIBLE_NODES = 100;
const MIN_FEASIBLE_PERCENTAGE = 5;

/** How a search went. */
export interface Search {
  readonly cycle: Cycle;
  readonly chosen: string | undefined;
  readonly record: AttemptRecord;
  /** Set when no node was found. */
  readonly diagnosis: Diagnosis | undefined;
  /** The plugins that rejected a node, sorted. */
  readonly rejectedBy: readonly string[];
  /** By how many nodes the next search starts later: none when the nominated node did. */
  readonly advance: number;
}

/** What holds of nodes that nobody looked at. */
const NOT_EVALUATED: Status = unresolvable();

const FOUND: Pick<Search, 'diagnosis' | 'rejectedBy'> = { diagnosis: undefined, rejectedBy: [] };

/** After how many feasible nodes a search stops: all of a small cluster, a share of a large one. */
export function feasibleNodesToFind(nodes: number): number {
  if (nodes < MIN_FEASIBLE_NODES) return nodes;
  const percentage = Math.max(50 - divide(nodes, 125), MIN_FEASIBLE_PERCENTAGE);
  return Math.max(divide(nodes * percentage, 100), MIN_FEASIBLE_NODES);
}

function filterNodes(
  cycle: Cycle,
  nodes: readonly ReadyNodeInfo[],
  start: number,
  rejected: Map<string, Status>,
): ReadyNodeInfo[] {
  const enough = feasibleNodesToFind(nodes.length);
  const feasible: ReadyNodeInfo[] = [];
  for (let index = 0; index < nodes.length && feasible.length < enough; index++) {
    const node = nodes[(start + index) % nodes.length] as ReadyNodeInfo;
    const status = runFilters(cycle, node);
    if (status) rejected.set(node.name, status);
    else feasible.push(node);
  }
  return feasible;
}

/** The index of the highest total; of equals, one at random, each with the same chance. */
function pickHighest(totals: readonly number[], randomBelow: (bound: number) => number): number {
  let best = 0;
  let equals = 1;
  for (let index = 1; index < totals.length; index++) {
    const difference = (totals[index] as number) - (totals[best] as number);
    if (difference > 0) {
      best = index;
      equals = 1;
    } else if (difference === 0) {
      equals++;
      if (randomBelow(equals) === 0) best = index;
    }
  }
  return best;
}

/** What a search has to go by. */
interface Filtered {
  readonly preFiltered: PreFiltered;
  readonly rejected: ReadonlyMap<string, Status>;
  readonly absent: Status;
}

function diagnosisOf(filtered: Filtered, allNodes: number): Pick<Search, 'diagnosis' | 'rejectedBy'> {
  const { preFiltered, rejected, absent } = filtered;
  const { status, narrowedBy } = preFiltered;
  const plugins = new Set(narrowedBy);
  for (const rejection of rejected.values()) plugins.add(rejection.plugin);
  if (status?.plugin) plugins.add(status.plugin);
  const preFilterMessage = status ? status.reasons.join(', ') : '';
  return {
    diagnosis: { allNodes, byNode: rejected, absent, preFilterMessage, postFilterMessage: '' },
    rejectedBy: [...plugins].sort(),
  };
}

/** Scores what passed the filters and picks the best. */
function choose(
  framework: Framework,
  pod: PodInfo,
  handle: Handle,
  filtered: Filtered,
  feasible: readonly ReadyNodeInfo[],
): Search {
  const { rejected } = filtered;
  const scores = feasible.length > 1 ? runScore(framework, pod, feasible, handle) : undefined;
  const best = scores ? pickHighest(scores.totals, (bound) => handle.randomBelow(bound)) : 0;
  const allNodes = handle.nodes.length;
  return {
    cycle: filtered.preFiltered.cycle,
    chosen: feasible[best]?.name,
    record: { feasible: feasible.map((node) => node.name), scores, rejected, allNodes },
    advance: feasible.length + rejected.size,
    ...(feasible.length > 0 ? FOUND : diagnosisOf(filtered, allNodes)),
  };
}

/** Looks for the best node for a Pod. There must be nodes. */
export function findNode(
  framework: Framework,
  pod: PodInfo,
  handle: Handle,
  start: number,
  nominatedNodeName: string | undefined,
): Search {
  const preFiltered = runPreFilter(framework, pod, handle);
  const { cycle, nodeNames, narrowedBy, status } = preFiltered;
  const rejected = new Map<string, Status>();
  const end = (absent: Status, feasible: readonly ReadyNodeInfo[]): Search =>
    choose(framework, pod, handle, { preFiltered, rejected, absent }, feasible);
  if (status) return end(status, []);
  const nominated = nominatedNodeName ? handle.node(nominatedNodeName) : undefined;
  if (nominated) {
    const rejection = runFilters(cycle, nominated);
    if (!rejection) return { ...end(NOT_EVALUATED, [nominated]), advance: 0 };
    rejected.set(nominated.name, rejection);
  }
  if (!nodeNames) return end(NOT_EVALUATED, filterNodes(cycle, handle.nodes, start, rejected));
  const named = nodeNames.map((name) => handle.node(name)).filter((node) => node !== undefined);
  const absent = unresolvable(`node(s) didn't satisfy plugin(s) [${[...narrowedBy].sort().join(' ')}]`);
  return end(absent, filterNodes(cycle, named, start, rejected));
}
