/**
 * Pods as table rows. What STATUS, READY and RESTARTS say is worked out in api/pod-status-text.ts.
 * Follows printPod in pkg/printers/internalversion/printers.go.
 */
import { isConditionTrue } from '../conditions';
import { type PodRestarts, podSummary } from '../pod-status-text';
import type { Pod } from '../types';
import { ageOf, type Clock, columns, since, type TableDefinition } from './table';

function restartsText({ count, last }: PodRestarts, clock: Clock): string {
  return count !== 0 && last !== undefined ? `${count} (${since(clock, last)} ago)` : String(count);
}

function readinessGates(pod: Pod): string {
  const gates = pod.spec.readinessGates ?? [];
  if (gates.length === 0) return '<none>';
  const open = gates.filter(({ conditionType }) => isConditionTrue(pod.status?.conditions, conditionType));
  return `${open.length}/${gates.length}`;
}

/** The table of Pods. */
export const podTable: TableDefinition<Pod> = {
  columns: columns('NAME,READY,STATUS,RESTARTS,AGE|IP,NODE,NOMINATED NODE,READINESS GATES'),
  row: (pod, clock) => {
    const { text, ready, total, restarts } = podSummary(pod);
    return [
      pod.metadata.name,
      `${ready}/${total}`,
      text,
      restartsText(restarts, clock),
      ageOf(pod, clock),
      pod.status?.podIPs?.[0]?.ip || '<none>',
      pod.spec.nodeName || '<none>',
      pod.status?.nominatedNodeName || '<none>',
      readinessGates(pod),
    ];
  },
};
