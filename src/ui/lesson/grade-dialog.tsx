/** A teacher's page: takes many hand-in links, runs each again, and shows what came of it. */
import { type DragEvent, useEffect, useState } from 'react';
import { t, textOf } from '../../i18n/translate';
import type { Track } from '../../lessons';
import { CSV_HEAD, csvLine, isMet, type LinkLine, linksIn } from '../../lessons/grade-table';
import { Sheet } from '../shell/sheet';
import { conductor } from '../state/page';
import { useSession } from '../state/session';
import './lesson.css';
import { forgetClass, loadClass, putClass, type Row, type SetLesson, useClass } from './class-table';
import { FileButton } from './file-button';
import { GradeTable } from './grade-rows';
import { saveFile } from './save-file';

/** Stands for a lesson that was read from a file. */
const OWN = ' own';

const close = () => useSession.setState({ gradingOpen: false });

/** What came of each; undefined when that can't be told, as the worker died of one. */
async function gradeAll(lines: readonly LinkLine[], set: SetLesson): Promise<readonly Row[] | undefined> {
  const { LESSONS } = await import('../../lessons');
  const references = await Promise.all(LESSONS.map(async ({ name, load }) => [name, await load()] as const));
  const links = lines.map(({ link }) => link);
  const lesson = new Map(references).get(set.chosen) ?? set.text;
  const grades = await conductor.query('grade', { links, references, lesson });
  return grades?.flatMap((grade, index) => {
    const line = lines[index];
    return line ? [{ ...line, grade }] : [];
  });
}

async function go(lines: readonly LinkLine[], set: SetLesson): Promise<void> {
  useClass.setState({ running: lines.length });
  try {
    const rows = await gradeAll(lines, set);
    if (rows) putClass({ rows, opened: undefined });
  } finally {
    useClass.setState({ running: 0 });
  }
}

/** See the header. */
export default function GradeDialog() {
  const { text, set, rows, running } = useClass();
  useEffect(() => void loadClass(), []);
  const links = linksIn(text);
  const take = async (event: DragEvent) => {
    const files = [...event.dataTransfer.files];
    if (files.length > 0) putClass({ text: (await Promise.all(files.map((file) => file.text()))).join('\n') });
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
          onChange={(event) => putClass({ text: event.target.value })}
        />
        <ChosenLesson />
        <div className="lesson-actions">
          <button
            type="button"
            className="button primary"
            disabled={links.length === 0 || running > 0}
            onClick={() => void go(links, set)}
          >
            {t('grade.go')}
          </button>
          <FileButton
            label={t('grade.file')}
            className="button"
            accept="text/plain,.txt,.csv"
            onText={(read) => read !== undefined && putClass({ text: read })}
          />
          {rows && (
            <button type="button" className="button" onClick={() => saveFile('grades.csv', csvOf(rows), 'text/csv')}>
              {t('grade.save')}
            </button>
          )}
          {(text !== '' || rows) && running === 0 && (
            <button type="button" className="button" onClick={forgetClass}>
              {t('grade.forget')}
            </button>
          )}
        </div>
        <p role="status">{statusOf(running, rows)}</p>
        {rows && <GradeTable rows={rows} onOpen={close} />}
      </div>
    </Sheet>
  );
}

/** The lesson that the hand-ins must be of: one that comes with Kubestep, or a teacher's own. */
function ChosenLesson() {
  const chosen = useClass(({ set }) => set.chosen);
  const [tracks, setTracks] = useState<readonly Track[]>([]);
  useEffect(() => {
    void import('../../lessons').then(({ TRACKS }) => setTracks(TRACKS));
  }, []);
  const choose = (name: string) => putClass({ set: { chosen: name, text: undefined } });
  const read = (text: string | undefined) => {
    if (text !== undefined) putClass({ set: { chosen: OWN, text } });
  };
  return (
    <div className="lesson-actions grade-set">
      <label htmlFor="grade-set">{t('grade.set')}</label>
      <select id="grade-set" className="field" value={chosen} onChange={(event) => choose(event.target.value)}>
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
  const met = graded.filter(({ grade }) => isMet(grade));
  const known = met.filter(({ grade }) => grade.compared).length;
  const done = t('grade.done', { met: known, count: graded.length });
  return met.length === known ? done : `${done} ${t('grade.ownGoals', { count: met.length - known })}`;
}
