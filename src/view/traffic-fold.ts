/**
 * Requests to very many Pods, drawn as what can be seen at once: the Pods of one owner as one station. Pods that failed requests keep theirs, as
 * they are what one looks for. Pure.
 */
import type { Edge, RequestsAt } from '../session/requests-at';
import { parseRowId, rowId } from './rows';

/** More Pods than this are not each drawn. */
const MOST_PODS = 12;
/** So many that failed requests are, those with most failures. */
const MOST_FAILING = 6;

const POD = /^Pod (?:([^/ ]+)\/)?([^/ ]+)$/;

/** The row id of a Pod's owner, by the Pod's. */
type OwnerOf = (podId: string) => string | undefined;

const podsOf = (edges: readonly Edge[]): string[] => [
  ...new Set(edges.flatMap(({ from, to }) => [from, to]).filter((name) => POD.test(name))),
];

/** Whether there are so many Pods that {@link foldPods} changes anything. */
export const hasManyPods = ({ edges }: RequestsAt): boolean => podsOf(edges).length > MOST_PODS;

/** What each Pod is drawn as; those that are not named are drawn themselves. */
function stationsOf(requests: RequestsAt, ownerOf: OwnerOf): ReadonlyMap<string, string> {
  const failing = requests.edges
    .filter(({ to, failed }) => failed > 0 && POD.test(to))
    .sort((a, b) => b.failed - a.failed)
    .map(({ to }) => to);
  const kept = new Set(failing.slice(0, MOST_FAILING));
  const byOwner = new Map<string, string[]>();
  for (const pod of podsOf(requests.edges)) {
    const [, namespace = '', name = ''] = POD.exec(pod) ?? [];
    const owner = kept.has(pod) ? undefined : ownerOf(rowId('Pod', namespace, name));
    if (owner) byOwner.set(owner, [...(byOwner.get(owner) ?? []), pod]);
  }
  const stations = new Map<string, string>();
  for (const [owner, pods] of byOwner) {
    const { kind, namespace, name } = parseRowId(owner);
    for (const pod of pods.length > 1 ? pods : []) stations.set(pod, `${kind} ${namespace}/${name} (× ${pods.length})`);
  }
  return stations;
}

/** The same requests with the Pods of one owner as one place on the way. */
export function foldPods(requests: RequestsAt, ownerOf: OwnerOf): RequestsAt {
  if (!hasManyPods(requests)) return requests;
  const stations = stationsOf(requests, ownerOf);
  const drawnAs = (name: string): string => stations.get(name) ?? name;
  const edges = new Map<string, Edge>();
  for (const edge of requests.edges) {
    const [from, to] = [drawnAs(edge.from), drawnAs(edge.to)];
    const known = edges.get(`${from}\n${to}`) ?? { ended: 0, failed: 0 };
    edges.set(`${from}\n${to}`, { from, to, ended: known.ended + edge.ended, failed: known.failed + edge.failed });
  }
  const samples = requests.samples.map((sample) => ({ ...sample, path: sample.path.map(drawnAs) }));
  return { ...requests, edges: [...edges.values()], samples };
}
