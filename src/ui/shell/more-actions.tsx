/** What seldom matters stands behind one button on a telephone, so that the title has room; elsewhere it lies open. */
import type { ReactNode } from 'react';
import { t } from '../../i18n/translate';
import { Icon } from './icons';
import './more-actions.css';
import { usePopover } from './popover';

/** See the header. */
export function MoreActions({ children }: { children: ReactNode }) {
  const { open, setOpen, root } = usePopover();
  return (
    <div className="more-actions" ref={root}>
      <button
        type="button"
        className="icon-button more-open"
        aria-label={t('header.more')}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Icon name="more" />
      </button>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: its buttons are pressed, by keys too; it only hears that one was */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: as above */}
      <div className="popover more-list" data-open={open || undefined} onClick={() => setOpen(false)}>
        {children}
      </div>
    </div>
  );
}
