/**
 * What a controller weighed when it decided about an object, as a table: the evidence it attached to its step beside the sentence.
 * The scheduler's has a table of its own (ui/inspector/scheduling-table.tsx). Words of ours are the page's; cells are Kubernetes' words and numbers.
 */
import { formatQuantity } from '../engine/api/quantity';
import type { Simulation } from '../engine/simulation';
import type { TraceStep } from '../engine/trace/trace';
import { rowId } from './rows';

export type EvidenceTopic = 'nodes' | 'volumes' | 'victims' | 'plan' | 'autoscaling' | 'eviction' | 'memory';
export type EvidenceColumn =
  | 'node'
  | 'verdict'
  | 'volume'
  | 'pod'
  | 'ready'
  | 'cost'
  | 'doubledUp'
  | 'restarts'
  | 'replicaSet'
  | 'from'
  | 'to'
  | 'why'
  | 'metric'
  | 'ratio'
  | 'asked'
  | 'window'
  | 'set'
  | 'exceeds'
  | 'priority'
  | 'used'
  | 'requested'
  | 'adjustment'
  | 'points';

export interface EvidenceLine {
  readonly cells: readonly string[];
  /** The row id of what the line is about. */
  readonly object?: string;
  /** What was decided on. */
  readonly isChosen: boolean;
}

/** A line's first cell names what it is about. */
export interface EvidenceTable {
  readonly topic: EvidenceTopic;
  readonly columns: readonly EvidenceColumn[];
  readonly lines: readonly EvidenceLine[];
}

/** The evidence that controllers attach, as far as it is read here. */
interface Evidence {
  readonly nodes?: readonly { readonly node: string; readonly shouldRun: boolean; readonly why?: string }[];
  readonly verdicts?: readonly { readonly volume: string; readonly problem: string }[];
  readonly ranked?: readonly {
    readonly pod: string;
    readonly isAssigned: boolean;
    readonly isReady: boolean;
    readonly deletionCost: number;
    readonly doubledUp: number;
    readonly restarts: number;
  }[];
  /** Pods as a node ranks them for eviction; the first is not always the one that goes: some are spared. */
  readonly evicting?: readonly {
    readonly namespace: string;
    readonly pod: string;
    readonly exceeds: boolean;
    readonly priority: number;
    readonly used: number;
    readonly requested: number;
  }[];
  readonly resource?: string;
  readonly chosen?: string;
  /** Containers as the kernel ranks them when memory has run out. */
  readonly killed?: readonly {
    readonly namespace: string;
    readonly pod: string;
    readonly memoryBytes: number;
    readonly oomScoreAdj: number;
    readonly points: number;
  }[];
  readonly deleting?: number;
  readonly plan?: readonly {
    readonly replicaSet: string;
    readonly from: number;
    readonly to: number;
    readonly why: string;
  }[];
  readonly metric?: string;
  readonly target?: string;
  readonly ratio?: number;
  readonly wanted?: number;
  readonly stabilized?: number;
  readonly replicas?: number;
}

/** The table of some evidence about an object of a namespace; undefined when it has none. */
export function evidenceTable(detail: unknown, namespace: string): EvidenceTable | undefined {
  if (typeof detail !== 'object' || detail === null || 'type' in detail) return undefined;
  const evidence = detail as Evidence;
  const table =
    nodesTable(evidence) ??
    volumesTable(evidence) ??
    victimsTable(evidence, namespace) ??
    planTable(evidence, namespace) ??
    evictionTable(evidence) ??
    memoryTable(evidence) ??
    autoscalingTable(evidence);
  return table && table.lines.length > 0 ? table : undefined;
}

const text = (value: string | number | boolean | undefined): string => (value === undefined ? '' : String(value));

function nodesTable({ nodes }: Evidence): EvidenceTable | undefined {
  if (!Array.isArray(nodes)) return undefined;
  const lines = nodes.map(({ node, shouldRun, why = '' }) => ({
    cells: [node, why],
    object: rowId('Node', undefined, node),
    isChosen: shouldRun,
  }));
  return { topic: 'nodes', columns: ['node', 'verdict'], lines };
}

function volumesTable({ verdicts }: Evidence): EvidenceTable | undefined {
  if (!Array.isArray(verdicts)) return undefined;
  const lines = verdicts.map(({ volume, problem }) => ({
    cells: [volume, problem],
    object: rowId('PersistentVolume', undefined, volume),
    isChosen: problem === '',
  }));
  return { topic: 'volumes', columns: ['volume', 'verdict'], lines };
}

function victimsTable({ ranked, deleting = 0 }: Evidence, namespace: string): EvidenceTable | undefined {
  if (!Array.isArray(ranked)) return undefined;
  const lines = ranked.map((each, place) => ({
    cells: [each.pod, text(each.isReady), text(each.deletionCost), text(each.doubledUp), text(each.restarts)],
    object: rowId('Pod', namespace, each.pod),
    isChosen: place < deleting,
  }));
  return { topic: 'victims', columns: ['pod', 'ready', 'cost', 'doubledUp', 'restarts'], lines };
}

