/** The commands that a scenario gives by itself, with what they printed: as the terminal shows them at their moments. */
import { isByHand, type Simulation } from '../engine/simulation';
import type { CommandRecord } from '../kubectl/user';
import { countBelow, type TrackIndex } from '../view/lanes/track-index';
import { outputOf } from './host-decisions';
import type { ScenarioCommand } from './timeline-shapes';

const keyOf = (startedMs: number, command: string): string => `${startedMs} ${command}`;

/** Those that had ended by a step, in that order. */
export function scenarioCommands(simulation: Simulation, { acts }: TrackIndex, step: number): ScenarioCommand[] {
  const given = new Set<string>();
  for (const input of simulation.config.inputs) {
    if (isByHand(input) || input.kind !== 'kubectl') continue;
    given.add(keyOf(input.atMs, (input.payload as { command: string }).command));
  }
  const found: ScenarioCommand[] = [];
  for (const at of acts.steps.slice(0, countBelow(acts.steps, step + 1))) {
    const record = simulation.detailAt(at) as Partial<CommandRecord> | undefined;
    if (record?.type !== 'command') continue;
    const { command, startedMs } = record as CommandRecord;
    if (given.has(keyOf(startedMs, command))) {
      found.push({ step: at, startedMs, command, output: outputOf(record as CommandRecord) });
    }
  }
  return found;
}
