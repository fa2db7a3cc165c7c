/**
 * HorizontalPodAutoscalers of autoscaling/v1 and back. What that version has no fields for it carries in annotations.
 * Follows pkg/apis/autoscaling/v1/conversion.go and pkg/apis/autoscaling/annotations.go.
 */

import { decodeStrict } from '../decode';
import { defaultHorizontalPodAutoscaler, defaultMetrics } from '../defaults/horizontal-pod-autoscaler';
import type { KubeObject, ObjectMeta } from '../meta';
import { clonePlain } from '../plain';
import type { HorizontalPodAutoscaler, HPAScalingRules, MetricSpec, MetricStatus } from '../types';

const PREFIX = 'autoscaling.alpha.kubernetes.io/';
const CARRIED = ['metrics', 'behavior', 'scale-down-tolerance', 'scale-up-tolerance', 'current-metrics', 'conditions'];

type Fields = Record<string, unknown>;

interface AutoscalerV1 extends KubeObject {
  spec: Pick<HorizontalPodAutoscaler['spec'], 'scaleTargetRef' | 'minReplicas' | 'maxReplicas'> & {
    targetCPUUtilizationPercentage?: number;
  };
  status?: Pick<
    HorizontalPodAutoscaler['status'],
    'observedGeneration' | 'lastScaleTime' | 'currentReplicas' | 'desiredReplicas'
  > & {
    currentCPUUtilizationPercentage?: number;
  };
}

/** Leaves out what was not said. */
function said(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null));
}

/** How the fields of targets and of current values are called, by the word that version puts before them. */
function flat(prefix: 'target' | 'current', value: Fields): Fields {
  const { averageUtilization, averageValue, value: whole } = value;
  return {
    [`${prefix}AverageUtilization`]: averageUtilization,
    [`${prefix}AverageValue`]: averageValue,
    [`${prefix}Value`]: whole,
  };
}

/** One metric, wanted or measured, in the older form. */
function metricToV1(prefix: 'target' | 'current', metric: MetricSpec | MetricStatus): Fields {
  const { type, ...sources } = metric as unknown as { type: string } & Record<string, Fields>;
  const converted: Fields = { type };
  for (const [source, fields] of Object.entries(sources)) {
    const { name, container, metric: id, describedObject } = fields as Record<string, Fields | undefined>;
    const amounts = flat(prefix, (fields[prefix] ?? {}) as Fields);
    const whole = amounts[`${prefix}Value`];
    const average = { [`${prefix}AverageValue`]: amounts[`${prefix}AverageValue`] };
    const selector = id?.selector;
    // Fields in Go's order, which is that of the annotation's text.
    if (source === 'resource' || source === 'containerResource') {
      converted[source] = said({ name, ...amounts, container });
    } else if (source === 'object') {
      const { kind, name: described, apiVersion } = describedObject ?? {};
      const target = said({ kind, name: described, apiVersion });
      const averageValue = amounts[`${prefix}AverageValue`];
      converted[source] = said({
        target,
        metricName: id?.name,
        [`${prefix}Value`]: whole ?? '0',
        selector,
        averageValue,
      });
    } else if (source === 'external') {
      converted[source] = said({
        metricName: id?.name,
        metricSelector: selector,
        [`${prefix}Value`]: whole,
        ...average,
      });
    } else converted[source] = said({ metricName: id?.name, ...average, selector });
  }
  return converted;
}

function metricFromV1(prefix: 'target' | 'current', metric: Fields): Fields {
  const converted: Fields = { type: metric.type };
  for (const [source, value] of Object.entries(metric)) {
    if (source === 'type' || typeof value !== 'object' || value === null) continue;
    const fields = value as Fields;
    const averageUtilization = fields[`${prefix}AverageUtilization`];
    const averageValue = fields[`${prefix}AverageValue`] ?? fields.averageValue;
    const given = fields[`${prefix}Value`];
    const whole = source === 'object' && averageValue !== undefined && given === '0' ? undefined : given;
    const type =
      averageUtilization !== undefined ? 'Utilization' : averageValue === undefined ? 'Value' : 'AverageValue';
    const amounts = said({ ...(prefix === 'target' ? { type } : {}), value: whole, averageValue, averageUtilization });
    const id = said({ name: fields.metricName, selector: fields.metricSelector ?? fields.selector });
    converted[source] =
      source === 'resource' || source === 'containerResource'
        ? said({ name: fields.name, container: fields.container, [prefix]: amounts })
        : said({ describedObject: fields.target, metric: id, [prefix]: amounts });
  }
  return converted;
}

/** Rules under Go's names: the annotation holds the internal form. */
function rulesToInternal(rules: HPAScalingRules | undefined): Fields | null {
  if (!rules) return null;
  const policies = rules.policies?.map(({ type, value, periodSeconds }) => ({
    Type: type,
    Value: value,
    PeriodSeconds: periodSeconds,
  }));
  return {
    StabilizationWindowSeconds: rules.stabilizationWindowSeconds ?? null,
    SelectPolicy: rules.selectPolicy ?? null,
    Policies: policies ?? null,
    Tolerance: rules.tolerance ?? null,
  };
}

