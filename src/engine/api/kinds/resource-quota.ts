/**
 * ResourceQuotas. Follows pkg/registry/core/resourcequota/strategy.go.
 * As a table: printResourceQuota in pkg/printers/internalversion/printers.go.
 */
import { defaultResourceList } from '../defaults/resource-list';
import type { ResourceQuota } from '../types';
import {
  validateResourceQuota,
  validateResourceQuotaStatusUpdate,
  validateResourceQuotaUpdate,
} from '../validation/resource-quota';
import { resourceQuotaWarnings } from '../warnings/resource-quota';
import { type KindDefinition, resource } from './definition';
import type { Strategy } from './strategy';
import { ageOf, columns, type TableDefinition } from './table';

const strategy: Strategy = {
  default(draft) {
    const quota = draft as ResourceQuota;
    quota.spec ??= {};
    quota.status ??= {};
    for (const list of [quota.spec.hard, quota.status.hard, quota.status.used]) defaultResourceList(list);
  },
  prepareForCreate(draft) {
    draft.status = {};
  },
  validate: validateResourceQuota,
  validateUpdate: validateResourceQuotaUpdate,
  validateStatusUpdate: validateResourceQuotaStatusUpdate,
  warningsOnCreate: (object) => resourceQuotaWarnings(object as ResourceQuota),
};

const table: TableDefinition<ResourceQuota> = {
  columns: columns('NAME,REQUEST,LIMIT,AGE'),
  row: (quota, clock) => {
    const { hard = {}, used = {} } = quota.status ?? {};
    const shown = (isLimit: boolean) =>
      Object.keys(hard)
        .sort()
        .filter((name) => name.startsWith('limits.') === isLimit)
        .map((name) => `${name}: ${used[name] ?? 0}/${hard[name]}`)
        .join(', ');
    return [quota.metadata.name, shown(false), shown(true), ageOf(quota, clock)];
  },
};

/** ResourceQuota. */
export const resourceQuotaKind: KindDefinition = {
  ...resource('', 'v1', 'ResourceQuota', 'resourcequotas', 'quota', { subresources: ['status'] }),
  strategy,
  table,
};
