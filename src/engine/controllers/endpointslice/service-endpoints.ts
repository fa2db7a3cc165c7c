/**
 * Where each Service stands: which ports its Pods have, in which slices their endpoints are, and which of them are not in
 * the slices as they should be. A cache of client/derived.ts, so a sync after one Pod's change costs the same for 10 Pods and
 * for 10,000. Upstream goes through all Pods at each sync (staging/src/k8s.io/endpointslice/reconciler.go).
 */
import { joinKey, type KubeObject, keyOf, splitKey } from '../../api/meta';
import { deepEqual } from '../../api/plain';
import { matchesSet } from '../../api/selector';
import type { Endpoint, EndpointPort, EndpointSlice, Node, Pod, Service } from '../../api/types';
import type { Lister } from '../../client/client';
import type { WatchEvent } from '../../client/component';
import type { DerivedCache } from '../../client/derived';
import { SERVICE_NAME_LABEL } from '../../client/indexers';
import { SortedMap } from '../../client/sorted-map';
import {
  type AddressType,
  addressTypesOf,
  endpointIdentity,
  endpointPorts,
  isSameEndpoint,
  podToEndpoint,
  portsKey,
  shouldPodBeInEndpoints,
} from './endpoints';
import { asksForTopology, ZONE_LABEL } from './topology-hints';

/** The label that says who keeps a slice. */
export const MANAGED_BY_LABEL = 'endpointslice.kubernetes.io/managed-by';
/** Who says that a slice is this controller's. */
const MANAGED_BY = 'endpointslice-controller.k8s.io';

/** Whether a slice is this controller's. */
export function isManaged({ metadata }: Pick<KubeObject, 'metadata'>): boolean {
  return metadata.labels?.[MANAGED_BY_LABEL] === MANAGED_BY;
}

/** The labels that say whose a slice is. */
export function identityLabels(service: Service): Record<string, string> {
  return { [SERVICE_NAME_LABEL]: service.metadata.name, [MANAGED_BY_LABEL]: MANAGED_BY };
}

/** The key of the Service a slice belongs to. */
export function serviceKeyOf({ metadata }: Pick<KubeObject, 'metadata'>): string {
  return joinKey(metadata.namespace, metadata.labels?.[SERVICE_NAME_LABEL] ?? '');
}

/** Whether a slice counts: it is this controller's and is not being deleted. */
export function isInUse(slice: Pick<KubeObject, 'metadata'>): boolean {
  return isManaged(slice) && slice.metadata.deletionTimestamp === undefined;
}

/** The key of the Pod behind an endpoint. */
export function podKeyOf(targetRef: { readonly namespace?: string; readonly name?: string } | undefined): string {
  return joinKey(targetRef?.namespace, targetRef?.name ?? '');
}

/** A Pod's endpoint, or why it must not have one; undefined when it has no address of this family. */
export function endpointOf(
  lister: Lister,
  pod: Pod,
  service: Service,
  addressType: AddressType,
): Endpoint | { readonly error: string } | undefined {
  const { nodeName = '' } = pod.spec;
  const node = lister.get<Node>('Node', undefined, nodeName);
  if (!node && !service.spec.publishNotReadyAddresses) {
    const name = `${service.metadata.namespace}/${service.metadata.name}`;
    return { error: `skipping Pod ${pod.metadata.name} for Service ${name}: Node ${nodeName} Not Found` };
  }
  return podToEndpoint(pod, node?.metadata.labels?.[ZONE_LABEL], service, addressType);
}

/** An endpoint as it is in a slice. */
interface Placement {
  readonly slice: string;
  readonly ports: string;
  readonly endpoint: Endpoint;
}

/** Pods with the same ports. */
interface Group {
  readonly ports: readonly EndpointPort[];
  pods: number;
}

