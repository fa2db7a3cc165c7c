/**
 * Jobs at creation and at updates.
 * Follows pkg/apis/batch/validation/validation.go (ValidateJob, ValidateJobSpecUpdate) and pkg/registry/batch/job/strategy.go
 * (validationOptionsForJob).
 */
import type { FieldError } from '../field-error';
import { CONTROLLER_UID_LABELS, hasJobCondition, isIndexedJob, JOB_NAME_LABELS } from '../job';
import type { KubeObject } from '../meta';
import { deepEqual, valueIn } from '../plain';
import { matchesLabelSelector } from '../selector';
import type { Affinity, Container, Job, JobSpec, PodSpec, PodTemplateSpec } from '../types';
import { type FieldErrors, invalid, required, sortedMap } from './field-errors';
import { internalForm } from './internal-form';
import { validateJobSpec } from './job-spec';
import { isUsableSelector, printableSelector, validateLabelSelector } from './labels';
import {
  FIELD_IS_IMMUTABLE,
  type MetadataRules,
  validateImmutable,
  validateObjectMeta,
  validateObjectMetaUpdate,
} from './metadata';
import { isDns1123Label, isDns1123Subdomain } from './names';
import { validateSelected } from './pod-template';
import { validateSelectorUnchanged } from './replica-set';

const METADATA: MetadataRules = { namespaced: true, name: isDns1123Subdomain };
/** Labels without which Jobs were made once. */
const LEGACY_ONLY = [CONTROLLER_UID_LABELS[0], JOB_NAME_LABELS[0]];
const PREFIXED = [CONTROLLER_UID_LABELS[1], JOB_NAME_LABELS[1]];

/** A Job that is to be created. */
export function validateJob(object: KubeObject): readonly FieldError[] {
  const errors: FieldErrors = [];
  validateWhole(errors, object as Job, true);
  return errors;
}

function validateWhole(errors: FieldErrors, job: Job, needsPrefixed: boolean): void {
  const { metadata, spec } = job;
  validateObjectMeta(errors, metadata, METADATA);
  validateGeneratedSelector(errors, job, needsPrefixed);
  validateSpecAndSelector(errors, spec);
  if (!isIndexedJob(job) || !spec.completions || spec.completions < 0) return;
  const hostname = `${metadata.name}-${spec.completions - 1}`;
  if (isDns1123Label(hostname).length === 0) return;
  const why = `will not able to create pod with invalid DNS label: ${hostname}`;
  errors.push(invalid('metadata.name', metadata.name, why));
}

/** What was generated must be as generated, whatever the person set beside it. */
function validateGeneratedSelector(errors: FieldErrors, { metadata, spec }: Job, needsPrefixed: boolean): void {
  if (spec.manualSelector || !spec.selector) return;
  const given = spec.template.metadata?.labels;
  const expected = (needsPrefixed ? [...LEGACY_ONLY, ...PREFIXED] : LEGACY_ONLY).map((label) => {
    const isName = (JOB_NAME_LABELS as readonly string[]).includes(label);
    return [label, isName ? metadata.name : (metadata.uid as string)] as const;
  });
  for (const [label, value] of expected) {
    const field = `spec.template.metadata.labels[${label}]`;
    const actual = valueIn(given, label);
    if (actual === undefined) errors.push(required(field, `must be '${value}'`));
    else if (actual !== value) errors.push(invalid(field, sortedMap(given), `must be '${value}'`));
  }
  if (!isUsableSelector(spec.selector) || matchesLabelSelector(spec.selector, Object.fromEntries(expected))) return;
  errors.push(invalid('spec.selector', printableSelector(spec.selector), '`selector` not auto-generated'));
}

function validateSpecAndSelector(errors: FieldErrors, spec: JobSpec): void {
  validateJobSpec(errors, 'spec', spec);
  const { selector, template } = spec;
  if (selector) validateLabelSelector(errors, 'spec.selector', selector);
  else errors.push(required('spec.selector'));
  if (!selector || isUsableSelector(selector)) validateSelected(errors, 'spec.template', template, selector);
}

/** An update of a Job. */
export function validateJobUpdate(object: KubeObject, oldObject: KubeObject): readonly FieldError[] {
  const job = object as Job;
  const old = oldObject as Job;
  const errors: FieldErrors = [];
  const labels = old.spec.template.metadata?.labels;
  validateWhole(
    errors,
    job,
    PREFIXED.every((label) => valueIn(labels, label) !== undefined),
  );
  validateObjectMetaUpdate(errors, job.metadata, old.metadata);
  validateSpecUpdate(errors, job, old);
  return errors;
}

