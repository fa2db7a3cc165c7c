/** Stands where a hand-in's outcome comes to be, or says that it does not come. */
import { t } from '../../i18n/translate';
import { useLesson } from './lesson-state';

/** See the header. */
export function NotReviewed() {
  const isLost = useLesson((lesson) => lesson.isLost);
  return <p role="status">{t(isLost ? 'review.lost' : 'review.running')}</p>;
}
