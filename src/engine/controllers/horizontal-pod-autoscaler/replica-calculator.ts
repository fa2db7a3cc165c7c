/**
 * How many replicas a resource metric asks for. Pure; amounts are in thousandths (of a CPU, of a byte).
 * Follows pkg/controller/podautoscaler/replica_calculator.go and metrics/utilization.go.
 */
import { findCondition } from '../../api/conditions';
import { isRestartableInitContainer, podRequests } from '../../api/pod-resources';
import { quantityMilli } from '../../api/quantity';
import type { Pod } from '../../api/types';

/** What is known of one Pod's use. */
export interface PodMetric {
  readonly timestampMs: number;
  readonly windowMs: number;
  readonly value: number;
}

/** How far from 1 the ratio of use to target may be before anything is done. */
export interface Tolerances {
  readonly scaleDown: number;
  readonly scaleUp: number;
}

/** What a calculation depends on beside the target. */
export interface Situation {
  readonly resource: string;
  /** Only this container counts; '' for all. */
  readonly container: string;
  /** The Pods that the target selects, in key order. */
  readonly pods: readonly Pod[];
  /** By Pod name. */
  readonly metrics: ReadonlyMap<string, PodMetric>;
  readonly currentReplicas: number;
  readonly tolerances: Tolerances;
  readonly nowMs: number;
  /** How long after its start a Pod's use of CPU is doubted (`--horizontal-pod-autoscaler-cpu-initialization-period`). */
  readonly cpuInitializationMs: number;
  /** How long after its start a Pod may turn ready for the first time (`--horizontal-pod-autoscaler-initial-readiness-delay`). */
  readonly initialReadinessMs: number;
  timeOf(timestamp: string): number;
}

/** What comes of it. */
export interface Calculation {
  readonly replicas: number;
  /** Use as per cent of the requests, for targets of that kind. */
  readonly utilization?: number;
  /** Mean use per Pod. */
  readonly average: number;
  /** Use as a multiple of the target, for what is told. */
  readonly ratio: number;
  /** Pods that did not count as they are: not ready yet, or without metrics. */
  readonly unready: number;
  readonly missing: number;
}

/** A calculation, or why there is none. */
export type Outcome = Calculation | { readonly error: string };

interface Groups {
  readonly ready: number;
  readonly unready: readonly string[];
  readonly missing: readonly string[];
  readonly ignored: readonly string[];
}

/** A Pod that has just started uses CPU for its start: what it uses is not believed until it is ready, and a window longer. */
function isCpuDoubted(pod: Pod, metric: PodMetric, situation: Situation): boolean {
  const { timeOf, nowMs, cpuInitializationMs, initialReadinessMs } = situation;
  const condition = findCondition(pod.status.conditions, 'Ready');
  if (!condition || !pod.status.startTime) return true;
  const startMs = timeOf(pod.status.startTime);
  const changedMs = condition.lastTransitionTime ? timeOf(condition.lastTransitionTime) : 0;
  const isUnready = condition.status === 'False';
  if (startMs + cpuInitializationMs > nowMs) return isUnready || metric.timestampMs < changedMs + metric.windowMs;
  return isUnready && startMs + initialReadinessMs > changedMs;
}

function groupPods(situation: Situation): Groups {
  const groups = { ready: 0, unready: [] as string[], missing: [] as string[], ignored: [] as string[] };
  for (const pod of situation.pods) {
    const { name } = pod.metadata;
    const { phase } = pod.status;
    const metric = situation.metrics.get(name);
    if (pod.metadata.deletionTimestamp !== undefined || phase === 'Failed') groups.ignored.push(name);
    else if (phase === 'Pending') groups.unready.push(name);
    else if (!metric) groups.missing.push(name);
    else if (situation.resource === 'cpu' && isCpuDoubted(pod, metric, situation)) groups.unready.push(name);
    else groups.ready++;
  }
  return groups;
}

/** What a Pod asks for; or which of its containers does not say. */
function requestOf(pod: Pod, resource: string, container: string): number | { readonly error: string } {
  const { name } = pod.metadata;
  const { spec } = pod;
  if (!container && spec.resources?.requests && Object.keys(spec.resources.requests).length > 0) {
    const amount = podRequests(pod).get(resource);
    if (amount === undefined) return { error: `missing pod-level request for ${resource} in Pod ${name}` };
    return resource === 'cpu' ? amount : amount * 1000;
  }
  const sidecars = (spec.initContainers ?? []).filter(isRestartableInitContainer);
  const counted = [...spec.containers, ...sidecars].filter((each) => !container || each.name === container);
  if (counted.length === 0) return { error: `container ${container} not found in Pod ${name}` };
  let sum = 0;
  for (const each of counted) {
    const request = each.resources?.requests?.[resource];
    if (request === undefined)
      return { error: `missing request for ${resource} in container ${each.name} of Pod ${name}` };
    sum += quantityMilli(request);
  }
  return sum;
}

