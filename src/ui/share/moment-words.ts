/** What is told of the moment that the page shows, beside a link or a picture of it. */
import { sentence, t, textOf } from '../../i18n/translate';
import type { SessionState } from '../state/session';
import { momentText } from '../timeline/time-text';

/** See the header. */
export interface MomentWords {
  readonly title: string;
  /** When, in words. */
  readonly at: string;
  /** What the step did; '' before the first. */
  readonly sentence: string;
}

/** See the header. */
export function momentWords({ title, cursor: { timeMs, step }, current }: SessionState): MomentWords {
  return {
    title: textOf(title) || t('header.untitled'),
    at: t('share.at', { moment: momentText(timeMs), step }),
    sentence: current ? sentence(current.message) : '',
  };
}
