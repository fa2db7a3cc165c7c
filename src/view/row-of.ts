/**
 * Object → row. What a Pod is called, its ready containers and its restarts are kubectl's (engine/api/pod-status-text.ts).
 */

import { controllerOf, type KubeObject } from '../engine/api/meta';
import { podRequests } from '../engine/api/pod-resources';
import { podSummary } from '../engine/api/pod-status-text';
import { quantityMilli, quantityValue } from '../engine/api/quantity';
import { kindId } from '../engine/api/scheme';
import type { Pod } from '../engine/api/types';
import {
  type DisruptionBudgetRow,
  type EndpointSliceRow,
  isDrawn,
  type NodeRow,
  type PodLook,
  type PodRow,
  type Row,
  type RowBase,
  rowId,
  type ServiceRow,
  type WorkloadRow,
} from './rows';

interface ContainerLike {
  readonly image?: string;
}
/** The fields read here, all optional: rows are made of whatever is stored, finished or not. */
interface Readable {
  readonly spec?: {
    readonly nodeName?: string;
    readonly containers?: readonly ContainerLike[];
    readonly replicas?: number;
    readonly completions?: number;
    readonly paused?: boolean;
    readonly template?: {
      readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
      readonly spec?: { readonly containers?: readonly ContainerLike[] };
    };
    readonly type?: string;
    readonly clusterIP?: string;
    readonly ports?: readonly { readonly port: number; readonly nodePort?: number; readonly protocol?: string }[];
    readonly selector?: Readonly<Record<string, string>>;
    readonly unschedulable?: boolean;
    readonly taints?: readonly { readonly key: string; readonly value?: string; readonly effect: string }[];
  };
  readonly status?: {
    readonly phase?: string;
    readonly reason?: string;
    readonly podIP?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
    readonly allocatable?: Readonly<Record<string, string>>;
    readonly capacity?: Readonly<Record<string, string>>;
    readonly replicas?: number;
    readonly readyReplicas?: number;
    readonly updatedReplicas?: number;
    readonly availableReplicas?: number;
    readonly disruptionsAllowed?: number;
    readonly currentHealthy?: number;
    readonly desiredHealthy?: number;
  };
  readonly endpoints?: readonly { readonly conditions?: { readonly ready?: boolean } }[];
}

/** Rows by the object they were made of: objects never change, and jumps come back to the same ones again and again. */
const made = new WeakMap<KubeObject, Row>();

/** The row of an object; undefined for kinds that are not drawn. */
export function rowOf(object: KubeObject): Row | undefined {
  if (!isDrawn(kindId(object.apiVersion, object.kind))) return undefined;
  const known = made.get(object);
  if (known) return known;
  const row = makeRow(object);
  made.set(object, row);
  return row;
}

function makeRow(object: KubeObject): Row {
  const { metadata } = object;
  const kind = kindId(object.apiVersion, object.kind);
  const owner = controllerOf(object);
  const base: RowBase = {
    id: rowId(kind, metadata.namespace, metadata.name),
    kind,
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    uid: metadata.uid ?? '',
    owner:
      owner && rowId(kindId(owner.apiVersion, owner.kind), owner.kind === 'Node' ? '' : metadata.namespace, owner.name),
  };
  const fields = object as Readable;
  switch (kind) {
    case 'Pod':
      return podRow(base, object, fields);
    case 'Node':
      return nodeRow(base, fields, metadata.labels);
    case 'Service':
      return serviceRow(base, fields);
    case 'EndpointSlice':
      return endpointSliceRow(base, fields, metadata.labels);
    case 'PodDisruptionBudget':
      return disruptionBudgetRow(base, fields);
    default:
      return fields.spec?.template ? workloadRow(base, object, fields) : { ...base, other: true };
  }
}

