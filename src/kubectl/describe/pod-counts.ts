/** How many Pods of a controller are in which phase. Follows getPodStatusForController in staging/src/k8s.io/kubectl/pkg/describe/describe.go. */
import { controllerOf, type KubeObject } from '../../engine/api/meta';
import { formatLabelSelector } from '../../engine/api/selector';
import type { LabelSelector, Pod } from '../../engine/api/types';
import type { Reader } from '../command';
import { field } from './text';

const PHASES = [
  ['Running', 'Running'],
  ['Pending', 'Waiting'],
  ['Succeeded', 'Succeeded'],
  ['Failed', 'Failed'],
] as const;

/** The `Pods Status:` line. */
export function podCountLine(controller: KubeObject, selector: LabelSelector, reader: Reader): string {
  const { namespace, uid } = controller.metadata;
  const pods = reader
    .list<Pod>('Pod', { namespace, labelSelector: formatLabelSelector(selector) })
    .filter((pod) => controllerOf(pod)?.uid === uid);
  const countOf = (phase: string): number => pods.filter(({ status }) => status?.phase === phase).length;
  return field('Pods Status', PHASES.map(([phase, title]) => `${countOf(phase)} ${title}`).join(' / '));
}
