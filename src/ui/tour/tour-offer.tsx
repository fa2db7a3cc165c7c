/** Offers the tour below the drawing, where it covers nothing. */
import { t } from '../../i18n/translate';
import { StartHere } from '../lesson/start-here';
import { useSession } from '../state/session';
import './tour-offer.css';
import { endTour, goToStop, useTour } from './open-tour';

/** See the header. */
export function TourOffer() {
  const offered = useTour((tour) => tour.offered);
  // A lesson leads through the page itself.
  const isLed = useSession((session) => session.lesson !== null);
  if (!offered || isLed) return null;
  return (
    <aside className="tour-offer" aria-label={t('tour.title')}>
      <p>{t('tour.offer')}</p>
      <button type="button" className="button small" onClick={() => goToStop(0)}>
        {t('tour.begin')}
      </button>
      <StartHere name={t('tour.lesson')} />
      <button type="button" className="link-button" onClick={endTour}>
        {t('tour.skip')}
      </button>
    </aside>
  );
}
