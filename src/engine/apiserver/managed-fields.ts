/**
 * metadata.managedFields: who manages which fields. Nothing of it is stored with objects: every change keeps who made it (the store's
 * note), and managers are worked out from an object's past where somebody applies or looks. What can't be worked out so, the result of an
 * apply or a list that somebody sent, is kept with the change.
 * Follows apimachinery/pkg/util/managedfields and apiserver/pkg/endpoints/handlers/{create,update,patch}.go.
 */
import type { KindDefinition } from '../api/kinds/definition';
import { OTHER_VERSIONS } from '../api/kinds/registry';
import { beforeAdmission } from '../api/managed-fields/admitted';
import {
  afterOther,
  afterUpdate,
  entriesOf,
  isReset,
  isSameManagers,
  type Managers,
  managersIn,
  type Write,
  type Writer,
} from '../api/managed-fields/managers';
import { topologyOf } from '../api/managed-fields/topology';
import { type KubeObject, keyOf } from '../api/meta';
import type { ApiRequest, ObjectList } from '../api/request';
import { apiVersionOf, findResource } from '../api/scheme';
import type { Store } from '../store/store';
import { asServed } from './versions';

/** What the store keeps of a change: who made it, and what they left of the managers if that is more than an update. */
export interface ManagerNote {
  readonly writer: Writer;
  readonly managers?: Managers;
}

const NOBODY: Managers = new Map();

/** Who manages what while a request is worked on. */
export interface Managing {
  /** Who writes. */
  readonly note: ManagerNote;
  /** The managers that the sender names, which hold in place of those of the past. */
  given?: Managers;
  /** The managers that an apply leaves. */
  applied?: Managers;
}

/** A request about an object of a kind. */
interface About {
  readonly host: { readonly store: Store<KubeObject>; readonly now: string; timeOf(atMs: number): string };
  readonly info: KindDefinition;
  readonly managing: Managing;
}

/** The notes of writers, each made once. */
export class WriterNotes {
  private readonly notes = new Map<string, ManagerNote>();

  of({ options, program = 'unknown', subresource = '' }: ApiRequest, info: KindDefinition): ManagerNote {
    const manager = options?.fieldManager || program;
    const apiVersion = apiVersionOf(info);
    const key = `${manager}\n${apiVersion}\n${subresource}`;
    const known = this.notes.get(key);
    if (known) return known;
    const note: ManagerNote = { writer: { manager, operation: 'Update', apiVersion, subresource } };
    this.notes.set(key, note);
    return note;
  }
}

/** What a path doesn't change, though it is sent: status in writes of the object. */
function excludedBy({ subresource }: Writer, { subresources }: KindDefinition): string | undefined {
  if (subresource === 'status') return 'spec';
  return subresource === '' && subresources.includes('status') ? 'status' : undefined;
}

/** What a change is to the managers. */
export function writeOf(info: KindDefinition, writer: Writer, time: string, topology = topologyOf(info)): Write {
  return { topology, writer, time, excluded: excludedBy(writer, info) };
}

/** A new object of a kind, before anything is in it. */
export function emptyOf({ apiVersion, kind }: KubeObject): object {
  return { apiVersion, kind, metadata: {} };
}

/** A creation as a change. */
function created(object: KubeObject): [before: object, after: KubeObject] {
  return [emptyOf(object), beforeAdmission(object)];
}

/** The managers of what is stored under a key. */
export function managersOf({ host, info }: Omit<About, 'managing'>, key: string): Managers {
  const changes = [];
  for (const entry of host.store.past(info.id, key)) {
    if (!entry.value) break;
    changes.push(entry);
    if (!entry.previous || (entry.note as ManagerNote | undefined)?.managers) break;
  }
  const stored = kindIn(info, '');
  const topology = topologyOf(stored);
  let managers = NOBODY;
  for (const { value, previous, note, atMs } of changes.reverse()) {
    const { writer, managers: told } = (note ?? {}) as Partial<ManagerNote>;
    if (told) managers = told;
    else if (writer && (managers.size > 0 || !previous)) {
      const written = kindIn(stored, writer.apiVersion);
      const time = host.timeOf(atMs);
      const own = writeOf(written, writer, time, written === stored ? topology : undefined);
      const [before, after] = previous
        ? [shownIn(previous, written), shownIn(value as KubeObject, written)]
        : created(shownIn(value as KubeObject, written));
      const earlier = managers;
      managers = afterUpdate(managers, before, after, own);
      if (previous)
        managers = othersAfter(managers, earlier, { stored, written, previous, value: value as KubeObject }, (kind) =>
          writeOf(kind, writer, time),
        );
    }
  }
  return managers;
}

