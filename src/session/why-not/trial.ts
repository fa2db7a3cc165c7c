/**
 * Tries a change, or none, on a branch that is thrown away: whether what is missing comes about within two minutes of the cluster's time,
 * and at which step.
 */
import { withoutSecretValues } from '../../engine/api/secret-command';
import type { Simulation } from '../../engine/simulation';
import { isCommandResult } from '../run-command';
import type { Candidate, Finding, Said, World } from './said';
import { worldAt } from './world';

/** How a trial ended. */
export interface Trial {
  readonly helps: boolean;
  /** How much was missing at first, and at the end. */
  readonly before: number;
  readonly after: number;
  /** How long it took: to the first step at which nothing was missing, else all the time there was. */
  readonly tookMs: number;
  /** What refused the change. */
  readonly refused?: string;
  /** How far it has come, where it has not come about, and what it still waits for. */
  readonly standing?: Said;
  readonly reason?: Said;
  /** What the scenario does meanwhile, when it comes about by that. */
  readonly act?: ScenarioAct;
}

/** A command, a manifest or a fault that the scenario has planned. */
export interface ScenarioAct {
  readonly atMs: number;
  readonly message: string;
}

const TRIAL_MS = 120_000;
const TRIAL_STEPS = 4_000;
/** So many steps, and so much time, lie between two looks at what is missing: what comes about may be gone again with the scenario's next act. */
const STEPS_PER_LOOK = 16;
const MS_PER_LOOK = 1_000;
const TIMERS_PER_LOOK = 256;

/**
 * A trial bit by bit, of no change where there is no candidate; `branch` stands at the moment and is used up. `findingAt`: what there is
 * to say at its end.
 */
export function trialOn(
  branch: Simulation,
  candidate: Candidate | undefined,
  finding: Finding,
  findingAt: (world: World) => Finding | undefined,
): () => Trial | undefined {
  const [fromStep, fromMs] = [branch.step, branch.nowMs];
  const before = finding.missing(worldAt(branch, branch.step));
  let seen = branch.step;
  if (candidate) branch.act(candidate.input);
  const others = candidate ? [candidate.also?.input, finding.again].filter((input) => input !== undefined) : [];
  const ended = (after: number, refused?: string): Trial => ({
    helps: after === 0 && refused === undefined,
    before,
    after,
    tookMs: branch.nowMs - fromMs,
    ...(refused === undefined ? {} : { refused }),
  });
  const complete = (step: number): Trial => {
    const act = candidate ? undefined : actBehind(branch, fromStep, step);
    return { ...ended(0), tookMs: branch.traceAt(step).time - fromMs, ...(act ? { act } : {}) };
  };
  return () => {
    const { stopped, message } = branch.run({
      timeMs: Math.min(fromMs + TRIAL_MS, branch.nowMs + MS_PER_LOOK),
      maxSteps: STEPS_PER_LOOK,
      maxTimers: TIMERS_PER_LOOK,
    });
    const next = others.shift();
    if (next) {
      branch.act(next);
      return undefined;
    }
    const refused = candidate && (refusalIn(branch, seen, candidate) ?? refusalIn(branch, seen, candidate.also));
    if (refused !== undefined) return ended(before, refused);
    if (stopped === 'limit' || stopped === 'failed') return ended(before, message ?? stopped);
    const isOver = branch.nowMs >= fromMs + TRIAL_MS || branch.step - fromStep > TRIAL_STEPS;
    // What only fired timers has written nothing.
    if (branch.step === seen && !isOver) return undefined;
    const after = finding.missing(worldAt(branch, branch.step));
    if (after === 0) return complete(firstComplete(branch, seen, finding));
    seen = branch.step;
    if (!isOver) return undefined;
    const { standing, sentences = [] } = findingAt(worldAt(branch, branch.step)) ?? {};
    const reason = sentences.findLast(({ key }) => key !== standing?.key);
    return { ...ended(after), ...(standing ? { standing } : {}), ...(reason ? { reason } : {}) };
  };
}

/** The first step after `seen` at which nothing was missing any more, as nothing is now. */
function firstComplete(branch: Simulation, seen: number, { missing }: Finding): number {
  let [without, complete] = [seen, branch.step];
  while (complete - without > 1) {
    const between = Math.floor((without + complete) / 2);
    if (missing(worldAt(branch, between)) === 0) complete = between;
    else without = between;
  }
  return complete;
}

/** What of the scenario led to a step, if that came later than another step. */
function actBehind(branch: Simulation, fromStep: number, step: number): ScenarioAct | undefined {
  let at = branch.traceAt(step);
  while (at.step > fromStep) {
    if (at.actor === 'user' || at.actor === 'fault') {
      const detail = branch.detailAt(at.step);
      return {
        atMs: at.time,
        message: isCommandResult(detail) ? `kubectl ${withoutSecretValues(detail.command)}` : at.message,
      };
    }
    if (at.cause === null) break;
    at = branch.traceAt(at.cause);
  }
  return undefined;
}

/** Why the change was refused, if it was. */
function refusalIn(branch: Simulation, seen: number, candidate: Candidate | undefined): string | undefined {
  if (!candidate) return undefined;
  const { kind, payload } = candidate.input;
  const text = kind === 'kubectl' ? (payload as { command: string }).command.trim() : undefined;
  for (let step = seen + 1; step <= branch.step; step += 1) {
    const detail = branch.detailAt(step);
    if (!isCommandResult(detail) || detail.code === 0) continue;
    if (text === undefined || detail.command === text) return detail.stderr.trim().split('\n')[0] ?? '';
  }
  return undefined;
}
