/** Programs of bc that don't end, or whose numbers only grow: they end as those do for which there is no room. */
import { expect, it } from 'vitest';
import { programOf, runTable, startTable } from './shell';
import { hostWith } from './shell-player';

it.each([
  'while (1) x=1',
  'while (1) {}',
  'for (;;) y=y+1',
  'x=3; while (1) x=x*x',
  'x=9^9999; while (1) x=x*x/3',
  'scale=9999; while (1) sqrt(2)',
  'scale=9999; l(2); a(1); e(1000); s(7)',
  'x=9^99999; x^9',
])('%s', (text) => {
  const program = programOf(['sh', '-c', `echo '${text}' | bc -l > /dev/null; echo $?`], hostWith());
  if ('problem' in program) throw new Error(program.problem);
  let table = startTable(program);
  const printed: string[] = [];
  for (let nowMs = 0; nowMs < 60_000; nowMs += 1_000) {
    const run = runTable(table, hostWith(), nowMs);
    printed.push(...run.output.map(({ text: line }) => line));
    if (run.exit !== undefined) break;
    table = run.table;
  }
  expect(printed.at(-1)).toMatch(/^(1|2|137)\n$/);
});
