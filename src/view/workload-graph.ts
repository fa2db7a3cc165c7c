/**
 * The drawing by workload: Deployment → ReplicaSet → Pods ← Service ← Ingress, CronJob → Jobs → Pods, whatever else holds Pods,
 * and what they use beside them (storage-cards.ts).
 */
import { BARE_PODS, type Card, type Edge, type Graph, groupBy, idsOf, OTHERS } from './cards';
import { byNumberedName, byText } from './name-order';
import {
  type AutoscalerRow,
  isAutoscaler,
  isDisruptionBudget,
  isIngress,
  isOther,
  isPod,
  isQuota,
  isService,
  isWorkload,
  type PodRow,
  type Row,
  type ServiceRow,
  type WorkloadRow,
} from './rows';
import { StorageCards } from './storage-cards';

/** Kinds whose Pods are held by what they own, even while they own nothing. */
const OWNERS = new Set(['Deployment', 'CronJob']);
/** So many runs of a CronJob are drawn beside those under way. */
const RECENT_RUNS = 4;

interface Drawing {
  readonly cards: Card[];
  readonly edges: Edge[];
  readonly podsOf: ReadonlyMap<string, readonly PodRow[]>;
  readonly autoscalersOf: ReadonlyMap<string, readonly AutoscalerRow[]>;
  readonly storage: StorageCards;
}

/** See the header. Rows are sorted by id. */
export function workloadsGraph(rows: readonly Row[]): Graph {
  const workloads = rows.filter(isWorkload);
  const known = new Set(workloads.map((workload) => workload.id));
  const pods = rows.filter(isPod);
  const drawing: Drawing = {
    cards: [],
    edges: [],
    podsOf: groupBy(pods, (pod) => (pod.owner && known.has(pod.owner) ? pod.owner : BARE_PODS)),
    autoscalersOf: groupBy(rows.filter(isAutoscaler), ({ target }) => target),
    storage: new StorageCards(rows),
  };
  const { cards, edges, podsOf, storage } = drawing;
  const isOwned = ({ owner }: WorkloadRow) => owner !== undefined && known.has(owner);
  const childrenOf = groupBy(workloads.filter(isOwned), ({ owner }) => owner!);
  for (const workload of workloads) {
    if (isOwned(workload)) continue;
    const children = childrenOf.get(workload.id);
    if (children || OWNERS.has(workload.kind)) addOwner(drawing, workload, children ?? []);
    else {
      addGroup(drawing, workload);
      addClaims(drawing, workload, [workload]);
    }
  }
  const bare = podsOf.get(BARE_PODS);
  if (bare) {
    cards.push({ type: 'group', id: BARE_PODS, pods: idsOf(bare), autoscalers: [] });
    storage.addMounted(cards, BARE_PODS, bare, []);
  }
  for (const row of rows)
    if (isAutoscaler(row) && !known.has(row.target)) cards.push({ type: 'autoscaler', id: row.id });
  addServices(cards, edges, rows, workloads, pods);
  addIngresses(cards, edges, rows);
  for (const row of rows) if (isQuota(row)) cards.push({ type: 'quota', id: row.id, lines: row.lines.length });
  storage.addRest(cards);
  addOthers(cards, rows);
  return { cards, edges };
}

function addGroup({ cards, podsOf, autoscalersOf }: Drawing, workload: WorkloadRow): void {
  const pods = [...(podsOf.get(workload.id) ?? [])].sort(PLACES[workload.kind] ?? byIndex).map(({ id }) => id);
  cards.push({ type: 'group', id: workload.id, pods, autoscalers: idsOf(autoscalersOf.get(workload.id)) });
}

/** By ordinal, where Pods have one; without, they stay as they are. */
const byIndex = (a: PodRow, b: PodRow): number => (a.index ?? 0) - (b.index ?? 0) || byText(a.id, b.id);

/** Orders of Pods in their card, for kinds that have one of their own. */
const PLACES: Readonly<Record<string, (a: PodRow, b: PodRow) => number>> = {
  DaemonSet: (a, b) => byNumberedName(a.node ?? '', b.node ?? '') || byText(a.id, b.id),
};

/** Old empty ReplicaSets, and runs that are over and not among the latest. */
function isFolded(child: WorkloadRow, place: number, count: number, podsOf: Drawing['podsOf']): boolean {
  if (child.job) return child.job.state !== 'running' && place < count - RECENT_RUNS;
  return place < count - 1 && child.desired === 0 && !podsOf.has(child.id);
}

