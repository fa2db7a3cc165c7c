/** A Deployment's Pods over time: the area is what is ready, the pale area what exists, the line what is wanted. */
import { t } from '../../../i18n/translate';
import type { RolloutTrack } from '../../../view/buckets';
import type { Track } from './registry';

const HEIGHT = 34;

/** A staircase over the buckets; buckets with -1 (nothing yet) are left out. */
function stairs(values: readonly number[], top: number, close: boolean): string {
  const y = (value: number) => (HEIGHT - 2 - (value / Math.max(1, top)) * (HEIGHT - 6)).toFixed(2);
  let path = '';
  let open = -1;
  values.forEach((value, bucket) => {
    if (value < 0) {
      if (open >= 0 && close) path += `V${HEIGHT - 2}H${open}Z`;
      open = -1;
      return;
    }
    if (open < 0) {
      open = bucket;
      path += close ? `M${bucket} ${HEIGHT - 2}V${y(value)}` : `M${bucket} ${y(value)}`;
    } else if (value !== values[bucket - 1]) path += `H${bucket}V${y(value)}`;
    if (bucket + 1 === values.length || values[bucket + 1]! < 0) path += `H${bucket + 1}`;
  });
  return open >= 0 && close ? `${path}V${HEIGHT - 2}H${open}Z` : path;
}

function drawing({ ready, total, desired }: RolloutTrack) {
  const top = Math.max(...total, ...desired, 1);
  return (
    <>
      <path className="track-total" d={stairs(total, top, true)} />
      <path className="track-ready" d={stairs(ready, top, true)} />
      <path className="track-desired" d={stairs(desired, top, false)} vectorEffect="non-scaling-stroke" />
    </>
  );
}

export const rolloutTrack: Track = ({ rollouts }) =>
  rollouts.map((rollout) => ({
    key: rollout.id,
    label: rollout.name,
    title: t('track.rolloutTitle', { name: rollout.name }),
    heightPx: HEIGHT,
    draw: () => drawing(rollout),
  }));
