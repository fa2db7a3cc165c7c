/**
 * Which scenario is open, the gallery of others by topic, and what was opened lately. The gallery is loaded when
 * the menu is opened.
 */
import { Suspense, useState } from 'react';
import { t, textOf } from '../../i18n/translate';
import { useDocument } from '../state/document';
import { slots, typing } from '../state/page';
import { useSession } from '../state/session';
import type { TextLabel } from '../state/text-slots';
import { titleOf } from '../state/text-title';
import { dayText } from './day-text';
import { Icon } from './icons';
import { late } from './late';
import { MenuLine } from './menu-line';
import { usePopover } from './popover';
import { Tabs } from './tabs';

const GalleryList = late(() => import('./gallery-list'));
const LessonList = late(() => import('../lesson/lesson-list'));

/** What to do when a line of the menu is chosen. */
type Choose = (then: () => Promise<void>) => () => void;

/** What the open text is called: as its author has named it, else after what is in it. */
export function useTitle(): string {
  const lesson = useSession((session) => session.lesson);
  const ownTitle = useSession((session) => session.title);
  const given = textOf(lesson?.title ?? ownTitle);
  return useDocument(({ text }) => given || titleOf(text));
}

/** See the header. */
export function ScenarioMenu() {
  const title = useTitle();
  const isKnown = useSession(({ ready }) => ready) || title !== '';
  const { open, setOpen, root } = usePopover();
  const choose: Choose = (then) => () => {
    setOpen(false);
    void then();
  };
  return (
    <div className="scenario-menu" data-known={isKnown} ref={root}>
      <button
        type="button"
        className="scenario-open"
        aria-expanded={open}
        aria-label={t('words.said', { what: t('header.scenarios'), said: title || t('header.untitled') })}
        onClick={() => setOpen(!open)}
      >
        <span>{title || t('header.untitled')}</span>
        <Icon name="chevron" size={16} />
      </button>
      {open && <Menu choose={choose} />}
    </div>
  );
}

const LISTS = ['gallery', 'lessons', 'recent'] as const;

function Menu({ choose }: { choose: Choose }) {
  const [recent] = useState(() => slots.recent());
  const [list, setList] = useState<(typeof LISTS)[number]>('gallery');
  return (
    <div className="popover scenario-list" data-list={list}>
      <Tabs
        label={t('header.scenarios')}
        tabs={LISTS.filter((each) => each !== 'recent' || recent.length > 0)}
        selected={list}
        onSelect={setList}
        nameOf={(each) => t(`menu.${each}`)}
      />
      <Suspense fallback={null}>
        {list === 'gallery' && <GalleryList choose={choose} />}
        {list === 'lessons' && <LessonList choose={choose} />}
      </Suspense>
      {list === 'recent' && <Recent labels={recent} choose={choose} />}
    </div>
  );
}

function Recent({ labels, choose }: { labels: readonly TextLabel[]; choose: Choose }) {
  return (
    <>
      <p className="quiet">{t('recent.hint')}</p>
      <ul aria-label={t('menu.recent')}>
        {labels.map((label) => (
          <li key={label.id}>
            <MenuLine
              title={label.title || t('recent.untitled')}
              detail={dayText(label.atMs, Date.now())}
              onClick={choose(() => typing.goBack(label))}
            />
          </li>
        ))}
      </ul>
    </>
  );
}
