/** Which keys do what. */
import { type MessageKey, t } from '../../i18n/translate';
import { useSession } from '../state/session';
import { goToStop } from '../tour/open-tour';
import './keys-dialog.css';
import { Sheet } from './sheet';

const KEYS: readonly (readonly [keys: readonly string[], does: MessageKey])[] = [
  [['Space'], 'keys.play'],
  [['←', '→'], 'keys.step'],
  [['[', ']'], 'keys.milestone'],
  [['Home', 'End'], 'keys.ends'],
  [['N'], 'keys.reconcile'],
  [['B'], 'keys.back'],
  [['+', '−', '0', 'Z'], 'keys.zoom'],
  [['A', 'D'], 'keys.pan'],
  [['↑', '↓'], 'keys.lanes'],
  [['Shift F10'], 'keys.menu'],
  [['P'], 'keys.present'],
  [['PgUp', 'PgDn'], 'keys.chapter'],
  [['Ctrl Z', 'Ctrl ⇧ Z'], 'keys.undo'],
  [['Ctrl K', '⌘ K'], 'keys.palette'],
  [['Esc'], 'keys.escape'],
  [['?'], 'keys.help'],
];

/** See the header. */
export default function KeysDialog() {
  return (
    <Sheet title={t('keys.title')} className="keys" onClose={() => useSession.setState({ keysOpen: false })}>
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
      <button
        type="button"
        className="button keys-tour"
        onClick={() => {
          useSession.setState({ keysOpen: false });
          goToStop(0);
        }}
      >
        {t('tour.begin')}
      </button>
    </Sheet>
  );
}
