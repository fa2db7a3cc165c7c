/**
 * Which scenario is open, the gallery of others by topic, and the texts somebody typed into lately. The gallery is loaded when
 * the menu is opened.
 */
import { lazy, Suspense, useEffect, useState } from 'react';
import { t, textOf } from '../../i18n/translate';
import type { GalleryEntry, GalleryTopic } from '../../scenario/gallery';
import { slots, typing } from '../state/page';
import { useSession } from '../state/session';
import type { TextLabel } from '../state/text-slots';
import { markText } from '../timeline/time-text';
import { dayText } from './day-text';
import { Icon } from './icons';
import { usePopover } from './popover';
import { Tabs } from './tabs';

const LessonList = lazy(() => import('../lesson/lesson-list'));

/** What to do when a line of the menu is chosen. */
type Choose = (then: () => Promise<void>) => () => void;

/** See the header. */
export function ScenarioMenu() {
  const lesson = useSession((session) => session.lesson);
  const ownTitle = useSession((session) => session.title);
  const title = lesson ? textOf(lesson.title) : ownTitle;
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

const LISTS = ['gallery', 'lessons', 'recent'] as const;

function Menu({ choose }: { choose: Choose }) {
  const [recent] = useState(() => slots.recent());
  const [list, setList] = useState<(typeof LISTS)[number]>('gallery');
  return (
    <div className="popover scenario-list">
      <Tabs
        label={t('header.scenarios')}
        tabs={LISTS.filter((each) => each !== 'recent' || recent.length > 0)}
        selected={list}
        onSelect={setList}
        nameOf={(each) => t(`menu.${each}`)}
      />
      {list === 'gallery' && <Gallery choose={choose} />}
      {list === 'lessons' && (
        <Suspense fallback={null}>
          <LessonList choose={choose} />
        </Suspense>
      )}
      {list === 'recent' && <Recent labels={recent} choose={choose} />}
    </div>
  );
}

function Gallery({ choose }: { choose: Choose }) {
  const [topics, setTopics] = useState<readonly GalleryTopic[]>([]);
  useEffect(() => {
    import('../../scenario/gallery').then(({ TOPICS }) => setTopics(TOPICS));
  }, []);
  return (
    <section aria-label={t('menu.gallery')}>
      {topics.map(({ title, entries }) => (
        <section key={title}>
          <h3 className="menu-topic">{title}</h3>
          <ul aria-label={title}>
            {entries.map((entry) => (
              <GalleryLine key={entry.name} entry={entry} choose={choose} />
            ))}
          </ul>
        </section>
      ))}
    </section>
  );
}

/** From the beginning, or at the moment that is worth seeing. */
function GalleryLine({ entry, choose }: { entry: GalleryEntry; choose: Choose }) {
  const time = markText(entry.momentMs);
  return (
    <li>
      <MenuButton
        title={entry.title}
        detail={entry.point}
        onClick={choose(async () => typing.choose(await entry.load()))}
      />
      <button
        type="button"
        className="menu-moment"
        aria-label={t('menu.openAt', { time, title: entry.title })}
        title={t('menu.openAt', { time, title: entry.title })}
        onClick={choose(async () => typing.choose(await entry.load(), { timeMs: entry.momentMs }))}
      >
        {time}
      </button>
    </li>
  );
}

function Recent({ labels, choose }: { labels: readonly TextLabel[]; choose: Choose }) {
  return (
    <>
      <p className="quiet">{t('recent.hint')}</p>
      <ul aria-label={t('menu.recent')}>
        {labels.map((label) => (
          <li key={label.id}>
            <MenuButton
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

function MenuButton({ title, detail, onClick }: { title: string; detail: string; onClick: () => void }) {
  return (
    <button type="button" className="menu-line" onClick={onClick}>
      <strong>{title}</strong>
      <small>{detail}</small>
    </button>
  );
}