function podRow(base: RowBase, object: KubeObject, { spec, status }: Readable): PodRow {
  const { text, ready: readyContainers, total, restarts } = podSummary(object as Pod);
  const requests = spec?.containers && podRequests(object as Pod);
  const ready = status?.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True');
  const { id, namespace, name, uid, owner } = base;
  return {
    id,
    kind: 'Pod',
    namespace,
    name,
    uid,
    owner,
    look: podLook(object, text, ready === true, spec?.nodeName !== undefined, status?.phase),
    status: text,
    node: spec?.nodeName || undefined,
    ip: status?.podIP,
    restarts: restarts.count,
    readyContainers,
    containers: total,
    images: imagesOf(spec?.containers),
    cpuMilli: requests?.get('cpu') ?? 0,
    memoryBytes: requests?.get('memory') ?? 0,
    labels: base.owner ? undefined : object.metadata.labels,
  };
}

function podLook(object: KubeObject, text: string, ready: boolean, bound: boolean, phase: string | undefined): PodLook {
  if (object.metadata.deletionTimestamp) return 'terminating';
  if (phase === 'Succeeded') return 'succeeded';
  if (phase === 'Failed' || /BackOff|Err|Error|OOMKilled|ExitCode/.test(text)) return 'failed';
  if (ready) return 'ready';
  if (phase === 'Running') return 'notReady';
  return bound ? 'creating' : 'pending';
}

function nodeRow(base: RowBase, { spec, status }: Readable, labels?: Record<string, string>): NodeRow {
  const allocatable = status?.allocatable ?? status?.capacity ?? {};
  const ready = status?.conditions?.find((condition) => condition.type === 'Ready')?.status;
  return {
    ...base,
    kind: 'Node',
    ready: ready === 'True' || ready === 'Unknown' ? ready : 'False',
    unschedulable: spec?.unschedulable === true,
    taints: (spec?.taints ?? []).map(({ key, value, effect }) => `${key}${value ? `=${value}` : ''}:${effect}`),
    zone: labels?.['topology.kubernetes.io/zone'],
    cpuMilli: quantityMilli(allocatable.cpu ?? '0'),
    memoryBytes: quantityValue(allocatable.memory ?? '0'),
    pods: quantityValue(allocatable.pods ?? '0'),
  };
}

function workloadRow(base: RowBase, object: KubeObject, { spec, status }: Readable): WorkloadRow {
  return {
    ...base,
    workload: true,
    desired: spec?.replicas ?? spec?.completions ?? 1,
    current: status?.replicas ?? 0,
    ready: status?.readyReplicas ?? 0,
    updated: status?.updatedReplicas ?? 0,
    available: status?.availableReplicas ?? 0,
    images: imagesOf(spec?.template?.spec?.containers),
    revision: object.metadata.annotations?.['deployment.kubernetes.io/revision'],
    paused: spec?.paused === true,
    stalled:
      status?.conditions?.some(({ type, status: value }) => type === 'Progressing' && value === 'False') ?? false,
    templateLabels: spec?.template?.metadata?.labels ?? {},
  };
}

function serviceRow(base: RowBase, { spec }: Readable): ServiceRow {
  const ports = (spec?.ports ?? []).map(({ port, nodePort }) => (nodePort ? `${port}:${nodePort}` : `${port}`));
  return {
    ...base,
    kind: 'Service',
    type: spec?.clusterIP === 'None' ? 'Headless' : (spec?.type ?? 'ClusterIP'),
    clusterIP: spec?.clusterIP ?? '',
    ports: ports.join(', '),
    selector: spec?.selector,
  };
}

function endpointSliceRow(base: RowBase, fields: Readable, labels?: Record<string, string>): EndpointSliceRow {
  const endpoints = fields.endpoints ?? [];
  return {
    ...base,
    kind: 'EndpointSlice',
    service: labels?.['kubernetes.io/service-name'] ?? '',
    ready: endpoints.filter((endpoint) => endpoint.conditions?.ready !== false).length,
    total: endpoints.length,
  };
}

function disruptionBudgetRow(base: RowBase, { status }: Readable): DisruptionBudgetRow {
  return {
    ...base,
    kind: 'PodDisruptionBudget',
    allowed: status?.disruptionsAllowed ?? 0,
    healthy: status?.currentHealthy ?? 0,
    desiredHealthy: status?.desiredHealthy ?? 0,
  };
}

function imagesOf(containers: readonly ContainerLike[] | undefined): string {
  return (containers ?? []).map((container) => container.image ?? '').join(', ');
}
