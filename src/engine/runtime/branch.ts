/**
 * One branch of time: the step loop, the record of steps, and checkpoints. Looking back reads the store at a revision and
 * never re-runs; forking restores the nearest checkpoint and re-runs to the exact timer, then compares the last step with
 * the record, so every fork proves determinism anew.
 */
import { joinKey, type KubeObject } from '../api/meta';
import type { Component } from '../client/component';
import type { Timer } from '../kernel/timers';
import type { Input, Limits, RunResult, Simulation, SimulationConfig, TimedInput } from '../simulation';
import type { TraceStep } from '../trace/trace';
import type { Checkpoint } from './checkpoint';
import { Cluster, type ClusterSetup } from './cluster';
import { describeWrite, referenceTo } from './describe-write';
import type { Firing } from './firing';
import { DEFAULT_LIMITS, exceededLimit, UNLIMITED } from './limits';
import { StepRecord } from './step-record';

const STEPS_PER_CHECKPOINT = 4000;
/** A checkpoint is due no sooner than after this fraction of the entries it copies, so that copying never dominates a run. */
const ENTRIES_PER_STEP = 4;

type HandInput = Extract<TimedInput, { afterTimer: number }>;

const isByHand = (input: TimedInput): input is HandInput => 'afterTimer' in input;

/** Where a branch starts: a checkpoint of its parent, and the step it is to stand at. */
interface Origin {
  readonly checkpoint: Checkpoint;
  readonly parent: Branch;
  readonly step: number;
}

/** Implements {@link Simulation}. */
export class Branch implements Simulation {
  private readonly cluster: Cluster;
  private readonly record = new StepRecord();
  private readonly checkpoints: Checkpoint[] = [];
  /** What the scenario does, by time. */
  private readonly scheduled: readonly TimedInput[];
  /** What people did, in order; the first {@link injected} have happened. */
  private readonly handInputs: HandInput[] = [];
  private injected = 0;
  private limits: Limits;

  constructor(
    private readonly setup: ClusterSetup,
    origin?: Origin,
  ) {
    const { config } = setup;
    this.limits = { ...DEFAULT_LIMITS, ...config.limits };
    this.scheduled = config.inputs.filter((input) => !isByHand(input));
    const host = {
      nextStep: () => this.step + 1,
      input: (key: string) => this.inputAt(key),
      record: (timer: Timer, firing: Firing) => this.recordStep(timer, firing),
    };
    this.cluster = new Cluster(setup, host, origin?.parent.cluster.store.forkAt(origin.checkpoint.revision));
    if (origin) this.restore(origin);
    else this.begin();
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
    const { cluster } = this;
    const lastStep = Math.min(until.step ?? Infinity, this.step + (until.maxSteps ?? Infinity));
    const lastTimer = cluster.fired + (until.maxTimers ?? Infinity);
    for (;;) {
      if (cluster.failure) this.injectByHand(until.timeMs);
      if (cluster.failure) return { stopped: 'failed', message: cluster.failure.message };
      this.maybeCheckpoint();
      const message = this.exceeded();
      if (message) return { stopped: 'limit', message };
      if (this.step >= lastStep) return { stopped: 'steps' };
      if (cluster.fired >= lastTimer) return { stopped: 'timers' };
      this.injectByHand(until.timeMs);
      const next = cluster.timers.peek();
      if (!next || (until.timeMs !== undefined && next.atMs > until.timeMs)) {
        if (until.timeMs !== undefined) cluster.advanceTo(Math.floor(until.timeMs));
        return { stopped: next || this.injected < this.handInputs.length ? 'time' : 'idle' };
      }
      cluster.timers.pop();
      cluster.fire(next);
    }
  }

  act(input: Input): void {
    const { to, kind, payload } = input;
    const byHand = { to, kind, payload, atMs: this.nowMs, afterTimer: this.cluster.fired, afterStep: this.step };
    // What was still to be replayed belongs to another future than the one this act begins.
    this.handInputs.splice(this.injected, this.handInputs.length, byHand);
    this.injectByHand();
  }

  fork(step: number): Simulation {
    const wanted = Math.max(0, Math.min(step, this.step));
    const checkpoint = this.checkpoints.findLast((candidate) => candidate.step <= wanted) as Checkpoint;
    const branch = new Branch(this.setup, { checkpoint, parent: this, step: wanted });
    branch.setLimits(UNLIMITED);
    branch.run({ step: wanted });
    branch.setLimits(this.limits);
    if (wanted > 0 && JSON.stringify(branch.traceAt(wanted)) !== JSON.stringify(this.traceAt(wanted))) {
      throw new Error(`replay differs from the record at step ${wanted} (seed ${this.config.seed})`);
    }
    return branch;
  }

  traceAt(step: number): TraceStep {
    return this.record.at(step);
  }

  detailAt(step: number): unknown {
    return this.record.detailAt(step);
  }

  trace(from: number, to: number): readonly TraceStep[] {
    return this.record.slice(from, to);
  }

  stepAtTime(ms: number): number {
    return this.record.stepAtTime(ms);
  }

