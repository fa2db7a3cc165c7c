/** The built-ins `read` and `mapfile`: standard input, split into variables. Follows POSIX.1-2017 (read) and bash. */
import { fill } from './array-store';
import type { Builtin } from './builtin';
import { assign, hasWriter, type Process, type Running, variableOf } from './processes';

/** Takes one line off standard input; undefined while it has not come. */
function takeLine(
  running: Running,
  process: Process,
): { readonly line: string; readonly isWhole: boolean } | undefined {
  const target = process.descriptors[0];
  if (target?.kind !== 'pipe') return { line: '', isWhole: false };
  const pipe = running.pipes.get(target.id) ?? { text: '' };
  const end = pipe.text.indexOf('\n');
  if (end < 0 && hasWriter(running, target.id)) {
    process.wait = { for: 'input', pipe: target.id, needs: 'line' };
    return undefined;
  }
  running.pipes.set(target.id, { ...pipe, text: end < 0 ? '' : pipe.text.slice(end + 1) });
  running.budget.instructions -= Math.floor(pipe.text.length / 5_000);
  return { line: end < 0 ? pipe.text : pipe.text.slice(0, end), isWhole: end >= 0 };
}

const MAX_FIELDS = 10_000;

/** A line in as many fields as there are names; the last has all that is left. */
function fieldsOf(line: string, separators: string, count: number): string[] {
  if (separators === '') return [line];
  const white = [...separators].filter((one) => ' \t\n'.includes(one)).join('');
  const trim = (text: string): string => {
    let [start, end] = [0, text.length];
    while (start < end && white.includes(text[start] as string)) start++;
    while (end > start && white.includes(text[end - 1] as string)) end--;
    return text.slice(start, end);
  };
  const fields: string[] = [];
  let rest = trim(line);
  while (fields.length < count - 1 && rest !== '') {
    const at = [...rest].findIndex((one) => separators.includes(one));
    if (at < 0) break;
    fields.push(rest.slice(0, at));
    const isWhite = white.includes(rest[at] as string);
    rest = trim(rest.slice(at + 1));
    // Spaces belong to the separator that they stand around.
    if (isWhite && rest !== '' && separators.includes(rest[0] as string)) rest = trim(rest.slice(1));
  }
  const first = [...rest].findIndex((one) => separators.includes(one));
  return [...fields, first >= 0 && first === rest.length - 1 ? trim(rest.slice(0, -1)) : rest];
}

/** The names by which the elements of an array are set. */
const entriesOf = (name: string, values: readonly string[]) =>
  values.map((value, index) => [index === 0 ? name : `${name}[${index}]`, value] as const);

/** mapfile. */
export const mapfile: Builtin = (running, process, args) => {
  const target = process.descriptors[0];
  const isPipe = target?.kind === 'pipe';
  if (isPipe && hasWriter(running, target.id)) {
    process.wait = { for: 'input', pipe: target.id, needs: 'end' };
    return undefined;
  }
  const text = (isPipe && running.pipes.get(target.id)?.text) || '';
  if (isPipe) running.pipes.set(target.id, { text: '' });
  running.budget.instructions -= Math.floor(text.length / 200);
  const isTrimmed = args.some((one) => /^-\w*t/.test(one));
  const name = args.find((one) => !one.startsWith('-')) ?? 'MAPFILE';
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  fill(process, name, entriesOf(name, isTrimmed ? lines.map((line) => line.replace(/\n$/, '')) : lines));
  return 0;
};

/** read. */
export const read: Builtin = (running, process, args) => {
  let at = 0;
  let isRaw = false;
  let isArray = false;
  for (; /^-/.test(args[at] ?? ''); at++) {
    isRaw ||= (args[at] as string).includes('r');
    isArray ||= (args[at] as string).includes('a');
    if (/[ptnd]$/.test(args[at] as string)) at++;
  }
  const taken = takeLine(running, process);
  if (!taken) return undefined;
  const names = args.slice(at);
  const line = isRaw ? taken.line : taken.line.replace(/\\(.)/g, '$1');
  const separators = variableOf(running, process, 'IFS') ?? ' \t\n';
  if (isArray) {
    const parts = fieldsOf(line, separators, MAX_FIELDS);
    if (parts.at(-1) === '') parts.pop();
    fill(process, names[0] ?? 'REPLY', entriesOf(names[0] ?? 'REPLY', parts));
    return taken.isWhole ? 0 : 1;
  }
  const fields = names.length === 0 ? [line] : fieldsOf(line, separators, names.length);
  for (const [index, name] of (names.length === 0 ? ['REPLY'] : names).entries())
    assign(process, name, fields[index] ?? '');
  return taken.isWhole ? 0 : 1;
};
