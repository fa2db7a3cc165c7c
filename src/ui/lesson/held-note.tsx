/** Why time goes no further: a question of the lesson is open. With the ways on. */
import { t } from '../../i18n/translate';
import { useSession } from '../state/session';
import { markText } from '../timeline/time-text';
import { skipQuestion } from './guide';
import './held-note.css';

function toQuestion(): void {
  useSession.setState({ phoneTab: 'lesson' });
  // Once it is in front.
  requestAnimationFrame(() => document.querySelector<HTMLElement>('.lesson-question input')?.focus());
}

/** See the header. */
export default function HeldNote({ heldMs }: { heldMs: number }) {
  return (
    <div className="held-note">
      <p role="status">{t('lesson.heldNote', { time: markText(heldMs) })}</p>
      <span className="held-ways">
        <button type="button" className="button small" onClick={toQuestion}>
          {t('lesson.toQuestion')}
        </button>
        <button type="button" className="button small" onClick={() => void skipQuestion()}>
          {t('lesson.skipHere')}
        </button>
      </span>
    </div>
  );
}
