/**
 * The process of a container: its shell program or its server, from its start to its end. What goes wrong inside a program ends that
 * container and nothing else.
 * Follows what containerd and runc report to the kubelet: exit codes and reasons.
 */
import { hasFault } from '../client/environment';
import { withConfiguration } from './configured-ports';
import { momentOf, print, printBindFailure, printServer } from './container-output';
import { entrypointCommand } from './entrypoint-scripts';
import { visibleFiles } from './filesystem';
import { workingDirectory } from './image-files';
import { refusalText } from './image-output';
import { countIn, memoryLimit, recount } from './load';
import { kernelRefusal, NOT_RUN } from './missing-program';
import { firstPid, freePid, ownerOf, processesAround, sharesProcesses, takenPort } from './neighbours';
import { hearsReload } from './nginx-reload';
import { watchMemory } from './oom';
import { openData } from './open-data';
import { contained, endProcess, KILLED } from './process-end';
import { type Machine, type MachineContainer, putContainer, timerKey } from './records';
import { delivered } from './shell/accept';
import type { ShellHost } from './shell/host';
import {
  isServer,
  type ProcessTable,
  type Program,
  programOf,
  runTable,
  signalled,
  startTable,
  trapsTerm,
} from './shell/shell';
import { lookUpOf, ownFiles, shellHost } from './shell-host';
import { usageInShell } from './shell-usage';
import { stopAnswer } from './stop-answer';

/** The exit code of a shell that can't read its program. */
const SYNTAX_ERROR = 2;

/** As {@link shellHost}, for a command beside the container's process: it is to come to an end. */
export function execHost(machine: Machine, container: MachineContainer): ShellHost {
  return Object.assign(shellHost(machine, container), around(machine, container, true), { isTask: true as const });
}

/** Sends a signal to a process that a container's programs see; false when there is none. */
export function signalAround(machine: Machine, container: MachineContainer, pid: number, signal: string): boolean {
  const owner = ownerOf(machine.context, container, pid);
  if (owner !== undefined && hearsReload(machine, owner, pid, signal)) return true;
  return owner !== undefined && signalProcess(machine, owner, pid, signal);
}

/** The processes beside a program's own; see processesAround. */
function around(
  machine: Machine,
  container: MachineContainer,
  isWithin: boolean,
): Pick<ShellHost, 'others' | 'signal'> {
  return {
    others: () => processesAround(machine.context, container, isWithin),
    signal: (pid, signal) => signalAround(machine, container, pid, signal),
  };
}

/** A container's command line, read once. */
function programFor({ context }: Machine, argv: readonly string[], container: MachineContainer, entrypoint?: string) {
  const { programs } = container.behaviour;
  const key = [programs.base, entrypoint, ...argv].join('\0');
  return context.derived.memo('programs', key, [], () => programOf(argv, programs, entrypoint));
}

/** What the programs of a container's shell tell a server that is one of them. */
const ownServer = (machine: Machine, { id }: MachineContainer): Pick<ShellHost, 'signal'> => ({
  signal: (pid, signal) => hearsReload(machine, id, pid, signal),
});

/** Begins the process of a container. */
export function startProcess(machine: Machine, container: MachineContainer): void {
  const { context } = machine;
  const startedAt = { startedAt: context.now, startedAtMs: context.nowMs, startedStep: context.step };
  const pid = firstPid(context, container);
  const begun = countIn(context, { ...container, state: 'running', ...startedAt, ...(pid === 1 ? {} : { pid }) });
  const running = begun.behaviour.command
    ? begun
    : withConfiguration(begun, () => visibleFiles(context, begun), lookUpOf(machine, begun));
  context.memory.containers.set(container.id, running);
  runProcess(machine, running);
}

