/** `set -x`: what a shell tells of the commands that it runs. */
import { shellKind } from './held-programs';
import type { Process, Running } from './processes';
import { writeTo } from './redirects';

/** Tells what is run where `set -x` wants that; bash says by how many signs in how many substitutions it stands. */
export function trace(running: Running, process: Process, text: string): void {
  if (!process.options.includes('x')) return;
  const depth = shellKind(running.host, process) === 'bash' ? (process.depth ?? 0) : 0;
  writeTo(running, process, 2, `${'+'.repeat(depth + 1)} ${text}\n`);
}

/** A command as it is traced. */
export function tracedOf(
  running: Running,
  process: Process,
  assigns: readonly (readonly [string, string])[],
  words: readonly string[],
): string {
  const kind = shellKind(running.host, process);
  const plain = kind === 'busybox' ? /^[\w@%+:,./\]-]+$/ : kind === 'dash' ? /^/ : /^[\w@%+=:,./-]+$/;
  const shown = words.map((word) => (plain.test(word) ? word : `'${word}'`));
  return [...assigns.map(([name, value]) => `${name}=${value}`), ...shown].join(' ');
}
