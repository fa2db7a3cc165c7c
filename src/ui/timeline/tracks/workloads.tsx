/**
 * The Pods of a workload over time: the area is what is ready (of a Job, what succeeded), the pale area what exists, the dashed line
 * what is wanted, the thin ones what is updated or failed; of an autoscaler what it has, wants, and must stay within.
 */
import type { MessageKey } from '../../../i18n/translate';
import { t } from '../../../i18n/translate';
import type { SeriesName, WorkloadTrack } from '../../../view/workload-tracks';
import type { Track } from './registry';
import { STAIRS_HEIGHT, stairs } from './stairs';

/** From the back to the front. */
const AREAS: readonly SeriesName[] = ['total', 'ready'];
const LINES: readonly SeriesName[] = ['min', 'max', 'desired', 'updated', 'failed'];

const TITLES: Readonly<Record<string, MessageKey>> = {
  Job: 'track.jobTitle',
  HorizontalPodAutoscaler: 'track.autoscalerTitle',
  StatefulSet: 'track.updatedTitle',
  DaemonSet: 'track.updatedTitle',
};

function drawing({ kind, series }: WorkloadTrack) {
  const top = Math.max(1, ...Object.values(series).flat());
  return (
    <>
      {AREAS.map(
        (name) =>
          series[name] && <path key={name} className={`track-${name} ${kind}`} d={stairs(series[name], top, true)} />,
      )}
      {LINES.map(
        (name) =>
          series[name] && (
            <path
              key={name}
              className={`track-${name}`}
              d={stairs(series[name], top, false)}
              vectorEffect="non-scaling-stroke"
            />
          ),
      )}
    </>
  );
}

export const workloadsTrack: Track = ({ workloads }) =>
  workloads.map((track) => ({
    key: track.id,
    label: track.kind === 'HorizontalPodAutoscaler' ? `${track.name} (hpa)` : track.name,
    title: t(TITLES[track.kind] ?? 'track.rolloutTitle', { kind: track.kind, name: track.name }),
    heightPx: STAIRS_HEIGHT,
    draw: () => drawing(track),
  }));
