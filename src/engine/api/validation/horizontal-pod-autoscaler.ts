/**
 * HorizontalPodAutoscalers.
 * Follows pkg/apis/autoscaling/validation/validation.go and the options of pkg/registry/autoscaling/horizontalpodautoscaler/strategy.go.
 */
import type { FieldError } from '../field-error';
import type { KubeObject } from '../meta';
import { parseQuantity } from '../quantity';
import type {
  CrossVersionObjectReference,
  HorizontalPodAutoscaler,
  HPAScalingPolicy,
  HPAScalingRules,
  MetricIdentifier,
  MetricSpec,
  MetricTarget,
} from '../types';
import { type FieldErrors, forbiddenField, invalid, notSupported, pushInvalid, required } from './field-errors';
import { type MetadataRules, validateObjectMeta, validateObjectMetaUpdate } from './metadata';
import { isDns1123Label, isDns1123Subdomain, isPathSegmentName } from './names';
import { validateNonNegative } from './probe';
import { validateKindAndName } from './references';
import { validateContainerResourceName, validateResourceQuantity } from './resources';

const METADATA: MetadataRules = { namespaced: true, name: isDns1123Subdomain };

/** What references to other objects may leave out. */
interface ReferenceRules {
  readonly emptyGroup?: boolean;
  readonly anyVersion?: boolean;
}

/** An autoscaler that is to be created. */
export function validateHorizontalPodAutoscaler(object: KubeObject): readonly FieldError[] {
  const errors: FieldErrors = [];
  validateObjectMeta(errors, object.metadata, METADATA);
  validateSpec(errors, object as HorizontalPodAutoscaler, undefined);
  return errors;
}

/** An update of an autoscaler. */
export function validateHorizontalPodAutoscalerUpdate(object: KubeObject, old: KubeObject): readonly FieldError[] {
  const errors: FieldErrors = [];
  validateObjectMetaUpdate(errors, object.metadata, old.metadata);
  validateSpec(errors, object as HorizontalPodAutoscaler, old as HorizontalPodAutoscaler);
  return errors;
}

/** An update of an autoscaler's status. */
export function validateHorizontalPodAutoscalerStatus(object: KubeObject): readonly FieldError[] {
  const { status } = object as HorizontalPodAutoscaler;
  const errors: FieldErrors = [];
  for (const name of ['currentReplicas', 'desiredReplicas'] as const)
    validateNonNegative(errors, `status.${name}`, status[name]);
  return errors;
}

function targetRules({ spec }: HorizontalPodAutoscaler, old: HorizontalPodAutoscaler | undefined): ReferenceRules {
  const { apiVersion, kind } = spec.scaleTargetRef ?? {};
  const before = old?.spec.scaleTargetRef;
  if (before && before.apiVersion === apiVersion && before.kind === kind) return { anyVersion: true };
  return { emptyGroup: kind === 'ReplicationController' };
}

function validateSpec(
  errors: FieldErrors,
  autoscaler: HorizontalPodAutoscaler,
  old: HorizontalPodAutoscaler | undefined,
): void {
  const { minReplicas, maxReplicas = 0, scaleTargetRef, metrics = [], behavior } = autoscaler.spec ?? {};
  const atLeast = old?.spec.minReplicas === 0 ? 0 : 1;
  if (minReplicas !== undefined && minReplicas < atLeast)
    errors.push(invalid('spec.minReplicas', minReplicas, `must be greater than or equal to ${atLeast}`));
  const path = 'spec.maxReplicas';
  if (maxReplicas === 0) errors.push(required(path, 'must be set and greater than 0'));
  else if (maxReplicas < 0) errors.push(invalid(path, maxReplicas, 'must be greater than or equal to 1'));
  if (minReplicas !== undefined && maxReplicas < minReplicas)
    errors.push(invalid(path, maxReplicas, 'must be greater than or equal to `minReplicas`'));
  validateReference(errors, 'spec.scaleTargetRef', scaleTargetRef, targetRules(autoscaler, old));
  for (const [index, metric] of metrics.entries()) validateMetric(errors, `spec.metrics[${index}]`, metric);
  if (minReplicas === 0 && !metrics.some(({ type }) => type === 'Object' || type === 'External')) {
    const why = 'must specify at least one Object or External metric to support scaling to zero replicas';
    errors.push(forbiddenField('spec.metrics', why));
  }
  validateRules(errors, 'spec.behavior.scaleUp', behavior?.scaleUp);
  validateRules(errors, 'spec.behavior.scaleDown', behavior?.scaleDown);
}

