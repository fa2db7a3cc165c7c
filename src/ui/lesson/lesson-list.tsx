/** The lessons: the short way first, then by track, with how far somebody came in each, and the way to keep that in a file. */
import { useEffect, useState } from 'react';
import { t, textOf } from '../../i18n/translate';
import type { LessonEntry, Track } from '../../lessons';
import { useSession } from '../state/session';
import { FileButton } from './file-button';
import { openLesson } from './open-lesson';
import { type AllProgress, keepProgress, loadProgress, progressText, readProgress } from './progress';
import { saveFile } from './save-file';
import '../shell/menu-topic.css';
import './lesson-list.css';

type Choose = (then: () => Promise<void>) => () => void;

/** See the header. `choose` closes the menu and does what was chosen. */
export default function LessonList({ choose }: { choose: Choose }) {
  const [tracks, setTracks] = useState<readonly Track[]>([]);
  const [progress, setProgress] = useState(loadProgress);
  useEffect(() => {
    void import('../../lessons').then(({ SHORT_WAY, TRACKS }) => setTracks([SHORT_WAY, ...TRACKS]));
  }, []);
  const lessons = tracks.flatMap((track) => track.lessons);
  const next = lessons.find(({ name }) => !progress[name]?.done);
  return (
    <section aria-label={t('menu.lessons')}>
      {next && (
        <button type="button" className="button primary lesson-start" onClick={choose(() => openLesson(next))}>
          {t('words.said', {
            what: t(Object.keys(progress).length === 0 ? 'lesson.start' : 'lesson.goOn'),
            said: textOf(next.title),
          })}
        </button>
      )}
      {tracks.map((track) => (
        <LessonTrack key={track.name} track={track} progress={progress} choose={choose} />
      ))}
      <Files progress={progress} onRead={setProgress} choose={choose} />
    </section>
  );
}

interface TrackProps {
  readonly track: Track;
  readonly progress: AllProgress;
  readonly choose: Choose;
}

function LessonTrack({ track, progress, choose }: TrackProps) {
  const title = textOf(track.title);
  const { lessons } = track;
  const minutes = lessons.reduce((sum, lesson) => sum + (lesson.minutes ?? 0), 0);
  const done = lessons.filter(({ name }) => progress[name]?.done).length;
  return (
    <section>
      <h2 className="menu-topic">
        {title}{' '}
        <small className="quiet">
          {t('lesson.progress', { done, count: lessons.length })} · {t('lesson.minutes', { count: minutes })}
        </small>
      </h2>
      <ul aria-label={title}>
        {lessons.map((lesson) => (
          <li key={lesson.name}>
            <LessonLine lesson={lesson} isDone={progress[lesson.name]?.done === true} choose={choose} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function LessonLine({ lesson, isDone, choose }: { lesson: LessonEntry; isDone: boolean; choose: Choose }) {
  return (
    <button type="button" className="menu-line" onClick={choose(() => openLesson(lesson))}>
      <strong>
        {textOf(lesson.title)}
        {isDone && <span className="lesson-done-mark"> ✓ {t('lesson.doneMark')}</span>}
      </strong>
      <small>
        {textOf(lesson.summary)}
        {lesson.minutes !== undefined && (
          <>
            {' '}
            <span className="lesson-minutes">· {t('lesson.minutes', { count: lesson.minutes })}</span>
          </>
        )}
      </small>
    </button>
  );
}

/** Progress as a file, and back. */
interface FilesProps {
  readonly progress: AllProgress;
  readonly onRead: (progress: AllProgress) => void;
  readonly choose: Choose;
}

function Files({ progress, onRead, choose }: FilesProps) {
  const [said, setSaid] = useState('');
  const save = () => saveFile('kubestep-progress.json', progressText(progress), 'application/json');
  const read = (text = '') => {
    const found = readProgress(text);
    if (found) {
      keepProgress(found);
      onRead(loadProgress());
    }
    setSaid(found ? t('lesson.imported', { count: Object.keys(found).length }) : t('lesson.notProgress'));
  };
  return (
    <div className="lesson-files">
      <button type="button" className="link-button" disabled={Object.keys(progress).length === 0} onClick={save}>
        {t('lesson.export')}
      </button>
      <FileButton label={t('lesson.import')} className="link-button" accept="application/json" onText={read} />
      <button
        type="button"
        className="link-button"
        onClick={choose(async () => useSession.setState({ glossaryOpen: true }))}
      >
        {t('glossary.title')}
      </button>
      <button
        type="button"
        className="link-button"
        onClick={choose(async () => useSession.setState({ gradingOpen: true }))}
      >
        {t('grade.open')}
      </button>
      <button
        type="button"
        className="link-button"
        onClick={choose(async () => useSession.setState({ recordOpen: true }))}
      >
        {t('record.open')}
      </button>
      <p role="status" className="quiet">
        {said}
      </p>
    </div>
  );
}