/** Where a Service of one address family stands. */
export interface ServiceEndpoints {
  /** The Service as far as endpoints depend on it; undefined when it is none to make endpoints for in this way. */
  readonly service: Service | undefined;
  /** By {@link portsKey}: the Pods that should be endpoints. */
  readonly groups: SortedMap<Group>;
  /** The key of its group, by key of the Pod. */
  readonly groupOf: Map<string, string>;
  /** By key of the Pod, in order of the slices' names. */
  readonly placements: Map<string, readonly Placement[]>;
  /** Keys of the Pods that are not in the slices as they should be. */
  readonly differing: SortedMap<true>;
}

/** Only what endpoints depend on, so that other changes of the Service keep the value. */
function basisOf(service: Service | undefined): Service | undefined {
  if (!service || !isSelecting(service) || addressTypesOf(service).length !== 1) return undefined;
  const { name, namespace, uid, labels, annotations } = service.metadata;
  const { apiVersion, kind, spec } = service;
  return { apiVersion, kind, metadata: { name, namespace, uid, labels, annotations }, spec } as Service;
}

/** Whether endpoints are made for a Service at all. */
export function isSelecting({ spec }: Service): boolean {
  return spec.type !== 'ExternalName' && spec.selector !== undefined && Object.keys(spec.selector).length > 0;
}

function regroup({ service, groups, groupOf }: ServiceEndpoints, key: string, pod: Pod | undefined): void {
  const ports = pod && endpointPorts(service as Service, pod);
  const now = ports && portsKey(ports);
  const before = groupOf.get(key);
  if (before === now) return;
  const left = before === undefined ? undefined : groups.get(before);
  if (left) left.pods--;
  if (left?.pods === 0) groups.delete(before as string);
  if (ports === undefined || now === undefined) {
    groupOf.delete(key);
    return;
  }
  const joined = groups.get(now) ?? { ports, pods: 0 };
  joined.pods++;
  groups.set(now, joined);
  groupOf.set(key, now);
}

/** Whether a Pod that should be an endpoint is in the slices as it should be. */
function isPlaced(state: ServiceEndpoints, lister: Lister, key: string, pod: Pod): boolean {
  const service = state.service as Service;
  const placements = state.placements.get(key) ?? [];
  const wanted = endpointOf(lister, pod, service, addressTypesOf(service)[0] as AddressType);
  if (wanted === undefined) return placements.length === 0;
  const [placement] = placements;
  if ('error' in wanted || !placement || placements.length > 1) return false;
  const { endpoint, ports } = placement;
  return (
    ports === state.groupOf.get(key) &&
    endpointIdentity(endpoint) === endpointIdentity(wanted) &&
    isSameEndpoint(wanted, endpoint, asksForTopology(service))
  );
}

/** Finds out anew how it stands with one Pod. */
function check(state: ServiceEndpoints, lister: Lister, key: string): void {
  const pod = lister.byKey<Pod>('Pod', key);
  const isMember =
    pod !== undefined &&
    matchesSet(state.service?.spec.selector ?? {}, pod.metadata.labels) &&
    shouldPodBeInEndpoints(pod);
  regroup(state, key, isMember ? pod : undefined);
  const isRight = isMember ? isPlaced(state, lister, key, pod) : !state.placements.has(key);
  if (isRight) state.differing.delete(key);
  else state.differing.set(key, true);
}

/** Takes in where the endpoints of some Pods are in a slice. */
function place(
  { placements }: ServiceEndpoints,
  pods: ReadonlySet<string>,
  name: string,
  slice: EndpointSlice | undefined,
): void {
  const ports = portsKey(slice?.ports ?? []);
  const here = new Map<string, Placement[]>();
  for (const endpoint of slice?.endpoints ?? []) {
    const key = podKeyOf(endpoint.targetRef);
    if (pods.has(key)) here.set(key, [...(here.get(key) ?? []), { slice: name, ports, endpoint }]);
  }
  for (const key of pods) {
    const others = (placements.get(key) ?? []).filter((placement) => placement.slice !== name);
    const all = [...others, ...(here.get(key) ?? [])];
    all.sort((a, b) => (a.slice < b.slice ? -1 : a.slice > b.slice ? 1 : 0));
    if (all.length > 0) placements.set(key, all);
    else placements.delete(key);
  }
}

