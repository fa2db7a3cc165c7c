/** The row of a Node. */
import type { KubeObject } from '../../engine/api/meta';
import { quantityMilli, quantityValue } from '../../engine/api/quantity';
import { taintText } from '../../engine/api/taint';
import type { Node } from '../../engine/api/types';
import type { NodeRow, RowBase } from '../rows';
import type { Unfinished } from './unfinished';

/** See the header. */
export function nodeRow(base: RowBase, object: KubeObject): NodeRow {
  const { spec, status } = object as Unfinished<Node>;
  const allocatable = status?.allocatable ?? status?.capacity ?? {};
  const ready = status?.conditions?.find((condition) => condition.type === 'Ready')?.status;
  return {
    ...base,
    kind: 'Node',
    ready: ready === 'True' || ready === 'Unknown' ? ready : 'False',
    unschedulable: spec?.unschedulable === true,
    taints: (spec?.taints ?? []).map(taintText),
    conditions: (status?.conditions ?? [])
      .filter(({ type, status: value }) => type !== 'Ready' && value === 'True')
      .map(({ type }) => type),
    zone: object.metadata.labels?.['topology.kubernetes.io/zone'],
    cpuMilli: quantityMilli(allocatable.cpu ?? '0'),
    memoryBytes: quantityValue(allocatable.memory ?? '0'),
    pods: quantityValue(allocatable.pods ?? '0'),
  };
}
