/** Share: the scenario, what was done by hand and the moment shown, in a link and in what is made of one. The box is fetched when it is opened. */
import { Suspense } from 'react';
import { t } from '../../i18n/translate';
import { Icon } from '../shell/icons';
import { late } from '../shell/late';
import { usePopover } from '../shell/popover';
import { useTitle } from '../shell/scenario-menu';
import { setBanner } from '../state/session';

const ShareBox = late(() => import('./share-box'));

/** See the header. */
export function SharePopover() {
  const { open, setOpen, root } = usePopover();
  const title = useTitle();
  const onClick = () => {
    setBanner('action', undefined);
    setOpen(!open);
  };
  return (
    <div ref={root}>
      <button type="button" className="button primary" aria-expanded={open} onClick={onClick}>
        <Icon name="share" size={16} />
        <span>{t('share.share')}</span>
      </button>
      {open && (
        <Suspense fallback={null}>
          <ShareBox title={title || t('header.untitled')} />
        </Suspense>
      )}
    </div>
  );
}
