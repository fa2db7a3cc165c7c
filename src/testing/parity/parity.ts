/** What `npm run parity` runs: every case, the differences asked for, the table; `--update` keeps the result as the record. */
import { writeFileSync } from 'node:fs';
import type { Agreement } from './agree';
import { applyCases, scenarioCases } from './cases';
import { type AgreementRecord, parityTable, RECORD, readRecord } from './record';
import { simulateApply, simulateScenario } from './simulate';

const short = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 300);

/** Runs all cases whose name matches. */
export function parity(options: { readonly only: RegExp; readonly show: number; readonly update: boolean }): string {
  const found: Record<string, readonly [number, number]> = {};
  const names: string[] = [];
  const said: string[] = [];
  const judge = (name: string, simulate: () => { readonly agreement: Agreement }): void => {
    names.push(name);
    if (!options.only.test(name)) return;
    const { same, total, differences } = simulate().agreement;
    found[name] = [same, total];
    if (differences.length === 0) return;
    said.push(`${name}: ${same}/${total}`);
    for (const { path, real, ours } of differences.slice(0, options.show))
      said.push(`    ${path}\n      real ${short(real)}\n      ours ${short(ours)}`);
  };
  for (const one of scenarioCases()) judge(`${one.area}/${one.name}`, () => simulateScenario(one));
  for (const one of applyCases()) judge(`${one.area}/${one.name}`, () => simulateApply(one));
  if (options.update) writeFileSync(RECORD, recordText(names, { ...readRecord(), ...found }));
  return [...said, '', parityTable(found)].join('\n');
}

/** The record of these cases, in their order; those that were not run keep what is known of them. */
function recordText(names: readonly string[], record: AgreementRecord): string {
  const lines = names.flatMap((name) =>
    record[name] ? [`  ${JSON.stringify(name)}: ${JSON.stringify(record[name])}`] : [],
  );
  return `{\n${lines.join(',\n')}\n}\n`;
}
