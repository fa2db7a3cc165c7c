/**
 * Jobs count each Pod once: a number is how many different uids were ever written down to be counted, no Pod that succeeded is let
 * go uncounted, an index is complete only if one of its Pods succeeded, no more Pods than wanted are made, and a Job that is
 * over has what it promised and nothing at work.
 */
import { COMPLETION_INDEX, isIndexedJob, isJobFinished, JOB_TRACKING_FINALIZER } from '../../engine/api/job';
import type { Job, Pod } from '../../engine/api/types';
import type { WatchEvent } from '../../engine/client/component';
import { type Checker, type ClusterState, controllerUid, isActive, nameOf, STALE_MS } from './history';

/** What was seen of one Job. */
interface Seen {
  readonly succeeded: Set<string>;
  readonly failed: Set<string>;
  /** Indexes of which a Pod succeeded. */
  readonly done: Set<number>;
  /** When Pods succeeded, by uid. */
  readonly succeededMs: Map<string, number>;
  /** What parallelism was, until when. */
  readonly parallelism: { value: number; endMs: number | undefined }[];
}

const newSeen = (): Seen => ({
  succeeded: new Set(),
  failed: new Set(),
  done: new Set(),
  succeededMs: new Map(),
  parallelism: [],
});

/** `0-2,4` as numbers. */
function indexesOf(text: string | undefined): number[] {
  return (text ?? '').split(',').flatMap((part) => {
    if (part === '') return [];
    const [first = 0, last = first] = part.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, at) => first + at);
  });
}

const isTracked = (pod: Pod): boolean => pod.metadata.finalizers?.includes(JOB_TRACKING_FINALIZER) ?? false;
const completionIndex = (pod: Pod): number => Number(pod.metadata.annotations?.[COMPLETION_INDEX] ?? -1);

function statusComplaints(job: Job, before: Job | undefined, seen: Seen): string[] {
  const found: string[] = [];
  const { succeeded = 0, failed = 0, uncountedTerminatedPods = {}, completedIndexes } = job.status ?? {};
  const { uncountedTerminatedPods: earlier = {} } = before?.status ?? {};
  const check = (list: 'succeeded' | 'failed', number: number): void => {
    const uids = uncountedTerminatedPods[list] ?? [];
    for (const uid of uids) {
      if (!earlier[list]?.includes(uid) && seen[list].has(uid))
        found.push(`${nameOf(job)} counts ${uid} twice as ${list}`);
      seen[list].add(uid);
    }
    if (number + uids.length !== seen[list].size) {
      found.push(
        `${nameOf(job)} says ${number} ${list} and ${uids.length} to be counted; ${seen[list].size} were ever counted`,
      );
    }
  };
  check('failed', failed);
  if (!isIndexedJob(job)) check('succeeded', succeeded);
  else {
    const indexes = indexesOf(completedIndexes);
    if (indexes.length !== succeeded)
      found.push(`${nameOf(job)} says ${succeeded} succeeded and completed ${completedIndexes}`);
    const unearned = indexes.filter((index) => !seen.done.has(index));
    if (unearned.length > 0) found.push(`${nameOf(job)} completed ${unearned}, of which no Pod succeeded`);
  }
  return found;
}

function endComplaints(job: Job, state: ClusterState): string[] {
  const { spec, status } = job;
  const found: string[] = [];
  const end = status.conditions?.find(({ type, status: value }) => type === 'Complete' && value === 'True');
  const isByRule = status.conditions?.some(({ reason }) => reason === 'SuccessPolicy');
  if (end && !isByRule && (status.succeeded ?? 0) < (spec.completions ?? 1)) {
    found.push(`${nameOf(job)} is complete with ${status.succeeded ?? 0} of ${spec.completions} succeeded`);
  }
  const left = state.podsOf(job.metadata.uid).filter(isActive);
  if (left.length > 0) found.push(`${nameOf(job)} is over while ${left.map(nameOf).join(', ')} is at work`);
  return found;
}

