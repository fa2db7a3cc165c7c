/**
 * What the timeline's lanes are cut from: the steps of each component, the changes of each object, in order of time. It reads what has been
 * added to a run since it was last asked, and nothing twice, so that a window costs what lies in it.
 */
import { splitKey } from '../../engine/api/meta';
import type { Simulation } from '../../engine/simulation';
import type { TraceStep } from '../../engine/trace/trace';
import { rowId } from '../rows';

/** Steps in order, with their times. */
export interface Moments {
  readonly times: number[];
  readonly steps: number[];
}

/** One change of an object, as the store's log has it. */
export type Change = ReturnType<Simulation['changes']>[number];

/** Every change of one object, in order. */
export interface ObjectLine extends Moments {
  /** Its row id. */
  readonly id: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly changes: Change[];
}

type Readable = Pick<Simulation, 'trace' | 'step' | 'changes' | 'revisionAt'>;

/** Kinds whose objects have a lane, or are part of one. */
const KEPT = [
  ...['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicationController', 'ReplicaSet', 'Job', 'CronJob'],
  ...['HorizontalPodAutoscaler', 'Pod', 'PersistentVolumeClaim', 'PersistentVolume', 'Node'],
];

/** `kubelet/node-1` is a kubelet. */
function processOf(actor: string): string {
  const slash = actor.indexOf('/');
  return slash < 0 ? actor : actor.slice(0, slash);
}

export const isActor = (actor: string): boolean => actor === 'user' || actor === 'fault';

/** Somebody made a Pod leave, or tried to. */
function isEviction({ actor, verb }: Pick<TraceStep, 'actor' | 'verb'>): boolean {
  return verb === 'evict' || (actor === 'taint-eviction-controller' && verb === 'delete');
}

const newMoments = (): Moments => ({ times: [], steps: [] });

function note({ times, steps }: Moments, timeMs: number, step: number): void {
  times.push(timeMs);
  steps.push(step);
}

/** How many of ascending numbers are below another: where it would be put in. */
export function countBelow(ascending: readonly number[], limit: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** See the header. One for each branch. */
export class TrackIndex {
  /** Of all steps. */
  readonly all: Moments = newMoments();
  /** What people and faults did. */
  readonly acts: Moments = newMoments();
  readonly evictions: Moments = newMoments();
  /** By process: those of all nodes are one. */
  readonly actors = new Map<string, Moments>();
  /** By kind, in the order in which they came to be. */
  readonly objects = new Map<string, ObjectLine[]>();
  readonly events = { Warning: newMoments(), Normal: newMoments() };
  private readonly lines = new Map<string, ObjectLine>();
  /** By kind and by the key of the store. */
  private readonly byKey = new Map(KEPT.map((kind) => [kind, new Map<string, ObjectLine>()]));
  private step = 0;
  private revision = 0;

  constructor(private readonly simulation: Readable) {}

  /** Takes in what has happened since. */
  advance(): this {
    const { simulation } = this;
    for (const record of simulation.trace(this.step + 1, simulation.step)) this.takeStep(record);
    this.step = simulation.step;
    const reached = simulation.revisionAt(this.step);
    for (const change of simulation.changes(this.revision, reached)) this.takeChange(change);
    this.revision = reached;
    return this;
  }

  /** The changes of an object; undefined when it never had any. */
  line(id: string): ObjectLine | undefined {
    return this.lines.get(id);
  }

  private takeStep(record: TraceStep): void {
    const { actor, step, time } = record;
    note(this.all, time, step);
    if (isActor(actor)) note(this.acts, time, step);
    if (isEviction(record)) note(this.evictions, time, step);
    const process = processOf(actor);
    const moments = this.actors.get(process) ?? newMoments();
    if (moments.steps.length === 0) this.actors.set(process, moments);
    note(moments, time, step);
  }

  private takeChange(change: Change): void {
    const { kind, key, atMs, step, value } = change;
    if (kind === 'Event') {
      const type = (value as { type?: string } | undefined)?.type;
      if (type) note(this.events[type === 'Warning' ? 'Warning' : 'Normal'], atMs, step);
      return;
    }
    const known = this.byKey.get(kind);
    if (!known) return;
    const line = known.get(key) ?? this.newLine(kind, key);
    line.changes.push(change);
    note(line, atMs, step);
  }

  private newLine(kind: string, key: string): ObjectLine {
    const { namespace, name } = splitKey(key);
    const line = { id: rowId(kind, namespace, name), kind, namespace, name, changes: [], ...newMoments() };
    this.byKey.get(kind)?.set(key, line);
    this.lines.set(line.id, line);
    const others = this.objects.get(kind);
    if (others) others.push(line);
    else this.objects.set(kind, [line]);
    return line;
  }
}
