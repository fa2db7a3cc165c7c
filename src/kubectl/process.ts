/**
 * Runs command lines: finds the command, reads its flags, calls it, and turns what it throws into standard error and an exit code. A
 * process is plain data and `advance` a function of it, so that a waiting command survives a checkpoint.
 */
import type { KubeObject } from '../engine/api/meta';
import type { Call, Command, CommandIo, Process, Turn } from './command';
import { splitCommandLine, withoutProgram } from './command-line';
import { asCommandError, describeError, isRefusal, KubectlError } from './errors';
import { applyFilters } from './filters';
import { GLOBAL } from './flag-sets';
import { parseFlags } from './flags';
import { printHelp } from './help';
import { impersonated } from './impersonation';
import { findCommand } from './registry';
import { warningWriter } from './warning-writer';

/** A new process of a command line; nothing has run yet. */
export function newProcess(
  id: string,
  command: string,
  nowMs: number,
  { stdin, as }: { readonly stdin?: string; readonly as?: string } = {},
): Process {
  const argv = withoutProgram(splitCommandLine(command).words);
  return { id, command, argv, stdin, as, startedMs: nowMs, stdout: '', stderr: '' };
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
}

/** What kubectl says when nothing answers at the API server's address. */
const UNREACHABLE =
  'The connection to the server 127.0.0.1:6443 was refused - did you specify the right host or port?\n';
/** How long a waiting command waits for the API server to come back. */
const RETRY_MS = 1_000;

/** Runs a process up to its end or to where it has to wait. */
export function advance(process: Process, io: CommandIo): Process {
  const output: Output = { stdout: process.stdout, stderr: process.stderr };
  let turn: Turn;
  try {
    turn = runTurn(process, io, output);
  } catch (error) {
    const isOutage = isRefusal(error, 'ServiceUnavailable');
    if (isOutage && process.progress) return { ...process, ...output, wakeMs: io.nowMs + RETRY_MS };
    const { text, code } = isOutage ? { text: UNREACHABLE, code: 1 } : describeError(asCommandError(error));
    output.stderr += text;
    turn = { code };
  }
  const { wakeMs: _wakeMs, watch: _watch, progress: _progress, ...rest } = process;
  if (turn && 'progress' in turn) return { ...rest, ...output, ...turn };
  return finish({ ...rest, ...output, code: turn?.code ?? 0 });
}

function runTurn(process: Process, io: CommandIo, output: Output): Turn {
  const line = process.documents ? undefined : splitCommandLine(process.command);
  if (line?.problem) throw new KubectlError(line.problem, { bare: true, code: 2 });
  const { command, words } = findCommand(process.argv);
  const { args, argsBeforeDash, flags } = parseFlags(
    command.path,
    [...command.flags, ...GLOBAL],
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
      client: io.client.acting({ impersonate: impersonated(flags, process.as), onWarning: warnings.write }),
    },
    progress: process.progress,
    out: (text) => {
      output.stdout += text;
    },
    err: (text) => {
      output.stderr += text;
    },
    hasOutput: () => output.stdout !== '',
  };
  if (flags.given('help')) return printHelp(call);
  if (!process.progress) {
    warnAboutFlags(call);
    // Every command begins by asking the server what it serves.
    call.io.client.find('Namespace', undefined, 'default', { resourceVersion: '0' });
  }
  const turn = (command as Command).run(call);
  const isOver = !(turn && 'progress' in turn) && !turn?.code;
  const count = warnings.count();
  if (isOver && flags.bool('warnings-as-errors') && count > 0) {
    throw new KubectlError(count === 1 ? '1 warning received' : `${count} warnings received`);
  }
  return turn;
}

function warnAboutFlags(call: Call): void {
  if (call.flags.given('record'))
    call.err('Flag --record has been deprecated, --record will be removed in the future\n');
  for (const { name, idle } of [...call.command.flags, ...GLOBAL]) {
    if (idle?.says && call.flags.given(name)) call.err(`kubestep: --${name} has no effect: ${idle.because}\n`);
  }
  if (call.flags.text('kustomize')) {
    throw new KubectlError('kustomizations are not read here', { note: 'kubestep: -k is not simulated' });
  }
}

function finish(process: Process): Process {
  if (process.documents) return process;
  const { filters } = splitCommandLine(process.command);
  if (filters.length === 0) return process;
  const filtered = applyFilters(process.stdout, filters);
  return {
    ...process,
    stdout: filtered.stdout,
    stderr: process.stderr + filtered.stderr,
    code: filtered.code,
  };
}
