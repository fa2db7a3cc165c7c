/** Why time goes no further: a question of the lesson is open. With the ways on. */
import { t } from '../../i18n/translate';
import { markText } from '../timeline/time-text';
import { skipQuestion } from './guide';
import './held-note.css';
import { toQuestion } from './turn';

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
