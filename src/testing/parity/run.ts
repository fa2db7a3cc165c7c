/** One run of a case as the comparison sees it, whether it was real or simulated. */
import type { KubeObject } from '../../engine/api/meta';

/** A watch event: an object as it was from `time` (virtual ms) on. */
export interface WatchLine {
  readonly time: number;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: KubeObject;
}

/** A command, or a document applied at 0, with its answer. */
export interface CommandLine {
  readonly time: number;
  readonly command: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

/** All that is compared of a run. */
export interface Run {
  readonly watch: readonly WatchLine[];
  readonly commands: readonly CommandLine[];
}

/** Any JSON value, as facts are made of. */
export type Json = string | number | boolean | null | undefined | readonly Json[] | { readonly [key: string]: Json };

/** A record of JSON values that is being filled. */
export type JsonRecord = Record<string, Json>;

/** An object's fields as JSON records, whatever is there: `at(pod, 'status', 'conditions')`; undefined where a step is missing. */
export function at(value: unknown, ...path: readonly string[]): Json {
  let current = value as Json;
  for (const key of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = (current as { readonly [key: string]: Json })[key];
  }
  return current;
}

/** The list at a path; empty where there is none. */
export function listAt(value: unknown, ...path: readonly string[]): readonly Json[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** The text at a path; '' where there is none. */
export function textAt(value: unknown, ...path: readonly string[]): string {
  const found = at(value, ...path);
  return found === undefined || found === null ? '' : String(found);
}

/** Orders JSON values by their text. */
export const byJson = (a: unknown, b: unknown): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

/** Puts a value at the end of the list under a key. */
export function pushTo(record: JsonRecord, key: string, value: Json): void {
  const list = record[key] as Json[] | undefined;
  if (list) list.push(value);
  else record[key] = [value];
}

/** Puts every list of a record in order. */
export function sortLists(record: JsonRecord): JsonRecord {
  for (const list of Object.values(record)) (list as Json[]).sort(byJson);
  return record;
}
