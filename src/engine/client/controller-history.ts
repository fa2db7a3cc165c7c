/**
 * The revisions of a workload (StatefulSet, DaemonSet) as ControllerRevisions: made, named by a hash of what they hold, compared,
 * numbered and cut off. Orphans are adopted as other children are (controller-ref.ts, claimChildren).
 * Follows pkg/controller/history/controller_history.go and, for the choice among revisions, getStatefulSetRevisions and
 * truncateHistory of pkg/controller/statefulset/stateful_set_control.go. Hashes are a real cluster's as long as the data is.
 */
import type { KubeObject } from '../api/meta';
import { deepEqual } from '../api/plain';
import { safeEncodeString } from '../api/pod-template-hash';
import { matchesLabelSelector } from '../api/selector';
import { isReason } from '../api/status-error';
import type { LabelSelector } from '../api/types';
import type { Client, Lister } from './client';
import { newControllerRef } from './controller-ref';

/** apps/v1 ControllerRevision. */
export type ControllerRevision = KubeObject & { readonly data?: unknown; readonly revision: number };

/** The label with the hash of a revision's data. */
export const HASH_LABEL = 'controller.kubernetes.io/hash';

const MAX_PREFIX = 223;
const OFFSET_BASIS = 0x811c9dc5;
const PRIME = 0x01000193;

/** Data as Go writes it: keys sorted, and characters escaped that mean something in HTML. */
function goJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(goJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) {
    const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
    return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, escaped);
  }
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  fields.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${fields.map(([key, field]) => `${goJson(key)}:${goJson(field)}`).join(',')}}`;
}

function utf8(text: string): number[] {
  const bytes: number[] = [];
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    const shifts = point < 0x80 ? [] : point < 0x800 ? [0] : point < 0x10000 ? [6, 0] : [12, 6, 0];
    const lead = [0, 0xc0, 0xe0, 0xf0][shifts.length] ?? 0;
    bytes.push(lead | (point >> (6 * shifts.length)));
    for (const shift of shifts) bytes.push(0x80 | ((point >> shift) & 0x3f));
  }
  return bytes;
}

/** FNV-1 (not 1a) of 32 bits. */
function fnv1(text: string): number {
  let hash = OFFSET_BASIS;
  for (const byte of utf8(text)) hash = Math.imul(hash, PRIME) ^ byte;
  return hash >>> 0;
}

/** The hash that a revision's name ends with; a collision count gives another one after a collision. */
export function hashRevision(data: unknown, collisionCount: number): string {
  return safeEncodeString(String(fnv1(`${goJson(data)}${collisionCount}`)));
}

function revisionName(parent: KubeObject, hash: string): string {
  return `${parent.metadata.name.slice(0, MAX_PREFIX)}-${hash}`;
}

/** A revision of `parent` that holds `data`, not written yet. */
export function newControllerRevision(
  parent: KubeObject,
  labels: Readonly<Record<string, string>> | undefined,
  data: unknown,
  revision: number,
  collisionCount: number,
): ControllerRevision {
  const hash = hashRevision(data, collisionCount);
  return {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: {
      name: revisionName(parent, hash),
      namespace: parent.metadata.namespace,
      labels: { ...labels, [HASH_LABEL]: hash },
      ownerReferences: [newControllerRef(parent)],
    },
    data,
    revision,
  };
}

/** In order of their numbers; of equal ones the older first, then by name. */
export function sortRevisions(revisions: readonly ControllerRevision[]): ControllerRevision[] {
  const created = ({ metadata }: ControllerRevision): string => metadata.creationTimestamp ?? '';
  const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return [...revisions].sort(
    (a, b) => a.revision - b.revision || byText(created(a), created(b)) || byText(a.metadata.name, b.metadata.name),
  );
}

/** What to do so that a revision with this data is the latest. */
export type RevisionPlan =
  /** It is already. */
  | { readonly verb: 'keep'; readonly revision: ControllerRevision }
  /** An earlier one is equal: it gets the latest number (a rollback). */
  | { readonly verb: 'renumber'; readonly revision: ControllerRevision; readonly number: number }
  | { readonly verb: 'create'; readonly number: number };

/** Chooses among the revisions there are. Pure. */
export function planRevision(revisions: readonly ControllerRevision[], data: unknown): RevisionPlan {
  const sorted = sortRevisions(revisions);
  const latest = sorted.at(-1);
  const number = (latest?.revision ?? 0) + 1;
  const equal = sorted.findLast((one) => deepEqual(one.data, data));
  if (!latest || !equal) return { verb: 'create', number };
  return deepEqual(latest.data, equal.data)
    ? { verb: 'keep', revision: latest }
    : { verb: 'renumber', revision: equal, number };
}

/** The oldest revisions beyond the limit, among those that are not in use. A negative limit keeps all. */
export function revisionsToTruncate(
  revisions: readonly ControllerRevision[],
  liveNames: ReadonlySet<string>,
  limit: number,
): readonly ControllerRevision[] {
  if (limit < 0) return [];
  const history = sortRevisions(revisions).filter(({ metadata }) => !liveNames.has(metadata.name));
  return history.slice(0, Math.max(0, history.length - limit));
}

/** The revisions that are the parent's, and the orphans among those that its selector matches, in key order. */
export function listRevisions(
  lister: Lister,
  parent: KubeObject,
  selector: LabelSelector | undefined,
): ControllerRevision[] {
  const { namespace = '' } = parent.metadata;
  const own = lister.controlledBy<ControllerRevision>('ControllerRevision', parent.metadata);
  const orphans = lister.byIndex<ControllerRevision>('ControllerRevision', 'orphan', namespace);
  return [...own, ...orphans].filter(({ metadata }) => matchesLabelSelector(selector, metadata.labels));
}

/**
 * Writes a new revision. While its name is taken by one with other data the collision count goes up and the name changes; one
 * with the same data is taken as it is. Returns the count to keep in the parent's status. Throws what else is refused.
 */
export function createRevision(
  client: Client,
  parent: KubeObject,
  revision: ControllerRevision,
  collisionCount: number,
): { readonly revision: ControllerRevision; readonly collisionCount: number } {
  for (let count = collisionCount; ; count++) {
    const name = revisionName(parent, hashRevision(revision.data, count));
    try {
      const created = client.create<ControllerRevision>({ ...revision, metadata: { ...revision.metadata, name } });
      return { revision: created, collisionCount: count };
    } catch (error) {
      if (!isReason(error, 'AlreadyExists')) throw error;
      const known = client.get<ControllerRevision>('ControllerRevision', parent.metadata.namespace, name);
      if (deepEqual(known.data, revision.data)) return { revision: known, collisionCount: count };
    }
  }
}

/** Gives a revision another number; a lost race is tried again on the live one. */
export function renumberRevision(client: Client, revision: ControllerRevision, number: number): ControllerRevision {
  if (revision.revision === number) return revision;
  try {
    return client.update<ControllerRevision>({ ...revision, revision: number });
  } catch (error) {
    if (!isReason(error, 'Conflict')) throw error;
    const { namespace, name } = revision.metadata;
    const live = client.get<ControllerRevision>('ControllerRevision', namespace, name);
    return live.revision === number ? live : client.update<ControllerRevision>({ ...live, revision: number });
  }
}
