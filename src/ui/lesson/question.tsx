/** The question of a chapter: answered or skipped before time plays, and told when the run has come to where it is known. */
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { sentence, t, textOf } from '../../i18n/translate';
import { agreesWith, type KnownAnswer } from '../../lessons/agreement';
import type { SheetQuestion } from '../../lessons/sheet';
import { useSession } from '../state/session';
import { markText, momentText } from '../timeline/time-text';
import { askAnswer, giveAnswer, skipQuestion, tell } from './guide';
import { useInSight } from './in-sight';
import { useLesson } from './lesson-state';
import { Markdown } from './markdown';
import { NotReviewed } from './not-reviewed';

/** What an answer is called. */
function nameOf({ options }: SheetQuestion, value: string): string {
  const option = options.find((one) => one.value === value);
  return option ? textOf(option.text) : value;
}

/** See the header. */
export function Question({ question, chapter }: { question: SheetQuestion; chapter: number }) {
  const given = useLesson((lesson) => lesson.given[chapter]);
  const isSkipped = useLesson((lesson) => lesson.skipped.includes(chapter));
  const known = useLesson((lesson) => lesson.told.includes(chapter) && lesson.known[chapter]);
  const handIn = useLesson((lesson) => lesson.handIn);
  const box = useInSight<HTMLElement>(known);
  const isOpen = given === undefined && !isSkipped && !handIn;
  const wasOpen = useRef(isOpen);
  const follows = useRef(false);
  useEffect(() => {
    // What was pressed is gone: whoever works by keys or listens goes on at what came of it, and at what comes of that.
    const isNowhere = document.activeElement === document.body;
    if (wasOpen.current && !isOpen) follows.current = isNowhere;
    wasOpen.current = isOpen;
    if (follows.current && isNowhere)
      box.current?.querySelector<HTMLElement>('.lesson-outcome')?.focus({ preventScroll: true });
  });
  return (
    <section className="lesson-question" ref={box} aria-label={t('lesson.question')}>
      <Markdown text={textOf(question.question)} />
      {handIn ? (
        <ReviewedAnswer question={question} chapter={chapter} />
      ) : isOpen ? (
        <Form question={question} />
      ) : (
        <Outcome question={question} chapter={chapter} given={given} />
      )}
    </section>
  );
}

function Form({ question }: { question: SheetQuestion }) {
  // Nothing was chosen yet; an option's value may be an empty text.
  const [value, setValue] = useState<string>();
  const name = useId();
  const [isRefused, setRefused] = useState(false);
  const isLed = useLesson((lesson) => lesson.isLed);
  const isMissing = question.options.length > 0 ? value === undefined : !value?.trim();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (value === undefined || isMissing) return;
    if (question.options.length === 0 && !Number.isFinite(Number(value))) setRefused(true);
    else void giveAnswer(value);
  };
  return (
    <form onSubmit={submit}>
      {question.options.length > 0 ? (
        <fieldset>
          <legend className="visually-hidden">{t('lesson.question')}</legend>
          {question.options.map((option) => (
            <label key={option.value} className="lesson-option">
              <input
                type="radio"
                name={name}
                checked={value === option.value}
                onChange={() => setValue(option.value)}
              />
              <span>{textOf(option.text)}</span>
            </label>
          ))}
        </fieldset>
      ) : (
        <label className="lesson-number">
          <span>{t('lesson.number')}</span>
          <input
            className="field"
            inputMode="decimal"
            autoComplete="off"
            aria-invalid={isRefused}
            aria-describedby={isRefused ? `${name}-problem` : undefined}
            value={value ?? ''}
            onChange={(event) => {
              setValue(event.target.value);
              setRefused(false);
            }}
          />
        </label>
      )}
      {isRefused && (
        <p id={`${name}-problem`} className="lesson-number-problem" role="alert">
          {t('lesson.noNumber')}
        </p>
      )}
      {isLed && (
        <p className="lesson-led" role="alert">
          {t('lesson.first')}
        </p>
      )}
      <div className="lesson-actions">
        <button type="submit" className="button primary" disabled={isMissing}>
          {t('lesson.answer')}
        </button>
        <button type="button" className="button" onClick={() => void skipQuestion()}>
          {t('lesson.skip')}
        </button>
      </div>
    </form>
  );
}

interface OutcomeProps {
  readonly question: SheetQuestion;
  readonly chapter: number;
  readonly given: string | undefined;
}

function Outcome({ question, chapter, given }: OutcomeProps) {
  const known = useLesson((lesson) => lesson.known[chapter]);
  const isTold = useLesson((lesson) => lesson.told.includes(chapter));
  const isThere = useSession((session) => session.cursor.timeMs >= question.knownMs);
  useEffect(() => {
    if (isThere) tell(chapter);
  }, [isThere, chapter]);
  useEffect(() => {
    if (!known) void askAnswer(chapter);
  }, [known, chapter]);
  const { knownMs } = question;
  const time = knownMs % 1000 === 0 ? markText(knownMs) : momentText(knownMs);
  if (!isTold || !known) {
    return (
      <div className="lesson-outcome" role="status" tabIndex={-1}>
        {given !== undefined && <p>{t('lesson.given', { given: nameOf(question, given) })}</p>}
        <p>{t(given === undefined ? 'lesson.skipped' : 'lesson.watch', { time })}</p>
        <button type="button" className="link-button" onClick={() => tell(chapter)}>
          {t('lesson.tell')}
        </button>
      </div>
    );
  }
  return <Told question={question} known={known} given={given} />;
}

interface ToldProps {
  readonly question: SheetQuestion;
  readonly known: KnownAnswer;
  readonly given: string | undefined;
}

/** What is right, and whether the answer was. Each stands by itself: it may be a number, a name, or a whole sentence. */
function Told({ question, known, given }: ToldProps) {
  if (known.error !== undefined) {
    return (
      <div className="lesson-outcome" role="status" tabIndex={-1}>
        <p>{t('lesson.unknown', { why: sentence(known.error) })}</p>
      </div>
    );
  }
  const answer = known.right === undefined ? known.text : nameOf(question, known.right);
  const isRight = given !== undefined && agreesWith(known, given);
  return (
    <div
      className={`lesson-outcome ${given === undefined ? '' : isRight ? 'right' : 'wrong'}`}
      role="status"
      tabIndex={-1}
    >
      <p className="lesson-verdict">{t(isRight ? 'lesson.right' : 'lesson.itIs', { answer })}</p>
      {given !== undefined && !isRight && <p>{t('lesson.said', { given: nameOf(question, given) })}</p>}
      {question.why && <Markdown text={textOf(question.why)} />}
    </div>
  );
}

/** What was answered in a hand-in, and what its run answers. */
function ReviewedAnswer({ question, chapter }: { question: SheetQuestion; chapter: number }) {
  const found = useLesson(({ review }) => review?.[chapter]?.question);
  if (!found) return <NotReviewed />;
  const { given, isRight, known } = found;
  return (
    <>
      <p>{given === undefined ? t('review.none') : t('review.given', { given: nameOf(question, given) })}</p>
      {isRight ? (
        <div className="lesson-outcome right">
          <p className="lesson-verdict">{t('review.right')}</p>
        </div>
      ) : (
        <Told question={question} known={known} given={undefined} />
      )}
    </>
  );
}