/** A Deployment or a CronJob, what is alive of what it owns, oldest first, and the rest folded into it. */
function addOwner(drawing: Drawing, owner: WorkloadRow, children: readonly WorkloadRow[]): void {
  const { cards, edges, podsOf, autoscalersOf } = drawing;
  const ordered = [...children].sort((a, b) => Number(a.revision ?? 0) - Number(b.revision ?? 0) || byText(a.id, b.id));
  const folded = ordered.filter((child, place) => isFolded(child, place, ordered.length, podsOf)).map(({ id }) => id);
  cards.push({ type: 'owner', id: owner.id, folded, autoscalers: idsOf(autoscalersOf.get(owner.id)) });
  for (const child of ordered) {
    if (folded.includes(child.id)) continue;
    addGroup(drawing, child);
    edges.push({ id: `${owner.id}>${child.id}`, from: owner.id, to: child.id, relation: 'owns' });
  }
  addClaims(drawing, owner, ordered);
}

function addClaims({ cards, podsOf, storage }: Drawing, holder: WorkloadRow, workloads: readonly WorkloadRow[]): void {
  const pods = workloads.flatMap(({ id }) => podsOf.get(id) ?? []);
  storage.addMounted(cards, holder.id, pods, [holder, ...workloads]);
}

function addServices(
  cards: Card[],
  edges: Edge[],
  rows: readonly Row[],
  workloads: readonly WorkloadRow[],
  pods: readonly PodRow[],
): void {
  const drawn = new Set(cards.filter(({ type }) => type === 'group').map((card) => card.id));
  for (const service of rows.filter(isService)) {
    if (isFurniture(service)) continue;
    cards.push({ type: 'service', id: service.id });
    if (!service.selector) continue;
    const targets = workloads
      .filter((row) => drawn.has(row.id) && isChosen(service, row.namespace, row.templateLabels))
      .map(({ id }) => id);
    const bare = pods.some((pod) => pod.labels && isChosen(service, pod.namespace, pod.labels));
    if (bare && drawn.has(BARE_PODS)) targets.push(BARE_PODS);
    for (const target of targets) {
      edges.push({ id: `${service.id}>${target}`, from: service.id, to: target, relation: 'selects' });
    }
  }
}

/** A Service's selector against labels: all of it must match, and an empty one matches nothing. */
export function isChosen(
  { namespace, selector = {} }: ServiceRow,
  of: string,
  labels: WorkloadRow['templateLabels'],
): boolean {
  const wanted = Object.entries(selector);
  return namespace === of && wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value);
}

function addIngresses(cards: Card[], edges: Edge[], rows: readonly Row[]): void {
  const drawn = new Set(cards.filter(({ type }) => type === 'service').map((card) => card.id));
  for (const { id, services } of rows.filter(isIngress)) {
    cards.push({ type: 'ingress', id });
    for (const to of services) if (drawn.has(to)) edges.push({ id: `${id}>${to}`, from: id, to, relation: 'routes' });
  }
}

function addOthers(cards: Card[], rows: readonly Row[]): void {
  const members = rows
    .filter((row) => (isOther(row) ? row.listed : isDisruptionBudget(row)) && !isFurniture(row))
    .map((row) => row.id);
  if (members.length > 0) cards.push({ type: 'others', id: OTHERS, members });
}

/** Objects that every cluster has and nobody made, by kind, as namespace/name: not worth a chip. */
const FURNITURE: Readonly<Record<string, RegExp>> = {
  Namespace: /^\/(default|kube-system|kube-public|kube-node-lease)$/,
  PriorityClass: /^\/system-(cluster|node)-critical$/,
  ServiceAccount: /\/default$/,
  ConfigMap: /\/kube-root-ca\.crt$/,
  APIService: /^\/v1beta1\.metrics\.k8s\.io$/,
  Service: /^default\/kubernetes$/,
  Endpoints: /^default\/kubernetes$/,
  EndpointSlice: /^default\/kubernetes$/,
  Lease: /^kube-(system|node-lease)\//,
  Role: /^kube-(system|public)\/(system:|extension-apiserver-authentication-reader$)/,
  RoleBinding: /^kube-(system|public)\/system:/,
  ClusterRole: /^\/(cluster-admin|admin|edit|view|system:.*)$/,
  ClusterRoleBinding: /^\/(cluster-admin|kubeadm:.*|system:.*)$/,
};

/** Whether every cluster has it and nobody made it. */
export function isFurniture({ kind, namespace, name }: Row): boolean {
  return FURNITURE[kind]?.test(`${namespace}/${name}`) ?? false;
}
