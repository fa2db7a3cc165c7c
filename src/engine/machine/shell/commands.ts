/**
 * The utilities that the small shell knows: what each prints, changes and returns. They take no virtual time, except
 * sleep. Follows POSIX.1-2017 and BusyBox's messages; what needs a network is in network-commands.ts.
 */
import { awk } from './awk';
import { bc } from './bc';
import { cat } from './cat';
import { checksum } from './checksum-commands';
import { compareFiles } from './compare-commands';
import { gzip } from './compress-commands';
import { compare, examine, isBinary, isNumeric, isUnary } from './condition';
import { copyFiles, install, link, moveFiles } from './copy-commands';
import { DIGESTS, digest } from './digest-commands';
import { dd, truncate } from './disk-commands';
import { DUMP_COMMANDS } from './dump-commands';
import { makeFifo } from './fifo';
import {
  changeMode,
  changeOwner,
  makeDirectory,
  makeTemporary,
  remove,
  removeDirectory,
  tee,
  touch,
} from './file-commands';
import { find } from './find';
import { echo, printf } from './format-commands';
import { grep } from './grep';
import { blames, isBusyBox, pathOf } from './held-programs';
import { type Command, type CommandIo, fail, plainArguments, print } from './host';
import { chroot, environment, nice, nohup, time, timeout } from './launch-commands';
import { directoryOf, nameOf, realPath } from './link-commands';
import { diskUsage, list, status } from './list-commands';
import { NETWORK_COMMANDS } from './network-commands';
import { managePackages } from './package-commands';
import { killByName, pidOf } from './process-names';
import { sed } from './sed';
import { sleep } from './sleep';
import { sort } from './sort';
import { common, shuffle, split } from './split-commands';
import { expr, freeMemory, interfaces, ip, listProcesses, sockets, uptime } from './state-commands';
import { date, freeSpace, identity, mount, systemName } from './system-commands';
import { tar } from './tar';
import { base64, count, cut, head, paste, reorder, sequence, tail, unique } from './text-commands';
import { translate } from './translate';
import { xargs } from './xargs';

/** An operand that is no number. */
class BadNumber extends Error {}

/** An expression of test, read from its words. */
interface Expression {
  readonly words: readonly string[];
  readonly io: CommandIo;
  at: number;
}

function disjunction(expression: Expression): boolean {
  let value = conjunction(expression);
  while (expression.words[expression.at] === '-o') {
    expression.at++;
    value = conjunction(expression) || value;
  }
  return value;
}

function conjunction(expression: Expression): boolean {
  let value = term(expression);
  while (expression.words[expression.at] === '-a') {
    expression.at++;
    value = term(expression) && value;
  }
  return value;
}

function term(expression: Expression): boolean {
  const { words, io, at } = expression;
  const [first, second, third] = [words[at], words[at + 1], words[at + 2]];
  if (first === undefined) return false;
  if (third !== undefined && isBinary(second)) {
    const bad = isNumeric(second) ? [first, third].find((one) => !/^\s*[-+]?\d+\s*$/.test(one)) : undefined;
    if (bad !== undefined) throw new BadNumber(bad);
    expression.at += 3;
    return compare(first, second, third, io);
  }
  if (first === '!') {
    let bangs = 0;
    while (words[expression.at] === '!') {
      expression.at++;
      bangs++;
    }
    return term(expression) !== (bangs % 2 === 1);
  }
  if (first === '(' && second !== undefined) {
    expression.at++;
    const value = disjunction(expression);
    expression.at++;
    return value;
  }
  if (isUnary(first) && second !== undefined) {
    expression.at += 2;
    return examine(first, second, io);
  }
  expression.at++;
  return first !== '';
}

/** What `test` complains with begins with its shell's name, and but for BusyBox's with its own. */
function complaint({ shell }: CommandIo, name: string): string {
  if (!shell) return `${name}: `;
  const begin = blames(shell.kind, shell.name, shell.line);
  return shell.kind === 'busybox' ? begin : `${begin}${name}: `;
}

const badNumber = ({ shell }: CommandIo, text: string): string =>
  shell?.kind === 'busybox'
    ? `${text}: bad number`
    : shell?.kind === 'bash'
      ? `${text}: integer expression expected`
      : `Illegal number: ${text}`;

const unexpected = ({ shell }: CommandIo, words: readonly string[], left: string): string =>
  shell?.kind === 'busybox'
    ? `${left}: unknown operand`
    : shell?.kind === 'bash'
      ? words.length > 3
        ? 'too many arguments'
        : `${words.length > 2 ? `${words[1]}: bi` : `${words[0]}: u`}nary operator expected`
      : `${words[0]}: unexpected operator`;

const test: Command = (args, io, name) => {
  if (name === '[' && args.at(-1) !== ']')
    return fail(io, `${complaint(io, name)}missing ${io.shell?.kind === 'bash' ? "`]'" : ']'}`, 2);
  const words = name === '[' ? args.slice(0, -1) : args;
  const expression: Expression = { words, io, at: 0 };
  let holds: boolean;
  try {
    holds = disjunction(expression);
  } catch (error) {
    if (!(error instanceof BadNumber)) throw error;
    const { message } = error;
    return fail(io, `${complaint(io, name)}${badNumber(io, message)}`, 2);
  }
  const left = words[expression.at];
  if (left !== undefined) return fail(io, `${complaint(io, name)}${unexpected(io, words, left)}`, 2);
  return holds ? 0 : 1;
};

