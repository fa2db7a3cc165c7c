/**
 * Which scenario is open, the gallery of others, and the texts somebody typed into lately. The gallery's texts are loaded when
 * the menu is opened.
 */
import { useEffect, useState } from 'react';
import { t } from '../../i18n/translate';
import type { GalleryEntry } from '../../scenario/gallery';
import { slots, typing } from '../state/page';
import { useSession } from '../state/session';
import type { TextLabel } from '../state/text-slots';
import { dayText } from './day-text';
import { Icon } from './icons';
import { usePopover } from './popover';

/** What to do when a line of the menu is chosen. */
type Choose = (then: () => Promise<void>) => () => void;

/** See the header. */
export function ScenarioMenu() {
  const title = useSession((session) => session.title);
  const { open, setOpen, root } = usePopover();
  const choose: Choose = (then) => () => {
    setOpen(false);
    void then();
  };
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
      {open && <Menu choose={choose} />}
    </div>
  );
}

function Menu({ choose }: { choose: Choose }) {
  const [recent] = useState(() => slots.recent());
  const [list, setList] = useState<'gallery' | 'recent'>('gallery');
  return (
    <div className="popover scenario-list">
      {recent.length > 0 && (
        <div className="segmented" role="tablist" aria-label={t('header.scenarios')}>
          {(['gallery', 'recent'] as const).map((each) => (
            <button key={each} type="button" role="tab" aria-selected={each === list} onClick={() => setList(each)}>
              {t(`menu.${each}`)}
            </button>
          ))}
        </div>
      )}
      {list === 'gallery' ? <Gallery choose={choose} /> : <Recent labels={recent} choose={choose} />}
    </div>
  );
}

function Gallery({ choose }: { choose: Choose }) {
  const [entries, setEntries] = useState<readonly GalleryEntry[]>([]);
  useEffect(() => {
    import('../../scenario/gallery').then(({ GALLERY }) => setEntries(GALLERY));
  }, []);
  return (
    <ul aria-label={t('menu.gallery')}>
      {entries.map((entry) => (
        <MenuLine
          key={entry.name}
          title={entry.title}
          detail={entry.summary}
          onClick={choose(async () => typing.choose(await entry.load()))}
        />
      ))}
    </ul>
  );
}

function Recent({ labels, choose }: { labels: readonly TextLabel[]; choose: Choose }) {
  return (
    <>
      <p className="quiet">{t('recent.hint')}</p>
      <ul aria-label={t('menu.recent')}>
        {labels.map((label) => (
          <MenuLine
            key={label.id}
            title={label.title || t('recent.untitled')}
            detail={dayText(label.atMs, Date.now())}
            onClick={choose(() => typing.goBack(label))}
          />
        ))}
      </ul>
    </>
  );
}

function MenuLine({ title, detail, onClick }: { title: string; detail: string; onClick: () => void }) {
  return (
    <li>
      <button type="button" onClick={onClick}>
        <strong>{title}</strong>
        <small>{detail}</small>
      </button>
    </li>
  );
}
