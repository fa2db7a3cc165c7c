/**
 * Utilities that fill disks: dd, truncate and fallocate. Nothing but zeroes is kept as a number of bytes, not as text. Follows
 * POSIX.1-2017 (dd) with BusyBox's messages; a disk writes 500 MB a second.
 */
import { type Command, type CommandIo, fail, isDirectory, placeOf, readFile, writeFile } from './host';
import { isWithoutDirectory } from './missing-directory';
import { HOLE_SUFFIX, sizeOf } from './paths';
import { humanSize } from './sizes';

const BYTES_PER_MS = 500_000;
const NO_SPACE = 'No space left on device';
const UNITS: Readonly<Record<string, number>> = { '': 1, c: 1, w: 2, b: 512 };

/** `1M`, `64k`, `1GB`: bytes; undefined when it is none. */
export function bytesIn(text: string): number | undefined {
  const found = /^(\d+)([cwb]|[kKMGT](?:i?B)?)?$/.exec(text);
  if (!found) return undefined;
  const unit = found[2] ?? '';
  const power = ' KMGT'.indexOf(unit.charAt(0).toUpperCase());
  const base = unit.length === 2 ? 1000 : 1024;
  return Number(found[1]) * (UNITS[unit] ?? base ** Math.max(0, power));
}

/** Makes a file of so many bytes, of which the first are its content; why not, if so. */
function fill(io: CommandIo, path: string, content: string, bytes: number): string | undefined {
  const whole = placeOf(io, path);
  const more = bytes - sizeOf(io.host.files, whole);
  const free = more > 0 ? (io.host.freeBytes?.(whole) ?? Number.POSITIVE_INFINITY) : more;
  const problem = isWithoutDirectory(io, path) ? 'No such file or directory' : writeFile(io, path, content, false);
  if (problem !== undefined || /^\/dev\/(?!shm\/)/.test(whole)) return problem;
  const hole = Math.max(0, Math.min(more, free) + bytes - more - content.length);
  if (hole > 0) io.host.files = { ...io.host.files, [`${whole}${HOLE_SUFFIX}`]: String(hole) };
  return more > free ? NO_SPACE : undefined;
}

/** Characters of what never ends that are printed at most. */
const MOST_PRINTED = 65_536;
const ENDLESS = /^\/dev\/(zero|u?random)$/;

/** dd. */
export const dd: Command = (args, io) => {
  const operand = new Map(args.map((one) => one.split(/=(.*)/s) as [string, string]));
  const bad = args.find((one) => !/^(if|of|i?bs|obs|count|seek|skip|conv|status|oflag|iflag)=/.test(one));
  if (bad !== undefined) return fail(io, `dd: invalid option '${bad}'`);
  const block = bytesIn(operand.get('bs') ?? operand.get('ibs') ?? '512');
  const count = operand.has('count') ? bytesIn(operand.get('count') ?? '') : Number.POSITIVE_INFINITY;
  if (!block || count === undefined) return fail(io, `dd: invalid number '${operand.get(block ? 'count' : 'bs')}'`);
  const [from, to] = [operand.get('if'), operand.get('of')];
  const isEndless = from !== undefined && ENDLESS.test(from);
  const source = from === undefined ? io.input : isEndless ? '' : readFile(io, from);
  if (source === undefined) return fail(io, `dd: can't open '${from}': No such file or directory`);
  const held = isEndless
    ? Number.POSITIVE_INFINITY
    : from === undefined
      ? source.length
      : sizeOf(io.host.files, placeOf(io, from));
  let bytes = Math.min(held, block * count);
  if (bytes === Number.POSITIVE_INFINITY) {
    if (to === undefined || to === '/dev/null') return 'forever';
    bytes = Number.MAX_SAFE_INTEGER;
  }
  const skipped = isEndless ? 0 : block * (bytesIn(operand.get('skip') ?? '0') ?? 0);
  bytes = isEndless ? bytes : Math.max(0, Math.min(held - skipped, bytes));
  // Of zeroes a file keeps the number; whoever reads them has them as they are.
  const size = Math.min(bytes, MOST_PRINTED);
  const endless = from?.endsWith('zero') ? '\0' : readFile(io, from ?? '') || '\0';
  const isKept = isEndless && to !== undefined && from?.endsWith('zero') === true;
  const content = isKept
    ? ''
    : isEndless
      ? endless.repeat(Math.ceil(size / endless.length)).slice(0, size)
      : source.slice(skipped, skipped + bytes);
  let problem: string | undefined;
  if (to === undefined) io.output += content;
  else if (isDirectory(io, to)) problem = 'Is a directory';
  else problem = fill(io, to, content, bytes);
  const whole = to === undefined ? '' : placeOf(io, to);
  const written = problem === undefined ? bytes : problem === NO_SPACE ? sizeOf(io.host.files, whole) : 0;
  const seconds = Math.max(written / BYTES_PER_MS / 1000, 0.000_05);
  const blocks = `${Math.floor(written / block)}+${written % block === 0 ? 0 : 1} records`;
  const rate = `${(seconds).toFixed(6)} seconds, ${humanSize(Math.round(written / seconds))}B/s`;
  const errors =
    problem === undefined ? '' : `dd: ${problem === NO_SPACE ? 'error writing' : "can't open"} '${to}': ${problem}\n`;
  const summary =
    problem !== undefined && problem !== NO_SPACE
      ? ''
      : `${blocks} in\n${blocks} out\n${written} bytes (${humanSize(written)}B) copied, ${rate}\n`;
  const isSilent = operand.get('status') === 'none';
  const then = { errors: `${errors}${isSilent ? '' : summary}`, status: problem === undefined ? 0 : 1 };
  return { sleepMs: Math.max(1, Math.round(seconds * 1000)), then };
};

/** truncate -s, fallocate -l. */
export const truncate: Command = (args, io, name) => {
  const option = name === 'truncate' ? '-s' : '-l';
  const at = args.findIndex((one) => one.startsWith(option));
  const inline = args[at]?.slice(2);
  const given = inline || args[at + 1] || '';
  const bytes = at < 0 ? undefined : bytesIn(given);
  if (bytes === undefined) return fail(io, `${name}: invalid number '${given}'`);
  let status = 0;
  for (const path of args.filter((one, index) => !one.startsWith('-') && (inline || index !== at + 1))) {
    const problem = fill(io, path, (readFile(io, path) ?? '').slice(0, bytes), bytes);
    if (problem !== undefined) status = fail(io, `${name}: ${path}: ${problem}`);
  }
  return status;
};
