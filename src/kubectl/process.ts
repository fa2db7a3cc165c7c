/**
 * Runs command lines: finds the command, reads its flags, calls it, and turns what it throws into standard error and an exit code. A
 * process is plain data and `advance` a function of it, so that a waiting command survives a checkpoint.
 */

import type { KubeObject } from '../engine/api/meta';
import type { Client } from '../engine/client/client';
import type { Call, Command, CommandIo, PrintedMark, Process, Turn } from './command';
import { type CommandLine, splitCommandLine, withoutProgram, withoutTimeout } from './command-line';
import { CLUSTER, CONTEXT, USER } from './commands/config';
import { checkDryRun } from './dry-run';
import { asCommandError, describeError, isRefusal, KubectlError } from './errors';
import { fieldManagerOf, wantsManagedFields } from './field-owner';
import { applyFilters } from './filters';
import { flagsOf, GLOBAL } from './flag-sets';
import { parseFlags } from './flags';
import { printHelp } from './help';
import { impersonated } from './impersonation';
import { refuseBadOutput } from './output-format';
import { requestTimeoutMs } from './request-timeout';
import { shellCommand } from './shell';
import { warningWriter } from './warning-writer';

/** A new process of a command line; nothing has run yet. */
export function newProcess(
  id: string,
  command: string,
  nowMs: number,
  { stdin, as, groups, untilMs }: Pick<Process, 'stdin' | 'as' | 'groups' | 'untilMs'> = {},
): Process {
  const line = splitCommandLine(command);
  const { words, limitMs } = withoutTimeout(line.words);
  const limit = limitMs === undefined ? {} : { limitMs: nowMs + limitMs };
  const argv = shellCommand(words) ? words : withoutProgram(words);
  return {
    ...{ id, command, argv, stdin: line.heredoc ?? stdin, as, groups, startedMs: nowMs, stdout: '', stderr: '' },
    ...(untilMs === undefined ? {} : { untilMs }),
    ...limit,
  };
}

/** A new process that applies manifests as `kubectl apply -f` would. */
export function newApplyProcess(
  id: string,
  documents: readonly KubeObject[],
  nowMs: number,
  source: string | undefined,
): Process {
  const file = source ?? '-';
  const argv = ['apply', '-f', file];
  return { id, command: `apply -f ${file}`, argv, documents, source, startedMs: nowMs, stdout: '', stderr: '' };
}

interface Output {
  stdout: string;
  stderr: string;
  printed: PrintedMark[];
}

/** So many marks are kept; what comes after them has no moment of its own. */
const MOST_MARKS = 500;
const NOTHING = { stdout: 0, stderr: 0 };

/** Marks what was printed by now; what one step prints to one stream in a row is one piece. */
function mark({ stdout, stderr, printed }: Output, { step, nowMs }: CommandIo): void {
  const last = printed.at(-1) ?? NOTHING;
  const now = { step, atMs: nowMs, stdout: stdout.length, stderr: stderr.length };
  if (now.stdout === last.stdout && now.stderr === last.stderr) return;
  const before = printed.at(-2) ?? NOTHING;
  const goesOn = now.stdout === before.stdout || now.stderr === before.stderr;
  if ('step' in last && last.step === step && goesOn) printed.pop();
  if (printed.length < MOST_MARKS) printed.push(now);
}

/** What kubectl says when nothing answers at the API server's address. */
const UNREACHABLE =
  'The connection to the server 127.0.0.1:6443 was refused - did you specify the right host or port?\n';
/** How long a waiting command waits for the API server to come back. */
const RETRY_MS = 1_000;
/** The exit code of `timeout` when its time is up. */
const TIMED_OUT = 124;
/** The exit code of kubectl after Control-C. */
const INTERRUPTED = 1;

/** Runs a process up to its end or to where it has to wait. */
export function advance(process: Process, io: CommandIo): Process {
  const output = outputSoFar(process);
  const line = process.documents ? undefined : splitCommandLine(process.command);
  let turn: Turn;
  try {
    turn = runLine(process, line, io, output);
  } catch (error) {
    const isOutage = isRefusal(error, 'ServiceUnavailable');
    if (isOutage && process.progress) return { ...process, ...output, wakeMs: io.nowMs + RETRY_MS };
    const { text, code } = isOutage ? { text: UNREACHABLE, code: 1 } : describeError(asCommandError(error));
    output.stderr += text;
    if (error instanceof KubectlError) output.stdout += error.options.stdout ?? '';
    turn = { code };
  }
  mark(output, io);
  const { printed, ...texts } = output;
  const isChanged = line !== undefined && (line.filters.length > 0 || line.output || line.dropsErrors);
  const rest = { ...withoutWaiting(process), ...texts, ...(isChanged ? {} : { printed }) };
  if (turn && 'progress' in turn) return { ...rest, ...turn };
  const ended = { ...rest, code: 0, ...turn };
  return line && !line.problem ? throughPipes(ended, line, io) : ended;
}

const outputSoFar = ({ stdout, stderr, printed = [] }: Process): Output => ({ stdout, stderr, printed: [...printed] });

/** A process without what its last call left to wait for. */
function withoutWaiting({
  wakeMs: _wakeMs,
  watch: _watch,
  progress: _progress,
  follows: _follows,
  isWoken: _woken,
  ...rest
}: Process): Process {
  return rest;
}

/** Ends a process that is given no more time: one that only follows what happens has done its work. */
export function stopped(process: Process, io: CommandIo): Process {
  const isLate = process.limitMs !== undefined && io.nowMs >= process.limitMs;
  const ended = { ...withoutWaiting(process), code: isLate ? TIMED_OUT : process.follows ? 0 : INTERRUPTED };
  return process.documents ? ended : throughPipes(ended, splitCommandLine(process.command), io);
}

