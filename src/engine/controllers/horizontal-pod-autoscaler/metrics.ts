/**
 * What the metrics of an autoscaler ask for, one after the other: which metric has the last word, or why none of them can be trusted.
 * Follows computeReplicasForMetrics and the computeStatusFor… functions in pkg/controller/podautoscaler/horizontal.go, and metrics/client.go.
 * Left out: adapters for Pods, Object and External metrics; these are answered as by a cluster without them.
 */
import { parseDuration } from '../../api/duration';
import type { PodMetrics } from '../../api/kinds/metrics';
import { formatQuantity, quantityMilli } from '../../api/quantity';
import { goSelector } from '../../api/selector';
import { StatusError } from '../../api/status-error';
import type {
  HorizontalPodAutoscaler,
  MetricSpec,
  MetricStatus,
  MetricTarget,
  MetricValueStatus,
  Pod,
} from '../../api/types';
import type { Context } from '../../client/component';
import { type Calculation, type PodMetric, replicasForAverage, replicasForUtilization } from './replica-calculator';
import type { Settings } from './settings';

/** What one metric comes to. */
interface MetricProposal {
  readonly name: string;
  readonly calculation: Calculation;
  readonly status: MetricStatus;
}

/** A metric that could not be had: what its condition and its Event say, and what is said of all together. */
interface MetricFailure {
  readonly reason: string;
  readonly error: string;
  readonly wrapped: string;
}

/** What all metrics come to. */
export interface MetricsOutcome {
  /** Undefined when nothing can be decided. */
  readonly replicas: number | undefined;
  /** Of the metric with the last word. */
  readonly name: string;
  readonly calculation: Calculation | undefined;
  readonly statuses: readonly MetricStatus[];
  /** Metrics that failed, in order. */
  readonly failures: readonly MetricFailure[];
  readonly error: string | undefined;
}

/** What is being scaled. */
export interface Scaled {
  readonly autoscaler: HorizontalPodAutoscaler;
  readonly current: number;
  readonly selector: string;
  readonly pods: readonly Pod[];
}

const RESOURCE_API = 'unable to fetch metrics from resource metrics API: ';
const CUSTOM_API =
  'unable to fetch metrics from custom metrics API: no custom metrics API (custom.metrics.k8s.io) registered';

/** What the resource metrics API says of the selected Pods. Throws StatusError. */
function fetchMetrics(context: Context, { autoscaler, selector }: Scaled): readonly PodMetrics[] {
  const { namespace } = autoscaler.metadata;
  return context.client.list<PodMetrics>('PodMetrics.metrics.k8s.io', { namespace, labelSelector: selector });
}

/** The use of each Pod, as far as it is known of all the containers that count. */
function usageOf(
  context: Context,
  metrics: readonly PodMetrics[],
  resource: string,
  container: string,
): Map<string, PodMetric> {
  const usage = new Map<string, PodMetric>();
  for (const { metadata, timestamp, window, containers } of metrics) {
    const counted = containers.filter(({ name }) => !container || name === container);
    const values = counted.map((each) => (each.usage as Readonly<Record<string, string>>)[resource]);
    if (values.length === 0 || values.includes(undefined)) continue;
    const parsed = parseDuration(window);
    usage.set(metadata.name, {
      timestampMs: context.timeOf(timestamp),
      windowMs: 'ms' in parsed ? parsed.ms : 0,
      value: values.reduce((sum, value) => sum + quantityMilli(value), 0),
    });
  }
  return usage;
}

function refusalText(error: unknown): string {
  if (!(error instanceof StatusError)) throw error;
  const isPlain = error.reason === 'ServiceUnavailable' || (error.reason === 'NotFound' && !error.details.name);
  return isPlain ? `${error.message} (get pods.metrics.k8s.io)` : error.message;
}

function amount(resource: string, milli: number): string {
  const nano = BigInt(Math.round(milli)) * 1_000_000n;
  return formatQuantity({ nano, format: resource === 'memory' ? 'BinarySI' : 'DecimalSI' });
}

/** Resource and ContainerResource. */
function resourceProposal(
  context: Context,
  scaled: Scaled,
  settings: Settings,
  resource: string,
  container: string,
  target: MetricTarget,
): { name: string; calculation: Calculation; current: MetricValueStatus } | { error: string } {
  const { averageValue, averageUtilization } = target;
  const failed = (what: string, why: string) => ({ error: `failed to get ${resource} ${what}: ${why}` });
  const what = averageValue === undefined ? 'utilization' : 'usage';
  if (averageValue === undefined && averageUtilization === undefined) {
    const why = 'neither an average utilization target nor an average value (usage) target was set';
    return { error: `invalid resource metric source: ${why}` };
  }
  let fetched: readonly PodMetrics[];
  try {
    fetched = fetchMetrics(context, scaled);
  } catch (error) {
    return failed(what, `unable to get metrics for resource ${resource}: ${RESOURCE_API}${refusalText(error)}`);
  }
  if (fetched.length === 0) {
    const why = 'no metrics returned from resource metrics API';
    return failed(what, `unable to get metrics for resource ${resource}: ${why}`);
  }
  const situation = {
    ...settings,
    resource,
    container,
    pods: scaled.pods,
    metrics: usageOf(context, fetched, resource, container),
    currentReplicas: scaled.current,
    nowMs: context.nowMs,
    timeOf: (timestamp: string) => context.timeOf(timestamp),
  };
  const outcome =
    averageValue === undefined
      ? replicasForUtilization(situation, averageUtilization ?? 0)
      : replicasForAverage(situation, quantityMilli(averageValue));
  if ('error' in outcome) return failed(what, outcome.error);
  const current = { averageValue: amount(resource, outcome.average) };
  if (averageValue !== undefined) return { name: `${resource} resource`, calculation: outcome, current };
  return {
    name: `${resource} ${container && 'container '}resource utilization (percentage of request)`,
    calculation: outcome,
    current: { averageUtilization: outcome.utilization, ...current },
  };
}

