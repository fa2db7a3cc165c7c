/** A lane for each source of requests: those answered per second, and on top, from the same ground, those that failed. */
import { t } from '../../../i18n/translate';
import type { Track } from './registry';
import { STAIRS_HEIGHT, stairs } from './stairs';

export const requestsTrack: Track = ({ requests }) =>
  requests.map(({ source, ok, failed, answered, lost }) => {
    const top = Math.max(1, ...ok, ...failed);
    return {
      key: `requests ${source}`,
      label: source,
      title: t('track.requestsTitle', { source, answered, lost }),
      heightPx: STAIRS_HEIGHT,
      draw: () => (
        <>
          <path className="track-total" d={stairs(ok, top, true)} />
          <path
            className="track-lost"
            d={stairs(
              failed.map((count) => (count > 0 ? count : -1)),
              top,
              true,
            )}
          />
        </>
      ),
    };
  });