function runLine(process: Process, line: CommandLine | undefined, io: CommandIo, output: Output): Turn {
  if (line?.problem) throw new KubectlError(line.problem, { bare: true, code: 2 });
  const stdin = line?.input === undefined ? process.stdin : io.files.read(line.input);
  if (line?.input !== undefined && stdin === undefined) {
    throw new KubectlError(`bash: ${line.input}: No such file or directory`, { bare: true });
  }
  const shell = process.documents ? undefined : shellCommand(process.argv);
  if (!shell) return runTurn({ ...process, stdin }, io, output);
  const { stdout, stderr, code } = shell(process.argv.slice(1), io.files, stdin);
  output.stdout += stdout;
  output.stderr += stderr;
  return { code };
}

function runTurn(process: Process, io: CommandIo, output: Output, isDumped = false): Turn {
  const { command, words } = io.find(process.argv);
  const { args, argsBeforeDash, flags } = parseFlags(
    command.path,
    flagsOf(command),
    command.anyFlags ? ['--', ...words] : words,
  );
  const warnings = warningWriter(output);
  const call: Call = {
    command,
    args,
    argsBeforeDash,
    flags,
    process,
    io: {
      ...io,
      client: io.client.acting({
        identity: process.as ? { name: process.as, groups: process.groups ?? [] } : undefined,
        impersonate: impersonated(flags),
        onWarning: warnings.write,
        fieldManager: fieldManagerOf(command, flags),
        managedFields: isDumped || wantsManagedFields(command, flags),
      }),
    },
    progress: process.progress,
    out: (text) => {
      output.stdout += text;
      mark(output, io);
    },
    err: (text) => {
      output.stderr += text;
      mark(output, io);
    },
    hasOutput: () => output.stdout !== '',
  };
  if (flags.given('help')) return printHelp(call);
  if (!process.progress) {
    checkConfigured(call);
    warnAboutFlags(call);
    checkDryRun(call);
    requestTimeoutMs(flags);
    // Every command begins by asking the server what it serves.
    discover(call.io.client);
    refuseBadOutput(call);
  }
  let turn: Turn;
  try {
    turn = (command as Command).run(call);
  } catch (error) {
    // A template that fails has what it was given printed, managedFields and all.
    if (isDumped || command.reads !== true || !(error instanceof KubectlError && error.options.dumps)) throw error;
    Object.assign(output, outputSoFar(process));
    return runTurn(process, io, output, true);
  }
  const isOver = !(turn && 'progress' in turn) && !turn?.code;
  const count = warnings.count();
  if (isOver && flags.bool('warnings-as-errors') && count > 0) {
    throw new KubectlError(count === 1 ? '1 warning received' : `${count} warnings received`);
  }
  return turn;
}

/** Asks for what the server serves; whoever may not see it has it from before. */
function discover(client: Client): void {
  try {
    client.visit('/api');
  } catch (error) {
    if (!isRefusal(error, 'Forbidden')) throw error;
  }
}

const CONFIGURED = [
  ['context', 'context', CONTEXT],
  ['cluster', 'cluster', CLUSTER],
  ['user', 'auth info', USER],
] as const;

/** What is chosen of the configuration must be there. Commands may have a flag of their own by the name: bindings are made for a `--user`. */
function checkConfigured({ command, flags }: Call): void {
  const known = flagsOf(command);
  for (const [name, what, only] of CONFIGURED) {
    const isMeant = known.some((flag) => flag.name === name && GLOBAL.includes(flag));
    const chosen = isMeant ? flags.text(name) : undefined;
    if (chosen && chosen !== only) throw new KubectlError(`${what} ${JSON.stringify(chosen)} does not exist`);
  }
}

function warnAboutFlags(call: Call): void {
  for (const { name, idle, deprecated } of flagsOf(call.command)) {
    if (deprecated && call.flags.given(name)) call.err(`Flag --${name} has been deprecated, ${deprecated}\n`);
    if (idle?.says && call.flags.given(name)) call.err(`kubestep: --${name} has no effect: ${idle.because}\n`);
  }
  if (call.flags.text('kustomize')) {
    throw new KubectlError('kustomizations are not read here', { note: 'kubestep: -k is not simulated' });
  }
}

/** What ended goes through the filters that are left, into the next kubectl of the pipeline, or into a file. */
function throughPipes(process: Process, line: CommandLine, io: CommandIo): Process {
  const { piped = 0 } = process;
  const left = line.filters.slice(piped);
  const next = left.findIndex(([program]) => program === 'kubectl' || program === 'k');
  const filters = next < 0 ? left : left.slice(0, next);
  let ended = process;
  if (filters.length > 0) {
    const filtered = applyFilters(process.stdout, filters);
    ended = { ...process, ...filtered, stderr: process.stderr + filtered.stderr };
  }
  if (next >= 0) {
    const { code: _code, ...rest } = ended;
    const argv = withoutProgram(left[next] as readonly string[]);
    return advance({ ...rest, argv, stdin: ended.stdout, stdout: '', piped: piped + next + 1 }, io);
  }
  return intoFile(line.dropsErrors ? { ...ended, stderr: '' } : ended, line, io);
}

function intoFile(process: Process, { output }: CommandLine, { files }: CommandIo): Process {
  if (!output) return process;
  const { path, append } = output;
  if (path !== '/dev/null') files.write(path, (append ? (files.read(path) ?? '') : '') + process.stdout);
  return { ...process, stdout: '' };
}
