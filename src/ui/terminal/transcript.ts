/** What the terminal shows at a moment: commands of the scenario and those given by hand, in the order of the cluster's clock. */
import type { BranchChip } from '../../worker/protocol';
import type { ScenarioCommand } from '../../worker/timeline-shapes';
import type { CommandRecord, Left } from '../state/session';
import { printedBy } from './pieces';

type Branch = Pick<BranchChip, 'id' | 'parent' | 'fromStep' | 'through'>;

/** A command with what it has printed. */
export interface Entry {
  readonly key: string;
  readonly command: string;
  readonly timeMs: number;
  readonly output: CommandRecord['output'];
  /** It has printed that so far. */
  readonly isRunning?: true;
}

/** See the header. */
export interface Transcript {
  readonly shown: readonly Entry[];
  /** Given by hand at later moments, in branches that the one shown has not come from, or taken back. */
  readonly elsewhere: readonly Entry[];
}

/** Whether what was done in a branch at a step has been done where the page is. */
export function isPast(branch: number | undefined, step: number, here: Left, branches: readonly Branch[]): boolean {
  const origins = branches.flatMap((one) => one.through ?? [one]);
  let last = here.step;
  let at: number | null | undefined = here.branch;
  while (branch !== undefined && at !== branch) {
    const chip = origins.find(({ id }) => id === at);
    // A branch's parent is older than itself.
    if (!chip || chip.parent === null || chip.parent >= chip.id) return false;
    last = Math.min(last, chip.fromStep);
    at = chip.parent;
  }
  return step <= last;
}

interface Placed extends Entry {
  readonly step: number;
  readonly isPast: boolean;
}

/** See the header. */
export function transcriptOf(
  given: readonly ScenarioCommand[],
  typed: readonly CommandRecord[],
  here: Left,
  branches: readonly Branch[],
): Transcript {
  const own = typed.map(({ id, command, at, branch, left, undone, output }): Placed => {
    // One that waited for the last one to end acts later than it was typed.
    const typedMs = left?.timeMs ?? at.timeMs;
    const past = isPast(left?.branch ?? branch, at.step, here, branches) && typedMs <= here.timeMs && !undone;
    const soFar = output && printedBy(output, here.timeMs);
    const told = soFar ? { output: soFar, isRunning: true as const } : { output };
    return { key: `typed ${id}`, command, timeMs: at.timeMs, ...told, step: at.step, isPast: past };
  });
  // Typed at one time, they stand as they were typed, whatever steps they were typed at: branches part and are taken back.
  const latest = new Map<number, number>();
  for (const [at, each] of own.entries()) {
    const step = Math.max(each.step, latest.get(each.timeMs) ?? 0);
    latest.set(each.timeMs, step);
    own[at] = { ...each, step };
  }
  const all = [
    ...given.map(
      ({ step, startedMs, ...one }): Placed => ({
        ...one,
        key: `given ${startedMs} ${one.command}`,
        timeMs: startedMs,
        step,
        isPast: true,
      }),
    ),
    ...own,
  ].sort((a, b) => a.timeMs - b.timeMs || a.step - b.step);
  return { shown: all.filter((each) => each.isPast), elsewhere: all.filter((each) => !each.isPast) };
}
