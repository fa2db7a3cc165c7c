/** sort, by keys, numbers and versions. Follows POSIX.1-2017 (sort) and the GNU utilities' -h and -V. */
import { contents } from './file-commands';
import { isBusyBox } from './held-programs';
import { append, type Command, lettersOf, plainArguments } from './host';
import { fieldOf, linesIn, optionValue, withoutOption } from './text-commands';

/** As versions are ordered: runs of digits as numbers. */
function byVersion(a: string, b: string): number {
  const parts = (text: string): readonly string[] => text.match(/\d+|\D+/g) ?? [];
  const [left, right] = [parts(a), parts(b)];
  for (const [at, part] of left.entries()) {
    const other = right[at] ?? '';
    if (part === other) continue;
    const isNumeric = /^\d/.test(part) && /^\d/.test(other);
    return isNumeric ? Number(part) - Number(other) : part < other ? -1 : 1;
  }
  return left.length - right.length;
}

/** sort, with -n, -V, -r, -u, -f, -h, -k and -t. */
export const sort: Command = (args, io) => {
  const key = optionValue(args, 'k');
  const separator = optionValue(args, 't');
  const plain = withoutOption(withoutOption(args, 'k'), 't');
  const letters = lettersOf(plain) + (key?.replace(/[\d.,]/g, '') ?? '');
  const { texts, status } = contents(plainArguments(plain), io, 'sort');
  const number = Number.parseInt(key ?? '', 10);
  const keyOf = (line: string): string => (Number.isNaN(number) ? line : fieldOf(line, separator, number));
  const folded = (text: string): string => (letters.includes('f') ? text.toUpperCase() : text);
  const value = (text: string): number =>
    (Number.parseFloat(text) || 0) *
    (letters.includes('h') ? 1024 ** ('KMGT'.indexOf(/[KMGT]/i.exec(text)?.[0].toUpperCase() ?? ' ') + 1) : 1);
  const alphabetic = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  const byKey = (a: string, b: string): number => {
    const [left, right] = [folded(keyOf(a)), folded(keyOf(b))];
    if (letters.includes('V')) return byVersion(left, right);
    return /[nhg]/.test(letters) ? value(left) - value(right) : alphabetic(left, right);
  };
  const sign = letters.includes('r') ? -1 : 1;
  const isStable = /[us]/.test(letters);
  let lines = texts.flatMap(linesIn);
  io.budget.instructions -= Math.floor(lines.length / 20);
  lines.sort((a, b) => sign * (byKey(a, b) || (isStable ? 0 : alphabetic(a, b))));
  if (letters.includes('u')) {
    // BusyBox keeps the last of those with the same key, GNU's the first.
    const next = isBusyBox(io.host) ? 1 : -1;
    lines = lines.filter((line, index) => byKey(line, lines[index + next] ?? '') !== 0 || !(index + next in lines));
  }
  append(io, lines.map((line) => `${line}\n`).join(''));
  return status;
};
