/**
 * What a Job's spec must satisfy, in a Job and in a CronJob's template.
 * Follows pkg/apis/batch/validation/validation.go (validateJobSpec).
 */
import type { JobSpec } from '../types';
import { type FieldErrors, invalid, notSupported, required, tooLong } from './field-errors';
import { internalForm } from './internal-form';
import { validatePodFailurePolicy, validatePodReplacementPolicy, validateSuccessPolicy } from './job-policies';
import { byteLength } from './names';
import { validatePodTemplate } from './pod-template';
import { validateNonNegative } from './probe';
import { validateDomainPrefixedPath } from './references';

const MAX_MANAGED_BY = 63;
/** The most Pods of an Indexed Job at a time, the most failed indexes, and where completions count as many. */
const MAX_INDEXED = 100_000;
/** The most of either with so many completions. */
const MAX_FOR_MANY = 10_000;

const NUMBERS = [
  'parallelism',
  'completions',
  'activeDeadlineSeconds',
  'backoffLimit',
  'ttlSecondsAfterFinished',
  'backoffLimitPerIndex',
  'maxFailedIndexes',
] as const;

/** All of a spec but its selector. */
export function validateJobSpec(errors: FieldErrors, field: string, spec: JobSpec): void {
  for (const name of NUMBERS) validateNonNegative(errors, `${field}.${name}`, spec[name]);
  if (spec.maxFailedIndexes !== undefined && spec.backoffLimitPerIndex === undefined) {
    errors.push(required(`${field}.backoffLimitPerIndex`, 'when maxFailedIndexes is specified'));
  }
  if (spec.managedBy !== undefined) validateManagedBy(errors, `${field}.managedBy`, spec.managedBy);
  validateCompletionMode(errors, field, spec);
  if (spec.podFailurePolicy) validatePodFailurePolicy(errors, `${field}.podFailurePolicy`, spec);
  if (spec.successPolicy) {
    const at = `${field}.successPolicy`;
    if (spec.completionMode === 'Indexed') validateSuccessPolicy(errors, at, spec);
    else {
      errors.push(invalid(at, internalForm('SuccessPolicy', spec.successPolicy), 'requires indexed completion mode'));
    }
  }
  validatePodReplacementPolicy(errors, `${field}.podReplacementPolicy`, spec);
  validatePodTemplate(errors, `${field}.template`, spec.template);
  validateRestartPolicy(errors, `${field}.template.spec.restartPolicy`, spec);
}

function validateCompletionMode(errors: FieldErrors, field: string, spec: JobSpec): void {
  const { completionMode: mode } = spec;
  if (mode === 'Indexed') validateIndexed(errors, field, spec);
  else if (mode !== undefined && mode !== 'NonIndexed') {
    errors.push(notSupported(`${field}.completionMode`, mode, ['NonIndexed', 'Indexed']));
  } else {
    for (const name of ['backoffLimitPerIndex', 'maxFailedIndexes'] as const) {
      const value = spec[name];
      if (value !== undefined) errors.push(invalid(`${field}.${name}`, value, 'requires indexed completion mode'));
    }
  }
}

function validateIndexed(errors: FieldErrors, field: string, spec: JobSpec): void {
  const { completions, parallelism = 0, maxFailedIndexes: maxFailed, backoffLimitPerIndex } = spec;
  const atMost = (name: string, value: number, limit: number, when = ''): void => {
    if (value > limit) errors.push(invalid(`${field}.${name}`, value, `must be less than or equal to ${limit}${when}`));
  };
  if (completions === undefined) errors.push(required(`${field}.completions`, 'when completion mode is Indexed'));
  atMost('parallelism', parallelism, MAX_INDEXED, ' when completion mode is Indexed');
  if (completions !== undefined && maxFailed !== undefined && maxFailed > completions) {
    errors.push(invalid(`${field}.maxFailedIndexes`, maxFailed, 'must be less than or equal to completions'));
  }
  atMost('maxFailedIndexes', maxFailed ?? 0, MAX_INDEXED);
  if (completions === undefined || completions <= MAX_INDEXED || backoffLimitPerIndex === undefined) return;
  if (maxFailed === undefined) {
    const why = `must be specified when completions is above ${MAX_INDEXED}`;
    errors.push(required(`${field}.maxFailedIndexes`, why));
  }
  const when = ` when completions are above ${MAX_INDEXED} and used with backoff limit per index`;
  atMost('parallelism', parallelism, MAX_FOR_MANY, when);
  atMost('maxFailedIndexes', maxFailed ?? 0, MAX_FOR_MANY, when);
}

function validateManagedBy(errors: FieldErrors, field: string, value: string): void {
  validateDomainPrefixedPath(errors, field, value);
  if (byteLength(value) > MAX_MANAGED_BY) errors.push(tooLong(field, MAX_MANAGED_BY));
}

function validateRestartPolicy(errors: FieldErrors, field: string, { template, podFailurePolicy }: JobSpec): void {
  const policy = template.spec?.restartPolicy ?? '';
  if (policy === 'Always' || policy === '') errors.push(required(field, 'valid values: "OnFailure", "Never"'));
  else if (policy !== 'OnFailure' && policy !== 'Never') {
    errors.push(notSupported(field, policy, ['OnFailure', 'Never']));
  } else if (podFailurePolicy && policy !== 'Never') {
    errors.push(invalid(field, policy, 'only "Never" is supported when podFailurePolicy is specified'));
  }
}
