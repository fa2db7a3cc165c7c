/**
 * Pods at creation, and what an update checks again.
 * Follows pkg/apis/core/validation/validation.go (ValidatePodCreate, validatePodMetadataAndSpec,
 * ValidatePodSpecificAnnotations). Left out: the old seccomp annotations.
 */
import { validateAppArmorAgreement, validateAppArmorAnnotations } from '../app-armor';
import type { FieldError } from '../field-error';
import type { KubeObject } from '../meta';
import { MIRROR_POD } from '../pod';
import type { Pod, PodSpec } from '../types';
import { validateImageIsTrimmed } from './container';
import { type FieldErrors, forbiddenField, invalid } from './field-errors';
import { type MetadataRules, validateObjectMeta } from './metadata';
import { isDns1123Subdomain } from './names';
import { validatePodSpec } from './pod-spec';

const METADATA: MetadataRules = { namespaced: true, name: isDns1123Subdomain };
const DELETION_COST = 'controller.kubernetes.io/pod-deletion-cost';

/** A Pod that is to be created. */
export function validatePod(object: KubeObject): readonly FieldError[] {
  const pod = object as Pod;
  const errors: FieldErrors = [];
  validatePodMetadataAndSpec(errors, pod);
  const { ephemeralContainers, nodeName, schedulingGates } = pod.spec;
  if (ephemeralContainers && ephemeralContainers.length > 0) {
    errors.push(forbiddenField('spec.ephemeralContainers', 'cannot be set on create'));
  }
  if (nodeName && schedulingGates && schedulingGates.length > 0) {
    errors.push(forbiddenField('spec.nodeName', 'cannot be set until all schedulingGates have been cleared'));
  }
  validateAppArmorAgreement(errors, 'spec', pod.metadata.annotations, pod.spec);
  return errors;
}

/** All of a Pod that is checked at creation and again at every update. */
export function validatePodMetadataAndSpec(errors: FieldErrors, pod: Pod): void {
  validateObjectMeta(errors, pod.metadata, METADATA);
  validatePodAnnotations(errors, 'metadata.annotations', pod.metadata.annotations, pod.spec);
  validatePodSpec(errors, 'spec', pod.spec, pod.metadata);
  if (!pod.spec.serviceAccountName) validateNoTokens(errors, pod.spec);
  for (const list of ['containers', 'initContainers'] as const) {
    const containers = pod.spec[list] ?? [];
    for (let index = 0; index < containers.length; index++) {
      validateImageIsTrimmed(errors, `spec.${list}[${index}]`, containers[index]!);
    }
  }
}

/** Annotations that mean something for Pods. */
export function validatePodAnnotations(
  errors: FieldErrors,
  field: string,
  annotations: Readonly<Record<string, string>> | undefined,
  spec: PodSpec,
): void {
  const mirror = annotations?.[MIRROR_POD];
  if (mirror !== undefined && !spec.nodeName) {
    errors.push(invalid(`${field}[${MIRROR_POD}]`, mirror, 'must set spec.nodeName if mirror pod annotation is set'));
  }
  const cost = annotations?.[DELETION_COST];
  if (cost !== undefined && !isInt32(cost))
    errors.push(invalid(`${field}[${DELETION_COST}]`, cost, 'must be a 32bit integer'));
  validateAppArmorAnnotations(errors, field, annotations, spec);
}

/** As upstream reads the cost: no leading plus or zeros. */
function isInt32(text: string): boolean {
  if (!/^(0|-?[1-9]\d*)$/.test(text)) return false;
  const value = Number(text);
  return value >= -2147483648 && value <= 2147483647;
}

function validateNoTokens(errors: FieldErrors, { volumes }: PodSpec): void {
  for (const [index, { projected }] of (volumes ?? []).entries()) {
    for (const [position, { serviceAccountToken }] of (projected?.sources ?? []).entries()) {
      if (!serviceAccountToken) continue;
      const path = `spec.volumes[${index}].projected.sources[${position}].serviceAccountToken`;
      errors.push(forbiddenField(path, 'must not be specified when serviceAccountName is not set'));
    }
  }
}
