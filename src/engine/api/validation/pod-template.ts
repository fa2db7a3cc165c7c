/**
 * Pod templates.
 * Follows pkg/apis/core/validation/validation.go (ValidatePodTemplateSpec) and pkg/apis/apps/validation/validation.go
 * (ValidatePodTemplateSpecForReplicaSet).
 */

import { validateAppArmorAgreement } from '../app-armor';
import { matchesLabelSelector } from '../selector';
import type { LabelSelector, PodTemplateSpec } from '../types';
import { type FieldErrors, forbiddenField, invalid, notSupported, sortedMap } from './field-errors';
import { validateAnnotations, validateLabels } from './labels';
import { validatePodAnnotations } from './pod';
import { validatePodSpec } from './pod-spec';

/** Any template of Pods. */
export function validatePodTemplate(errors: FieldErrors, field: string, template: PodTemplateSpec): void {
  const { metadata, spec = { containers: [] } } = template;
  validateLabels(errors, `${field}.labels`, metadata?.labels);
  validateAnnotations(errors, `${field}.annotations`, metadata?.annotations);
  validatePodAnnotations(errors, `${field}.annotations`, metadata?.annotations, spec);
  validatePodSpec(errors, `${field}.spec`, spec, undefined);
  validateAppArmorAgreement(errors, `${field}.spec`, metadata?.annotations, spec);
  if (!spec.ephemeralContainers || spec.ephemeralContainers.length === 0) return;
  errors.push(forbiddenField(`${field}.spec.ephemeralContainers`, 'ephemeral containers not allowed in pod template'));
}

/** The template of a ReplicaSet, Deployment …: selected by its own selector, and made to run for ever. */
export function validateReplicaTemplate(
  errors: FieldErrors,
  field: string,
  template: PodTemplateSpec,
  selector: LabelSelector | undefined,
  kind = 'ReplicaSet',
): void {
  validateSelected(errors, field, template, selector);
  validatePodTemplate(errors, field, template);
  validateRunsForEver(errors, field, template, kind);
}

/** A template carries the labels it is selected by. */
export function validateSelected(
  errors: FieldErrors,
  field: string,
  template: PodTemplateSpec,
  selector: LabelSelector | undefined,
): void {
  const labels = template.metadata?.labels;
  if (matchesLabelSelector(selector, labels)) return;
  const why = '`selector` does not match template `labels`';
  errors.push(invalid(`${field}.metadata.labels`, sortedMap(labels), why));
}

/** Pods of a controller that replaces them never end by themselves. */
export function validateRunsForEver(errors: FieldErrors, field: string, template: PodTemplateSpec, kind: string): void {
  const { restartPolicy = '', activeDeadlineSeconds } = template.spec ?? {};
  if (restartPolicy !== 'Always') errors.push(notSupported(`${field}.spec.restartPolicy`, restartPolicy, ['Always']));
  if (activeDeadlineSeconds === undefined) return;
  const why = `activeDeadlineSeconds in ${kind} is not Supported`;
  errors.push(forbiddenField(`${field}.spec.activeDeadlineSeconds`, why));
}
