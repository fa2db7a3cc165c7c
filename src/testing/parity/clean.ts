/** Objects without what a server, a clock or a container runtime makes up. */
import type { KubeObject } from '../../engine/api/meta';
import type { Substitute } from './placeholders';
import { at, byJson, type Json, type JsonRecord, listAt, textAt } from './run';

const MADE_UP = new Set(
  [
    'uid resourceVersion creationTimestamp managedFields selfLink lastTransitionTime lastUpdateTime lastHeartbeatTime',
    'lastProbeTime startTime startedAt finishedAt completionTime lastScheduleTime lastSuccessfulTime lastScaleTime podIP',
    'podIPs hostIP hostIPs containerID imageID clusterIP clusterIPs deletionTimestamp lastTimestamp firstTimestamp',
    'eventTime renewTime acquireTime lastPhaseTransitionTime',
  ].flatMap((line) => line.split(' ')),
);
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
const SYSTEM_NAMESPACE = /^kube-/;
const UNSTEADY_KINDS = [
  ...[
    'Event',
    'Lease',
    'Endpoints',
    'FlowSchema',
    'PriorityLevelConfiguration',
    'APIService',
    'ServiceCIDR',
    'IPAddress',
  ],
];

/** Whether a namespace belongs to the cluster itself. */
export const isSystemNamespace = (namespace: string | undefined): boolean => SYSTEM_NAMESPACE.test(namespace ?? '');

/** Whether an object is part of every cluster, so that no case is about it. */
export function isSystem({ kind, metadata: { name = '', namespace } }: KubeObject): boolean {
  if (isSystemNamespace(namespace) || (kind === 'Namespace' && (isSystemNamespace(name) || name === 'default')))
    return true;
  if (kind === 'Service' && name === 'kubernetes' && namespace === 'default') return true;
  if (kind === 'EndpointSlice' && name === 'kubernetes') return true;
  if (kind === 'ConfigMap' && name === 'kube-root-ca.crt') return true;
  if (kind === 'ServiceAccount' && name === 'default') return true;
  if (kind.includes('Role') && /^(system:|cluster-admin$|admin$|edit$|view$|kubeadm)/.test(name)) return true;
  if (kind === 'PriorityClass' && name.startsWith('system-')) return true;
  return UNSTEADY_KINDS.includes(kind);
}

const isDropped = (key: string, path: readonly string[]): boolean =>
  (MADE_UP.has(key) && path[0] !== 'data') ||
  (path.at(-1) === 'annotations' && key === LAST_APPLIED) ||
  (key === 'observedGeneration' && path.includes('conditions'));

const isEmpty = (value: Json): boolean =>
  value === null || value === undefined || (typeof value === 'object' && Object.keys(value).length === 0);

/** A value with sorted keys, without empty fields and what is made up. */
export function clean(value: unknown, substitute: Substitute, path: readonly string[] = []): Json {
  if (Array.isArray(value)) return value.map((item, index) => clean(item, substitute, [...path, String(index)]));
  if (typeof value === 'string') return substitute(value);
  if (typeof value !== 'object' || value === null) return value as Json;
  const kept: JsonRecord = {};
  for (const key of Object.keys(value).sort()) {
    if (isDropped(key, path)) continue;
    const field = clean((value as Record<string, unknown>)[key], substitute, [...path, key]);
    if (!isEmpty(field) || (key === 'emptyDir' && typeof field === 'object' && field !== null))
      kept[substitute(key)] = field;
  }
  return kept;
}

function dropRuntimeFields(pod: JsonRecord): void {
  const status = pod.status as JsonRecord | undefined;
  if (!status) return;
  delete status.resources;
  for (const list of ['containerStatuses', 'initContainerStatuses', 'ephemeralContainerStatuses']) {
    for (const container of listAt(status, list) as JsonRecord[]) {
      delete container.resources;
      delete container.user;
    }
  }
}

