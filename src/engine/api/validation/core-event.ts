/**
 * Events of the core group, and the stricter rules of the newer one.
 * Follows pkg/apis/core/validation/events.go.
 */
import type { FieldError } from '../field-error';
import type { KubeObject } from '../meta';
import { deepEqual } from '../plain';
import type { CoreEvent } from '../types';
import { type FieldErrors, invalid, pushInvalid, required } from './field-errors';
import { validateQualifiedName } from './labels';
import { FIELD_IS_IMMUTABLE, type MetadataRules, validateObjectMeta } from './metadata';
import { byteLength, isDns1123Subdomain, isPathSegmentName } from './names';

const METADATA: MetadataRules = { namespaced: true, name: isPathSegmentName, anyFinalizer: true };
const MISMATCH = 'does not match event.namespace';

/** An Event that is to be created: its name may be anything that fits into a URL. */
export function validateEvent(object: KubeObject): readonly FieldError[] {
  const errors: FieldErrors = [...validateEventUpdate(object)];
  if (errors.length === 0) validateObjectMeta(errors, object.metadata, METADATA);
  return errors;
}

/** An update of an Event. */
export function validateEventUpdate(object: KubeObject): readonly FieldError[] {
  return validateEither(object as CoreEvent, 'reportingComponent');
}

function validateEither(event: CoreEvent, reporter: string): FieldErrors {
  const errors: FieldErrors = [];
  const namespace = event.metadata.namespace ?? '';
  const involved = event.involvedObject?.namespace ?? '';
  if (event.eventTime) validateNewForm(errors, event, namespace, involved, reporter);
  else if (involved === '' ? namespace !== '' && namespace !== 'default' : namespace !== involved) {
    errors.push(invalid('involvedObject.namespace', involved, MISMATCH));
  }
  pushInvalid(errors, 'namespace', namespace, isDns1123Subdomain(namespace));
  return errors;
}

function validateNewForm(
  errors: FieldErrors,
  event: CoreEvent,
  namespace: string,
  involved: string,
  reporter: string,
): void {
  if (involved === '' && namespace !== 'default' && namespace !== 'kube-system') {
    errors.push(invalid('involvedObject.namespace', involved, MISMATCH));
  }
  const { reportingComponent = '' } = event;
  if (reportingComponent === '') errors.push(required(reporter));
  validateQualifiedName(errors, reporter, reportingComponent);
  for (const field of ['reportingInstance', 'action', 'reason'] as const) {
    const value = event[field] ?? '';
    if (value === '') errors.push(required(field));
    if (byteLength(value) > 128) errors.push(invalid(field, '', 'can have at most 128 characters'));
  }
  if (byteLength(event.message ?? '') > 1024) errors.push(invalid('message', '', 'can have at most 1024 characters'));
}

/** What only Events of the older form have. */
const UNSET = 'needs to be unset';

function validateSeries(errors: FieldErrors, { series }: CoreEvent): void {
  if (!series) return;
  if ((series.count ?? 0) < 2) errors.push(invalid('series.count', '', 'should be at least 2'));
  if (!series.lastObservedTime) errors.push(required('series.lastObservedTime'));
}

/** An Event that is to be created through events.k8s.io, as it will be stored. */
export function validateNewerEvent(object: KubeObject): readonly FieldError[] {
  const event = object as CoreEvent;
  const errors = validateEither(event, 'reportingController');
  validateObjectMeta(errors, object.metadata, { ...METADATA, name: isDns1123Subdomain });
  validateSeries(errors, event);
  if (!event.eventTime) errors.push(required('eventTime'));
  const { type = '', source } = event;
  if (type !== 'Normal' && type !== 'Warning') errors.push(invalid('type', '', `has invalid value: ${type}`));
  if (event.firstTimestamp) errors.push(invalid('firstTimestamp', '', UNSET));
  if (event.lastTimestamp) errors.push(invalid('lastTimestamp', '', UNSET));
  if (event.count) errors.push(invalid('count', '', UNSET));
  if (source?.component || source?.host) errors.push(invalid('source', '', UNSET));
  return errors;
}

/** In upstream's order, which has the reason twice. */
const FIXED = [
  ...['involvedObject', 'reason', 'message', 'source', 'firstTimestamp', 'lastTimestamp', 'count', 'reason', 'type'],
  ...['eventTime', 'action', 'related'],
] as const;

/** An update through events.k8s.io: nothing but its series changes. */
export function validateNewerEventUpdate(object: KubeObject, old: KubeObject): readonly FieldError[] {
  const errors = validateEither(object as CoreEvent, 'reportingController');
  if (!deepEqual((object as CoreEvent).series, (old as CoreEvent).series)) validateSeries(errors, object as CoreEvent);
  const [is, was] = [object, old] as unknown as Record<string, unknown>[];
  const reporters = { reportingController: 'reportingComponent', reportingInstance: 'reportingInstance' };
  const fields = [...FIXED.map((name) => [name, name]), ...Object.entries(reporters)] as [string, string][];
  for (const [shown, name] of fields) {
    const value = is?.[name] ?? null;
    if (!deepEqual(value, was?.[name] ?? null)) errors.push(invalid(shown, value, FIELD_IS_IMMUTABLE));
  }
  return errors;
}
