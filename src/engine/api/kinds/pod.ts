/**
 * Pods. Follows pkg/registry/core/pod/strategy.go.
 */
import { takeAppArmorAnnotations } from '../app-armor';
import { defaultPod } from '../defaults/pod';
import type { KubeObject } from '../meta';
import { valueIn } from '../plain';
import { isPodTerminal, qosClass } from '../pod';
import type { LabelSelector, Pod, PodAffinity, PodCondition, PodSpec, PodStatus } from '../types';
import { validatePod } from '../validation/pod';
import { validatePodStatusUpdate } from '../validation/pod-status';
import { validatePodUpdate } from '../validation/pod-update';
import { podWarnings } from '../warnings/pod';
import { type KindDefinition, resource } from './definition';
import { podTable } from './pod-table';
import type { RequestContext, Strategy } from './strategy';

function prepareForCreate(draft: KubeObject, request: RequestContext): void {
  const pod = draft as Pod;
  const status: PodStatus = { phase: 'Pending', qosClass: qosClass(pod) };
  if ((pod.spec.schedulingGates?.length ?? 0) > 0) status.conditions = [gatedCondition(request.now)];
  pod.status = status;
  applyLabelKeys(pod.spec, pod.metadata.labels ?? {});
  takeAppArmorAnnotations(pod, request.warn);
}

/** Times that were never set are written as null, which the type has no word for. */
function gatedCondition(now: string): PodCondition {
  return {
    type: 'PodScheduled',
    status: 'False',
    lastProbeTime: null,
    lastTransitionTime: now,
    reason: 'SchedulingGated',
    message: 'Scheduling is blocked due to non-empty scheduling gates',
  } as unknown as PodCondition;
}

/** Turns "the same value of this label as mine" into plain requirements. */
function applyLabelKeys(spec: PodSpec, labels: Readonly<Record<string, string>>): void {
  applyToAffinity(spec.affinity?.podAffinity, labels);
  applyToAffinity(spec.affinity?.podAntiAffinity, labels);
  for (const { labelSelector, matchLabelKeys } of spec.topologySpreadConstraints ?? []) {
    addRequirements(labelSelector, matchLabelKeys, 'In', labels);
  }
}

function applyToAffinity(affinity: PodAffinity | undefined, labels: Readonly<Record<string, string>>): void {
  if (!affinity) return;
  const preferred = affinity.preferredDuringSchedulingIgnoredDuringExecution ?? [];
  const mandatory = affinity.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  for (const term of [...preferred.map((weighted) => weighted.podAffinityTerm), ...mandatory]) {
    addRequirements(term?.labelSelector, term?.matchLabelKeys, 'In', labels);
    addRequirements(term?.labelSelector, term?.mismatchLabelKeys, 'NotIn', labels);
  }
}

function addRequirements(
  selector: LabelSelector | undefined,
  keys: readonly string[] | undefined,
  operator: 'In' | 'NotIn',
  labels: Readonly<Record<string, string>>,
): void {
  if (!selector || !keys) return;
  for (const key of keys) {
    const value = valueIn(labels, key);
    if (value === undefined) continue;
    selector.matchExpressions = [...(selector.matchExpressions ?? []), { key, operator, values: [value] }];
  }
}

/** What a status leaves out of these stays as it was; the single address is the first of the list. */
function prepareForStatusUpdate(draft: KubeObject, old: KubeObject): void {
  const pod = draft as Pod;
  const status = pod.status ?? {};
  const { qosClass: oldClass, observedGeneration, conditions: oldConditions } = (old as Pod).status ?? {};
  const keepsClass = Boolean(status.qosClass) || !oldClass;
  const keepsGeneration = Boolean(status.observedGeneration) || !observedGeneration;
  const conditions = withOldGenerations(status.conditions, oldConditions);
  const ipsAgree = (status.podIP ?? '') === (status.podIPs?.[0]?.ip ?? '');
  if (keepsClass && keepsGeneration && ipsAgree && conditions === status.conditions) return;
  const next: PodStatus = { ...status };
  if (!keepsClass) next.qosClass = oldClass;
  if (!keepsGeneration) next.observedGeneration = observedGeneration;
  if (conditions) next.conditions = conditions;
  if (status.podIP && !ipsAgree) next.podIPs = [{ ip: status.podIP }];
  else if (!ipsAgree) next.podIP = status.podIPs?.[0]?.ip;
  pod.status = next;
}

function withOldGenerations(
  conditions: PodCondition[] | undefined,
  old: readonly PodCondition[] | undefined,
): PodCondition[] | undefined {
  const generationOf = (condition: PodCondition) =>
    condition.observedGeneration || old?.find((before) => before.type === condition.type)?.observedGeneration;
  if (!conditions?.some((condition) => !condition.observedGeneration && generationOf(condition))) return conditions;
  return conditions.map((condition) => ({ ...condition, observedGeneration: generationOf(condition) }));
}

/** No grace for a Pod that is on no node or has finished; otherwise as asked, or as the Pod says. */
function gracePeriodSeconds(object: KubeObject, requested: number | undefined): number {
  const pod = object as Pod;
  if (!pod.spec.nodeName || isPodTerminal(pod)) return 0;
  const seconds = requested ?? pod.spec.terminationGracePeriodSeconds ?? 0;
  return seconds < 0 ? 1 : seconds;
}

const strategy: Strategy = {
  default: defaultPod,
  prepareForCreate,
  prepareForStatusUpdate,
  validate: validatePod,
  validateUpdate: validatePodUpdate,
  validateStatusUpdate: validatePodStatusUpdate,
  warningsOnCreate: ({ metadata, spec }) => podWarnings(metadata, spec as PodSpec),
  gracePeriodSeconds,
};

/** Pod. */
export const podKind: KindDefinition = {
  ...resource('', 'v1', 'Pod', 'pods', 'po', {
    categories: ['all'],
    subresources: [
      'status',
      'eviction',
      'binding',
      'resize',
      'ephemeralcontainers',
      'log',
      'exec',
      'attach',
      'portforward',
    ],
  }),
  countsGenerations: true,
  selectableFields: [
    ...['host', 'nodeName', 'restartPolicy', 'schedulerName', 'serviceAccountName', 'hostNetwork'].map(
      (name) => `spec.${name}`,
    ),
    ...['phase', 'podIP', 'podIPs', 'nominatedNodeName'].map((name) => `status.${name}`),
  ],
  strategy,
  table: podTable,
};
