/**
 * One second of a source, worked out in retrospect when it is over: every request that it sent, and those from before that ended in
 * it. What would only end later stays under way, and its connection is asked again then, since by that time more is known.
 * Simplified: beyond some thousand requests a second a sample is drawn, and each stands for as many as the load asks for.
 */
import type { Context } from '../client/component';
import type { NetworkRequest, RequestOutcome } from '../network/request';
import type { TrafficConfig } from '../simulation';
import { type Sending, sendingOf, sendTime } from './load';
import type { InFlight, TrafficMemory } from './record';
import { ALWAYS, type Attend, type Sender, sendersOf } from './senders';
import { sampleEvery, Tally } from './tally';

/** So many requests of a second are all sent one by one; of more, so many are drawn. */
const EXACT = 2000;
const DRAWN = 1000;

/** How the network is asked what becomes of a request. */
export type Send = (context: Context, request: NetworkRequest) => RequestOutcome;

/** A source while it works out a second. */
export interface Source {
  readonly config: TrafficConfig;
  readonly context: Context<TrafficMemory>;
  readonly send: Send;
  readonly attend: Attend;
}

/** A number in [0, 1). */
const draw = ({ random }: Context): number => random.next32() / 2 ** 32;

/** Whose connection it is: each client of a Pod has its own. */
const connectionOf = (from: string, client: number): string => `${from} ${client}`;

/** Forgets the connections of those who are gone. */
function forgetConnections({ config, context }: Source, senders: readonly Sender[]): void {
  const { connections } = context.memory;
  if (connections.size <= senders.length * config.clients) return;
  const there = new Set(senders.map(({ address }) => address));
  for (const key of connections.keys()) if (!there.has(key.slice(0, key.lastIndexOf(' ')))) connections.delete(key);
}

function requestOf({ config, context }: Source, sender: Sender, client: number, atMs: number): NetworkRequest {
  const { target, method, headers, timeoutMs, name, keepAlive } = config;
  const from = sender.address ?? `${name}/${client}`;
  const connection = keepAlive ? context.memory.connections.get(connectionOf(from, client)) : undefined;
  const request = {
    atMs,
    source: sender.source,
    scheme: target.scheme,
    host: target.host,
    port: target.port,
    method,
    path: target.path,
    headers,
    timeoutMs,
    client: from,
    draw: draw(context as unknown as Context),
  };
  return connection ? { ...request, connection } : request;
}

/** How long the network can be asked about what was. */
const RETROSPECT_MS = 9000;

/** A client that gets no connection counts that as no answer in time, whoever noticed it first. */
function counted(outcome: RequestOutcome): RequestOutcome {
  return outcome.failure === 'unreachable' ? { ...outcome, failure: 'timeout' } : outcome;
}

/** What becomes of a request: of one that was under way, what its connection has come to, or those who passed it on. */
function outcomeOf({ context, send }: Source, { request, outcome }: InFlight): RequestOutcome {
  if (!outcome) return send(context as unknown as Context, request);
  const { connection, relay } = outcome;
  if (connection) return send(context as unknown as Context, { ...request, connection });
  return relay && request.atMs > context.nowMs - RETROSPECT_MS
    ? send(context as unknown as Context, { ...request, relay })
    : outcome;
}

/** Follows a request, sent again when it failed, until it has ended or goes on after `endMs`. */
function follow(source: Source, started: InFlight, endMs: number, tally: Tally): InFlight | undefined {
  const { config, context } = source;
  const { connections } = context.memory;
  let flight = started;
  for (;;) {
    const { request, weight, client, retriesLeft } = flight;
    const outcome = counted(outcomeOf(source, flight));
    const endedMs = request.atMs + outcome.latencyMs;
    if (endedMs >= endMs) return { ...flight, endsAtMs: endedMs, outcome };
    if (outcome.containerId !== undefined) tally.reached(outcome.containerId, weight);
    if (config.keepAlive) {
      const key = connectionOf(request.client, client);
      if (outcome.connection) connections.set(key, outcome.connection);
      else connections.delete(key);
    }
    if (outcome.failure === undefined || retriesLeft === 0) {
      tally.end(flight, endedMs, outcome);
      return undefined;
    }
    const { connection: _closed, ...again } = request;
    const next = { ...again, atMs: endedMs, draw: draw(context as unknown as Context) };
    flight = { ...flight, request: next, retriesLeft: retriesLeft - 1, outcome: undefined };
  }
}

const thereAt = (senders: readonly Sender[], atMs: number): readonly Sender[] =>
  senders.filter((one) => one.isThere(atMs));

/** Sends the requests of a second, in order. */
function sendAll(
  source: Source,
  sending: Sending,
  senders: readonly Sender[],
  start: (flight: InFlight) => void,
): void {
  const { config, context } = source;
  const { memory } = context;
  const drawn = sending.count > EXACT ? DRAWN : sending.count;
  const spread = { count: drawn, startMs: sending.startMs, endMs: sending.endMs };
  const isSteady = senders.every(({ isThere }) => isThere === ALWAYS);
  const upTo = (place: number): number =>
    drawn === sending.count ? place : Math.floor((place * sending.count) / drawn);
  for (let place = 0; place < drawn; place++) {
    const weight = upTo(place + 1) - upTo(place);
    const atMs = sendTime(spread, place);
    const there = isSteady ? senders : thereAt(senders, atMs);
    const turn = memory.sent++;
    const sender = there[turn % there.length];
    if (!sender) continue;
    const client = turn % config.clients;
    start({
      request: requestOf(source, sender, client, atMs),
      weight,
      client,
      from: sender.name,
      firstSentMs: atMs,
      retriesLeft: config.retries,
      endsAtMs: atMs,
      outcome: undefined,
    });
  }
}

/** Works out the second that ends at `endMs`; what came of it is in the memory, and in the tally. */
export function workOut(source: Source, endMs: number): Tally {
  const { config, context } = source;
  const { memory } = context;
  const sending = sendingOf(config, endMs - 1000, endMs);
  const attend = (who: Parameters<Attend>[1]) => source.attend(context as unknown as Context, who);
  const senders = sending.count > 0 ? sendersOf(config, attend, sending.startMs, sending.endMs) : [];
  if (sending.count > 0 && config.sender.kind === 'pods') forgetConnections(source, senders);
  const tally = new Tally(sampleEvery(Math.min(sending.count, EXACT)));
  const under = new Set<InFlight>();
  const goOn = (flight: InFlight): void => {
    const left = follow(source, flight, endMs, tally);
    if (left) under.add(left);
  };
  for (const flight of memory.inFlight) goOn(flight);
  sendAll(source, sending, senders, (flight) => {
    tally.sent += flight.weight;
    goOn(flight);
  });
  tally.unsent = sending.count - tally.sent;
  memory.inFlight = [...under];
  tally.keep(memory, endMs / 1000 - 1);
  return tally;
}
