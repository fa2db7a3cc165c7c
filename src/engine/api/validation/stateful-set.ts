/**
 * StatefulSets.
 * Follows pkg/apis/apps/validation/validation.go (ValidateStatefulSetSpec and what it calls).
 */
import type { FieldError } from '../field-error';
import type { KubeObject } from '../meta';
import { deepEqual } from '../plain';
import type { PodTemplateSpec, StatefulSet, StatefulSetSpec, StatefulSetUpdateStrategy, Volume } from '../types';
import { type FieldErrors, forbiddenField, invalid, notSupported, pushInvalid, required } from './field-errors';
import { plainNumberOf, validateAtMost100Percent, validateIntOrPercent } from './int-or-percent';
import { internalForm } from './internal-form';
import {
  isUsableSelector,
  printableSelector,
  validateAnnotations,
  validateLabelSelector,
  validateLabels,
  validateSelectsSomething,
} from './labels';
import { type MetadataRules, validateObjectMeta, validateObjectMetaUpdate } from './metadata';
import { isDns1123Label } from './names';
import { validatePodAnnotations } from './pod';
import { validatePodTemplate, validateRunsForEver, validateSelected } from './pod-template';
import { validateNonNegative } from './probe';
import { validateCollisionCount } from './replica-counts';
import { validateClaimSpec } from './volume-claim';

const METADATA: MetadataRules = { namespaced: true, name: isDns1123Label };

/** What may change after creation, beside the metadata. */
const CHANGEABLE = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
] as const;
const FROZEN =
  "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', " +
  "'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";

/** A StatefulSet that is to be created. */
export function validateStatefulSet(object: KubeObject): readonly FieldError[] {
  const statefulSet = object as StatefulSet;
  const errors: FieldErrors = [];
  validateObjectMeta(errors, statefulSet.metadata, METADATA);
  validateSpec(errors, statefulSet.spec, true);
  return errors;
}

/** An update of a StatefulSet. */
export function validateStatefulSetUpdate(object: KubeObject, oldObject: KubeObject): readonly FieldError[] {
  const { metadata, spec } = object as StatefulSet;
  const old = oldObject as StatefulSet;
  const errors: FieldErrors = [];
  validateObjectMetaUpdate(errors, metadata, old.metadata);
  if (spec === old.spec) return errors;
  validateSpec(errors, spec, false);
  const kept: StatefulSetSpec = { ...spec };
  for (const field of CHANGEABLE) (kept as unknown as Record<string, unknown>)[field] = old.spec[field];
  if (!deepEqual(definedOf(kept), definedOf(old.spec))) errors.push(forbiddenField('spec', FROZEN));
  return errors;
}

const definedOf = (spec: StatefulSetSpec): object =>
  Object.fromEntries(Object.entries(spec).filter(([, value]) => value !== undefined));

function validateSpec(errors: FieldErrors, spec: StatefulSetSpec, isNew: boolean): void {
  const { podManagementPolicy: policy = '', selector, serviceName } = spec;
  if (policy === '') errors.push(required('spec.podManagementPolicy'));
  else if (!['OrderedReady', 'Parallel'].includes(policy)) {
    errors.push(invalid('spec.podManagementPolicy', policy, "must be 'OrderedReady' or 'Parallel'"));
  }
  validateUpdateStrategy(errors, 'spec.updateStrategy', spec.updateStrategy ?? {});
  validateRetention(errors, spec);
  if (isNew) {
    for (const [index, claim] of (spec.volumeClaimTemplates ?? []).entries()) {
      validateClaimSpec(errors, `spec.volumeClaimTemplates[${index}].spec`, claim.spec ?? {});
    }
  }
  validateNonNegative(errors, 'spec.replicas', spec.replicas);
  validateNonNegative(errors, 'spec.minReadySeconds', spec.minReadySeconds);
  validateNonNegative(errors, 'spec.ordinals.start', spec.ordinals?.start);
  if (isNew && serviceName) pushInvalid(errors, 'spec.serviceName', serviceName, isDns1123Label(serviceName));
  if (!selector) errors.push(required('spec.selector'));
  else {
    validateLabelSelector(errors, 'spec.selector', selector);
    validateSelectsSomething(errors, selector, 'statefulset');
  }
  if (selector && !isUsableSelector(selector)) {
    errors.push(invalid('spec.selector', printableSelector(selector), ''));
  } else validateTemplate(errors, 'spec.template', spec);
  validateRunsForEver(errors, 'spec.template', spec.template, 'StatefulSet');
}

