/** Which changes of a row can change which cards exist, what they hold, or their edges: only then is the drawing made anew. */
import { isPod, type PodRow, type Row, type WorkloadRow } from './rows';

/** What the drawing takes from a row of each kind, beside that it is there. */
function drawnPartOf(row: Row): unknown {
  if ('workload' in row) return partOfWorkload(row);
  switch (row.kind) {
    case 'Service':
      return 'selector' in row && row.selector;
    case 'PersistentVolumeClaim':
      return 'volume' in row && row.volume;
    case 'PersistentVolume':
      return 'claim' in row && row.claim;
    case 'HorizontalPodAutoscaler':
      return 'target' in row && row.target;
    case 'Ingress':
      return 'services' in row && row.services;
    case 'ResourceQuota':
      return 'lines' in row && row.lines.length;
    default:
      return undefined;
  }
}

function partOfWorkload({ desired, revision, owner, claims, claimStems, job }: WorkloadRow): unknown {
  return [desired === 0, revision, owner, claims, claimStems, job?.state === 'running'];
}

/** True when going from one row to the other can change the structure of the drawing. */
export function changesStructure(before: Row | undefined, after: Row): boolean {
  if (!before) return true;
  if (isPod(after)) return before.owner !== after.owner || (before as PodRow).node !== after.node;
  return JSON.stringify(drawnPartOf(before)) !== JSON.stringify(drawnPartOf(after));
}
