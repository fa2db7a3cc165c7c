/**
 * Rows → cards and edges: what is drawn and what holds what. Two drawings of the same rows: by workload (workload-graph.ts)
 * and by node (Nodes holding Pods). No positions here; see layout.ts.
 */
import { type Card, type Graph, type GraphView, groupBy, idsOf, UNSCHEDULED } from './cards';
import { byNumberedName, byText } from './name-order';
import { isNode, isPod, type Row } from './rows';
import { workloadsGraph } from './workload-graph';

/** The drawing of these rows. */
export function graphOf(rows: Iterable<Row>, view: GraphView): Graph {
  const sorted = [...rows].sort((a, b) => byText(a.id, b.id));
  return view === 'nodes' ? nodesGraph(sorted) : workloadsGraph(sorted);
}

function nodesGraph(rows: readonly Row[]): Graph {
  const held = groupBy(rows.filter(isPod), (pod) => pod.node ?? UNSCHEDULED);
  const cards: Card[] = [];
  const known = new Set<string>();
  for (const node of rows.filter(isNode).sort((a, b) => byNumberedName(a.name, b.name))) {
    known.add(node.name);
    cards.push({ type: 'node', id: node.id, pods: idsOf(held.get(node.name)) });
  }
  const homeless: string[] = [];
  for (const [node, pods] of held) if (!known.has(node)) homeless.push(...idsOf(pods));
  if (homeless.length > 0) cards.push({ type: 'group', id: UNSCHEDULED, pods: homeless, autoscalers: [] });
  return { cards, edges: [] };
}