/** A Pod is made: more than wanted? A Pod is let go: was it counted? */
function podComplaints(change: WatchEvent, state: ClusterState, seen: Seen, job: Job): string[] {
  const pod = change.value as Pod | undefined;
  const before = change.previous as Pod | undefined;
  if (pod && !before) {
    const active = state.podsOf(job.metadata.uid).filter(isActive).length;
    const most = Math.max(...seen.parallelism.map(({ value }) => value));
    return active > most ? [`${nameOf(pod)} makes ${active} Pods of ${nameOf(job)}, which wants ${most}`] : [];
  }
  if (!before || !isTracked(before) || (pod && isTracked(pod)) || isJobFinished(job)) return [];
  const isCounted = isIndexedJob(job)
    ? completionIndex(before) >= (job.spec.completions ?? 0) ||
      indexesOf(job.status.completedIndexes).includes(completionIndex(before))
    : seen.succeeded.has(before.metadata.uid ?? '');
  // A Pod that is being deleted counts as failed from the moment on; that it succeeded after all may be seen too late.
  const { uid = '', deletionTimestamp } = before.metadata;
  const isGivenUp = deletionTimestamp !== undefined && seen.failed.has(uid);
  // A Job that is being deleted, or has what its successPolicy wants, lets its Pods go whatever they are at; of one that has just
  // succeeded it may not know.
  const letsAllGo = job.metadata.deletionTimestamp !== undefined || job.spec.successPolicy !== undefined;
  const isLetGo = letsAllGo && change.atMs - (seen.succeededMs.get(uid) ?? 0) < STALE_MS;
  if (before.status.phase !== 'Succeeded' || isCounted || isGivenUp || isLetGo) return [];
  return [`${nameOf(before)} succeeded and was let go uncounted`];
}

export const jobCounts: Checker = {
  name: 'Job counts',
  begin: (complain) => {
    const jobs = new Map<string, Seen>();
    const seenOf = (uid: string): Seen => {
      const seen = jobs.get(uid) ?? newSeen();
      jobs.set(uid, seen);
      return seen;
    };
    const onJob = ({ value, previous, atMs }: WatchEvent, state: ClusterState): void => {
      if (!value) return;
      const job = value as Job;
      const before = previous?.metadata.uid === job.metadata.uid ? (previous as Job) : undefined;
      const seen = seenOf(job.metadata.uid ?? '');
      const wanted = job.spec.parallelism ?? 1;
      const last = seen.parallelism.at(-1);
      if (last && last.value !== wanted) last.endMs ??= atMs;
      if (last?.value !== wanted) seen.parallelism.push({ value: wanted, endMs: undefined });
      if (job.status === before?.status) return;
      const isOver = isJobFinished(job) && !(before && isJobFinished(before));
      for (const what of [...statusComplaints(job, before, seen), ...(isOver ? endComplaints(job, state) : [])])
        complain(what);
    };
    return {
      change: (change, state) => {
        if (change.kind === 'Job') onJob(change, state);
        if (change.kind !== 'Pod') return;
        const pod = (change.value ?? change.previous) as Pod;
        const job = state.withUid<Job>(controllerUid(pod) ?? (change.previous && controllerUid(change.previous)));
        if (job?.kind !== 'Job') return;
        const seen = seenOf(job.metadata.uid ?? '');
        if (pod.status.phase === 'Succeeded') {
          seen.done.add(completionIndex(pod));
          const { uid = '' } = pod.metadata;
          seen.succeededMs.set(uid, seen.succeededMs.get(uid) ?? change.atMs);
        }
        const recent = seen.parallelism.filter(({ endMs }) => endMs === undefined || endMs >= change.atMs - STALE_MS);
        const view = { ...seen, parallelism: recent };
        for (const what of podComplaints(change, state, view, job)) complain(what);
      },
      settled: (state) => {
        for (const job of state.list<Job>('Job')) {
          const { suspend, parallelism, managedBy } = job.spec;
          const mayStay = suspend || parallelism === 0 || managedBy !== undefined;
          if (!isJobFinished(job) && !mayStay) complain(`${nameOf(job)} never ends`);
          const held = state.podsOf(job.metadata.uid).filter(isTracked);
          if (isJobFinished(job) && held.length > 0)
            complain(`${held.map(nameOf).join(', ')} is kept for a Job that is over`);
        }
      },
    };
  },
};
