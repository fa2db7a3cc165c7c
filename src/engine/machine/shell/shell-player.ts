/** Plays shell programs to their end. For tests only. */
import { isUtility } from './commands';
import type { ShellHost } from './host';
import { lastOf } from './paths';
import { isShell, programOf, runTable, signalled, startTable } from './shell';

/** A container's surroundings. */
export function hostWith(files: Record<string, string> = {}, changes: Partial<ShellHost> = {}): ShellHost {
  return {
    files,
    environment: { GREETING: 'hello world' },
    hostname: 'web-0',
    now: '2026-01-01T00:00:00Z',
    servers: ['nginx'],
    tools: [],
    bare: true,
    base: 'busybox',
    holds: (path) => isUtility(lastOf(path)) || isShell(lastOf(path)) || lastOf(path) === 'nginx',
    ...changes,
  };
}

/** Signals by the ms at which they are sent to the first process. */
export type Signals = Readonly<Record<number, string>>;

/** Runs a command line to its end; returns what it printed, how long it slept and how it ended. */
export function playCommand(
  argv: readonly string[],
  host = hostWith(),
  limit = 50,
  signals: Signals = {},
): { output: string; sleptMs: number; end: string } {
  const program = programOf(argv, host);
  if ('problem' in program) return { output: program.problem, sleptMs: 0, end: 'unreadable' };
  let table = startTable(program);
  let output = '';
  let nowMs = 0;
  const due = Object.keys(signals).map(Number);
  for (let runs = 0; runs < limit; runs++) {
    const run = runTable(table, host, nowMs);
    output += run.output.map(({ text }) => text).join('');
    table = JSON.parse(JSON.stringify(run.table));
    if (run.exit !== undefined) return { output, sleptMs: nowMs, end: `exit ${run.exit}` };
    if (run.serves) return { output, sleptMs: nowMs, end: 'server' };
    const signalMs = due[0];
    if (signalMs !== undefined && signalMs <= (run.wakeMs ?? Infinity)) {
      nowMs = due.shift() as number;
      table = signalled(table, 1, signals[nowMs] as string) ?? table;
    } else if (run.wakeMs === undefined) return { output, sleptMs: nowMs, end: 'forever' };
    else nowMs = run.wakeMs;
  }
  return { output, sleptMs: nowMs, end: 'still running' };
}

/** As {@link playCommand}, for a text. */
export const play = (text: string, host?: ShellHost, limit?: number, signals?: Signals) =>
  playCommand(['sh', '-c', text], host, limit, signals);
