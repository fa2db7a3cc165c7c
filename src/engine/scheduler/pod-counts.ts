/**
 * How many placed Pods, per node, answer a question — asked by PodTopologySpread ("which match this selector") and
 * InterPodAffinity ("which match all my terms"; "which carry a term that might be about me"). A question is answered by
 * a scan the first time and kept up to date from then on, so no scheduling attempt looks at all Pods.
 * Upstream scans Pods in every attempt; the counts are the same. The last 64 questions are kept: forgetting one costs a
 * scan when it is asked again and alters nothing.
 */
import type { AffinityTerm, PlacedPod } from './pod-info';

/** Pods per node name; nodes without any are absent. */
export type CountsByNode = ReadonlyMap<string, number>;

/** A question about placed Pods. Equal keys must ask the same. */
export interface PodQuestion {
  readonly key: string;
  /** When given, only Pods of this namespace can answer. */
  readonly namespace?: string;
  /** The answer may change when a Namespace's labels do. */
  readonly readsNamespaceLabels?: boolean;
  readonly matches: (pod: PlacedPod) => boolean;
}

/** Which terms of placed Pods. */
export type TermKind = 'requiredAffinity' | 'requiredAntiAffinity' | 'preferredAffinity' | 'preferredAntiAffinity';

/** A term that some placed Pods carry, and how many do per node. */
export interface CarriedTerm {
  readonly term: AffinityTerm;
  readonly byNode: CountsByNode;
}

interface Answer {
  readonly question: PodQuestion;
  readonly byNode: Map<string, number>;
}

/** All counts of a snapshot. */
export interface PodCounts {
  /** In order of last use, oldest first. */
  readonly answers: Map<string, Answer>;
  readonly carried: Readonly<Record<TermKind, Map<string, { term: AffinityTerm; byNode: Map<string, number> }>>>;
}

const MAX_QUESTIONS = 64;

const TERM_KINDS: readonly TermKind[] = [
  'requiredAffinity',
  'requiredAntiAffinity',
  'preferredAffinity',
  'preferredAntiAffinity',
];

/** Counts of no Pods. */
export function newPodCounts(): PodCounts {
  return {
    answers: new Map(),
    carried: {
      requiredAffinity: new Map(),
      requiredAntiAffinity: new Map(),
      preferredAffinity: new Map(),
      preferredAntiAffinity: new Map(),
    },
  };
}

function bump(byNode: Map<string, number>, nodeName: string, by: number): void {
  const count = (byNode.get(nodeName) ?? 0) + by;
  if (count === 0) byNode.delete(nodeName);
  else byNode.set(nodeName, count);
}

function asks(question: PodQuestion, pod: PlacedPod): boolean {
  return (question.namespace === undefined || question.namespace === pod.namespace) && question.matches(pod);
}

/** Counts a Pod that came to a node (1) or left it (-1). */
export function countPod(counts: PodCounts, pod: PlacedPod, nodeName: string, by: 1 | -1): void {
  for (const answer of counts.answers.values()) {
    if (asks(answer.question, pod)) bump(answer.byNode, nodeName, by);
  }
  for (const kind of TERM_KINDS) {
    for (const term of pod[kind]) {
      let carried = counts.carried[kind].get(term.key);
      if (!carried) {
        carried = { term, byNode: new Map() };
        counts.carried[kind].set(term.key, carried);
      }
      bump(carried.byNode, nodeName, by);
      if (carried.byNode.size === 0) counts.carried[kind].delete(term.key);
    }
  }
}

/** The answer to a question, from a scan of `placements` if it is new. */
export function answer(
  counts: PodCounts,
  question: PodQuestion,
  placements: ReadonlyMap<string, { readonly nodeName: string; readonly pod: PlacedPod }>,
): CountsByNode {
  const known = counts.answers.get(question.key);
  if (known) {
    counts.answers.delete(question.key);
    counts.answers.set(question.key, known);
    return known.byNode;
  }
  const byNode = new Map<string, number>();
  for (const { nodeName, pod } of placements.values()) if (asks(question, pod)) bump(byNode, nodeName, 1);
  if (counts.answers.size >= MAX_QUESTIONS) {
    for (const oldest of counts.answers.keys()) {
      counts.answers.delete(oldest);
      break;
    }
  }
  counts.answers.set(question.key, { question, byNode });
  return byNode;
}

/** Forgets the answers that depended on labels of namespaces. */
export function forgetNamespaceAnswers(counts: PodCounts): void {
  for (const [key, { question }] of counts.answers) if (question.readsNamespaceLabels) counts.answers.delete(key);
}
