/**
 * What a scheduling attempt leaves as evidence: the verdict on every node that was looked at, with the reasons of those that
 * failed and the scores of those that passed. In clusters of more than 100 nodes only 100 are listed (the chosen one
 * always) and the rest are counted; so are the nodes that nobody looked at.
 */
import { putIn } from '../api/plain';
import { withoutRoom } from '../kernel/in-one-piece';
import type { Status } from './framework';
import type { PodInfo } from './pod-info';
import type { Scores } from './runtime';

/** One node in an attempt. */
export interface NodeVerdict {
  readonly node: string;
  /** `feasible`, or the plugin that rejected it. */
  readonly verdict: string;
  readonly reasons: readonly string[];
  /** Weighted scores by plugin. */
  readonly scores: Readonly<Record<string, number>>;
  /** By plugin, before they were normalized; those that are not are left out. */
  readonly raw: Readonly<Record<string, number>>;
  readonly total: number;
}

/** One attempt. */
export interface SchedulingEvidence {
  readonly type: 'scheduling';
  /** `namespace/name`. */
  readonly pod: string;
  readonly nodes: readonly NodeVerdict[];
  /** Nodes that were looked at and are not listed. */
  readonly omittedNodes: number;
  /** Nodes that were not looked at, because enough others fit, one was nominated or only some could do. */
  readonly notLookedAt: number;
  readonly chosen: string | null;
  /** By plugin that scored. */
  readonly weights: Readonly<Record<string, number>>;
}

const MAX_LISTED = 100;
/** So many records of scores are remembered; they only save room. */
const MAX_RECORDS = 1000;
const NO_REASONS: readonly string[] = [];
const NO_PLUGINS: Scores['byPlugin'] = [];
const NO_SCORES: Readonly<Record<string, number>> = {};

/** What is known of the nodes of an attempt. */
export interface AttemptRecord {
  readonly feasible: readonly string[];
  readonly scores: Scores | undefined;
  readonly rejected: ReadonlyMap<string, Status>;
  readonly allNodes: number;
}

/** The latest verdicts by node: a node that is judged as before shares its record with the attempt before. */
export interface LatestVerdicts {
  readonly byNode: Map<string, NodeVerdict>;
  /** Scores, by all that they say. */
  readonly records: Map<string, Readonly<Record<string, number>>>;
  /** The plugins whose scores they hold, and the weights of these. */
  plugins: string;
  weights: Readonly<Record<string, number>>;
}

/** Verdicts of other plugins' scores can't be shared. */
function forgetOthers(latest: LatestVerdicts, scores: Scores | undefined): void {
  const plugins = scores?.byPlugin.map(({ name }) => name).join() ?? '';
  if (plugins === latest.plugins) return;
  latest.byNode.clear();
  latest.plugins = plugins;
  const weights: Record<string, number> = {};
  for (const { name, weight } of scores?.byPlugin ?? NO_PLUGINS) putIn(weights, name, weight);
  latest.weights = weights;
}

type ByPlugin = Readonly<Record<string, number>>;

/** A record of these numbers: many nodes at many times have the same, and a history keeps all of them. */
function byPlugin({ records }: LatestVerdicts, scored: readonly (readonly [string, number])[]): ByPlugin {
  if (scored.length === 0) return NO_SCORES;
  const key = scored.join(';');
  const known = records.get(key);
  if (known) return known;
  const made = {};
  for (const [name, score] of scored) putIn(made, name, score);
  if (records.size >= MAX_RECORDS) records.clear();
  records.set(key, made);
  return made;
}

function scoresAt(scores: Scores | undefined, index: number, latest: LatestVerdicts): ByPlugin {
  return byPlugin(latest, scores?.byPlugin.map(({ name, weighted }) => [name, weighted[index] as number]) ?? []);
}

function rawAt(scores: Scores | undefined, index: number, latest: LatestVerdicts): ByPlugin {
  const scored = scores?.byPlugin.flatMap(({ name, raw }) => (raw ? [[name, raw[index] as number] as const] : []));
  return byPlugin(latest, scored ?? []);
}

function isAsBefore(before: NodeVerdict | undefined, scores: Scores | undefined, index: number): boolean {
  if (before?.total !== (scores?.totals[index] ?? 0)) return false;
  for (const { name, weighted, raw } of scores?.byPlugin ?? NO_PLUGINS)
    if (before?.scores[name] !== weighted[index] || before?.raw[name] !== raw?.[index]) return false;
  return true;
}

function feasibleVerdict(record: AttemptRecord, index: number, latest: LatestVerdicts): NodeVerdict {
  const node = record.feasible[index] as string;
  const before = latest.byNode.get(node);
  if (before && isAsBefore(before, record.scores, index)) return before;
  const verdict: NodeVerdict = {
    node,
    verdict: 'feasible',
    reasons: NO_REASONS,
    scores: scoresAt(record.scores, index, latest),
    raw: rawAt(record.scores, index, latest),
    total: record.scores?.totals[index] ?? 0,
  };
  latest.byNode.set(node, verdict);
  return verdict;
}

/** Puts the evidence of an attempt together. */
export function schedulingEvidence(
  pod: PodInfo,
  record: AttemptRecord,
  chosen: string | null,
  latest: LatestVerdicts,
): SchedulingEvidence {
  forgetOthers(latest, record.scores);
  const nodes: NodeVerdict[] = [];
  const chosenIndex = chosen === null ? -1 : record.feasible.indexOf(chosen);
  if (chosenIndex >= MAX_LISTED) nodes.push(feasibleVerdict(record, chosenIndex, latest));
  for (let index = 0; index < record.feasible.length && nodes.length < MAX_LISTED; index++) {
    nodes.push(feasibleVerdict(record, index, latest));
  }
  for (const [node, status] of record.rejected) {
    if (nodes.length >= MAX_LISTED) break;
    nodes.push({ node, verdict: status.plugin, reasons: status.reasons, scores: NO_SCORES, raw: NO_SCORES, total: 0 });
  }
  const lookedAt = record.feasible.length + record.rejected.size;
  const notLookedAt = record.allNodes - lookedAt;
  return {
    type: 'scheduling',
    pod: pod.key,
    nodes: withoutRoom(nodes),
    omittedNodes: lookedAt - nodes.length,
    notLookedAt,
    chosen,
    weights: latest.weights,
  };
}
