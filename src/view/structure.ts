/** Which changes of a row can change which cards exist, what they hold, or their edges: only then is the drawing made anew. */
import { noteLines } from './node-notes';
import {
  isAutoscaler,
  isClaim,
  isIngress,
  isNode,
  isPod,
  isQuota,
  isService,
  isVolume,
  isWorkload,
  type PodRow,
  type Row,
  type WorkloadRow,
} from './rows';

/** What the drawing takes from a row of each kind, beside that it is there. */
function drawnPartOf(row: Row): unknown {
  if (isWorkload(row)) return partOfWorkload(row);
  if (isService(row)) return row.selector;
  if (isNode(row)) return [row.zone, noteLines(row)];
  if (isClaim(row)) return row.volume;
  if (isVolume(row)) return row.claim;
  if (isAutoscaler(row)) return row.target;
  if (isIngress(row)) return row.services;
  return isQuota(row) ? row.lines.length : undefined;
}

function partOfWorkload({ desired, revision, owner, claims, claimStems, job, templateLabels }: WorkloadRow): unknown {
  return [desired === 0, revision, owner, claims, claimStems, job?.state === 'running', templateLabels];
}

/** Services find the Pods of a workload by its template, and those of nobody by their own labels. */
function partOfPod({ owner, node, labels }: PodRow): string {
  return JSON.stringify([owner, node, owner === undefined ? labels : undefined]);
}

/** True when going from one row to the other can change the structure of the drawing. */
export function changesStructure(before: Row | undefined, after: Row): boolean {
  if (!before) return true;
  if (isPod(after)) return partOfPod(before as PodRow) !== partOfPod(after);
  return JSON.stringify(drawnPartOf(before)) !== JSON.stringify(drawnPartOf(after));
}
