/**
 * Rows → cards and edges: what is drawn and what holds what. Three drawings of the same rows: by workload (workload-graph.ts), by
 * node (Nodes holding Pods), and what has to do with storage. No positions here; see layout.ts.
 */
import { type Card, claimsOf, type Graph, type GraphView, groupBy, idsOf, OTHERS, UNSCHEDULED } from './cards';
import { framedGraph } from './frames';
import { byNumberedName, byText } from './name-order';
import { isNode, isPod, type Row } from './rows';
import { workloadsGraph } from './workload-graph';

/** The drawing of these rows. `opened`: frames whose whole drawing is wanted, where there are frames. */
export function graphOf(rows: Iterable<Row>, view: GraphView, opened: ReadonlySet<string> = new Set()): Graph {
  const sorted = [...rows].sort((a, b) => byText(a.id, b.id));
  switch (view) {
    case 'nodes':
      return nodesGraph(sorted);
    case 'storage':
      return storageGraph(sorted);
    case 'workloads':
      return framedGraph(sorted, opened) ?? workloadsGraph(sorted);
  }
}

/** Kinds about storage that have no drawing of their own. */
export const STORAGE_KINDS: ReadonlySet<string> = new Set([
  'StorageClass',
  'VolumeAttributesClass',
  'VolumeAttachment',
  'CSIDriver',
  'CSINode',
  'CSIStorageCapacity',
]);

/** Claims and volumes with the workloads that mount them; classes, drivers and attachments beside. */
function storageGraph(rows: readonly Row[]): Graph {
  const { cards, edges } = workloadsGraph(rows);
  const claimants = new Set(cards.filter(({ type }) => type === 'claims').map(({ id }) => id));
  const holders = new Set(cards.filter(({ id }) => claimants.has(claimsOf(id))).map(({ id }) => id));
  for (const { from, to, relation } of edges) if (relation === 'owns' && holders.has(from)) holders.add(to);
  const others = rows.filter(({ kind }) => STORAGE_KINDS.has(kind)).map(({ id }) => id);
  return {
    cards: [
      ...cards.filter(({ id, type }) => type === 'storage' || claimants.has(id) || holders.has(id)),
      ...(others.length > 0 ? [{ type: 'others' as const, id: OTHERS, members: others }] : []),
    ],
    edges: edges.filter(({ from, to }) => holders.has(from) && holders.has(to)),
  };
}

function nodesGraph(rows: readonly Row[]): Graph {
  const held = groupBy(rows.filter(isPod), (pod) => pod.node ?? UNSCHEDULED);
  const cards: Card[] = [];
  const nodes = rows.filter(isNode).sort((a, b) => byNumberedName(a.name, b.name));
  const known = new Set(nodes.map(({ name }) => name));
  const zones = groupBy(nodes, ({ zone }) => zone ?? '');
  for (const zone of [...zones.keys()].sort(byNumberedName)) {
    const members = zones.get(zone) ?? [];
    // Nodes without a zone need no frame where none has one.
    if (zone !== '') cards.push({ type: 'zone', id: `zone ${zone}`, name: zone, nodes: idsOf(members) });
    for (const { id, name, taints, conditions } of members) {
      const notes = taints.length + conditions.length > 0 ? { notes: true as const } : {};
      cards.push({ type: 'node', id, pods: idsOf(held.get(name)), ...notes });
    }
  }
  const homeless: string[] = [];
  for (const [node, pods] of held) if (!known.has(node)) homeless.push(...idsOf(pods));
  if (homeless.length > 0) cards.push({ type: 'group', id: UNSCHEDULED, pods: homeless, autoscalers: [] });
  return { cards, edges: [] };
}
