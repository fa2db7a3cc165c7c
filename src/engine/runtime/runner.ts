/**
 * Runs one component: holds its memory and inbox, builds the context it sees, and delivers watch events to it.
 * What one firing does (writes, timers, words for the trace) is collected in a {@link Firing}, from which the
 * simulation makes a step.
 */

import { flagText } from '../api/flag-text';
import { formatMicroTimestamp, parseTimestamp } from '../api/timestamp';
import { createApiClient } from '../client/api-client';
import type { Client } from '../client/client';
import { type Component, type Context, concerns, type Memory, type WatchEvent, watchedAs } from '../client/component';
import { type Derived, DerivedCaches } from '../client/derived';
import { identityOf } from '../client/identity';
import { createLister } from '../client/lister';
import { Random } from '../kernel/random';
import type { Timer } from '../kernel/timers';
import type { RunnerState } from './checkpoint';
import { EventWriter } from './event-writer';
import { isFree, newPace, type Pace, send } from './latency';
import { machineOf, peerOf } from './peers';
import { type CopyCount, layOut, restored, type Saved, saved } from './snapshot';
import { listed, takeArrived } from './watch-stream';
import type { World } from './world';

/** A component with its state. */
export class Runner {
  inbox: WatchEvent[] = [];
  seenRevision = 0;
  /** True while a delivery timer is set. */
  deliveryPending = false;
  /** True while the component can't be reached: deliveries wait until it can. */
  held = false;
  /** True once a fault has stopped the process; it starts over when it can. */
  stopped = false;
  /** How often in a row the API server refused what a timer wanted, by the timer's kind and key. */
  refusals: Map<string, number> = new Map();
  pace: Pace = newPace();
  /** Undefined after a restore, until someone asks for it. */
  private ownMemory: Memory | undefined;
  /** What was last saved or restored. */
  private latest: Saved<RunnerState> | undefined;
  /** True when someone has asked for the memory since: it may differ from what was saved. */
  private touched = true;
  /** Whether nothing waited for it, nor it for anything, when it was last saved. */
  private wasIdle = false;
  private random: Random;
  private readonly events: EventWriter;
  /** The step of the change that is being handed over: of several that arrive together, each leads to what it asks for. */
  private heardOf: number | undefined;
  private readonly derived: DerivedCaches;
  private readonly heard: Derived | undefined;
  readonly context: Context;
  readonly client: Client;
  private readonly handlers: ReadonlyMap<string, Component['watches']>;

  constructor(
    readonly component: Component,
    private readonly world: World,
  ) {
    this.ownMemory = component.initial();
    this.random = Random.split(world.seed, component.name);
    this.client = createApiClient({
      send: (request) => {
        world.reads?.request(component.name, request);
        return send(world, this, request);
      },
      discovery: () => world.api.discovery(),
      identity: identityOf(component),
      program: component.process === 'user' ? 'kubectl' : component.process,
      typed: component.process !== 'user',
    });
    this.events = new EventWriter(world, component, this.client);
    const kinds = new Set(component.watches.map((watch) => watch.kind));
    this.handlers = new Map([...kinds].map((kind) => [kind, component.watches.filter((watch) => watch.kind === kind)]));
    this.context = this.createContext(kinds);
    this.derived = new DerivedCaches(this.context, world.derivedTrial, world.pureResults);
    this.heard = world.reads?.derived(component.name, this.derived);
  }

  /** The component's memory. What a checkpoint holds is copied only when it is asked for. */
  get memory(): Memory {
    this.ownMemory ??= this.latest ? restored(this.latest.memory) : this.component.initial();
    this.touched = true;
    return this.ownMemory;
  }

  /** True when a change concerns this component. */
  wants(event: WatchEvent): boolean {
    for (const watch of this.handlers.get(watchedAs(event.kind)) ?? []) {
      if (watch.open && !watch.open(this.memory)) continue;
      if (concerns(watch, this.component.name, event)) return true;
    }
    return false;
  }

  /** Hands over what is in the inbox. */
  deliver(): void {
    const events = takeArrived(this.world, this);
    const [next] = this.inbox;
    const shownBefore = this.seenRevision;
    this.seenRevision = next ? next.revision - 1 : this.world.store.revision;
    this.derived.deliver(events.filter((event) => event.revision > shownBefore));
    let handled = 0;
    try {
      for (; handled < events.length; handled++) this.handOver(events[handled] as WatchEvent);
    } catch (error) {
      this.inbox.unshift(...events.slice(handled));
      this.seenRevision = Math.max(shownBefore, (events[handled] as WatchEvent).revision - 1);
      this.derived.clear();
      throw error;
    } finally {
      this.heardOf = undefined;
    }
    this.derived.verify();
  }

  private handOver(event: WatchEvent): void {
    this.heardOf = event.step;
    for (const watch of this.handlers.get(watchedAs(event.kind)) ?? []) {
      if (concerns(watch, this.component.name, event)) watch.on(this.context, event);
    }
  }

  /** Notes that a timer did what it was for. */
  succeeded({ kind, key }: Timer): void {
    if (this.refusals.size > 0) this.refusals.delete(`${kind} ${key}`);
  }

