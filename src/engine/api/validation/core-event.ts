/**
 * Events of the core group.
 * Follows pkg/apis/core/validation/events.go (legacyValidateEvent): the newer group's rules don't hold here.
 */
import type { FieldError } from '../field-error';
import type { KubeObject } from '../meta';
import type { CoreEvent } from '../types';
import { type FieldErrors, invalid, pushInvalid, required } from './field-errors';
import { validateQualifiedName } from './labels';
import { type MetadataRules, validateObjectMeta } from './metadata';
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
  const event = object as CoreEvent;
  const errors: FieldErrors = [];
  const namespace = event.metadata.namespace ?? '';
  const involved = event.involvedObject?.namespace ?? '';
  if (event.eventTime) validateNewForm(errors, event, namespace, involved);
  else if (involved === '' ? namespace !== '' && namespace !== 'default' : namespace !== involved) {
    errors.push(invalid('involvedObject.namespace', involved, MISMATCH));
  }
  pushInvalid(errors, 'namespace', namespace, isDns1123Subdomain(namespace));
  return errors;
}

function validateNewForm(errors: FieldErrors, event: CoreEvent, namespace: string, involved: string): void {
  if (involved === '' && namespace !== 'default' && namespace !== 'kube-system') {
    errors.push(invalid('involvedObject.namespace', involved, MISMATCH));
  }
  const { reportingComponent = '' } = event;
  if (reportingComponent === '') errors.push(required('reportingComponent'));
  validateQualifiedName(errors, 'reportingComponent', reportingComponent);
  for (const field of ['reportingInstance', 'action', 'reason'] as const) {
    const value = event[field] ?? '';
    if (value === '') errors.push(required(field));
    if (byteLength(value) > 128) errors.push(invalid(field, '', 'can have at most 128 characters'));
  }
  if (byteLength(event.message ?? '') > 1024) errors.push(invalid('message', '', 'can have at most 1024 characters'));
}
