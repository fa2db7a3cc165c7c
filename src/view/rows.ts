/**
 * What crosses from the worker to the page: per object a row of the few fields that are drawn. Rows are small on purpose;
 * whole objects cross only for the one that is selected. How they are made: row-of.ts.
 */
import type { KubeObject } from '../engine/api/meta';

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
  /** Each container's name and how it is, as `name=look`. */
  readonly parts: string;
  readonly images: string;
  readonly cpuMilli: number;
  readonly memoryBytes: number;
  /** Only of Pods that no controller owns: edges of the others follow their workload's template. */
  readonly labels: Readonly<Record<string, string>> | undefined;
  /** A StatefulSet's ordinal, or an Indexed Job's index. */
  readonly index: number | undefined;
  /** The hash of the revision it was made of, where its controller keeps such. */
  readonly revision: string | undefined;
  /** Row ids of the claims it mounts. */
  readonly claims: readonly string[] | undefined;
}

export interface NodeRow extends RowBase {
  readonly kind: 'Node';
  readonly ready: 'True' | 'False' | 'Unknown';
  readonly unschedulable: boolean;
  readonly taints: readonly string[];
  /** Conditions other than Ready that are not as they should be: `MemoryPressure`. */
  readonly conditions: readonly string[];
  readonly zone: string | undefined;
  readonly cpuMilli: number;
  readonly memoryBytes: number;
  readonly pods: number;
}

/** A controller of Pods (Deployment, ReplicaSet and whatever else has a Pod template), or a CronJob, which owns such. */
export interface WorkloadRow extends RowBase {
  readonly kind: string;
  readonly workload: true;
  /** Pods that are wanted; of a Job, those that have to succeed. */
  readonly desired: number;
  readonly current: number;
  /** Of a Job: those that succeeded. */
  readonly ready: number;
  readonly updated: number;
  readonly available: number;
  readonly images: string;
  /** The names of the containers that have these images, in the same order. */
  readonly containerNames: string;
  readonly revision: string | undefined;
  readonly paused: boolean;
  readonly stalled: boolean;
  readonly templateLabels: Readonly<Record<string, string>>;
  /** Row ids of the claims that its template mounts. */
  readonly claims: readonly string[];
  /** What the row ids of claims begin with that are made for its Pods; an ordinal follows. */
  readonly claimStems: readonly string[];
  readonly statefulSet?: StatefulSetRevisions;
  readonly job?: JobCounts;
  readonly cronJob?: CronJobRuns;
}

/** Where a StatefulSet's update stands. Revisions are hashes. */
export interface StatefulSetRevisions {
  readonly current: string;
  readonly update: string;
  /** Pods with lower ordinals keep the current revision. */
  readonly partition: number;
  readonly isOnDelete: boolean;
}

export type JobState = 'running' | 'suspended' | 'complete' | 'failed';

/** How far a Job is. `reason` is upstream's, of its last condition. */
export interface JobCounts {
  readonly state: JobState;
  readonly reason: string | undefined;
  readonly active: number;
  readonly failed: number;
  readonly parallelism: number;
  readonly isIndexed: boolean;
}

/** A CronJob's schedule; times as they are stored. */
export interface CronJobRuns {
  readonly schedule: string;
  readonly timeZone: string | undefined;
  readonly concurrencyPolicy: string;
  readonly active: number;
  readonly lastAt: string | undefined;
  /** The first run after the last one, whether or not it comes to it; undefined while suspended. */
  readonly nextAt: string | undefined;
}

/** How claims and volumes are drawn; a claim whose volume is gone is `failed`. */
export type StorageLook = 'pending' | 'available' | 'bound' | 'released' | 'failed' | 'terminating';

export interface ClaimRow extends RowBase {
  readonly kind: 'PersistentVolumeClaim';
  readonly look: StorageLook;
  /** kubectl's STATUS column. */
  readonly status: string;
  /** The row id of the volume it is bound to or asks for. */
  readonly volume: string | undefined;
  /** What it has got, or asks for while it has none. */
  readonly size: string;
  readonly modes: string;
  readonly storageClass: string;
}

export interface VolumeRow extends RowBase {
  readonly kind: 'PersistentVolume';
  readonly look: StorageLook;
  readonly status: string;
  /** The row id of the claim it is, or was, bound to. */
  readonly claim: string | undefined;
  readonly size: string;
  readonly modes: string;
  readonly storageClass: string;
  readonly reclaimPolicy: string;
}

export interface AutoscalerRow extends RowBase {
  readonly kind: 'HorizontalPodAutoscaler';
  /** The row id of what it scales. */
  readonly target: string;
  readonly min: number;
  readonly max: number;
  readonly current: number;
  readonly desired: number;
  /** kubectl's TARGETS column: `cpu: 98%/20%`. */
  readonly targets: string;
  /** Upstream's reason why it can't scale, or what limits it. */
  readonly trouble: string | undefined;
  readonly limit: string | undefined;
}

export interface IngressRow extends RowBase {
  readonly kind: 'Ingress';
  readonly hosts: string;
  readonly ingressClass: string;
  readonly tls: boolean;
  /** Row ids of the Services it leads to. */
  readonly services: readonly string[];
}

/** One line of a quota. */
export interface QuotaLine {
  readonly resource: string;
  readonly used: string;
  readonly hard: string;
  /** Used as a share of hard, 0 to 1. */
  readonly share: number;
}

export interface QuotaRow extends RowBase {
  readonly kind: 'ResourceQuota';
  readonly lines: readonly QuotaLine[];
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

/** Any other kind: it is there, and kubectl's columns say how. */
export interface OtherRow extends RowBase {
  readonly other: true;
  /** Kinds that stand behind others are not listed in the drawing. */
  readonly listed: boolean;
  /** What is worth saying beside the name, in Kubernetes' words. */
  readonly note: string | undefined;
  /** Titles and cells of kubectl's table, without name and ages. */
  readonly cells: readonly (readonly [title: string, cell: string])[];
}

export type Row =
  | PodRow
  | NodeRow
  | WorkloadRow
  | ServiceRow
  | EndpointSliceRow
  | DisruptionBudgetRow
  | ClaimRow
  | VolumeRow
  | AutoscalerRow
  | IngressRow
  | QuotaRow
  | OtherRow;

/** Makes the row of an object of one kind. */
export type RowMaker = (base: RowBase, object: KubeObject) => Row;

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
export const isClaim = (row: Row): row is ClaimRow => row.kind === 'PersistentVolumeClaim';
export const isVolume = (row: Row): row is VolumeRow => row.kind === 'PersistentVolume';
export const isAutoscaler = (row: Row): row is AutoscalerRow => row.kind === 'HorizontalPodAutoscaler';
export const isIngress = (row: Row): row is IngressRow => row.kind === 'Ingress';
export const isQuota = (row: Row): row is QuotaRow => row.kind === 'ResourceQuota';
export const isOther = (row: Row): row is OtherRow => 'other' in row;
