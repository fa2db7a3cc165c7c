/** What people and faults did: a brass diamond each. */
import { t } from '../../../i18n/translate';
import type { Track } from './registry';

const HEIGHT = 16;

export const actionsTrack: Track = ({ actions }) => {
  if (!actions.some((step) => step > 0)) return [];
  const draw = () =>
    actions.map((step, bucket) =>
      step === 0 ? null : (
        <path
          // biome-ignore lint/suspicious/noArrayIndexKey: a bucket is its place
          key={bucket}
          className="track-action"
          d={`M${bucket + 0.5} 8 v0`}
          vectorEffect="non-scaling-stroke"
        />
      ),
    );
  return [{ key: 'actions', label: t('track.actions'), title: t('track.actionsTitle'), heightPx: HEIGHT, draw }];
};
