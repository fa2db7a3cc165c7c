/**
 * Who manages which fields of an object: what an update takes over, and server-side apply with its conflicts.
 * Follows sigs.k8s.io/structured-merge-diff/merge/update.go and apimachinery/pkg/util/managedfields/internal (managedfieldsupdater.go,
 * stripmeta.go, managedfields.go, conflict.go). Left out: the limit of ten managers that update, and fields in other versions.
 */
import { goJson } from '../go-text';
import { deepEqual } from '../plain';
import { StatusError } from '../status-error';
import {
  common,
  type FieldSet,
  fieldsOf,
  pathsIn,
  pathText,
  setOf,
  treeOf,
  union,
  withNamedFields,
  without,
} from './field-set';
import { merged } from './merge';
import type { Topology } from './topology';
import { type Comparison, compare, completed, fieldSetOf, withoutFields } from './values';

/** Who writes, and how. */
export interface Writer {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  readonly apiVersion: string;
  readonly subresource: string;
}

/** What a writer manages since when (metav1.Time). */
export interface Managed {
  readonly writer: Writer;
  readonly fields: FieldSet;
  readonly time?: string;
}

/** All managers of an object, by what tells them apart. */
export type Managers = ReadonlyMap<string, Managed>;

/** One entry of metadata.managedFields. */
export interface ManagedFieldsEntry {
  readonly manager?: string;
  readonly operation?: string;
  readonly apiVersion?: string;
  readonly time?: string;
  readonly fieldsType?: string;
  readonly fieldsV1?: unknown;
  readonly subresource?: string;
}

/** What a write is about. */
export interface Write {
  readonly topology: Topology;
  readonly writer: Writer;
  /** metav1.Time of the write. */
  readonly time: string;
  /** A top-level field that writes of this path don't change, and so nobody manages through it. */
  readonly excluded: string | undefined;
}

/** What tells managers apart; a manager that applies is the same in every version. */
function managerId({ manager, operation, apiVersion, subresource }: Writer): string {
  return JSON.stringify({
    manager,
    operation,
    ...(operation === 'Update' ? { apiVersion } : {}),
    ...(subresource ? { subresource } : {}),
  });
}

const STRIPPED: FieldSet = new Set([
  'f:apiVersion',
  'f:kind',
  'f:metadata',
  ...['name', 'namespace', 'creationTimestamp', 'selfLink', 'uid', 'clusterName', 'generation', 'managedFields'].map(
    (field) => `f:metadata\nf:${field}`,
  ),
  'f:metadata\nf:resourceVersion',
]);

function kept(set: FieldSet, excluded: string | undefined): FieldSet {
  if (excluded === undefined) return set;
  const top = `f:${excluded}`;
  return new Set([...set].filter((path) => path !== top && !path.startsWith(`${top}\n`)));
}

function differences(
  { topology, excluded }: Write,
  before: unknown,
  after: unknown,
): Readonly<Record<keyof Comparison, FieldSet>> {
  const { added, modified, removed } = compare(topology, completed(topology, before), completed(topology, after));
  return { added: kept(added, excluded), modified: kept(modified, excluded), removed: kept(removed, excluded) };
}

/** Takes fields away from managers; those who manage nothing any more are gone. */
function taken(managers: Managers, fields: FieldSet, except?: string): Map<string, Managed> {
  const left = new Map<string, Managed>();
  for (const [id, managed] of managers) {
    const remaining = id === except ? managed.fields : without(managed.fields, fields);
    if (remaining.size > 0) left.set(id, { ...managed, fields: remaining });
  }
  return left;
}

/** The managers after an update: whoever changes a field manages it, and nobody else. ScaleHandler gives those who scale no time. */
export function afterUpdate(managers: Managers, before: unknown, after: unknown, write: Write): Managers {
  const { added, modified, removed } = differences(write, before, after);
  const changed = union(added, modified);
  const next = taken(managers, union(changed, removed));
  const own = without(changed, STRIPPED);
  if (changed.size === 0 || own.size === 0) return next;
  const id = managerId(write.writer);
  const earlier = next.get(id);
  const time = write.writer.subresource === 'scale' ? {} : { time: write.time };
  next.set(id, { writer: write.writer, fields: earlier ? union(own, earlier.fields) : own, ...time });
  return next;
}

/** Those who write in another version than a change lose what it has changed in theirs. `write` is the change as that version has it. */
export function afterOther(
  managers: Managers,
  apiVersion: string,
  before: unknown,
  after: unknown,
  write: Write,
): Managers {
  const { added, modified, removed } = differences(write, before, after);
  const theirs = new Map([...managers].filter(([, { writer }]) => writer.apiVersion === apiVersion));
  const left = taken(theirs, union(union(added, modified), removed));
  const kept = [...managers].filter(([id]) => !theirs.has(id) || left.has(id));
  return new Map(kept.map(([id, managed]) => [id, left.get(id) ?? managed]));
}

/** What came of applying a configuration. */
export interface Applied {
  /** The merged object; undefined when nothing changed. */
  readonly object: unknown;
  readonly managers: Managers;
}

/** A field of the configuration that somebody else manages with another value. */
export interface Conflict {
  readonly managed: Managed;
  readonly path: string;
}

/** Somebody else manages fields of the configuration. */
export class ApplyConflicts extends Error {
  constructor(readonly conflicts: readonly Conflict[]) {
    super('conflicts');
  }
}

