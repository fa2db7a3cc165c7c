/**
 * Requests of one second as a drawing: stations in columns, from who sends to who answers, and between them how many went. Pure; the
 * shape of what is drawn is session/requests-at.ts's.
 */
import type { RequestsAt } from '../session/requests-at';
import { byNumberedName } from './name-order';

/** A place that requests come through. */
export interface Station {
  readonly name: string;
  /** The object it is, where it is one. */
  readonly object: { readonly kind: string; readonly namespace: string; readonly name: string } | undefined;
  /** What is said beside the name: the proxy's mode, how many Pods. */
  readonly note: string;
  readonly column: number;
  /** From the top, in stations, among those of its column. */
  readonly place: number;
  /** Requests that came in, or went out of a source, and how many of them failed. */
  readonly ended: number;
  readonly failed: number;
  /** Those that ended here and not further on. */
  readonly isLast: boolean;
}

interface Counted {
  readonly ended: number;
  readonly failed: number;
}

/** Requests from one station to the next. */
export interface Flow extends Counted {
  readonly from: Station;
  readonly to: Station;
}

/** What failed for the same reason; how long before that was may differ, and is a range then. */
export interface FailureLine {
  readonly source: string;
  readonly failure: string;
  readonly because: string;
  readonly cause: number | null;
  /** How many of the requests that were drawn. */
  readonly drawn: number;
}

/** See the header. */
export interface TrafficGraph {
  readonly columns: number;
  /** The most stations in one column. */
  readonly rows: number;
  readonly stations: readonly Station[];
  readonly flows: readonly Flow[];
  readonly failures: readonly FailureLine[];
}

/** Objects that requests go through, and owners of Pods that are drawn as one (traffic-fold.ts). */
const OBJECT =
  /^(Pod|Service|Ingress|HTTPRoute|IngressRoute|Node|\w+(?= \S+ \(×)) (?:([^/ ]+)\/)?([^/ ]+)(?: \((.*)\))?$/;

function objectOf(name: string): Pick<Station, 'object' | 'note'> {
  const [, kind, namespace = '', own, note = ''] = OBJECT.exec(name) ?? [];
  return kind && own ? { object: { kind, namespace, name: own }, note } : { object: undefined, note: '' };
}

/** How far from its source each station is, by the longest way. What goes in a circle stands where it was met first. */
function columnsOf(edges: RequestsAt['edges'], sources: ReadonlySet<string>): Map<string, number> {
  const columns = new Map([...sources].map((source) => [source, 0]));
  for (let round = 0; round <= edges.length; round += 1) {
    let moved = false;
    for (const { from, to } of edges) {
      const column = (columns.get(from) ?? 0) + 1;
      if (column > edges.length || (columns.get(to) ?? -1) >= column) continue;
      columns.set(to, column);
      moved = true;
    }
    if (!moved) break;
  }
  return columns;
}

const MILLISECONDS = /\d+(?= ms\b)/g;

/** One sentence for several that differ in their milliseconds only: `190–570 ms`. */
function withRanges(sentences: readonly string[]): string {
  const numbers = sentences.map((each) => (each.match(MILLISECONDS) ?? []).map(Number));
  let at = -1;
  return (sentences[0] ?? '').replace(MILLISECONDS, () => {
    at += 1;
    const all = numbers.map((each) => each[at] as number);
    const [least, most] = [Math.min(...all), Math.max(...all)];
    return least === most ? `${least}` : `${least}–${most}`;
  });
}

function failuresOf({ samples }: RequestsAt): FailureLine[] {
  const alike = new Map<string, RequestsAt['samples'][number][]>();
  for (const sample of samples) {
    const { source, failure, because, cause } = sample;
    if (failure === undefined) continue;
    const key = JSON.stringify([source, failure, because.replace(MILLISECONDS, ''), cause]);
    alike.set(key, [...(alike.get(key) ?? []), sample]);
  }
  return [...alike.values()].map((all) => {
    const { source, failure = '', cause } = all[0] as RequestsAt['samples'][number];
    return { source, failure, because: withRanges(all.map(({ because }) => because)), cause, drawn: all.length };
  });
}

/** Pods that answer stand in one column, the last, whichever way leads to them. Those that only send stay with their sources. */
function lastPodsLast(columns: ReadonlyMap<string, number>, edges: RequestsAt['edges']): ReadonlyMap<string, number> {
  const last = Math.max(0, ...columns.values());
  const goesOn = new Set(edges.map(({ from }) => from));
  const sends = new Set(edges.flatMap(({ from, to }) => (columns.get(from) === 0 ? [to] : [])));
  const answers = (name: string): boolean => /^Pod |\(×/.test(name) && !goesOn.has(name) && !sends.has(name);
  return new Map([...columns].map(([name, column]) => [name, answers(name) ? last : column]));
}

const sumOf = (flows: readonly Counted[]): Counted =>
  flows.reduce((sum, { ended, failed }) => ({ ended: sum.ended + ended, failed: sum.failed + failed }), {
    ended: 0,
    failed: 0,
  });

/** What ended of a source's requests, also of those that got no further than their sender. */
function endedOf(source: RequestsAt['sources'][number] | undefined): Counted | undefined {
  if (!source) return undefined;
  const failed = Object.values(source.failed).reduce((sum, count) => sum + count, 0);
  return { ended: source.ok + failed, failed };
}

/** The drawing. */
export function trafficGraph(requests: RequestsAt): TrafficGraph {
  const { edges, sources } = requests;
  const countsOf = new Map(sources.map((source) => [source.source, source]));
  const columnOf = lastPodsLast(columnsOf(edges, new Set(countsOf.keys())), edges);
  const heights = new Map<number, number>();
  const names = [...columnOf.keys()].sort(byNumberedName);
  const stations = new Map(
    names.map((name) => {
      const column = columnOf.get(name) as number;
      const place = heights.get(column) ?? 0;
      heights.set(column, place + 1);
      const isLast = !edges.some(({ from }) => from === name);
      const counts = endedOf(countsOf.get(name)) ?? sumOf(edges.filter(({ to }) => to === name));
      return [name, { name, ...objectOf(name), column, place, ...counts, isLast }];
    }),
  );
  const flows = edges.flatMap(({ from, to, ended, failed }): Flow[] => {
    const start = stations.get(from);
    const end = stations.get(to);
    return start && end ? [{ from: start, to: end, ended, failed }] : [];
  });
  return {
    columns: Math.max(0, ...columnOf.values()) + 1,
    rows: Math.max(0, ...heights.values()),
    stations: [...stations.values()],
    flows,
    failures: failuresOf(requests),
  };
}
