/**
 * Rows → cards and edges: what is drawn and what holds what. Three drawings of the same rows: by workload (workload-graph.ts), by
 * node (Nodes holding Pods), and what has to do with storage. No positions here; see layout.ts.
 */
import { type Card, type Graph, type GraphView, groupBy, idsOf, UNSCHEDULED } from './cards';
import { framedGraph } from './frames';
import { byNumberedName, byText } from './name-order';
import { noteLines } from './node-notes';
import { withOpened } from './others';
import { isNode, isPod, type Row } from './rows';
import { storageGraph } from './storage-graph';
import { workloadsGraph } from './workload-graph';

/** The drawing of these rows. `opened`: frames whose whole drawing is wanted, where there are frames. */
export function graphOf(rows: Iterable<Row>, view: GraphView, opened: ReadonlySet<string> = new Set()): Graph {
  const sorted = [...rows].sort((a, b) => byText(a.id, b.id));
  return withOpened(drawn(sorted, view, opened), opened);
}

function drawn(rows: readonly Row[], view: GraphView, opened: ReadonlySet<string>): Graph {
  switch (view) {
    case 'nodes':
      return nodesGraph(rows);
    case 'storage':
      return storageGraph(rows, opened);
    case 'workloads':
      return framedGraph(rows, opened) ?? workloadsGraph(rows);
  }
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
    for (const row of members) {
      const notes = noteLines(row);
      cards.push({ type: 'node', id: row.id, pods: idsOf(held.get(row.name)), ...(notes > 0 && { notes }) });
    }
  }
  const homeless: string[] = [];
  for (const [node, pods] of held) if (!known.has(node)) homeless.push(...idsOf(pods));
  if (homeless.length > 0) cards.push({ type: 'group', id: UNSCHEDULED, pods: homeless, autoscalers: [] });
  return { cards, edges: [] };
}
