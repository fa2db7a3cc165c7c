/**
 * Commands run inside a container beside its process: hooks, probes. They come to their end at once, as far as others can see, and take so long;
 * what they signal on the way is signalled when they would have come so far.
 * Follows ExecSync of containerd; what serves is taken to succeed.
 */
import type { ExecResult } from './cri';
import { workingDirectory } from './image-files';
import { execError, kernelRefusal, NOT_RUN } from './missing-program';
import { execPid } from './neighbours';
import { watchWritten } from './oom';
import { execHost, signalAround } from './process';
import { contained, KILLED } from './process-end';
import { type Machine, type MachineContainer, putContainer, timerKey } from './records';
import type { ShellHost } from './shell/host';
import { programOf, runTable, startTable } from './shell/shell';
import { ownFiles } from './shell-host';
import { stopAnswer } from './stop-answer';

/** The words for a command in a container that does not run. */
export const STOPPED = 'cannot exec in a stopped container';

/** How often a command may sleep before it counts as one that never ends. */
const MAX_SLEEPS = 1000;
/** Instructions of one command, over all its wakes: it is run in one step. */
const MAX_INSTRUCTIONS = 20_000;

/** Runs a command to its end, or until `limitMs` have passed. */
export function execSync(
  machine: Machine,
  container: MachineContainer | undefined,
  command: readonly string[],
  limitMs: number,
): ExecResult {
  if (container?.state !== 'running') return { code: 126, output: STOPPED, tookMs: 0, error: STOPPED };
  const clock = { nowMs: machine.context.nowMs };
  const host = inItsTime(machine, container, clock);
  const before = host.files;
  const pid = execPid(machine.context, container);
  const cwd = workingDirectory(container);
  const run = contained(() => runToEnd(command, host, { pid, cwd, clock, limitMs }));
  if ('problem' in run) return { code: KILLED, output: run.problem, tookMs: 0 };
  const current = machine.context.memory.containers.get(container.id) ?? container;
  const files = ownFiles(machine, current, before, host.files);
  if (files !== current.files) putContainer(machine, current, { files });
  watchWritten(machine, container);
  return run.value;
}

/** A container as such a command finds it: who was asked to end is gone when that has taken its time. */
function inItsTime(machine: Machine, container: MachineContainer, clock: Conditions['clock']): ShellHost {
  const { context } = machine;
  const host = execHost(machine, container);
  const around = host.others ?? (() => []);
  const goneMs = new Map<number, number>();
  host.others = () => around().filter(({ pid }) => (goneMs.get(pid) ?? Infinity) > clock.nowMs);
  host.signal = (pid, signal) => {
    const stop = stopAnswer(context, container);
    const isEnd = ['TERM', 'INT', 'QUIT'].includes(signal) && stop !== 'ignore' && !goneMs.has(pid);
    if (isEnd && pid === (container.pid ?? 1)) goneMs.set(pid, clock.nowMs + stop.exitAfterMs);
    const aheadMs = clock.nowMs - context.nowMs;
    if (aheadMs === 0) return signalAround(machine, container, pid, signal);
    context.after(aheadMs, 'signal', `${timerKey(container)}/${pid} ${signal}`);
    return around().some((one) => one.pid === pid);
  };
  return host;
}

interface Conditions {
  readonly pid: number;
  readonly cwd: string;
  /** How far the command has come. */
  readonly clock: { nowMs: number };
  readonly limitMs: number;
}

function runToEnd(command: readonly string[], host: ShellHost, { pid, cwd, clock, limitMs }: Conditions): ExecResult {
  const missing = execError(command, host, cwd);
  if (missing !== undefined) {
    const error = `OCI runtime exec failed: exec failed: unable to start container process: ${missing}`;
    return { code: 127, output: missing, tookMs: 0, error };
  }
  const refusal = kernelRefusal(command, host, cwd);
  if (refusal !== undefined) return { code: NOT_RUN, output: refusal, tookMs: 0 };
  const program = programOf(command, host);
  if ('problem' in program) return { code: 2, output: `${program.problem}\n`, tookMs: 0 };
  const { nowMs } = clock;
  const budget = { instructions: MAX_INSTRUCTIONS };
  let table = startTable(program, { pid, cwd });
  let output = '';
  let tookMs = 0;
  for (let sleeps = 0; sleeps < MAX_SLEEPS; sleeps++) {
    clock.nowMs = nowMs + tookMs;
    const run = runTable(table, host, clock.nowMs, budget);
    output += run.output.map(({ text }) => text).join('');
    table = run.table;
    if (run.serves) return { code: 0, output, tookMs };
    if (run.exit !== undefined) return { code: run.exit, output, tookMs };
    if (run.wakeMs === undefined || budget.instructions <= 0) break;
    tookMs = run.wakeMs - nowMs;
    if (tookMs >= limitMs) break;
  }
  return { code: KILLED, output, tookMs: limitMs };
}
