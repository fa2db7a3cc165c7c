/**
 * A person's work with one scenario: the branches of time that arose, acting at a moment (which forks when that moment is
 * past), and applying an edited text. It joins the engine, the scenario format and kubectl; the page's worker and the
 * command line both drive it.
 */

import type { KubeObject } from '../engine/api/meta';
import { deepEqual } from '../engine/api/plain';
import { withoutSecretValues } from '../engine/api/secret-command';
import type { Input, Simulation, TimedInput } from '../engine/simulation';
import type { SourceDocument } from '../kubectl/yaml';
import { type Problem, parseScenario, type Scenario } from '../scenario/scenario';
import { heldAt } from './applied-texts';
import { Branches, type BranchInfo, type SavedBranch } from './branches';
import { type Cursor, forkAt, isAtHead } from './cursor';
import { type DocumentMark, marksOf } from './drift';
import { Edits } from './edits';
import { refusalOf } from './refused-act';
import { retold } from './retold';
import { type CommandResult, CommandRun } from './run-command';

export type { BranchInfo, SavedBranch } from './branches';
export type { Cursor } from './cursor';

/** What is needed to bring a session back. */
export interface SavedSession {
  readonly text: string;
  readonly branches: readonly SavedBranch[];
  readonly current: number;
  /** New branches are numbered from here on: lower numbers were those of branches that are gone. */
  readonly nextBranch?: number;
}

/** What came of an edited text. */
export interface EditResult {
  /** What is wrong with it: then nothing was applied, and what earlier edits did stays. */
  readonly problems: readonly Problem[];
  /** What is accepted and has no effect. */
  readonly notices: readonly Problem[];
  /** The Scenario document changed, which needs a new session. */
  readonly needsRestart: boolean;
  /** The text of that session, where nothing before the moment is another: all that was done goes on in it. */
  readonly goesOn?: string;
  /** The Scenario document tells something else of the same run. */
  readonly isRetold?: boolean;
  /** How many manifests were applied or taken away. */
  readonly applied: number;
  /** Where it is to be seen; missing when everything stays as it is. */
  readonly shown?: Cursor;
}

/** A command that may take several slices. */
export interface CommandUnderWay {
  /** The branch it runs in. */
  readonly branch: BranchInfo;
  /** Runs on a little; its result once it has ended. `keep` leaves a branch that somebody has seen by now. */
  advance(keep?: boolean): CommandResult | undefined;
  /** The time at which it ended, once it has; Infinity where it never did. */
  readonly endedMs: number;
}

/** See the header. Create one with createSession of create-session.ts. */
export class Session {
  private readonly lines: Branches;
  private readonly initial: readonly KubeObject[];
  private readonly edits: Edits;
  /** The text whose marks were asked for last, read; without documents when it can't be. */
  private marked: { readonly text: string; readonly documents: readonly SourceDocument[] | undefined } | undefined;

  constructor(
    private begun: string,
    private read: Scenario,
    private readonly start: (inputs: readonly TimedInput[]) => Simulation,
    { inputs = [], saved }: { inputs?: readonly TimedInput[]; saved?: Omit<SavedSession, 'text'> } = {},
  ) {
    this.initial = read.documents.map((document) => document.object);
    this.lines = new Branches(start(inputs));
    this.edits = new Edits(this.lines, this.initial);
    if (saved) this.restore(saved);
  }

  /** The text that it began with. */
  get text(): string {
    return this.begun;
  }

  get scenario(): Scenario {
    return this.read;
  }

  get branches(): readonly BranchInfo[] {
    return this.lines.all;
  }

  /** The branch being worked on. */
  get branch(): BranchInfo {
    return this.lines.current;
  }

  get simulation(): Simulation {
    return this.branch.simulation;
  }

  /** What a link must carry to replay the present branch: everything done by hand. */
  get inputs(): readonly TimedInput[] {
    return this.simulation.inputs;
  }

  /** Everything, as plain data. */
  save(): SavedSession {
    return { text: this.text, branches: this.lines.save(), current: this.branch.id };
  }

  /** Brings the branches to how they were saved. What still runs of them goes on. */
  restore({ branches, current, nextBranch }: Omit<SavedSession, 'text'>): void {
    this.edits.end();
    this.lines.restore(branches, current, this.start, nextBranch);
  }

  /** Goes to another branch. */
  select(id: number): BranchInfo {
    this.edits.end();
    return this.lines.select(id);
  }

