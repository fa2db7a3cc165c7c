/**
 * kubectl auth reconcile: roles get the rules and bindings the subjects they lack, and lose what is too much when that is asked for.
 * Follows staging/src/k8s.io/kubectl/pkg/cmd/auth/reconcile.go and component-helpers/auth/rbac/reconciliation.
 */
import { goText } from '../../engine/api/go-text';
import type { KubeObject } from '../../engine/api/meta';
import { deepEqual } from '../../engine/api/plain';
import { uncoveredRules } from '../../engine/api/rbac/policy-rule';
import type { LabelSelector, PolicyRule, Subject } from '../../engine/api/types';
import type { Call, Command, Turn } from '../command';
import { type DryRun, dryRunOf } from '../dry-run';
import { KubectlError } from '../errors';
import { DRY_RUN, FILENAME, flag, OUTPUT } from '../flag-sets';
import { printResult } from '../output-format';
import { refuseBadName } from '../refusals';
import { type Info, select, visit } from '../selection';
import { isSameSubject } from './set-subject';

const AUTO_UPDATE = 'rbac.authorization.kubernetes.io/autoupdate';

/** A role or a binding. */
interface Grant extends KubeObject {
  readonly rules?: readonly PolicyRule[];
  readonly aggregationRule?: { readonly clusterRoleSelectors?: readonly LabelSelector[] };
  readonly subjects?: readonly Subject[];
  readonly roleRef?: object;
}

interface Wish {
  readonly removeRules: boolean;
  readonly removeSubjects: boolean;
}

/** What must be done, and what that adds and takes away. */
export interface Plan {
  readonly operation: 'none' | 'create' | 'update' | 'recreate';
  readonly object: KubeObject;
  readonly missingRules: readonly PolicyRule[];
  readonly extraRules: readonly PolicyRule[];
  readonly missingSubjects: readonly Subject[];
  readonly extraSubjects: readonly Subject[];
}

const NOTHING = { missingRules: [], extraRules: [], missingSubjects: [], extraSubjects: [] } as const;

/** Labels and annotations that are wished for beside those that are there, which win. */
function withMetadata(existing: Grant, wanted: Grant): Grant {
  const merged = (field: 'labels' | 'annotations') => {
    const both = { ...wanted.metadata[field], ...existing.metadata[field] };
    return Object.keys(both).length > 0 ? { [field]: both } : {};
  };
  return { ...existing, metadata: { ...existing.metadata, ...merged('annotations'), ...merged('labels') } };
}

/** The elements of a list that another lacks; each once. */
function lacking<T>(list: readonly T[], others: readonly T[], isSame: (left: T, right: T) => boolean): T[] {
  const found: T[] = [];
  for (const one of list) if (![...others, ...found].some((other) => isSame(one, other))) found.push(one);
  return found;
}

function planRole(existing: Grant, wanted: Grant, remove: boolean): Plan {
  const areAggregated = wanted.aggregationRule && existing.aggregationRule;
  const extraRules = areAggregated ? [] : uncoveredRules(wanted.rules ?? [], existing.rules ?? []);
  const missingRules = uncoveredRules(existing.rules ?? [], wanted.rules ?? []);
  let object = withMetadata(existing, wanted);
  if (remove && missingRules.length + extraRules.length > 0) object = { ...object, rules: wanted.rules ?? [] };
  else if (!remove && missingRules.length > 0)
    object = { ...object, rules: [...(existing.rules ?? []), ...missingRules] };
  object = withAggregation(object, existing, wanted, remove);
  const operation = deepEqual(object, existing) ? 'none' : 'update';
  return { ...NOTHING, operation, object, missingRules, extraRules };
}

function withAggregation(object: Grant, existing: Grant, wanted: Grant, remove: boolean): Grant {
  const { aggregationRule: _rule, ...rest } = object;
  if (!wanted.aggregationRule) return rest;
  const before = existing.aggregationRule?.clusterRoleSelectors ?? [];
  const asked = wanted.aggregationRule.clusterRoleSelectors ?? [];
  const missing = lacking(asked, before, deepEqual);
  const isDifferent = missing.length > 0 || (remove && lacking(before, asked, deepEqual).length > 0);
  if (!isDifferent) return object;
  return {
    ...rest,
    aggregationRule: remove ? wanted.aggregationRule : { clusterRoleSelectors: [...before, ...missing] },
  };
}

