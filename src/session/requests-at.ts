/** What the page shows of requests at a moment: for each source what it sent in the last whole second, by which ways, and a sample. */
import type { Simulation } from '../engine/simulation';
import { countsBefore, countsIn, failedOf, memoryOfSource, type RequestCounts } from '../engine/traffic/counts';
import type { SampledRequest } from '../engine/traffic/record';

/** How many drawn requests are shown at most, of all sources together. */
const SAMPLES = 50;

/** Requests per second from one station to the next. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly ended: number;
  readonly failed: number;
}

/** A source in one second. */
export interface SourceRequests extends RequestCounts {
  readonly source: string;
  readonly target: string;
  /** Sent and not ended when the second was over. */
  readonly underWay: number;
}

/** Requests that ended in one second. Plain data. */
export interface RequestsAt {
  /** The second, from the beginning of virtual time; -1: none is over yet. */
  readonly second: number;
  readonly sources: readonly SourceRequests[];
  /** In the order of their names. */
  readonly edges: readonly Edge[];
  /** Those that failed first. */
  readonly samples: readonly (SampledRequest & { readonly source: string })[];
}

function addEdges(
  edges: Map<string, Edge>,
  { path, ended, failed }: { path: readonly string[]; ended: number; failed: number },
): void {
  for (let at = 1; at < path.length; at++) {
    const [from = '', to = ''] = [path[at - 1], path[at]];
    const key = `${from}\n${to}`;
    const known = edges.get(key) ?? { from, to, ended: 0, failed: 0 };
    edges.set(key, { from, to, ended: known.ended + ended, failed: known.failed + failed });
  }
}

/** A way from its source on: that of requests inside the cluster begins with the Pod or the node that sends them. */
const fromSource = (source: string, path: readonly string[]): readonly string[] =>
  path[0] === source ? path : [source, ...path];

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : a > b ? 1 : 0;

/** The requests of the last second that was over at a virtual time. */
export function requestsAt(simulation: Simulation, timeMs: number): RequestsAt {
  const second = Math.floor(timeMs / 1000) - 1;
  const sources: SourceRequests[] = [];
  const edges = new Map<string, Edge>();
  const samples: (SampledRequest & { source: string })[] = [];
  for (const { name, target } of simulation.config.traffic ?? []) {
    const memory = memoryOfSource(simulation, name);
    if (!memory) continue;
    const { scheme, host, port, path } = target;
    const soFar = countsBefore(memory, second + 1);
    sources.push({
      source: name,
      target: `${scheme}://${host}:${port}${path}`,
      ...countsIn(memory, second),
      underWay: soFar.sent - soFar.ok - failedOf(soFar),
    });
    const record = memory.seconds.get(second);
    for (const route of record?.routes ?? []) addEdges(edges, { ...route, path: fromSource(name, route.path) });
    for (const sample of record?.samples ?? []) {
      samples.push({ source: name, ...sample, path: fromSource(name, sample.path) });
    }
  }
  const failedFirst = [...samples.filter(({ failure }) => failure), ...samples.filter(({ failure }) => !failure)];
  return {
    second,
    sources,
    edges: [...edges].sort(byKey).map(([, edge]) => edge),
    samples: failedFirst.slice(0, SAMPLES),
  };
}
