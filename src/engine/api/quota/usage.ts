/**
 * How much of what a quota limits is used. Follows CalculateUsage in apiserver/pkg/quota/v1/resources.go and CalculateUsageStats in
 * quota/v1/generic/evaluator.go.
 */
import type { ResourceInfo } from '../kinds/definition';
import type { KubeObject } from '../meta';
import type { ResourceQuota } from '../types';
import { evaluatorOf, isCounted } from './evaluator';
import { addLists, maskList, type ResourceList } from './resource-list';

/** What a quota counts is used of what it limits, by all kinds. `list` gives the objects of a kind in the quota's namespace. */
export function usageOf(
  quota: ResourceQuota,
  kinds: readonly ResourceInfo[],
  list: (kind: string) => readonly KubeObject[],
  now: string,
): ResourceList {
  const hard = Object.keys(quota.spec?.hard ?? {});
  let used: ResourceList = {};
  for (const info of kinds) {
    const evaluator = evaluatorOf(info);
    const names = evaluator?.matching(hard) ?? [];
    if (!evaluator || names.length === 0) continue;
    used = addLists(used, Object.fromEntries(names.map((name) => [name, '0'])));
    for (const object of list(info.id)) {
      if (isCounted(evaluator, quota, object)) used = addLists(used, maskList(evaluator.usage(object, now), names));
    }
  }
  return used;
}
