/** How an object changed: by its last write, between any two of them, or, of a Pod, from the template it was made of. */
import { useState } from 'react';
import { t } from '../../i18n/translate';
import { parseRowId } from '../../view/rows';
import type { DiffLine } from '../../view/text-diff';
import type { Inspection } from '../../worker/protocol';
import { useAnswer } from '../state/use-answer';
import { momentText } from '../timeline/time-text';
import { visit } from './step-list';

const SIGNS: Readonly<Record<DiffLine['kind'], string>> = { same: ' ', added: '+', removed: '−', gap: ' ' };
const TEMPLATE = 'template';

/** See the header. */
export function ChangeTab({ inspection }: { inspection: Inspection }) {
  const { id, change, writtenStep, previousStep, writes } = inspection;
  /** What somebody chose; else the last write. */
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const isPod = parseRowId(id).kind === 'Pod';
  const steps = writes.filter(({ exists }) => exists);
  const known = (step: string) => steps.some((each) => String(each.step) === step);
  const start = from === TEMPLATE || known(from) ? from : String(previousStep ?? writtenStep);
  const end = known(to) ? Number(to) : writtenStep;
  const isLast = start === String(previousStep) && end === writtenStep;
  const isOfTheBeginning = writtenStep === 0;
  const firstText = isOfTheBeginning ? t('why.fromTheBeginning') : t('change.first', { step: writtenStep });
  const first = previousStep === null ? firstText : undefined;
  return (
    <>
      <p className="change-head">
        <Choice label={t('change.from')} value={start} onChange={setFrom} steps={steps} hasTemplate={isPod} />
        <span aria-hidden="true">→</span>
        <Choice label={t('change.to')} value={String(end)} onChange={setTo} steps={steps} hasTemplate={false} />
        <button type="button" className="link-button" onClick={() => visit(end)}>
          {t('timeline.step', { step: end })}
        </button>
      </p>
      {isLast ? <Lines lines={change} first={first} /> : <Between id={id} from={start} to={end} first={first} />}
    </>
  );
}

/** Two versions that the inspection has not compared already. */
function Between({ id, from, to, first }: { id: string; from: string; to: number; first: string | undefined }) {
  const lines = useAnswer(
    'difference',
    { id, from: from === TEMPLATE ? TEMPLATE : Number(from), to },
    { about: [id, from, to], refreshMs: 100 },
  );
  return (lines || first) && <Lines lines={lines ?? []} first={first} />;
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly steps: Inspection['writes'];
  readonly hasTemplate: boolean;
}

function Choice({ label, value, onChange, steps, hasTemplate }: ChoiceProps) {
  return (
    <select className="speed" aria-label={label} value={value} onChange={(event) => onChange(event.target.value)}>
      {hasTemplate && <option value={TEMPLATE}>{t('change.template')}</option>}
      {steps.map(({ step, timeMs }) => (
        <option key={step} value={step}>
          {step} · {momentText(timeMs)}
        </option>
      ))}
    </select>
  );
}

/** `first`: what is said where there was nothing before. */
function Lines({ lines, first }: { lines: readonly DiffLine[]; first: string | undefined }) {
  if (lines.length === 0) return <p className="quiet">{first ?? t('change.none')}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <pre className="change" tabIndex={0}>
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
        <span key={index} className={`change-${line.kind}`}>
          {line.kind === 'gap' ? t('change.gap', { count: Number(line.text) }) : `${SIGNS[line.kind]} ${line.text}`}
        </span>
      ))}
    </pre>
  );
}
