/**
 * Writes v1 Events as components do: each gets a name of its own, `<object>.<nanoseconds in hexadecimal>`. A repeat of the same
 * Event raises `count`; from the tenth different message of one reason about one object, with never more than ten minutes in
 * between, they are folded into one "(combined from similar events)" Event; and a source may write 25 Events of one type about
 * an object in a burst, then one every five minutes. What is not written for that reason is counted all the same.
 * Follows client-go/tools/record/{event,events_cache}.go. Of ten similar messages upstream forgets any one, here the newest.
 * The scheduler's Events are written in this older form too (upstream: events.k8s.io), Events do not expire after an hour, and
 * those that the API server does not answer are lost (upstream tries twelve times, 10 s apart).
 */
import type { KubeObject } from '../api/meta';
import { apiVersionOf, findResource } from '../api/scheme';
import { isReason, StatusError } from '../api/status-error';
import type { Client } from './client';
import { RecentMap } from './recent-map';

/** What a component uses to tell people about an object. */
export interface EventRecorder {
  /** Records an Event about `object`. Reasons are upstream's CamelCase constants, messages upstream's words. */
  record(
    object: KubeObject,
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
    options?: { fieldPath?: string },
  ): void;
}

/** An Event as it was last made, whether it was written or not. */
interface Observation {
  readonly count: number;
  readonly firstTimestamp: string;
  readonly name: string;
}

/** What a component remembers of its Events; lost when it restarts. Memory, under the rule of client/component.ts. */
export interface EventMemory {
  /** By source, object, type and reason: the different messages, and when the latest came. */
  readonly similar: RecentMap<{ readonly messages: readonly string[]; readonly lastMs: number }>;
  /** By all of that and the message. */
  readonly observed: RecentMap<Observation>;
  /** By source, object and type: what may still be written, in ms of refill, as it was at a time. */
  readonly credits: RecentMap<{ readonly creditMs: number; readonly atMs: number }>;
}

/** Who writes, and when. */
export interface EventSource {
  readonly component: string;
  readonly host?: string;
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
}

const MAX_ENTRIES = 4096;
const MAX_SIMILAR = 10;
const SIMILAR_WITHIN_MS = 600_000;
const BURST = 25;
const MS_PER_TOKEN = 300_000;
const FOLDED = '(combined from similar events): ';

/** A memory as a checkpoint keeps it: how each of its maps was filled. */
export type SavedEventMemory = readonly [
  ReturnType<EventMemory['similar']['save']>,
  ReturnType<EventMemory['observed']['save']>,
  ReturnType<EventMemory['credits']['save']>,
];

/** A memory as it was saved, or an empty one. */
export function newEventMemory([similar, observed, credits]: Partial<SavedEventMemory> = []): EventMemory {
  return {
    similar: new RecentMap(MAX_ENTRIES, similar),
    observed: new RecentMap(MAX_ENTRIES, observed),
    credits: new RecentMap(MAX_ENTRIES, credits),
  };
}

/** What a memory holds, as values that never change. */
export function saveEventMemory({ similar, observed, credits }: EventMemory): SavedEventMemory {
  return [similar.save(), observed.save(), credits.save()];
}

function objectReference(object: KubeObject, fieldPath: string | undefined): Record<string, string> {
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

/** Notes one more message of a kind; true when it is to be folded with the others. */
function isOneTooMany({ memory: { similar }, nowMs }: EventSource, key: string, message: string): boolean {
  const known = similar.get(key);
  const messages = known && nowMs - known.lastMs <= SIMILAR_WITHIN_MS ? known.messages : [];
  const all = messages.includes(message) ? messages : [...messages, message];
  const isFolded = all.length >= MAX_SIMILAR;
  similar.put(key, { messages: isFolded ? messages : all, lastMs: nowMs });
  return isFolded;
}

/** Counts one more of the very same. */
function observe(source: EventSource, key: string, namespace: string, objectName: string): Observation {
  const { observed } = source.memory;
  const known = observed.get(key);
  const observation = known
    ? { ...known, count: known.count + 1 }
    : { count: 1, firstTimestamp: source.now, name: source.newName(namespace, objectName) };
  observed.put(key, observation);
  return observation;
}

/** Whether the source may still write of this object, and takes that into account. */
function mayWrite({ memory: { credits }, nowMs }: EventSource, key: string): boolean {
  const known = credits.get(key) ?? { creditMs: BURST * MS_PER_TOKEN, atMs: nowMs };
  const creditMs = Math.min(BURST * MS_PER_TOKEN, known.creditMs + nowMs - known.atMs);
  const isAllowed = creditMs >= MS_PER_TOKEN;
  credits.put(key, { creditMs: isAllowed ? creditMs - MS_PER_TOKEN : creditMs, atMs: nowMs });
  return isAllowed;
}

/** Records one Event. A refusal by the API server is dropped, as upstream's recorder logs and forgets it. */
export function recordEvent(source: EventSource, object: KubeObject, statement: Statement): void {
  const { type, reason, fieldPath = '' } = statement;
  const reference = objectReference(object, fieldPath);
  const { kind = '', namespace: own = '', name = '', uid = '', apiVersion = '' } = reference;
  const about = [source.component, source.host ?? '', kind, own, name, uid, apiVersion, type].join('\n');
  const similarKey = `${about}\n${reason}`;
  const isFolded = isOneTooMany(source, similarKey, statement.message);
  const message = isFolded ? FOLDED + statement.message : statement.message;
  const namespace = own || 'default';
  const key = isFolded ? similarKey : `${similarKey}\n${fieldPath}\n${message}`;
  const observation = observe(source, key, namespace, name);
  if (!mayWrite(source, about)) return;
  try {
    if (observation.count > 1 && raiseCount(source, namespace, observation, message)) return;
    writeEvent(source, namespace, reference, observation, { type, reason, message }, isFolded);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
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
  { type, reason, message }: Omit<Statement, 'fieldPath'>,
  isFolded: boolean,
): void {
  const { component, host } = source;
  source.client.create({
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name, namespace },
    involvedObject,
    reason,
    message,
    source: host ? { component, host } : { component },
    firstTimestamp,
    lastTimestamp: source.now,
    count,
    type,
    eventTime: null,
    reportingComponent: isFolded ? '' : component,
    reportingInstance: isFolded ? '' : (host ?? ''),
  });
}
