/**
 * One rule of a role: what it allows, whether it covers another, and how lists of rules are broken down and put together again.
 * Follows pkg/apis/rbac/v1/evaluation_helpers.go, component-helpers/auth/rbac/validation/policy_comparator.go and
 * pkg/registry/rbac/validation/policy_compact.go.
 */
import { goText } from '../go-text';
import { matchesLabelSelector } from '../selector';
import type { ClusterRole, PolicyRule } from '../types';
import { quoteGo } from '../validation/field-errors';

/** The API group of roles and bindings. */
export const RBAC_GROUP = 'rbac.authorization.k8s.io';

/** What is asked: of a resource, or of a path that is none. */
export interface Asked {
  readonly verb: string;
  readonly group?: string;
  readonly resource?: string;
  readonly subresource?: string;
  readonly name?: string;
  /** Set for what is no resource. */
  readonly path?: string;
}

const NONE: readonly string[] = [];

const has = (list: readonly string[] | undefined, one: string): boolean =>
  list !== undefined && (list.includes('*') || list.includes(one));

const trimStars = (text: string): string => text.replace(/\*+$/, '');

function allowsPath(urls: readonly string[], path: string): boolean {
  return urls.some((url) => url === path || (url.endsWith('*') && path.startsWith(trimStars(url))));
}

/** Whether a rule allows what is asked. */
export function ruleAllows(rule: PolicyRule, asked: Asked): boolean {
  if (!has(rule.verbs, asked.verb)) return false;
  if (asked.path !== undefined) return allowsPath(rule.nonResourceURLs ?? NONE, asked.path);
  const { group = '', resource = '', subresource, name = '' } = asked;
  if (!has(rule.apiGroups, group)) return false;
  const resources = rule.resources ?? NONE;
  const isNamed = has(resources, subresource ? `${resource}/${subresource}` : resource);
  if (!isNamed && !(subresource && resources.includes(`*/${subresource}`))) return false;
  return !rule.resourceNames?.length || rule.resourceNames.includes(name);
}

/** A rule as rules with one verb and one thing each. */
export function breakdownRule({
  verbs,
  apiGroups,
  resources,
  resourceNames,
  nonResourceURLs,
}: PolicyRule): PolicyRule[] {
  const parts: PolicyRule[] = [];
  for (const group of apiGroups ?? NONE) {
    for (const resource of resources ?? NONE) {
      for (const verb of verbs ?? NONE) {
        const part = { verbs: [verb], apiGroups: [group], resources: [resource] };
        if (!resourceNames?.length) parts.push(part);
        for (const name of resourceNames ?? NONE) parts.push({ ...part, resourceNames: [name] });
      }
    }
  }
  for (const url of nonResourceURLs ?? NONE) {
    for (const verb of verbs ?? NONE) parts.push({ verbs: [verb], nonResourceURLs: [url] });
  }
  return parts;
}

function coversResource(owned: readonly string[], wanted: string): boolean {
  if (has(owned, wanted)) return true;
  const slash = wanted.indexOf('/');
  return slash >= 0 && owned.includes(`*/${wanted.slice(slash + 1)}`);
}

function ruleCovers(owner: PolicyRule, part: PolicyRule): boolean {
  const [verb] = part.verbs as [string];
  if (!has(owner.verbs, verb)) return false;
  const [url] = part.nonResourceURLs ?? NONE;
  if (url !== undefined) return allowsPath(owner.nonResourceURLs ?? NONE, url);
  if (!has(owner.apiGroups, part.apiGroups?.[0] ?? '')) return false;
  if (!coversResource(owner.resources ?? NONE, part.resources?.[0] ?? '')) return false;
  if (!owner.resourceNames?.length) return true;
  const [name] = part.resourceNames ?? NONE;
  return name !== undefined && owner.resourceNames.includes(name);
}

/** The parts of rules that an owner of other rules does not have. */
export function uncoveredRules(owned: readonly PolicyRule[], wanted: readonly PolicyRule[]): PolicyRule[] {
  return wanted.flatMap(breakdownRule).filter((part) => !owned.some((owner) => ruleCovers(owner, part)));
}

/** Parts of one resource put together, with their verbs in the order they came; `unique` leaves repeated ones out. */
export function compactRules(rules: readonly PolicyRule[], unique = false): PolicyRule[] {
  const others: PolicyRule[] = [];
  const simple = new Map<string, PolicyRule>();
  for (const rule of rules) {
    const { verbs, apiGroups = NONE, resources = NONE, resourceNames = NONE, nonResourceURLs } = rule;
    const isSimple = apiGroups.length === 1 && resources.length === 1 && resourceNames.length < 2;
    if (!isSimple || nonResourceURLs?.length) {
      others.push(rule);
      continue;
    }
    const key = JSON.stringify([apiGroups, resources, resourceNames]);
    const known = simple.get(key);
    if (!known) simple.set(key, { ...rule, verbs: [...verbs] });
    else known.verbs.push(...verbs.filter((verb) => !unique || !known.verbs.includes(verb)));
  }
  return [...others, ...simple.values()];
}

const quoted = (list: readonly string[]): string => `[${list.map(quoteGo).join(' ')}]`;

/** `{APIGroups:[""], Resources:["pods"], Verbs:["get"]}`. */
export function compactText(rule: PolicyRule): string {
  const parts = (
    [
      ['APIGroups', rule.apiGroups],
      ['Resources', rule.resources],
      ['NonResourceURLs', rule.nonResourceURLs],
      ['ResourceNames', rule.resourceNames],
      ['Verbs', rule.verbs],
    ] as const
  ).flatMap(([name, list]) => (list?.length ? [`${name}:${quoted(list)}`] : []));
  return `{${parts.join(', ')}}`;
}

/** How Go prints a rule, which is what lists of them are sorted by. */
export function ruleText(rule: PolicyRule): string {
  const { verbs, apiGroups = NONE, resources = NONE, resourceNames = NONE, nonResourceURLs = NONE } = rule;
  const texts = [verbs, apiGroups, resources, resourceNames, nonResourceURLs].map(goText);
  return `&PolicyRule{Verbs:${texts[0]},APIGroups:${texts[1]},Resources:${texts[2]},ResourceNames:${texts[3]},NonResourceURLs:${texts[4]},}`;
}

const sameRule = (left: PolicyRule, right: PolicyRule): boolean => ruleText(left) === ruleText(right);

/** The rules that an aggregated ClusterRole gathers from others, which are in the order of their names; each once. */
export function aggregatedRules(role: ClusterRole, all: readonly ClusterRole[]): PolicyRule[] {
  const rules: PolicyRule[] = [];
  for (const selector of role.aggregationRule?.clusterRoleSelectors ?? []) {
    for (const other of all) {
      if (other.metadata.name === role.metadata.name || !matchesLabelSelector(selector, other.metadata.labels))
        continue;
      for (const rule of other.rules ?? []) if (!rules.some((known) => sameRule(known, rule))) rules.push(rule);
    }
  }
  return rules;
}

/** Whether two lists of rules are the same. */
export function sameRules(left: readonly PolicyRule[], right: readonly PolicyRule[]): boolean {
  return left.length === right.length && left.every((rule, index) => sameRule(rule, right[index] as PolicyRule));
}
