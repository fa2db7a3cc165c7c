/** The plain sentence of a step that names no other: what its first write did. */
import type { KubeObject } from '../api/meta';
import { apiVersionOf, findResource } from '../api/scheme';
import type { ObjectReference, WatchEvent } from '../client/component';

const PAST_TENSE: Readonly<Record<string, string>> = {
  create: 'Created',
  update: 'Updated',
  'update-status': 'Updated the status of',
  delete: 'Deleted',
  bind: 'Bound',
};

/** The reference of an object as the trace carries it. */
export function referenceTo(object: KubeObject | ObjectReference | undefined): ObjectReference | null {
  if (!object) return null;
  if (!('metadata' in object)) return object as ObjectReference;
  const { namespace = '', name, uid = '', resourceVersion = '' } = (object as KubeObject).metadata;
  const info = object.apiVersion ? undefined : findResource(object.kind);
  const apiVersion = info ? apiVersionOf(info) : object.apiVersion;
  return { apiVersion, kind: object.kind, namespace, name, uid, resourceVersion };
}

/** `Created Pod web-x`, with how many further objects were written in the same step. */
export function describeWrite(verb: string, event: WatchEvent, writes: number): string {
  const object = (event.value ?? event.previous) as KubeObject;
  const marked =
    verb === 'update' && event.value?.metadata.deletionTimestamp && !event.previous?.metadata.deletionTimestamp;
  const action = marked ? 'Marked for deletion:' : (PAST_TENSE[verb] ?? verb);
  const more = writes > 1 ? ` (and ${writes - 1} more)` : '';
  return `${action} ${object.kind} ${object.metadata.name}${more}`;
}