/** What is said of metrics that only an adapter could have. */
function withoutAdapter(spec: MetricSpec, namespace: string): MetricFailure {
  if (spec.type === 'External') {
    const { metric, target } = spec.external ?? {};
    const name = metric?.name ?? '';
    const missing = `the server could not find the requested resource (get ${name}.external.metrics.k8s.io)`;
    const api = `unable to fetch metrics from external metrics API: ${missing}`;
    const error = `unable to get external metric ${namespace}/${name}/${goSelector(metric?.selector)}: ${api}`;
    const what = target?.averageValue === undefined ? `external metric ${name}` : `${name} external metric`;
    const wrapped = `failed to get ${name} external metric value: failed to get ${what}: ${error}`;
    return { reason: 'FailedGetExternalMetric', error, wrapped };
  }
  if (spec.type === 'Object') {
    const { metric, describedObject, target } = spec.object ?? {};
    const name = metric?.name ?? '';
    // Upstream's words stand in the wrong order.
    const place = `${describedObject?.kind} on ${namespace} ${describedObject?.name}`;
    const error = `unable to get metric ${name}: ${place}/${CUSTOM_API}`;
    const inner = target?.value === undefined ? `failed to get ${name} object metric: ${error}` : error;
    return { reason: 'FailedGetObjectMetric', error, wrapped: `failed to get object metric value: ${inner}` };
  }
  const error = `unable to get metric ${spec.pods?.metric.name}: ${CUSTOM_API}`;
  return { reason: 'FailedGetPodsMetric', error, wrapped: `failed to get pods metric value: ${error}` };
}

function proposalOf(
  context: Context,
  scaled: Scaled,
  settings: Settings,
  spec: MetricSpec,
): MetricProposal | MetricFailure {
  if (spec.type === 'Resource' && spec.resource) {
    const { name, target } = spec.resource;
    const proposal = resourceProposal(context, scaled, settings, name, '', target);
    if ('error' in proposal) {
      const wrapped = `failed to get ${name} resource metric value: ${proposal.error}`;
      return { reason: 'FailedGetResourceMetric', error: proposal.error, wrapped };
    }
    return { ...proposal, status: { type: 'Resource', resource: { name, current: proposal.current } } };
  }
  if (spec.type === 'ContainerResource' && spec.containerResource) {
    const { name, container, target } = spec.containerResource;
    const proposal = resourceProposal(context, scaled, settings, name, container, target);
    if ('error' in proposal) {
      const wrapped = `failed to get ${container} container metric value: ${proposal.error}`;
      return { reason: 'FailedGetContainerResourceMetric', error: proposal.error, wrapped };
    }
    const containerResource = { name, container, current: proposal.current };
    return { ...proposal, status: { type: 'ContainerResource', containerResource } };
  }
  return withoutAdapter(spec, scaled.autoscaler.metadata.namespace ?? '');
}

/** Asks all metrics; the one that wants most has the last word, unless one failed and the others would shrink. */
export function computeMetrics(context: Context, scaled: Scaled, settings: Settings): MetricsOutcome {
  const specs = scaled.autoscaler.spec.metrics ?? [];
  const failures: MetricFailure[] = [];
  const statuses: MetricStatus[] = [];
  let best: MetricProposal | undefined;
  for (const spec of specs) {
    const outcome = proposalOf(context, scaled, settings, spec);
    if ('reason' in outcome) {
      failures.push(outcome);
      statuses.push({ type: '' } as unknown as MetricStatus);
      continue;
    }
    statuses.push(outcome.status);
    const most = best?.calculation.replicas ?? 0;
    if (most === 0 || outcome.calculation.replicas > most) best = outcome;
  }
  const replicas = best?.calculation.replicas ?? 0;
  const [first] = failures;
  const counts = `${failures.length} invalid out of ${specs.length}`;
  const error = first && `invalid metrics (${counts}), first error is: ${first.wrapped}`;
  const isVoid = failures.length >= specs.length || (failures.length > 0 && replicas < scaled.current);
  return {
    replicas: isVoid ? undefined : replicas,
    name: best?.name ?? '',
    calculation: best?.calculation,
    statuses,
    failures,
    error,
  };
}
