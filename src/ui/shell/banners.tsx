/** Messages about what went wrong, above the work: none of them blocks it. */
import { t } from '../../i18n/translate';
import { raiseLimits, restart } from '../state/conductor';
import { type Banner, type BannerSlot, setBanner, useSession } from '../state/session';
import { Icon } from './icons';

const ORDER: readonly BannerSlot[] = ['worker', 'link', 'run', 'text', 'action', 'storage'];

/** See the header. The box is always there, so that screen readers hear of what enters it. */
export function Banners() {
  const banners = useSession((session) => session.banners);
  return (
    <div role="status" aria-live="polite">
      {ORDER.map((slot) => {
        const banner = banners[slot];
        return banner ? <BannerLine key={slot} slot={slot} banner={banner} /> : null;
      })}
    </div>
  );
}

function BannerLine({ slot, banner }: { slot: BannerSlot; banner: Banner }) {
  return (
    <div className={`banner ${banner.tone}`}>
      <p>
        <strong>{banner.text}</strong> {banner.detail}
      </p>
      <div className="banner-actions">
        {banner.action === 'raise-limits' && (
          <button type="button" className="button small" onClick={raiseLimits}>
            {t('banner.raise')}
          </button>
        )}
        {banner.action === 'restart' && (
          <button type="button" className="button small" onClick={() => void restart()}>
            {t('banner.restart')}
          </button>
        )}
        <button
          type="button"
          className="icon-button"
          aria-label={t('banner.dismiss')}
          onClick={() => setBanner(slot, undefined)}
        >
          <Icon name="close" size={16} />
        </button>
      </div>
    </div>
  );
}
