/** What of an object comes about by itself at a certain time: the end of a back-off, a grace period, a deadline, a lease. */
import { findCondition } from '../engine/api/conditions';
import { finishedAs } from '../engine/api/job';
import type { KubeObject } from '../engine/api/meta';
import { parseTimestamp } from '../engine/api/timestamp';
import type { Deployment, Job, Lease } from '../engine/api/types';

/** One of them, at a time of the simulation. */
export interface Countdown {
  readonly what: 'backOff' | 'pull' | 'grace' | 'progress' | 'jobDeadline' | 'ttl' | 'lease';
  /** The container it is about, where it is about one. */
  readonly of: string;
  readonly atMs: number;
}

type At = (timestamp: string | undefined, plusSeconds: number) => number | undefined;

const MS_PER_SECOND = 1000;

/** Those that are still to come. `waits`: what kubelets wait for, which no object tells; `startMs`: the cluster's clock at time 0. */
export function countdownsOf(
  object: KubeObject,
  { lease, waits }: { lease?: Lease; waits: readonly Countdown[] },
  startMs: number,
  nowMs: number,
): Countdown[] {
  const at: At = (timestamp, plusSeconds) => {
    const ms = timestamp === undefined ? undefined : parseTimestamp(timestamp);
    return ms === undefined ? undefined : ms - startMs + plusSeconds * MS_PER_SECOND;
  };
  const found = waits.filter(({ atMs }) => atMs > nowMs);
  const add = (what: Countdown['what'], atMs: number | undefined, of = '') => {
    if (atMs !== undefined && atMs > nowMs) found.push({ what, of, atMs });
  };
  // The time that is stored is that at which the grace period is over.
  if (object.kind === 'Pod') add('grace', at(object.metadata.deletionTimestamp, 0));
  if (object.kind === 'Deployment') add('progress', progressDeadline(object as Deployment, at));
  if (object.kind === 'Job') addJob(object as Job, at, add);
  if (object.kind === 'Node') add('lease', at(lease?.spec?.renewTime, lease?.spec?.leaseDurationSeconds ?? 40));
  return found;
}

/** Counted from when it last got on; over once it is complete. */
function progressDeadline({ spec, status }: Deployment, at: At): number | undefined {
  const condition = findCondition(status?.conditions, 'Progressing') as
    | { reason?: string; status: string; lastUpdateTime?: string }
    | undefined;
  if (condition?.status !== 'True' || condition.reason === 'NewReplicaSetAvailable') return undefined;
  return at(condition.lastUpdateTime, spec.progressDeadlineSeconds ?? 600);
}

function addJob({ spec, status }: Job, at: At, add: (what: Countdown['what'], atMs: number | undefined) => void): void {
  const { activeDeadlineSeconds, ttlSecondsAfterFinished } = spec;
  const end = finishedAs(status);
  if (activeDeadlineSeconds !== undefined && !end) add('jobDeadline', at(status?.startTime, activeDeadlineSeconds));
  if (ttlSecondsAfterFinished === undefined || !end) return;
  // A Job that failed has no completionTime.
  const { lastTransitionTime } = findCondition(status?.conditions, end) as { lastTransitionTime?: string };
  add('ttl', at(lastTransitionTime, ttlSecondsAfterFinished));
}
