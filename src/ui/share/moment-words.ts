/** What is told of the moment that the page shows, beside a link or a picture of it. */
import { sentence, t } from '../../i18n/translate';
import { type SessionState, shownStep } from '../state/session';
import { momentText } from '../timeline/time-text';

/** See the header. */
export interface MomentWords {
  /** When, in words. */
  readonly at: string;
  /** What the step did; '' before the first. */
  readonly sentence: string;
}

/** See the header. */
export function momentWords(session: SessionState): MomentWords {
  const { cursor, current } = session;
  return {
    at: t('share.at', { moment: momentText(cursor.timeMs), step: shownStep(session) }),
    sentence: current ? sentence(current.message) : '',
  };
}