function validateRetention(
  errors: FieldErrors,
  { persistentVolumeClaimRetentionPolicy: policy }: StatefulSetSpec,
): void {
  if (!policy) return;
  for (const when of ['whenDeleted', 'whenScaled'] as const) {
    const value = policy[when] ?? '';
    if (value === 'Retain' || value === 'Delete') continue;
    errors.push(notSupported(`spec.persistentVolumeClaimRetentionPolicy.${when}`, value, ['Retain', 'Delete']));
  }
}

function validateUpdateStrategy(errors: FieldErrors, field: string, strategy: StatefulSetUpdateStrategy): void {
  const { type = '', rollingUpdate } = strategy;
  const rolling = `${field}.rollingUpdate`;
  if (type === '') errors.push(required(field));
  else if (type === 'OnDelete') {
    if (!rollingUpdate) return;
    const form = internalForm('RollingUpdateStatefulSetStrategy', rollingUpdate);
    errors.push(invalid(rolling, form, "only allowed for updateStrategy 'RollingUpdate'"));
  } else if (type !== 'RollingUpdate') {
    const form = internalForm('StatefulSetUpdateStrategy', strategy);
    errors.push(invalid(field, form, "must be 'RollingUpdate' or 'OnDelete'"));
  } else if (rollingUpdate) {
    const { partition, maxUnavailable } = rollingUpdate;
    validateNonNegative(errors, `${rolling}.partition`, partition);
    if (maxUnavailable === undefined) return;
    const path = `${rolling}.maxUnavailable`;
    validateIntOrPercent(errors, path, maxUnavailable);
    if (plainNumberOf(maxUnavailable) === 0) errors.push(invalid(path, maxUnavailable, 'cannot be 0'));
    validateAtMost100Percent(errors, path, maxUnavailable);
  }
}

/** The template as the controller will complete it: with a volume for each claim, and its own host name. */
function completed({ template, volumeClaimTemplates: claims = [] }: StatefulSetSpec): PodTemplateSpec {
  if (!template.spec) return template;
  const { subdomain: _subdomain, hostname: _hostname, volumes: given = [], ...spec } = template.spec;
  const names = new Set(claims.map(({ metadata }) => metadata?.name));
  const added = [...names].map((name): Volume => ({ name, persistentVolumeClaim: { claimName: name } }));
  const volumes = [...added, ...given.filter(({ name }) => !names.has(name))];
  return { ...template, spec: volumes.length > 0 ? { ...spec, volumes } : spec };
}

function validateTemplate(errors: FieldErrors, field: string, spec: StatefulSetSpec): void {
  const template = completed(spec);
  const { labels, annotations } = template.metadata ?? {};
  validateSelected(errors, field, template, spec.selector);
  validatePodTemplate(errors, field, template);
  validateLabels(errors, `${field}.labels`, labels);
  validateAnnotations(errors, `${field}.annotations`, annotations);
  validatePodAnnotations(errors, `${field}.annotations`, annotations, template.spec ?? { containers: [] });
}

const COUNTS = [
  'replicas',
  'readyReplicas',
  'currentReplicas',
  'updatedReplicas',
  'availableReplicas',
  'observedGeneration',
  'collisionCount',
] as const;

/** An update of a StatefulSet's status. */
export function validateStatefulSetStatusUpdate(object: KubeObject, oldObject: KubeObject): readonly FieldError[] {
  const { status = { replicas: 0 } } = object as Partial<StatefulSet>;
  const errors: FieldErrors = [];
  for (const name of COUNTS) validateNonNegative(errors, `status.${name}`, status[name]);
  for (const name of ['readyReplicas', 'currentReplicas', 'updatedReplicas', 'availableReplicas'] as const) {
    const count = status[name] ?? 0;
    if (count <= (status.replicas ?? 0)) continue;
    errors.push(invalid(`status.${name}`, count, 'cannot be greater than status.replicas'));
  }
  const { availableReplicas = 0, readyReplicas = 0 } = status;
  if (availableReplicas > readyReplicas) {
    errors.push(invalid('status.availableReplicas', availableReplicas, 'cannot be greater than status.readyReplicas'));
  }
  validateCollisionCount(errors, status.collisionCount, (oldObject as Partial<StatefulSet>).status?.collisionCount);
  return errors;
}
