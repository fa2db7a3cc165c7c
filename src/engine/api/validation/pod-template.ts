/**
 * Pod templates.
 * Follows pkg/apis/core/validation/validation.go (ValidatePodTemplateSpec) and pkg/apis/apps/validation/validation.go
 * (ValidatePodTemplateSpecForReplicaSet).
 */
import { matchesLabelSelector } from '../selector';
import type { LabelSelector, PodTemplateSpec } from '../types';
import { type FieldErrors, forbiddenField, invalid, notSupported, sortedMap } from './field-errors';
import { validateAnnotations, validateLabels } from './labels';
import { validatePodAnnotations } from './pod';
import { validatePodSpec } from './pod-spec';

function validatePodTemplate(errors: FieldErrors, field: string, template: PodTemplateSpec): void {
  const { metadata, spec = { containers: [] } } = template;
  validateLabels(errors, `${field}.labels`, metadata?.labels);
  validateAnnotations(errors, `${field}.annotations`, metadata?.annotations);
  validatePodAnnotations(errors, `${field}.annotations`, metadata?.annotations, spec);
  validatePodSpec(errors, `${field}.spec`, spec, undefined);
  if (!spec.ephemeralContainers || spec.ephemeralContainers.length === 0) return;
  errors.push(forbiddenField(`${field}.spec.ephemeralContainers`, 'ephemeral containers not allowed in pod template'));
}

/** The template of a ReplicaSet or Deployment: selected by its own selector, and made to run for ever. */
export function validateReplicaTemplate(
  errors: FieldErrors,
  field: string,
  template: PodTemplateSpec,
  selector: LabelSelector | undefined,
): void {
  const labels = template.metadata?.labels;
  if (!matchesLabelSelector(selector, labels)) {
    const why = '`selector` does not match template `labels`';
    errors.push(invalid(`${field}.metadata.labels`, sortedMap(labels), why));
  }
  validatePodTemplate(errors, field, template);
  const { restartPolicy = '', activeDeadlineSeconds } = template.spec ?? {};
  if (restartPolicy !== 'Always') errors.push(notSupported(`${field}.spec.restartPolicy`, restartPolicy, ['Always']));
  if (activeDeadlineSeconds === undefined) return;
  const why = 'activeDeadlineSeconds in ReplicaSet is not Supported';
  errors.push(forbiddenField(`${field}.spec.activeDeadlineSeconds`, why));
}
