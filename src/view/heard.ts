/**
 * Who is told of what a step wrote: each component whose informer watches the kind, when the change reaches it, in what shape (an outage between
 * the two makes a list of it), and what it does at once. Worked out on branches that are looked at and thrown away: what is on its way to a
 * component is only known at a head.
 */
import { WATCH_LATENCY_MS } from '../engine/api/watch-latency';
import type { WatchEvent } from '../engine/client/component';
import type { ComponentState, Simulation } from '../engine/simulation';
import { belongs } from './control-plane';
import { type Consequence, type Followed, followed, LOOKED_THROUGH, type Written, writtenOf } from './followed';

/** In what shape a component hears of a change. */
export type Heard =
  /** By its watch, or found in a list (`relisted`). */
  | { readonly how: 'told'; readonly what: Written }
  /** A list shows it as it knew it: client-go hands it over as a Sync. */
  | { readonly how: 'sync' }
  /** It came and went while the component could not ask. */
  | { readonly how: 'never' }
  | { readonly how: 'waits' };

/** One component and what it hears. */
export interface Hearing {
  readonly name: string;
  /** When; undefined while it has not heard. */
  readonly atMs: number | undefined;
  readonly heard: Heard;
  /** The first step that it made of it. */
  readonly step: number | undefined;
}

/** See the header. */
export interface Hearers {
  readonly hearings: readonly Hearing[];
  /** Hearings that are not shown. */
  readonly more: number;
  /** Who watches such a kind and is not woken by this change. */
  readonly unconcerned: readonly string[];
  readonly moreUnconcerned: number;
  /** Steps after it whose component learned of their cause from a list, after an outage, by what the list said. */
  readonly relisted: Readonly<Record<number, Written['type']>>;
  /** What came of it, as far as the run had come. */
  readonly followed: Followed | undefined;
}

const SHOWN = 24;
const SHOWN_UNCONCERNED = 8;
/** So many moments at which the reach of components may change are looked at. */
const MOMENTS = 16;
/** So many deliveries are waited for; each takes one of all that arrived together. */
const DELIVERIES = 60;
const AHEAD = 400;

interface Outage {
  readonly fromMs: number;
  readonly toStep: number;
  /** The process began anew: it has forgotten everything. */
  readonly forgot: boolean;
}

interface Search {
  readonly simulation: Simulation;
  readonly step: number;
  readonly hearings: Hearing[];
  /** What has not reached a component yet. */
  readonly waiting: Map<string, readonly WatchEvent[]>;
  /** Since when components can't ask, and what is over of that. */
  readonly apart: Map<string, { readonly sinceMs: number; readonly standing: ComponentState['standing'] }>;
  readonly outages: Map<string, Outage[]>;
  readonly actsOf: ReadonlyMap<string, readonly number[]>;
}

const idOf = ({ kind, key }: WatchEvent): string => `${kind} ${key}`;

/** The moments after a step at which it changes who can ask the API server: the step that changes it. */
function momentsAfter(simulation: Simulation, step: number): number[] {
  const end = Math.min(simulation.step, step + LOOKED_THROUGH);
  const moments: number[] = [];
  for (let at = step + 1; at <= end && moments.length < MOMENTS; at += 1) {
    const { actor, verb } = simulation.traceAt(at);
    if (actor === 'fault' || verb === 'lead' || verb === 'stop-leading') moments.push(at);
  }
  return moments;
}

/** The steps that each component made of each of the steps before, as `actor cause`. */
function actsAfter(simulation: Simulation, step: number): Map<string, number[]> {
  const acts = new Map<string, number[]>();
  const end = Math.min(simulation.step, step + LOOKED_THROUGH);
  for (let at = step + 1; at <= end; at += 1) {
    const { actor, cause } = simulation.traceAt(at);
    if (cause === null || cause < step) continue;
    const act = `${actor} ${cause}`;
    const known = acts.get(act);
    if (known) known.push(at);
    else acts.set(act, [at]);
  }
  return acts;
}

