/** The built-ins `read` and `mapfile`: standard input, split into variables. Follows POSIX.1-2017 (read) and bash. */
import { fill } from './array-store';
import { type Builtin, complain } from './builtin';
import { type ShellKind, shellKind } from './held-programs';
import type { Frame } from './process-state';
import { assign, hasWriter, type Process, type Running, variableOf } from './processes';

/** What is read, and up to where. */
interface Reading {
  readonly isRaw: boolean;
  readonly isArray: boolean;
  readonly fd: number;
  readonly delimiter: string;
  /** So many characters at most. */
  readonly most: number;
  /** It gives up after so many ms. */
  readonly limitMs?: number;
  readonly names: readonly string[];
}

/** Whether a backslash that is none itself stands before a place. */
function isEscaped(text: string, at: number): boolean {
  let start = at;
  while (text[start - 1] === '\\') start--;
  return (at - start) % 2 === 1;
}

/** Takes one line off a descriptor; undefined while it has not come. */
function takeLine(
  running: Running,
  process: Process,
  { fd, delimiter, most, limitMs, isRaw }: Reading,
  frame: Frame,
): { readonly line: string; readonly isWhole: boolean; readonly isLate?: true } | undefined {
  const target = process.descriptors[fd];
  if (target?.kind !== 'pipe') return { line: '', isWhole: false };
  const pipe = running.pipes.get(target.id) ?? { text: '' };
  const { text } = pipe;
  let found = delimiter === '' ? -1 : text.indexOf(delimiter);
  while (found > 0 && !isRaw && isEscaped(text, found)) found = text.indexOf(delimiter, found + 1);
  const isFull = text.length >= most && (found < 0 || found >= most);
  if (found < 0 && !isFull && hasWriter(running, target.id)) {
    if (limitMs !== undefined) frame.untilMs ??= running.nowMs + limitMs;
    const { untilMs = Number.POSITIVE_INFINITY } = frame;
    if (running.nowMs >= untilMs) return { line: '', isWhole: false, isLate: true };
    const until = frame.untilMs === undefined ? {} : { untilMs };
    // Whatever comes, it looks whether that is enough.
    const isLine = delimiter === '\n' && most === Number.POSITIVE_INFINITY && !text.includes('\n');
    process.wait = {
      for: 'input',
      pipe: target.id,
      needs: isLine ? 'line' : 'more',
      seen: isLine ? 0 : text.length,
      ...until,
    };
    return undefined;
  }
  const end = isFull ? most : found < 0 ? text.length : found;
  running.pipes.set(target.id, { ...pipe, text: text.slice(isFull ? end : end + 1) });
  running.budget.instructions -= Math.floor(text.length / 5_000);
  return { line: text.slice(0, end), isWhole: isFull || found >= 0 };
}

/** The options of read, of which dash knows two; the letter that a shell does not know. */
function readingOf(args: readonly string[], kind: ShellKind): Reading | { readonly odd: string } {
  const letters = kind === 'dash' ? 'p' : kind === 'busybox' ? 'ptndu' : 'ptndNuia';
  const values = new Map<string, string>();
  let at = 0;
  for (; /^-./.test(args[at] ?? '') && args[at] !== '--'; at++) {
    const word = args[at] as string;
    for (let place = 1; place < word.length; place++) {
      const letter = word[place] as string;
      if (!letters.includes(letter)) {
        if (!(kind === 'dash' ? 'r' : kind === 'busybox' ? 'rs' : 'rse').includes(letter)) return { odd: letter };
        values.set(letter, '');
        continue;
      }
      values.set(letter, word.slice(place + 1) || (args[++at] ?? ''));
      break;
    }
  }
  const array = values.get('a');
  const names = args.slice(args[at] === '--' ? at + 1 : at);
  return {
    isRaw: values.has('r'),
    isArray: array !== undefined,
    fd: Number(values.get('u') ?? 0),
    delimiter: values.has('N') ? '' : values.get('d') === '' ? '\0' : (values.get('d') ?? '\n').slice(0, 1),
    most: Number(values.get('n') ?? values.get('N') ?? Number.POSITIVE_INFINITY),
    ...(values.has('t') ? { limitMs: Number(values.get('t')) * 1000 } : {}),
    names: array === undefined ? names : [array],
  };
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
export const read: Builtin = (running, process, args, frame) => {
  const kind = shellKind(running.host, process);
  const reading = readingOf(args, kind);
  if ('odd' in reading) {
    const illegal = `Illegal option -${reading.odd}`;
    return complain(running, process, frame, {
      busybox: illegal,
      dash: illegal,
      bash: `-${reading.odd}: invalid option`,
    });
  }
  const taken = takeLine(running, process, reading, frame);
  if (!taken) return undefined;
  const { isRaw, isArray, names } = reading;
  const line = isRaw ? taken.line : taken.line.replace(/\\(?:\n|(.)|$)/g, '$1');
  const separators = variableOf(running, process, 'IFS') ?? ' \t\n';
  const status = taken.isWhole ? 0 : taken.isLate && kind !== 'busybox' ? LATE : 1;
  if (isArray) {
    const parts = fieldsOf(line, separators, MAX_FIELDS);
    if (parts.at(-1) === '') parts.pop();
    fill(process, names[0] ?? 'REPLY', entriesOf(names[0] ?? 'REPLY', parts));
    return status;
  }
  const fields = names.length === 0 ? [line] : fieldsOf(line, separators, names.length);
  for (const [index, name] of (names.length === 0 ? ['REPLY'] : names).entries())
    assign(process, name, fields[index] ?? '');
  return status;
};

/** The status of bash when the time is over: as if a SIGALRM had come. */
const LATE = 142;
