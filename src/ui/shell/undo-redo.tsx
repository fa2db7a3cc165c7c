/** Undo and redo: one list for edits of the text and acts on the cluster. */
import { t, textOf } from '../../i18n/translate';
import { useHistory } from '../state/history';
import { typing } from '../state/page';
import { Icon } from './icons';
import './undo-redo.css';

/** See the header. */
export function UndoRedo() {
  const last = useHistory(({ past }) => past[past.length - 1]?.label);
  const next = useHistory(({ future }) => future[future.length - 1]?.label);
  return (
    <div className="undo-redo">
      <button
        type="button"
        className="icon-button"
        aria-label={t('undo.undo')}
        title={last === undefined ? t('undo.undo') : t('undo.undoWhat', { what: textOf(last) })}
        aria-disabled={last === undefined}
        onClick={() => void typing.travel('undo')}
      >
        <Icon name="undo" />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={t('undo.redo')}
        title={next === undefined ? t('undo.redo') : t('undo.redoWhat', { what: textOf(next) })}
        aria-disabled={next === undefined}
        onClick={() => void typing.travel('redo')}
      >
        <Icon name="redo" />
      </button>
    </div>
  );
}
