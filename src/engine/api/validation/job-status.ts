/**
 * Jobs' status: what no writer may claim, and no update take back.
 * Follows pkg/apis/batch/validation/validation.go (validateJobStatus, ValidateJobStatusUpdate) and the choice of checks in
 * pkg/registry/batch/job/strategy.go (getStatusValidationOptions): most run only when the fields they are about have changed.
 */
import type { FieldError } from '../field-error';
import { finishedAs, hasJobCondition, isIndexedJob } from '../job';
import type { KubeObject } from '../meta';
import { deepEqual } from '../plain';
import type { Job, JobStatus } from '../types';
import { duplicate, type FieldErrors, invalid, required } from './field-errors';
import { countIndexes, overlapProblem } from './job-indexes';
import { invalidUnseen } from './job-policies';
import { FIELD_IS_IMMUTABLE } from './metadata';
import { validateNonNegative } from './probe';

const COUNTS = ['active', 'succeeded', 'failed', 'ready', 'terminating'] as const;

/** What is asked again and again of both versions. */
interface Change {
  readonly job: Job;
  readonly now: JobStatus;
  readonly before: JobStatus;
  /** Whether a field differs. */
  changed(...fields: readonly (keyof JobStatus)[]): boolean;
  /** Whether a condition has become True, or ceased to be. */
  turned(...types: readonly string[]): boolean;
  readonly isFinishedChanged: boolean;
}

function changeOf(job: Job, old: Job): Change {
  const { status: now = {} } = job;
  const { status: before = {} } = old;
  return {
    job,
    now,
    before,
    changed: (...fields) => fields.some((field) => !deepEqual(now[field], before[field])),
    turned: (...types) => types.some((type) => hasJobCondition(now, type) !== hasJobCondition(before, type)),
    isFinishedChanged: (finishedAs(now) === undefined) !== (finishedAs(before) === undefined),
  };
}

/** An update of a Job's status. */
export function validateJobStatusUpdate(object: KubeObject, oldObject: KubeObject): readonly FieldError[] {
  const errors: FieldErrors = [];
  const change = changeOf(object as Job, oldObject as Job);
  for (const name of COUNTS) validateNonNegative(errors, `status.${name}`, change.now[name]);
  validateUncounted(errors, change.now);
  validateConditions(errors, change);
  validateTimes(errors, change);
  validateFinished(errors, change);
  validateIndexes(errors, change);
  validateLost(errors, change);
  return errors;
}

function validateUncounted(errors: FieldErrors, { uncountedTerminatedPods = {} }: JobStatus): void {
  const seen = new Set<string>();
  for (const list of ['succeeded', 'failed'] as const) {
    for (const [index, uid] of (uncountedTerminatedPods[list] ?? []).entries()) {
      const field = `status.uncountedTerminatedPods.${list}[${index}]`;
      if (uid === '') errors.push(invalid(field, uid, 'must not be empty'));
      else if (seen.has(uid)) errors.push(duplicate(field, uid));
      seen.add(uid);
    }
  }
}

function validateConditions(errors: FieldErrors, { job, now, turned, changed }: Change): void {
  const refuse = (detail: string): void => void errors.push(invalidUnseen('status.conditions', detail));
  const is = (type: string): boolean => hasJobCondition(now, type);
  const together = (one: string, other: string, shown: string): void => {
    if (is(one) && is(other)) refuse(`cannot set ${shown}=true conditions`);
  };
  if (turned('Complete', 'Failed')) together('Complete', 'Failed', 'Complete=True and Failed');
  if (turned('Complete', 'FailureTarget')) together('Complete', 'FailureTarget', 'Complete=True and FailureTarget');
  if ((turned('Failed') || changed('failedIndexes')) && is('Failed') && !is('FailureTarget')) {
    refuse('cannot set Failed=True condition without the FailureTarget=true condition');
  }
  if (turned('Complete', 'SuccessCriteriaMet') && is('Complete') && !is('SuccessCriteriaMet')) {
    refuse('cannot set Complete=True condition without the SuccessCriteriaMet=true condition');
  }
  together('SuccessCriteriaMet', 'Failed', 'SuccessCriteriaMet=True and Failed');
  together('SuccessCriteriaMet', 'FailureTarget', 'SuccessCriteriaMet=True and FailureTarget');
  if (job.spec.successPolicy && !is('SuccessCriteriaMet') && is('Complete')) {
    refuse('cannot set Complete=True for Job with SuccessPolicy unless SuccessCriteriaMet=True');
  }
}

function validateTimes(errors: FieldErrors, { now, changed, turned }: Change): void {
  const { completionTime, startTime } = now;
  const field = 'status.completionTime';
  const isComplete = hasJobCondition(now, 'Complete');
  if (turned('Complete') || changed('completionTime')) {
    if (completionTime !== undefined && !isComplete) {
      errors.push(invalid(field, completionTime, 'cannot set completionTime when there is no Complete=True condition'));
    }
    if (completionTime === undefined && isComplete) {
      errors.push(required(field, 'completionTime is required for Complete jobs'));
    }
  }
  if (!changed('startTime', 'completionTime') || !completionTime || !startTime || completionTime >= startTime) return;
  errors.push(invalid(field, completionTime, 'must be equal to or after `startTime`'));
}

