/**
 * Writes v1 Events as components do. A repeat of the same Event raises `count` and `lastTimestamp`; from the tenth
 * different message of one reason about one object within ten minutes they are folded into one "(combined from similar
 * events)" Event; and a source may write 25 Events about one object in a burst, then one every five minutes.
 * Follows client-go/tools/record/event.go and events_cache.go. The scheduler's Events are written in this older form
 * too (upstream: events.k8s.io), and Events do not expire after an hour. What was written before is looked up in the
 * store, where upstream keeps a cache of its own; so a component that restarts goes on counting.
 */
import type { KubeObject } from '../api/meta';
import { apiVersionOf, findResource } from '../api/scheme';
import { StatusError } from '../api/status-error';
import type { CoreEvent } from '../api/types';
import type { Client } from './client';

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

/** Who writes, and when. */
export interface EventSource {
  readonly component: string;
  readonly host?: string;
  readonly client: Client;
  readonly nowMs: number;
  readonly now: string;
  /** The ms of a stored timestamp on the virtual clock. */
  timeOf(timestamp: string): number;
  /** The stored Events about the object with this uid (or name, for objects without one). */
  about(uid: string): readonly CoreEvent[];
  /** Nanoseconds since 1970 in hexadecimal, for names. */
  nameSuffix(): string;
}

/** What is said about an object. */
interface Statement {
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly fieldPath: string | undefined;
}

const MAX_SIMILAR = 10;
const SIMILAR_WITHIN_MS = 600_000;
const BURST = 25;
const MS_PER_TOKEN = 300_000;
const FOLDED = '(combined from similar events): ';

const sum = (events: readonly CoreEvent[]): number => events.reduce((total, event) => total + (event.count ?? 1), 0);

/** Whether the source may still write about this object: 25 at once, then one more every five minutes. */
function mayWrite(own: readonly CoreEvent[], source: EventSource): boolean {
  if (own.length === 0) return true;
  const firstMs = Math.min(...own.map((event) => source.timeOf(event.firstTimestamp as string)));
  return sum(own) - Math.floor((source.nowMs - firstMs) / MS_PER_TOKEN) < BURST;
}

/** The message to write: folded when too many different ones of its kind were written lately. */
function foldIfSimilar(similar: readonly CoreEvent[], message: string, source: EventSource): string {
  const messages = similar.filter((event) => !event.message?.startsWith(FOLDED));
  if (messages.length < MAX_SIMILAR - 1 || messages.some((event) => event.message === message)) return message;
  const lastMs = Math.max(...similar.map((event) => source.timeOf(event.lastTimestamp as string)));
  return source.nowMs - lastMs <= SIMILAR_WITHIN_MS ? FOLDED + message : message;
}

function objectReference(object: KubeObject, fieldPath: string | undefined): Record<string, unknown> {
  const { namespace, name, uid, resourceVersion } = object.metadata;
  const info = findResource(object.kind);
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

/** Records one Event. A refusal by the API server is dropped, as upstream's recorder logs and forgets it. */
export function recordEvent(source: EventSource, object: KubeObject, statement: Statement): void {
  const { type, reason, fieldPath } = statement;
  const own = source
    .about(object.metadata.uid ?? object.metadata.name)
    .filter((event) => event.source?.component === source.component && event.source.host === source.host);
  if (!mayWrite(own, source)) return;
  const similar = own.filter(
    (event) => event.reason === reason && event.type === type && event.involvedObject.fieldPath === fieldPath,
  );
  const message = foldIfSimilar(similar, statement.message, source);
  const isFolded = message !== statement.message;
  const known = similar.find((event) => (isFolded ? event.message?.startsWith(FOLDED) : event.message === message));
  try {
    if (known) raiseCount(source, known, message);
    else writeEvent(source, object, { ...statement, message });
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
  }
}

function raiseCount(source: EventSource, known: CoreEvent, message: string): void {
  source.client.update({ ...known, message, count: (known.count ?? 1) + 1, lastTimestamp: source.now });
}

function writeEvent(source: EventSource, object: KubeObject, { type, reason, message, fieldPath }: Statement): void {
  const namespace = object.metadata.namespace || 'default';
  const name = `${object.metadata.name}.${source.nameSuffix()}`;
  source.client.create({
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name, namespace },
    involvedObject: objectReference(object, fieldPath),
    reason,
    message,
    source: source.host ? { component: source.component, host: source.host } : { component: source.component },
    firstTimestamp: source.now,
    lastTimestamp: source.now,
    count: 1,
    type,
    eventTime: null,
    reportingComponent: source.component,
    reportingInstance: source.host ?? '',
  });
}
