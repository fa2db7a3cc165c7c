/** What a step's component read. It is worked out when somebody opens it: the step is run once more for that. */
import { useState } from 'react';
import { t } from '../../i18n/translate';
import type { ReadRow } from '../../view/reads';
import { useAnswer } from '../state/use-answer';
import { planeText } from './plane-words';

/** See the header. */
export function Reads({ step }: { step: number }) {
  const [open, setOpen] = useState(false);
  return (
    <details className="plane-reads" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{planeText('plane.read')}</summary>
      {open && <ReadRows step={step} />}
    </details>
  );
}

function ReadRows({ step }: { step: number }) {
  const rows = useAnswer('reads', { step }, { about: [step], refreshMs: 0 });
  if (!rows) return null;
  if (rows.length === 0) return <p className="quiet">{planeText('plane.readNothing')}</p>;
  return (
    <ul className="mono" aria-label={planeText('plane.read')}>
      {rows.map((row) => (
        <li key={`${row.from} ${row.kind} ${row.what}`}>
          <Line row={row} />
        </li>
      ))}
    </ul>
  );
}

function Line({ row: { from, kind, what, count, named } }: { row: ReadRow }) {
  const [only] = named;
  const isOne = named.length === 1 && only?.key === what;
  return (
    <>
      {kind} {what}{' '}
      <span className="quiet">{from === 'cache' ? foundText(isOne, count) : planeText(`plane.from.${from}`)}</span>
      {named.map((each) => (
        <Named key={each.key} of={each} isOne={isOne} />
      ))}
      {count > named.length && named.length > 0 && (
        <span className="plane-read-object quiet">{t('plane.more', { count: count - named.length })}</span>
      )}
    </>
  );
}

function foundText(isOne: boolean, count: number): string {
  if (isOne) return '';
  return count === 0 ? planeText('plane.foundNone') : planeText('plane.found', { count });
}

function Named({ of: { key, revision, stored }, isOne }: { of: ReadRow['named'][number]; isOne: boolean }) {
  const isBehind = stored !== revision;
  return (
    <span className="plane-read-object" data-behind={isBehind || undefined}>
      {!isOne && `${key} `}
      {planeText('plane.asOf', { revision })}
      {isBehind && ` · ${stored === null ? planeText('plane.storedGone') : planeText('plane.stored', { stored })}`}
    </span>
  );
}
