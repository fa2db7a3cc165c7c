/**
 * Rows → cards and edges: what is drawn and what holds what. Two drawings of the same rows: by workload
 * (Deployment → ReplicaSet → Pods ← Service) and by node (Nodes holding Pods). No positions here; see layout.ts.
 */
import {
  isDisruptionBudget,
  isNode,
  isPod,
  isService,
  isWorkload,
  type PodRow,
  type Row,
  type ServiceRow,
  type WorkloadRow,
} from './rows';

export type GraphView = 'workloads' | 'nodes';

/** One box of the drawing. `id` is the row it stands for, or a word for boxes that stand for none. */
export type Card =
  /** A workload that owns workloads (a Deployment). `folded`: its ReplicaSets that are empty and old. */
  | { readonly type: 'owner'; readonly id: string; readonly folded: readonly string[] }
  /** Something that holds Pods: a ReplicaSet, or the Pods that nobody owns. */
  | { readonly type: 'group'; readonly id: string; readonly pods: readonly string[] }
  | { readonly type: 'service'; readonly id: string }
  | { readonly type: 'node'; readonly id: string; readonly pods: readonly string[] }
  /** Everything that has no drawing of its own, as a row of chips. */
  | { readonly type: 'others'; readonly id: string; readonly members: readonly string[] };

export interface Edge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly relation: 'owns' | 'selects';
}

export interface Graph {
  readonly cards: readonly Card[];
  readonly edges: readonly Edge[];
}

/** The id of the card for Pods without an owner, and of the one for Pods without a node. */
export const BARE_PODS = 'bare-pods';
export const UNSCHEDULED = 'unscheduled';
export const OTHERS = 'others';

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The drawing of these rows. */
export function graphOf(rows: Iterable<Row>, view: GraphView): Graph {
  const sorted = [...rows].sort((a, b) => byText(a.id, b.id));
  return view === 'nodes' ? nodesGraph(sorted) : workloadsGraph(sorted);
}

/** True when going from one row to the other can change which cards exist, what they hold or their edges. */
export function changesStructure(before: Row | undefined, after: Row): boolean {
  if (!before) return true;
  if (isPod(after)) return before.owner !== after.owner || (before as PodRow).node !== after.node;
  if (isWorkload(after)) {
    const old = before as WorkloadRow;
    return (
      (old.desired === 0) !== (after.desired === 0) || old.revision !== after.revision || old.owner !== after.owner
    );
  }
  if (isService(after)) return JSON.stringify((before as ServiceRow).selector) !== JSON.stringify(after.selector);
  return false;
}

function nodesGraph(rows: readonly Row[]): Graph {
  const held = groupBy(rows.filter(isPod), (pod) => pod.node ?? UNSCHEDULED);
  const cards: Card[] = [];
  const known = new Set<string>();
  for (const node of rows.filter(isNode).sort((a, b) => byNumberedName(a.name, b.name))) {
    known.add(node.name);
    cards.push({ type: 'node', id: node.id, pods: held.get(node.name) ?? [] });
  }
  const homeless: string[] = [];
  for (const [node, pods] of held) if (!known.has(node)) homeless.push(...pods);
  if (homeless.length > 0) cards.push({ type: 'group', id: UNSCHEDULED, pods: homeless });
  return { cards, edges: [] };
}

/** `node-2` before `node-10`. */
function byNumberedName(a: string, b: string): number {
  const [, stemA = a, numberA] = /^(.*?)(\d{1,9})$/.exec(a) ?? [];
  const [, stemB = b, numberB] = /^(.*?)(\d{1,9})$/.exec(b) ?? [];
  return byText(stemA, stemB) || Number(numberA ?? 0) - Number(numberB ?? 0) || byText(a, b);
}