const quiet: Command = () => 0;
const which: Command = (args, io) => {
  const places = plainArguments(args).map((name) => pathOf(io, name));
  for (const place of places) if (place !== undefined) print(io, place);
  return places.includes(undefined) ? 1 : 0;
};

const hostname: Command = (args, io) => {
  const { hostname: name, fullName = name, network } = io.host;
  if (args.includes('-i') || args.includes('-I')) return print(io, network?.address ?? '127.0.0.1');
  return print(io, args.includes('-f') ? fullName : name);
};

/** sysctl -w, which changes nothing here. */
const kernelParameter: Command = (args, io) => {
  for (const setting of plainArguments(args)) if (setting.includes('=')) print(io, setting.replace('=', ' = '));
  return 0;
};

/** The utilities by name. */
export const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['sleep', sleep],
  ['usleep', ([microseconds = ''], io) => sleep([String(Number(microseconds) / 1_000_000)], io, 'usleep')],
  ['echo', echo],
  ['printf', printf],
  ['cat', cat],
  ['less', cat],
  ['more', cat],
  ['cp', copyFiles],
  ['install', install],
  ['cmp', compareFiles],
  ['diff', compareFiles],
  ...Object.keys(DIGESTS).map((name): [string, Command] => [name, digest]),
  ['mv', moveFiles],
  ['ln', link],
  ['wc', count],
  ['rm', remove],
  ['unlink', remove],
  ['rmdir', removeDirectory],
  ['touch', touch],
  ['mkdir', makeDirectory],
  ['mktemp', makeTemporary],
  ['mkfifo', makeFifo],
  ['mknod', makeFifo],
  ['ls', list],
  ['find', find],
  ['stat', status],
  ['chmod', changeMode],
  ['realpath', realPath],
  ['readlink', realPath],
  ['tee', tee],
  ['test', test],
  ['[', test],
  ['grep', grep],
  ['egrep', grep],
  ['fgrep', grep],
  ['sed', sed],
  ['awk', awk],
  ['bc', bc],
  ['seq', sequence],
  ['tail', tail],
  ['head', head],
  ['sort', sort],
  ['uniq', unique],
  ['cut', cut],
  ['tr', translate],
  ['paste', paste],
  ['rev', reorder],
  ['nl', reorder],
  ['tac', reorder],
  ['xargs', xargs],
  ...DUMP_COMMANDS,
  ['base64', base64],
  ['cksum', checksum],
  ['sum', checksum],
  ['split', split],
  ['shuf', shuffle],
  ['comm', common],
  ['gzip', gzip],
  ['gunzip', gzip],
  ['zcat', gzip],
  ['sysctl', kernelParameter],
  ['tar', tar],
  ['basename', nameOf],
  ['dirname', directoryOf],
  ...NETWORK_COMMANDS,
  ['env', environment],
  ['printenv', environment],
  ['true', quiet],
  [':', quiet],
  ['false', () => 1],
  ['sync', quiet],
  ['chown', changeOwner],
  ['chgrp', changeOwner],
  ['mount', mount],
  ['clear', quiet],
  ['which', which],
  ...['apt-get', 'apt', 'apk', 'dnf', 'microdnf', 'yum'].map((name): [string, Command] => [name, managePackages]),
  ['chroot', chroot],
  ['nohup', nohup],
  ['nice', nice],
  ['time', time],
  ['timeout', timeout],
  ['yes', (args) => ({ repeat: `${args.join(' ') || 'y'}\n` })],
  ['date', date],
  ['ps', listProcesses],
  ['top', listProcesses],
  ['uptime', uptime],
  ['expr', expr],
  ['dd', dd],
  ['truncate', truncate],
  ['fallocate', truncate],
  ['ip', ip],
  ['ifconfig', interfaces],
  ['netstat', sockets],
  ['ss', sockets],
  ['pidof', pidOf],
  ['pgrep', pidOf],
  ['pkill', killByName],
  ['killall', killByName],
  ['df', freeSpace],
  ['du', diskUsage],
  ['free', freeMemory],
  ['id', identity],
  ['whoami', (_args, io) => identity(['-un'], io, 'whoami')],
  ['groups', (_args, io) => identity(['-Gn'], io, 'groups')],
  ['uname', systemName],
  ['arch', (_args, io) => print(io, 'x86_64')],
  ['nproc', (_args, io) => print(io, '4')],
  [
    'stty',
    (_args, io) =>
      fail(io, `stty: ${isBusyBox(io.host) ? 'standard input' : "'standard input'"}: Inappropriate ioctl for device`),
  ],
  ['tty', (_args, io) => print(io, 'not a tty') + 1],
  ['hostname', hostname],
]);

/** Programs that are there as files too, though the shell has them itself. */
const ALSO_PROGRAMS = ['kill', 'pwd'];

/** Whether an image that holds utilities has a program of this name. */
export function isUtility(name: string): boolean {
  return COMMANDS.has(name) || ALSO_PROGRAMS.includes(name);
}
