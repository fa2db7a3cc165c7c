/** What a controller weighed when it last decided about an object. */
import { sentence, t } from '../../i18n/translate';
import type { EvidenceColumn, EvidenceLine, EvidenceTable as Table } from '../../view/evidence';
import { select } from '../state/session';
import { visit } from './step-list';

/** Verdicts without words are those that speak for a node or a volume. */
const FITS = { nodes: 'evidence.belongs', volumes: 'evidence.fits' } as const;

/** Columns of our own sentences; all others have names and numbers. */
const REASONS: ReadonlySet<EvidenceColumn> = new Set(['verdict', 'why']);

function cellText({ topic, columns }: Table, cell: string, column: number): string {
  if (cell !== '') return REASONS.has(columns[column]!) ? sentence(cell) : cell;
  if (columns[column] === 'verdict' && (topic === 'nodes' || topic === 'volumes')) return t(FITS[topic]);
  return '—';
}

/** See the header. */
export function EvidenceTable({ step, table }: { step: number; table: Table }) {
  return (
    <section>
      <h3>
        {t(`evidence.title.${table.topic}`)}{' '}
        <button type="button" className="link-button" onClick={() => visit(step)}>
          {t('timeline.step', { step })}
        </button>
      </h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <section className="scheduling-scroll" tabIndex={0} aria-label={t(`evidence.title.${table.topic}`)}>
        <table className="scheduling">
          <thead>
            <tr>
              {table.columns.map((column) => (
                <th key={column} scope="col">
                  {t(`evidence.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.lines.map((line) => (
              <Line key={line.cells[0]} table={table} line={line} />
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

function Line({ table, line: { cells, object, isChosen } }: { table: Table; line: EvidenceLine }) {
  return (
    <tr data-chosen={isChosen || undefined}>
      {cells.map((cell, column) => (
        <td key={table.columns[column]}>
          {column === 0 && object ? (
            <button type="button" onClick={() => select(object)}>
              {cell}
            </button>
          ) : (
            cellText(table, cell, column)
          )}
        </td>
      ))}
    </tr>
  );
}
