/**
 * Commands that somebody runs in a container and watches (kubectl exec): processes of their own beside the container's, which take their time. What
 * they print is kept until it is fetched.
 * Follows Exec of containerd's CRI plugin (internal/cri/server/container_execsync.go). A terminal is only the joining of both streams.
 */
import type { StreamWake } from '../api/pod-streams';
import { follow } from './container-output';
import { randomHex64 } from './hex';
import { workingDirectory } from './image-files';
import { execError, kernelRefusal, NOT_RUN } from './missing-program';
import { execPid } from './neighbours';
import { watchWritten } from './oom';
import { execHost, runProcess } from './process';
import { contained, KILLED } from './process-end';
import { type Machine, type MachineContainer, putContainer } from './records';
import type { Output } from './shell/output';
import type { ProcessTable } from './shell/process-state';
import { programOf, runTable, startTable } from './shell/shell';
import { ownFiles } from './shell-host';

/** A command that runs in a container. */
export interface ExecSession {
  readonly container: string;
  readonly table: ProcessTable;
  /** What it has printed that nobody has fetched. */
  readonly output: readonly Output[];
  readonly exit?: number;
  /** Who is to be woken when there is more. */
  readonly wake?: StreamWake;
}

/** What is to be run. */
export interface ExecRequest {
  readonly command: readonly string[];
  /** What comes on its standard input; undefined: nothing is connected to it. */
  readonly stdin?: string;
}

/** Begins a command; its session, or the runtime's words for why it can't be started. */
export function beginExec(
  machine: Machine,
  container: MachineContainer,
  { command, stdin }: ExecRequest,
): { readonly session: string } | { readonly error: string } {
  const { context } = machine;
  const session = randomHex64(context.random);
  const workingDir = workingDirectory(container);
  const host = execHost(machine, container);
  const missing = execError(command, host, workingDir);
  if (missing !== undefined) {
    const why = `OCI runtime exec failed: exec failed: unable to start container process: ${missing}: unknown`;
    return { error: `failed to exec in container: failed to start exec "${session}": ${why}` };
  }
  const refusal = kernelRefusal(command, host, workingDir);
  const program = refusal === undefined ? programOf(command, host) : { problem: refusal.trimEnd() };
  const { execs } = context.memory;
  if ('problem' in program) {
    const output: Output[] = [{ stream: 'stderr', text: `${program.problem}\n` }];
    execs.set(session, { container: container.id, table: EMPTY, output, exit: refusal === undefined ? 2 : NOT_RUN });
    return { session };
  }
  const input = stdin === undefined ? {} : { stdin: { text: stdin } };
  const table = startTable(program, { pid: execPid(context, container), cwd: workingDir, ...input });
  runExec(machine, session, { container: container.id, table, output: [] });
  return { session };
}

const EMPTY: ProcessTable = { processes: [], pipes: {}, nextPid: 1, nextPipe: 1, leader: 0, isBusy: false };

/** Lets the processes of a command go on. */
function runExec(machine: Machine, session: string, before: ExecSession): void {
  const { context } = machine;
  const { containers, execs } = context.memory;
  const container = containers.get(before.container);
  if (container?.state !== 'running') {
    tell(machine, session, { ...before, exit: KILLED });
    return;
  }
  const host = execHost(machine, container);
  const files = host.files;
  const run = contained(() => runTable(before.table, host, context.nowMs));
  if ('problem' in run) {
    const output: Output[] = [...before.output, { stream: 'stderr', text: `${run.problem}\n` }];
    tell(machine, session, { ...before, output, exit: KILLED });
    return;
  }
  const current = containers.get(container.id) ?? container;
  const own = ownFiles(machine, current, files, host.files);
  if (own !== current.files) putContainer(machine, current, { files: own });
  watchWritten(machine, container);
  const { table, output, wakeMs, serves } = run.value;
  // Of a server that somebody begins beside that of the container nothing is known: it has ended.
  const exit = run.value.exit ?? (serves ? 0 : undefined);
  const after: ExecSession = { ...before, table, output: [...before.output, ...output] };
  if (wakeMs !== undefined && exit === undefined) context.after(wakeMs - context.nowMs, 'exec', session);
  if (output.length > 0 || exit !== undefined) tell(machine, session, exit === undefined ? after : { ...after, exit });
  else execs.set(session, after);
}

/** Keeps a session and wakes whoever waits for it. */
function tell({ context }: Machine, session: string, { wake, ...rest }: ExecSession): void {
  if (wake) context.wake(wake.actor, wake.kind, wake.key);
  context.memory.execs.set(session, rest);
}

/** The timer of a command has fired. */
export function continueExec(machine: Machine, session: string): void {
  const found = machine.context.memory.execs.get(session);
  if (found && found.exit === undefined) runExec(machine, session, found);
}

/** Fetches what a command has printed; one that has ended is forgotten. */
export function fetchExec(
  machine: Machine,
  session: string,
  wake: StreamWake,
): { readonly output: readonly Output[]; readonly exit?: number } {
  const { context } = machine;
  const { execs, containers } = context.memory;
  const found = execs.get(session);
  if (!found) return { output: [], exit: KILLED };
  const { container, output } = found;
  // It ends with its container, of which whoever follows that is told.
  const exit = found.exit ?? (containers.get(container)?.state === 'running' ? undefined : KILLED);
  if (exit !== undefined) {
    execs.delete(session);
    return { output, exit };
  }
  execs.set(session, { ...found, output: [], wake });
  follow(machine, container, wake);
  return { output };
}

/** Writes to the standard input of a container's first process, where that is open. */
export function writeStdin(machine: Machine, id: string, text: string): void {
  const container = machine.context.memory.containers.get(id);
  const pipe = container?.shell?.pipes[0];
  if (container?.state !== 'running' || !container.shell || !pipe?.isOpen) return;
  // What is typed at a terminal comes at once, and then ends.
  const { stdinOnce, tty } = container.spec;
  const pipes = { ...container.shell.pipes, 0: { text: pipe.text + text, isOpen: !stdinOnce && !tty } };
  runProcess(machine, putContainer(machine, container, { shell: { ...container.shell, pipes } }));
}
