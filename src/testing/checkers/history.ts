/**
 * A finished run as the checkers read it: every change and every step, walked once from the start. Each checker is told
 * of every change with the cluster as it stood right after it, and complains in plain words. None of them asks the engine for anything
 * but stored objects and steps, so that a wrong count in the engine can't vouch for itself.
 */
import { type KubeObject, keyOf } from '../../engine/api/meta';
import { parseTimestamp } from '../../engine/api/timestamp';
import type { Pod } from '../../engine/api/types';
import type { WatchEvent } from '../../engine/client/component';
import type { Simulation } from '../../engine/simulation';
import type { TraceStep } from '../../engine/trace/trace';

/** How old a view controllers may act on. */
export const STALE_MS = 100;

/** What a run leaves behind. */
export interface History {
  readonly changes: readonly WatchEvent[];
  readonly steps: readonly TraceStep[];
  /** Virtual ms of a stored timestamp. */
  timeOf(text: string): number;
}

/** The history of everything up to the head. */
export function historyOf(simulation: Simulation): History {
  const startMs = parseTimestamp(simulation.config.startTime);
  return {
    changes: simulation.changes(0, simulation.revision),
    steps: simulation.trace(1, simulation.step),
    timeOf: (text) => parseTimestamp(text) - startMs,
  };
}

/** The cluster as it stood after a change. */
export class ClusterState {
  private readonly tables = new Map<string, Map<string, KubeObject>>();
  private readonly podsByOwner = new Map<string, Map<string, Pod>>();
  private readonly byUid = new Map<string, KubeObject>();
  /** Uids of what went last, by kind and key. */
  private readonly gone = new Map<string, string>();
  /** When an object with that uid was last seen to exist; for those that are gone. */
  readonly goneAtMs = new Map<string, number>();

  apply({ kind, key, value, previous, atMs }: WatchEvent): void {
    let table = this.tables.get(kind);
    if (!table) {
      table = new Map();
      this.tables.set(kind, table);
    }
    if (value) table.set(key, value);
    else table.delete(key);
    const { uid: oldUid } = previous?.metadata ?? {};
    const { uid } = value?.metadata ?? {};
    if (oldUid && oldUid !== uid) {
      this.byUid.delete(oldUid);
      this.goneAtMs.set(oldUid, atMs);
      this.gone.set(`${kind} ${key}`, oldUid);
    }
    if (uid && value) this.byUid.set(uid, value);
    if (kind === 'Pod') this.indexPod(key, previous as Pod | undefined, value as Pod | undefined);
  }

  list<T extends KubeObject>(kind: string): T[] {
    return [...(this.tables.get(kind)?.values() ?? [])] as T[];
  }

  find<T extends KubeObject>(kind: string, key: string): T | undefined {
    return this.tables.get(kind)?.get(key) as T | undefined;
  }

  withUid<T extends KubeObject>(uid: string | undefined): T | undefined {
    return uid === undefined ? undefined : (this.byUid.get(uid) as T | undefined);
  }

  /**
   * The uid of an object of that name that was there until a moment ago: controllers that try again to write a status they worked out for
   * that one get what is there by its name, and write it into this (updateReplicaSetStatus and its likes).
   */
  lateNamesake(kind: string, key: string, atMs: number): string | undefined {
    const uid = this.gone.get(`${kind} ${key}`);
    return uid !== undefined && atMs - (this.goneAtMs.get(uid) ?? 0) < STALE_MS ? uid : undefined;
  }

  /** Pods whose controller has that uid. */
  podsOf(uid: string | undefined): Pod[] {
    return [...(this.podsByOwner.get(uid ?? '')?.values() ?? [])];
  }

  kinds(): string[] {
    return [...this.tables.keys()];
  }

  private indexPod(key: string, previous: Pod | undefined, value: Pod | undefined): void {
    const before = previous && controllerUid(previous);
    const after = value && controllerUid(value);
    if (before !== undefined) this.podsByOwner.get(before)?.delete(key);
    if (after === undefined || !value) return;
    const pods = this.podsByOwner.get(after) ?? new Map<string, Pod>();
    pods.set(key, value);
    this.podsByOwner.set(after, pods);
  }
}

/** The uid of an object's controller. */
export function controllerUid(object: KubeObject): string | undefined {
  return object.metadata.ownerReferences?.find((reference) => reference.controller === true)?.uid;
}

/** `Pod default/web-x`, for complaints. */
export const nameOf = (object: KubeObject): string => `${object.kind} ${keyOf(object)}`;

/** The Pods of a Node that are not finished. */
export function podsOn(state: ClusterState, nodeName: string): Pod[] {
  return state
    .list<Pod>('Pod')
    .filter(
      ({ spec, status }) => spec.nodeName === nodeName && status?.phase !== 'Failed' && status?.phase !== 'Succeeded',
    );
}

/** Neither finished nor on its way out. */
export function isActive({ metadata, status }: Pod): boolean {
  return metadata.deletionTimestamp === undefined && status?.phase !== 'Failed' && status?.phase !== 'Succeeded';
}

export function isReady({ status }: Pod): boolean {
  return (status?.conditions ?? []).some(({ type, status: value }) => type === 'Ready' && value === 'True');
}

/** Whether a Pod may be bound long after its node was chosen: its volumes come first. */
export const waitsForVolumes = ({ spec }: Pod): boolean =>
  spec.volumes?.some(({ persistentVolumeClaim, ephemeral }) => persistentVolumeClaim ?? ephemeral) ?? false;

/** True when this change is what marks an object for deletion, or deletes one that was never marked. */
export function beginsDeletion({ value, previous }: WatchEvent): boolean {
  if (!previous || previous.metadata.deletionTimestamp) return false;
  return value === undefined || value.metadata.deletionTimestamp !== undefined;
}

/** What a checker is told. All parts are optional. */
export interface Watcher {
  /** After each change. */
  change?(change: WatchEvent, state: ClusterState, step: TraceStep | undefined): void;
  /** After each step. */
  step?(step: TraceStep, state: ClusterState): void;
  /** Once, at the end of a run in which nothing is left to do. */
  settled?(state: ClusterState): void;
}

/** One property that must hold all the time. */
export interface Checker {
  readonly name: string;
  begin(complain: (what: string) => void, history: History): Watcher;
}

/** Walks a history and returns what the checkers complain about, in order. `settled`: the run ended with nothing left to do. */
export function complaintsOf(history: History, checkers: readonly Checker[], settled = false): string[] {
  const complaints: string[] = [];
  const state = new ClusterState();
  let place = 'at the start';
  const watchers = checkers.map((checker) =>
    checker.begin((what) => complaints.push(`${place}: ${checker.name}: ${what}`), history),
  );
  const apply = (change: WatchEvent, step: TraceStep | undefined): void => {
    place = `step ${change.step}, revision ${change.revision}, ${change.atMs} ms`;
    state.apply(change);
    for (const watcher of watchers) watcher.change?.(change, state, step);
  };
  let next = 0;
  for (const step of history.steps) {
    for (let change = history.changes[next]; change && change.step <= step.step; change = history.changes[++next]) {
      apply(change, step);
    }
    place = `step ${step.step}, ${step.time} ms`;
    for (const watcher of watchers) watcher.step?.(step, state);
  }
  for (const change of history.changes.slice(next)) apply(change, undefined);
  place = 'at the end';
  if (settled) for (const watcher of watchers) watcher.settled?.(state);
  return complaints;
}
