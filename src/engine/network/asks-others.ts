/** An answer for which a program asks others first: WordPress its database, a proxy whom it passes requests on to. */
import type { HttpAnswer } from '../machine/cri';
import { passOn } from '../machine/pass-on';
import { hostAsked } from '../machine/sites';
import { DATABASE_TIMEOUT_MS } from '../machine/wordpress';
import type { Arrival } from './arrival';
import type { NetworkRequest, RequestOutcome } from './request';

/** What a program asks for. */
export type AskedOfOther = Pick<NetworkRequest, 'scheme' | 'host' | 'port' | 'timeoutMs'> & Partial<NetworkRequest>;

/** How a program of a Pod asks somebody else. */
export type AskOthers = (podUid: string, asked: AskedOfOther) => RequestOutcome;

/** An answer, and why it had to be another one. */
export interface GivenAnswer extends HttpAnswer {
  readonly via?: readonly string[];
  readonly lost?: Pick<RequestOutcome, 'because' | 'cause'> & { readonly logged?: string };
}

/** So often a request is passed on: nginx that asks itself runs out of connections. */
const MOST_HOPS = 8;

function afterPass(answer: HttpAnswer, arrival: Arrival, request: NetworkRequest, ask: AskOthers): GivenAnswer {
  const { pass, latencyMs, tls } = answer;
  const { podUid = '', label, sandbox } = arrival;
  const { method, path, text, draw, wantsBody, hops = 0 } = request;
  if (!pass) return answer;
  if (hops >= MOST_HOPS) {
    const because = `${label} answers 500: requests go round in a circle`;
    const logged = '1024 worker_connections are not enough while connecting to upstream';
    return { status: 500, latencyMs, tls, lost: { because, cause: null, logged } };
  }
  const headers = { ...request.headers, host: hostAsked(request) };
  const passed = passOn(pass, { method, path, headers, text, draw }, ({ address: host, ...asked }) =>
    ask(podUid, {
      ...asked,
      host,
      client: sandbox?.ip ?? podUid,
      hops: hops + 1,
      waiting: label,
      ...(wantsBody ? { wantsBody } : {}),
    }),
  );
  const { status, body, location, via, lost } = passed;
  return {
    status,
    latencyMs: latencyMs + passed.latencyMs,
    tls,
    via,
    ...(location === undefined ? {} : { location }),
    ...(body !== undefined || (status < 400 && wantsBody) ? { text: body ?? '' } : {}),
    ...(lost ? { lost: { ...lost, because: `${label} answers ${status}: ${lost.because}` } } : {}),
  };
}

/** An answer that a program gives after it has asked others, or because it could not. */
export function afterOthers(
  answer: HttpAnswer,
  arrival: Arrival,
  request: NetworkRequest,
  ask: AskOthers,
): GivenAnswer {
  const { podUid, label } = arrival;
  if (answer.pass) return afterPass(answer, arrival, request, ask);
  if (!answer.database) return answer;
  const { latencyMs, database, ...rest } = answer;
  const { host, port } = database;
  const found =
    podUid !== undefined ? ask(podUid, { scheme: 'tcp', host, port, timeoutMs: DATABASE_TIMEOUT_MS }) : undefined;
  if (!found) return { ...rest, latencyMs };
  const waitedMs = latencyMs + found.latencyMs;
  if (found.failure === undefined) return { ...rest, latencyMs: waitedMs };
  const because = `${label} has no connection to its database ${host}:${port}: ${found.because}`;
  return { status: 500, latencyMs: waitedMs, tls: rest.tls, lost: { because, cause: found.cause } };
}