/** Go reads the names of fields whatever their case. */
function lowered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lowered);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== null);
  return Object.fromEntries(entries.map(([key, each]) => [key.charAt(0).toLowerCase() + key.slice(1), lowered(each)]));
}

function withoutCarried(metadata: ObjectMeta): ObjectMeta {
  const { annotations, ...rest } = metadata;
  const kept = Object.entries(annotations ?? {}).filter(([key]) => !CARRIED.some((name) => key === PREFIX + name));
  return kept.length > 0 ? { ...rest, annotations: Object.fromEntries(kept) } : rest;
}

const isCpuShare = ({ type, resource }: MetricSpec): boolean =>
  type === 'Resource' && resource?.name === 'cpu' && resource.target.averageUtilization !== undefined;

/** A stored autoscaler as autoscaling/v1 shows it. */
export function autoscalerToV1(object: KubeObject): KubeObject {
  const { metadata, spec, status } = object as HorizontalPodAutoscaler;
  const metrics = spec.metrics ?? [];
  const current = status?.currentMetrics ?? [];
  const conditions = status?.conditions ?? [];
  const others = metrics.filter((metric) => !isCpuShare(metric)).map((metric) => metricToV1('target', metric));
  const { behavior } = spec;
  const carried: Record<string, unknown> = {
    metrics: others.length > 0 ? others : undefined,
    'current-metrics': current.length > 0 ? current.map((metric) => metricToV1('current', metric)) : undefined,
    behavior: behavior && {
      ScaleUp: rulesToInternal(behavior.scaleUp),
      ScaleDown: rulesToInternal(behavior.scaleDown),
    },
    conditions: conditions.length > 0 ? conditions : undefined,
  };
  const annotations: Record<string, string> = { ...withoutCarried(metadata).annotations };
  for (const [name, value] of Object.entries(carried))
    if (value !== undefined) annotations[PREFIX + name] = JSON.stringify(value);
  const measured = current.find(({ type, resource }) => type === 'Resource' && resource?.name === 'cpu');
  const { scaleTargetRef, minReplicas, maxReplicas } = spec;
  return {
    apiVersion: 'autoscaling/v1',
    kind: object.kind,
    metadata: { ...withoutCarried(metadata), ...(Object.keys(annotations).length > 0 ? { annotations } : {}) },
    spec: said({
      scaleTargetRef,
      minReplicas,
      maxReplicas,
      targetCPUUtilizationPercentage: metrics.find(isCpuShare)?.resource?.target.averageUtilization,
    }),
    status: said({
      observedGeneration: status?.observedGeneration,
      lastScaleTime: status?.lastScaleTime,
      currentReplicas: status?.currentReplicas ?? 0,
      desiredReplicas: status?.desiredReplicas ?? 0,
      currentCPUUtilizationPercentage: measured?.resource?.current.averageUtilization,
    }),
  };
}

/** What an annotation carries; undefined when it is not there or can't be read. */
function carriedIn<T>({ annotations }: ObjectMeta, name: string): T | undefined {
  const text = annotations?.[PREFIX + name];
  if (text === undefined) return undefined;
  try {
    return (JSON.parse(text) as T | null) ?? undefined;
  } catch {
    return undefined;
  }
}

/** An autoscaler of autoscaling/v1 as it is stored. What its annotations carry is dropped when it can't be read. */
export function autoscalerFromV1(object: KubeObject): KubeObject {
  const { object: read, typeError } = decodeStrict(converted(object, object.metadata), 'HorizontalPodAutoscaler');
  const plain = typeError ? converted(object, withoutCarried(object.metadata)) : read;
  const autoscaler = clonePlain(plain) as HorizontalPodAutoscaler;
  autoscaler.status.currentMetrics ??= null as unknown as undefined;
  defaultHorizontalPodAutoscaler(autoscaler);
  return autoscaler;
}

function converted(object: KubeObject, carriers: ObjectMeta): KubeObject {
  const { metadata, spec, status } = object as AutoscalerV1;
  const { targetCPUUtilizationPercentage: share, ...rest } = spec ?? {};
  const listed = (name: string): Fields[] => {
    const list = carriedIn<unknown>(carriers, name);
    return Array.isArray(list) ? list.filter((each) => typeof each === 'object' && each !== null) : [];
  };
  const metrics: unknown[] = listed('metrics').map((metric) => metricFromV1('target', metric));
  const [cpu] = defaultMetrics();
  if (share !== undefined && cpu?.resource) {
    cpu.resource.target.averageUtilization = share;
    metrics.push(cpu);
  }
  const behavior = lowered(carriedIn(carriers, 'behavior'));
  const current = listed('current-metrics').map((metric) => metricFromV1('current', metric));
  const conditions = listed('conditions');
  const { observedGeneration, lastScaleTime, currentReplicas, desiredReplicas = 0 } = status ?? {};
  return {
    apiVersion: 'autoscaling/v2',
    kind: object.kind,
    metadata: withoutCarried(metadata),
    spec: said({ ...rest, metrics, behavior }),
    status: said({
      observedGeneration,
      lastScaleTime,
      currentReplicas: currentReplicas || undefined,
      desiredReplicas,
      currentMetrics: current.length > 0 ? current : undefined,
      conditions: conditions.length > 0 ? conditions : undefined,
    }),
  };
}
