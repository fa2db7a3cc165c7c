/**
 * Label selectors parsed once and matched often: a list of requirements that must all hold. Also the node form with
 * its Gt and Lt. A selector that was not given matches nothing, an empty one everything.
 * Follows apimachinery/pkg/labels/selector.go.
 */
import { valueIn } from './plain';
import type { LabelSelector, NodeSelectorRequirement } from './types';

/** What a label says; undefined when it is not there. */
export { valueIn as labelValue } from './plain';

/** The labels of an object. */
export type Labels = Readonly<Record<string, string>>;

/** One condition on one label. */
export interface Requirement {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist' | 'Gt' | 'Lt';
  readonly values: readonly string[];
}

/** All must hold; undefined matches nothing. */
export type Requirements = readonly Requirement[] | undefined;

/** The labels of what has none. */
export const NO_LABELS: Labels = {};

const NONE: readonly string[] = [];

const MAX_INT64 = 2n ** 63n - 1n;

/** The whole number of 64 bits a text spells, as Go's ParseInt reads it, or undefined. */
function parseInteger(text: string | undefined): bigint | undefined {
  if (text === undefined || !/^[+-]?\d+$/.test(text)) return undefined;
  const value = BigInt(text.startsWith('+') ? text.slice(1) : text);
  return value <= MAX_INT64 && value >= -MAX_INT64 - 1n ? value : undefined;
}

function compares(requirement: Requirement, value: string): boolean {
  const actual = parseInteger(value);
  const bound = parseInteger(requirement.values[0]);
  if (actual === undefined || bound === undefined) return false;
  return requirement.operator === 'Gt' ? actual > bound : actual < bound;
}

/** Whether a label set meets one requirement. */
function requirementHolds(requirement: Requirement, labels: Labels): boolean {
  const value = valueIn(labels, requirement.key);
  switch (requirement.operator) {
    case 'In':
      return value !== undefined && requirement.values.includes(value);
    case 'NotIn':
      return value === undefined || !requirement.values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return value !== undefined && compares(requirement, value);
  }
}

/** Whether a label set meets all requirements. */
export function requirementsHold(requirements: Requirements, labels: Labels): boolean {
  if (requirements === undefined) return false;
  for (const requirement of requirements) if (!requirementHolds(requirement, labels)) return false;
  return true;
}

/** The requirements of a plain map of labels, in key order. */
export function requirementsOfLabels(labels: Labels): Requirement[] {
  return Object.keys(labels)
    .sort()
    .map((key) => ({ key, operator: 'In' as const, values: [labels[key] as string] }));
}

/** The requirements of matchExpressions. */
export function requirementsOfExpressions(
  expressions: readonly Pick<NodeSelectorRequirement, 'key' | 'operator' | 'values'>[],
): Requirement[] {
  return expressions.map((expression) => ({
    key: expression.key,
    operator: expression.operator as Requirement['operator'],
    values: expression.values ?? NONE,
  }));
}

/** The requirements of a label selector. */
export function requirementsOfSelector(selector: LabelSelector | undefined): Requirements {
  if (!selector) return undefined;
  const fromLabels = selector.matchLabels ? requirementsOfLabels(selector.matchLabels) : [];
  return selector.matchExpressions
    ? fromLabels.concat(requirementsOfExpressions(selector.matchExpressions))
    : fromLabels;
}

/** One text per meaning, near enough: equal texts select alike. */
export function requirementsKey(requirements: Requirements): string {
  if (requirements === undefined) return '!';
  const parts = requirements.map((one) => `${one.key} ${one.operator} ${[...one.values].sort().join(',')}`);
  return parts.sort().join(';');
}

/** A parsed selector with its key, for questions that are asked in every cycle. */
export interface ParsedSelector {
  readonly requirements: Requirements;
  readonly key: string;
}

/** Parses once what is asked often. */
export function parsedSelector(requirements: Requirements): ParsedSelector {
  return { requirements, key: requirementsKey(requirements) };
}
