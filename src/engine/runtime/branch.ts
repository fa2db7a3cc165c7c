/**
 * One branch of time: the step loop, the record of steps, and checkpoints. Looking back reads the store at a revision and
 * never re-runs; forking restores the nearest checkpoint and re-runs to the exact timer, holding every step and every value
 * against the record, so every fork proves determinism anew. What is past is shared: a fork keeps only what it adds.
 */
import type { KubeObject } from '../api/meta';
import type { Component, Memory } from '../client/component';
import { type ActiveFault, faultsIn } from '../client/environment';
import { AssertionError } from '../kernel/assertion-error';
import type { Timer } from '../kernel/timers';
import {
  type ComponentState,
  type HandInput,
  type Input,
  isByHand,
  type Limits,
  type Read,
  type RunResult,
  type Simulation,
  type SimulationConfig,
  type TimedInput,
} from '../simulation';
import type { Store } from '../store/store';
import type { TraceStep } from '../trace/trace';
import { afterStepsOf, bringForward, type InputsAfterSteps, inputsAfterSteps } from './after-steps';
import { type Checkpoint, isCheckpointDue } from './checkpoint';
import { Cluster, type ClusterSetup } from './cluster';
import { describeFiring } from './describe-firing';
import type { Firing } from './firing';
import { JOIN, joined } from './joining';
import { DEFAULT_LIMITS, exceededBy, UNLIMITED } from './limits';
import { Past } from './past';
import { ReadLog } from './read-log';
import { Replay } from './replay';
import { StepRecord } from './step-record';

/** How often a proof looks whether it has failed. */
const TIMERS_PER_PROOF = 1000;

const scheduledKey = (index: number): string => `s${index}`;

/** Where a branch starts: a checkpoint of its parent, and the step it is to stand at. */
interface Origin {
  readonly checkpoint: Checkpoint;
  readonly parent: Branch;
  readonly step: number;
}

/** Implements {@link Simulation}. */
export class Branch extends Past implements Simulation {
  private cluster: Cluster;
  protected readonly record: StepRecord;
  private readonly checkpoints: Checkpoint[];
  private replay: Replay | undefined;
  /** What the scenario does, by time. */
  private readonly scheduled: readonly TimedInput[];
  private readonly afterSteps: InputsAfterSteps;
  /** What people did, in order; the first {@link injected} have happened. */
  private readonly handInputs: HandInput[] = [];
  private injected = 0;
  private limits: Limits;

  constructor(
    private setup: ClusterSetup,
    origin?: Origin,
  ) {
    super();
    this.limits = { ...DEFAULT_LIMITS, ...setup.config.limits };
    this.scheduled = setup.config.inputs.filter((input) => !isByHand(input));
    this.afterSteps = inputsAfterSteps(this.scheduled, scheduledKey);
    const written = (revision: number) => this.store.entryAt(revision)?.value;
    this.record = origin?.parent.record.fork(origin.checkpoint.step, written) ?? new StepRecord(written);
    this.checkpoints = origin?.parent.checkpoints.slice(0, origin.checkpoint.index + 1) ?? [];
    this.cluster = this.newCluster(origin?.parent.cluster.store.forkAt(origin.checkpoint.revision));
    if (origin) this.prove(origin);
    else this.begin();
  }

  protected get store(): Store<KubeObject> {
    return this.cluster.store;
  }
  get config(): SimulationConfig {
    return this.setup.config;
  }
  get components(): readonly Component[] {
    return this.setup.components;
  }
  get step(): number {
    return this.record.length;
  }
  get nowMs(): number {
    return this.cluster.nowMs;
  }
  get revision(): number {
    return this.cluster.store.revision;
  }
  get inputs(): readonly TimedInput[] {
    return this.handInputs;
  }

  setLimits(limits: Partial<Limits>): void {
    this.limits = { ...this.limits, ...limits };
  }

