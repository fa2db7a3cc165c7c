/** After the last chapter: the way to the next lesson, where there is one; on the short way to the next of the track, too. */
import { useEffect, useState } from 'react';
import { t, textOf } from '../../i18n/translate';
import type { LessonEntry } from '../../lessons';
import { openLesson } from './open-lesson';

/** See the header. */
export function NextLesson({ name, isDone }: { name: string; isDone: boolean }) {
  const [offered, setOffered] = useState<readonly LessonEntry[]>([]);
  useEffect(() => {
    void import('../../lessons').then(({ lessonsAfter }) => setOffered(lessonsAfter(name)));
  }, [name]);
  return (
    <div className="lesson-end">
      {isDone && <p className="quiet">{t('lesson.finished')}</p>}
      {offered.map((lesson, index) => (
        <button
          key={lesson.name}
          type="button"
          className={index === 0 ? 'button' : 'link-button'}
          onClick={() => void openLesson(lesson)}
        >
          {t(index === 0 ? 'lesson.anotherLesson' : 'lesson.moreOfTrack', { title: textOf(lesson.title) })}
        </button>
      ))}
    </div>
  );
}
