/** What was recorded, as its reader will see it, in both languages beside each other. */
import { t } from '../../i18n/translate';
import type { Recorded, RecordedQuestion, RecordedTask, Words } from '../../lessons/record';
import { Markdown } from './markdown';

type Spoken = keyof Words;

/** See the header. */
export function RecordPreview({ recorded }: { recorded: Recorded }) {
  return (
    <section className="record-preview" aria-label={t('record.preview')}>
      {(['en', 'zh'] as const).map((language) => (
        <Chapters key={language} recorded={recorded} language={language} />
      ))}
    </section>
  );
}

function Chapters({
  recorded: { title, summary, question, task },
  language,
}: {
  recorded: Recorded;
  language: Spoken;
}) {
  return (
    <article lang={language} className="record-page">
      <h3>{title[language] || '–'}</h3>
      {summary[language] !== '' && <p className="quiet">{summary[language]}</p>}
      {question && !question.isAfter && <Question question={question} language={language} />}
      {task && <Task task={task} language={language} />}
      {question?.isAfter && <Question question={question} language={language} />}
    </article>
  );
}

function Question({ question: { told, question, options, why }, language }: Of<'question', RecordedQuestion>) {
  return (
    <>
      <Markdown text={told[language]} />
      <div className="lesson-question">
        <Markdown text={question[language]} />
        <ul>
          {options.map((option) => (
            <li key={option.value}>{option[language] || option.value}</li>
          ))}
        </ul>
        {options.length === 0 && <p className="quiet">{t('lesson.number')}</p>}
        <Markdown text={why[language]} />
      </div>
    </>
  );
}

type Of<N extends string, T> = { readonly [K in N]: T } & { readonly language: Spoken };

function Task({ task: { text, hints, remarks, done }, language }: Of<'task', RecordedTask>) {
  return (
    <>
      <Markdown text={text[language]} />
      <ol className="lesson-hints">
        {hints
          .filter((hint) => hint[language] !== '')
          .map((hint) => (
            <li key={hint[language]}>
              <Markdown text={hint[language]} />
            </li>
          ))}
      </ol>
      {remarks.map((remark) => (
        <div key={remark.when} className="lesson-outcome">
          <code>{remark.when}</code>
          <Markdown text={remark.text[language]} />
        </div>
      ))}
      {done[language] !== '' && (
        <div className="lesson-outcome right">
          <Markdown text={done[language]} />
        </div>
      )}
    </>
  );
}