/** Merges a configuration into a live object. Throws {@link ApplyConflicts} unless forced. */
export function afterApply(managers: Managers, live: unknown, config: unknown, write: Write, force: boolean): Applied {
  const { topology, writer, excluded } = write;
  const id = managerId(writer);
  const last = managers.get(id);
  const fields = kept(fieldSetOf(topology, config), excluded);
  const own: Managed = { writer, fields, ...(last?.time ? { time: last.time } : {}) };
  const claimed = new Map(managers).set(id, own);
  const object = pruned(topology, merged(topology, live, config), claimed, last?.fields);
  const { added, modified, removed } = differences(write, live, object);
  const changed = union(added, modified);
  const conflicts = conflictsOf(managers, changed, id);
  if (conflicts.length > 0 && !force) throw new ApplyConflicts(conflicts);
  const next = taken(taken(claimed, changed, id), removed, id);
  const mine = without(fields, STRIPPED);
  const isSame = deepEqual(live, object);
  if (mine.size === 0) next.delete(id);
  else next.set(id, isSame ? { ...own, fields: mine } : { ...own, fields: mine, time: write.time });
  return { object: isSame ? undefined : object, managers: next };
}

function conflictsOf(managers: Managers, changed: FieldSet, except: string): Conflict[] {
  const ids = [...managers.keys()].filter((id) => id !== except).sort();
  return ids.flatMap((id) => {
    const managed = managers.get(id) as Managed;
    return [...pathsIn(treeOf(common(managed.fields, changed)))].map((path) => ({ managed, path }));
  });
}

/** Takes out what the applier set last time, does not set now, and nobody else manages. */
function pruned(topology: Topology, object: unknown, managers: Managers, last: FieldSet | undefined): unknown {
  if (!last || last.size === 0) return object;
  const named = (set: FieldSet): FieldSet => withNamedFields(set, topology);
  const all = named(fieldSetOf(topology, object));
  const first = withoutFields(topology, object, named(last));
  const owned = named(new Set([...managers.values()].flatMap(({ fields }) => [...fields])));
  const second = withoutFields(topology, object, without(all, union(named(fieldSetOf(topology, first)), owned)));
  const dangling = common(without(all, named(fieldSetOf(topology, second))), named(last));
  return withoutFields(topology, object, dangling);
}

function managerText({ writer: { manager, operation, apiVersion, subresource } }: Managed): string {
  const name = JSON.stringify(manager) + (subresource ? ` with subresource ${JSON.stringify(subresource)}` : '');
  return operation === 'Update' ? `${name} using ${apiVersion}` : name;
}

/** The refusal of an apply with conflicts. */
export function conflictError(conflicts: readonly Conflict[]): StatusError {
  const causes = conflicts.map(({ managed, path }) => ({
    reason: 'FieldManagerConflict',
    message: `conflict with ${managerText(managed)}`,
    field: pathText(path),
  }));
  return new StatusError('Conflict', 409, conflictMessage(conflicts), { causes });
}

function conflictMessage(conflicts: readonly Conflict[]): string {
  const [first] = conflicts;
  if (first && conflicts.length === 1) {
    return `Apply failed with 1 conflict: conflict with ${managerText(first.managed)}: ${pathText(first.path)}`;
  }
  const lines: string[] = [];
  for (const [index, { managed, path }] of conflicts.entries()) {
    if (conflicts[index - 1]?.managed !== managed) lines.push(`conflicts with ${managerText(managed)}:`);
    lines.push(`- ${pathText(path)}`);
  }
  return `Apply failed with ${conflicts.length} conflicts: ${lines.join('\n')}`;
}

/** The fields that an apply may take over because the annotation of a client-side apply says that they are its own. */
export function lastAppliedFields(topology: Topology, lastApplied: unknown, live: unknown): FieldSet {
  const { added, modified, removed } = compare(topology, lastApplied, live);
  return without(fieldSetOf(topology, lastApplied), union(union(added, modified), removed));
}

/** metadata.managedFields. */
export function entriesOf(managers: Managers): ManagedFieldsEntry[] {
  const key = ({ writer, time = '' }: Managed): string =>
    [writer.operation, time, writer.manager, writer.apiVersion, writer.subresource].join('\u0000');
  const sorted = [...managers.values()].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
  return sorted.map(({ writer: { manager, operation, apiVersion, subresource }, fields, time }) => ({
    apiVersion,
    fieldsType: 'FieldsV1',
    fieldsV1: fieldsOf(fields),
    manager,
    operation,
    ...(subresource ? { subresource } : {}),
    ...(time ? { time } : {}),
  }));
}

/** metadata.managedFields as somebody sent them; undefined when they can't be read or say nothing. */
export function managersIn(entries: unknown): Managers | undefined {
  if (!Array.isArray(entries)) return undefined;
  const found = new Map<string, Managed>();
  for (const entry of entries as readonly ManagedFieldsEntry[]) {
    const { manager = '', operation, apiVersion, subresource = '', fieldsType, time, fieldsV1 } = entry ?? {};
    if ((operation !== 'Apply' && operation !== 'Update') || !apiVersion || fieldsType !== 'FieldsV1') return undefined;
    const writer: Writer = { manager, operation, apiVersion, subresource };
    found.set(managerId(writer), { writer, fields: setOf(fieldsV1), ...(time ? { time } : {}) });
  }
  return found.size > 0 ? found : undefined;
}

/** Whether the same writers manage the same fields, whenever they began to. */
export function isSameManagers(a: Managers, b: Managers): boolean {
  const timeless = (managers: Managers) => entriesOf(managers).map(({ time: _time, ...entry }) => goJson(entry));
  return deepEqual(timeless(a).sort(), timeless(b).sort());
}

/** Whether somebody asks that managers be forgotten: an empty list, or one with an empty entry. */
export function isReset(entries: unknown): boolean {
  if (!Array.isArray(entries)) return false;
  const [first, ...others] = entries;
  return entries.length === 0 || (others.length === 0 && goJson(first) === '{}');
}
