/** Making a lesson: what was done by hand, and what is asked and told beside it, becomes chapters; they are shown and checked before they are put into the text. */
import { useEffect, useRef, useState } from 'react';
import { t } from '../../i18n/translate';
import type { Recorded } from '../../lessons/record';
import { hasLesson, withRecorded } from '../../lessons/record';
import type { RecordProblem } from '../../lessons/record-problems';
import { encodeLink } from '../../scenario/share-link';
import { Sheet } from '../shell/sheet';
import { useDocument } from '../state/document';
import { conductor, typing } from '../state/page';
import { useSession } from '../state/session';
import './lesson.css';
import { RecordCheck } from './record-check';
import { type DoneByHand, forgetDraft, lookOf, recordedOf, useDraft } from './record-draft';
import { RecordForm } from './record-form';
import './record.css';
import { RecordPreview } from './record-preview';

const close = () => useSession.setState({ recordOpen: false });

/** Links as long as this pass through mail, chat and classroom programs. */
const USUAL_LINK = 8_000;

interface Done extends DoneByHand {
  /** The text that the run began with: what was edited since is among what was done. */
  readonly text: string;
}

/** What was done by hand in this branch and in others; null until it is known. */
function useDone(): Done | null {
  const [done, setDone] = useState<Done | null>(null);
  useEffect(() => {
    void Promise.all([conductor.query('link', {}), conductor.query('save', {})]).then(([link, saved]) => {
      if (!link) return;
      const others = (saved?.branches ?? []).filter(({ id, inputs }) => id !== saved?.current && inputs.length > 0);
      setDone({ ...link, others: others.map(({ id, label, inputs }) => ({ id, label, inputs })) });
    });
  }, []);
  return done;
}

/** The text that comes of it; undefined where the text can't take what is to happen in it. */
function written(text: string, recorded: Recorded): string | undefined {
  try {
    return withRecorded(text, recorded);
  } catch {
    return undefined;
  }
}

/** See the header. */
export default function RecordDialog() {
  const done = useDone();
  return (
    <Sheet title={t('record.title')} className="grade-sheet record-sheet" onClose={close}>
      <div className="sheet-body">
        <p>{t('record.explain')}</p>
        {done?.inputs.length === 0 && <p className="quiet">{t('record.nothing')}</p>}
        {done && <Recording done={done} />}
        <CheckOfText />
      </div>
    </Sheet>
  );
}

function Recording({ done }: { done: Done }) {
  const draft = useDraft();
  const atMs = useSession((session) => session.cursor.timeMs);
  const view = useSession((session) => session.view);
  const selected = useSession((session) => session.selected);
  const look = lookOf(view, selected);
  const recorded = recordedOf(draft, done, { atMs, look });
  const text = recorded && written(done.text, recorded);
  const found = useProblems(recorded, text);
  const problems = found ?? [];
  const canPut = text !== undefined && found?.length === 0;
  const put = () => {
    if (!canPut) return;
    close();
    forgetDraft();
    void typing.choose(text, { timeMs: 0 });
  };
  return (
    <form
      className="record-form"
      onSubmit={(event) => {
        event.preventDefault();
        put();
      }}
    >
      <RecordForm done={done} isNew={!hasLesson(done.text)} look={look} />
      {problems.length > 0 ? (
        <Problems problems={problems} />
      ) : recorded && text ? (
        <Outcome recorded={recorded} text={text} />
      ) : (
        <p className="quiet">{t(recorded ? 'record.cannot' : 'record.missing')}</p>
      )}
      <div className="lesson-actions">
        <button type="submit" className="button primary" disabled={!canPut}>
          {t('record.put')}
        </button>
      </div>
    </form>
  );
}

/** What is wrong with what is recorded; undefined until that is known. */
function useProblems(recorded: Recorded | undefined, text: string | undefined): readonly RecordProblem[] | undefined {
  const [found, setFound] = useState<{ readonly text: string; readonly problems: readonly RecordProblem[] }>();
  const latest = useRef(recorded);
  latest.current = recorded;
  useEffect(() => {
    if (text === undefined || !latest.current) return undefined;
    let isLatest = true;
    void conductor.query('recordProblems', { recorded: latest.current, text }).then((problems) => {
      if (isLatest && problems) setFound({ text, problems });
    });
    return () => {
      isLatest = false;
    };
  }, [text]);
  return found?.text === text ? found?.problems : undefined;
}

/** Why it can't be put into the text: there it could not be read. */
function Problems({ problems }: { problems: readonly RecordProblem[] }) {
  const nameOf = ({ field, number }: RecordProblem): string =>
    field === 'text'
      ? ''
      : field === 'remark'
        ? `${t('record.remarkWhen', { number })}: `
        : `${t(`record.${field}`)}: `;
  return (
    <div role="alert" className="record-problems">
      <p>{t('record.mend')}</p>
      <ul>
        {problems.map((problem) => (
          <li key={`${problem.field} ${problem.number} ${problem.message}`}>
            {nameOf(problem)}
            <code>{problem.message}</code>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What comes of the form: how it looks, whether it holds, how long its link is. */
function Outcome({ recorded, text }: { recorded: Recorded; text: string }) {
  const [isShown, setShown] = useState(false);
  const count = encodeLink({ text }).length;
  return (
    <>
      <div className="lesson-actions">
        <button type="button" className="button" aria-expanded={isShown} onClick={() => setShown(!isShown)}>
          {t('record.preview')}
        </button>
        <span className={count > USUAL_LINK ? 'record-long' : 'quiet'}>
          {t(count > USUAL_LINK ? 'record.tooLong' : 'record.length', { count, most: USUAL_LINK })}
        </span>
      </div>
      {isShown && <RecordPreview recorded={recorded} />}
      <RecordCheck name={t('record.checkIt')} text={text} />
    </>
  );
}

function CheckOfText() {
  const text = useDocument((state) => state.text);
  return <RecordCheck name={t('record.check')} text={text} />;
}
