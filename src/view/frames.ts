/**
 * The drawing of many workloads: a frame for each namespace, and for each application within one, in which workloads are tiles. A frame
 * that is opened holds the whole drawing of what belongs to it. Frames stand in the order of their names, tiles too: what did not change
 * does not move.
 */
import { BARE_PODS, type Card, claimsOf, type Graph, groupBy, idsOf, OTHERS, STORAGE } from './cards';
import { byNumberedName, byText } from './name-order';
import {
  isAutoscaler,
  isClaim,
  isIngress,
  isPod,
  isService,
  isVolume,
  isWorkload,
  type Row,
  type ServiceRow,
  type WorkloadRow,
} from './rows';
import { isChosen, workloadsGraph } from './workload-graph';

/** Beyond so many workloads, or so many Pods of a few, they stand in frames. */
const MOST_WORKLOADS = 12;
const FEW_WORKLOADS = 4;
const MANY_PODS = 1000;

type FrameCard = Extract<Card, { type: 'frame' }>;

/** A frame's rows, and the workloads that nothing owns. */
interface Part {
  readonly namespace: string;
  readonly app: string;
  readonly roots: WorkloadRow[];
  readonly rows: Row[];
}

/** What tells an application, the wider word first. */
const LABELS = ['app.kubernetes.io/part-of', 'app.kubernetes.io/instance', 'app.kubernetes.io/name', 'app'] as const;

const appOf = ({ templateLabels }: WorkloadRow): string =>
  LABELS.map((label) => templateLabels[label]).find((value) => value) ?? '';

/** How what stands on frames is drawn. */
interface Framing {
  /** Which workloads are drawn, of those that nothing owns. */
  readonly isRoot?: (root: WorkloadRow) => boolean;
  /** The whole drawing of what belongs to an open frame. */
  readonly drawing: (rows: readonly Row[]) => Graph;
  /** A workload in few words. */
  readonly tile?: (root: WorkloadRow) => Card;
  /** In a drawing of storage: all claims of these workloads. */
  readonly claims?: (roots: readonly WorkloadRow[]) => readonly string[];
}

/** See the header; undefined where workloads are few. `toggled`: ids of frames that are opened. Rows are sorted by id. */
export function framedGraph(rows: readonly Row[], toggled: ReadonlySet<string>): Graph | undefined {
  const count = rootsOf(rows).length;
  if (!isMany(count) && (count <= FEW_WORKLOADS || rows.filter(isPod).length <= MANY_PODS)) return undefined;
  const frames = framesOf(rows, toggled, { drawing: workloadsGraph });
  return {
    cards: frames.flatMap(({ frame, graph }) => [frame, ...graph.cards]),
    edges: frames.flatMap(({ graph }) => graph.edges),
    frames,
  };
}

/** So many workloads stand in frames. */
export const isMany = (workloads: number): boolean => workloads > MOST_WORKLOADS;

/** The workloads that nothing owns. */
function rootsOf(rows: readonly Row[]): WorkloadRow[] {
  const workloads = rows.filter(isWorkload);
  const known = new Set(workloads.map(({ id }) => id));
  return workloads.filter(({ owner }) => owner === undefined || !known.has(owner));
}

const inOrder = (a: WorkloadRow, b: WorkloadRow): number =>
  byText(a.kind, b.kind) || byNumberedName(a.name, b.name) || byText(a.id, b.id);

/** Finds the workload that nothing owns, up from an owner. */
export function rootOfOwner(rows: readonly Row[]): (owner: string | undefined) => string | undefined {
  const owners = new Map(rows.filter(isWorkload).map(({ id, owner }) => [id, owner]));
  const roots = new Set(rootsOf(rows).map(({ id }) => id));
  return (owner) => {
    let at = owner;
    for (let depth = 0; at !== undefined && depth < 5; depth += 1) {
      if (roots.has(at)) return at;
      at = owners.get(at);
    }
    return undefined;
  };
}

/** The frames with what stands on each. */
export function framesOf(
  rows: readonly Row[],
  toggled: ReadonlySet<string>,
  framing: Framing,
): NonNullable<Graph['frames']> {
  const known = new Map(rows.filter(isWorkload).map((workload) => [workload.id, workload]));
  const { isRoot = () => true, claims } = framing;
  const parts = partsOf(rows, rootsOf(rows).filter(isRoot).sort(inOrder), known);
  const held = claims ? parts.filter(({ roots }) => roots.length > 0) : parts;
  return held.map((part) => frameOf(part, toggled, framing));
}

