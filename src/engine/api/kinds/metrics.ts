/**
 * PodMetrics and NodeMetrics of metrics.k8s.io, as a metrics server answers them: nothing of them is stored.
 * Follows k8s.io/metrics/pkg/apis/metrics/v1beta1/types.go, and the tables of metrics-server (pkg/api).
 */

import type { KubeObject } from '../meta';
import { quantityMilli, quantityValue } from '../quantity';
import { type KindDefinition, resource } from './definition';
import { columns, type TableDefinition } from './table';

/** What a container, a Pod or a node uses: quantities by resource. */
export type MeasuredUsage = Readonly<Record<'cpu' | 'memory', string>>;

/** What the containers of a Pod use. */
export interface PodMetrics extends KubeObject {
  /** metav1.Time: the end of the window. */
  readonly timestamp: string;
  /** A Go duration. */
  readonly window: string;
  readonly containers: readonly { readonly name: string; readonly usage: MeasuredUsage }[];
}

/** What is used on a node. */
export interface NodeMetrics extends KubeObject {
  readonly timestamp: string;
  readonly window: string;
  readonly usage: MeasuredUsage;
}

const MIB = 1024 * 1024;

function row(name: string, usages: readonly MeasuredUsage[], window: string): string[] {
  const cpu = usages.reduce((sum, usage) => sum + quantityMilli(usage.cpu), 0);
  const memory = usages.reduce((sum, usage) => sum + quantityValue(usage.memory), 0);
  return [name, `${cpu}m`, `${Math.floor(memory / MIB)}Mi`, window];
}

const COLUMNS = columns('NAME,CPU,MEMORY,WINDOW');
const podTable: TableDefinition<PodMetrics> = {
  columns: COLUMNS,
  row: ({ metadata, containers, window }) =>
    row(
      metadata.name,
      containers.map(({ usage }) => usage),
      window,
    ),
};
const nodeTable: TableDefinition<NodeMetrics> = {
  columns: COLUMNS,
  row: ({ metadata, usage, window }) => row(metadata.name, [usage], window),
};

function measuredKind(
  kind: string,
  plural: string,
  namespaced: boolean,
  table: TableDefinition<never>,
): KindDefinition {
  return {
    ...resource('metrics.k8s.io', 'v1beta1', kind, plural, '', { namespaced }),
    id: `${kind}.metrics.k8s.io`,
    singular: '',
    type: '',
    isMeasured: true,
    strategy: {},
    table: table as unknown as TableDefinition,
  };
}

/** PodMetrics. */
export const podMetricsKind = measuredKind('PodMetrics', 'pods', true, podTable as unknown as TableDefinition<never>);

/** NodeMetrics. */
export const nodeMetricsKind = measuredKind(
  'NodeMetrics',
  'nodes',
  false,
  nodeTable as unknown as TableDefinition<never>,
);
