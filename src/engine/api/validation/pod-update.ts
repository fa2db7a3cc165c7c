/**
 * What an update of a Pod may change: images, the deadline downwards, more tolerations, fewer gates.
 * Follows pkg/apis/core/validation/validation.go (ValidatePodUpdate).
 */
import { validateAppArmorUpdate } from '../app-armor';
import type { FieldError } from '../field-error';
import type { KubeObject } from '../meta';
import { deepEqual, valueIn } from '../plain';
import { MIRROR_POD } from '../pod';
import type { Container, NodeAffinity, NodeSelectorTerm, Pod, PodSpec, Toleration } from '../types';
import { type FieldErrors, forbiddenField, invalid, required, sortedMap } from './field-errors';
import { internalForm } from './internal-form';
import { validateObjectMetaUpdate } from './metadata';
import { rangeMessage } from './names';
import { validatePodAnnotations, validatePodMetadataAndSpec } from './pod';
import { validateTolerations } from './scheduling';
import { unifiedDiff } from './unified-diff';

const MAX_INT32 = 2147483647;
const UPDATABLE = [
  '`spec.containers[*].image`',
  '`spec.initContainers[*].image`',
  '`spec.activeDeadlineSeconds`',
  '`spec.tolerations` (only additions to existing tolerations)',
  '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
].join(',');

/** An update of a Pod. */
export function validatePodUpdate(object: KubeObject, oldObject: KubeObject): readonly FieldError[] {
  const pod = object as Pod;
  const old = oldObject as Pod;
  const errors: FieldErrors = [];
  validateObjectMetaUpdate(errors, pod.metadata, old.metadata);
  if (pod.spec !== old.spec) validatePodMetadataAndSpec(errors, pod);
  validateMirrorAnnotation(errors, pod, old);
  validateAppArmorUpdate(errors, pod.metadata.annotations, old.metadata.annotations);
  validatePodAnnotations(errors, 'metadata.annotations', pod.metadata.annotations, pod.spec);
  if (pod.spec !== old.spec) validateSpecUpdate(errors, pod.spec, old.spec);
  return errors;
}

function validateMirrorAnnotation(errors: FieldErrors, pod: Pod, old: Pod): void {
  const before = old.metadata.annotations?.[MIRROR_POD];
  const after = pod.metadata.annotations?.[MIRROR_POD];
  if (before === after) return;
  const why =
    before === undefined ? 'may not add mirror pod annotation' : 'may not remove or update mirror pod annotation';
  errors.push(forbiddenField(`metadata.annotations[${MIRROR_POD}]`, why));
}

function validateSpecUpdate(errors: FieldErrors, spec: PodSpec, old: PodSpec): void {
  for (const list of ['containers', 'initContainers'] as const) {
    if (!validateContainerUpdates(errors, `spec.${list}`, spec[list] ?? [], old[list] ?? [])) return;
  }
  if (!validateDeadline(errors, spec.activeDeadlineSeconds, old.activeDeadlineSeconds)) return;
  validateOnlyAddedTolerations(errors, spec.tolerations, old.tolerations);
  validateOnlyDeletedGates(errors, spec, old);
  if (deepEqual(spec, old)) return;
  let comparable = withUpdatableFieldsOf(spec, old);
  if ((old.schedulingGates?.length ?? 0) > 0) comparable = validateGatedUpdate(errors, comparable, old);
  if (deepEqual(comparable, old)) return;
  const diff = unifiedDiff(internalForm('PodSpec', old), internalForm('PodSpec', comparable));
  errors.push(forbiddenField('spec', `pod updates may not change fields other than ${UPDATABLE}\n${diff}`));
}

/** False when further comparing would make no sense. */
function validateContainerUpdates(
  errors: FieldErrors,
  field: string,
  containers: readonly Container[],
  old: readonly Container[],
): boolean {
  if (containers.length !== old.length) {
    errors.push(forbiddenField(field, 'pod updates may not add or remove containers'));
    return false;
  }
  for (const [index, { image = '' }] of containers.entries()) {
    if (image === '') errors.push(required(`${field}[${index}].image`));
    if (image.trim().length === image.length) continue;
    errors.push(invalid(`${field}[${index}].image`, image, 'must not have leading or trailing whitespace'));
  }
  return true;
}

function validateDeadline(errors: FieldErrors, deadline: number | undefined, old: number | undefined): boolean {
  const field = 'spec.activeDeadlineSeconds';
  if (deadline === undefined) {
    if (old !== undefined) {
      errors.push(invalid(field, null, 'must not update from a positive integer to nil value'));
    }
    return true;
  }
  if (deadline < 0 || deadline > MAX_INT32) errors.push(invalid(field, deadline, rangeMessage(0, MAX_INT32)));
  else if (old === undefined || old >= deadline) return true;
  else errors.push(invalid(field, deadline, 'must be less than or equal to previous value'));
  return false;
}

