/** What came of each hand-in, a row each, with a button that opens its run. */
import { useEffect, useRef } from 'react';
import { type MessageKey, t, textOf } from '../../i18n/translate';
import { type Grade, type GradeNote, isMet, notesOf } from '../../lessons/grade-table';
import { momentText } from '../timeline/time-text';
import { putClass, type Row, useClass } from './class-table';

const NOTES = {
  'not one of the lessons here: goal taken from the link': 'grade.notCompared',
  'another hand-in has another text under this name': 'grade.differs',
  'done as the solution does it': 'grade.alike',
  'a status was written by hand': 'grade.byHand',
  'one of several by this name': 'grade.several',
} as const satisfies Readonly<Record<GradeNote, MessageKey>>;

/** See the header. `onOpen`: a run is about to be opened. */
export function GradeTable({ rows, onOpen }: { rows: readonly Row[]; onOpen: () => void }) {
  const last = useClass(({ opened }) => opened);
  const heads = ['who', 'lesson', 'goal', 'at', 'predictions', 'acts', 'error', 'run'] as const;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached by keys
    <section className="grade-table" tabIndex={0} aria-label={t('grade.title')}>
      <table>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {t(`grade.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <GradeRow key={row.line} row={row} isLast={row.line === last} onOpen={onOpen} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface GradeRowProps {
  readonly row: Row;
  /** Its run was opened last. */
  readonly isLast: boolean;
  readonly onOpen: () => void;
}

function GradeRow({ row: { line, grade, link }, isLast, onOpen }: GradeRowProps) {
  const { who, lesson, met, right, answered, asked, acts, opens } = grade;
  const name = who || t('grade.place', { line });
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!isLast) return;
    // The dialog may be about to open: what it finds marked so is what it gives the focus to.
    button.current?.toggleAttribute('autofocus', true);
    button.current?.scrollIntoView({ block: 'nearest' });
    button.current?.focus({ preventScroll: true });
  }, [isLast]);
  const open = () => {
    putClass({ opened: line });
    onOpen();
    location.hash = link.slice(link.indexOf('#'));
  };
  return (
    <tr aria-current={isLast ? 'true' : undefined}>
      <th scope="row">{name}</th>
      <td>{lesson}</td>
      <Goal grade={grade} />
      <td className="count">{met ? `${momentText(met.timeMs)} · ${t('timeline.step', { step: met.step })}` : ''}</td>
      <td className="count">
        {asked > 0 ? `${right} / ${asked}` : ''}
        {answered < asked && <p className="quiet">{t('grade.answered', { count: answered })}</p>}
      </td>
      <td>{acts}</td>
      <Remarks grade={grade} />
      <td>
        {opens && (
          <button
            ref={button}
            type="button"
            className="button small"
            aria-label={t('grade.openRun', { who: name })}
            onClick={open}
          >
            {t('grade.run')}
          </button>
        )}
      </td>
    </tr>
  );
}

/** A goal that is the link's own is told as no other is. */
function Goal({ grade }: { grade: Grade }) {
  const { goals, tasks, shown, compared } = grade;
  const isDone = isMet(grade);
  const goal = isDone
    ? t(compared ? 'grade.met' : 'grade.metOwn')
    : goals > 0
      ? t('grade.some', { goals, tasks })
      : t('grade.notMet');
  return (
    <td className={isDone ? (compared ? 'met' : 'own') : undefined}>
      {goal}
      {shown > 0 && ` (${t('grade.shown', { count: shown })})`}
    </td>
  );
}

function Remarks({ grade }: { grade: Grade }) {
  const { error } = grade;
  if (error) return <td className="error">{textOf({ ...error })}</td>;
  return (
    <td className="quiet">
      {notesOf(grade).map((note) => (
        <p key={note}>{t(NOTES[note])}</p>
      ))}
    </td>
  );
}