/** Lets a process run from where it stands until it waits, ends or serves. Sets the timer for what comes next. */
export function runProcess(machine: Machine, container: MachineContainer): void {
  const { context } = machine;
  const { command, exit, entrypoint } = container.behaviour;
  const key = timerKey(container);
  const serving = { servingSinceMs: context.nowMs };
  if (!command) {
    const script = exit ? undefined : entrypointCommand(machine, container, visibleFiles(context, container));
    const refused = exit ? undefined : openData(machine, container);
    const taken = refused || exit ? undefined : takenPort(context, container);
    if (exit) {
      endAfter(machine, container.id, exit.afterMs, `${key}/${exit.code}`);
      printServer(machine, container, exit.code === 0 ? 'start' : 'failed');
    } else if (refused) {
      context.after(refused.afterMs, 'ended', `${key}/${refused.code}`);
      return;
    } else if (taken !== undefined) {
      const { afterMs, status } = printBindFailure(machine, container, taken);
      endAfter(machine, container.id, afterMs, `${key}/${status}`);
      return;
    } else if (script) {
      const begun = context.memory.containers.get(container.id) ?? container;
      const behaviour = { ...begun.behaviour, command: script, stop: 'ignore' as const, isInitialising: true as const };
      runProcess(machine, putContainer(machine, begun, { behaviour }));
      return;
    } else printServer(machine, container, 'start');
    putContainer(machine, context.memory.containers.get(container.id) ?? container, serving);
    return;
  }
  const refusal = container.shell ? undefined : kernelRefusal(command, shellHost(machine, container), '/');
  if (refusal !== undefined) {
    print(machine, container.id, 'stderr', refusal);
    endNow(machine, container.id, `${key}/${NOT_RUN}`);
    return;
  }
  const program = container.shell ? undefined : programFor(machine, command, container, entrypoint);
  if (program && 'problem' in program) {
    print(machine, container.id, 'stderr', `${program.problem}\n`);
    endNow(machine, container.id, `${key}/${SYNTAX_ERROR}`);
    return;
  }
  const workingDir = workingDirectory(container);
  const input = container.spec.stdin ? { stdin: { text: '', isOpen: true } } : {};
  const table =
    container.shell ?? startTable(program as Program, { pid: container.pid ?? 1, cwd: workingDir, ...input });
  runShell(machine, container, table);
}

/** Lets the processes of a container's shell run until all of them wait. */
function runShell(machine: Machine, container: MachineContainer, stood: ProcessTable): void {
  const { context } = machine;
  const key = timerKey(container);
  const isShared = sharesProcesses(context, container);
  const table = isShared ? { ...stood, nextPid: Math.max(stood.nextPid, freePid(context, container)) } : stood;
  const host = Object.assign(
    shellHost(machine, container),
    isShared ? around(machine, container, false) : ownServer(machine, container),
    {
      isLimited: Number.isFinite(memoryLimit(container)),
    },
  );
  const before = host.files;
  const { arrived = [] } = container;
  const run = contained(() => runTable(arrived.length > 0 ? delivered(table, arrived) : table, host, context.nowMs));
  if ('problem' in run) {
    endProcess(machine, container, { exitCode: KILLED, reason: 'Error', message: run.problem });
    return;
  }
  const { table: shell, output, wakeMs, exit, serves } = run.value;
  const files = ownFiles(machine, container, before, host.files);
  const begins = serves && container.servingSinceMs === undefined;
  const pendingMs =
    container.shellWakeMs !== undefined && container.shellWakeMs > context.nowMs ? container.shellWakeMs : Infinity;
  const isSooner = wakeMs !== undefined && exit === undefined && wakeMs < pendingMs;
  const shellWakeMs = isSooner ? wakeMs : pendingMs;
  const wake = shellWakeMs === Infinity ? {} : { shellWakeMs };
  const { shellWakeMs: _before, arrived: _taken, servingSinceMs, ...rest } = container;
  // A server that is gone listens no more; when its container ends it is known since when it had.
  const isGone = servingSinceMs !== undefined && !serves && exit === undefined;
  const served = isGone ? { hasServed: true as const } : servingSinceMs === undefined ? {} : { servingSinceMs };
  // What has come over the network meanwhile is for the next wake.
  const late = context.memory.containers.get(container.id)?.arrived?.slice(arrived.length) ?? [];
  const changed = {
    ...rest,
    shell,
    files,
    ...wake,
    ...(late.length > 0 ? { arrived: late } : {}),
    ...(begins ? { servingSinceMs: context.nowMs } : served),
  };
  context.memory.containers.set(
    container.id,
    begins ? withConfiguration(changed, () => host.files, lookUpOf(machine, container)) : changed,
  );
  for (const { stream, text } of output) print(machine, container.id, stream, text);
  const { refusal } = context.memory.containers.get(container.id)?.behaviour ?? {};
  if (begins && refusal) {
    const said = refusalText(container.behaviour.catalogueName ?? '', refusal.said, momentOf(machine, container));
    print(machine, container.id, 'stderr', said);
    context.after(Math.max(1, refusal.afterMs), 'ended', `${key}/1`);
    return;
  }
  if (begins) printServer(machine, container, 'start');
  if (exit === undefined) noteUsage(machine, container.id);
  if (isSooner) context.after(wakeMs - context.nowMs, 'shell', key);
  if (exit !== undefined) endNow(machine, container.id, `${key}/${exit}`);
}

