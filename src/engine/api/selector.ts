/**
 * Which objects a selector selects: sets of labels, LabelSelector objects, and the text forms that kubectl sends.
 * Follows apimachinery/pkg/labels/selector.go and pkg/apis/meta/v1/helpers.go. Matching allocates nothing.
 */
import { formatRequirement, type LabelRequirement, type Labels, labelOf, meetsRequirement } from './label-requirement';
import type { KubeObject } from './meta';
import { parseLabelSelector, sortByKey } from './selector-parser';
import type { LabelSelector, LabelSelectorRequirement } from './types';

export { fieldSelectorError, matchesFieldSelector, matchesFields, parseFieldSelector } from './field-selector';
export { parseLabelSelector } from './selector-parser';
export type { LabelRequirement, Labels };

/** Whether all pairs of the set are among the labels. An empty or absent set selects everything. */
export function matchesSet(set: Labels, labels: Labels): boolean {
  for (const key in set) {
    if (labelOf(labels, key) !== set[key]) return false;
  }
  return true;
}

/** Whether a value, undefined where there is none, is one that an operator and its values ask for. */
export function meetsOperator(
  { operator, values }: Pick<LabelSelectorRequirement, 'operator' | 'values'>,
  value: string | undefined,
): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && (values?.includes(value) ?? false);
    case 'NotIn':
      return value === undefined || !values?.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}

/** Whether a LabelSelector selects the labels: an absent selector nothing, an empty one everything. */
export function matchesLabelSelector(selector: LabelSelector | undefined, labels: Labels): boolean {
  if (!selector || !matchesSet(selector.matchLabels, labels)) return false;
  const expressions = selector.matchExpressions;
  if (!expressions) return true;
  for (const expression of expressions) {
    if (!meetsOperator(expression, labelOf(labels, expression.key))) return false;
  }
  return true;
}

/** What a workload selects its Pods by: a ReplicationController gives a set of labels, the others a LabelSelector. */
export function podSelectorOf({ kind, spec }: KubeObject): LabelSelector | undefined {
  const { selector } = (spec ?? {}) as { selector?: LabelSelector };
  if (kind !== 'ReplicationController') return selector;
  return selector && { matchLabels: selector as Record<string, string> };
}

/** Whether the labels meet all requirements of a parsed selector. */
export function matchesRequirements(requirements: readonly LabelRequirement[], labels: Labels): boolean {
  for (const requirement of requirements) {
    if (!meetsRequirement(requirement, labels)) return false;
  }
  return true;
}

/** Whether the text of a selector selects the labels. Parses each time: for many objects parse once instead. */
export function matchesText(text: string, labels: Labels): boolean {
  return matchesRequirements(parseLabelSelector(text), labels);
}

const OPERATORS = { In: 'in', NotIn: 'notin', Exists: 'exists', DoesNotExist: '!' } as const;

/** A LabelSelector as requirements, sorted by key. Throws on an unknown operator. */
export function labelSelectorRequirements(selector: LabelSelector): LabelRequirement[] {
  const requirements: LabelRequirement[] = [];
  for (const [key, value] of Object.entries(selector.matchLabels ?? {})) {
    requirements.push({ key, operator: '=', values: [value] });
  }
  for (const { key, operator, values } of selector.matchExpressions ?? []) {
    const symbol = OPERATORS[operator as keyof typeof OPERATORS];
    if (!symbol) throw new Error(`${JSON.stringify(operator)} is not a valid label selector operator`);
    requirements.push({ key, operator: symbol, values: values ?? [] });
  }
  return sortByKey(requirements);
}

/** Parsed requirements as text, joined by commas. */
export function formatRequirements(requirements: readonly LabelRequirement[]): string {
  return requirements.map(formatRequirement).join(',');
}

/** A LabelSelector as kubectl shows it: `<none>` when nothing is asked or there is no selector. */
export function formatLabelSelector(selector: LabelSelector | undefined): string {
  if (!selector) return '<none>';
  return formatRequirements(labelSelectorRequirements(selector)) || '<none>';
}

/** A selector as Go prints it. */
export function goSelector(selector: LabelSelector | undefined): string {
  if (!selector) return 'nil';
  const labels = selector.matchLabels ?? {};
  const keys = Object.keys(labels).sort((a, b) => (a < b ? -1 : 1));
  const expressions = (selector.matchExpressions ?? []).map(
    ({ key, operator, values = [] }) =>
      `LabelSelectorRequirement{Key:${key},Operator:${operator},Values:[${values.join(' ')}],},`,
  );
  const matchLabels = keys.map((key) => `${key}: ${labels[key]},`).join('');
  return `&LabelSelector{MatchLabels:map[string]string{${matchLabels}},MatchExpressions:[]LabelSelectorRequirement{${expressions.join('')}},}`;
}
