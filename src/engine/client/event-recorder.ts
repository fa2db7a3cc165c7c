/**
 * Writes v1 Events as components do: each gets a name of its own, `<object>.<nanoseconds in hexadecimal>`. A repeat of the same
 * Event raises `count`; from the tenth different message of one reason about one object, with never more than ten minutes in
 * between, they are folded into one "(combined from similar events)" Event; and a source may write 25 Events of one type about
 * an object in a burst, then one every five minutes. What is not written for that reason is counted all the same.
 * Follows client-go/tools/record/event.go; what is remembered of Events, event-memory.ts says.
 * Events do not expire after an hour, and those that the API server does not answer are lost (upstream tries twelve times, 10 s apart).
 */
import type { KubeObject } from '../api/meta';
import { apiVersionOf, findResource } from '../api/scheme';
import { isReason, StatusError } from '../api/status-error';
import { inOnePiece } from '../kernel/in-one-piece';
import type { Client } from './client';
import {
  type EventMemory,
  MAX_DEPTH,
  type Observation,
  type Outcome,
  outcomeOf,
  type SaidAt,
  type Told,
  wholeOf,
  wordingOf,
} from './event-memory';

/** What a component uses to tell people about an object. */
export interface EventRecorder {
  /** Records an Event about `object`. Reasons are upstream's CamelCase constants, messages upstream's words. */
  record(
    object: KubeObject,
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
    options?: {
      fieldPath?: string;
      annotations?: Readonly<Record<string, string>>;
      /** What was done; makes it an Event of the newer form (newer-event-recorder.ts). */
      action?: string;
      related?: KubeObject;
    },
  ): void;
}

/** Who writes, and when. */
export interface EventSource {
  /** Its Events' `source`, which all of them share. */
  readonly reporter: { readonly component: string; readonly host?: string };
  readonly client: Client;
  readonly memory: EventMemory;
  readonly nowMs: number;
  readonly now: string;
  /** A name for an Event about an object of this name: unique and, for one source, later ones sort behind. */
  newName(namespace: string, objectName: string): string;
}

/** What is said about an object. */
interface Statement {
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly fieldPath: string | undefined;
  readonly annotations?: Readonly<Record<string, string>>;
}

const FOLDED = '(combined from similar events): ';

/** How an Event names an object. */
export function objectReference(object: KubeObject, fieldPath: string | undefined): Record<string, string> {
  const { namespace, name, uid, resourceVersion } = object.metadata;
  const info = object.apiVersion ? undefined : findResource(object.kind);
  return {
    apiVersion: info ? apiVersionOf(info) : object.apiVersion,
    kind: object.kind,
    ...(namespace ? { namespace } : {}),
    name,
    ...(uid ? { uid } : {}),
    ...(resourceVersion ? { resourceVersion } : {}),
    ...(fieldPath ? { fieldPath } : {}),
  };
}

/** Whether something was said before there was this Pod: uids of Pods are never used again. */
function isBefore(told: Told, { kind, metadata: { creationTimestamp } }: KubeObject): boolean {
  return (
    kind === 'Pod' && creationTimestamp !== undefined && 'said' in told && told.said.firstTimestamp < creationTimestamp
  );
}

/** Records one Event. */
export function recordEvent(source: EventSource, object: KubeObject, statement: Statement): void {
  const { type, reason } = statement;
  const { nowMs, now, memory } = source;
  const fieldPath = inOnePiece(statement.fieldPath ?? '');
  const said: SaidAt = { reason, fieldPath, message: inOnePiece(statement.message), nowMs, now };
  const reference = objectReference(object, fieldPath);
  const { kind = '', namespace: own = '', name = '', uid = '', apiVersion = '' } = reference;
  const namespace = own || 'default';
  // Nothing else has the uid of a Pod, and its text is there already.
  const whole = kind === 'Pod' && uid && uid !== name ? uid : [uid, kind, own, name, apiVersion].join('\n');
  const about = type === 'Normal' ? whole : `${whole}\n${type}`;
  const before = memory.find(about, (told) => isBefore(told, object));
  const outcome = outcomeOf(wholeOf(before, nowMs), said, () => inOnePiece(source.newName(namespace, name)));
  const event = outcome.isAllowed
    ? tell(source, namespace, reference, outcome, { ...statement, message: said.message })
    : undefined;
  const depth = before && 'depth' in before ? before.depth + 1 : 0;
  const key = before?.key ?? about;
  const earlier = memory.save();
  if (depth >= MAX_DEPTH) memory.put({ ...outcome.told, key, earlier });
  else memory.put({ key, earlier, before, depth, nowMs, said: wordingOf(said, outcome.observation.name, event) });
}

/** Writes what came of a statement; returns a new Event. A refusal by the API server is dropped, as upstream's recorder logs and forgets it. */
function tell(
  source: EventSource,
  namespace: string,
  reference: Readonly<Record<string, string>>,
  { observation, isFolded }: Outcome,
  statement: Statement,
): KubeObject | undefined {
  const message = isFolded ? FOLDED + statement.message : statement.message;
  try {
    if (observation.count > 1 && raiseCount(source, namespace, observation, message)) return undefined;
    return writeEvent(source, namespace, reference, observation, { ...statement, message }, isFolded);
  } catch (error) {
    if (error instanceof StatusError) return undefined;
    throw error;
  }
}

/** False when the Event is gone, and is to be written anew. */
function raiseCount(source: EventSource, namespace: string, { name, count }: Observation, message: string): boolean {
  try {
    const body = { count, lastTimestamp: source.now, message };
    source.client.patch('Event', namespace, name, { type: 'strategic', body });
    return true;
  } catch (error) {
    if (isReason(error, 'NotFound')) return false;
    throw error;
  }
}

/** Folded Events do not name who reports them, as upstream's don't. */
function writeEvent(
  source: EventSource,
  namespace: string,
  involvedObject: Readonly<Record<string, string>>,
  { name, count, firstTimestamp }: Observation,
  { type, reason, message, annotations }: Omit<Statement, 'fieldPath'>,
  isFolded: boolean,
): KubeObject {
  const { component, host } = source.reporter;
  return source.client.create({
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name, namespace, ...(annotations ? { annotations } : {}) },
    involvedObject,
    reason,
    message,
    source: source.reporter,
    firstTimestamp,
    lastTimestamp: source.now,
    count,
    type,
    eventTime: null,
    reportingComponent: isFolded ? '' : component,
    reportingInstance: isFolded ? '' : (host ?? ''),
  });
}
