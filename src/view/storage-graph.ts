/**
 * The drawing of storage: claims and volumes with the workloads that mount them, classes, drivers and attachments beside. Of many
 * workloads each is a tile with its claims, on the frame of its namespace.
 */
import { type Card, claimsOf, type Graph, groupBy, OTHERS } from './cards';
import { framesOf, isMany, rootOfOwner } from './frames';
import { isPod, isWorkload, type Row, type WorkloadRow } from './rows';
import { StorageCards } from './storage-cards';
import { workloadsGraph } from './workload-graph';

/** Kinds about storage that have no drawing of their own. */
export const STORAGE_KINDS: ReadonlySet<string> = new Set([
  'StorageClass',
  'VolumeAttributesClass',
  'VolumeAttachment',
  'CSIDriver',
  'CSINode',
  'CSIStorageCapacity',
]);

/** See the header. */
export function storageGraph(rows: readonly Row[], toggled: ReadonlySet<string>): Graph {
  const beside = othersOf(rows);
  const claims = claimsByRoot(rows);
  if (!isMany(claims.byRoot.size)) {
    const { cards, edges } = claimantsGraph(rows);
    return { cards: [...cards, ...beside], edges };
  }
  const frames = framesOf(rows, toggled, {
    isRoot: ({ id }) => claims.byRoot.has(id),
    drawing: claimantsGraph,
    tile: ({ id }) => ({ type: 'storage-tile', id, members: claims.byRoot.get(id) ?? [] }),
    claims: (roots) => roots.flatMap(({ id }) => claims.byRoot.get(id) ?? []),
  });
  const rest: Card[] = [...claims.rest, ...beside];
  return {
    cards: [...frames.flatMap(({ frame, graph }) => [frame, ...graph.cards]), ...rest],
    edges: frames.flatMap(({ graph }) => graph.edges),
    frames,
    beside: rest,
  };
}

function othersOf(rows: readonly Row[]): Card[] {
  const members = rows.filter(({ kind }) => STORAGE_KINDS.has(kind)).map(({ id }) => id);
  return members.length > 0 ? [{ type: 'others', id: OTHERS, members }] : [];
}

/** What of the drawing by workload has to do with storage. */
function claimantsGraph(rows: readonly Row[]): Graph {
  const { cards, edges } = workloadsGraph(rows);
  const claimants = new Set(cards.filter(({ type }) => type === 'claims').map(({ id }) => id));
  const holders = new Set(cards.filter(({ id }) => claimants.has(claimsOf(id))).map(({ id }) => id));
  for (const { from, to, relation } of edges) if (relation === 'owns' && holders.has(from)) holders.add(to);
  return {
    cards: cards.filter(({ id, type }) => type === 'storage' || claimants.has(id) || holders.has(id)),
    edges: edges.filter(({ from, to }) => holders.has(from) && holders.has(to)),
  };
}

/** The claims of each workload that nothing owns; claims of Pods without an owner, and what nothing mounts, stand apart. */
function claimsByRoot(rows: readonly Row[]): { byRoot: ReadonlyMap<string, readonly string[]>; rest: readonly Card[] } {
  const storage = new StorageCards(rows);
  const rootOf = rootOfOwner(rows);
  const podsOf = groupBy(rows.filter(isPod), ({ owner }) => rootOf(owner) ?? '');
  const workloadsOf = groupBy(rows.filter(isWorkload), ({ id }) => rootOf(id) ?? '');
  const byRoot = new Map<string, readonly string[]>();
  for (const [root, workloads] of workloadsOf) {
    const members = storage.mountedBy(podsOf.get(root) ?? [], workloads as readonly WorkloadRow[]);
    if (members.length > 0) byRoot.set(root, members);
  }
  const rest: Card[] = [];
  storage.addMounted(rest, '', podsOf.get('') ?? [], []);
  storage.addRest(rest);
  return { byRoot, rest };
}
