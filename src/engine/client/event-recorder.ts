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
import { inOnePiece } from '../kernel/in-one-piece';
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
    options?: { fieldPath?: string; annotations?: Readonly<Record<string, string>> },
  ): void;
}

/** An Event as it was last made, whether it was written or not. */
interface Observation {
  readonly reason: string;
  readonly fieldPath: string;
  /** Undefined for the one that others are folded into. */
  readonly message: string | undefined;
  readonly count: number;
  readonly firstTimestamp: string;
  readonly name: string;
}

/** The different messages of one reason, and when the latest came. */
interface Similar {
  readonly reason: string;
  readonly messages: readonly string[];
  readonly lastMs: number;
}

/** What a component said of one object in Events of one type. */
interface Whole {
  readonly similar: readonly Similar[];
  readonly observed: readonly Observation[];
  /** What may still be written, in ms of refill, as it was at a time. */
  readonly creditMs: number;
  readonly atMs: number;
}

/** A statement on top of what was said before it (undefined: nothing): memory grows by what is new, for histories keep all of it. */
interface Further {
  readonly before: Told | undefined;
  /** So many statements lie below. */
  readonly depth: number;
  readonly reason: string;
  readonly fieldPath: string;
  readonly message: string;
  readonly nowMs: number;
  readonly now: string;
  /** The name of its Event. */
  readonly name: string;
}

type Told = Whole | Further;

/** What is said, and when. */
type SaidAt = Pick<Further, 'reason' | 'fieldPath' | 'message' | 'nowMs' | 'now'>;

/**
 * What a component remembers of its Events, by object and type; lost when it restarts. Upstream bounds the number of messages where
 * this bounds the number of objects.
 */
export type EventMemory = RecentMap<Told>;

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

const MAX_ENTRIES = 4096;
const MAX_PER_OBJECT = 256;
const MAX_SIMILAR = 10;
const SIMILAR_WITHIN_MS = 600_000;
const BURST = 25;
const MS_PER_TOKEN = 300_000;
/** So many statements lie on top of each other, then the whole is kept. */
const MAX_DEPTH = 8;
const FOLDED = '(combined from similar events): ';

/** A memory as a checkpoint keeps it: how it was filled. */
export type SavedEventMemory = readonly [ReturnType<EventMemory['save']>];

/** A memory as it was saved, or an empty one. */
export function newEventMemory([filled]: Partial<SavedEventMemory> = []): EventMemory {
  return new RecentMap(MAX_ENTRIES, filled);
}

/** What a memory holds, as a value that never changes. */
export function saveEventMemory(memory: EventMemory): SavedEventMemory {
  return [memory.save()];
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

/** The list with an item in place of another, or behind the rest; what is more than enough goes from the front. */
function replaced<T>(list: readonly T[], old: T | undefined, item: T): readonly T[] {
  const next = old === undefined ? [...list, item] : list.map((other) => (other === old ? item : other));
  return next.slice(-MAX_PER_OBJECT);
}

/** Notes one more message of a reason; `isFolded` when it is to be folded with the others. */
function noteSimilar(
  similar: readonly Similar[],
  { reason, message }: SaidAt,
  nowMs: number,
): { similar: readonly Similar[]; isFolded: boolean } {
  const known = similar.find((one) => one.reason === reason);
  const messages = known && nowMs - known.lastMs <= SIMILAR_WITHIN_MS ? known.messages : [];
  const all = messages.includes(message) ? messages : [...messages, message];
  const isFolded = all.length >= MAX_SIMILAR;
  const noted = { reason, messages: isFolded ? messages : all, lastMs: nowMs };
  return { similar: replaced(similar, known, noted), isFolded };
}

/** Whether the source may still write of this object, and what it may write after that. */
function takeCredit({ creditMs, atMs }: Whole, nowMs: number): { creditMs: number; isAllowed: boolean } {
  const refilledMs = Math.min(BURST * MS_PER_TOKEN, creditMs + nowMs - atMs);
  const isAllowed = refilledMs >= MS_PER_TOKEN;
  return { creditMs: isAllowed ? refilledMs - MS_PER_TOKEN : refilledMs, isAllowed };
}

/** What a statement comes to after what was said before. */
interface Outcome {
  readonly told: Whole;
  readonly observation: Observation;
  readonly isFolded: boolean;
  readonly isAllowed: boolean;
}

function outcomeOf(told: Whole, statement: SaidAt, newName: () => string): Outcome {
  const { nowMs, reason } = statement;
  const { similar, isFolded } = noteSimilar(told.similar, statement, nowMs);
  const fieldPath = isFolded ? '' : statement.fieldPath;
  const message = isFolded ? undefined : statement.message;
  const known = told.observed.find(
    (one) => one.reason === reason && one.fieldPath === fieldPath && one.message === message,
  );
  const observation: Observation = known
    ? { ...known, count: known.count + 1 }
    : { reason, fieldPath, message, count: 1, firstTimestamp: statement.now, name: newName() };
  const { isAllowed, creditMs } = takeCredit(told, nowMs);
  const observed = replaced(told.observed, known, observation);
  return { told: { similar, observed, creditMs, atMs: nowMs }, observation, isFolded, isAllowed };
}

/** What was said, in full; `nowMs` is when something is said of the object for the first time. */
function wholeOf(told: Told | undefined, nowMs: number): Whole {
  if (!told) return { similar: [], observed: [], creditMs: BURST * MS_PER_TOKEN, atMs: nowMs };
  if (!('depth' in told)) return told;
  return outcomeOf(wholeOf(told.before, told.nowMs), told, () => told.name).told;
}

/** Whether something was said before there was this Pod: uids of Pods are never used again. */
function isBefore(told: Told, { kind, metadata: { creationTimestamp } }: KubeObject): boolean {
  return kind === 'Pod' && creationTimestamp !== undefined && 'now' in told && told.now < creationTimestamp;
}

/** Records one Event. A refusal by the API server is dropped, as upstream's recorder logs and forgets it. */
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
  const found = memory.find(about, (told) => isBefore(told, object));
  const before = found?.value;
  const outcome = outcomeOf(wholeOf(before, nowMs), said, () => inOnePiece(source.newName(namespace, name)));
  const { observation, isFolded, isAllowed } = outcome;
  const depth = before && 'depth' in before ? before.depth + 1 : 0;
  memory.put(
    found?.key ?? about,
    depth < MAX_DEPTH
      ? { before, depth, reason, fieldPath, message: said.message, nowMs, now, name: observation.name }
      : outcome.told,
  );
  if (!isAllowed) return;
  const message = isFolded ? FOLDED + statement.message : statement.message;
  try {
    if (observation.count > 1 && raiseCount(source, namespace, observation, message)) return;
    writeEvent(source, namespace, reference, observation, { ...statement, message }, isFolded);
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
  { type, reason, message, annotations }: Omit<Statement, 'fieldPath'>,
  isFolded: boolean,
): void {
  const { component, host } = source.reporter;
  source.client.create({
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
