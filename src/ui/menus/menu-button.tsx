/** The button that opens an object's menu. */
import { t } from '../../i18n/translate';
import { Icon } from '../shell/icons';
import { useSession } from '../state/session';
import { openMenu } from './open-menu';

/** See the header; not there where the page may only be looked at. */
export function MenuButton({ id }: { id: string }) {
  const isBare = useSession(({ embed }) => embed === 'readonly' || embed === 'controls');
  if (isBare) return null;
  return (
    <button
      type="button"
      className="icon-button menu-button"
      aria-haspopup="menu"
      aria-label={t('menu.open')}
      title={t('menu.open')}
      onClick={(event) => {
        const { left, bottom } = event.currentTarget.getBoundingClientRect();
        openMenu(id, left, bottom + 4);
      }}
    >
      <Icon name="more" />
    </button>
  );
}
