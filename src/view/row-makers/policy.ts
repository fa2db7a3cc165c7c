/** The rows of what decides how many Pods there may be: budgets, quotas, autoscalers. */
import { horizontalPodAutoscalerKind } from '../../engine/api/kinds/horizontal-pod-autoscaler';
import type { KubeObject } from '../../engine/api/meta';
import { quantityMilli } from '../../engine/api/quantity';
import { kindId } from '../../engine/api/scheme';
import type { HorizontalPodAutoscaler, PodDisruptionBudget, ResourceQuota } from '../../engine/api/types';
import { type AutoscalerRow, type DisruptionBudgetRow, type QuotaRow, type RowBase, rowId } from '../rows';
import { NO_CLOCK } from './other';
import type { Unfinished } from './unfinished';

/** A PodDisruptionBudget. */
export function disruptionBudgetRow(base: RowBase, object: KubeObject): DisruptionBudgetRow {
  const { status } = object as Unfinished<PodDisruptionBudget>;
  return {
    ...base,
    kind: 'PodDisruptionBudget',
    allowed: status?.disruptionsAllowed ?? 0,
    healthy: status?.currentHealthy ?? 0,
    desiredHealthy: status?.desiredHealthy ?? 0,
  };
}

/** A ResourceQuota: a line per resource, in the order of their names. */
export function quotaRow(base: RowBase, object: KubeObject): QuotaRow {
  const { spec, status } = object as Unfinished<ResourceQuota>;
  const hard = status?.hard ?? spec?.hard ?? {};
  const lines = Object.keys(hard)
    .sort()
    .map((resource) => {
      const limit = hard[resource] ?? '0';
      const used = status?.used?.[resource] ?? '0';
      return { resource, used, hard: limit, share: shareOf(used, limit) };
    });
  return { ...base, kind: 'ResourceQuota', lines };
}

function shareOf(used: string, hard: string): number {
  const limit = quantityMilli(hard);
  return limit > 0 ? Math.min(1, quantityMilli(used) / limit) : 1;
}

/** Where in kubectl's table the metrics stand. */
const TARGETS = horizontalPodAutoscalerKind.table.columns.findIndex(({ title }) => title === 'TARGETS');

/** A HorizontalPodAutoscaler. */
export function autoscalerRow(base: RowBase, object: KubeObject): AutoscalerRow {
  const { spec, status } = object as Unfinished<HorizontalPodAutoscaler>;
  const { apiVersion, kind = '', name = '' } = spec?.scaleTargetRef ?? {};
  const reasonIf = (type: string, value: string) =>
    status?.conditions?.find((condition) => condition.type === type && condition.status === value)?.reason;
  return {
    ...base,
    kind: 'HorizontalPodAutoscaler',
    target: rowId(kindId(apiVersion, kind), base.namespace, name),
    min: spec?.minReplicas ?? 1,
    max: spec?.maxReplicas ?? 1,
    current: status?.currentReplicas ?? 0,
    desired: status?.desiredReplicas ?? 0,
    targets: spec?.scaleTargetRef ? (horizontalPodAutoscalerKind.table.row(object, NO_CLOCK)[TARGETS] ?? '') : '',
    trouble: reasonIf('AbleToScale', 'False') ?? reasonIf('ScalingActive', 'False'),
    limit: reasonIf('ScalingLimited', 'True'),
  };
}
