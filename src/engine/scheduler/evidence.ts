/**
 * What a scheduling attempt leaves as evidence: every node's verdict, with the reasons of those that failed and the
 * scores of those that passed. In clusters of more than 100 nodes only 100 are listed (the chosen one always) and the
 * rest are counted.
 */
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
  readonly total: number;
}

/** One attempt. */
export interface SchedulingEvidence {
  readonly type: 'scheduling';
  /** `namespace/name`. */
  readonly pod: string;
  readonly nodes: readonly NodeVerdict[];
  /** Nodes that are not listed. */
  readonly omittedNodes: number;
  readonly chosen: string | null;
}

const MAX_LISTED = 100;
const NO_REASONS: readonly string[] = [];
const NO_SCORES: Readonly<Record<string, number>> = {};

/** What is known of the nodes of an attempt. */
export interface AttemptRecord {
  readonly feasible: readonly string[];
  readonly scores: Scores | undefined;
  readonly rejected: ReadonlyMap<string, Status>;
  readonly allNodes: number;
}

function scoresAt(scores: Scores | undefined, index: number): Readonly<Record<string, number>> {
  if (!scores) return NO_SCORES;
  const byPlugin: Record<string, number> = {};
  for (const { name, weighted } of scores.byPlugin) byPlugin[name] = weighted[index] as number;
  return byPlugin;
}

function feasibleVerdict(record: AttemptRecord, index: number): NodeVerdict {
  return {
    node: record.feasible[index] as string,
    verdict: 'feasible',
    reasons: NO_REASONS,
    scores: scoresAt(record.scores, index),
    total: record.scores?.totals[index] ?? 0,
  };
}

/** Puts the evidence of an attempt together. */
export function schedulingEvidence(pod: PodInfo, record: AttemptRecord, chosen: string | null): SchedulingEvidence {
  const nodes: NodeVerdict[] = [];
  const chosenIndex = chosen === null ? -1 : record.feasible.indexOf(chosen);
  if (chosenIndex >= MAX_LISTED) nodes.push(feasibleVerdict(record, chosenIndex));
  for (let index = 0; index < record.feasible.length && nodes.length < MAX_LISTED; index++) {
    nodes.push(feasibleVerdict(record, index));
  }
  for (const [node, status] of record.rejected) {
    if (nodes.length >= MAX_LISTED) break;
    nodes.push({ node, verdict: status.plugin, reasons: status.reasons, scores: NO_SCORES, total: 0 });
  }
  return { type: 'scheduling', pod: pod.key, nodes, omittedNodes: record.allNodes - nodes.length, chosen };
}
