/**
 * Object → row: the few fields of an object that the page draws. Rows are small on purpose, because they are what
 * crosses from the worker to the page; whole objects cross only for the one that is selected.
 * Which word a Pod's state gets follows kubectl's printer (pkg/printers/internalversion/printers.go, printPod).
 */
import { controllerOf, type KubeObject } from '../engine/api/meta';
import { quantityMilli, quantityValue } from '../engine/api/quantity';

/** How a Pod is drawn: one shape and colour each. */
export type PodLook = 'pending' | 'creating' | 'notReady' | 'ready' | 'terminating' | 'failed' | 'succeeded';

/** What all rows have. `id` is {@link rowId}. */
interface RowBase {
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

interface ContainerLike {
  readonly image?: string;
  readonly resources?: { readonly requests?: Readonly<Record<string, string>> };
}
interface ContainerStateLike {
  readonly waiting?: { readonly reason?: string };
  readonly terminated?: { readonly reason?: string; readonly exitCode?: number; readonly signal?: number };
  readonly running?: object;
}
interface ContainerStatusLike {
  readonly ready?: boolean;
  readonly restartCount?: number;
  readonly state?: ContainerStateLike;
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
    readonly containerStatuses?: readonly ContainerStatusLike[];
    readonly initContainerStatuses?: readonly ContainerStatusLike[];
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

/** The row of an object; undefined for kinds that are not drawn. */
export function rowOf(object: KubeObject): Row | undefined {
  if (!isDrawn(object.kind)) return undefined;
  const { kind, metadata } = object;
  const owner = controllerOf(object);
  const base: RowBase = {
    id: rowId(kind, metadata.namespace, metadata.name),
    kind,
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    uid: metadata.uid ?? '',
    owner: owner && rowId(owner.kind, owner.kind === 'Node' ? '' : metadata.namespace, owner.name),
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
  const statuses = status?.containerStatuses ?? [];
  const ready = status?.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True');
  const text = podStatus(object, { spec, status });
  return {
    ...base,
    kind: 'Pod',
    look: podLook(object, text, ready === true, spec?.nodeName !== undefined, status?.phase),
    status: text,
    node: spec?.nodeName || undefined,
    ip: status?.podIP,
    restarts: statuses.reduce((sum, container) => sum + (container.restartCount ?? 0), 0),
    readyContainers: statuses.reduce((sum, container) => sum + (container.ready ? 1 : 0), 0),
    containers: spec?.containers?.length ?? 0,
    images: imagesOf(spec?.containers),
    cpuMilli: sumRequests(spec?.containers, 'cpu', quantityMilli),
    memoryBytes: sumRequests(spec?.containers, 'memory', quantityValue),
    labels: base.owner ? undefined : object.metadata.labels,
  };
}

/** kubectl's STATUS column of a Pod. */
function podStatus(object: KubeObject, { status }: Readable): string {
  let text = status?.reason ?? status?.phase ?? 'Pending';
  const initializing = (status?.initContainerStatuses ?? []).find(
    (container) => container.state?.terminated?.exitCode !== 0,
  );
  if (initializing && status?.phase === 'Pending') {
    const reason = initializing.state?.waiting?.reason ?? initializing.state?.terminated?.reason;
    text = reason && reason !== 'PodInitializing' ? `Init:${reason}` : 'Init';
  } else {
    for (const container of status?.containerStatuses ?? []) {
      const reason = stateReason(container.state);
      if (reason) text = reason;
    }
  }
  if (!object.metadata.deletionTimestamp) return text;
  return status?.reason === 'NodeLost' ? 'Unknown' : 'Terminating';
}

function stateReason(state: ContainerStateLike | undefined): string | undefined {
  if (state?.waiting?.reason) return state.waiting.reason;
  if (!state?.terminated) return undefined;
  return state.terminated.reason ?? `ExitCode:${state.terminated.exitCode ?? 0}`;
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

function sumRequests(
  containers: readonly ContainerLike[] | undefined,
  resource: string,
  parse: (text: string) => number,
): number {
  let sum = 0;
  for (const container of containers ?? []) {
    const text = container.resources?.requests?.[resource];
    if (text) sum += parse(text);
  }
  return sum;
}
