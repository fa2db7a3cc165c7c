/**
 * How far each recorded case agrees today, in agreement.json: `"area/name": [facts that agree, facts]`. A case may only get better;
 * `npm run parity -- --update` writes the file anew and `npm run parity` prints its table, which the README shows.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where the record is kept. */
export const RECORD = fileURLToPath(new URL('./agreement.json', import.meta.url));

/** Facts that agree and facts in all, by case. */
export type AgreementRecord = Readonly<Record<string, readonly [same: number, total: number]>>;

/** Reads the record. */
export function readRecord(): AgreementRecord {
  return JSON.parse(readFileSync(RECORD, 'utf8')) as AgreementRecord;
}

const percent = (same: number, total: number): string => `${((100 * same) / Math.max(1, total)).toFixed(1)} %`;

/** A Markdown table of a record: per area, how many cases agree wholly and how many facts do. */
export function parityTable(record: AgreementRecord): string {
  const areas = new Map<string, [agree: number, cases: number, same: number, total: number]>();
  for (const [name, [same, total]] of Object.entries(record)) {
    const area = name.slice(0, name.lastIndexOf('/'));
    for (const key of [area, 'all']) {
      const [agreeing, cases, sameSoFar, totalSoFar] = areas.get(key) ?? [0, 0, 0, 0];
      areas.set(key, [agreeing + (same === total ? 1 : 0), cases + 1, sameSoFar + same, totalSoFar + total]);
    }
  }
  const rows = [...areas].sort(([a], [b]) => (a === 'all' ? 1 : b === 'all' ? -1 : a < b ? -1 : 1));
  return [
    '| area | cases that agree wholly | facts that agree |',
    '|---|---|---|',
    ...rows.map(
      ([area, [agreeing, cases, same, total]]) =>
        `| ${area} | ${agreeing} of ${cases} | ${percent(same, total)} of ${total} |`,
    ),
    '',
  ].join('\n');
}
