/** The form of *Record a lesson*: texts in both languages, a goal, hints, a question, and which of what was done is which. */
import { useId } from 'react';
import { t } from '../../i18n/translate';
import { isWritten, type Recorded } from '../../lessons/record';
import { markText } from '../timeline/time-text';
import { actText } from './act-text';
import { type DoneByHand, type PlainField, useDraft, type WordField } from './record-draft';
import { Remarks } from './record-remarks';
import { WordsFields } from './record-words';

interface FormProps {
  readonly done: DoneByHand;
  /** A lesson is begun; else one grows by a chapter. */
  readonly isNew: boolean;
  readonly look: Recorded['look'];
}

/** See the header. */
export function RecordForm({ done, isNew, look }: FormProps) {
  return (
    <>
      <Both field="title" rows={1} />
      {isNew && <Both field="summary" rows={1} />}
      <Shows look={look} />
      {done.inputs.length > 0 && (
        <>
          <Acts done={done} />
          <Both field="text" rows={4} />
          <Plain field="goal" placeholder="get('Deployment', 'web').status.updatedReplicas == 3" />
          <Both field="hints" rows={3} />
          <Both field="done" rows={2} />
          {done.others.length > 0 && <Wrong done={done} />}
          <Remarks />
        </>
      )}
      <Asking acted={done.inputs.length > 0} />
    </>
  );
}

/** A text in both languages. */
function Both({ field, rows }: { field: WordField; rows: number }) {
  const words = useDraft((draft) => draft[field]);
  const label = t(field === 'title' ? 'record.name' : `record.${field}`);
  return <WordsFields label={label} rows={rows} words={words} write={(next) => useDraft.setState({ [field]: next })} />;
}

/** Whether the page shows at the chapter what it shows now. */
function Shows({ look }: { look: Recorded['look'] }) {
  const shows = useDraft((draft) => draft.shows);
  return (
    <label className="record-switch">
      <input type="checkbox" checked={shows} onChange={() => useDraft.setState({ shows: !shows })} />
      <span>
        {t('record.shows')} <code>{Object.values(look).join(', ')}</code>
      </span>
    </label>
  );
}

/** A value that is the same in every language. */
function Plain({ field, placeholder, rows }: { field: PlainField; placeholder: string; rows?: number }) {
  const value = useDraft((draft) => draft[field]);
  const id = useId();
  const written = { id, className: 'field mono nokey', spellCheck: false, placeholder, value };
  const write = (text: string) => useDraft.setState({ [field]: text });
  return (
    <div className="record-plain">
      <label htmlFor={id}>{t(`record.${field}`)}</label>
      {rows ? (
        <textarea rows={rows} {...written} onChange={(event) => write(event.target.value)} />
      ) : (
        <input {...written} onChange={(event) => write(event.target.value)} />
      )}
    </div>
  );
}

const toggled = <T,>(list: readonly T[], item: T): readonly T[] =>
  list.includes(item) ? list.filter((each) => each !== item) : [...list, item];

/** What was done, of which some may be left out. */
function Acts({ done }: { done: DoneByHand }) {
  const left = useDraft((draft) => draft.left);
  return (
    <section aria-label={t('record.acts')}>
      <h3>{t('record.acts')}</h3>
      <ul className="record-acts">
        {done.inputs.map((input) => {
          const key = JSON.stringify(input);
          return (
            <li key={key}>
              <label>
                <input
                  type="checkbox"
                  checked={!left.includes(key)}
                  onChange={() => useDraft.setState({ left: toggled(left, key) })}
                />
                <code>
                  {markText(input.atMs)} {actText(input)}
                </code>
              </label>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** Branches in which something else was done: what people really try, and what must not do. */
function Wrong({ done }: { done: DoneByHand }) {
  const wrong = useDraft((draft) => draft.wrong);
  return (
    <section aria-label={t('record.wrong')}>
      <h3>{t('record.wrong')}</h3>
      <p className="quiet">{t('record.wrongHint')}</p>
      <ul className="record-acts">
        {done.others.map(({ id, inputs }) => (
          <li key={id}>
            <label>
              <input
                type="checkbox"
                checked={wrong.includes(id)}
                onChange={() => useDraft.setState({ wrong: toggled(wrong, id) })}
              />
              <code>{inputs.map((input) => `${markText(input.atMs)} ${actText(input)}`).join('; ')}</code>
            </label>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Whether a question is asked before the task or after it, which decides in which run it is answered. */
function Place() {
  const { isFirst, text, goal } = useDraft();
  const name = useId();
  if (!isWritten(text) && goal.trim() === '') return <p className="quiet">{t('record.happens')}</p>;
  return (
    <fieldset className="record-place">
      <legend>{t('record.place')}</legend>
      {([false, true] as const).map((first) => (
        <label key={String(first)}>
          <input
            type="radio"
            name={name}
            checked={isFirst === first}
            onChange={() => useDraft.setState({ isFirst: first })}
          />
          {t(first ? 'record.before' : 'record.after')}
        </label>
      ))}
    </fieldset>
  );
}

/** A question, which a run answers. */
function Asking({ acted }: { acted: boolean }) {
  const asks = useDraft((draft) => draft.asks);
  return (
    <>
      <label className="record-switch">
        <input type="checkbox" checked={asks} onChange={() => useDraft.setState({ asks: !asks })} />
        {t('record.asks')}
      </label>
      {asks && (
        <div className="record-asking">
          {acted && <Place />}
          <Both field="told" rows={3} />
          <Both field="question" rows={1} />
          <Plain field="options" rows={3} placeholder={'3\n4\nnone | none at all | 一个也没有'} />
          <Plain field="answer" placeholder="maximum(list('Pod', 'app=web').size(), '20s', '40s')" />
          <Plain field="at" placeholder="40s" />
          <Both field="why" rows={2} />
        </div>
      )}
    </>
  );
}
