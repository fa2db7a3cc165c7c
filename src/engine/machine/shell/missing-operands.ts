/** What utilities say that are called without anything: found by calling those of BusyBox 1.35, whose usage has more lines, and of GNU coreutils 9.1. */
import { hint, isBusyBox, usageOf } from './held-programs';
import { type CommandIo, fail } from './host';

/** What stands behind the name in the first line of BusyBox's usage. */
const USAGES: Readonly<Record<string, string>> = {
  awk: '[OPTIONS] [AWK_PROGRAM] [FILE]...',
  basename: 'FILE [SUFFIX] | -a FILE... | -s SUFFIX FILE...',
  chmod: '[-Rcvf] MODE[,MODE]... FILE...',
  chown: '[-RhLHPcvf]... USER[:[GRP]] FILE...',
  cp: '[-arPLHpfinlsTu] SOURCE DEST',
  dirname: 'FILENAME',
  grep: '[-HhnlLoqvsrRiwFEz] [-m N] [-A|B|C N] { PATTERN | -e PATTERN... | -f FILE... } [FILE]...',
  ln: '[-sfnbtv] [-S SUF] TARGET... LINK|DIR',
  mkdir: '[-m MODE] [-p] DIRECTORY...',
  mv: '[-finT] SOURCE DEST',
  rm: '[-irf] FILE...',
  rmdir: '[-p] DIRECTORY...',
  sed: '[-i[SFX]] [-nrE] [-f FILE]... [-e CMD]... [FILE]...',
  sleep: '[N]...',
  stat: '[-ltf] [-c FMT] FILE...',
  touch: '[-cham] [-d DATE] [-t DATE] [-r FILE] FILE...',
  tr: '[-cds] STRING1 [STRING2]',
};
/** GNU's own usage of those that have no other words, in the same way. */
const GNU_USAGES: Readonly<Record<string, string>> = {
  grep: '[OPTION]... PATTERNS [FILE]...',
  sed: '[OPTION]... {script-only-if-no-other-script} [input-file]...',
};
/** GNU's utilities that miss a file. */
const OF_FILES = /^(cp|mv|ln|touch)$/;

/** Says in the words of a utility that it was given nothing to do; its status, or undefined where it was, or needs nothing. */
export function refuseNothing(args: readonly string[], io: CommandIo, name: string): number | undefined {
  const { base } = io.host;
  const usage = USAGES[name];
  if (args.length > 0 || usage === undefined || base === 'any' || base === 'none') return undefined;
  const status = name === 'grep' ? 2 : 1;
  if (isBusyBox(io.host)) return fail(io, usageOf(`${name} ${usage}`), status);
  if (name === 'awk') return undefined;
  const own = GNU_USAGES[name];
  if (own) return fail(io, `Usage: ${name} ${own}${name === 'grep' ? hint(name) : ''}`, status);
  return fail(io, `${name}: missing ${OF_FILES.test(name) ? 'file ' : ''}operand${hint(name)}`);
}
