/** The task of a chapter: whether its goal is met and where, what is to be said of other outcomes, hints one by one, and the solution. */
import { t, textOf } from '../../i18n/translate';
import type { SheetTask } from '../../lessons/sheet';
import { conductor } from '../state/page';
import { useSession } from '../state/session';
import { markText, momentText } from '../timeline/time-text';
import { openHint, showMe, useLesson } from './guide';
import { useInSight } from './in-sight';
import { Markdown } from './markdown';

/** See the header. */
export function Task({ task, chapter }: { task: SheetTask; chapter: number }) {
  return (
    <section className="lesson-task" aria-label={t('lesson.task')}>
      <Standing task={task} chapter={chapter} />
      <Hints task={task} chapter={chapter} />
    </section>
  );
}

function Standing({ task, chapter }: { task: SheetTask; chapter: number }) {
  const met = useLesson((lesson) => lesson.met[chapter]);
  const isShown = useLesson((lesson) => lesson.shown.includes(chapter));
  const remarks = useLesson((lesson) => lesson.remarks);
  const byHand = useLesson((lesson) => lesson.byHand);
  const fromMs = useLesson((lesson) => lesson.fromMs);
  const home = useLesson((lesson) => lesson.home);
  const hasActed = useSession(({ branch, head, horizonMs }) => branch !== home && head.timeMs >= horizonMs);
  const said = task.remarks.filter((_remark, index) => remarks[index]);
  const box = useInSight<HTMLDivElement>(met !== undefined || said.length);
  if (met) {
    const { step } = met;
    const key = isShown ? 'lesson.metShown' : 'lesson.met';
    // Of a goal that was met before a reload only the step is kept.
    const verdict = 'timeMs' in met ? t(key, { time: momentText(met.timeMs), step }) : t('lesson.metBefore', { step });
    return (
      <div className="lesson-outcome right" role="status" ref={box}>
        <p className="lesson-verdict">
          {verdict}{' '}
          <button
            type="button"
            className="link-button"
            onClick={() => {
              useSession.setState({ playing: false });
              void conductor.look.seek({ step });
            }}
          >
            {t('lesson.see')}
          </button>
        </p>
        {task.done && <Markdown text={textOf(task.done)} />}
      </div>
    );
  }
  return (
    <div className="lesson-outcome" role="status" ref={box}>
      <p>{t(byHand ? 'lesson.byHand' : hasActed ? 'lesson.notByThat' : 'lesson.notYet', { time: markText(fromMs) })}</p>
      {said.map((remark) => (
        <Markdown key={textOf(remark)} text={textOf(remark)} />
      ))}
    </div>
  );
}

function Hints({ task, chapter }: { task: SheetTask; chapter: number }) {
  const open = useLesson((lesson) => lesson.hints[chapter] ?? 0);
  const isShown = useLesson((lesson) => lesson.shown.includes(chapter));
  const { hints, solution } = task;
  return (
    <>
      {open > 0 && (
        <ol className="lesson-hints">
          {hints.slice(0, open).map((hint) => (
            <li key={textOf(hint)}>
              <Markdown text={textOf(hint)} />
            </li>
          ))}
        </ol>
      )}
      {isShown && (
        <div className="lesson-solution">
          <p>{t('lesson.solution')}</p>
          {solution.map((act) => (
            <pre key={act}>
              <code>{act}</code>
            </pre>
          ))}
        </div>
      )}
      <div className="lesson-actions">
        {open < hints.length && (
          <button type="button" className="button" onClick={openHint}>
            {t('lesson.hint', { shown: open + 1, count: hints.length })}
          </button>
        )}
        <button type="button" className="button" onClick={() => void showMe()}>
          {t('lesson.showMe')}
        </button>
      </div>
    </>
  );
}
