/** Warnings of ResourceQuotas. Follows WarningsOnCreate in pkg/registry/core/resourcequota/strategy.go. */
import { compareQuantities } from '../quantity';
import type { ResourceQuota } from '../types';

const WITH_LIMITS = ['cpu', 'memory', 'storage', 'ephemeral-storage'];

/** Requests that may grow beyond the limits. */
export function resourceQuotaWarnings({ spec }: ResourceQuota): string[] {
  const hard = spec?.hard ?? {};
  return WITH_LIMITS.flatMap((name) => {
    const isShort = hard[`requests.${name}`] === undefined && (name === 'cpu' || name === 'memory');
    const requests = isShort ? name : `requests.${name}`;
    const [request, limit] = [hard[requests], hard[`limits.${name}`]];
    if (request === undefined || limit === undefined || compareQuantities(request, limit) <= 0) return [];
    return [`ResourceQuota ${requests} (${request}) should be less than limits.${name} (${limit})`];
  });
}