  /** Notes a refusal; returns how many there were in a row before. */
  refused({ kind, key }: Timer): number {
    const before = this.refusals.get(`${kind} ${key}`) ?? 0;
    this.refusals.set(`${kind} ${key}`, before + 1);
    return before;
  }

  handle(timer: Timer): void {
    this.component.handle(this.context, timer);
  }

  /** Starts over with fresh memory, as a restarted process does: everything watched is listed at once and arrives anew. */
  restart(): void {
    this.stopped = false;
    this.refusals.clear();
    this.pace = newPace();
    this.ownMemory = this.component.initial();
    this.touched = true;
    this.events.forget();
    this.derived.clear();
    this.inbox = [];
    this.seenRevision = this.world.store.revision;
    for (const kind of this.handlers.keys())
      this.inbox.push(...listed(this.world, kind).filter((event) => this.wants(event)));
  }

  /** A copy of everything that changes; entries that had to be copied are counted. */
  save(count: CopyCount): Saved<RunnerState> {
    const { inbox, seenRevision, deliveryPending, held, stopped, refusals, pace, latest } = this;
    const isIdle = inbox.length === 0 && refusals.size === 0 && isFree(pace);
    if (latest && isIdle && this.standsStill(latest)) return latest;
    const memory = latest && !this.touched ? latest.memory : this.memory;
    if (this.touched) layOut(memory, this.component.laidOut, latest?.memory, this.world.kept);
    const state: RunnerState = {
      memory,
      random: this.random.save(),
      ...this.events.save(),
      inbox,
      seenRevision,
      deliveryPending,
      held,
      stopped,
      refusals,
      pace,
    };
    this.latest = saved(state, latest, count);
    this.touched = false;
    this.wasIdle = isIdle;
    return this.latest;
  }

  /** Whether an idle one is as it was saved. */
  private standsStill(saved: Saved<RunnerState>): boolean {
    return (
      this.wasIdle &&
      !this.touched &&
      this.seenRevision === saved.seenRevision &&
      this.events.isAt(saved) &&
      this.deliveryPending === saved.deliveryPending &&
      this.held === saved.held &&
      this.stopped === saved.stopped &&
      this.random.isAt(saved.random)
    );
  }

  restore(state: Saved<RunnerState>): void {
    this.latest = state;
    this.wasIdle = false;
    this.ownMemory = undefined;
    this.touched = false;
    this.random = Random.restore(state.random);
    this.events.restore(state);
    this.inbox = state.inbox.slice();
    this.seenRevision = state.seenRevision;
    this.deliveryPending = state.deliveryPending;
    this.held = state.held;
    this.stopped = state.stopped;
    this.refusals = restored(state.refusals);
    this.pace = restored(state.pace);
    this.derived.clear();
  }

  private request(delayMs: number, kind: string, key: string, cause: number | null | undefined): void {
    if (!(delayMs >= 0)) throw new Error(`${this.component.name}: a timer can't be set ${delayMs} ms from now`);
    const atMs = this.world.nowMs + Math.round(delayMs);
    this.world.firing.timers.push({ atMs, to: this.component.name, kind, key, cause });
  }

  private createContext(kinds: ReadonlySet<string>): Context {
    const runner = this;
    const { world, component } = this;
    const position = {
      get stale() {
        return runner.inbox.length > 0;
      },
      get revision() {
        return runner.seenRevision;
      },
    };
    const lister = createLister(world.store, position, kinds);
    return {
      actor: component.name,
      get nowMs() {
        return world.nowMs;
      },
      get step() {
        return world.nextStep();
      },
      get cause() {
        return runner.heardOf ?? world.firing.cause;
      },
      get now() {
        return world.now;
      },
      get nowMicro() {
        return formatMicroTimestamp(world.startUnixMs + world.nowMs);
      },
      get elapsedMs() {
        return world.firing.elapsedMs;
      },
      timeOf: (timestamp) => parseTimestamp(timestamp) - world.startUnixMs,
      get memory() {
        return runner.memory;
      },
      get derived() {
        return runner.heard ?? runner.derived;
      },
      lister: world.reads?.lister(component.name, lister) ?? lister,
      client: this.client,
      events: this.events,
      get random() {
        return runner.random;
      },
      get machine() {
        return machineOf(world, component);
      },
      peer: (actor) => peerOf(world, component, actor),
      environment: world.environment,
      input: (key) => world.input(key),
      flag: (name) => flagText(world.flags[component.process]?.[name]),
      after: (delayMs, kind, key) => runner.request(delayMs, kind, key, runner.heardOf),
      afterBecause: (delayMs, kind, key, cause) => runner.request(delayMs, kind, key, cause),
      wake: (to, kind, key) => world.firing.timers.push({ atMs: world.nowMs, to, kind, key, cause: undefined }),
      say: (verb, object, message) => {
        world.firing.said ??= { verb, object, message };
      },
      because: (step) => {
        world.firing.cause = step ?? world.firing.cause;
      },
      attach: (detail) => {
        world.firing.detail = detail;
      },
    };
  }
}
