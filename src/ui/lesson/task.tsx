/** The task of a chapter: whether its goal is met and where, what is to be said of other outcomes, hints one by one, and the solution. */
import type { RefObject } from 'react';
import { t, textOf } from '../../i18n/translate';
import type { SheetTask } from '../../lessons/sheet';
import type { Moment } from '../../worker/protocol';
import { useSession } from '../state/session';
import { markText, momentText } from '../timeline/time-text';
import { actText } from './act-text';
import { lookAtMet, openHint, showMe } from './guide';
import { useInSight } from './in-sight';
import { useLesson } from './lesson-state';
import { Markdown } from './markdown';
import { NotReviewed } from './not-reviewed';

/** See the header. */
export function Task({ task, chapter }: { task: SheetTask; chapter: number }) {
  const handIn = useLesson((lesson) => lesson.handIn);
  if (handIn) return <ReviewedTask task={task} chapter={chapter} />;
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
  if (met) return <Met task={task} met={met} isShown={isShown} box={box} />;
  return (
    <div className="lesson-outcome" role="status" ref={box}>
      <p>{t(byHand ? 'lesson.byHand' : hasActed ? 'lesson.notByThat' : 'lesson.notYet', { time: markText(fromMs) })}</p>
      {said.map((remark) => (
        <Markdown key={textOf(remark)} text={textOf(remark)} />
      ))}
    </div>
  );
}

interface MetProps {
  readonly task: SheetTask;
  readonly met: Moment | { readonly step: number };
  readonly isShown: boolean;
  readonly box?: RefObject<HTMLDivElement | null>;
}

/** Where a goal was met, with the way there. */
function Met({ task, met, isShown, box }: MetProps) {
  const { step } = met;
  const key = isShown ? 'lesson.metShown' : 'lesson.met';
  // Of a goal that was met before a reload only the step is kept.
  const verdict = 'timeMs' in met ? t(key, { time: momentText(met.timeMs), step }) : t('lesson.metBefore', { step });
  return (
    <div className="lesson-outcome right" role="status" ref={box}>
      <p className="lesson-verdict">
        {verdict}{' '}
        <button type="button" className="link-button" onClick={() => void lookAtMet(step)}>
          {t('lesson.see')}
        </button>
      </p>
      {task.done && <Markdown text={textOf(task.done)} />}
    </div>
  );
}

/** What was done for a task in a hand-in, and what came of it. */
function ReviewedTask({ task, chapter }: { task: SheetTask; chapter: number }) {
  const found = useLesson(({ review }) => review?.[chapter]?.task);
  if (!found) return <NotReviewed />;
  const { met, acts, shown, byHand } = found;
  return (
    <section className="lesson-task" aria-label={t('lesson.task')}>
      {met ? (
        <Met task={task} met={met} isShown={shown} />
      ) : (
        <div className="lesson-outcome wrong" role="status">
          <p className="lesson-verdict">{t(byHand ? 'review.byHand' : 'review.notMet')}</p>
        </div>
      )}
      <p>{t(acts.length > 0 ? 'review.acts' : 'review.noActs')}</p>
      {acts.length > 0 && (
        <ul className="review-acts">
          {acts.map((act) => (
            <li key={JSON.stringify(act)}>
              <code>
                {markText(act.atMs)} {actText(act)}
              </code>
            </li>
          ))}
        </ul>
      )}
    </section>
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
