/**
 * The annotations that stood for AppArmor profiles before there were fields: a Pod's are copied to its containers, and both must say the same.
 * Follows pkg/registry/core/pod/strategy.go (applyAppArmorVersionSkew), pkg/api/pod/util.go and pkg/apis/core/validation/validation.go
 * (ValidateAppArmorPodAnnotations, validateAppArmorAnnotationsAndFieldsMatchOnCreate).
 */
import type { ObjectMeta } from './meta';
import { deepEqual } from './plain';
import type { AppArmorProfile, Pod, PodSpec } from './types';
import { type FieldErrors, forbiddenField, invalid } from './validation/field-errors';
import { placedContainers } from './warnings/containers';

const KEY = 'container.apparmor.security.beta.kubernetes.io/';
const LOCALHOST = 'localhost/';

type Annotations = Readonly<Record<string, string>> | undefined;

/** What an annotation says; undefined for one that says nothing. */
function profileOf(annotation: string): AppArmorProfile | undefined {
  if (annotation === 'unconfined') return { type: 'Unconfined' };
  if (annotation === 'runtime/default') return { type: 'RuntimeDefault' };
  const localhostProfile = annotation.startsWith(LOCALHOST) ? annotation.slice(LOCALHOST.length) : '';
  return localhostProfile ? { type: 'Localhost', localhostProfile } : undefined;
}

const annotationOf = (annotations: Annotations, container: string): string | undefined =>
  annotations && Object.hasOwn(annotations, KEY + container) ? annotations[KEY + container] : undefined;

const warningOf = (prefix: string, container: string): string =>
  `${prefix}metadata.annotations[${KEY}${container}]: deprecated since v1.30; use the "appArmorProfile" field instead`;

/** Gives the containers of a new Pod the profiles of its annotations. */
export function takeAppArmorAnnotations({ metadata, spec }: Pod, warn: (message: string) => void): void {
  const { annotations } = metadata;
  if (!annotations || spec.os?.name === 'windows') return;
  const ofPod = spec.securityContext?.appArmorProfile;
  for (const { container } of placedContainers(spec, '')) {
    const annotation = annotationOf(annotations, container.name);
    if (annotation === undefined || container.securityContext?.appArmorProfile) continue;
    const profile = profileOf(annotation);
    const isValid = profile && profile.localhostProfile?.trim() === profile.localhostProfile;
    if (isValid && deepEqual(profile, ofPod)) continue;
    if (isValid) container.securityContext = { ...container.securityContext, appArmorProfile: profile };
    warn(warningOf('', container.name));
  }
}

/** What is said of a template's annotations. */
export function appArmorWarning(metadata: ObjectMeta, spec: PodSpec, container: string, prefix: string): string[] {
  const annotation = annotationOf(metadata.annotations, container);
  const ofPod = spec.securityContext?.appArmorProfile;
  if (annotation === undefined || (ofPod && deepEqual(ofPod, profileOf(annotation)))) return [];
  return [warningOf(prefix, container)];
}

/** Annotations whose container or profile is none. */
export function validateAppArmorAnnotations(
  errors: FieldErrors,
  field: string,
  annotations: Annotations,
  spec: PodSpec,
): void {
  for (const [key, profile] of Object.entries(annotations ?? {})) {
    if (!key.startsWith(KEY)) continue;
    const container = key.slice(KEY.length);
    const isThere = placedContainers(spec, '').some((one) => one.container.name === container);
    if (!isThere) errors.push(invalid(`${field}[${key}]`, container, 'container not found'));
    if (['', 'runtime/default', 'unconfined'].includes(profile) || profile.startsWith(LOCALHOST)) continue;
    errors.push(invalid(`${field}[${key}]`, profile, `invalid AppArmor profile name: ${JSON.stringify(profile)}`));
  }
}

/** Annotations that say something else than the fields. `field` is that of the spec. */
export function validateAppArmorAgreement(
  errors: FieldErrors,
  field: string,
  annotations: Annotations,
  spec: PodSpec,
): void {
  if (!annotations || spec.os?.name === 'windows') return;
  const ofPod = spec.securityContext?.appArmorProfile;
  for (const { container, field: at } of placedContainers(spec, field)) {
    const profile = container.securityContext?.appArmorProfile ?? ofPod;
    const annotation = annotationOf(annotations, container.name);
    if (!profile || annotation === undefined) continue;
    const path = `${at}.securityContext.appArmorProfile`;
    const said = annotation.startsWith(LOCALHOST) ? 'Localhost' : profileOf(annotation)?.type;
    if (said !== profile.type) {
      errors.push(forbiddenField(`${path}.type`, 'apparmor type in annotation and field must match'));
    } else if (said === 'Localhost' && annotation !== LOCALHOST + profile.localhostProfile) {
      const why = 'apparmor profile in annotation and field must match';
      errors.push(forbiddenField(`${path}.localhostProfile`, why));
    }
  }
}

/** Annotations that a Pod gets, loses or changes: it may not. */
export function validateAppArmorUpdate(errors: FieldErrors, after: Annotations, before: Annotations): void {
  if (after === before) return;
  const complain = (key: string, why: string) => errors.push(forbiddenField(`metadata.annotations[${key}]`, why));
  for (const key of Object.keys(before ?? {})) {
    if (!key.startsWith(KEY) || after?.[key] === before?.[key]) continue;
    complain(key, 'may not remove or update AppArmor annotations');
  }
  for (const key of Object.keys(after ?? {})) {
    if (!key.startsWith(KEY) || Object.hasOwn(before ?? {}, key)) continue;
    complain(key, 'may not add AppArmor annotations');
  }
}
