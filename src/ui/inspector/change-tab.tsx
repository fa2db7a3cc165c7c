/** What the last write changed, line by line. */
import { t } from '../../i18n/translate';
import type { DiffLine } from '../../view/text-diff';
import type { Inspection } from '../../worker/protocol';
import { visit } from './step-list';

const SIGNS: Readonly<Record<DiffLine['kind'], string>> = { same: ' ', added: '+', removed: '−', gap: ' ' };

/** See the header. */
export function ChangeTab({ inspection }: { inspection: Inspection }) {
  const { change, writtenStep, previousStep } = inspection;
  if (previousStep === null) return <p className="quiet">{t('change.first', { step: writtenStep })}</p>;
  return (
    <>
      <p className="change-head">
        <button type="button" className="link-button" onClick={() => visit(previousStep)}>
          {t('timeline.step', { step: previousStep })}
        </button>
        {' → '}
        <button type="button" className="link-button" onClick={() => visit(writtenStep)}>
          {t('timeline.step', { step: writtenStep })}
        </button>
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <pre className="change" tabIndex={0}>
        {change.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
          <span key={index} className={`change-${line.kind}`}>
            {line.kind === 'gap' ? t('change.gap', { count: Number(line.text) }) : `${SIGNS[line.kind]} ${line.text}`}
          </span>
        ))}
      </pre>
    </>
  );
}
