/**
 * kubectl commands that only look: they run on a scratch branch that is thrown away, so that asking `get pods` about
 * the past does not split time.
 */
import type { Simulation } from '../engine/simulation';
import { forkAt } from '../session/cursor';
import { CommandRun } from '../session/run-command';
import type { Moment } from './protocol';

const PATIENCE_STEPS = 20_000;

/** Begins it at a moment; everything but its output will be forgotten. */
export function peekCommand(simulation: Simulation, command: string, at: Moment, untilMs: number): CommandRun {
  const step = Math.min(at.step, simulation.step);
  const scratch = forkAt(simulation, { step, timeMs: Math.min(at.timeMs, simulation.nowMs) });
  return new CommandRun(scratch, { command, untilMs }, PATIENCE_STEPS);
}
