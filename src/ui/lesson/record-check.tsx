/** Holds a lesson against its own scenario, and says what failed, and where. */
import { useEffect, useState } from 'react';
import { sentence, t } from '../../i18n/translate';
import type { LessonVerdict } from '../../lessons/check';
import { conductor } from '../state/page';

/** See the header. `name` is what its button is called. */
export function RecordCheck({ name, text }: { name: string; text: string }) {
  const [verdicts, setVerdicts] = useState<readonly LessonVerdict[] | null>();
  const [isRunning, setRunning] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was found of another text is not true of this one
  useEffect(() => setVerdicts(undefined), [text]);
  const check = async () => {
    if (isRunning) return;
    setRunning(true);
    setVerdicts(await conductor.query('checkLesson', { text }));
    setRunning(false);
  };
  const bad = verdicts?.filter(({ met }) => !met) ?? [];
  return (
    <section aria-label={name}>
      {/* Never disabled: it has the focus, without which Escape would not close the dialog. */}
      <button type="button" className="button" aria-disabled={isRunning} onClick={() => void check()}>
        {name}
      </button>
      <div role="status">
        {isRunning && <p>{t('record.running')}</p>}
        {verdicts === null && <p>{t('record.noLesson')}</p>}
        {verdicts && (
          <p>
            {bad.length > 0 ? t('record.bad', { count: bad.length }) : t('record.good', { count: verdicts.length })}
          </p>
        )}
      </div>
      {verdicts && <Verdicts verdicts={[...bad, ...verdicts.filter(({ met }) => met)]} />}
    </section>
  );
}

function Verdicts({ verdicts }: { verdicts: readonly LessonVerdict[] }) {
  return (
    <ul className="record-verdicts">
      {verdicts.map(({ line, title, met, because }) => (
        <li key={`${line} ${title} ${because}`} data-met={met}>
          {met ? '✓' : '✗'}{' '}
          {met ? sentence(title) : t('words.said', { what: t('editor.line', { line }), said: sentence(title) })}
          {because !== '' && <span className="quiet"> ({sentence(because)})</span>}
        </li>
      ))}
    </ul>
  );
}
