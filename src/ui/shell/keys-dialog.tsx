/** Which keys do what. */
import { useEffect, useRef } from 'react';
import { type MessageKey, t } from '../../i18n/translate';
import { useSession } from '../state/session';
import { Icon } from './icons';
import './palette.css';

const KEYS: readonly (readonly [keys: readonly string[], does: MessageKey])[] = [
  [['Space'], 'keys.play'],
  [['←', '→'], 'keys.step'],
  [['[', ']'], 'keys.milestone'],
  [['Home', 'End'], 'keys.ends'],
  [['N'], 'keys.reconcile'],
  [['Ctrl K', '⌘ K'], 'keys.palette'],
  [['Esc'], 'keys.escape'],
  [['?'], 'keys.help'],
];

/** See the header. */
export default function KeysDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const close = () => useSession.setState({ keysOpen: false });
  return (
    <dialog ref={dialog} className="sheet keys" aria-labelledby="keys-title" onClose={close}>
      <div className="sheet-head">
        <h2 id="keys-title">{t('keys.title')}</h2>
        <button type="button" className="icon-button push" aria-label={t('keys.close')} onClick={close}>
          <Icon name="close" />
        </button>
      </div>
      <dl className="keys-list">
        {KEYS.map(([keys, does]) => (
          <div key={does}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{t(does)}</dd>
          </div>
        ))}
      </dl>
    </dialog>
  );
}
