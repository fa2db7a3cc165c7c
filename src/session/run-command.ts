/** Runs one kubectl command, or one applied text, at the head of a simulation, and time on until it has ended. */
import type { Simulation } from '../engine/simulation';
import type { CommandRecord, UserMemory } from '../kubectl/user';

/** Output of one kubectl command, as the step in which it ended keeps it. */
export type CommandResult = CommandRecord;

/** How long a command that waits is given before nobody waits for it any longer. */
const PATIENCE_MS = 3_600_000;
/** Timers between two looks at whether it has ended: most make no step. */
const TIMERS_PER_LOOK = 128;

/** Narrows a step's evidence to a command's output. */
export function isCommandResult(detail: unknown): detail is CommandResult {
  return typeof detail === 'object' && detail !== null && (detail as { type?: unknown }).type === 'command';
}

/** What is run: a command line, or manifests under the name that messages give their file. */
export type CommandRequest =
  | { readonly command: string; readonly stdin?: string; readonly untilMs?: number }
  | { readonly documents: readonly unknown[]; readonly source: string };

/** A command under way. Others may end before it does, and whoever else runs the simulation on does it no harm. */
export class CommandRun {
  /** The step in which it ended; 0 before that, and when it never did. */
  endedStep = 0;
  /** What kept it from ending, if anything did. */
  cutShort: 'limit' | 'failed' | 'patience' | undefined;
  private readonly command: string;
  private readonly startedMs: number;
  private readonly lastStep: number;
  private seen: number;

  /** Begins it. `maxSteps` bounds how much may happen meanwhile; `isFirst`: it only looks, in a branch of its own. */
  constructor(
    private readonly simulation: Simulation,
    request: CommandRequest,
    maxSteps = Infinity,
    isFirst = false,
  ) {
    const kind = 'command' in request ? 'kubectl' : 'apply';
    this.command = 'command' in request ? request.command.trim() : `apply -f ${request.source ?? '-'}`;
    this.startedMs = simulation.nowMs;
    this.seen = simulation.step;
    this.lastStep = this.seen + maxSteps;
    simulation.act({ to: 'user', kind, payload: request }, isFirst);
  }

  /** Runs on by at most one step and a few timers; its result once it has ended or is waited for no longer. */
  advance(): CommandResult | undefined {
    const { simulation, startedMs } = this;
    const { stopped, message } = simulation.run({
      timeMs: startedMs + PATIENCE_MS,
      maxSteps: 1,
      maxTimers: TIMERS_PER_LOOK,
    });
    while (this.seen < simulation.step) {
      this.seen += 1;
      const detail = simulation.detailAt(this.seen);
      if (!this.isOwn(detail)) continue;
      this.endedStep = this.seen;
      return detail;
    }
    if ((stopped === 'steps' || stopped === 'timers') && this.seen < this.lastStep) return undefined;
    this.cutShort = stopped === 'limit' || stopped === 'failed' ? stopped : 'patience';
    const why = `${message ?? 'the command did not end within an hour of virtual time'}\n`;
    const so = this.soFar();
    return { ...so, stderr: `${so.stderr}${why}` };
  }

  /** What it has printed while it runs. */
  soFar(): CommandResult {
    const { simulation, startedMs, command } = this;
    const { processes } = (simulation.memoryOf('user') as UserMemory | undefined) ?? {};
    const own = [...(processes?.values() ?? [])].find(
      (each) => each.startedMs === startedMs && each.command === command,
    );
    const { stdout = '', stderr = '', printed = [] } = own ?? {};
    return { type: 'command', command, startedMs, stdout, stderr, printed, code: 1 };
  }

  /** The time at which it ended, once it has; Infinity where it never did. */
  get endedMs(): number {
    return this.endedStep > 0 ? this.simulation.traceAt(this.endedStep).time : Infinity;
  }

  /** Runs on until it has ended. */
  finish(): CommandResult {
    for (;;) {
      const result = this.advance();
      if (result) return result;
    }
  }

  private isOwn(detail: unknown): detail is CommandResult {
    return isCommandResult(detail) && detail.startedMs === this.startedMs && detail.command === this.command;
  }
}
