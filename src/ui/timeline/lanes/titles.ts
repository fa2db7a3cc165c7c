/** What lanes are called, and what they show, in words. */
import { type MessageKey, t } from '../../../i18n/translate';
import type { Lane } from '../../../view/lanes/lane-shapes';

/** kubectl's short names, for labels in which two objects may have one name. */
const SHORT: Readonly<Record<string, string>> = {
  StatefulSet: 'sts',
  DaemonSet: 'ds',
  ReplicaSet: 'rs',
  ReplicationController: 'rc',
  Job: 'job',
  CronJob: 'cj',
  HorizontalPodAutoscaler: 'hpa',
  PersistentVolumeClaim: 'pvc',
  PersistentVolume: 'pv',
};

const HAPPENINGS: Readonly<Record<string, readonly [name: MessageKey, title: MessageKey]>> = {
  acts: ['lane.acts', 'lane.actsTitle'],
  evictions: ['lane.evictions', 'lane.evictionsTitle'],
  warnings: ['lane.warnings', 'lane.warningsTitle'],
  events: ['lane.events', 'lane.eventsTitle'],
};

/** Labels are narrow; titles have the whole name. */
function shortActor(actor: string): string {
  return actor
    .replace(/-controller$/, '')
    .replace(/^default-/, '')
    .replace('persistentvolumeclaim', 'pvc')
    .replace('persistentvolume', 'pv')
    .replace('horizontal-pod-autoscaler', 'hpa');
}

/** Labels are narrow, and names that were made up differ at their ends. */
const LONG = 15;

/** The label of a lane: its name, and what tells it from others of the same name. */
export function labelOf({ id, name, namespace, kind, type }: Lane): { name: string; note: string } {
  const happening = HAPPENINGS[id];
  if (happening) return { name: t(happening[0]), note: '' };
  if (type === 'counts') return { name: shortActor(name), note: '' };
  const full = namespace && namespace !== 'default' ? `${namespace}/${name}` : name;
  return { name: full, note: SHORT[kind] ?? '' };
}

const AMOUNTS: Readonly<Record<string, MessageKey>> = {
  Job: 'track.jobTitle',
  HorizontalPodAutoscaler: 'track.autoscalerTitle',
  StatefulSet: 'track.updatedTitle',
  DaemonSet: 'track.updatedTitle',
};

/** What a lane shows, in words. */
export function titleOf(lane: Lane): string {
  const { id, name, kind } = lane;
  const happening = HAPPENINGS[id];
  switch (lane.type) {
    case 'rollout':
      return t('lane.rolloutTitle', { kind, name });
    case 'amounts':
      return t(AMOUNTS[kind] ?? 'track.rolloutTitle', { kind, name });
    case 'phases':
      return t('lane.phasesTitle', { kind, name, phases: lane.spans.map(({ text }) => text).join(', ') });
    case 'counts':
      return t(happening?.[1] ?? 'lane.countsTitle', { name, count: lane.total });
    case 'pins':
      return t(happening?.[1] ?? 'lane.actsTitle', { count: lane.pins.reduce((sum, { more }) => sum + more + 1, 0) });
    case 'runs':
      return t('track.runsTitle', { name, count: lane.runs.length });
    case 'requests':
      return t('track.requestsTitle', { source: name, answered: lane.answered, lost: lane.lost });
  }
}

const rounded = (value: number): string => String(Math.round(value * 10) / 10);

/** How a lane stood in a bucket, in words; nothing when there is nothing to say. */
export function valueAt(lane: Lane, bucket: number): string {
  switch (lane.type) {
    case 'rollout':
    case 'amounts': {
      const { available, ready, total, desired, least, most } = lane.series;
      const at = (series: readonly number[] | undefined) => series?.[bucket] ?? -1;
      if (at(total) < 0) return '';
      const parts =
        lane.type === 'rollout'
          ? [
              t('lane.available', { available: at(available), desired: at(desired) }),
              ...(at(most) < 0 ? [] : [t('lane.bounds', { least: at(least), most: at(most) })]),
              ...lane.stacks
                .filter(({ counts }) => at(counts) > 0)
                .map(({ revisions, counts }) =>
                  t('words.said', { what: t('lane.revision', { revision: at(revisions) }), said: at(counts) }),
                ),
            ]
          : [t('lane.counted', { ready: Math.max(0, at(ready)), total: at(total), desired: at(desired) })];
      return parts.join(' · ');
    }
    case 'requests': {
      const [ok = -1, failed = 0] = [lane.ok[bucket], lane.failed[bucket]];
      return ok < 0 ? '' : t('lane.perSecond', { ok: rounded(ok), failed: rounded(failed) });
    }
    case 'counts':
      return lane.counts[bucket] ? t('lane.here', { count: lane.counts[bucket] }) : '';
    default:
      return '';
  }
}

/** Kinds whose names are made from others', so that they differ at their ends. */
const MADE_NAMES = new Set(['Pod', 'PersistentVolumeClaim']);

/** Of others so much of the beginning says something, too. */
const BEGIN = 5;

/** A name as it fits: of Pods and claims the end, of others beginning and end. */
export function fittedName({ kind }: Lane, name: string): string {
  if (name.length <= LONG) return name;
  const begin = MADE_NAMES.has(kind) ? 0 : BEGIN;
  return `${name.slice(0, begin)}…${name.slice(1 + begin - LONG)}`;
}