/** Keys of the Pods whose endpoints are not the very same before and after. */
function changedPods(before: EndpointSlice | undefined, after: EndpointSlice | undefined): ReadonlySet<string> {
  const havePortsChanged = !deepEqual(before?.ports, after?.ports);
  const left = new Set(before?.endpoints ?? []);
  const right = new Set(after?.endpoints ?? []);
  const changed = new Set<string>();
  for (const [some, others] of [
    [left, right],
    [right, left],
  ] as const) {
    for (const endpoint of some) {
      if (havePortsChanged || !others.has(endpoint)) changed.add(podKeyOf(endpoint.targetRef));
    }
  }
  return changed;
}

function onSlice(kept: SortedMap<ServiceEndpoints>, { previous, value }: WatchEvent, lister: Lister): void {
  const before = previous && isInUse(previous) ? (previous as EndpointSlice) : undefined;
  const after = value && isInUse(value) ? (value as EndpointSlice) : undefined;
  const keys = new Set([before, after].flatMap((slice) => (slice ? [serviceKeyOf(slice)] : [])));
  for (const key of keys) {
    const state = kept.get(key);
    if (!state?.service) continue;
    const was = before && serviceKeyOf(before) === key ? before : undefined;
    const is = after && serviceKeyOf(after) === key ? after : undefined;
    const pods = changedPods(was, is);
    place(state, pods, (after ?? before)?.metadata.name as string, is);
    for (const pod of pods) check(state, lister, pod);
  }
}

function onPod(kept: SortedMap<ServiceEndpoints>, { key, previous, value }: WatchEvent, lister: Lister): void {
  const { namespace } = splitKey(key);
  for (const [service, state] of kept.entries()) {
    if (!state.service || splitKey(service).namespace !== namespace) continue;
    const selector = state.service.spec.selector ?? {};
    if ([previous, value].some((pod) => pod && matchesSet(selector, pod.metadata.labels))) check(state, lister, key);
  }
}

/** Whether endpoints on a node may have to say another zone, or their node has come or gone. */
function isZoneChange({ previous, value }: WatchEvent): boolean {
  return !previous || !value || previous.metadata.labels?.[ZONE_LABEL] !== value.metadata.labels?.[ZONE_LABEL];
}

function build(lister: Lister, key: string): ServiceEndpoints {
  const service = basisOf(lister.byKey<Service>('Service', key));
  const state: ServiceEndpoints = {
    service,
    groups: new SortedMap(),
    groupOf: new Map(),
    placements: new Map(),
    differing: new SortedMap(),
  };
  if (!service) return state;
  const slices = lister.byIndex<EndpointSlice>('EndpointSlice', 'service', key).filter(isInUse);
  for (const slice of slices) place(state, changedPods(undefined, slice), slice.metadata.name, slice);
  for (const pod of state.placements.keys()) check(state, lister, pod);
  for (const pod of lister.unordered<Pod>('Pod', 'namespace', splitKey(key).namespace)) {
    if (matchesSet(service.spec.selector ?? {}, pod.metadata.labels)) check(state, lister, keyOf(pod));
  }
  return state;
}

/** The cache, by key of the Service. */
export const serviceEndpointsCache: DerivedCache<ServiceEndpoints> = {
  name: 'endpoints by Service',
  follows: ['Service', 'Pod', 'Node', 'EndpointSlice'],
  build: ({ lister }, key) => build(lister, key),
  apply: (kept, change, { lister }) => {
    if (change.kind === 'Pod') onPod(kept, change, lister);
    else if (change.kind === 'EndpointSlice') onSlice(kept, change, lister);
    else if (change.kind === 'Service') {
      const state = kept.get(change.key);
      if (state && !deepEqual(state.service, basisOf(change.value as Service | undefined))) kept.delete(change.key);
    } else if (isZoneChange(change)) kept.clear();
  },
};
