/** xargs: calls a command with what it reads. Follows POSIX.1-2017 (xargs) and the GNU utilities' -0 and -d. */
import type { Command } from './host';
import { linesIn } from './text-commands';

/** Words as xargs cuts them: at white space, but not within quotes or behind a backslash. */
const wordsIn = (text: string): string[] =>
  (text.match(/(?:"[^"\n]*"|'[^'\n]*'|\\[\s\S]|[^\s"'\\])+/g) ?? []).map((word) =>
    word.replace(
      /"([^"]*)"|'([^']*)'|\\([\s\S])/g,
      (_, double?: string, single?: string, one?: string) => double ?? single ?? one ?? '',
    ),
  );

/** The options, up to the first word that is none: letters by themselves, and those with a value. */
function optionsIn(args: readonly string[]) {
  const values = new Map<string, string>();
  let at = 0;
  for (; /^-./.test(args[at] ?? ''); at++) {
    const word = args[at] as string;
    if (word === '--') {
      at++;
      break;
    }
    const [, letters = '', letter, value = ''] = /^-([0rtpxo]*)(?:([^0rtpxo])(.*))?$/s.exec(word) ?? [];
    for (const one of letters) values.set(one, '');
    if (letter) values.set(letter, value || (args[++at] ?? ''));
  }
  return { values, command: args.slice(at) };
}

/** What is handed over at a time. */
function batchesOf(input: string, values: ReadonlyMap<string, string>): string[][] {
  const separator = values.has('0') ? '\0' : values.get('d')?.replace('\\n', '\n').replace('\\0', '\0');
  if (values.has('I')) {
    const lines = separator === undefined ? linesIn(input).map((line) => line.trim()) : input.split(separator);
    return lines.filter(Boolean).map((line) => [line]);
  }
  const inLines = Number(values.get('L') ?? 0);
  const items = separator === undefined ? wordsIn(input) : input.split(separator);
  if (separator !== undefined && items.at(-1) === '') items.pop();
  const rows =
    inLines > 0
      ? linesIn(input)
          .map(wordsIn)
          .filter(({ length }) => length > 0)
      : items.map((one) => [one]);
  const size = inLines || Number(values.get('n') ?? 0) || rows.length || 1;
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, at) =>
    rows.slice(at * size, (at + 1) * size).flat(),
  );
}

/** xargs, with -0, -d, -I, -L, -n, -r and -t; what -P would run beside one another it runs one after the other. */
export const xargs: Command = (args, io) => {
  const { values, command } = optionsIn(args);
  const words = command.length > 0 ? command : ['echo'];
  const replace = values.get('I');
  const batches = batchesOf(io.input, values);
  // Without any the command runs once all the same.
  if (batches.length === 0 && replace === undefined && !values.has('r')) batches.push([]);
  let status = 0;
  for (const batch of batches) {
    const argv =
      replace === undefined ? [...words, ...batch] : words.map((word) => word.replaceAll(replace, batch[0] ?? ''));
    if (values.has('t')) io.errors += `${argv.join(' ')}\n`;
    const result = io.call(argv, '');
    if (result !== 0) status = result === 126 || result === 127 ? result : 123;
    if (status === 126 || status === 127) break;
  }
  return status;
};
