/**
 * HorizontalPodAutoscalers of autoscaling/v2, in which they are stored, and of autoscaling/v1.
 * Follows pkg/registry/autoscaling/horizontalpodautoscaler/strategy.go.
 * As a table: printHorizontalPodAutoscaler in pkg/printers/internalversion/printers.go.
 */
import { autoscalerFromV1, autoscalerToV1 } from '../conversion/autoscaling-v1';
import { defaultHorizontalPodAutoscaler } from '../defaults/horizontal-pod-autoscaler';
import type { HorizontalPodAutoscaler, MetricSpec, MetricStatus, MetricTarget, MetricValueStatus } from '../types';
import {
  validateHorizontalPodAutoscaler,
  validateHorizontalPodAutoscalerStatus,
  validateHorizontalPodAutoscalerUpdate,
} from '../validation/horizontal-pod-autoscaler';
import { type KindDefinition, resource } from './definition';
import type { Strategy } from './strategy';
import { ageOf, columns, type TableDefinition } from './table';

const strategy: Strategy = {
  default: defaultHorizontalPodAutoscaler,
  prepareForCreate(draft) {
    draft.status = { desiredReplicas: 0, currentMetrics: null };
  },
  validate: validateHorizontalPodAutoscaler,
  validateUpdate: validateHorizontalPodAutoscalerUpdate,
  validateStatusUpdate: validateHorizontalPodAutoscalerStatus,
};

const UNKNOWN = '<unknown>';

/** `98%/20%` of a share of the requests, `12Mi/50Mi` of an amount. */
function resourceText(name: string, target: MetricTarget, current: MetricValueStatus | undefined): string {
  const { averageValue, averageUtilization } = target;
  if (averageValue !== undefined) return `${name}: ${current?.averageValue ?? UNKNOWN}/${averageValue}`;
  const percent = (value: number | undefined, none: string) => (value === undefined ? none : `${value}%`);
  return `${name}: ${percent(current?.averageUtilization, UNKNOWN)}/${percent(averageUtilization, '<auto>')}`;
}

function valueText({ value, averageValue }: MetricTarget, current: MetricValueStatus | undefined): string {
  if (averageValue !== undefined) return `${current?.averageValue ?? UNKNOWN}/${averageValue} (avg)`;
  return `${current?.value ?? UNKNOWN}/${value}`;
}

function metricText(spec: MetricSpec, status: MetricStatus | undefined): string {
  switch (spec.type) {
    case 'External':
      return valueText(spec.external?.target as MetricTarget, status?.external?.current);
    case 'Object':
      return valueText(spec.object?.target as MetricTarget, status?.object?.current);
    case 'Pods':
      return `${status?.pods?.current.averageValue ?? UNKNOWN}/${spec.pods?.target.averageValue}`;
    case 'Resource':
      return resourceText(spec.resource?.name ?? '', spec.resource?.target as MetricTarget, status?.resource?.current);
    case 'ContainerResource': {
      const { name = '', target } = spec.containerResource ?? {};
      return resourceText(name, target as MetricTarget, status?.containerResource?.current);
    }
    default:
      return '<unknown type>';
  }
}

/** The TARGETS cell: at most two metrics. */
function targetsText({ spec, status }: HorizontalPodAutoscaler): string {
  const texts = (spec.metrics ?? []).map((metric, index) => metricText(metric, status?.currentMetrics?.[index]));
  if (texts.length === 0) return '<none>';
  return texts.length > 2 ? `${texts.slice(0, 2).join(', ')} + ${texts.length - 2} more...` : texts.join(', ');
}

const table: TableDefinition<HorizontalPodAutoscaler> = {
  columns: columns('NAME,REFERENCE,TARGETS,MINPODS,MAXPODS,REPLICAS,AGE'),
  row: (autoscaler, clock) => {
    const { metadata, spec, status } = autoscaler;
    return [
      metadata.name,
      `${spec.scaleTargetRef.kind}/${spec.scaleTargetRef.name}`,
      targetsText(autoscaler),
      String(spec.minReplicas ?? '<unset>'),
      String(spec.maxReplicas),
      String(status?.currentReplicas ?? 0),
      ageOf(autoscaler, clock),
    ];
  },
};

/** HorizontalPodAutoscaler. */
export const horizontalPodAutoscalerKind: KindDefinition = {
  ...resource('autoscaling', 'v2', 'HorizontalPodAutoscaler', 'horizontalpodautoscalers', 'hpa', {
    categories: ['all'],
    subresources: ['status'],
  }),
  strategy,
  table,
};

/** The same in autoscaling/v1. */
export const horizontalPodAutoscalerV1Kind: KindDefinition = {
  ...horizontalPodAutoscalerKind,
  version: 'v1',
  type: 'HorizontalPodAutoscalerV1',
  conversion: { toStorage: autoscalerFromV1, fromStorage: autoscalerToV1 },
  strategy: {
    default(draft) {
      const { spec } = draft as HorizontalPodAutoscaler;
      if (spec) spec.minReplicas ??= 1;
    },
    prepareForCreate(draft) {
      draft.status = { currentReplicas: 0, desiredReplicas: 0 };
    },
    validate: (object) => validateHorizontalPodAutoscaler(autoscalerFromV1(object)),
    validateUpdate: (object, old) =>
      validateHorizontalPodAutoscalerUpdate(autoscalerFromV1(object), autoscalerFromV1(old)),
    validateStatusUpdate: validateHorizontalPodAutoscalerStatus,
  },
  table: {
    columns: table.columns,
    row: (object, clock) => table.row(autoscalerFromV1(object) as HorizontalPodAutoscaler, clock),
  },
};