const shownIn = (object: KubeObject, kind: KindDefinition): KubeObject =>
  kind.conversion ? asServed(object, kind) : object;

interface Changed {
  readonly stored: KindDefinition;
  readonly written: KindDefinition;
  readonly previous: KubeObject;
  readonly value: KubeObject;
}

/** What a change in one version leaves of the managers in others. */
function othersAfter(
  managers: Managers,
  earlier: Managers,
  { stored, written, previous, value }: Changed,
  writeIn: (kind: KindDefinition) => Write,
): Managers {
  let left = managers;
  for (const version of new Set([...earlier.values()].map(({ writer }) => writer.apiVersion))) {
    const other = kindIn(stored, version);
    if (other !== written)
      left = afterOther(left, version, shownIn(previous, other), shownIn(value, other), writeIn(other));
  }
  return left;
}

/** A kind in the version that somebody writes in; in the one that it is stored in where no other is meant. */
function kindIn(info: KindDefinition, apiVersion: string): KindDefinition {
  const other = OTHER_VERSIONS.find((one) => one.id === info.id && apiVersionOf(one) === apiVersion);
  return other ?? (info.conversion ? (findResource(info.id) as KindDefinition) : info);
}

/** The managers that a write leaves, where it is not simply an update after the past. */
function resultOf(about: About, before: KubeObject | undefined, after: KubeObject): Managers | undefined {
  const { info, host, managing } = about;
  const { note, given, applied } = managing;
  if (applied || !given) return applied;
  if (given.size === 0) return given;
  const [old, next] = before ? [before, after] : created(after);
  return afterUpdate(given, old, next, writeOf(info, note.writer, host.now));
}

/** What the store is to keep of a write. */
export function noteOf(about: About, before: KubeObject | undefined, after: KubeObject): ManagerNote {
  const { note } = about.managing;
  const managers = resultOf(about, before, after);
  return managers ? { ...note, managers } : note;
}

/** Whether a write that leaves the object as it is leaves other managers. */
export function changesManagers(about: About, old: KubeObject): boolean {
  const result = resultOf(about, old, old);
  return result !== undefined && !isSameManagers(result, managersOf(about, keyOf(old)));
}

/** The managers after a write that is not stored. */
export function rehearsedManagers(about: About, before: KubeObject | undefined, after: KubeObject): Managers {
  const result = resultOf(about, before, after);
  if (result) return result;
  const managers = before ? managersOf(about, keyOf(before)) : NOBODY;
  if (before && managers.size === 0) return managers;
  const write = writeOf(about.info, about.managing.note.writer, about.host.now);
  const [old, next] = before ? [before, after] : created(after);
  return afterUpdate(managers, old, next, write);
}

/** Notes the managers that a body names, if it names any. */
export function takeGivenManagers({ managing }: Pick<About, 'managing'>, body: unknown): void {
  const entries = (body as { metadata?: { managedFields?: unknown } } | null)?.metadata?.managedFields;
  const given = isReset(entries) ? NOBODY : managersIn(entries);
  if (given) managing.given = given;
}

/** An object with its managedFields. */
export function withManagers(object: KubeObject, managers: Managers): KubeObject {
  if (managers.size === 0) return object;
  return { ...object, metadata: { ...object.metadata, managedFields: entriesOf(managers) } } as KubeObject;
}

/** An answer with the managedFields of what is stored. */
export function shownWithManagers(
  about: Omit<About, 'managing'>,
  answer: KubeObject | ObjectList,
): KubeObject | ObjectList {
  const { info, host } = about;
  const shown = (object: KubeObject): KubeObject => {
    const key = keyOf(object);
    const isStored = host.store.get(info.id, key)?.metadata.resourceVersion === object.metadata.resourceVersion;
    return isStored ? withManagers(object, managersOf(about, key)) : object;
  };
  if ('items' in answer) return { ...answer, items: (answer as ObjectList).items.map(shown) };
  return answer.kind === info.kind ? shown(answer as KubeObject) : answer;
}
