/**
 * Writes v1 Events as components do. A repeat of the same Event raises `count` and `lastTimestamp`; from the tenth
 * different message of one reason about one object within ten minutes they are folded into one "(combined from similar
 * events)" Event; and a source may write 25 Events about one object in a burst, then one every five minutes.
 * Follows client-go/tools/record/event.go and events_cache.go. The scheduler's Events are written in this older form
 * too (upstream: events.k8s.io), and Events do not expire after an hour.
 */
import type { KubeObject } from '../api/meta';
import { apiVersionOf, findResource } from '../api/scheme';
import { StatusError } from '../apiserver/status-error';
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

/** What is remembered of one similarity group. Replaced, never mutated. */
interface Aggregate {
  readonly messages: readonly string[];
  readonly lastMs: number;
}

/** What is remembered of one written Event. */
interface Written {
  readonly namespace: string;
  readonly name: string;
  readonly count: number;
}

/** Tokens left for one source and object, in thousandths. */
interface Bucket {
  readonly milliTokens: number;
  readonly atMs: number;
}

/** The recorder's memory; part of the component's checkpoint. */
export interface EventMemory {
  readonly aggregates: Map<string, Aggregate>;
  readonly written: Map<string, Written>;
  readonly buckets: Map<string, Bucket>;
}

/** Who writes, and when. */
export interface EventSource {
  readonly component: string;
  readonly host?: string;
  readonly client: Client;
  readonly nowMs: number;
  readonly now: string;
  /** Nanoseconds since 1970 in hexadecimal, for names. */
  readonly nameSuffix: () => string;
}

const MAX_SIMILAR = 10;
const SIMILAR_WITHIN_MS = 600_000;
const BURST_MILLI_TOKENS = 25_000;
const MS_PER_TOKEN = 300_000;
const CACHE_SIZE = 4096;

/** Empty memory. */
export function newEventMemory(): EventMemory {
  return { aggregates: new Map(), written: new Map(), buckets: new Map() };
}

/** Inserts as the most recent and forgets the oldest beyond upstream's cache size. */
function remember<V>(cache: Map<string, V>, key: string, value: V): void {
  cache.delete(key);
  cache.set(key, value);
  if (cache.size <= CACHE_SIZE) return;
  for (const oldest of cache.keys()) {
    cache.delete(oldest);
    break;
  }
}

/** The folded message and key when there are too many similar Events, else undefined. */
function aggregate(memory: EventMemory, group: string, message: string, nowMs: number): boolean {
  const known = memory.aggregates.get(group);
  const fresh = known && nowMs - known.lastMs <= SIMILAR_WITHIN_MS ? known.messages : [];
  const messages = fresh.includes(message) ? fresh : [...fresh, message];
  const folded = messages.length >= MAX_SIMILAR;
  remember(memory.aggregates, group, { messages: folded ? messages.slice(1) : messages, lastMs: nowMs });
  return folded;
}

function spend(memory: EventMemory, key: string, nowMs: number): boolean {
  const bucket = memory.buckets.get(key) ?? { milliTokens: BURST_MILLI_TOKENS, atMs: nowMs };
  const earned = Math.floor(((nowMs - bucket.atMs) * 1000) / MS_PER_TOKEN);
  const milliTokens = Math.min(BURST_MILLI_TOKENS, bucket.milliTokens + earned);
  const granted = milliTokens >= 1000;
  remember(memory.buckets, key, { milliTokens: granted ? milliTokens - 1000 : milliTokens, atMs: nowMs });
  return granted;
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
export function recordEvent(
  memory: EventMemory,
  source: EventSource,
  object: KubeObject,
  type: 'Normal' | 'Warning',
  reason: string,
  message: string,
  fieldPath?: string,
): void {
  const { uid, name, namespace = '' } = object.metadata;
  const who = `${source.component}|${source.host ?? ''}|${object.kind}|${namespace}|${name}|${uid ?? ''}`;
  const group = `${who}|${fieldPath ?? ''}|${type}|${reason}`;
  const folded = aggregate(memory, group, message, source.nowMs);
  const text = folded ? `(combined from similar events): ${message}` : message;
  const identity = folded ? group : `${group}|${message}`;
  const known = memory.written.get(identity);
  if (!spend(memory, who, source.nowMs)) {
    if (known) remember(memory.written, identity, { ...known, count: known.count + 1 });
    return;
  }
  try {
    if (known && raiseCount(source, known, text)) {
      remember(memory.written, identity, { ...known, count: known.count + 1 });
      return;
    }
    const written = writeEvent(source, object, { type, reason, message: text, fieldPath });
    remember(memory.written, identity, written);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
  }
}

function raiseCount(source: EventSource, known: Written, message: string): boolean {
  const event = source.client.find('Event', known.namespace, known.name);
  if (!event) return false;
  source.client.update({ ...event, message, count: known.count + 1, lastTimestamp: source.now });
  return true;
}

function writeEvent(
  source: EventSource,
  object: KubeObject,
  event: { type: string; reason: string; message: string; fieldPath?: string },
): Written {
  const namespace = object.metadata.namespace || 'default';
  const name = `${object.metadata.name}.${source.nameSuffix()}`;
  const { type, reason, message, fieldPath } = event;
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
  return { namespace, name, count: 1 };
}