function validateSpecUpdate(errors: FieldErrors, { spec }: Job, old: Job): void {
  validateCompletions(errors, spec, old.spec);
  validateSelectorUnchanged(errors, spec.selector, old.spec.selector);
  validateTemplateUpdate(errors, spec, old);
  const same = (name: 'completionMode' | 'backoffLimitPerIndex' | 'managedBy'): void =>
    validateImmutable(errors, `spec.${name}`, spec[name], old.spec[name], spec[name] ?? null);
  const sameForm = (name: 'podFailurePolicy' | 'successPolicy', type: string): void =>
    validateImmutable(
      errors,
      `spec.${name}`,
      spec[name],
      old.spec[name],
      spec[name] ? internalForm(type, spec[name]) : null,
    );
  same('completionMode');
  sameForm('podFailurePolicy', 'PodFailurePolicy');
  same('backoffLimitPerIndex');
  same('managedBy');
  sameForm('successPolicy', 'SuccessPolicy');
}

function validateCompletions(errors: FieldErrors, spec: JobSpec, old: JobSpec): void {
  const { completions, parallelism, completionMode } = spec;
  if (completions === old.completions) return;
  if (completionMode !== 'Indexed') errors.push(invalid('spec.completions', completions ?? null, FIELD_IS_IMMUTABLE));
  else if (completions !== undefined && completions !== parallelism) {
    const why = 'can only be modified in tandem with spec.parallelism';
    errors.push(invalid('spec.completions', completions, why));
  }
}

/** Whether a Job's template may still be changed in part: it is suspended, and no Pod of it runs. */
function isTemplateMutable({ spec, status }: Job): boolean {
  const isSuspended = spec.suspend === true && (status?.active ?? 0) === 0;
  return isSuspended && (status?.startTime === undefined || hasJobCondition(status, 'Suspended'));
}

function validateTemplateUpdate(errors: FieldErrors, { template }: JobSpec, old: Job): void {
  const isMutable = isTemplateMutable(old);
  const before = isMutable ? withDirectivesOf(template, old.spec.template) : old.spec.template;
  if (!isMutable) {
    validateImmutable(
      errors,
      'spec.template',
      template,
      before,
      deepEqual(template, before) ? null : templateForm(template),
    );
    return;
  }
  const spec = template.spec ?? { containers: [] };
  const allowed = withResourcesOf(spec, before.spec ?? { containers: [] });
  validateImmutable(
    errors,
    'spec.template.spec',
    spec,
    allowed,
    deepEqual(spec, allowed) ? null : internalForm('PodSpec', spec),
  );
}

/** The old template with what says where Pods go, and their labels, from the new one. */
function withDirectivesOf({ metadata, spec }: PodTemplateSpec, old: PodTemplateSpec): PodTemplateSpec {
  const { labels, annotations } = metadata ?? {};
  const { nodeSelector, tolerations, schedulingGates } = spec ?? {};
  const affinity = affinityWithNodes(spec?.affinity, old.spec?.affinity);
  const before = { ...(old.spec as PodSpec), affinity, nodeSelector, tolerations, schedulingGates };
  return { ...old, metadata: { ...old.metadata, labels, annotations }, spec: before };
}

/** The old affinity with the new one's node part. */
function affinityWithNodes(affinity: Affinity | undefined, old: Affinity | undefined): Affinity | undefined {
  const merged: Affinity = { ...old, nodeAffinity: affinity?.nodeAffinity };
  const isEmpty = Object.values(merged).every((part) => part === undefined);
  return !affinity && isEmpty ? undefined : merged;
}

function withResourcesOf(spec: PodSpec, old: PodSpec): PodSpec {
  const taken = (now: readonly Container[] | undefined, before: Container[] | undefined): Container[] | undefined =>
    before?.length !== now?.length
      ? before
      : before?.map((container, index) =>
          container.name === now?.[index]?.name ? { ...container, resources: now[index].resources } : container,
        );
  return {
    ...old,
    containers: taken(spec.containers, old.containers) ?? [],
    initContainers: taken(spec.initContainers, old.initContainers),
  };
}

/** A template as upstream prints it: metadata's fields stand beside the spec. */
function templateForm({ metadata = {}, spec = { containers: [] } }: PodTemplateSpec): unknown {
  const { name, generateName, namespace, labels, annotations, finalizers } = metadata;
  return {
    name,
    generateName,
    namespace,
    labels: sortedMap(labels) ?? undefined,
    annotations: sortedMap(annotations) ?? undefined,
    finalizers,
    Spec: internalForm('PodSpec', spec),
  };
}