function validateReference(
  errors: FieldErrors,
  field: string,
  reference: CrossVersionObjectReference | undefined,
  { emptyGroup, anyVersion }: ReferenceRules,
): void {
  const { apiVersion = '' } = reference ?? {};
  validateKindAndName(errors, field, reference ?? {});
  if (anyVersion) return;
  const slashes = apiVersion.split('/').length - 1;
  if (slashes > 1)
    errors.push(invalid(`${field}.apiVersion`, apiVersion, `unexpected GroupVersion string: ${apiVersion}`));
  else if (!emptyGroup && (slashes === 0 || apiVersion.startsWith('/')))
    errors.push(invalid(`${field}.apiVersion`, apiVersion, 'apiVersion must specify API group'));
}

/** Where each type of metric has its source, in the order in which upstream looks. */
const SOURCES = [
  ['Object', 'object'],
  ['External', 'external'],
  ['Pods', 'pods'],
  ['Resource', 'resource'],
  ['ContainerResource', 'containerResource'],
] as const;
const TYPES = SOURCES.map(([type]) => type as string).sort();

function validateMetric(errors: FieldErrors, field: string, metric: MetricSpec): void {
  const { type = '' } = metric;
  const isKnown = TYPES.includes(type);
  if (!type) errors.push(required(`${field}.type`, 'must specify a metric source type'));
  if (!isKnown) errors.push(notSupported(`${field}.type`, type, TYPES));
  const present = SOURCES.filter(([, source]) => metric[source] !== undefined).map(([, source]) => source);
  if (present[0]) validateSource(errors, `${field}.${present[0]}`, metric, present[0]);
  const expected = SOURCES.find(([known]) => known === type)?.[1];
  if (expected && metric[expected] === undefined)
    errors.push(required(`${field}.${expected}`, 'must populate information for the given metric source'));
  if (!isKnown) errors.push(notSupported(`${field}.type`, type, TYPES));
  if (present.length < 2) return;
  for (const other of present)
    if (other !== expected)
      errors.push(forbiddenField(`${field}.${other}`, 'must populate the given metric source only'));
}

type SourceName = (typeof SOURCES)[number][1];

function validateSource(errors: FieldErrors, field: string, metric: MetricSpec, source: SourceName): void {
  const { target = {} as MetricTarget } = metric[source] ?? {};
  const missing = (part: string, why: string) => errors.push(required(`${field}.target.${part}`, why));
  const isBoth = (left: unknown, right: unknown) => left !== undefined && right !== undefined;
  if (source === 'object' || source === 'external' || source === 'pods') {
    if (source === 'object')
      validateReference(errors, `${field}.describedObject`, metric.object?.describedObject, { emptyGroup: true });
    validateIdentifier(errors, `${field}.metric`, metric[source]?.metric);
    validateTarget(errors, `${field}.target`, target);
    const { value, averageValue } = target;
    if (averageValue === undefined && source === 'pods')
      missing('averageValue', 'must specify a positive target averageValue');
    else if (averageValue === undefined && value === undefined)
      missing(
        'averageValue',
        source === 'object'
          ? 'must set either a target value or averageValue'
          : 'must set either a target value for metric or a per-pod target',
      );
    if (source === 'external' && isBoth(value, averageValue))
      errors.push(
        forbiddenField(`${field}.target.value`, 'may not set both a target value for metric and a per-pod target'),
      );
    return;
  }
  const name = metric[source]?.name ?? '';
  if (!name) errors.push(required(`${field}.name`, 'must specify a resource name'));
  else if (source === 'containerResource') validateContainerResourceName(errors, `${field}.name`, name);
  if (source === 'containerResource') {
    const container = metric.containerResource?.container ?? '';
    if (!container) errors.push(required(`${field}.container`, 'must specify a container'));
    else pushInvalid(errors, `${field}.container`, container, isDns1123Label(container));
  }
  validateTarget(errors, `${field}.target`, target);
  const { averageUtilization, averageValue } = target;
  if (averageUtilization === undefined && averageValue === undefined)
    missing('averageUtilization', 'must set either a target raw value or a target utilization');
  if (isBoth(averageUtilization, averageValue))
    errors.push(
      forbiddenField(`${field}.target.averageValue`, 'may not set both a target raw value and a target utilization'),
    );
}

