/** Defaults of LimitRanges. Fills in place. Follows SetDefaults_LimitRangeItem in pkg/apis/core/v1/defaults.go. */
import type { KubeObject } from '../meta';
import type { LimitRange, LimitRangeItem } from '../types';
import { defaultResourceList } from './resource-list';

/** Fills what a LimitRange leaves open: what containers get if they ask for nothing. */
export function defaultLimitRange(draft: KubeObject): void {
  const range = draft as LimitRange;
  range.spec ??= { limits: null as unknown as [] };
  for (const item of range.spec.limits ?? []) {
    for (const list of [item.max, item.min, item.default, item.defaultRequest, item.maxLimitRequestRatio])
      defaultResourceList(list);
    if (item.type === 'Container') defaultContainerItem(item);
  }
}

function defaultContainerItem(item: LimitRangeItem): void {
  const limits = { ...item.max, ...item.default };
  const requests = { ...item.min, ...limits, ...item.defaultRequest };
  if (Object.keys(limits).length > 0) item.default = limits;
  if (Object.keys(requests).length > 0) item.defaultRequest = requests;
}