/** What the programs of a shell use beside it has changed: their use is counted from now on. */
function noteUsage(machine: Machine, id: string): void {
  const { context } = machine;
  const container = context.memory.containers.get(id);
  if (container?.state !== 'running' || !container.shell || container.behaviour.isUsageSaid) return;
  const { behaviour, shell, startedAtMs } = container;
  const resting = container.resting ?? behaviour.usage;
  const usage = usageInShell(resting, shell, {
    startedAtMs,
    nowMs: context.nowMs,
    before: behaviour.usage,
    isBare: behaviour.bare,
  });
  if (usage === behaviour.usage) return;
  recount(context, { ...container, resting, behaviour: { ...behaviour, usage } });
  watchMemory(machine, id);
}

/** A process comes to its end after a time. */
function endAfter({ context }: Machine, id: string, afterMs: number, key: string): void {
  const container = context.memory.containers.get(id);
  const isBrief = afterMs === 0 && container?.startedAtMs === context.nowMs;
  if (isBrief) context.memory.containers.set(id, { ...container, isBrief });
  context.after(afterMs, 'ended', key);
}

/** It has come to its end, which is noticed in a step of its own. */
const endNow = (machine: Machine, id: string, key: string): void => endAfter(machine, id, 0, key);

/** Sends a signal to a process of a container's shell, as a command in the container does; false when there is none. */
function signalShell(machine: Machine, id: string, pid: number, signal: string): boolean {
  const container = machine.context.memory.containers.get(id);
  if (container?.state !== 'running' || !container.shell) return false;
  const table = signalled(container.shell, pid, signal);
  if (!table) return false;
  runShell(machine, container, table);
  return true;
}

/** The same for any program. Servers end on these; the kernel keeps SIGKILL from the first process of a container. */
function signalProcess(machine: Machine, id: string, pid: number, signal: string): boolean {
  const container = machine.context.memory.containers.get(id);
  if (container?.state !== 'running') return false;
  if (container.shell && !isServer(container.shell)) return signalShell(machine, id, pid, signal);
  const { pid: first = 1 } = container;
  const answer = stopAnswer(machine.context, container);
  if (pid === first && answer !== 'ignore' && ['TERM', 'INT', 'QUIT'].includes(signal)) {
    askToStop(machine, container);
    machine.context.after(answer.exitAfterMs, 'ended', `${timerKey(container)}/${answer.code}`);
  }
  if (pid === first && first !== 1 && signal === 'KILL')
    endNow(machine, container.id, `${timerKey(container)}/${KILLED}`);
  return pid === first;
}

/** Notes that a process was asked to end, the first time. */
function askToStop(machine: Machine, container: MachineContainer): void {
  const { nowMs, step } = machine.context;
  if (container.stopAskedMs !== undefined) return;
  putContainer(machine, container, { stopAskedMs: nowMs, stopAskedStep: step });
  if (container.servingSinceMs !== undefined) printServer(machine, container, 'stop');
}

/** Ends a process after a time. */
function killAfter({ context }: Machine, container: MachineContainer, graceMs: number): void {
  context.after(graceMs, 'kill', `${timerKey(container)}/${container.killsForgotten ?? 0}`);
}

/** The time of a process is over: it is killed, if the kubelet that asked for it still waits for its end. */
export function kill(machine: Machine, container: MachineContainer, asked: number): void {
  const { context, node } = machine;
  if (asked !== (container.killsForgotten ?? 0)) return;
  if (hasFault(context.environment, 'component-down', { component: 'kubelet', node })) return;
  endProcess(machine, container, { exitCode: KILLED });
}

/** Whatever was to be killed is not, until that is asked for again. */
export function forgetKills(machine: Machine): void {
  for (const container of [...machine.context.memory.containers.values()]) {
    if (container.state !== 'running' || container.stopAskedMs === undefined) continue;
    putContainer(machine, container, { killsForgotten: (container.killsForgotten ?? 0) + 1 });
  }
}

/** Sends SIGTERM, and SIGKILL after `graceMs` if that does not help; asked again, it only comes sooner. */
export function stopProcess(machine: Machine, container: MachineContainer, graceMs: number): void {
  const { context } = machine;
  askToStop(machine, container);
  const { shell, behaviour } = container;
  // A trap comes before what is said of the image.
  if (shell && !isServer(shell) && (behaviour.stop === 'ignore' || trapsTerm(shell))) {
    killAfter(machine, container, graceMs);
    signalShell(machine, container.id, shell.leader, 'TERM');
    return;
  }
  const answer = stopAnswer(context, container);
  if (answer !== 'ignore' && answer.exitAfterMs < graceMs) {
    context.after(answer.exitAfterMs, 'ended', `${timerKey(container)}/${answer.code}`);
  } else killAfter(machine, container, graceMs);
}