function workloadsGraph(rows: readonly Row[]): Graph {
  const cards: Card[] = [];
  const edges: Edge[] = [];
  const workloads = rows.filter(isWorkload);
  const known = new Set(workloads.map((workload) => workload.id));
  const pods = rows.filter(isPod);
  const podsOf = groupBy(pods, (pod) => (pod.owner && known.has(pod.owner) ? pod.owner : BARE_PODS));
  const childrenOf = new Map<string, WorkloadRow[]>();
  for (const workload of workloads) {
    if (!workload.owner || !known.has(workload.owner)) continue;
    childrenOf.set(workload.owner, [...(childrenOf.get(workload.owner) ?? []), workload]);
  }
  for (const workload of workloads) {
    if (workload.owner && known.has(workload.owner)) continue;
    const children = childrenOf.get(workload.id);
    if (!children && workload.kind !== 'Deployment') {
      cards.push({ type: 'group', id: workload.id, pods: podsOf.get(workload.id) ?? [] });
      continue;
    }
    addOwner(cards, edges, workload, children ?? [], podsOf);
  }
  const bare = podsOf.get(BARE_PODS);
  if (bare) cards.push({ type: 'group', id: BARE_PODS, pods: bare });
  addServices(cards, edges, rows, pods);
  addOthers(cards, rows);
  return { cards, edges };
}

/** A Deployment, its living ReplicaSets oldest first, and the rest folded into it. */
function addOwner(
  cards: Card[],
  edges: Edge[],
  owner: WorkloadRow,
  children: readonly WorkloadRow[],
  podsOf: ReadonlyMap<string, readonly string[]>,
): void {
  const ordered = [...children].sort((a, b) => Number(a.revision ?? 0) - Number(b.revision ?? 0) || byText(a.id, b.id));
  const newest = ordered[ordered.length - 1];
  const shown = ordered.filter((child) => child === newest || child.desired > 0 || podsOf.has(child.id));
  const folded = ordered.filter((child) => !shown.includes(child)).map((child) => child.id);
  cards.push({ type: 'owner', id: owner.id, folded });
  for (const child of shown) {
    cards.push({ type: 'group', id: child.id, pods: podsOf.get(child.id) ?? [] });
    edges.push({ id: `${owner.id}>${child.id}`, from: owner.id, to: child.id, relation: 'owns' });
  }
}

function addServices(cards: Card[], edges: Edge[], rows: readonly Row[], pods: readonly PodRow[]): void {
  const drawn = new Set(cards.map((card) => card.id));
  for (const service of rows.filter(isService)) {
    if (isFurniture(service)) continue;
    cards.push({ type: 'service', id: service.id });
    if (!service.selector) continue;
    const targets = new Set<string>();
    for (const row of rows) {
      if (!isWorkload(row) || !drawn.has(row.id) || row.kind === 'Deployment') continue;
      if (row.namespace === service.namespace && selects(service.selector, row.templateLabels)) targets.add(row.id);
    }
    const bare = pods.some(
      (pod) => pod.labels && pod.namespace === service.namespace && selects(service.selector, pod.labels),
    );
    if (bare && drawn.has(BARE_PODS)) targets.add(BARE_PODS);
    for (const target of targets) {
      edges.push({ id: `${service.id}>${target}`, from: service.id, to: target, relation: 'selects' });
    }
  }
}

function addOthers(cards: Card[], rows: readonly Row[]): void {
  const members = rows
    .filter((row) => ('other' in row || isDisruptionBudget(row)) && !isFurniture(row))
    .map((row) => row.id);
  if (members.length > 0) cards.push({ type: 'others', id: OTHERS, members });
}

/** What every cluster has and nobody made: not worth a chip. */
function isFurniture(row: Row): boolean {
  if (row.kind === 'Namespace') return /^(default|kube-.*)$/.test(row.name);
  if (row.kind === 'PriorityClass') return row.name.startsWith('system-');
  if (row.kind === 'ServiceAccount') return row.name === 'default';
  if (row.kind === 'ConfigMap') return row.name === 'kube-root-ca.crt';
  return row.namespace.startsWith('kube-') || (row.kind === 'Service' && row.name === 'kubernetes');
}

/** A Service's selector against labels: all of it must match, and an empty one matches nothing. */
function selects(selector: Readonly<Record<string, string>> | undefined, labels: Readonly<Record<string, string>>) {
  const wanted = Object.entries(selector ?? {});
  return wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value);
}

function groupBy(pods: readonly PodRow[], keyOf: (pod: PodRow) => string): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const pod of pods) {
    const key = keyOf(pod);
    const group = groups.get(key);
    if (group) group.push(pod.id);
    else groups.set(key, [pod.id]);
  }
  return groups;
}
