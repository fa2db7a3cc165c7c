/**
 * Why a Pod fits nowhere, in one message: `0/X nodes are available: <what PreFilter said, or counted reasons of the
 * nodes>. <what PostFilter said>`. Reasons are sorted as texts together with their counts, so 10 comes before 2.
 * Follows pkg/scheduler/framework/types.go (FitError, Diagnosis).
 */
import type { Status } from './framework';

/** What a cycle that found no node knows. */
export interface Diagnosis {
  readonly allNodes: number;
  /** Nodes that were looked at. */
  readonly byNode: ReadonlyMap<string, Status>;
  /** What holds of all other nodes. */
  readonly absent: Status | undefined;
  readonly preFilterMessage: string;
  readonly postFilterMessage: string;
}

/** Said when there is no node at all. */
export const NO_NODES_AVAILABLE = 'no nodes available to schedule pods';

function countedReasons(diagnosis: Diagnosis): string[] {
  const counts = new Map<string, number>();
  const count = (status: Status, nodes: number): void => {
    for (const reason of status.reasons) counts.set(reason, (counts.get(reason) ?? 0) + nodes);
  };
  for (const status of diagnosis.byNode.values()) count(status, 1);
  const others = diagnosis.allNodes - diagnosis.byNode.size;
  if (diagnosis.absent && others > 0) count(diagnosis.absent, others);
  return [...counts].map(([reason, nodes]) => `${nodes} ${reason}`).sort();
}

/** The message. */
export function fitErrorMessage(diagnosis: Diagnosis): string {
  let message = `0/${diagnosis.allNodes} nodes are available:`;
  if (diagnosis.preFilterMessage) {
    message += ` ${diagnosis.preFilterMessage}.`;
  } else {
    const reasons = countedReasons(diagnosis);
    if (reasons.length > 0) message += ` ${reasons.join(', ')}.`;
  }
  return diagnosis.postFilterMessage ? `${message} ${diagnosis.postFilterMessage}` : message;
}
