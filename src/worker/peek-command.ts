/**
 * kubectl commands given by hand. Those that only look run on a scratch branch that is thrown away, so that asking `get pods` about
 * the past does not split time.
 */
import type { Simulation } from '../engine/simulation';
import { forkAt } from '../session/cursor';
import { type CommandResult, CommandRun } from '../session/run-command';
import type { CommandUnderWay, Session } from '../session/session';
import type { CommandOutput } from './command-shapes';
import type { Held } from './held';
import type { Moment, Requests } from './protocol';

const PATIENCE_STEPS = 20_000;

/** Begins it at a moment; everything but its output will be forgotten. */
export function peekCommand(simulation: Simulation, command: string, at: Moment, untilMs: number): CommandRun {
  const step = Math.min(at.step, simulation.step);
  const scratch = forkAt(simulation, { step, timeMs: Math.min(at.timeMs, simulation.nowMs) });
  // What comes next may be due at the same ms, and is not seen yet.
  return new CommandRun(scratch, { command, untilMs }, PATIENCE_STEPS, true);
}

/** A command that was begun, and where. */
export interface Begun {
  readonly at: Moment;
  /** Set where it acts. */
  readonly acting: CommandUnderWay | undefined;
  readonly underWay: CommandRun | CommandUnderWay;
}

/** Begins a command. One that acts waits for the end of another, as at a prompt. */
export function beginCommand(
  session: Session,
  held: Held,
  { command, stdin, at: shown, afterMs }: Requests['kubectl']['params'],
  isActing: boolean,
): Begun {
  const { simulation } = session;
  const isLater = isActing && afterMs !== undefined && afterMs <= simulation.nowMs;
  const at = isLater ? { step: simulation.stepAtTime(afterMs), timeMs: afterMs } : shown;
  if (isActing) {
    const acting = session.begin(command, at, stdin === undefined ? {} : { stdin });
    return { at, acting, underWay: acting };
  }
  const untilMs = held.followed(at.timeMs, session.followedUntil(at));
  return { at, acting: undefined, underWay: peekCommand(simulation, command, at, untilMs) };
}

/** What a command printed, with when it ended where that was later than it was begun. */
export function endedOf(result: CommandResult, { underWay: { endedMs }, at }: Begun): CommandResult & CommandOutput {
  return endedMs > at.timeMs && endedMs < Infinity ? { ...result, endedMs } : result;
}
