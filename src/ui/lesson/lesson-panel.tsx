/** The lesson beside the work: one chapter at a time, with the way to the others. */
import { useEffect, useRef } from 'react';
import { listed, t, textOf } from '../../i18n/translate';
import type { SheetChapter } from '../../lessons/sheet';
import { Icon } from '../shell/icons';
import { useSession } from '../state/session';
import { markText } from '../timeline/time-text';
import { followKeys } from './chapter-keys';
import { loadGlossary } from './glossary';
import { followPage, goToChapter, lookAgain } from './guide';
import { HandInButton } from './hand-in';
import { isDone, useLesson } from './lesson-state';
import './lesson.css';
import { Markdown } from './markdown';
import { NextLesson } from './next-lesson';
import { Question } from './question';
import { Task } from './task';
import { turnOn } from './turn';

const titleOf = ({ title }: SheetChapter, index: number): string =>
  textOf(title) || t('lesson.untitled', { chapter: index + 1 });

/** See the header. */
export default function LessonPanel({ front }: { front: boolean }) {
  const sheet = useLesson((lesson) => lesson.sheet);
  const at = useLesson((lesson) => lesson.chapter);
  const handIn = useLesson((lesson) => lesson.handIn);
  const body = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(followPage, []);
  useEffect(followKeys, []);
  useEffect(() => void loadGlossary(), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another chapter is read from its beginning
  useEffect(() => {
    if (body.current) body.current.scrollTop = 0;
  }, [at, sheet?.name]);
  useEffect(() => {
    // What was pressed to come here is gone. At the beginning of the visit nothing was.
    if (at >= 0 && sheet && document.activeElement === document.body && useSession.getState().run > 1)
      heading.current?.focus({ preventScroll: true });
  }, [at, sheet]);
  const chapter = sheet?.chapters[at];
  const done = useLesson((lesson) => isDone(lesson, at));
  return (
    <section className="panel lesson" aria-label={t('lesson.region')} data-front={front}>
      {sheet && chapter && (
        <>
          <header className="lesson-head">
            <div className="lesson-title">
              <h2>{textOf(sheet.title)}</h2>
              {!handIn && <HandInButton />}
            </div>
            <Chapters chapters={sheet.chapters} at={at} />
          </header>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached by keys */}
          <article className="lesson-body" ref={body} tabIndex={0} aria-label={titleOf(chapter, at)}>
            <h3 ref={heading} tabIndex={-1}>
              {titleOf(chapter, at)}
            </h3>
            <Markdown text={textOf(chapter.text)} />
            {chapter.predict && <Question key={at} question={chapter.predict} chapter={at} />}
            {chapter.task && <Task key={at} task={chapter.task} chapter={at} />}
            {at === sheet.chapters.length - 1 && <NextLesson name={sheet.name} isDone={done} />}
          </article>
          <Foot chapter={chapter} at={at} last={sheet.chapters.length - 1} />
        </>
      )}
    </section>
  );
}

function Chapters({ chapters, at }: { chapters: readonly SheetChapter[]; at: number }) {
  const state = useLesson();
  return (
    <ol className="lesson-chapters">
      {chapters.map((chapter, index) => {
        const asks = chapter.predict || chapter.task;
        const done = isDone(state, index) && (asks || (index < at && !state.handIn));
        const isWrong = asks && !done && state.review !== null;
        const said = done ? t('lesson.chapterDone') : isWrong ? t('review.wrongMark') : '';
        const name = t('lesson.chapter', { chapter: index + 1, title: titleOf(chapter, index) });
        return (
          <li key={name}>
            <button
              type="button"
              aria-label={listed(name, said)}
              title={name}
              aria-current={index === at ? 'step' : undefined}
              data-done={done ? true : undefined}
              data-wrong={isWrong ? true : undefined}
              onClick={() => void goToChapter(index)}
            >
              {done ? '✓' : isWrong ? '✗' : index + 1}
            </button>
          </li>
        );
      })}
    </ol>
  );
}

function Foot({ chapter, at, last }: { chapter: SheetChapter; at: number; last: number }) {
  return (
    <footer className="lesson-foot">
      <button type="button" className="button" disabled={at === 0} onClick={() => void goToChapter(at - 1)}>
        {t('lesson.back')}
      </button>
      {chapter.atMs !== undefined && (
        <button
          type="button"
          className="button lesson-moment"
          title={t('lesson.lookHint')}
          onClick={() => void lookAgain()}
        >
          <Icon name="reset" size={14} />
          <span>{t('lesson.look', { time: markText(chapter.atMs) })}</span>
        </button>
      )}
      <button type="button" className="button primary" disabled={at === last} onClick={turnOn}>
        {t('lesson.next')}
      </button>
    </footer>
  );
}
