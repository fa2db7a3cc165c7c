/** The gallery: scenarios by topic, each with a picture of its run, found by a word; lessons that have the word stand beside them. */
import { useEffect, useState } from 'react';
import { t, textOf } from '../../i18n/translate';
import type { LessonEntry } from '../../lessons';
import type { GalleryEntry, GalleryTopic } from '../../scenario/gallery';
import type { Picture } from '../../worker/gallery-pictures';
import { openLesson } from '../lesson/open-lesson';
import { typing } from '../state/page';
import { markText } from '../timeline/time-text';
import './menu-topic.css';
import './gallery-list.css';
import { MenuLine } from './menu-line';
import { openAtMoment } from './open-moment';
import { useRovingFocus } from './roving-focus';
import { RunPicture } from './run-picture';

type Choose = (then: () => Promise<void>) => () => void;
type Pictures = Readonly<Record<string, Picture>>;

interface Loaded {
  readonly topics: readonly GalleryTopic[];
  readonly lessons: readonly LessonEntry[];
  readonly pictures: Pictures;
}

const NOTHING: Loaded = { topics: [], lessons: [], pictures: {} };

/** What is offered; pictures come when they come. */
function useOffered(): Loaded {
  const [loaded, setLoaded] = useState(NOTHING);
  useEffect(() => {
    const add = (more: Partial<Loaded>) => setLoaded((before) => ({ ...before, ...more }));
    void import('../../scenario/gallery').then(({ TOPICS }) => add({ topics: TOPICS }));
    void import('../../lessons').then(({ TRACKS }) => add({ lessons: TRACKS.flatMap(({ lessons }) => lessons) }));
    void import('../../scenario/gallery/index.ts?pictures').then((module) => add({ pictures: module.default }));
  }, []);
  return loaded;
}

/** Whether all words of a wish are in one of some texts. */
function has(wish: string, ...texts: readonly string[]): boolean {
  const all = texts.join(' ').toLowerCase();
  return wish
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}

/** See the header. `choose` closes the menu and does what was chosen. */
export default function GalleryList({ choose }: { choose: Choose }) {
  const { topics, lessons, pictures } = useOffered();
  const [wish, setWish] = useState('');
  const list = useRovingFocus<HTMLDivElement>();
  const found = topics
    .map(({ title, entries }) => ({
      title: textOf(title),
      entries: entries.filter((entry) => has(wish, title, textOf(title), entry.name, ...textsOf(entry))),
    }))
    .filter(({ entries }) => entries.length > 0);
  const taught =
    wish.trim() === ''
      ? []
      : lessons.filter(({ name, title, summary }) => has(wish, name, textOf(title), textOf(summary)));
  return (
    <section aria-label={t('menu.gallery')}>
      <input
        className="field gallery-search"
        type="search"
        aria-label={t('menu.search')}
        placeholder={t('menu.search')}
        value={wish}
        onChange={(event) => setWish(event.target.value)}
      />
      <div ref={list}>
        {found.map(({ title, entries }) => (
          <section key={title}>
            <h2 className="menu-topic">{title}</h2>
            <ul aria-label={title} className="gallery-grid">
              {entries.map((entry) => (
                <GalleryLine key={entry.name} entry={entry} picture={pictures[entry.name]} choose={choose} />
              ))}
            </ul>
          </section>
        ))}
        {taught.length > 0 && (
          <section>
            <h2 className="menu-topic">{t('menu.lessons')}</h2>
            <ul aria-label={t('menu.lessons')} className="gallery-grid">
              {taught.map((lesson) => (
                <li key={lesson.name}>
                  <MenuLine
                    title={textOf(lesson.title)}
                    detail={textOf(lesson.summary)}
                    onClick={choose(() => openLesson(lesson))}
                  />
                </li>
              ))}
            </ul>
          </section>
        )}
        {topics.length > 0 && found.length + taught.length === 0 && <p className="quiet">{t('menu.noneFound')}</p>}
      </div>
    </section>
  );
}

const textsOf = ({ title, point }: GalleryEntry): readonly string[] => [title, point, textOf(title), textOf(point)];

/** From the beginning, or at the moment that is worth seeing. */
function GalleryLine(props: { entry: GalleryEntry; picture: Picture | undefined; choose: Choose }) {
  const { entry, picture, choose } = props;
  const time = markText(entry.momentMs);
  const title = textOf(entry.title);
  return (
    <li>
      <RunPicture picture={picture} />
      <MenuLine
        title={title}
        detail={textOf(entry.point)}
        onClick={choose(async () => typing.choose(await entry.load()))}
      />
      <button
        type="button"
        className="menu-moment"
        aria-label={t('menu.openAt', { time, title })}
        title={t('menu.openAt', { time, title })}
        onClick={choose(() => openAtMoment(entry))}
      >
        {time}
      </button>
    </li>
  );
}