function validateIdentifier(errors: FieldErrors, field: string, metric: MetricIdentifier | undefined): void {
  const name = metric?.name ?? '';
  if (!name) errors.push(required(`${field}.name`, 'must specify a metric name'));
  else pushInvalid(errors, `${field}.name`, name, isPathSegmentName(name));
}

function validateTarget(errors: FieldErrors, field: string, target: MetricTarget): void {
  const { type = '', averageUtilization } = target;
  if (!type) errors.push(required(`${field}.type`, 'must specify a metric target type'));
  if (!['Utilization', 'Value', 'AverageValue'].includes(type))
    errors.push(invalid(`${field}.type`, type, 'must be either Utilization, Value, or AverageValue'));
  for (const part of ['value', 'averageValue'] as const) {
    const quantity = target[part];
    if (quantity !== undefined && parseQuantity(quantity).nano <= 0n)
      errors.push(invalid(`${field}.${part}`, quantity, 'must be positive'));
  }
  if (averageUtilization !== undefined && averageUtilization < 1)
    errors.push(invalid(`${field}.averageUtilization`, averageUtilization, 'must be greater than 0'));
}

function validateRules(errors: FieldErrors, field: string, rules: HPAScalingRules | undefined): void {
  if (!rules) return;
  const { stabilizationWindowSeconds: window, selectPolicy, policies = [], tolerance } = rules;
  const path = `${field}.stabilizationWindowSeconds`;
  if (window !== undefined && window < 0) errors.push(invalid(path, window, 'must be greater than or equal to zero'));
  if (window !== undefined && window > 3600) errors.push(invalid(path, window, 'must be less than or equal to 3600'));
  const select = ['Disabled', 'Max', 'Min'];
  if (selectPolicy !== undefined && !select.includes(selectPolicy))
    errors.push(notSupported(`${field}.selectPolicy`, selectPolicy, select));
  if (policies.length === 0) errors.push(required(`${field}.policies`, 'must specify at least one Policy'));
  for (const [index, policy] of policies.entries()) validatePolicy(errors, `${field}.policies[${index}]`, policy);
  if (tolerance !== undefined) validateResourceQuantity(errors, `${field}.tolerance`, '', tolerance);
}

function validatePolicy(errors: FieldErrors, field: string, policy: HPAScalingPolicy): void {
  const { type = '', value = 0, periodSeconds = 0 } = policy;
  if (type !== 'Pods' && type !== 'Percent') errors.push(notSupported(`${field}.type`, type, ['Percent', 'Pods']));
  if (value <= 0) errors.push(invalid(`${field}.value`, value, 'must be greater than zero'));
  const path = `${field}.periodSeconds`;
  if (periodSeconds <= 0) errors.push(invalid(path, periodSeconds, 'must be greater than zero'));
  if (periodSeconds > 1800) errors.push(invalid(path, periodSeconds, 'must be less than or equal to 1800'));
}