function validateFinished(errors: FieldErrors, { job, now, changed, isFinishedChanged }: Change): void {
  const { active = 0, ready = 0, terminating = 0, startTime, uncountedTerminatedPods = {} } = now;
  const isFinished = finishedAs(now) !== undefined;
  if (isFinished && active > 0 && (isFinishedChanged || changed('active'))) {
    errors.push(invalid('status.active', active, 'active>0 is invalid for finished job'));
  }
  const isEmpty = job.spec.suspend === true && job.spec.completions === 0;
  if (isFinished && startTime === undefined && (isFinishedChanged || changed('startTime')) && !isEmpty) {
    errors.push(required('status.startTime', 'startTime is required for finished job'));
  }
  const { succeeded = [], failed = [] } = uncountedTerminatedPods;
  const isUncountedAsked = isFinishedChanged || changed('uncountedTerminatedPods');
  if (isFinished && isUncountedAsked && succeeded.length + failed.length > 0) {
    const shown = { Succeeded: succeeded, Failed: failed };
    errors.push(invalid('status.uncountedTerminatedPods', shown, 'must be empty for finished job'));
  }
  if (isFinished && terminating > 0 && (isFinishedChanged || changed('terminating'))) {
    errors.push(invalid('status.terminating', terminating, 'terminating>0 is invalid for finished job'));
  }
  if (ready > active && changed('ready', 'active')) {
    errors.push(invalid('status.ready', ready, 'cannot set more ready pods than active'));
  }
}

function validateIndexes(errors: FieldErrors, { job, now, changed }: Change): void {
  const { completions, backoffLimitPerIndex } = job.spec;
  const { completedIndexes: completed = '', failedIndexes: failed } = now;
  const parse = (name: string, text: string): void => {
    const counted = countIndexes(text, completions ?? 0);
    if (typeof counted === 'number') return;
    errors.push(invalid(`status.${name}`, text, `error parsing ${name}: ${counted.problem}`));
  };
  const isPerIndex = backoffLimitPerIndex !== undefined;
  if (changed('completedIndexes')) {
    if (completions !== undefined) parse('completedIndexes', completed);
    if (completed !== '' && !isIndexedJob(job)) {
      const why = 'cannot set non-empty completedIndexes when non-indexed completion mode';
      errors.push(invalid('status.completedIndexes', completed, why));
    }
  }
  if (failed === undefined || !changed('failedIndexes', 'completedIndexes')) return;
  if (changed('failedIndexes') && completions !== undefined && isPerIndex) parse('failedIndexes', failed);
  if (changed('failedIndexes') && !isPerIndex) {
    const why = 'cannot set non-null failedIndexes when backoffLimitPerIndex is null';
    errors.push(invalid('status.failedIndexes', failed, why));
  }
  const overlap = completions === undefined ? undefined : overlapProblem(completed, failed, completions);
  if (overlap !== undefined) errors.push(invalid('status.failedIndexes', failed, overlap));
}

/** What can't be taken back. */
function validateLost(errors: FieldErrors, { job, now, before, changed }: Change): void {
  const { spec } = job;
  const was = (type: string): boolean => hasJobCondition(before, type);
  const is = (type: string): boolean => hasJobCondition(now, type);
  for (const type of ['Failed', 'Complete', 'FailureTarget']) {
    if (!was(type) || is(type)) continue;
    errors.push(invalidUnseen('status.conditions', `cannot disable the terminal ${type}=True condition`));
  }
  const decreased = (name: 'failed' | 'succeeded'): void => {
    const count = now[name] ?? 0;
    if (count >= (before[name] ?? 0)) return;
    errors.push(invalid(`status.${name}`, count, `cannot decrease the ${name} counter`));
  };
  decreased('failed');
  if (!isIndexedJob(job) || spec.completions !== spec.parallelism) decreased('succeeded');
  if (now.completionTime && before.completionTime && changed('completionTime')) {
    errors.push(invalid('status.completionTime', now.completionTime, FIELD_IS_IMMUTABLE));
  }
  const isResuming =
    was('Suspended') && now.conditions?.some((one) => one.type === 'Suspended' && one.status === 'False');
  if (before.startTime && changed('startTime') && !isResuming && !spec.suspend) {
    errors.push(invalid('status.startTime', now.startTime ?? null, 'field is immutable for unsuspended job once set'));
  }
  if (was('SuccessCriteriaMet') && !is('SuccessCriteriaMet')) {
    errors.push(invalidUnseen('status.conditions', 'cannot disable the SuccessCriteriaMet=True condition'));
  }
  if (!was('Complete') || was('SuccessCriteriaMet') || !is('SuccessCriteriaMet')) return;
  const why = 'cannot set SuccessCriteriaMet=True for Job already has Complete=true conditions';
  errors.push(invalidUnseen('status.conditions', why));
}