  run(until: Parameters<Simulation['run']>[0]): RunResult {
    const lastStep = Math.min(until.step ?? Infinity, this.step + (until.maxSteps ?? Infinity));
    const lastTimer = this.cluster.fired + (until.maxTimers ?? Infinity);
    for (;;) {
      if (this.cluster.failure) this.injectByHand(until.timeMs);
      if (this.cluster.failure) return { stopped: 'failed', message: this.cluster.failure.message };
      this.maybeCheckpoint();
      const { cluster } = this;
      const message = exceededBy(this.limits, cluster, this.record);
      if (message) return { stopped: 'limit', message };
      if (this.step >= lastStep) return { stopped: 'steps' };
      if (cluster.fired >= lastTimer) return { stopped: 'timers' };
      this.injectByHand(until.timeMs);
      const late = this.afterSteps.get(cluster.nowMs);
      if (late) bringForward(late, cluster.timers, this.step - this.stepAtTime(cluster.nowMs - 1));
      const next = cluster.timers.peek();
      if (!next || (until.timeMs !== undefined && next.atMs > until.timeMs)) {
        if (until.timeMs !== undefined) cluster.advanceTo(Math.floor(until.timeMs));
        return { stopped: next || this.injected < this.handInputs.length ? 'time' : 'idle' };
      }
      cluster.timers.pop();
      cluster.fire(next);
      if (next.kind === JOIN && !cluster.failure) this.join(next);
    }
  }

  act(input: Input, isFirst = false): void {
    const { to, kind, payload } = input;
    const byHand = { to, kind, payload, atMs: this.nowMs, afterTimer: this.cluster.fired, afterStep: this.step };
    // What was still to be replayed belongs to another future than the one this act begins.
    this.handInputs.splice(this.injected, this.handInputs.length, byHand);
    this.injectByHand(Infinity, isFirst);
  }

  fork(step: number): Simulation {
    const wanted = Math.max(0, Math.min(step, this.step));
    const fired = this.record.firedAt(wanted);
    const checkpoint = this.checkpoints.findLast((candidate) => candidate.fired <= fired) as Checkpoint;
    return new Branch(checkpoint.setup, { checkpoint, parent: this, step: wanted });
  }

  readsAt(step: number): readonly Read[] {
    const fired = this.record.firedAt(step);
    const checkpoint = this.checkpoints.findLast((candidate) => candidate.fired < fired);
    if (!checkpoint) return [];
    const reads = new ReadLog();
    new Branch({ ...checkpoint.setup, reads }, { checkpoint, parent: this, step });
    return reads.all;
  }

  memoryOf(actor: string): Memory | undefined {
    return this.cluster.contextOf(actor)?.memory;
  }

  upcoming(count: number): Timer[] {
    return this.cluster.timers.upcoming(count);
  }

  activeFaults(): readonly ActiveFault[] {
    return faultsIn(this.cluster.contextOf('fault')?.environment);
  }

  componentStates(): readonly ComponentState[] {
    return this.cluster.componentStates();
  }

  private begin(): void {
    this.handInputs.push(...this.config.inputs.filter(isByHand));
    this.cluster.start();
    this.scheduled.forEach((input, index) => {
      this.setTimer(input, scheduledKey(index), input.atMs, afterStepsOf(input) > 0 ? 'last' : undefined);
    });
    this.saveCheckpoint();
  }

  private newCluster(store?: Store<KubeObject>): Cluster {
    const branch = this;
    const host = {
      get replay() {
        return branch.replay;
      },
      nextStep: () => this.step + 1,
      input: (key: string) => this.inputAt(key),
      record: (timer: Timer, firing: Firing) => this.recordStep(timer, firing),
    };
    return new Cluster(this.setup, host, store);
  }

