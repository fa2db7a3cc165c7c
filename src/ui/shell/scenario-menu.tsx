/** Which scenario is open, and the gallery of others. The gallery's texts are loaded when the menu is opened. */
import { useEffect, useState } from 'react';
import { t } from '../../i18n/translate';
import type { GalleryEntry } from '../../scenario/gallery';
import { open as openText } from '../state/conductor';
import { replaceText } from '../state/document';
import { setBanner, useSession } from '../state/session';
import { saveText } from '../state/text-storage';
import { Icon } from './icons';
import { usePopover } from './popover';

async function choose(entry: GalleryEntry): Promise<void> {
  const text = await entry.load();
  if (location.hash) history.replaceState(null, '', location.pathname + location.search);
  setBanner('link', undefined);
  useSession.setState({ selected: null });
  replaceText(text);
  void saveText(text);
  void openText(text, { play: true });
}

/** See the header. */
export function ScenarioMenu() {
  const title = useSession((session) => session.title);
  const { open, setOpen, root } = usePopover();
  const [entries, setEntries] = useState<readonly GalleryEntry[]>([]);
  useEffect(() => {
    if (open) import('../../scenario/gallery').then(({ GALLERY }) => setEntries(GALLERY));
  }, [open]);
  return (
    <div className="scenario-menu" ref={root}>
      <button
        type="button"
        className="scenario-open"
        aria-expanded={open}
        aria-label={`${t('header.scenarios')}: ${title || t('header.untitled')}`}
        onClick={() => setOpen(!open)}
      >
        <span>{title || t('header.untitled')}</span>
        <Icon name="chevron" size={16} />
      </button>
      {open && (
        <ul className="popover scenario-list">
          {entries.map((entry) => (
            <li key={entry.name}>
              <button
                type="button"
                onClick={() => {
                  setOpen(false);
                  void choose(entry);
                }}
              >
                <strong>{entry.title}</strong>
                <small>{entry.summary}</small>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