function planBinding(existing: Grant, wanted: Grant, remove: boolean): Plan {
  if (!deepEqual(existing.roleRef, wanted.roleRef)) return { ...NOTHING, operation: 'recreate', object: wanted };
  const before = existing.subjects ?? [];
  const asked = wanted.subjects ?? [];
  const missingSubjects = lacking(asked, before, isSameSubject);
  const extraSubjects = lacking(before, asked, isSameSubject);
  let object = withMetadata(existing, wanted);
  if (remove && missingSubjects.length + extraSubjects.length > 0) object = { ...object, subjects: asked };
  else if (!remove && missingSubjects.length > 0) object = { ...object, subjects: [...before, ...missingSubjects] };
  const operation = deepEqual(object, existing) ? 'none' : 'update';
  return { ...NOTHING, operation, object, missingSubjects, extraSubjects };
}

/** What it takes to bring a role or binding to what is wished. */
export function planGrant(existing: KubeObject | undefined, wanted: KubeObject, wish: Wish): Plan {
  const { rules = [], subjects = [] } = wanted as Grant;
  if (!existing) {
    return { ...NOTHING, operation: 'create', object: wanted, missingRules: rules, missingSubjects: subjects };
  }
  if (wanted.kind.endsWith('Binding')) return planBinding(existing, wanted, wish.removeSubjects);
  return planRole(existing, wanted, wish.removeRules);
}

function ensureNamespace(call: Call, { mapping, namespace: name }: Info): void {
  if (!mapping.namespaced) return;
  refuseBadName(name ?? '');
  if (name === undefined || call.io.client.find('Namespace', undefined, name)) return;
  call.io.client.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
}

function carryOut(call: Call, info: Info, { operation, object }: Plan): KubeObject {
  const { mapping, namespace, name } = info;
  const { client } = call.io;
  if (operation === 'none') return object;
  if (operation === 'update') return client.update(object);
  if (operation === 'recreate') client.delete(mapping.id, namespace, name);
  ensureNamespace(call, info);
  return client.create(object);
}

const ruleText = ({ verbs, apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [] }: PolicyRule) =>
  `{Verbs:${goText(verbs)} APIGroups:${goText(apiGroups)} Resources:${goText(resources)} ResourceNames:${goText(resourceNames)} NonResourceURLs:${goText(nonResourceURLs)}}`;
const subjectText = ({ kind, apiGroup = '', name, namespace = '' }: Subject) =>
  `{Kind:${kind} APIGroup:${apiGroup} Name:${name} Namespace:${namespace}}`;

function tell(call: Call, plan: Plan, isProtected: boolean, wish: Wish): void {
  if (plan.operation === 'none') return;
  const caveat = isProtected ? `, but object opted out (${AUTO_UPDATE}: false)` : '';
  call.err(`\treconciliation required ${plan.operation}${caveat}\n`);
  const list = (title: string, texts: readonly string[]) => {
    if (texts.length > 0) call.err(`\t${title}:\n${texts.map((text) => `\t\t${text}\n`).join('')}`);
  };
  list('missing subjects added', plan.missingSubjects.map(subjectText));
  if (wish.removeSubjects) list('extra subjects removed', plan.extraSubjects.map(subjectText));
  list('missing rules added', plan.missingRules.map(ruleText));
  if (wish.removeRules) list('extra rules removed', plan.extraRules.map(ruleText));
}

function reconcileOne(call: Call, info: Info, dryRun: DryRun): void {
  const wanted = info.object as KubeObject;
  if (info.mapping.group !== 'rbac.authorization.k8s.io') return;
  const wish = {
    removeRules: call.flags.bool('remove-extra-permissions'),
    removeSubjects: call.flags.bool('remove-extra-subjects'),
  };
  // Without a namespace, which this command fills in for nobody, there is nothing to be found.
  const isNowhere = info.mapping.namespaced && !info.namespace;
  const existing = isNowhere ? undefined : call.io.client.find(info.mapping.id, info.namespace, info.name);
  const plan = planGrant(existing, wanted, wish);
  const isProtected = existing?.metadata.annotations?.[AUTO_UPDATE] === 'false';
  const object = isProtected || dryRun !== 'none' ? plan.object : carryOut(call, info, plan);
  printResult(call, object, 'reconciled', dryRun);
  tell(call, plan, isProtected, wish);
}

function run(call: Call): Turn {
  if (call.flags.list('filename').length === 0) throw new KubectlError('must specify one of -f and -k');
  if (call.args.length > 0) throw new KubectlError('no arguments are allowed');
  const dryRun = dryRunOf(call);
  if (dryRun === 'server') {
    throw new KubectlError('--dry-run=server for command reconcile is not supported yet');
  }
  visit(select(call, { files: true, local: true, continueOnError: true }), (info) => reconcileOne(call, info, dryRun));
  return undefined;
}

/** kubectl auth reconcile. */
export const authReconcile: Command = {
  path: 'auth reconcile',
  use: 'auth reconcile -f FILENAME',
  flags: [
    ...FILENAME,
    ...DRY_RUN,
    ...OUTPUT,
    flag.bool('remove-extra-permissions'),
    flag.bool('remove-extra-subjects'),
  ],
  run,
};