  /** Goes on from a checkpoint of the parent to the step wanted. Throws when that isn't what the parent recorded. */
  private prove({ checkpoint, parent, step }: Origin): void {
    this.cluster.restore(checkpoint);
    this.injected = checkpoint.injected;
    const fired = parent.record.firedAt(step);
    this.handInputs.push(...parent.handInputs.slice(0, parent.injected).filter((input) => input.afterTimer < fired));
    const replay = new Replay(parent.record, parent.cluster.store);
    this.replay = replay;
    this.limits = UNLIMITED;
    // A step that doesn't come is not waited for longer than it took the parent.
    for (let left = fired - this.cluster.fired; left > 0 && this.step < step && !replay.difference; ) {
      if (this.run({ step, maxTimers: Math.min(TIMERS_PER_PROOF, left) }).stopped !== 'timers') break;
      left = fired - this.cluster.fired;
    }
    this.replay = undefined;
    this.limits = parent.limits;
    const difference = replay.difference ?? (this.step < step ? `step ${step}: it is not reached` : undefined);
    if (difference)
      throw new AssertionError(`replay differs from the record at ${difference} (seed ${this.config.seed})`);
  }

  private inputAt(key: string): Input {
    const list: readonly TimedInput[] = key.startsWith('s') ? this.scheduled : this.handInputs;
    const found = list[Number(key.slice(1))];
    if (!found) throw new Error(`no input ${key}`);
    return found;
  }

  /**
   * Whether what was done by hand is to happen now: after exactly so many timers. Links of other releases count other timers; what they
   * carry happens at its time.
   */
  private isDue({ afterTimer, atMs }: HandInput): boolean {
    const { fired, timers, failure } = this.cluster;
    const next = timers.peek()?.atMs ?? Infinity;
    return fired >= afterTimer ? next >= atMs || failure !== undefined : next > atMs;
  }

  /** Injects what people did at this point, unless that was later than a run is to go. */
  private injectByHand(untilMs = Infinity, isFirst = false): void {
    for (;;) {
      const input = this.handInputs[this.injected];
      if (!input || input.atMs > untilMs || !this.isDue(input)) return;
      this.cluster.advanceTo(input.atMs);
      this.setTimer(input, `h${this.injected}`, this.nowMs, isFirst ? 'first' : undefined);
      this.injected++;
      this.cluster.resume();
    }
  }

  private setTimer({ to, kind }: Input, key: string, atMs: number, turn: 'first' | 'last' | undefined): void {
    this.cluster.timers.add(atMs, to, `input/${kind}`, key, null, turn);
  }

  private recordStep(timer: Timer, firing: Firing): number | undefined {
    const about = describeFiring(firing);
    if (!about) return undefined;
    const { verb, object, message } = about;
    const { revision, replay, nowMs: time } = this;
    const { fired } = this.cluster;
    const step = this.step + 1;
    const made: TraceStep = { step, time, actor: timer.to, verb, object, cause: timer.cause, message };
    const replayed = { entry: made, revision, fired, detail: firing.detail };
    const { entry, detail } = replay?.checkStep(replayed) ?? replayed;
    this.record.add(entry, revision, fired, detail);
    return step;
  }

  private maybeCheckpoint(): void {
    const last = this.checkpoints[this.checkpoints.length - 1] as Checkpoint;
    const age = this.step - last.step;
    const timers = this.cluster.fired - last.fired;
    const { stepsPerCheckpoint } = this.setup;
    if (stepsPerCheckpoint !== undefined ? age < stepsPerCheckpoint : !isCheckpointDue(age, timers, last.copied))
      return;
    this.saveCheckpoint();
    if (this.setup.restoreAtCheckpoints) this.goOnFromCheckpoint();
  }

  /** After the act: a checkpoint, from which a cluster with the machine goes on. */
  private join({ key }: Timer): void {
    const setup = joined(this.setup, this.cluster, this.inputAt(key), this.step);
    if (!setup) return;
    this.setup = setup;
    this.saveCheckpoint();
    this.goOnFromCheckpoint();
  }

  private goOnFromCheckpoint(): void {
    const { store } = this.cluster;
    this.cluster = this.newCluster(store.forkAt(store.revision));
    this.cluster.restore(this.checkpoints[this.checkpoints.length - 1] as Checkpoint);
  }

  private saveCheckpoint(): void {
    const { setup, step, revision, injected, cluster, checkpoints } = this;
    checkpoints.push({
      ...cluster.save(checkpoints[checkpoints.length - 1]),
      index: checkpoints.length,
      setup,
      step,
      revision,
      injected,
    });
  }
}
