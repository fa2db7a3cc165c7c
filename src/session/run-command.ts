/** Runs one kubectl command at the head of a simulation, and time on until that command has ended. */
import type { Simulation } from '../engine/simulation';
import type { CommandRecord } from '../kubectl/user';

/** Output of one kubectl command, as the step in which it ended keeps it. */
export type CommandResult = CommandRecord;

/** How long a command that waits is given before nobody waits for it any longer. */
const PATIENCE_MS = 600_000;

/** Narrows a step's evidence to a command's output. */
export function isCommandResult(detail: unknown): detail is CommandResult {
  return typeof detail === 'object' && detail !== null && (detail as { type?: unknown }).type === 'command';
}

/** Does it; `maxSteps` bounds how much may happen meanwhile. Other commands may end before this one does. */
export function runCommand(
  simulation: Simulation,
  { command, stdin }: { readonly command: string; readonly stdin?: string },
  maxSteps = Infinity,
): CommandResult {
  const startedMs = simulation.nowMs;
  const isOwn = (detail: unknown): detail is CommandResult =>
    isCommandResult(detail) && detail.startedMs === startedMs && detail.command === command.trim();
  let seen = simulation.step;
  const lastStep = seen + maxSteps;
  simulation.act({ to: 'user', kind: 'kubectl', payload: { command, stdin } });
  for (;;) {
    const { stopped, message } = simulation.run({ timeMs: startedMs + PATIENCE_MS, maxSteps: 1 });
    for (; seen < simulation.step; seen++) {
      const detail = simulation.detailAt(seen + 1);
      if (isOwn(detail)) return detail;
    }
    if (stopped === 'steps' && seen < lastStep) continue;
    const stderr = `${message ?? 'the command did not end within ten minutes of virtual time'}\n`;
    return { type: 'command', command, startedMs, stdout: '', stderr, code: 1 };
  }
}
