/** How the process of a container has ended: what is remembered of it, and who hears of it. */
import { closed, tailText } from './container-log';
import { tellFollowers } from './container-output';
import { visibleFiles } from './filesystem';
import { countOut } from './load';
import { guestsOf } from './neighbours';
import { freshToken, type Machine, type MachineContainer } from './records';

/** The exit code of a process that was killed. */
export const KILLED = 137;

/** Limits of the message that a container leaves, and of the part of its output that stands in for it. */
const MAX_MESSAGE = 4096;

const MAX_MESSAGE_OF_OUTPUT = 2048;

const MAX_MESSAGE_LINES = 80;

/** When a process that was never begun has started, as containerd says it. */
export const NEVER_STARTED = '1970-01-01T00:00:00Z';

/** What is known of how a process ended before it has. */
export const NOT_ENDED = { finishedAt: '', finishedAtMs: 0, exitCode: 0, reason: '', message: '' } as const;

/** How a process ended. */
export interface Ending {
  readonly exitCode: number;
  readonly reason?: string;
  readonly message?: string;
}

/** The process has ended: remembers how, and tells the kubelet, if there is one. */
export function endProcess(machine: Machine, container: MachineContainer, ending: Ending): void {
  const guests = guestsOf(machine.context, container);
  markExited(machine, container, ending);
  for (const guest of guests) endProcess(machine, guest, { exitCode: KILLED });
  machine.context.wake(`kubelet/${machine.node}`, 'ended', `${container.podUid}/${container.id}`);
}

/** As {@link endProcess}, without telling anybody. */
export function markExited(machine: Machine, container: MachineContainer, ending: Ending): void {
  const { context } = machine;
  const { shell: _shell, shellWakeMs: _wake, ...rest } = container;
  context.memory.containers.set(container.id, {
    ...rest,
    state: 'exited',
    log: closed(container.log, context.nowMs),
    token: freshToken(machine),
    finishedAt: context.now,
    finishedAtMs: context.nowMs,
    peak: countOut(context, container),
    endedStep: machine.cause === undefined ? context.step : machine.cause,
    exitCode: ending.exitCode,
    reason: ending.reason || (ending.exitCode === 0 ? 'Completed' : 'Error'),
    message: ending.message ?? lastWords(machine, container, ending.exitCode),
  });
  tellFollowers(machine, container.id);
}

/** What a container has left to be read: its message file, or the end of its output when it failed without one and that is asked for. */
function lastWords({ context }: Machine, container: MachineContainer, exitCode: number): string {
  const { terminationMessagePath = '/dev/termination-log', terminationMessagePolicy } = container.spec;
  const written = visibleFiles(context, container)[terminationMessagePath] ?? '';
  if (written !== '') return written.slice(-MAX_MESSAGE);
  if (exitCode === 0 || terminationMessagePolicy !== 'FallbackToLogsOnError') return '';
  return tailText(container.log, MAX_MESSAGE_OF_OUTPUT, MAX_MESSAGE_LINES);
}

/** Runs something of a program; what it throws is the program's own misfortune. */
export function contained<T>(action: () => T): { readonly value: T } | { readonly problem: string } {
  try {
    return { value: action() };
  } catch (error) {
    return { problem: `the program could not be run: ${error instanceof Error ? error.message : String(error)}` };
  }
}
