/** What an autoscaler's decision follows from: one plain sentence with numbers, and the numbers themselves. */
import type { HorizontalPodAutoscaler, MetricSpec } from '../../api/types';
import type { MetricsOutcome } from './metrics';
import type { Normalized } from './normalize';

/** A decision with what it follows from. */
export interface Explained {
  readonly replicas: number;
  /** Upstream's reason of a change. */
  readonly reason: string;
  readonly outcome?: MetricsOutcome;
  readonly normalized?: Normalized;
}

/** The numbers of a decision, kept with its step. */
export interface ScalingEvidence {
  readonly target: string;
  readonly current: number;
  readonly replicas: number;
  readonly metric: string;
  /** Use as a multiple of the target. */
  readonly ratio?: number;
  readonly utilization?: number;
  readonly wanted?: number;
  /** What the stabilization window let through. */
  readonly stabilized?: number;
  /** What cut it. */
  readonly limit?: string;
  readonly unready?: number;
  readonly missing?: number;
}

/** See {@link ScalingEvidence}. */
export function evidenceOf(
  { spec }: HorizontalPodAutoscaler,
  current: number,
  { replicas, outcome, normalized }: Explained,
): ScalingEvidence {
  const { calculation, name: metric = '' } = outcome ?? {};
  const limit = normalized?.scalingLimited;
  return {
    target: `${spec.scaleTargetRef.kind} ${spec.scaleTargetRef.name}`,
    current,
    replicas,
    metric,
    ...(calculation
      ? {
          ratio: calculation.ratio,
          ...(calculation.utilization === undefined ? {} : { utilization: calculation.utilization }),
          wanted: outcome?.replicas,
          unready: calculation.unready,
          missing: calculation.missing,
        }
      : {}),
    ...(normalized ? { stabilized: normalized.stabilized } : {}),
    ...(limit?.status === 'True' ? { limit: limit.reason } : {}),
  };
}

function targetText(metrics: readonly MetricSpec[] | undefined, utilization: number | undefined): string {
  for (const { resource, containerResource } of metrics ?? []) {
    const { averageUtilization, averageValue } = (resource ?? containerResource)?.target ?? {};
    if (utilization !== undefined && averageUtilization !== undefined) return `${averageUtilization} %`;
    if (utilization === undefined && averageValue !== undefined) return averageValue;
  }
  return '';
}

const pods = (count: number, what: string): string => (count === 0 ? '' : `, ${count} ${what}`);

/** Why it does what it does. */
export function sentenceOf(autoscaler: HorizontalPodAutoscaler, current: number, explained: Explained): string {
  const { metadata, spec } = autoscaler;
  const { replicas, reason, outcome, normalized } = explained;
  const target = `${spec.scaleTargetRef.kind} ${spec.scaleTargetRef.name}`;
  const change = replicas === current ? `${target} stays at ${current}` : `${target} from ${current} to ${replicas}`;
  const head = `HorizontalPodAutoscaler ${metadata.name}: `;
  const calculation = outcome?.calculation;
  if (!calculation || !normalized) return `${head}${change}${reason && `, ${lowered(reason)}`}`;
  const { utilization, ratio, unready, missing } = calculation;
  const use = utilization === undefined ? `${ratio.toFixed(2)} times` : `${utilization} % used,`;
  const measured = `${outcome?.name.split(' ')[0]} ${use} the target ${targetText(spec.metrics, utilization)}`;
  const left = `${pods(unready, 'not ready yet')}${pods(missing, 'without metrics')}`;
  const wanted = `asks for ${outcome?.replicas}${left}`;
  return `${head}${measured.replace('used, the target', 'of the requests used, target')} ${wanted}${cuts(spec, explained)}; ${change}`;
}

function lowered(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** What kept it from doing what was asked for. */
function cuts(
  { maxReplicas, minReplicas = 1 }: HorizontalPodAutoscaler['spec'],
  { outcome, normalized }: Explained,
): string {
  const parts: string[] = [];
  if (normalized && normalized.stabilized !== outcome?.replicas)
    parts.push(`${normalized.stabilized} within the stabilization window`);
  const { status, reason } = normalized?.scalingLimited ?? {};
  if (status === 'True') {
    const words: Readonly<Record<string, string>> = {
      TooManyReplicas: `at most ${maxReplicas}`,
      TooFewReplicas: `at least ${minReplicas}`,
      ScaleUpLimit: `no faster than to ${normalized?.replicas}`,
      ScaleDownLimit: `no faster than to ${normalized?.replicas}`,
    };
    parts.push(words[reason ?? ''] ?? '');
  }
  return parts.map((part) => `, ${part}`).join('');
}
