/**
 * CronJobs.
 * Follows pkg/apis/batch/validation/validation.go (ValidateCronJobCreate, validateCronJobSpec and what they call).
 */
import { parseSchedule } from '../cron';
import type { FieldError } from '../field-error';
import type { KubeObject } from '../meta';
import { loadTimeZone } from '../time-zone';
import type { CronJob, CronJobSpec, JobSpec } from '../types';
import { type FieldErrors, invalid, notSupported, required } from './field-errors';
import { validateJobSpec } from './job-spec';
import { printableSelector } from './labels';
import { type MetadataRules, validateObjectMeta, validateObjectMetaUpdate } from './metadata';
import { isDns1123Subdomain } from './names';
import { validateNonNegative } from './probe';

const METADATA: MetadataRules = { namespaced: true, name: isDns1123Subdomain };
/** A Job's name has 63 characters at most, eleven of which are the time. */
const MAX_NAME = 52;
const POLICIES = ['Allow', 'Forbid', 'Replace'];

/** A CronJob that is to be created. */
export function validateCronJob(object: KubeObject): readonly FieldError[] {
  const { metadata, spec } = object as CronJob;
  const errors: FieldErrors = [];
  validateObjectMeta(errors, metadata, METADATA);
  validateSpec(errors, spec, undefined);
  if (metadata.name && metadata.name.length > MAX_NAME) {
    errors.push(invalid('metadata.name', metadata.name, `must be no more than ${MAX_NAME} characters`));
  }
  return errors;
}

/** An update of a CronJob. */
export function validateCronJobUpdate(object: KubeObject, oldObject: KubeObject): readonly FieldError[] {
  const { metadata, spec } = object as CronJob;
  const old = oldObject as CronJob;
  const errors: FieldErrors = [];
  validateObjectMetaUpdate(errors, metadata, old.metadata);
  validateSpec(errors, spec, old.spec);
  return errors;
}

function validateSpec(errors: FieldErrors, spec: CronJobSpec, old: CronJobSpec | undefined): void {
  if (spec.schedule) validateSchedule(errors, spec, old?.schedule.includes('TZ') ?? false);
  else errors.push(required('spec.schedule'));
  validateNonNegative(errors, 'spec.startingDeadlineSeconds', spec.startingDeadlineSeconds);
  if (!old || old.timeZone !== spec.timeZone) validateTimeZone(errors, 'spec.timeZone', spec.timeZone);
  const policy = spec.concurrencyPolicy ?? '';
  if (!POLICIES.includes(policy)) errors.push(notSupported('spec.concurrencyPolicy', policy, POLICIES));
  validateTemplate(errors, 'spec.jobTemplate.spec', spec.jobTemplate.spec as JobSpec);
  validateNonNegative(errors, 'spec.successfulJobsHistoryLimit', spec.successfulJobsHistoryLimit);
  validateNonNegative(errors, 'spec.failedJobsHistoryLimit', spec.failedJobsHistoryLimit);
}

/** A schedule may name its zone only where it did so before. */
function validateSchedule(errors: FieldErrors, { schedule, timeZone }: CronJobSpec, mayNameZone: boolean): void {
  const parsed = parseSchedule(schedule);
  if ('problem' in parsed) errors.push(invalid('spec.schedule', schedule, parsed.problem));
  if (!schedule.includes('TZ') || (mayNameZone && timeZone === undefined)) return;
  const why = mayNameZone
    ? 'cannot use both timeZone field and TZ or CRON_TZ in schedule'
    : 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead';
  errors.push(invalid('spec.schedule', schedule, why));
}

const ZONE_PART = /^[A-Za-z.\-_0-9+]{1,14}$/;

function validateTimeZone(errors: FieldErrors, field: string, timeZone: string | undefined): void {
  if (timeZone === undefined) return;
  if (timeZone === '') {
    errors.push(invalid(field, timeZone, 'timeZone must be nil or non-empty string'));
    return;
  }
  const isPart = (part: string): boolean =>
    part !== '.' && part !== '..' && !part.startsWith('-') && ZONE_PART.test(part);
  if (!timeZone.split('/').every(isPart)) {
    errors.push(invalid(field, timeZone, `unknown time zone ${timeZone}`));
    return;
  }
  if (timeZone.toLowerCase() === 'local') {
    const why = 'timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones';
    errors.push(invalid(field, timeZone, why));
  }
  const loaded = loadTimeZone(timeZone);
  if ('problem' in loaded) errors.push(invalid(field, timeZone, loaded.problem));
}

/** The selector of a CronJob's Jobs is always generated. */
function validateTemplate(errors: FieldErrors, field: string, spec: JobSpec): void {
  validateJobSpec(errors, field, spec);
  if (spec.selector) {
    errors.push(invalid(`${field}.selector`, printableSelector(spec.selector), '`selector` will be auto-generated'));
  }
  if (spec.manualSelector) errors.push(notSupported(`${field}.manualSelector`, true, ['nil', 'false']));
}
