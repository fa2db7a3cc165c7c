/**
 * A person's work with one scenario: the branches of time that arose, acting at a moment (which forks when that moment is
 * past), and applying an edited text. It joins the engine, the scenario format and kubectl; the page's worker and the
 * command line both drive it.
 */
import type { KubeObject } from '../engine/api/meta';
import { deepEqual } from '../engine/api/plain';
import { type CompositionOptions, createSimulation } from '../engine/create-simulation';
import type { Input, Simulation, TimedInput } from '../engine/simulation';
import { userComponent } from '../kubectl/user';
import { type Problem, parseScenario, type Scenario } from '../scenario/scenario';
import { type CommandResult, runCommand } from './run-command';

/** A moment: a step, and a time from which the next step is still to come. */
export interface Cursor {
  readonly step: number;
  readonly timeMs: number;
}

/** One line of time. The first has no parent. */
export interface BranchInfo {
  readonly id: number;
  readonly parent: number | null;
  /** The step at which it left its parent. */
  readonly fromStep: number;
  readonly label: string;
  readonly simulation: Simulation;
}

/** See the header. Create one with {@link createSession}. */
export class Session {
  readonly branches: BranchInfo[] = [];
  private currentId = 0;
  /** What was applied from the editor, where: looking back before an edit, its manifests are not applied yet. */
  private readonly applied: {
    readonly branch: number;
    readonly step: number;
    readonly objects: readonly KubeObject[];
  }[] = [];

  constructor(
    readonly text: string,
    readonly scenario: Scenario,
    simulation: Simulation,
  ) {
    this.applied.push({ branch: 0, step: 0, objects: scenario.documents.map((document) => document.object) });
    this.branches.push({ id: 0, parent: null, fromStep: 0, label: 'main', simulation });
  }

  /** The branch being worked on. */
  get branch(): BranchInfo {
    return this.branches[this.currentId] as BranchInfo;
  }

  get simulation(): Simulation {
    return this.branch.simulation;
  }

  /** Goes to another branch. */
  select(id: number): BranchInfo {
    if (!this.branches[id]) throw new RangeError(`there is no branch ${id}`);
    this.currentId = id;
    return this.branch;
  }

  /** Does something at a moment; when that is before the head, in a new branch. Returns the branch it was done in. */
  act(input: Input, cursor: Cursor, label: string): BranchInfo {
    this.standAt(cursor, label);
    this.simulation.act(input);
    return this.branch;
  }

  /** Runs a kubectl command at a moment, and time on until it has ended. */
  kubectl(command: string, cursor: Cursor, stdin?: string): CommandResult {
    this.standAt(cursor, command);
    return runCommand(this.simulation, { command, stdin });
  }

  /**
   * Applies an edited text at a moment: changed manifests as `kubectl apply` would. Returns what is wrong with the text
   * (then nothing is applied), and whether the Scenario document changed, which needs a new session.
   */
  applyText(text: string, cursor: Cursor): { problems: readonly Problem[]; needsRestart: boolean; applied: number } {
    const { scenario, problems } = parseScenario(text, { seed: this.scenario.config.seed });
    if (!scenario || problems.length > 0) return { problems, needsRestart: false, applied: 0 };
    if (!deepEqual(scenario.settings, this.scenario.settings)) return { problems, needsRestart: true, applied: 0 };
    const objects = scenario.documents.map((document) => document.object);
    const applied = this.appliedAt(cursor.step);
    const changed = objects.filter((object) => !applied.some((before) => deepEqual(before, object)));
    if (changed.length > 0) {
      const label = `apply ${changed.map((object) => `${object.kind} ${object.metadata?.name ?? ''}`).join(', ')}`;
      this.act({ to: 'user', kind: 'apply', payload: { documents: changed } }, cursor, label);
      this.applied.push({ branch: this.currentId, step: this.simulation.step + 1, objects });
    }
    return { problems, needsRestart: false, applied: changed.length };
  }

  /** What a link must carry to replay the present branch: everything done by hand. */
  get inputs(): readonly TimedInput[] {
    return this.simulation.inputs;
  }

  /** The manifests as last applied at or before a step of the present branch. */
  private appliedAt(step: number): readonly KubeObject[] {
    let { branch } = this;
    let upTo = step;
    for (;;) {
      const found = this.applied.findLast((each) => each.branch === branch.id && each.step <= upTo);
      if (found) return found.objects;
      if (branch.parent === null) return [];
      upTo = Math.min(upTo, branch.fromStep);
      branch = this.branches[branch.parent] as BranchInfo;
    }
  }

  private standAt(cursor: Cursor, label: string): void {
    const { simulation } = this;
    if (cursor.step >= simulation.step && cursor.timeMs >= simulation.nowMs) return;
    const fork = simulation.fork(cursor.step);
    // Further steps of the same ms must stay ahead, so time only passes when the cursor stands later than its step.
    if (cursor.timeMs > fork.nowMs) fork.run({ timeMs: cursor.timeMs });
    const id = this.branches.length;
    this.branches.push({ id, parent: this.currentId, fromStep: cursor.step, label, simulation: fork });
    this.currentId = id;
  }
}

/** Reads a text and starts it. `inputs` replays what was done by hand (from a link). */
export function createSession(
  text: string,
  options: {
    seed?: number;
    inputs?: readonly TimedInput[];
    limits?: Scenario['config']['limits'];
    derivedTrial?: CompositionOptions['derivedTrial'];
  } = {},
): { session?: Session; problems: readonly Problem[] } {
  const { scenario, problems } = parseScenario(text, { seed: options.seed });
  if (!scenario) return { problems };
  const config = {
    ...scenario.config,
    inputs: [...scenario.config.inputs, ...(options.inputs ?? [])],
    limits: options.limits,
  };
  const simulation = createSimulation(config, { components: [userComponent], derivedTrial: options.derivedTrial });
  return { session: new Session(text, scenario, simulation), problems };
}
