/** sort, by keys, numbers and versions. Follows POSIX.1-2017 (sort) and the GNU utilities' -h and -V. */
import { contents } from './file-commands';
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
  const order = (a: string, b: string): number => {
    const [left, right] = [folded(keyOf(a)), folded(keyOf(b))];
    const byKey = letters.includes('V')
      ? byVersion(left, right)
      : /[nhg]/.test(letters)
        ? value(left) - value(right)
        : left < right
          ? -1
          : left > right
            ? 1
            : 0;
    return byKey || (a < b ? -1 : a > b ? 1 : 0);
  };
  let lines = texts.flatMap(linesIn);
  io.budget.instructions -= Math.floor(lines.length / 20);
  lines.sort(order);
  if (letters.includes('r')) lines.reverse();
  if (letters.includes('u'))
    lines = lines.filter((line, index) => index === 0 || keyOf(line) !== keyOf(lines[index - 1] as string));
  append(io, lines.map((line) => `${line}\n`).join(''));
  return status;
};