function validateOnlyAddedTolerations(
  errors: FieldErrors,
  tolerations: readonly Toleration[] = [],
  old: readonly Toleration[] = [],
): void {
  const isKept = (before: Toleration) =>
    tolerations.some((after) => deepEqual({ ...before, tolerationSeconds: after.tolerationSeconds }, after));
  if (old.every(isKept)) validateTolerations(errors, 'spec.tolerations', tolerations);
  else {
    errors.push(
      forbiddenField('spec.tolerations', 'existing toleration can not be modified except its tolerationSeconds'),
    );
  }
}

function validateOnlyDeletedGates(errors: FieldErrors, spec: PodSpec, old: PodSpec): void {
  for (const [index, { name = '' }] of (spec.schedulingGates ?? []).entries()) {
    if (old.schedulingGates?.some((gate) => (gate.name ?? '') === name)) continue;
    const why = `only deletion is allowed, but found new scheduling gate '${name}'`;
    errors.push(forbiddenField(`spec.schedulingGates[${index}].name`, why));
  }
}

/** The new spec with everything that may change put back: what differs still may not. */
function withUpdatableFieldsOf(spec: PodSpec, old: PodSpec): PodSpec {
  const withImages = (containers: Container[] | undefined, before: Container[] | undefined) =>
    containers?.map((container, index) => ({ ...container, image: before?.[index]?.image }));
  const comparable: PodSpec = {
    ...spec,
    containers: withImages(spec.containers, old.containers) ?? [],
    initContainers: withImages(spec.initContainers, old.initContainers),
    activeDeadlineSeconds: old.activeDeadlineSeconds,
    schedulingGates: old.schedulingGates,
    tolerations: old.tolerations,
  };
  if ((old.terminationGracePeriodSeconds ?? 0) < 0 && spec.terminationGracePeriodSeconds === 1) {
    comparable.terminationGracePeriodSeconds = old.terminationGracePeriodSeconds;
  }
  return comparable;
}

/** While a Pod is gated, where it may go can still be narrowed. */
function validateGatedUpdate(errors: FieldErrors, spec: PodSpec, old: PodSpec): PodSpec {
  const comparable = { ...spec, nodeSelector: old.nodeSelector };
  const lost = Object.entries(old.nodeSelector ?? {}).some(([key, value]) => valueIn(spec.nodeSelector, key) !== value);
  if (lost) {
    const why = 'only additions to spec.nodeSelector are allowed (no mutations or deletions)';
    errors.push(invalid('spec.nodeSelector', sortedMap(spec.nodeSelector), why));
  }
  const before = old.affinity?.nodeAffinity;
  const after = spec.affinity?.nodeAffinity;
  if (deepEqual(before, after)) return comparable;
  validateNodeAffinityMutation(errors, after, before);
  const { podAffinity, podAntiAffinity } = spec.affinity ?? {};
  const hasNothingElse = !old.affinity && !podAffinity && !podAntiAffinity;
  comparable.affinity = hasNothingElse ? undefined : { ...spec.affinity, nodeAffinity: before };
  return comparable;
}

function validateNodeAffinityMutation(
  errors: FieldErrors,
  affinity: NodeAffinity | undefined,
  old: NodeAffinity | undefined,
): void {
  const field = 'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms';
  const before = old?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  const after = affinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  const printable = (term: NodeSelectorTerm) => internalForm('NodeSelectorTerm', term);
  if (before.length > 0 && before.length !== after.length) {
    const why = 'no additions/deletions to non-empty NodeSelectorTerms list are allowed';
    errors.push(invalid(field, after.length > 0 ? after.map(printable) : null, why));
    return;
  }
  for (const [index, term] of before.entries()) {
    const changed = after[index] as NodeSelectorTerm;
    if (hasOnlyAdditions(changed, term)) continue;
    const why = 'only additions are allowed (no mutations or deletions)';
    errors.push(invalid(`${field}[${index}]`, printable(changed), why));
  }
}

function hasOnlyAdditions(term: NodeSelectorTerm, old: NodeSelectorTerm): boolean {
  const { matchExpressions: expressions = [], matchFields: fields = [] } = old;
  const now = { expressions: term.matchExpressions ?? [], fields: term.matchFields ?? [] };
  if (expressions.length + fields.length === 0) return now.expressions.length + now.fields.length === 0;
  return (
    deepEqual(now.expressions.slice(0, expressions.length), expressions) &&
    deepEqual(now.fields.slice(0, fields.length), fields)
  );
}
