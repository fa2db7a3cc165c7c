/**
 * What crosses from the worker to the page: per object a row of the few fields that are drawn. Rows are small on purpose;
 * whole objects cross only for the one that is selected. How they are made: row-of.ts.
 */
/** How a Pod is drawn: one shape and colour each. */
export type PodLook = 'pending' | 'creating' | 'notReady' | 'ready' | 'terminating' | 'failed' | 'succeeded';

/** What all rows have. `id` is {@link rowId}. */
export interface RowBase {
  readonly id: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  /** The row id of the controlling owner. */
  readonly owner: string | undefined;
}

export interface PodRow extends RowBase {
  readonly kind: 'Pod';
  readonly look: PodLook;
  /** kubectl's STATUS column: `Running`, `CrashLoopBackOff` … */
  readonly status: string;
  readonly node: string | undefined;
  readonly ip: string | undefined;
  readonly restarts: number;
  readonly readyContainers: number;
  readonly containers: number;
  readonly images: string;
  readonly cpuMilli: number;
  readonly memoryBytes: number;
  /** Only of Pods that no controller owns: edges of the others follow their workload's template. */
  readonly labels: Readonly<Record<string, string>> | undefined;
}

export interface NodeRow extends RowBase {
  readonly kind: 'Node';
  readonly ready: 'True' | 'False' | 'Unknown';
  readonly unschedulable: boolean;
  readonly taints: readonly string[];
  readonly zone: string | undefined;
  readonly cpuMilli: number;
  readonly memoryBytes: number;
  readonly pods: number;
}

/** A controller of Pods: Deployment, ReplicaSet and whatever else has a Pod template. */
export interface WorkloadRow extends RowBase {
  readonly kind: string;
  readonly workload: true;
  readonly desired: number;
  readonly current: number;
  readonly ready: number;
  readonly updated: number;
  readonly available: number;
  readonly images: string;
  readonly revision: string | undefined;
  readonly paused: boolean;
  readonly stalled: boolean;
  readonly templateLabels: Readonly<Record<string, string>>;
}

export interface ServiceRow extends RowBase {
  readonly kind: 'Service';
  readonly type: string;
  readonly clusterIP: string;
  readonly ports: string;
  readonly selector: Readonly<Record<string, string>> | undefined;
}

export interface EndpointSliceRow extends RowBase {
  readonly kind: 'EndpointSlice';
  readonly service: string;
  readonly ready: number;
  readonly total: number;
}

export interface DisruptionBudgetRow extends RowBase {
  readonly kind: 'PodDisruptionBudget';
  readonly allowed: number;
  readonly healthy: number;
  readonly desiredHealthy: number;
}

/** Any other kind: it is there, and that is all the drawing says. */
export interface OtherRow extends RowBase {
  readonly other: true;
}

export type Row = PodRow | NodeRow | WorkloadRow | ServiceRow | EndpointSliceRow | DisruptionBudgetRow | OtherRow;

/** Kinds that never become rows: too many, too often, and shown elsewhere. */
const UNDRAWN = new Set(['Event', 'Lease']);

/** The identity of a row: kind and key, readable in links (`Pod/default/web-1`, `Node/node-1`). */
export function rowId(kind: string, namespace: string | undefined, name: string): string {
  return namespace ? `${kind}/${namespace}/${name}` : `${kind}/${name}`;
}

/** The parts of a {@link rowId}. */
export function parseRowId(id: string): { kind: string; namespace: string; name: string } {
  const parts = id.split('/');
  const kind = parts[0] ?? '';
  return parts.length > 2
    ? { kind, namespace: parts[1] ?? '', name: parts.slice(2).join('/') }
    : { kind, namespace: '', name: parts[1] ?? '' };
}

export const isPod = (row: Row): row is PodRow => row.kind === 'Pod';
export const isNode = (row: Row): row is NodeRow => row.kind === 'Node';
export const isService = (row: Row): row is ServiceRow => row.kind === 'Service';
export const isEndpointSlice = (row: Row): row is EndpointSliceRow => row.kind === 'EndpointSlice';
export const isDisruptionBudget = (row: Row): row is DisruptionBudgetRow => row.kind === 'PodDisruptionBudget';
export const isWorkload = (row: Row): row is WorkloadRow => 'workload' in row;

/** True when objects of this kind have rows. */
export function isDrawn(kind: string): boolean {
  return !UNDRAWN.has(kind);
}
