/** Named pipes between processes that are not of one table: a container's own, and those of a command that was run in it. */
import { expect, it } from 'vitest';
import { programOf, runTable, startTable } from './shell';
import { hostWith } from './shell-player';

const tableOf = (text: string) => {
  const program = programOf(['sh', '-c', text], hostWith());
  if ('problem' in program) throw new Error(program.problem);
  return startTable(program);
};

/** Two programs that see the same files, by turns; what both have printed, and with what they have ended. */
function both(first: string, second: string) {
  const host = hostWith({ '/p': '', '/p\0fifo': '' });
  const tables = [tableOf(first), tableOf(second)];
  const printed = ['', ''];
  const ends: (number | undefined)[] = [undefined, undefined];
  for (let nowMs = 0; nowMs < 5_000; nowMs += 1_000) {
    for (const [at, table] of tables.entries()) {
      if (ends[at] !== undefined) continue;
      const run = runTable(table, host, nowMs);
      tables[at] = run.table;
      printed[at] += run.output.map(({ text }) => text).join('');
      ends[at] = run.exit;
      expect(run.exit ?? run.wakeMs).toBeDefined();
    }
  }
  return [...printed, ...ends, host.files['/p']];
}

it('reads what another table writes, and ends when that is over', () => {
  expect(both('while read l; do echo "got $l"; done < /p; echo over', 'printf "a\\nb\\n" > /p; echo sent')).toEqual([
    'got a\ngot b\nover\n',
    'sent\n',
    0,
    0,
    '',
  ]);
});

it('keeps a writer waiting until another table reads', () => {
  expect(both('echo job > /p; echo sent', 'sleep 2; cat /p')).toEqual(['sent\n', 'job\n', 0, 0, '']);
});
