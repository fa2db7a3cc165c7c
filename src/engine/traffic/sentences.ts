/** The sentences in which a source of requests says what became of them. Pure. */
import type { RequestFailure } from '../network/request';
import type { TrafficSender } from '../simulation';

const WORDS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  refused: ['was refused', 'were refused'],
  reset: ['was cut off', 'were cut off'],
  timeout: ['got no answer in time', 'got no answer in time'],
  'no-endpoints': ['found no endpoint', 'found no endpoint'],
  dns: ['found no address for the name', 'found no address for the name'],
};

/** What failures of a kind are called. */
function failedHow(failure: RequestFailure, count: number): string {
  const [one, many] = WORDS[failure] ?? [`was answered ${failure.slice(5)}`, `were answered ${failure.slice(5)}`];
  return count === 1 ? one : many;
}

const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

/** `12 of 50 requests of users were refused: Pod shop/web-x has been told to stop`. */
export function failureSentence(
  source: string,
  { failure, count, of, because }: { failure: RequestFailure; count: number; of: number; because: string },
): string {
  const requests = of === 1 ? 'request' : 'requests';
  const what = `${grouped(count)} of ${grouped(of)} ${requests} of ${source} ${failedHow(failure, count)}`;
  return because === '' ? what : `${what}: ${because}`;
}

/** `No request of users failed any more: 120 had in 14 s`. */
export function recoverySentence(source: string, failed: number, seconds: number): string {
  return `No request of ${source} failed in this second: ${grouped(failed)} had in the ${seconds} s before`;
}

/** `No request of ask is sent: no Pod in shop that app=client selects runs`. */
export function silenceSentence(source: string, sender: Exclude<TrafficSender, { readonly kind: 'outside' }>): string {
  const why =
    sender.kind === 'node'
      ? `Node ${sender.node} is down`
      : `no Pod in ${sender.namespace} that ${sender.selector} selects runs`;
  return `No request of ${source} is sent: ${why}`;
}
