/** Messages about what went wrong, above the work: none of them blocks it. */
import { useSyncExternalStore } from 'react';
import { t } from '../../i18n/translate';
import { useDocument } from '../state/document';
import { conductor, typing } from '../state/page';
import { type Banner, type BannerSlot, setBanner, useSession } from '../state/session';
import { Icon } from './icons';

/** As in theme/base.css. */
const PHONE = matchMedia('(max-width: 860px)');

const ORDER: readonly BannerSlot[] = ['worker', 'link', 'run', 'text', 'action', 'notice', 'storage', 'part'];

/** What the button in a message does. */
const ACTIONS = {
  'raise-limits': { name: 'banner.raise', run: () => conductor.raiseLimits() },
  restart: { name: 'banner.restart', run: () => conductor.restart() },
  reload: { name: 'banner.reload', run: () => location.reload() },
  undo: { name: 'undo.undo', run: () => typing.travel('undo') },
  'moment-before': { name: 'banner.momentBefore', run: () => conductor.look.momentBefore() },
} as const;

/** See the header. The box is always there, so that screen readers hear of what enters it. */
export function Banners() {
  const banners = useSession((session) => session.banners);
  const text = useDocument((state) => state.text);
  const listed = useProblemsInSight();
  return (
    <div role="status" aria-live="polite">
      {ORDER.map((slot) => {
        const banner = banners[slot];
        const isSaid = slot === 'text' && listed && !banner?.isHeadline;
        return banner && !isSaid && text.includes(banner.about ?? '') ? (
          <BannerLine key={slot} slot={slot} banner={banner} />
        ) : null;
      })}
    </div>
  );
}

/** True when the list below the editor says what is wrong with the text already. */
function useProblemsInSight(): boolean {
  const problems = useDocument((state) => state.problems.length > 0);
  const embed = useSession((session) => session.embed);
  const editorInFront = useSession((session) => session.phoneTab === 'editor');
  const phone = useSyncExternalStore(
    (onChange) => {
      PHONE.addEventListener('change', onChange);
      return () => PHONE.removeEventListener('change', onChange);
    },
    () => PHONE.matches,
  );
  return problems && !embed && (!phone || editorInFront);
}

function BannerLine({ slot, banner }: { slot: BannerSlot; banner: Banner }) {
  return (
    <div className={`banner ${banner.tone}`}>
      <p>
        <strong>{banner.text}</strong> {banner.detail}
      </p>
      <div className="banner-actions">
        {banner.action && (
          <button type="button" className="button small" onClick={() => void ACTIONS[banner.action!].run()}>
            {t(ACTIONS[banner.action].name)}
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