function requestsOf({ pods, resource, container }: Situation): ReadonlyMap<string, number> | { error: string } {
  const requests = new Map<string, number>();
  for (const pod of pods) {
    const request = requestOf(pod, resource, container);
    if (typeof request !== 'number') return request;
    requests.set(pod.metadata.name, request);
  }
  return requests;
}

/** How the use of some Pods compares with the target. */
interface Comparison {
  readonly ratio: number;
  readonly utilization?: number;
  readonly average: number;
}

type Compare = (metrics: ReadonlyMap<string, number>) => Comparison | { readonly error: string };

const isWithin = ({ scaleDown, scaleUp }: Tolerances, ratio: number): boolean =>
  1 - scaleDown <= ratio && ratio <= 1 + scaleUp;

/** The replicas that the comparison asks for, with what is not known filled in by `fallback`. */
function calculate(situation: Situation, compare: Compare, fallback: (name: string) => number): Outcome {
  const { currentReplicas, tolerances } = situation;
  const groups = groupPods(situation);
  const { unready, missing, ignored, ready } = groups;
  const left = new Set([...unready, ...ignored]);
  const metrics = new Map<string, number>();
  for (const [name, { value }] of situation.metrics) if (!left.has(name)) metrics.set(name, value);
  if (metrics.size === 0) return { error: 'did not receive metrics for targeted pods (pods might be unready)' };
  const first = compare(metrics);
  if ('error' in first) return first;
  const { ratio } = first;
  const result = (replicas: number): Calculation => ({
    ...first,
    replicas,
    unready: unready.length,
    missing: missing.length,
  });
  const isUpWithUnready = unready.length > 0 && ratio > 1;
  if (!isUpWithUnready && missing.length === 0)
    return result(isWithin(tolerances, ratio) ? currentReplicas : Math.ceil(ratio * ready));
  if (ratio < 1) for (const name of missing) metrics.set(name, fallback(name));
  else if (ratio > 1) for (const name of missing) metrics.set(name, 0);
  if (isUpWithUnready) for (const name of unready) metrics.set(name, 0);
  const second = compare(metrics);
  if ('error' in second) return second;
  const again = second.ratio;
  const turnsRound = (ratio < 1 && again > 1) || (ratio > 1 && again < 1);
  if (isWithin(tolerances, again) || turnsRound) return result(currentReplicas);
  const replicas = Math.ceil(again * metrics.size);
  const isAgainst = (again < 1 && replicas > currentReplicas) || (again > 1 && replicas < currentReplicas);
  return result(isAgainst ? currentReplicas : replicas);
}

const NO_PODS = { error: 'no pods returned by selector while calculating replica count' };

/** For a target that is a share of the requests, in per cent. */
export function replicasForUtilization(situation: Situation, target: number): Outcome {
  if (situation.pods.length === 0) return NO_PODS;
  // Upstream looks at the metrics first, and only then at what was requested.
  const requested = requestsOf(situation);
  const requests = 'error' in requested ? new Map<string, number>() : requested;
  const compare: Compare = (metrics) => {
    if ('error' in requested) return requested;
    let used = 0;
    let asked = 0;
    let count = 0;
    for (const [name, value] of metrics) {
      const request = requests.get(name);
      if (request === undefined) continue;
      used += value;
      asked += request;
      count++;
    }
    if (asked === 0) return { error: 'no metrics returned matched known pods' };
    const utilization = Math.trunc((used * 100) / asked);
    return { ratio: utilization / target, utilization, average: Math.trunc(used / count) };
  };
  const share = Math.max(100, target) / 100;
  return calculate(situation, compare, (name) => Math.trunc((requests.get(name) ?? 0) * share));
}

/** For a target that is an amount per Pod, in thousandths. */
export function replicasForAverage(situation: Situation, target: number): Outcome {
  if (situation.pods.length === 0) return NO_PODS;
  const compare: Compare = (metrics) => {
    let used = 0;
    for (const value of metrics.values()) used += value;
    const average = Math.trunc(used / metrics.size);
    return { ratio: average / target, average };
  };
  return calculate(situation, compare, () => target);
}
