/**
 * Node selectors: `nodeSelector`, required node affinity and single preferred terms against a node's labels and name.
 * Follows component-helpers/scheduling/corev1/nodeaffinity/nodeaffinity.go.
 */

import {
  NO_LABELS,
  type Requirement,
  requirementsHold,
  requirementsOfExpressions,
  requirementsOfLabels,
} from './requirements';
import type { Node, NodeSelector, NodeSelectorTerm, PodSpec } from './types';

/** A parsed nodeSelectorTerm; without any requirement it matches no node. */
export interface NodeTerm {
  readonly labels: readonly Requirement[];
  readonly fields: readonly Requirement[];
}

/** What a Pod demands of a node: the labels of nodeSelector and one of the terms. */
export interface RequiredNodeAffinity {
  readonly labels: readonly Requirement[] | undefined;
  readonly terms: readonly NodeTerm[] | undefined;
}

const NOTHING_REQUIRED: RequiredNodeAffinity = { labels: undefined, terms: undefined };

/** Parses a term. */
export function parseNodeTerm(term: NodeSelectorTerm): NodeTerm {
  return {
    labels: requirementsOfExpressions(term.matchExpressions ?? []),
    fields: requirementsOfExpressions(term.matchFields ?? []),
  };
}

/** Whether a node meets a term. */
export function nodeTermHolds(term: NodeTerm, node: Node): boolean {
  if (term.labels.length === 0 && term.fields.length === 0) return false;
  if (!requirementsHold(term.labels, node.metadata.labels ?? NO_LABELS)) return false;
  return term.fields.length === 0 || requirementsHold(term.fields, { 'metadata.name': node.metadata.name });
}

/** Whether a node meets one of the terms of a selector, if there is one. */
export function nodeSelectorHolds(selector: NodeSelector | undefined, node: Node): boolean {
  return !selector || (selector.nodeSelectorTerms ?? []).some((term) => nodeTermHolds(parseNodeTerm(term), node));
}

/** Parses what a Pod's spec demands of a node. */
export function requiredNodeAffinity(spec: PodSpec): RequiredNodeAffinity {
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  const hasSelector = spec.nodeSelector !== undefined && Object.keys(spec.nodeSelector).length > 0;
  if (!required && !hasSelector) return NOTHING_REQUIRED;
  return {
    labels: hasSelector ? requirementsOfLabels(spec.nodeSelector ?? NO_LABELS) : undefined,
    terms: required?.nodeSelectorTerms.map(parseNodeTerm),
  };
}

/** Whether anything is demanded at all. */
export function demandsNothing(affinity: RequiredNodeAffinity): boolean {
  return affinity.labels === undefined && affinity.terms === undefined;
}

/** Whether a node meets what a Pod demands. */
export function nodeAffinityHolds(affinity: RequiredNodeAffinity, node: Node): boolean {
  if (affinity.labels && !requirementsHold(affinity.labels, node.metadata.labels ?? NO_LABELS)) return false;
  return affinity.terms === undefined || affinity.terms.some((term) => nodeTermHolds(term, node));
}
