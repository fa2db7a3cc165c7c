/**
 * A request that a server passes on, as a proxy: whom it asks, and what it answers for it.
 * Follows ngx_http_upstream.c: the next one is tried after an error or a timeout, not for what may not be repeated once it was sent; 502, 504.
 * Simplified: it forgets at once who has failed.
 */
import type { ProgramAnswer, ProgramRequest } from './network-face';
import { type Pass, type Target, withoutPort } from './sites';

/** What came of asking, as the network tells it. */
export interface Reached extends ProgramAnswer {
  readonly because?: string;
  readonly cause?: number | null;
  readonly path?: readonly string[];
  readonly containerId?: string;
}

/** Asks a host, by its address or its name. */
export type AskOn = (request: ProgramRequest) => Reached;

/** What was asked for. */
export interface PassedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly text?: string | undefined;
  /** In [0, 1): whose turn it is. */
  readonly draw: number;
}

/** What is answered, and of a failure why, and how the server's log has it. */
export interface Passed {
  readonly status: number;
  readonly latencyMs: number;
  readonly body?: string | undefined;
  readonly location?: string | undefined;
  readonly via: readonly string[];
  readonly lost?: { readonly because: string; readonly cause: number | null; readonly logged: string };
}

/** Methods of requests that may be sent once more. */
export const REPEATABLE = /^(?:GET|HEAD|OPTIONS|PUT|DELETE|TRACE)$/;

function pathFor({ uri }: Pass, whole: string): string {
  if (!uri) return whole;
  const mark = whole.indexOf('?');
  const plain = mark < 0 ? whole : whole.slice(0, mark);
  const rest = uri.prefix === undefined ? '' : plain.slice(uri.prefix.length);
  return `${uri.to}${rest}${whole.slice(plain.length)}`;
}

/** Where an answer sends on to: nginx puts its own path for that of whom it asks (proxy_redirect default). */
function ownLocation({ uri, scheme }: Pass, host: string, location: string | undefined): string | undefined {
  const theirs = `${scheme}://${host}${uri?.to ?? '/'}`;
  return location?.startsWith(theirs) ? `${uri?.prefix ?? '/'}${location.slice(theirs.length)}` : location;
}

/** Those that are tried, in their order. */
function turnsOf({ targets, tries }: Pass, draw: number): (readonly [host: string, target: Target])[] {
  const peers = (isBackup: boolean) =>
    targets
      .filter((one) => (one.isBackup === true) === isBackup)
      .flatMap((one) => (one.addresses ?? [one.host]).map((host) => [host, one] as const));
  const first = peers(false);
  const from = Math.floor(draw * first.length);
  const all = [...first.slice(from), ...first.slice(0, from), ...peers(true)];
  return all.filter(([host], index) => all.findIndex(([other]) => other === host) === index).slice(0, tries);
}

const SYSTEM: Readonly<Record<string, string>> = {
  refused: 'connect() failed (111: Connection refused) while connecting to upstream',
  unreachable: 'connect() failed (113: Host is unreachable) while connecting to upstream',
  reset: 'upstream prematurely closed connection while reading response header from upstream',
};

const logOf = ({ failure = '', containerId }: Reached, host: string): string => {
  if (failure === 'dns') return `${host.replace(/\.$/, '')} could not be resolved (3: Host not found)`;
  if (failure === 'timeout')
    return `upstream timed out (110: Connection timed out) while ${containerId === undefined ? 'connecting to' : 'reading response header from'} upstream`;
  return SYSTEM[failure] ?? (SYSTEM.refused as string);
};

/** Asks one after the other. */
export function passOn(pass: Pass, asked: PassedRequest, ask: AskOn): Passed {
  const { scheme, host: own, connectMs, readMs, unreachable, failing } = pass;
  const { host: before = '', Host: _other, ...headers } = asked.headers;
  const host = own === '$host' ? withoutPort(before) : (own ?? before);
  const path = pathFor(pass, asked.path);
  let spentMs = 0;
  let last: Passed | undefined;
  for (const [address, { port }] of turnsOf(pass, asked.draw)) {
    const { method, text } = asked;
    const request = { scheme, address, port, method, path, headers: { ...headers, host } };
    const outcome = ask({ ...request, timeoutMs: readMs, ...(text === undefined ? {} : { text }) });
    const { failure, status, because = '', cause = null, body, containerId } = outcome;
    const location = ownLocation(pass, host, outcome.location);
    const isSilent = failure === 'timeout' && containerId === undefined;
    spentMs += isSilent ? connectMs : outcome.latencyMs;
    const via = (outcome.path ?? []).filter((station) => /^(?:Service|Pod|Node) /.test(station));
    if (failure === undefined || status !== undefined) {
      const given = { status: status ?? 200, latencyMs: spentMs, body, location, via };
      last = failure === undefined ? given : { ...given, lost: { because, cause, logged: '' } };
      if (!failing.includes(given.status)) return last;
    } else {
      const code =
        failure === 'dns' ? 502 : failure !== 'timeout' || (isSilent && unreachable === 503) ? unreachable : 504;
      last = { status: code, latencyMs: spentMs, via, lost: { because, cause, logged: logOf(outcome, address) } };
    }
    if (failure !== 'refused' && containerId !== undefined && !REPEATABLE.test(asked.method)) break;
  }
  const because = 'there is nobody whom it could pass the request on to';
  return (
    last ?? {
      status: unreachable,
      latencyMs: spentMs,
      via: [],
      lost: { because, cause: null, logged: 'no live upstreams while connecting to upstream' },
    }
  );
}