/** What of a kind goes with which workload; all else stands in its namespace's own frame. */
function partsOf(rows: readonly Row[], roots: readonly WorkloadRow[], known: ReadonlyMap<string, WorkloadRow>): Part[] {
  const parts = new Map<string, Part>();
  const partAt = (namespace: string, app: string): Part => {
    const key = `${namespace}/${app}`;
    const part = parts.get(key) ?? { namespace, app, roots: [], rows: [] };
    parts.set(key, part);
    return part;
  };
  const byApp = groupBy(roots, (root) => `${root.namespace}/${appOf(root)}`);
  const partOfRoot = new Map<string, Part>();
  for (const root of roots) {
    // An application of one workload needs no frame of its own.
    const isAlone = (byApp.get(`${root.namespace}/${appOf(root)}`)?.length ?? 0) < 2;
    const part = partAt(root.namespace, isAlone ? '' : appOf(root));
    part.roots.push(root);
    partOfRoot.set(root.id, part);
  }
  const homeOf = homes(rows, roots, known, partOfRoot);
  for (const row of rows) (homeOf(row) ?? partAt(row.namespace, '')).rows.push(row);
  return [...parts.values()]
    .filter(({ roots: own, rows: held, namespace }) => own.length > 0 || (namespace !== '' && held.some(isPod)))
    .sort((a, b) => (a.namespace === b.namespace ? (a.app < b.app ? -1 : 1) : a.namespace < b.namespace ? -1 : 1));
}

/** Finds the part of a row by what owns it, selects it, mounts it or scales it. */
function homes(
  rows: readonly Row[],
  roots: readonly WorkloadRow[],
  known: ReadonlyMap<string, WorkloadRow>,
  partOfRoot: ReadonlyMap<string, Part>,
): (row: Row) => Part | undefined {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const byOwner = (row: Row): Part | undefined => {
    let at: Row | undefined = row;
    for (let depth = 0; at && depth < 5; depth += 1) {
      const part = partOfRoot.get(at.id);
      if (part) return part;
      at = at.owner === undefined ? undefined : known.get(at.owner);
    }
    return undefined;
  };
  const mounting = new Map<string, Part>();
  for (const row of rows) {
    if (!isPod(row)) continue;
    const part = byOwner(row);
    for (const claim of row.claims ?? []) if (part) mounting.set(claim, part);
  }
  return (row) => {
    if (isClaim(row)) return mounting.get(row.id);
    if (isVolume(row)) return row.claim === undefined ? undefined : mounting.get(row.claim);
    if (isAutoscaler(row)) {
      const target = byId.get(row.target);
      return target && byOwner(target);
    }
    if (isService(row)) return partOfService(row, roots, partOfRoot);
    if (isIngress(row)) {
      const service = byId.get(row.services[0] ?? '');
      return service && isService(service) ? partOfService(service, roots, partOfRoot) : undefined;
    }
    return byOwner(row);
  };
}

function partOfService(
  service: ServiceRow,
  roots: readonly WorkloadRow[],
  partOfRoot: ReadonlyMap<string, Part>,
): Part | undefined {
  const chosen = roots.find((root) => isChosen(service, root.namespace, root.templateLabels));
  return chosen && partOfRoot.get(chosen.id);
}

function frameOf(
  { namespace, app, roots, rows }: Part,
  toggled: ReadonlySet<string>,
  { drawing, tile, claims }: Framing,
): { frame: FrameCard; graph: Graph } {
  const id = `frame ${namespace}/${app}`;
  const open = toggled.has(id);
  const frame: FrameCard = {
    type: 'frame',
    id,
    namespace,
    app,
    open,
    workloads: roots.length,
    services: rows.filter(isService).length,
    pods: claims ? [] : idsOf(rows.filter(isPod)),
    ...(claims ? { claims: claims(roots) } : {}),
  };
  if (open) return { frame, graph: ownIds(drawing(rows), id) };
  return { frame, graph: tile ? { cards: roots.map(tile), edges: [] } : tilesOf(id, roots, rows) };
}

/** Cards that stand for no row would otherwise be called alike in every frame. */
function ownIds({ cards, edges }: Graph, frame: string): Graph {
  const common = new Set<string>([BARE_PODS, claimsOf(BARE_PODS), OTHERS, STORAGE]);
  const own = (id: string): string => (common.has(id) ? `${id} ${frame}` : id);
  return {
    cards: cards.map((card) => ({ ...card, id: own(card.id) })),
    edges: edges.map((edge) => ({ ...edge, from: own(edge.from), to: own(edge.to) })),
  };
}

function tilesOf(frame: string, roots: readonly WorkloadRow[], rows: readonly Row[]): Graph {
  const rootOf = rootOfOwner(rows);
  const podsOf = groupBy(rows.filter(isPod), ({ owner }) => rootOf(owner) ?? BARE_PODS);
  const bare = idsOf(podsOf.get(BARE_PODS));
  return {
    cards: [
      ...roots.map(({ id }): Card => ({ type: 'tile', id, pods: idsOf(podsOf.get(id)) })),
      ...(bare.length > 0 ? [{ type: 'tile' as const, id: `${BARE_PODS} ${frame}`, pods: bare }] : []),
    ],
    edges: [],
  };
}