const pick = (value: Json, keys: readonly string[]): Json =>
  Object.fromEntries(keys.map((key) => [key, at(value, key)]));

function nodeFacts(node: Json, name: string): Json {
  return {
    kind: 'Node',
    metadata: { name },
    spec: {
      taints: listAt(node, 'spec', 'taints').map((taint) => pick(taint, ['key', 'value', 'effect'])),
      unschedulable: at(node, 'spec', 'unschedulable'),
    },
    status: { conditions: listAt(node, 'status', 'conditions').map((one) => pick(one, ['type', 'status', 'reason'])) },
  };
}

function endpointFacts(endpoint: Json, keepNode: boolean): Json {
  const copy = { ...(endpoint as JsonRecord) };
  if (copy.targetRef) copy.targetRef = pick(copy.targetRef, ['kind', 'name']);
  if (!keepNode) delete copy.nodeName;
  return JSON.parse(JSON.stringify(copy)) as Json;
}

/** Node ports are drawn at random. */
function hidePorts(object: JsonRecord): void {
  for (const port of listAt(object, 'spec', 'ports') as JsonRecord[]) if (port.nodePort) port.nodePort = '{port}';
}

/** How often these are written depends on what happened to be bundled. */
const COUNTING_WRITES = ['ReplicaSet', 'EndpointSlice', 'ReplicationController'];

/** An object at the end of a run; `keepNode` when the case is about where Pods go. */
export function cleanObject(object: KubeObject, substitute: Substitute, keepNode: boolean): Json {
  const cleaned = clean(object, substitute) as JsonRecord;
  const { kind } = object;
  const status = cleaned.status as JsonRecord | undefined;
  if (kind === 'Node') return nodeFacts(cleaned, object.metadata.name);
  if (kind === 'Pod') {
    dropRuntimeFields(cleaned);
    if (cleaned.spec && !keepNode) delete (cleaned.spec as JsonRecord).nodeName;
  }
  if (kind === 'Service') hidePorts(cleaned);
  if (COUNTING_WRITES.includes(kind)) {
    delete (cleaned.metadata as JsonRecord).generation;
    if (status) delete status.observedGeneration;
  }
  if (Array.isArray(status?.conditions))
    (status.conditions as Json[]).sort((a, b) => (textAt(a, 'type') < textAt(b, 'type') ? -1 : 1));
  if (kind === 'EndpointSlice' && Array.isArray(cleaned.endpoints))
    cleaned.endpoints = cleaned.endpoints.map((endpoint) => endpointFacts(endpoint, keepNode)).sort(byJson);
  return cleaned;
}

/** Ids, times, addresses and namespaces in what an applied manifest got for an answer. */
export const maskAnswer = (text: string): string =>
  text
    .replace(/case-\d+/g, 'case-N')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, '{time}')
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '{uid}')
    .replace(/\b10\.\d+\.\d+\.\d+\b/g, '{ip}')
    .trim();

const maskStored: Substitute = (text) =>
  text
    .replace(/case-\d+/g, 'case-N')
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '{uid}')
    .replace(/kube-api-access-[a-z0-9]{5}/g, 'kube-api-access-{x}')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, '{time}');

/** A stored object as it was applied: its status is filled in by controllers while one looks. */
export function cleanStored(object: KubeObject): Json {
  const cleaned = clean(object, maskStored) as JsonRecord;
  if (object.kind === 'Service') hidePorts(cleaned);
  const spec = cleaned.spec as JsonRecord | undefined;
  if (spec?.healthCheckNodePort) spec.healthCheckNodePort = '{port}';
  delete cleaned.status;
  const metadata = cleaned.metadata as JsonRecord | undefined;
  const annotations = metadata?.annotations as JsonRecord | undefined;
  if (annotations) {
    delete annotations['deployment.kubernetes.io/revision'];
    if (Object.keys(annotations).length === 0) delete metadata?.annotations;
  }
  return cleaned;
}
