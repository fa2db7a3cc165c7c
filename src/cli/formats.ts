/** The output formats of `kubestep run`: each turns a finished run into text, piece by piece. */
import { createHash } from 'node:crypto';
import type { KubeObject } from '../engine/api/meta';
import type { CSINode } from '../engine/api/types';
import type { Simulation } from '../engine/simulation';
import { countsIn, secondsOf } from '../engine/traffic/counts';
import type { TrafficMemory } from '../engine/traffic/record';
import type { UserMemory } from '../kubectl/user';
import { type CommandResult, isCommandResult } from '../session/run-command';
import type { Session } from '../session/session';

type Lines = Generator<string, void, undefined>;

/** A CSINode that names no driver says nothing, and every node has one: lines about it are left out. */
function telling(object: KubeObject | undefined): KubeObject | undefined {
  return object?.kind === 'CSINode' && !(object as CSINode).spec.drivers?.length ? undefined : object;
}

/** A JSON line per watch event in order, all kinds. A deletion carries the object as it was, at the deletion's revision. */
function* watch({ simulation }: Session): Lines {
  for (const change of simulation.changes(0, simulation.revision)) {
    const { atMs, step, revision } = change;
    const previous = telling(change.previous);
    const value = telling(change.value);
    if (!previous && !value) continue;
    const type = previous === undefined ? 'ADDED' : value === undefined ? 'DELETED' : 'MODIFIED';
    const gone = previous && { ...previous, metadata: { ...previous.metadata, resourceVersion: String(revision) } };
    yield `${JSON.stringify({ time: atMs, step, type, object: value ?? gone })}\n`;
  }
}

/** A JSON line per step. */
function* trace({ simulation }: Session): Lines {
  for (let step = 1; step <= simulation.step; step++) yield `${JSON.stringify(simulation.traceAt(step))}\n`;
}

/** What the hash covers; another number is another hash, never to be compared. The first covered the trace only. */
const HASH_LABEL = 'kubestep-2';

/** SHA-256 of the trace and then of the objects at the end, as these formats print them. */
function* hash(session: Session): Lines {
  const digest = createHash('sha256');
  for (const line of trace(session)) digest.update(line);
  for (const part of objects(session)) digest.update(part);
  yield `${HASH_LABEL}:${digest.digest('hex')}\n`;
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function sortKey({ apiVersion, kind, metadata }: KubeObject): string {
  return [apiVersion, kind, metadata.namespace ?? '', metadata.name].join('\u0000');
}

/** Everything stored at the end, sorted by apiVersion, kind, namespace, name. */
function* objects({ simulation }: Session): Lines {
  const items = simulation.kinds().flatMap((kind) => simulation.objectsAt(simulation.step, kind));
  items.sort((a, b) => byText(sortKey(a), sortKey(b)));
  yield `${JSON.stringify({ apiVersion: 'v1', kind: 'List', metadata: { resourceVersion: '' }, items }, null, 2)}\n`;
}

/** How long commands that are still waiting at the end of the run are given to end. */
const COMMAND_PATIENCE_MS = 120_000;

/** How many commands the scenario has begun by now. */
function begunCommands({ simulation }: Session): number {
  return simulation.config.inputs.filter(
    ({ to, kind, atMs }) => to === 'user' && kind !== 'files' && atMs <= simulation.nowMs,
  ).length;
}

/** What commands begun by a time ended with, from a step on. */
function commandResults({ simulation }: Session, endMs: number, fromStep = 1): CommandResult[] {
  const results = simulation.trace(fromStep, simulation.step).map(({ step }) => simulation.detailAt(step));
  return results.filter(isCommandResult).filter(({ startedMs }) => startedMs <= endMs);
}

/** Commands that have not ended, with what they have printed. */
function unended({ simulation }: Session, endMs: number): Omit<CommandResult, 'code' | 'type'>[] {
  const { processes } = (simulation.memoryOf('user') as UserMemory | undefined) ?? {};
  return [...(processes?.values() ?? [])].filter(({ startedMs }) => startedMs <= endMs);
}

/**
 * A JSON line per action and per document applied at 0, in the order in which they began; `time` is when. Commands that still wait
 * when the run ends are waited for; the code of one that does not end is null.
 */
function* commands(session: Session): Lines {
  const { simulation } = session;
  const begun = begunCommands(session);
  const endMs = simulation.nowMs;
  const deadlineMs = endMs + COMMAND_PATIENCE_MS;
  const ended = commandResults(session, endMs);
  while (ended.length < begun && simulation.nowMs < deadlineMs) {
    const seen = simulation.step;
    const { stopped } = simulation.run({ timeMs: simulation.nowMs + 1000 });
    ended.push(...commandResults(session, endMs, seen + 1));
    if (stopped !== 'time') break;
  }
  const results = [...ended, ...unended(session, endMs).map((one) => ({ ...one, code: null }))];
  results.sort((a, b) => a.startedMs - b.startedMs);
  for (const { startedMs, command, stdout, stderr, code } of results) {
    yield `${JSON.stringify({ time: startedMs, command, stdout, stderr, code })}\n`;
  }
}

/** A JSON line per second and source of requests; `time` is when the second begins. */
function* requests({ simulation }: Session): Lines {
  const sources = (simulation.config.traffic ?? []).map(({ name }) => {
    const memory = simulation.memoryOf(`traffic/${name}`) as TrafficMemory | undefined;
    return { name, memory, known: memory && secondsOf(memory) };
  });
  const known = sources.flatMap((source) => source.known ?? []);
  const end = Math.max(0, ...known.map((one) => one.end));
  for (let second = Math.min(end, ...known.map(({ first }) => first)); second < end; second++) {
    for (const { name: source, memory, known: own } of sources) {
      if (!memory || !own || second < own.first || second >= own.end) continue;
      yield `${JSON.stringify({ time: second * 1000, source, ...countsIn(memory, second) })}\n`;
    }
  }
}

function countsOf(simulation: Simulation): string[] {
  return simulation
    .kinds()
    .map((kind) => ({ kind, count: simulation.objectsAt(simulation.step, kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => `${kind} ${count}`);
}

/** For people: what was done, what came of it. */
function* summary(session: Session): Lines {
  const { simulation, scenario } = session;
  const title = typeof scenario.title === 'string' ? scenario.title : (scenario.title.en ?? scenario.name);
  if (title) yield `${title}\n\n`;
  for (const { step, time, actor, message } of simulation.trace(1, simulation.step)) {
    if (actor.startsWith('kubelet/') || actor === 'kube-apiserver') continue;
    yield `${(time / 1000).toFixed(3).padStart(9)} s  ${String(step).padStart(5)}  ${actor}: ${message}\n`;
  }
  yield `\n${simulation.step} steps in ${(simulation.nowMs / 1000).toFixed(3)} s of virtual time; stored now: ${countsOf(simulation).join(', ')}\n`;
}

/** The formats that need no kubectl, by name. */
export const FORMATS: Readonly<Record<string, (session: Session) => Lines>> = {
  summary,
  watch,
  objects,
  trace,
  requests,
  commands,
  hash,
};