  revisionAt(step: number): number {
    return this.record.revisionAt(step);
  }

  objectAt(step: number, kind: string, namespace: string | undefined, name: string): KubeObject | undefined {
    return this.cluster.store.getAt(kind, joinKey(namespace, name), this.revisionAt(step));
  }

  objectsAt(step: number, kind: string): KubeObject[] {
    return this.cluster.store.listAt(kind, this.revisionAt(step));
  }

  kinds(): string[] {
    return this.cluster.store.kinds();
  }

  changes(after: number, upTo: number): ReturnType<Simulation['changes']> {
    return this.cluster.store.allChanges(after, upTo);
  }

  differences(kind: string, fromStep: number, toStep: number): ReturnType<Simulation['differences']> {
    return this.cluster.store.differences(kind, this.revisionAt(fromStep), this.revisionAt(toStep));
  }

  history(kind: string, namespace: string | undefined, name: string): ReturnType<Simulation['history']> {
    return this.cluster.store.history(kind, joinKey(namespace, name));
  }

  stepOfRevision(revision: number): number {
    return this.cluster.store.entryAt(revision)?.step ?? 0;
  }

  upcoming(count: number): Timer[] {
    return this.cluster.timers.upcoming(count);
  }

  private begin(): void {
    this.handInputs.push(...this.config.inputs.filter(isByHand));
    this.cluster.start();
    this.scheduled.forEach((input, index) => {
      this.cluster.timers.add(input.atMs, input.to, `input/${input.kind}`, `s${index}`, null);
    });
    this.saveCheckpoint();
  }

  private restore({ checkpoint, parent, step }: Origin): void {
    this.cluster.restore(checkpoint);
    this.record.copy(parent.record, checkpoint.step);
    this.checkpoints.push(...parent.checkpoints.filter((other) => other.step <= checkpoint.step));
    this.injected = checkpoint.injected;
    const firedThen = parent.record.firedAt(step);
    this.handInputs.push(
      ...parent.handInputs.slice(0, parent.injected).filter((input) => input.afterTimer < firedThen),
    );
  }

  private inputAt(key: string): Input {
    const list: readonly TimedInput[] = key.startsWith('s') ? this.scheduled : this.handInputs;
    const found = list[Number(key.slice(1))];
    if (!found) throw new Error(`no input ${key}`);
    return found;
  }

  /** Injects what people did at this point, unless that was later than a run is to go. */
  private injectByHand(untilMs = Infinity): void {
    for (;;) {
      const input = this.handInputs[this.injected];
      if (!input || input.afterTimer > this.cluster.fired || input.atMs > untilMs) return;
      this.cluster.advanceTo(input.atMs);
      this.cluster.timers.add(this.nowMs, input.to, `input/${input.kind}`, `h${this.injected}`, null);
      this.injected++;
      this.cluster.resume();
    }
  }

  private recordStep(timer: Timer, firing: Firing): number | undefined {
    const { said, firstWrite } = firing;
    if (!said && !firstWrite) return undefined;
    const step = this.step + 1;
    const object = referenceTo(said ? said.object : (firstWrite?.event.value ?? firstWrite?.event.previous));
    const message =
      said?.message ?? (firstWrite ? describeWrite(firstWrite.verb, firstWrite.event, firing.writes) : '');
    const verb = said?.verb ?? firstWrite?.verb ?? '';
    const entry: TraceStep = { step, time: this.nowMs, actor: timer.to, verb, object, cause: timer.cause, message };
    this.record.add(entry, this.revision, this.cluster.fired, firing.detail);
    return step;
  }

  private exceeded(): string | undefined {
    const { objects, store, rate } = this.cluster;
    const { limits, record } = this;
    if (
      objects <= limits.maxObjects &&
      store.revision <= limits.maxRevisions &&
      record.stepsThisSecond <= limits.maxStepsPerSecond &&
      rate.inMs <= limits.maxTimersPerMs &&
      rate.inSecond <= limits.maxTimersPerSecond
    ) {
      return undefined;
    }
    return exceededLimit(limits, {
      objects,
      revisions: store.revision,
      steps: record.stepsThisSecond,
      second: record.second,
      timersInMs: rate.inMs,
      timersInSecond: rate.inSecond,
      nowMs: this.nowMs,
      busiest: rate.busiest(),
    });
  }

  private maybeCheckpoint(): void {
    const last = this.checkpoints[this.checkpoints.length - 1] as Checkpoint;
    const age = this.step - last.step;
    const { stepsPerCheckpoint } = this.setup;
    const isDue =
      stepsPerCheckpoint === undefined
        ? age >= STEPS_PER_CHECKPOINT && age * ENTRIES_PER_STEP >= last.size
        : age >= stepsPerCheckpoint;
    if (isDue) this.saveCheckpoint();
  }

  private saveCheckpoint(): void {
    const { step, revision, injected, cluster } = this;
    this.checkpoints.push({ ...cluster.save(), step, revision, injected, size: cluster.size() });
  }
}