  /** Goes to the branch in which exactly this was done by hand, and makes it where there is none. */
  stand(inputs: readonly TimedInput[], label: string): BranchInfo {
    this.edits.end();
    return this.lines.stand(inputs, label, this.start);
  }

  /** Does something at a moment; when that is before the head, in a new branch. Returns the branch it was done in. */
  act(input: Input, cursor: Cursor, label: string): BranchInfo {
    this.standAt(cursor, label);
    this.simulation.act(input);
    return this.branch;
  }

  /** Why an act is refused at a moment, which it need not be tried for; null where it is not. */
  refusalOf(input: Input, cursor: Cursor): string | null {
    return refusalOf(this.simulation, input, cursor);
  }

  /** Runs a kubectl command at a moment, and time on until it has ended. */
  kubectl(command: string, cursor: Cursor, further: CommandInput = {}): CommandResult {
    const underWay = this.begin(command, cursor, further);
    for (;;) {
      const result = underWay.advance();
      if (result) return result;
    }
  }

  /** Begins a kubectl command at a moment. A branch made for a command that is refused is forgotten when that has ended. */
  begin(command: string, cursor: Cursor, further: CommandInput = {}): CommandUnderWay {
    const before = this.branch;
    this.standAt(cursor, withoutSecretValues(command));
    const { branch } = this;
    const run = new CommandRun(branch.simulation, { command, untilMs: this.followedUntil(cursor), ...further });
    const advance = (keep = false) => {
      const result = run.advance();
      const isRefused = result !== undefined && result.code !== 0;
      if (isRefused && !keep && branch !== before && this.isIdle(branch)) this.lines.drop(branch.id);
      return result;
    };
    return {
      branch,
      advance,
      get endedMs() {
        return run.endedMs;
      },
    };
  }

  /** Applies an edited text at a moment: changed manifests as `kubectl apply` would, nulls too. See {@link Edits}. */
  applyText(text: string, cursor: Cursor): EditResult {
    const { scenario, problems } = parseScenario(text, { seed: this.scenario.config.seed });
    const nothing = { problems, notices: scenario?.notices ?? [], needsRestart: false, applied: 0 };
    if (!scenario || problems.length > 0) return nothing;
    const { settings, lesson } = this.read;
    if (deepEqual([scenario.settings, scenario.lesson?.written], [settings, lesson?.written]))
      return { ...nothing, ...this.edits.apply(scenario.documents, cursor) };
    const told = retold(this, { text, scenario }, cursor.timeMs);
    if (!told?.isSameRun) return { ...nothing, needsRestart: true, ...(told && { goesOn: told.text }) };
    this.begun = told.text;
    this.read = told.scenario;
    return { ...nothing, isRetold: true, ...this.edits.apply(scenario.documents, cursor) };
  }

  /** How the documents of a text stand to the cluster at a moment; nothing while the text can't be read. */
  marksOf(text: string, { step }: Cursor): readonly DocumentMark[] {
    // Asked again and again of the same text, as time goes.
    if (this.marked?.text !== text) {
      const { scenario, problems } = parseScenario(text, { seed: this.scenario.config.seed });
      this.marked = { text, documents: problems.length > 0 ? undefined : scenario?.documents };
    }
    const { documents } = this.marked;
    if (!documents) return [];
    const { simulation, initial } = this;
    const at = Math.min(step, simulation.step);
    return marksOf(simulation, at, documents, heldAt(initial, simulation.inputs, at));
  }

  /** True for a branch that nobody left and in which no person changed anything. */
  private isIdle({ id, fromStep, simulation }: BranchInfo): boolean {
    if (this.lines.isParent(id)) return false;
    return simulation
      .trace(fromStep + 1, simulation.step)
      .every(({ actor, step }) => actor !== 'user' || simulation.revisionAt(step) === simulation.revisionAt(step - 1));
  }

  /** Up to when a command that follows what happens (`get -w`) does so: to the end of the timeline, a minute at least. */
  followedUntil({ timeMs }: Cursor): number {
    return Math.max(this.scenario.durationMs, timeMs + FOLLOWED_MS);
  }

  private standAt(cursor: Cursor, label: string): void {
    this.edits.end();
    if (!isAtHead(this.simulation, cursor)) this.lines.addAt(cursor, forkAt(this.simulation, cursor), label);
  }
}

/** What a command is given beside its line. */
export interface CommandInput {
  readonly stdin?: string;
  readonly untilMs?: number;
}

const FOLLOWED_MS = 60_000;
