/** Making a lesson: what was done by hand becomes a task with its solution, and the lesson of the text is checked by running it. */
import { useEffect, useState } from 'react';
import type { TimedInput } from '../../engine/simulation';
import { t } from '../../i18n/translate';
import type { LessonVerdict } from '../../lessons/check';
import { withChapter } from '../../lessons/record';
import { Sheet } from '../shell/sheet';
import { useDocument } from '../state/document';
import { conductor, typing } from '../state/page';
import { useSession } from '../state/session';
import { markText } from '../timeline/time-text';
import './lesson.css';

const close = () => useSession.setState({ recordOpen: false });

/** What was done by hand, for people. */
function actText({ kind, payload }: TimedInput): string {
  const { command, documents = [] } = payload as {
    readonly command?: string;
    readonly documents?: readonly { readonly kind?: string; readonly metadata?: { readonly name?: string } }[];
  };
  if (command !== undefined) return `kubectl ${command}`;
  if (kind !== 'apply') return JSON.stringify(payload);
  return `apply ${documents.map((one) => `${one.kind} ${one.metadata?.name ?? ''}`).join(', ')}`;
}

const nameOf = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '') || 'lesson';

interface Done {
  readonly text: string;
  readonly inputs: readonly TimedInput[];
}

/** See the header. */
export default function RecordDialog() {
  // The text that the run began with: what was edited since is among what was done.
  const [{ text, inputs }, setDone] = useState<Done>({ text: '', inputs: [] });
  useEffect(() => {
    void conductor.query('link', {}).then((link) => link && setDone(link));
  }, []);
  return (
    <Sheet title={t('record.title')} className="grade-sheet" onClose={close}>
      <div className="sheet-body">
        <p>{t('record.explain')}</p>
        {inputs.length === 0 ? <p className="quiet">{t('record.nothing')}</p> : <Chapter text={text} inputs={inputs} />}
        <Check />
      </div>
    </Sheet>
  );
}

function Chapter({ text: before, inputs }: Done) {
  const [title, setTitle] = useState('');
  const [text, setText] = useState('');
  const [goal, setGoal] = useState('');
  const put = () => {
    const recorded = { name: nameOf(title), title, text, goal };
    close();
    void typing.choose(withChapter(before, inputs, recorded), { timeMs: 0 });
  };
  return (
    <form
      className="record-form"
      onSubmit={(event) => {
        event.preventDefault();
        put();
      }}
    >
      <section aria-label={t('record.acts')}>
        <ol className="lesson-hints">
          {inputs.map((input) => (
            <li key={JSON.stringify(input)}>
              <code>
                {markText(input.atMs)} {actText(input)}
              </code>
            </li>
          ))}
        </ol>
      </section>
      <label>
        {t('record.name')}
        <input className="field" value={title} onChange={(event) => setTitle(event.target.value)} />
      </label>
      <label>
        {t('record.text')}
        <textarea className="field nokey" value={text} onChange={(event) => setText(event.target.value)} />
      </label>
      <label>
        {t('record.goal')}
        <input
          className="field mono"
          spellCheck={false}
          placeholder="get('Deployment', 'web').status.updatedReplicas == 3"
          value={goal}
          onChange={(event) => setGoal(event.target.value)}
        />
      </label>
      <div className="lesson-actions">
        <button type="submit" className="button primary" disabled={!title.trim() || !text.trim() || !goal.trim()}>
          {t('record.put')}
        </button>
      </div>
    </form>
  );
}

function Check() {
  const [verdicts, setVerdicts] = useState<readonly LessonVerdict[] | null>();
  const check = async () => setVerdicts(await conductor.query('checkLesson', { text: useDocument.getState().text }));
  const bad = verdicts?.filter(({ met }) => !met) ?? [];
  return (
    <section aria-label={t('record.check')}>
      <button type="button" className="button" onClick={() => void check()}>
        {t('record.check')}
      </button>
      <div role="status">
        {verdicts === null && <p>{t('record.noLesson')}</p>}
        {verdicts && (
          <p>
            {bad.length > 0 ? t('record.bad', { count: bad.length }) : t('record.good', { count: verdicts.length })}
          </p>
        )}
      </div>
      {verdicts && (
        <ul className="record-verdicts">
          {verdicts.map(({ line, title, met, because }) => (
            <li key={`${line} ${title}`} data-met={met}>
              {met ? '✓' : '✗'} {title}
              {because !== '' && <span className="quiet"> ({because})</span>}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