function note({ hearings }: Search, name: string, atMs: number | undefined, heard: Heard): void {
  hearings.push({ name, atMs, heard, step: undefined });
}

/** It has been told of a change that a step made; what it does of it comes after that. */
function noteTold({ hearings, simulation, actsOf }: Search, name: string, atMs: number, event: WatchEvent): void {
  const acts = actsOf.get(`${name} ${event.step}`) ?? [];
  const step = acts.find((act) => simulation.traceAt(act).time >= atMs);
  hearings.push({ name, atMs, heard: { how: 'told', what: writtenOf(event) }, step });
}

/** Runs a branch from delivery to delivery until nothing of this is on its way any more, or `untilMs`. */
function follow(search: Search, branch: Simulation, news: Map<string, readonly WatchEvent[]>, untilMs: number): void {
  for (let tries = 0; news.size > 0 && tries < DELIVERIES; tries += 1) {
    const due = branch.upcoming(AHEAD).find(({ kind, to }) => kind === '@deliver' && news.has(to));
    if (!due || due.atMs > untilMs) return;
    branch.run({ timeMs: due.atMs });
    for (const { component, inbox } of branch.componentStates()) {
      const told = news.get(component.name);
      if (!told) continue;
      const left = new Set(inbox.map(({ revision }) => revision));
      if (told.some(({ revision }) => left.has(revision))) continue;
      news.delete(component.name);
      search.waiting.delete(component.name);
      for (const event of told) noteTold(search, component.name, due.atMs, event);
    }
  }
}

/** At the step itself: who will be told, and who watches such a kind and won't. */
function firstMoment(search: Search, written: readonly WatchEvent[], untilMs: number): string[] {
  const branch = search.simulation.fork(search.step);
  const kinds = new Set(written.map(({ kind }) => kind));
  const revisions = new Set(written.map(({ revision }) => revision));
  const unconcerned: string[] = [];
  for (const state of branch.componentStates().filter(belongs)) {
    const { name, watches } = state.component;
    const news = state.inbox.filter(({ revision }) => revisions.has(revision));
    if (news.length > 0) search.waiting.set(name, news);
    else if (watches.some(({ kind }) => kinds.has(kind))) unconcerned.push(name);
    if (state.standing !== 'running') search.apart.set(name, { sinceMs: branch.nowMs, standing: state.standing });
  }
  const apart = new Set(search.apart.keys());
  follow(search, branch, new Map([...search.waiting].filter(([name]) => !apart.has(name))), untilMs);
  return unconcerned;
}

/** A later moment: who can ask again lists everything, and finds what it missed, or what it knew. */
function laterMoment(search: Search, step: number, written: readonly WatchEvent[], untilMs: number): void {
  const branch = search.simulation.fork(step);
  const fromMs = branch.nowMs;
  // Who leads again is started in this very ms.
  branch.run({ timeMs: fromMs });
  const ids = new Set(written.map(idOf));
  const news = new Map<string, readonly WatchEvent[]>();
  for (const { component, standing, inbox } of branch.componentStates()) {
    const { name } = component;
    const before = search.apart.get(name);
    if (standing !== 'running') {
      search.apart.set(name, { sinceMs: before?.sinceMs ?? fromMs, standing: worse(before?.standing, standing) });
      continue;
    }
    if (!before) continue;
    search.apart.delete(name);
    const forgot = before.standing === 'stopped';
    search.outages.set(name, [...(search.outages.get(name) ?? []), { fromMs: before.sinceMs, toStep: step, forgot }]);
    const found = inbox.filter((event) => event.relisted && ids.has(idOf(event)));
    if (found.length > 0) news.set(name, found);
    else if (search.waiting.delete(name)) note(search, name, undefined, { how: 'never' });
    else if (knowsStill(search, name, written, step)) note(search, name, fromMs + WATCH_LATENCY_MS, { how: 'sync' });
  }
  follow(search, branch, news, untilMs);
}

