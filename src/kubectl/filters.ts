/** What may stand after a `|`: grep, and head, tail, wc -l, sort for convenience. Anything else is refused by name. */

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

function joined(lines: readonly string[], code = 0): Filtered {
  return { stdout: lines.map((line) => `${line}\n`).join(''), stderr: '', code };
}

function applyFilter(text: string, words: readonly string[]): Filtered {
  const [name = '', ...args] = words;
  const lines = linesOf(text);
  if (name === 'grep') return grep(lines, args);
  if (name === 'head') return joined(lines.slice(0, countOf(args)));
  if (name === 'tail') return joined(lines.slice(-countOf(args)));
  if (name === 'sort') return joined([...lines].sort());
  if (name === 'wc' && args[0] === '-l') return joined([String(lines.length)]);
  const message = `kubestep: after a pipe only grep, head, tail, sort and wc -l are simulated, not ${JSON.stringify(name)}\n`;
  return { stdout: '', stderr: message, code: 127 };
}

function countOf(args: readonly string[]): number {
  const digits = /\d+/.exec(args.join(' '));
  return digits ? Number(digits[0]) : 10;
}

interface GrepOptions {
  letters: string;
  before: number;
  after: number;
  pattern: string | undefined;
}

function grepOptions(args: readonly string[]): GrepOptions {
  const options: GrepOptions = { letters: '', before: 0, after: 0, pattern: undefined };
  for (let at = 0; at < args.length; at++) {
    const word = args[at] as string;
    const context = /^-([ABC])(\d*)$/.exec(word);
    if (context) {
      const count = Number(context[2] || args[++at]);
      if (context[1] !== 'A') options.before = count;
      if (context[1] !== 'B') options.after = count;
    } else if (word === '-e') options.pattern = args[++at];
    else if (word.startsWith('-') && word.length > 1) options.letters += word.slice(1);
    else options.pattern ??= word;
  }
  return options;
}

function grep(lines: readonly string[], args: readonly string[]): Filtered {
  const { letters, before, after, pattern } = grepOptions(args);
  if (pattern === undefined) return { stdout: '', stderr: 'usage: grep [-ivcwEFABC] PATTERN\n', code: 2 };
  const escaped = letters.includes('F')
    ? pattern.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    : basicToExtended(pattern, letters);
  let expression: RegExp;
  try {
    expression = new RegExp(letters.includes('w') ? `\\b(?:${escaped})\\b` : escaped, letters.includes('i') ? 'i' : '');
  } catch {
    return { stdout: '', stderr: `grep: bad pattern ${JSON.stringify(pattern)}\n`, code: 2 };
  }
  const hits = lines.map((line) => expression.test(line) !== letters.includes('v'));
  const count = hits.filter(Boolean).length;
  if (letters.includes('c')) return joined([String(count)], count > 0 ? 0 : 1);
  const shown = lines.filter((_, at) => hits.slice(Math.max(0, at - after), at + before + 1).some(Boolean));
  return joined(letters.includes('q') ? [] : shown, count > 0 ? 0 : 1);
}

/** In a basic expression `\|` is "or", while a plain `|`, `+`, `?`, `(`, `)` are themselves. */
function basicToExtended(pattern: string, letters: string): string {
  if (letters.includes('E')) return pattern;
  return pattern.replace(/\\?[|+?(){}]/g, (found) => (found.startsWith('\\') ? found.slice(1) : `\\${found}`));
}
