/**
 * What a source remembers of its Events, so as to count repeats, to fold similar ones and not to write too many. Pure.
 * Follows client-go/tools/record/events_cache.go. Of ten similar messages upstream forgets any one, here the oldest: what is said
 * again and again then is seldom the forgotten one there too.
 */
import type { KubeObject } from '../api/meta';
import { type Put, RecentMap } from './recent-map';

/** An Event as it was last made, whether it was written or not. */
export interface Observation {
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
interface Standing {
  readonly similar: readonly Similar[];
  readonly observed: readonly Observation[];
  /** What may still be written, in ms of refill, as it was at a time. */
  readonly creditMs: number;
  readonly atMs: number;
}

/** All that was said, as it stands. */
interface Whole extends Standing, Put {}

/** What an Event says of a statement, when it is the only one that says it. */
interface Wording {
  readonly reason: string;
  readonly message: string;
  readonly involvedObject: { readonly fieldPath?: string };
  readonly metadata: { readonly name: string };
  readonly firstTimestamp: string;
}

/** A statement on top of what was said before it (undefined: nothing): memory grows by what is new, for histories keep all of it. */
interface Further extends Put {
  readonly before: Told | undefined;
  /** So many statements lie below. */
  readonly depth: number;
  readonly nowMs: number;
  /** The Event itself, where its words are these, for it is kept anyway. */
  readonly said: Wording;
}

/** What was said of one object in Events of one type, as it is remembered. */
export type Told = Whole | Further;

/** What is said, and when. */
export interface SaidAt {
  readonly reason: string;
  readonly fieldPath: string;
  readonly message: string;
  readonly nowMs: number;
  readonly now: string;
}

/**
 * What a component remembers of its Events, by object and type; lost when it restarts. Upstream bounds the number of messages where
 * this bounds the number of objects.
 */
export type EventMemory = RecentMap<Told>;

const MAX_ENTRIES = 4096;
const MAX_PER_OBJECT = 256;
const MAX_SIMILAR = 10;
const SIMILAR_WITHIN_MS = 600_000;
const BURST = 25;
const MS_PER_TOKEN = 300_000;
/** So many statements lie on top of each other, then the whole is kept. */
export const MAX_DEPTH = 8;
const WHOLE_OBJECT = {};

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
  const noted = { reason, messages: isFolded ? all.slice(1) : all, lastMs: nowMs };
  return { similar: replaced(similar, known, noted), isFolded };
}

/** Whether the source may still write of this object, and what it may write after that. */
function takeCredit({ creditMs, atMs }: Standing, nowMs: number): { creditMs: number; isAllowed: boolean } {
  const refilledMs = Math.min(BURST * MS_PER_TOKEN, creditMs + nowMs - atMs);
  const isAllowed = refilledMs >= MS_PER_TOKEN;
  return { creditMs: isAllowed ? refilledMs - MS_PER_TOKEN : refilledMs, isAllowed };
}

/** What a statement comes to after what was said before. */
export interface Outcome {
  readonly told: Standing;
  readonly observation: Observation;
  readonly isFolded: boolean;
  readonly isAllowed: boolean;
}

/** Follows a statement on what was said before; `newName` is asked only for an Event that is not known yet. */
export function outcomeOf(told: Standing, statement: SaidAt, newName: () => string): Outcome {
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
export function wholeOf(told: Told | undefined, nowMs: number): Standing {
  if (!told) return { similar: [], observed: [], creditMs: BURST * MS_PER_TOKEN, atMs: nowMs };
  if (!('depth' in told)) return told;
  const { reason, message, involvedObject, metadata, firstTimestamp } = told.said;
  const said = { reason, message, fieldPath: involvedObject.fieldPath ?? '', nowMs: told.nowMs, now: firstTimestamp };
  return outcomeOf(wholeOf(told.before, told.nowMs), said, () => metadata.name).told;
}

/** The words of a statement and of its Event, which are the Event itself unless it was not written or says more. */
export function wordingOf(
  { reason, fieldPath, message, now }: SaidAt,
  name: string,
  event: KubeObject | undefined,
): Wording {
  const written = event as unknown as Wording | undefined;
  const isSame =
    written?.reason === reason &&
    written.message === message &&
    (written.involvedObject.fieldPath ?? '') === fieldPath &&
    written.metadata.name === name &&
    written.firstTimestamp === now;
  if (isSame) return written;
  const involvedObject = fieldPath ? { fieldPath } : WHOLE_OBJECT;
  return { reason, message, involvedObject, metadata: { name }, firstTimestamp: now };
}
