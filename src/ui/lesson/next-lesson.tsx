/** After the last chapter: the way to the next lesson, where there is one. */
import { useEffect, useState } from 'react';
import { t, textOf } from '../../i18n/translate';
import type { LessonEntry } from '../../lessons';
import { openLesson } from './open-lesson';

/** See the header. */
export function NextLesson({ name, isDone }: { name: string; isDone: boolean }) {
  const [next, setNext] = useState<LessonEntry>();
  useEffect(() => {
    void import('../../lessons').then(({ LESSONS }) => {
      const at = LESSONS.findIndex((lesson) => lesson.name === name);
      setNext(at < 0 ? undefined : LESSONS[at + 1]);
    });
  }, [name]);
  return (
    <div className="lesson-end">
      {isDone && <p className="quiet">{t('lesson.finished')}</p>}
      {next && (
        <button type="button" className="button" onClick={() => void openLesson(next)}>
          {t('lesson.anotherLesson', { title: textOf(next.title) })}
        </button>
      )}
    </div>
  );
}
