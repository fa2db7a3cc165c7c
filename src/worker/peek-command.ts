/**
 * kubectl commands that only look: they run on a scratch branch that is thrown away, so that asking `get pods` about
 * the past does not split time.
 */
import type { Simulation } from '../engine/simulation';
import { type CommandResult, runCommand } from '../session/run-command';
import type { Moment } from './protocol';

export { isReading } from '../kubectl/reading';

const PATIENCE_STEPS = 20_000;

/** Runs it at a moment and forgets everything but its output. */
export function peekCommand(simulation: Simulation, command: string, at: Moment): CommandResult {
  const scratch = simulation.fork(Math.min(at.step, simulation.step));
  if (at.timeMs > scratch.nowMs) scratch.run({ timeMs: Math.min(at.timeMs, simulation.nowMs) });
  return runCommand(scratch, { command }, PATIENCE_STEPS);
}
