/**
 * What the API server says beside its answer of a Job or CronJob that it accepts.
 * Follows pkg/api/job/warnings.go and the strategies in pkg/registry/batch.
 */
import type { JobSpec } from '../types';
import { templateWarnings } from './pod';

const MANY_COMPLETIONS = 100_000;
const MANY_PODS = 10_000;
const TOO_MANY =
  'In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher than 10^4, Kubernetes might not be able to track completedIndexes when a big number of indexes fail';

/** Of a Job's spec, which is at `field`. */
export function jobWarnings(spec: JobSpec, field: string): string[] {
  const { completionMode, completions = 0, parallelism = 0, template } = spec;
  const isHuge = completionMode === 'Indexed' && completions > MANY_COMPLETIONS && parallelism > MANY_PODS;
  return [...(isHuge ? [`${field}: ${TOO_MANY}`] : []), ...templateWarnings(template, `${field}.template.`)];
}