const worse = (before: ComponentState['standing'] | undefined, now: ComponentState['standing']) =>
  before === 'stopped' ? before : now;

/** Whether a component has heard of what is in the store still as it was written then, and of no list with it since. */
function knowsStill(search: Search, name: string, written: readonly WatchEvent[], step: number): boolean {
  const heard = search.hearings.filter((hearing) => hearing.name === name);
  if (heard.length === 0 || heard.some((hearing) => hearing.heard.how === 'sync')) return false;
  return written.every(({ kind, value, revision }) => {
    if (!value) return false;
    const { namespace, name: called } = value.metadata;
    const now = search.simulation.objectAt(step, kind, namespace, called);
    return Number(now?.metadata.resourceVersion) === revision;
  });
}

/** Which of some steps their components made of what a list told them after an outage. */
function relistedOf({ simulation, outages }: Search, course: readonly Consequence[]): Record<number, Written['type']> {
  const relisted: Record<number, Written['type']> = {};
  for (const { link } of course) {
    const { step } = link;
    const { actor, cause } = simulation.traceAt(step);
    const known = outages.get(actor);
    if (!known || cause === null) continue;
    const { time } = simulation.traceAt(cause);
    const isMissed = ({ fromMs, toStep, forgot }: Outage) =>
      cause < toStep && toStep < step && (forgot || time + WATCH_LATENCY_MS > fromMs);
    const last = simulation.changes(simulation.revisionAt(cause - 1), simulation.revisionAt(cause)).at(-1);
    if (last && known.some(isMissed)) relisted[step] = writtenOf(last).type;
  }
  return relisted;
}

/** See the header; bit by bit, each looks at one moment. */
export function hearersSearch(simulation: Simulation, step: number): () => Hearers | undefined {
  const written: readonly WatchEvent[] = simulation
    .changes(simulation.revisionAt(step - 1), simulation.revisionAt(step))
    .filter(({ kind }) => kind !== 'Event');
  const search = searchFrom(simulation, step);
  const moments = written.length > 0 ? momentsAfter(simulation, step) : [];
  const endOf = (index: number): number => {
    const next = moments[index];
    return next === undefined ? simulation.nowMs : simulation.traceAt(next).time;
  };
  let unconcerned: readonly string[] | undefined;
  let looked = 0;
  return () => {
    const moment = moments[looked];
    if (!unconcerned) unconcerned = firstMoment(search, written, endOf(0));
    else if (moment === undefined) return answerOf(search, unconcerned);
    else {
      looked += 1;
      laterMoment(search, moment, written, endOf(looked));
    }
    return undefined;
  };
}

function searchFrom(simulation: Simulation, step: number): Search {
  return {
    simulation,
    step,
    hearings: [],
    waiting: new Map(),
    apart: new Map(),
    outages: new Map(),
    actsOf: actsAfter(simulation, step),
  };
}

function answerOf(search: Search, unconcerned: readonly string[]): Hearers {
  for (const name of search.waiting.keys()) note(search, name, undefined, { how: 'waits' });
  const whenOf = ({ atMs = Number.POSITIVE_INFINITY }: Hearing): number => atMs;
  const hearings = search.hearings.sort((a, b) => whenOf(a) - whenOf(b) || (a.name < b.name ? -1 : 1));
  const course = followed(search.simulation, search.step);
  return {
    hearings: hearings.slice(0, SHOWN),
    more: Math.max(0, hearings.length - SHOWN),
    unconcerned: unconcerned.slice(0, SHOWN_UNCONCERNED),
    moreUnconcerned: Math.max(0, unconcerned.length - SHOWN_UNCONCERNED),
    relisted: relistedOf(search, course?.consequences ?? []),
    followed: course,
  };
}
