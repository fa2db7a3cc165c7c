/** The moving parts of one branch: store, timers, components, faults. It fires one timer at a time and reports what came of it; it keeps no past. */
import type { Kept } from '../api/kept';
import type { KubeObject } from '../api/meta';
import { deepFreeze } from '../api/plain';
import { formatTimestamp, parseTimestamp } from '../api/timestamp';
import type { Node } from '../api/types';
import { WATCH_LATENCY_MS } from '../api/watch-latency';
import type { ApiServerHost } from '../apiserver/exchange';
import { ApiServer } from '../apiserver/handle';
import type { Component, Context } from '../client/component';
import type { DerivedTrial, PureResults } from '../client/derived';
import { isApiServerDown, restoreEnvironment, savedEnvironment } from '../client/environment';
import { INDEXERS } from '../client/indexers';
import { Random } from '../kernel/random';
import { type Timer, TimerQueue } from '../kernel/timers';
import type { ComponentState, NodeConfig, SimulationConfig } from '../simulation';
import { type Foundation, type LogEntry, Store } from '../store/store';
import type { ClusterSnapshot } from './checkpoint';
import { ClockText } from './clock-text';
import type { ClusterHost } from './cluster-host';
import { componentState } from './component-state';
import { contain } from './containment';
import { newFiring } from './firing';
import { FiringRate } from './firing-rate';
import { restoreRunners } from './joining';
import { admit, notBefore, settle } from './latency';
import { answersOf, type Kubelets, type MetricsServer, meteredCluster } from './metrics';
import { isDown, isOutOfReach, startsAtMs } from './reach';
import type { ReadLog } from './read-log';
import { Runner } from './runner';
import { restoredTimers, savedTimers } from './saved-timers';
import { newCopyCount } from './snapshot';
import { announce, DELIVER, relisted, START } from './watch-stream';
import { Watchers } from './watchers';
import type { World } from './world';

/** What is the same in every branch. */
export interface ClusterSetup {
  readonly config: SimulationConfig;
  readonly components: readonly Component[];
  /** Freeze every stored object deeply, so that tests catch whoever mutates one. */
  readonly freeze: boolean;
  /** Checkpoints at least this often, whatever they cost; tests fork from many. */
  readonly stepsPerCheckpoint?: number;
  /** Go on from every checkpoint as a fork would, in place; a run must be the same as one that doesn't. */
  readonly restoreAtCheckpoints?: boolean;
  /** How the components' caches are put to the proof (client/derived.ts). */
  readonly derivedTrial?: DerivedTrial;
  /** What etcd holds before the first step. */
  readonly foundation: Foundation<KubeObject>;
  readonly pureResults: PureResults;
  readonly kept: Kept;
  readonly metricsServer?: MetricsServer;
  /** Hears what is read, where somebody asked for that. */
  readonly reads?: ReadLog;
  readonly kubelets: Kubelets;
  /** The same with one machine more, behind all others; `nodes`: the Nodes that there are. */
  withNode(machine: NodeConfig, nodes: readonly Node[]): ClusterSetup;
}

/** See the header. */
export class Cluster {
  timers = new TimerQueue();
  /** Timers fired so far. */
  fired = 0;
  /** Live objects. */
  objects = 0;
  readonly rate = new FiringRate();
  /** Set when a component broke down; nothing runs until a person acts. */
  failure: { readonly message: string; readonly timer: Timer } | undefined;
  private apiRandom: Random;
  private readonly startUnixMs: number;
  private readonly clock = new ClockText();
  private readonly world: World;
  private readonly runners = new Map<string, Runner>();
  private readonly watchers = new Watchers<Runner>();

  constructor(
    private readonly setup: ClusterSetup,
    private readonly host: ClusterHost,
    readonly store = new Store<KubeObject>(INDEXERS, setup.foundation),
  ) {
    this.apiRandom = Random.split(setup.config.seed, 'kube-apiserver/names');
    this.startUnixMs = parseTimestamp(setup.config.startTime);
    this.world = this.createWorld();
    for (const component of setup.components) this.addRunner(component);
  }

  get nowMs(): number {
    return this.world.nowMs;
  }

