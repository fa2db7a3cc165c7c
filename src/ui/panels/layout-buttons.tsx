/** Buttons that fold panels away and begin presenting. */
import { t } from '../../i18n/translate';
import { Icon, type IconName } from '../shell/icons';
import { type Foldable, toggleFolded, togglePresenting, usePanels } from './panels';

const PANELS: readonly (readonly [Foldable, IconName])[] = [
  ['editor', 'panelLeft'],
  ['timeline', 'panelBottom'],
  ['inspector', 'panelRight'],
];

/** See the header. */
export function LayoutButtons({ hasEditor }: { hasEditor: boolean }) {
  const folded = usePanels((state) => state.folded);
  const presenting = usePanels((state) => state.presenting);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div className="layout-buttons" role="group" aria-label={t('panel.layout')}>
      {PANELS.filter(([panel]) => hasEditor || panel !== 'editor').map(([panel, icon]) => (
        <button
          key={panel}
          type="button"
          className="icon-button"
          aria-pressed={!folded.includes(panel)}
          aria-label={t(`panel.show.${panel}`)}
          title={t(`panel.show.${panel}`)}
          onClick={() => toggleFolded(panel)}
        >
          <Icon name={icon} />
        </button>
      ))}
      <button
        type="button"
        className="icon-button present"
        aria-pressed={presenting}
        aria-label={t('panel.present')}
        title={t('panel.presentHint')}
        onClick={togglePresenting}
      >
        <Icon name="present" />
      </button>
    </div>
  );
}
