/** What the swarm is there for: things that must happen in some of its runs, or the drawing has become too tame. */
import type { Job, Pod } from '../engine/api/types';
import type { WatchEvent } from '../engine/client/component';
import { controllerUid } from './checkers/history';

const isGated = (object: WatchEvent['value']): boolean => ((object as Pod).spec.schedulingGates ?? []).length > 0;

const reasonOf = ({ kind, value }: WatchEvent): unknown =>
  kind === 'Event' ? (value as { reason?: unknown } | undefined)?.reason : undefined;

const messageOf = ({ kind, value }: WatchEvent): string =>
  kind === 'Event' ? ((value as { message?: string } | undefined)?.message ?? '') : '';

const HAPPENINGS: Readonly<Record<string, (change: WatchEvent) => boolean>> = {
  'a Pod is preempted': (change) => reasonOf(change) === 'Preempted',
  'a Pod finds no place': (change) => reasonOf(change) === 'FailedScheduling',
  'a quota is full': (change) => messageOf(change).includes('exceeded quota'),
  'an autoscaler grows a workload': (change) =>
    reasonOf(change) === 'SuccessfulRescale' && messageOf(change).endsWith('above target'),
  'an autoscaler shrinks a workload': (change) => messageOf(change).endsWith('All metrics below target'),
  'bob writes': ({ kind, value }) => kind === 'Deployment' && value?.metadata.labels?.by === 'bob',
  'a gate is taken away': ({ kind, value, previous }) =>
    kind === 'Pod' && value !== undefined && previous !== undefined && isGated(previous) && !isGated(value),
  'an orphan is adopted': ({ value, previous }) =>
    value !== undefined && previous !== undefined && !controllerUid(previous) && controllerUid(value) !== undefined,
  'a Pod is released': ({ kind, value, previous }) =>
    kind === 'Pod' &&
    value !== undefined &&
    previous !== undefined &&
    !controllerUid(value) &&
    !!controllerUid(previous),
  'a Pod runs outside the default namespace': ({ kind, key, value }) =>
    kind === 'Pod' && key.startsWith('other/') && (value as Pod | undefined)?.status?.phase === 'Running',
  'a claim is bound': ({ kind, value }) =>
    kind === 'PersistentVolumeClaim' &&
    (value as { status?: { phase?: string } } | undefined)?.status?.phase === 'Bound',
  'a volume is released': ({ kind, value }) =>
    kind === 'PersistentVolume' && (value as { status?: { phase?: string } } | undefined)?.status?.phase === 'Released',
  'a volume is attached': ({ kind, value }) =>
    kind === 'VolumeAttachment' &&
    (value as { status?: { attached?: boolean } } | undefined)?.status?.attached === true,
  'a volume can not be attached': (change) => reasonOf(change) === 'FailedAttachVolume',
  'a Node is deleted': ({ kind, value }) => kind === 'Node' && value === undefined,
  'a Job is complete': (change) => messageOf(change) === 'Job completed',
  'a Job fails': (change) => reasonOf(change) === 'BackoffLimitExceeded',
  'an index fails': ({ kind, value }) => kind === 'Job' && Boolean((value as Job | undefined)?.status?.failedIndexes),
  'a run waits for another': (change) => reasonOf(change) === 'JobAlreadyActive',
  'a Pod is evicted by its node': (change) => reasonOf(change) === 'EvictionThresholdMet',
  'a container runs out of memory': ({ kind, value }) =>
    kind === 'Pod' && JSON.stringify((value as Pod | undefined)?.status ?? {}).includes('OOMKilled'),
  'a custom object comes': ({ kind, value }) => kind.startsWith('Widget') && value !== undefined,
  'a custom object goes': ({ kind, value }) => kind.startsWith('Widget') && value === undefined,
};

/** Names of all. */
export const HAPPENINGS_WANTED: readonly string[] = Object.keys(HAPPENINGS);

/** Names of those that these changes show. */
export const happeningsIn = (changes: readonly WatchEvent[]): string[] =>
  HAPPENINGS_WANTED.filter((name) => changes.some((change) => HAPPENINGS[name]?.(change)));