  /** What a component sees; undefined when there is none of that name. */
  contextOf(actor: string): Context | undefined {
    return this.runners.get(actor)?.context;
  }

  /** Lets time pass without anything happening. */
  advanceTo(ms: number): void {
    this.world.nowMs = Math.max(this.world.nowMs, ms);
  }

  /** Sets the timers that start every component. A node's agents start when it joins, everything else at 0. */
  start(): void {
    for (const { component } of this.runners.values()) {
      if (component.start) this.timers.add(startsAtMs(component, this.setup.config), component.name, START, '', null);
    }
  }

  /** Fires one timer that was taken off the queue. */
  fire(next: Timer): void {
    const { world } = this;
    const runner = this.runners.get(next.to);
    const firing = newFiring(next.cause);
    world.firing = firing;
    world.reads?.begin(next.to);
    this.advanceTo(next.atMs);
    this.fired++;
    this.rate.count(this.nowMs, next.to);
    const admitted = runner && !isDown(world.environment, runner.component) && admit(world, runner, next);
    const timer = admitted || next;
    if (admitted) this.attempt(runner, timer);
    const step = this.host.record(firing.cause === timer.cause ? timer : { ...timer, cause: firing.cause }, firing);
    for (const request of firing.timers) {
      const cause = request.cause === undefined ? (step ?? firing.cause) : request.cause;
      const { to, kind, key } = request;
      const worker = this.runners.get(to);
      this.timers.add(worker ? notBefore(worker, kind, request.atMs) : request.atMs, to, kind, key, cause);
    }
    if (timer.to === 'fault') this.refreshReach(step ?? firing.cause);
  }

  /** How the components stand now. */
  componentStates(): readonly ComponentState[] {
    return [...this.runners.values()].map((runner) => componentState(runner, this.store.revision));
  }

  /** After a failure: goes on, and tries again what failed after everything that is due by now. */
  resume(): void {
    if (!this.failure) return;
    const { to, kind, key, cause } = this.failure.timer;
    this.failure = undefined;
    this.timers.add(this.nowMs, to, kind, key, cause);
  }

  /** A copy of everything that changes, apart from the store, on top of the one before. */
  save(before: ClusterSnapshot | undefined): ClusterSnapshot {
    const count = newCopyCount();
    return {
      fired: this.fired,
      nowMs: this.nowMs,
      rate: this.rate.save(),
      timers: savedTimers(this.timers, before?.timers, count),
      random: this.apiRandom.save(),
      environment: savedEnvironment(this.world.environment),
      runners: Array.from(this.runners.values(), (runner) => runner.save(count)),
      copied: count.entries,
      objects: this.objects,
    };
  }

  restore(snapshot: ClusterSnapshot): void {
    this.timers = restoredTimers(snapshot.timers);
    this.apiRandom = Random.restore(snapshot.random);
    this.world.nowMs = snapshot.nowMs;
    this.fired = snapshot.fired;
    this.rate.restore(snapshot.rate);
    this.objects = snapshot.objects;
    restoreEnvironment(this.world.environment, snapshot.environment);
    restoreRunners(this.runners.values(), snapshot.runners, this.world.environment);
  }

  private addRunner(component: Component): void {
    const runner = new Runner(component, this.world);
    this.runners.set(component.name, runner);
    this.watchers.add(runner);
  }

  private createWorld(): World {
    const cluster = this;
    const { config } = this.setup;
    const apiHost: ApiServerHost = {
      store: this.store,
      // The record of a replay has it already.
      keep: (value, earlier) =>
        this.host.replay?.recorded(this.store.revision + 1, value) ?? this.setup.kept.of(value, earlier),
      get random() {
        return cluster.apiRandom;
      },
      get now() {
        return cluster.world.now;
      },
      get outage() {
        return isApiServerDown(cluster.world.environment) ? 'the API server is down' : undefined;
      },
      ...answersOf(this.setup.metricsServer, () => this.world),
      kubelet: (node) => this.setup.kubelets(node, meteredCluster(this.world)),
      timeOf: (atMs) => formatTimestamp(cluster.startUnixMs + atMs),
      commit: this.commit,
    };
    return {
      store: this.store,
      api: new ApiServer(apiHost),
      environment: { faults: new Map(), ended: [] },
      startUnixMs: this.startUnixMs,
      seed: config.seed,
      nowMs: 0,
      get now() {
        return cluster.clock.at(cluster.startUnixMs + cluster.nowMs);
      },
      firing: newFiring(),
      flags: config.components,
      derivedTrial: this.setup.derivedTrial ?? 'none',
      pureResults: this.setup.pureResults,
      reads: this.setup.reads,
      kept: this.setup.kept,
      input: (key) => cluster.host.input(key),
      contextOf: (actor) => cluster.contextOf(actor),
      nextStep: () => cluster.host.nextStep(),
    };
  }

