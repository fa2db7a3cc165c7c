/** What may stand after a `|`: grep, and head, tail, wc -l, sort for convenience. Anything else is refused by name. */
import { grep } from './grep';

/** Text after the filters, and the exit code of the last one. */
export interface Filtered {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

/** Sends text through the commands of a pipeline. */
export function applyFilters(text: string, filters: readonly (readonly string[])[]): Filtered {
  let filtered: Filtered = { stdout: text, stderr: '', code: 0 };
  for (const words of filters) {
    const next = applyFilter(filtered.stdout, words);
    filtered = { ...next, stderr: filtered.stderr + next.stderr };
  }
  return filtered;
}

function linesOf(text: string): string[] {
  if (text === '') return [];
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
}

function joined(lines: readonly string[]): Filtered {
  return { stdout: lines.map((line) => `${line}\n`).join(''), stderr: '', code: 0 };
}

function refused(message: string, code: number): Filtered {
  return { stdout: '', stderr: `kubestep: ${message}\n`, code };
}

function applyFilter(text: string, words: readonly string[]): Filtered {
  const [name = '', ...args] = words;
  const lines = linesOf(text);
  if (name === 'grep') return grep(lines, args);
  if (name === 'egrep') return grep(lines, ['-E', ...args]);
  if (name === 'fgrep') return grep(lines, ['-F', ...args]);
  if (name === 'head' || name === 'tail') return ends(lines, name, args);
  if (name === 'sort') return sorted(lines, args);
  if (name === 'wc' && args.length === 1 && args[0] === '-l') return joined([String(lines.length)]);
  return refused(
    `after a pipe only grep, head, tail, sort and wc -l are simulated, not ${JSON.stringify(words.join(' '))}`,
    127,
  );
}

/** The first or last lines: `-5`, `-n 5`, `-n5`, `--lines=5`; `head -n -5` leaves the last five out, `tail -n +5` begins at the fifth. */
function ends(lines: readonly string[], name: 'head' | 'tail', args: readonly string[]): Filtered {
  const text = args.join(' ');
  const match = /^(?:-n ?|--lines[= ]|-)([-+]?)(\d+)$/.exec(text);
  if (text !== '' && !match) return refused(`${name} takes only -n here, not ${JSON.stringify(text)}`, 1);
  const sign = match?.[1] ?? '';
  const count = Number(match?.[2] ?? 10);
  if (name === 'head') return joined(lines.slice(0, sign === '-' ? Math.max(0, lines.length - count) : count));
  if (sign === '+') return joined(lines.slice(Math.max(0, count - 1)));
  return joined(lines.slice(Math.max(0, lines.length - count)));
}

/** Sorts by bytes; -r backwards, -u each line once, -n by the number in front. */
function sorted(lines: readonly string[], args: readonly string[]): Filtered {
  const letters = args.join('').replaceAll('-', '');
  if (args.some((word) => !word.startsWith('-')) || /[^run]/.test(letters))
    return refused(`sort takes only -r, -u and -n here, not ${JSON.stringify(args.join(' '))}`, 2);
  const number = (line: string) => Number(/^\s*(-?\d+(?:\.\d+)?)/.exec(line)?.[1] ?? 0);
  const order = [...lines].sort(
    (a, b) => (letters.includes('n') && number(a) - number(b)) || (a < b ? -1 : a > b ? 1 : 0),
  );
  const kept = letters.includes('u') ? order.filter((line, at) => line !== order[at - 1]) : order;
  return joined(letters.includes('r') ? kept.reverse() : kept);
}
