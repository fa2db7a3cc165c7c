/**
 * Which kinds quotas measure, and how. Follows apiserver/pkg/quota/v1/generic/evaluator.go and pkg/quota/v1/evaluator/core/registry.go. Left out: ResourceClaims, which don't exist here.
 */
import type { ResourceInfo } from '../kinds/definition';
import type { KubeObject } from '../meta';
import type { ResourceQuota } from '../types';
import { claimEvaluator } from './claims';
import type { QuotaEvaluator, Scope } from './measure';
import { podEvaluator } from './pods';
import { serviceEvaluator } from './services';

/** Plain names from before `count/…`. */
const ALIASED: ReadonlySet<string> = new Set(['configmaps', 'resourcequotas', 'replicationcontrollers', 'secrets']);

function counter({ group, plural }: ResourceInfo): QuotaEvaluator {
  const names = [countName(group, plural), ...(group === '' && ALIASED.has(plural) ? [plural] : [])];
  const usage = Object.fromEntries(names.map((name) => [name, '1']));
  return {
    matching: (given) => given.filter((name) => names.includes(name)),
    matchesScope: () => false,
    usage: () => usage,
  };
}

function countName(group: string, plural: string): string {
  return group ? `count/${plural}.${group}` : `count/${plural}`;
}

/** How a kind is measured, or undefined for what is never limited: Events, and what is in no namespace. */
export function evaluatorOf(info: ResourceInfo): QuotaEvaluator | undefined {
  if (!info.namespaced || info.id === 'Event') return undefined;
  if (info.id === 'Pod') return podEvaluator;
  if (info.id === 'Service') return serviceEvaluator;
  return info.id === 'PersistentVolumeClaim' ? claimEvaluator : counter(info);
}

/** All that a quota demands of what it counts. */
function scopesOf({ spec }: ResourceQuota): Scope[] {
  const plain = (spec?.scopes ?? []).map((scopeName) => ({ scopeName, operator: 'Exists' }));
  return [...plain, ...(spec?.scopeSelector?.matchExpressions ?? [])];
}

/** Whether a quota counts an object. */
export function isCounted(evaluator: QuotaEvaluator, quota: ResourceQuota, object: KubeObject): boolean {
  return scopesOf(quota).every((scope) => evaluator.matchesScope(scope, object));
}
