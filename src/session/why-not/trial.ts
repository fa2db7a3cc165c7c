/** Tries a change on a branch that is thrown away: whether what is missing comes about within two minutes of the cluster's time. */
import type { Simulation } from '../../engine/simulation';
import { isCommandResult } from '../run-command';
import type { Candidate, Finding } from './said';
import { worldAt } from './world';

/** How a trial ended. */
export interface Trial {
  readonly helps: boolean;
  /** How much was missing at first, and at the end. */
  readonly before: number;
  readonly after: number;
  /** How long it took. */
  readonly tookMs: number;
  /** What refused the change. */
  readonly refused?: string;
}

const TRIAL_MS = 120_000;
const TRIAL_STEPS = 4_000;
/** Steps between two looks at what is missing. */
const STEPS_PER_LOOK = 16;
const TIMERS_PER_LOOK = 256;

/** A trial bit by bit; `branch` stands at the moment and is used up. */
export function trialOn(branch: Simulation, { input }: Candidate, finding: Finding): () => Trial | undefined {
  const [fromStep, fromMs] = [branch.step, branch.nowMs];
  const before = finding.missing(worldAt(branch, branch.step));
  let seen = branch.step;
  branch.act(input);
  let isRepeated = finding.again === undefined;
  const ended = (after: number, refused?: string): Trial => ({
    helps: after === 0 && refused === undefined,
    before,
    after,
    tookMs: branch.nowMs - fromMs,
    ...(refused === undefined ? {} : { refused }),
  });
  return () => {
    const { stopped, message } = branch.run({
      timeMs: fromMs + TRIAL_MS,
      maxSteps: STEPS_PER_LOOK,
      maxTimers: TIMERS_PER_LOOK,
    });
    if (!isRepeated && finding.again) {
      isRepeated = true;
      branch.act(finding.again);
      return undefined;
    }
    const refused = refusalIn(branch, seen, input);
    if (refused !== undefined) return ended(before, refused);
    if (stopped === 'limit' || stopped === 'failed') return ended(before, message ?? stopped);
    const isOver = branch.nowMs >= fromMs + TRIAL_MS || branch.step - fromStep > TRIAL_STEPS;
    // What only fired timers has written nothing.
    if (branch.step === seen && !isOver) return undefined;
    seen = branch.step;
    const after = finding.missing(worldAt(branch, seen));
    return after === 0 || isOver ? ended(after) : undefined;
  };
}

/** Why the change was refused, if it was. */
function refusalIn(branch: Simulation, seen: number, { kind, payload }: Candidate['input']): string | undefined {
  const text = kind === 'kubectl' ? (payload as { command: string }).command.trim() : undefined;
  for (let step = seen + 1; step <= branch.step; step += 1) {
    const detail = branch.detailAt(step);
    if (!isCommandResult(detail) || detail.code === 0) continue;
    if (text === undefined || detail.command === text) return detail.stderr.trim().split('\n')[0] ?? '';
  }
  return undefined;
}
