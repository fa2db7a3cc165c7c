/**
 * Why an object is as it is: from the step that last wrote it, cause by cause, back to what a person did. Every link
 * is a step, so every link can be visited.
 */
import { kindId } from '../engine/api/scheme';
import type { Simulation } from '../engine/simulation';
import type { TraceStep } from '../engine/trace/trace';

/** One link of a chain, ready to be shown. */
export interface WhyLink {
  readonly step: number;
  readonly timeMs: number;
  readonly actor: string;
  readonly verb: string;
  readonly message: string;
  /** Row id of what it was done to, as far as it has one. */
  readonly object: { readonly kind: string; readonly namespace: string; readonly name: string } | undefined;
}

/** Longer chains are cut: only a run-away loop makes them. */
const MAX_LINKS = 200;

/** What people and faults do has no cause within the cluster: whatever the record names, it only came before. */
const ORIGINS = new Set(['user', 'fault']);

/** The chain that ends in a step, that step first, the person's action (or the beginning) last; no longer than asked for. */
export function causesOf(simulation: Pick<Simulation, 'traceAt'>, step: number, most = MAX_LINKS): WhyLink[] {
  const links: WhyLink[] = [];
  let at: number | null = step;
  while (at !== null && at > 0 && links.length < most) {
    const record: TraceStep = simulation.traceAt(at);
    const before = links[links.length - 1];
    if (before && ORIGINS.has(before.actor) && !ORIGINS.has(record.actor)) break;
    links.push(linkOf(record));
    at = record.cause;
  }
  return links;
}

/** One step as a link. */
export function linkOf(record: TraceStep): WhyLink {
  const { step, time, actor, verb, message, object } = record;
  return {
    step,
    timeMs: time,
    actor,
    verb,
    message,
    object: object
      ? { kind: kindId(object.apiVersion, object.kind), namespace: object.namespace, name: object.name }
      : undefined,
  };
}

/** Which revisions of an object lie at or before a step: the steps that wrote them, oldest first. */
export function writesUpTo(
  simulation: Pick<Simulation, 'history' | 'stepOfRevision'>,
  object: { kind: string; namespace: string; name: string },
  step: number,
): { step: number; value: ReturnType<Simulation['history']>[number]['value'] }[] {
  const writes = [];
  for (const { revision, value } of simulation.history(object.kind, object.namespace || undefined, object.name)) {
    const writtenAt = simulation.stepOfRevision(revision);
    if (writtenAt > step) break;
    writes.push({ step: writtenAt, value });
  }
  return writes;
}
