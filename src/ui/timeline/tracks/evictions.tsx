/** Pods that were made to leave: by the eviction API or because of a taint. */
import { t } from '../../../i18n/translate';
import type { Track } from './registry';
import { Strip } from './strip';

const HEIGHT = 15;

export const evictionsTrack: Track = ({ evictions }) => {
  const count = evictions.reduce((sum, each) => sum + each, 0);
  if (count === 0) return [];
  return [
    {
      key: 'evictions',
      label: t('track.evictions'),
      title: t('track.evictionsTitle', { count }),
      heightPx: HEIGHT,
      draw: () => <Strip counts={evictions} heightPx={HEIGHT} className="track-evictions" />,
    },
  ];
};
