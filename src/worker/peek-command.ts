/**
 * kubectl commands that only look: they run on a scratch branch that is thrown away, so that asking `get pods` about
 * the past does not split time.
 */
import type { Simulation } from '../engine/simulation';
import { type CommandResult, runCommand } from '../session/run-command';
import type { Moment } from './protocol';

const READING = new Set([
  'get',
  'describe',
  'logs',
  'explain',
  'version',
  'api-resources',
  'api-versions',
  'cluster-info',
  'top',
  'events',
  'diff',
  'help',
]);
const READING_ROLLOUT = new Set(['history', 'status']);
const PATIENCE_STEPS = 20_000;

/** True for commands that change nothing. Waiting ones (`-w`, `rollout status`) look too. */
export function isReading(command: string): boolean {
  const [verb = '', noun = ''] = command
    .trim()
    .replace(/^kubectl\s+/, '')
    .split(/\s+/);
  return READING.has(verb) || (verb === 'rollout' && READING_ROLLOUT.has(noun)) || verb === '';
}

/** Runs it at a moment and forgets everything but its output. */
export function peekCommand(simulation: Simulation, command: string, at: Moment): CommandResult {
  const scratch = simulation.fork(Math.min(at.step, simulation.step));
  if (at.timeMs > scratch.nowMs) scratch.run({ timeMs: Math.min(at.timeMs, simulation.nowMs) });
  return runCommand(scratch, { command }, PATIENCE_STEPS);
}
