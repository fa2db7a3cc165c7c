/** What a step is named after: what was said of it, or else its first write. */
import type { KubeObject } from '../api/meta';
import { apiVersionOf, findResource } from '../api/scheme';
import type { Event } from '../api/types';
import type { ObjectReference, WatchEvent } from '../client/component';
import type { TraceStep } from '../trace/trace';
import type { Firing } from './firing';

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
function describeWrite(verb: string, event: WatchEvent, writes: number): string {
  const object = (event.value ?? event.previous) as KubeObject;
  const marked =
    verb === 'update' && event.value?.metadata.deletionTimestamp && !event.previous?.metadata.deletionTimestamp;
  const action = marked ? 'Marked for deletion:' : (PAST_TENSE[verb] ?? verb);
  const more = writes > 1 ? ` (and ${writes - 1} more)` : '';
  const { reason, involvedObject: about } = object as Partial<Event>;
  // The name of an Event says nothing.
  if (about)
    return `${verb === 'update' ? 'Repeated' : action} Event ${reason} about ${about.kind} ${about.name}${more}`;
  return `${action} ${object.kind} ${object.metadata.name}${more}`;
}

/** How the trace names what a firing did; undefined when it did nothing. */
export function describeFiring(firing: Firing): Pick<TraceStep, 'verb' | 'object' | 'message'> | undefined {
  const { said, firstWrite, writes } = firing;
  if (said) return { verb: said.verb, object: referenceTo(said.object), message: said.message };
  if (!firstWrite) return undefined;
  const { verb, event } = firstWrite;
  return { verb, object: referenceTo(event.value ?? event.previous), message: describeWrite(verb, event, writes) };
}
