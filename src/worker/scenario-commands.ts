/** The commands that a scenario gives by itself, with what they printed: as the terminal shows them at their moments. */
import { isByHand, type Simulation } from '../engine/simulation';
import type { PrintedMark, Process } from '../kubectl/command';
import type { CommandRecord, UserMemory } from '../kubectl/user';
import type { TrackIndex } from '../view/lanes/track-index';
import { outputOf } from './host-decisions';
import type { Moment } from './protocol';
import type { ScenarioCommand } from './timeline-shapes';

const keyOf = (startedMs: number, command: string): string => `${startedMs} ${command}`;

/** A command that ends later than a moment, if at all, as it is then; undefined where it has not begun. */
function runningAt(
  { step, timeMs }: Moment,
  {
    command,
    startedMs,
    stdout,
    stderr,
    printed = [],
  }: Pick<CommandRecord, 'command' | 'startedMs' | 'stdout' | 'stderr' | 'printed'>,
): ScenarioCommand | undefined {
  const isPast = (mark: PrintedMark): boolean => mark.step <= step || mark.atMs < timeMs;
  const past = printed.filter(isPast);
  if (startedMs >= timeMs && past.length === 0) return undefined;
  const last = past.at(-1);
  const output = { stdout: stdout.slice(0, last?.stdout ?? 0), stderr: stderr.slice(0, last?.stderr ?? 0), code: 0 };
  return { step, startedMs, command, output: { ...output, printed: past }, isRunning: true };
}

/** Those that had ended by a moment, in that order, and those that still ran. */
export function scenarioCommands(simulation: Simulation, { acts }: TrackIndex, moment: Moment): ScenarioCommand[] {
  const given = new Set<string>();
  for (const input of simulation.config.inputs) {
    if (isByHand(input) || input.kind !== 'kubectl') continue;
    given.add(keyOf(input.atMs, (input.payload as { command: string }).command));
  }
  if (given.size === 0) return [];
  const isGiven = ({ startedMs, command }: Pick<Process, 'startedMs' | 'command'>) =>
    given.has(keyOf(startedMs, command));
  const found: ScenarioCommand[] = [];
  const running: (ScenarioCommand | undefined)[] = [];
  for (const at of acts.steps) {
    const record = simulation.detailAt(at) as Partial<CommandRecord> | undefined;
    if (record?.type !== 'command' || !isGiven(record as CommandRecord)) continue;
    const ended = record as CommandRecord;
    const { command, startedMs } = ended;
    if (at <= moment.step) found.push({ step: at, startedMs, command, output: outputOf(ended) });
    else running.push(runningAt(moment, ended));
  }
  const { processes } = (simulation.memoryOf('user') as UserMemory | undefined) ?? {};
  for (const process of processes?.values() ?? []) if (isGiven(process)) running.push(runningAt(moment, process));
  return [...found, ...running.filter((one) => one !== undefined)];
}
