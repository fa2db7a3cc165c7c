/** The sources of requests of a scenario, in numbers: where they send to, how many, and from when to when. */
import { isQuantity, quantityMilli } from '../engine/api/quantity';
import type { TrafficConfig } from '../engine/simulation';
import type { Misfit } from './checks';
import { milliseconds, optionalMs } from './milliseconds';
import type { RawTraffic } from './scenario-shape';
import type { Scalar } from './shape';

const DEFAULT_TIMEOUT_MS = 5000;
/** How many clients a source has when it doesn't say. */
const DEFAULT_CLIENTS = 10;
/** More would not be counted exactly. */
const MOST_PER_SECOND = 1_000_000_000;
const PORTS: Readonly<Record<string, number>> = { http: 80, https: 443 };

/** A URL as sources take it, or what is wrong with it. */
function targetOf(text: string): TrafficConfig['target'] | { readonly problem: string } {
  const [whole, scheme = '', host = '', port, path = '/'] =
    /^([a-z]+):\/\/(\[[0-9a-f:.]+\]|[^/:?#\s]+)(?::(\d+))?([/?]\S*)?$/.exec(text) ?? [];
  if (whole === undefined) return { problem: 'must be a URL such as http://web.shop:80/' };
  if (scheme !== 'http' && scheme !== 'https') return { problem: `only http and https are sent, not ${scheme}` };
  const number = port === undefined ? (PORTS[scheme] as number) : Number(port);
  if (number < 1 || number > 65_535) return { problem: `a port is between 1 and 65535, not ${port}` };
  return { scheme, host: host.replace(/^\[|\]$/g, ''), port: number, path: path.startsWith('/') ? path : `/${path}` };
}

const perSecond = (rps: Scalar): number => (isQuantity(String(rps)) ? quantityMilli(String(rps)) / 1000 : 0);

const nameOf = ({ name }: RawTraffic, index: number): string => name ?? `source-${index + 1}`;

function loadOf({ rps = 1 }: RawTraffic): TrafficConfig['load'] {
  if (!Array.isArray(rps)) return [{ atMs: 0, perSecond: perSecond(rps as Scalar) }];
  return rps.map((point) => ({ atMs: milliseconds(point.at, 0), perSecond: perSecond(point.rps) }));
}

function senderOf({ source = 'outside' }: RawTraffic): TrafficConfig['sender'] {
  if (typeof source === 'string') return { kind: 'outside' };
  if ('node' in source) return { kind: 'node', node: source.node };
  return { kind: 'pods', selector: source.pods, namespace: source.namespace ?? 'default' };
}

/** A source as the engine takes it; its shape and {@link trafficMisfits} have been checked. */
export function trafficOf(raw: RawTraffic, index: number): TrafficConfig {
  const target = targetOf(raw.target);
  if ('problem' in target) throw new Error(`traffic ${index}: ${target.problem}`);
  return {
    name: nameOf(raw, index),
    sender: senderOf(raw),
    target: raw.path === undefined ? target : { ...target, path: raw.path },
    load: loadOf(raw),
    fromMs: milliseconds(raw.from, 0),
    toMs: optionalMs(raw.to),
    timeoutMs: milliseconds(raw.timeout, DEFAULT_TIMEOUT_MS),
    retries: raw.retries ?? 0,
    keepAlive: raw.keepAlive ?? false,
    clients: raw.affinity === 'ClientIP' ? 1 : (raw.clients ?? DEFAULT_CLIENTS),
    method: raw.method ?? 'GET',
    headers: Object.fromEntries(Object.entries(raw.headers ?? {}).map(([name, value]) => [name, String(value)])),
  };
}

function misfitsIn(raw: RawTraffic, nodes: ReadonlySet<string>): Misfit[] {
  const target = targetOf(raw.target);
  const { source, rps, from, to, timeout } = raw;
  const misfits: Misfit[] = 'problem' in target ? [{ path: ['target'], message: target.problem }] : [];
  if (typeof source === 'object' && 'node' in source && !nodes.has(source.node))
    misfits.push({ path: ['source', 'node'], message: `there is no node ${source.node}` });
  if (to !== undefined && milliseconds(to, 0) <= milliseconds(from, 0))
    misfits.push({ path: ['to'], message: 'must be later than "from"' });
  if (timeout !== undefined && milliseconds(timeout, 0) < 1)
    misfits.push({ path: ['timeout'], message: 'must be at least 1ms' });
  const { affinity, clients = 1, path } = raw;
  if (affinity === 'ClientIP' && clients > 1)
    misfits.push({ path: ['affinity'], message: `ClientIP is one client, not ${clients}` });
  if (path !== undefined && !/^\/\S*$/.test(path)) misfits.push({ path: ['path'], message: 'must begin with "/"' });
  const points = loadOf(raw);
  points.forEach(({ atMs, perSecond: rate }, index) => {
    const path = Array.isArray(rps) ? ['rps', index] : ['rps'];
    if (rate < 0) misfits.push({ path, message: 'must not be negative' });
    if (rate > MOST_PER_SECOND) misfits.push({ path, message: `must be at most ${MOST_PER_SECOND}` });
    if (atMs < (points[index - 1]?.atMs ?? 0))
      misfits.push({ path, message: 'must not be earlier than the point before it' });
  });
  return misfits;
}

/** What is wrong with sources beyond their shape; paths begin with the place of the source. */
export function trafficMisfits(sources: readonly RawTraffic[], nodes: ReadonlySet<string>): Misfit[] {
  const names = sources.map(nameOf);
  return sources.flatMap((raw, index) => {
    const misfits = misfitsIn(raw, nodes);
    const name = names[index] as string;
    if (names.indexOf(name) < index)
      misfits.push({ path: ['name'], message: `there is another source called ${name}` });
    return misfits.map((misfit) => ({ ...misfit, path: [index, ...misfit.path] }));
  });
}
