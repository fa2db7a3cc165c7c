/**
 * Whether an Indexed Job has succeeded before all its indexes have. Pure.
 * Follows pkg/controller/job/success_policy.go.
 */
import type { Job } from '../../api/types';
import { type Intervals, parseIntervals, totalOf } from './intervals';

/** How many indexes two sets share. */
function sharedBy(one: Intervals, other: Intervals): number {
  let shared = 0;
  for (const { first, last } of one) {
    for (const { first: from, last: to } of other) {
      shared += Math.max(0, Math.min(last, to) - Math.max(first, from) + 1);
    }
  }
  return shared;
}

/** The message of the first rule that is met. */
export function metSuccessRule({ spec }: Job, succeeded: Intervals): string | undefined {
  if (succeeded.length === 0) return undefined;
  const index = spec.successPolicy?.rules.findIndex(({ succeededIndexes, succeededCount }) => {
    if (succeededIndexes === undefined) return succeededCount !== undefined && totalOf(succeeded) >= succeededCount;
    const wanted = parseIntervals(succeededIndexes, spec.completions ?? 0);
    if (wanted.length === 0) return false;
    const shared = sharedBy(wanted, succeeded);
    return shared === totalOf(wanted) || (succeededCount !== undefined && shared >= succeededCount);
  });
  return index === undefined || index < 0 ? undefined : `Matched rules at index ${index}`;
}