function planTable({ plan }: Evidence, namespace: string): EvidenceTable | undefined {
  if (!Array.isArray(plan)) return undefined;
  const lines = plan.map(({ replicaSet, from, to, why }) => ({
    cells: [replicaSet, text(from), text(to), why],
    object: rowId('ReplicaSet', namespace, replicaSet),
    isChosen: false,
  }));
  return { topic: 'plan', columns: ['replicaSet', 'from', 'to', 'why'], lines };
}

/** Bytes as Kubernetes writes them. */
const bytes = (amount: number): string =>
  formatQuantity({ nano: BigInt(Math.round(amount)) * 1_000_000_000n, format: 'BinarySI' });

function evictionTable({ evicting, resource, chosen }: Evidence): EvidenceTable | undefined {
  if (!Array.isArray(evicting)) return undefined;
  const amount = resource === 'memory' || resource === 'ephemeral-storage' ? bytes : text;
  const lines = evicting.map(({ namespace, pod, exceeds, priority, used, requested }) => ({
    cells: [pod, text(exceeds), text(priority), amount(used), amount(requested)],
    object: rowId('Pod', namespace, pod),
    isChosen: pod === chosen,
  }));
  return { topic: 'eviction', columns: ['pod', 'exceeds', 'priority', 'used', 'requested'], lines };
}

function memoryTable({ killed }: Evidence): EvidenceTable | undefined {
  if (!Array.isArray(killed)) return undefined;
  const lines = killed.map(({ namespace, pod, memoryBytes, oomScoreAdj, points }, place) => ({
    cells: [pod, bytes(memoryBytes), text(oomScoreAdj), bytes(points)],
    object: rowId('Pod', namespace, pod),
    isChosen: place === 0,
  }));
  return { topic: 'memory', columns: ['pod', 'used', 'adjustment', 'points'], lines };
}

/** From what the metric asked for to what was set. */
function autoscalingTable({
  metric,
  target,
  ratio,
  wanted,
  stabilized,
  replicas,
}: Evidence): EvidenceTable | undefined {
  if (target === undefined || ratio === undefined) return undefined;
  const cells = [text(metric), ratio.toFixed(2), text(wanted), text(stabilized), text(replicas)];
  return {
    topic: 'autoscaling',
    columns: ['metric', 'ratio', 'asked', 'window', 'set'],
    lines: [{ cells, isChosen: false }],
  };
}

/** Evidence about an object, with the step it belongs to. */
export interface Found<T> {
  readonly step: number;
  readonly detail: T;
}

/** What steps say about an object beside what they wrote to it. */
export interface Testimony {
  /** The scheduler's latest word. */
  readonly scheduling: Found<unknown> | null;
  /** What a controller weighed when it last decided about it. */
  readonly decision: Found<EvidenceTable> | null;
  /** The latest steps about it since it was last written: what was tried, refused, waited for. */
  readonly since: readonly TraceStep[];
}

const MAX_SINCE = 3;

/** What the steps between its first write and now say about an object. */
export function testimonyOn(
  simulation: Pick<Simulation, 'trace' | 'detailAt'>,
  object: { readonly kind: string; readonly namespace: string; readonly name: string },
  { from, written, to }: { readonly from: number; readonly written: number; readonly to: number },
): Testimony {
  let scheduling: Testimony['scheduling'] = null;
  const weighed: Found<unknown>[] = [];
  const since: TraceStep[] = [];
  for (const record of simulation.trace(from, to)) {
    const { step, actor, object: about } = record;
    if (!about || about.namespace !== object.namespace || !isAbout(about, object)) continue;
    if (step > written) since.push(record);
    const detail = simulation.detailAt(step);
    if (detail === undefined) continue;
    if (actor.includes('scheduler')) scheduling = { step, detail };
    weighed.push({ step, detail });
  }
  return { scheduling, decision: latestTable(weighed, object.namespace), since: since.slice(-MAX_SINCE) };
}

/** From the end: of many decisions only the last is shown. */
function latestTable(weighed: readonly Found<unknown>[], namespace: string): Testimony['decision'] {
  for (const { step, detail } of weighed.toReversed()) {
    const table = evidenceTable(detail, namespace);
    if (table) return { step, detail: table };
  }
  return null;
}

/** A step that keeps a revision of an object is named after the revision, and decides about the object all the same. */
function isAbout(
  about: { readonly kind: string; readonly name: string },
  object: { readonly kind: string; readonly name: string },
): boolean {
  if (about.kind === 'ControllerRevision') return about.name.slice(0, about.name.lastIndexOf('-')) === object.name;
  return about.kind === object.kind && about.name === object.name;
}
