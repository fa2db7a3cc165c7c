/** A teacher's page: takes many hand-in links, runs each again, and shows what came of it. */
import { type DragEvent, useEffect, useRef, useState } from 'react';
import { type MessageKey, t, textOf } from '../../i18n/translate';
import type { Track } from '../../lessons';
import {
  CSV_HEAD,
  csvLine,
  type Grade,
  type GradeNote,
  isMet,
  type LinkLine,
  linksIn,
  notesOf,
} from '../../lessons/grade-table';
import { Sheet } from '../shell/sheet';
import { conductor } from '../state/page';
import { useSession } from '../state/session';
import { momentText } from '../timeline/time-text';
import './lesson.css';
import { FileButton } from './file-button';
import { saveFile } from './save-file';

interface Row extends LinkLine {
  readonly grade: Grade;
}

const NOTES = {
  'not compared with a lesson': 'grade.notCompared',
  'done as the solution does it': 'grade.alike',
  'a status was written by hand': 'grade.byHand',
  'one of several by this name': 'grade.several',
} as const satisfies Readonly<Record<GradeNote, MessageKey>>;

/** Stands for a lesson that was read from a file. */
const OWN = ' own';

const close = () => useSession.setState({ gradingOpen: false });

async function gradeAll(lines: readonly LinkLine[], lesson: string | undefined): Promise<readonly Row[]> {
  const { LESSONS } = await import('../../lessons');
  const references = await Promise.all(LESSONS.map(async ({ name, load }) => [name, await load()] as const));
  const links = lines.map(({ link }) => link);
  const grades = (await conductor.query('grade', { links, references, lesson })) ?? [];
  return lines.flatMap((line, index) => {
    const grade = grades[index];
    return grade ? [{ ...line, grade }] : [];
  });
}

/** See the header. */
export default function GradeDialog() {
  const [text, setText] = useState('');
  const [running, setRunning] = useState(0);
  const [graded, setGraded] = useState<readonly Row[]>();
  const [lesson, setLesson] = useState<string>();
  const links = linksIn(text);
  const take = async (event: DragEvent) => {
    const files = [...event.dataTransfer.files];
    if (files.length > 0) setText((await Promise.all(files.map((file) => file.text()))).join('\n'));
  };
  const go = async () => {
    setRunning(links.length);
    setGraded(await gradeAll(links, lesson));
    setRunning(0);
  };
  return (
    <Sheet title={t('grade.title')} className="grade-sheet" onClose={close}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: what is dropped can be chosen or pasted as well */}
      <div className="sheet-body" data-takes-files onDrop={(event) => void take(event)}>
        <p>{t('grade.explain')}</p>
        <textarea
          className="field nokey"
          aria-label={t('grade.links')}
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <SetLesson onSet={setLesson} />
        <div className="lesson-actions">
          <button
            type="button"
            className="button primary"
            disabled={links.length === 0 || running > 0}
            onClick={() => void go()}
          >
            {t('grade.go')}
          </button>
          <FileButton
            label={t('grade.file')}
            className="button"
            accept="text/plain,.txt,.csv"
            onText={(read) => setText(read ?? text)}
          />
          {graded && (
            <button type="button" className="button" onClick={() => saveFile('grades.csv', csvOf(graded), 'text/csv')}>
              {t('grade.save')}
            </button>
          )}
        </div>
        <p role="status">{statusOf(running, graded)}</p>
        {graded && <GradeTable rows={graded} />}
      </div>
    </Sheet>
  );
}

/** The lesson that the hand-ins must be of: one that comes with Kubestep, or a teacher's own. */
function SetLesson({ onSet }: { onSet: (text: string | undefined) => void }) {
  const [tracks, setTracks] = useState<readonly Track[]>([]);
  const [chosen, setChosen] = useState('');
  const latest = useRef('');
  useEffect(() => {
    void import('../../lessons').then(({ TRACKS }) => setTracks(TRACKS));
  }, []);
  const take = (name: string) => {
    latest.current = name;
    setChosen(name);
  };
  const choose = async (name: string) => {
    take(name);
    const lesson = tracks.flatMap(({ lessons }) => lessons).find((one) => one.name === name);
    const text = await lesson?.load();
    // Another may have been chosen while this one was loaded.
    if (latest.current === name) onSet(text);
  };
  const read = (text: string | undefined) => {
    if (text === undefined) return;
    take(OWN);
    onSet(text);
  };
  return (
    <div className="lesson-actions grade-set">
      <label htmlFor="grade-set">{t('grade.set')}</label>
      <select id="grade-set" className="field" value={chosen} onChange={(event) => void choose(event.target.value)}>
        <option value="">{t('grade.any')}</option>
        {chosen === OWN && <option value={OWN}>{t('grade.own')}</option>}
        {tracks.map(({ name, title, lessons }) => (
          <optgroup key={name} label={textOf(title)}>
            {lessons.map((lesson) => (
              <option key={lesson.name} value={lesson.name}>
                {textOf(lesson.title)}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      <FileButton label={t('grade.ownFile')} className="button" accept=".yaml,.yml" onText={read} />
    </div>
  );
}

/** Without it spreadsheets take names in other scripts for something else. */
const BYTE_ORDER_MARK = '\uFEFF';

const csvOf = (rows: readonly Row[]): string =>
  BYTE_ORDER_MARK + [CSV_HEAD, ...rows.map(({ grade, line }) => csvLine(grade, line)), ''].join('\n');

function statusOf(running: number, graded: readonly Row[] | undefined): string {
  if (running > 0) return t('grade.running', { count: running });
  if (!graded) return '';
  return t('grade.done', { met: graded.filter(({ grade }) => isMet(grade)).length, count: graded.length });
}

function GradeTable({ rows }: { rows: readonly Row[] }) {
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
            <GradeRow key={row.line} {...row} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function GradeRow({ line, grade, link }: Row) {
  const { who, lesson, goals, tasks, met, right, asked, acts, shown, error } = grade;
  const goal = isMet(grade) ? t('grade.met') : goals > 0 ? t('grade.some', { goals, tasks }) : t('grade.notMet');
  const name = who || t('grade.place', { line });
  const open = () => {
    close();
    location.hash = link.slice(link.indexOf('#'));
  };
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{lesson}</td>
      <td className={isMet(grade) ? 'met' : undefined}>
        {goal}
        {shown > 0 && ` (${t('grade.shown', { count: shown })})`}
      </td>
      <td>{met ? `${momentText(met.timeMs)} · ${t('timeline.step', { step: met.step })}` : ''}</td>
      <td>{asked > 0 ? `${right} / ${asked}` : ''}</td>
      <td>{acts}</td>
      <td className={error === '' ? 'quiet' : 'error'}>
        {error || notesOf(grade).map((note) => <p key={note}>{t(NOTES[note])}</p>)}
      </td>
      <td>
        <button type="button" className="button small" aria-label={t('grade.openRun', { who: name })} onClick={open}>
          {t('grade.run')}
        </button>
      </td>
    </tr>
  );
}