  private readonly commit: ApiServerHost['commit'] = (kind, key, value, verb, note) => {
    if (value && this.setup.freeze) deepFreeze(value);
    const entry = this.write(kind, key, value, note);
    this.objects += (entry.previous ? 0 : 1) - (entry.value ? 0 : 1);
    const { firing } = this.world;
    firing.firstWrite ??= { verb, event: entry };
    firing.writes++;
    for (const runner of this.watchers.of(entry)) {
      if (!runner.wants(entry)) continue;
      if (runner.inbox.length === 0) runner.seenRevision = entry.revision - 1;
      announce(this.world, runner, entry);
    }
    return entry;
  };

  private write(kind: string, key: string, value: KubeObject | undefined, note: unknown): LogEntry<KubeObject> {
    const { store, host, nowMs: atMs } = this;
    const step = host.nextStep();
    const recorded = host.replay?.checkWrite({ revision: store.revision + 1, step, atMs, kind, key, value });
    if (!recorded) return store.write(kind, key, value, step, atMs, note);
    store.adopt(recorded);
    return recorded;
  }

  /** Dispatches a timer; what goes wrong stays as small as it can. */
  private attempt(runner: Runner, timer: Timer): void {
    try {
      this.dispatch(runner, timer);
      runner.succeeded(timer);
      settle(this.world, runner, timer);
    } catch (error) {
      const reason = contain(this.world, runner, timer, error);
      settle(this.world, runner, timer);
      if (reason === undefined) return;
      const where = `${timer.to} before step ${this.host.nextStep()} (seed ${this.setup.config.seed})`;
      this.failure = { message: `The simulation stopped in ${where}: ${reason}`, timer };
    }
  }

  private dispatch(runner: Runner, timer: Timer): void {
    if (timer.kind === START) runner.component.start?.(runner.context);
    else if (timer.kind !== DELIVER) runner.handle(timer);
    else if (runner.held) runner.deliveryPending = false;
    else runner.deliver();
  }

  /** After a fault came or went: hold deliveries to what can't be reached; let through or restart what can be again. */
  private refreshReach(cause: number | null): void {
    const { environment } = this.world;
    for (const runner of this.runners.values()) {
      const wasStopped = runner.stopped;
      runner.stopped = isDown(environment, runner.component);
      const held = isOutOfReach(environment, runner.component);
      // A process that is back may still be cut off: it has forgotten all the same.
      if (wasStopped && !runner.stopped) this.restartRunner(runner, cause);
      else if (runner.held === held) continue;
      runner.held = held;
      if (held) continue;
      runner.inbox = relisted(runner.inbox);
      runner.pace.arrivals.clear();
      if (runner.inbox.length === 0 || runner.deliveryPending) continue;
      runner.deliveryPending = true;
      this.timers.add(this.nowMs + WATCH_LATENCY_MS, runner.component.name, DELIVER, '', cause);
    }
  }

  /** A process that comes back has lost its timers and its memory. */
  private restartRunner(runner: Runner, cause: number | null): void {
    const { component } = runner;
    const { name } = component;
    this.timers.remove((timer) => timer.to === name && !timer.kind.startsWith('input/'));
    runner.deliveryPending = false;
    runner.restart();
    const atMs = Math.max(this.nowMs, startsAtMs(component, this.setup.config));
    if (component.start) this.timers.add(atMs, name, START, '', cause);
  }
}
