/**
 * What one step led to: every step that goes back to it, however far, and what the latest of each component did. Pure: read from the
 * record of steps, so an outage between a write and its consequences changes nothing.
 */
import type { WatchEvent } from '../engine/client/component';
import type { Simulation } from '../engine/simulation';
import { linkOf, type WhyLink } from './why';

/** A write, as the store has it. */
export interface Written {
  readonly revision: number;
  readonly type: 'Added' | 'Updated' | 'Deleted';
  readonly kind: string;
  readonly key: string;
  /** Found in a list: a process began, or its watch had been broken. */
  readonly relisted?: boolean;
}

/** One consequence; `depth` is how many steps lie between it and what is followed. */
export interface Consequence {
  readonly link: WhyLink;
  readonly depth: number;
}

/** A step and what came of it. */
export interface Followed {
  readonly link: WhyLink;
  readonly wrote: readonly Written[];
  readonly consequences: readonly Consequence[];
  /** Consequences that are not shown. */
  readonly more: number;
}

/** What a component did last. */
export interface LastAct {
  readonly link: WhyLink;
  readonly wrote: readonly Written[];
}

type Record = Pick<Simulation, 'step' | 'traceAt' | 'revisionAt' | 'changes'>;

/** So many steps after it are looked through, and so many consequences shown. */
export const LOOKED_THROUGH = 4_000;
const SHOWN = 40;
const SHOWN_WRITES = 6;

/** A change of the store in the shape in which it is told of. */
export function writtenOf({ revision, kind, key, value, previous, relisted }: WatchEvent): Written {
  const type = !value ? 'Deleted' : previous ? 'Updated' : 'Added';
  return { revision, type, kind, key, ...(relisted ? { relisted } : {}) };
}

/** What a step wrote; Events are told of elsewhere. */
function writtenIn(simulation: Pick<Record, 'revisionAt' | 'changes'>, step: number): Written[] {
  return simulation
    .changes(simulation.revisionAt(step - 1), simulation.revisionAt(step))
    .filter(({ kind }) => kind !== 'Event')
    .slice(0, SHOWN_WRITES)
    .map(writtenOf);
}

/** See the header; undefined for a step that is not there. */
export function followed(simulation: Record, step: number): Followed | undefined {
  if (step < 1 || step > simulation.step) return undefined;
  const depths = new Map([[step, 0]]);
  const consequences: Consequence[] = [];
  const end = Math.min(simulation.step, step + LOOKED_THROUGH);
  for (let at = step + 1; at <= end; at += 1) {
    const record = simulation.traceAt(at);
    const before = record.cause === null ? undefined : depths.get(record.cause);
    if (before === undefined) continue;
    depths.set(at, before + 1);
    if (consequences.length < SHOWN) consequences.push({ link: linkOf(record), depth: before + 1 });
  }
  return {
    link: linkOf(simulation.traceAt(step)),
    wrote: writtenIn(simulation, step),
    consequences,
    more: depths.size - 1 - consequences.length,
  };
}

/** The last act of each of some actors at or before a step. */
export function lastActs(simulation: Record, step: number, actors: ReadonlySet<string>): ReadonlyMap<string, LastAct> {
  const acts = new Map<string, LastAct>();
  for (let at = step; at > Math.max(0, step - LOOKED_THROUGH) && acts.size < actors.size; at -= 1) {
    const record = simulation.traceAt(at);
    if (!actors.has(record.actor) || acts.has(record.actor)) continue;
    acts.set(record.actor, { link: linkOf(record), wrote: writtenIn(simulation, at) });
  }
  return acts;
}
