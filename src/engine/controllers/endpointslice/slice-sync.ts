/**
 * One sync of a Service: from its Pods and present slices to the plan for its slices. It goes through all Pods, or,
 * when it is known what changed since the last time, only through those; the plan is the same (tested).
 * Follows staging/src/k8s.io/endpointslice/reconciler.go (reconcileByAddressType) and utils.go (newEndpointSlice).
 * Topology-aware hints (the annotation) are left out.
 */
import { joinKey, keyOf } from '../../api/meta';
import { deepEqual } from '../../api/plain';
import { matchesSet } from '../../api/selector';
import type { Endpoint, EndpointPort, EndpointSlice, Node, Pod, Service } from '../../api/types';
import type { Context } from '../../client/component';
import { newControllerRef } from '../../client/controller-ref';
import {
  type AddressType,
  addressTypesOf,
  endpointIdentity,
  endpointPorts,
  isHeadless,
  podToEndpoint,
  portsKey,
  shouldPodBeInEndpoints,
} from './endpoints';
import { forgetServicePods, podKeyOf, rememberServicePods, type ServicePods, servicePodsOf } from './service-pods';
import { type PortGroup, planGroup, reuseDeleted, type SlicePlan } from './slice-plan';

const SERVICE_NAME_LABEL = 'kubernetes.io/service-name';
const MANAGED_BY_LABEL = 'endpointslice.kubernetes.io/managed-by';
const HEADLESS_LABEL = 'service.kubernetes.io/headless';
const ZONE_LABEL = 'topology.kubernetes.io/zone';
/** Who says that a slice is this controller's. */
const MANAGED_BY = 'endpointslice-controller.k8s.io';

const RESERVED_LABELS: ReadonlySet<string> = new Set([SERVICE_NAME_LABEL, MANAGED_BY_LABEL, HEADLESS_LABEL]);
const DEFAULT_MAX_ENDPOINTS = 100;

/** A plan, and what went wrong on the way. */
export interface ServicePlan extends SlicePlan {
  readonly errors: readonly string[];
}

/** Whether a slice is this controller's. */
export function isManaged({ metadata }: { metadata: EndpointSlice['metadata'] }): boolean {
  return metadata.labels?.[MANAGED_BY_LABEL] === MANAGED_BY;
}

/** The key of the Service a slice belongs to. */
export function serviceKeyOf({ metadata }: { metadata: EndpointSlice['metadata'] }): string {
  return joinKey(metadata.namespace, metadata.labels?.[SERVICE_NAME_LABEL] ?? '');
}

function labelsFor(service: Service): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const [key, value] of Object.entries(service.metadata.labels ?? {})) {
    if (!RESERVED_LABELS.has(key)) labels[key] = value;
  }
  if (isHeadless(service)) labels[HEADLESS_LABEL] = '';
  labels[SERVICE_NAME_LABEL] = service.metadata.name;
  labels[MANAGED_BY_LABEL] = MANAGED_BY;
  return labels;
}

function newSlice(service: Service, addressType: AddressType, ports: readonly EndpointPort[]): EndpointSlice {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: '',
      generateName: `${service.metadata.name}-`,
      namespace: service.metadata.namespace,
      labels: labelsFor(service),
      ownerReferences: [newControllerRef(service)],
    },
    addressType,
    endpoints: [],
    ports: [...ports],
  };
}

/** Whether endpoints on a node may have to say another zone, or their node has come or gone. */
export function isZoneChange(before: Node | undefined, after: Node | undefined): boolean {
  return !before || !after || before.metadata.labels?.[ZONE_LABEL] !== after.metadata.labels?.[ZONE_LABEL];
}

/** True for slices of this Service, and not of an earlier one of its name. */
function isOwnedBy(slice: EndpointSlice, service: Service): boolean {
  const { uid } = service.metadata;
  return slice.metadata.ownerReferences?.some((owner) => owner.uid === uid && owner.kind === 'Service') ?? false;
}

/** A Pod's endpoint, or why it must not have one. */
function endpointOf(
  context: Context,
  pod: Pod,
  service: Service,
  addressType: AddressType,
): Endpoint | { readonly error: string } | undefined {
  const { nodeName = '' } = pod.spec;
  const node = context.lister.get<Node>('Node', undefined, nodeName);
  if (!node && !service.spec.publishNotReadyAddresses) {
    const name = `${service.metadata.namespace}/${service.metadata.name}`;
    return { error: `skipping Pod ${pod.metadata.name} for Service ${name}: Node ${nodeName} Not Found` };
  }
  return podToEndpoint(pod, node?.metadata.labels?.[ZONE_LABEL], service, addressType);
}

function maxEndpointsOf(context: Context): number {
  const flag = Number(context.flag('max-endpoints-per-slice'));
  return Number.isInteger(flag) && flag > 0 ? flag : DEFAULT_MAX_ENDPOINTS;
}

/** Sorts the endpoints of these Pods into groups by their ports. */
function groupPods(
  context: Context,
  pods: readonly Pod[],
  service: Service,
  addressType: AddressType,
  errors: string[],
): Map<string, PortGroup> {
  const groups = new Map<string, PortGroup>();
  for (const pod of pods) {
    if (!shouldPodBeInEndpoints(pod)) continue;
    const ports = endpointPorts(service, pod);
    const key = portsKey(ports);
    const group = groups.get(key) ?? { ports, desired: new Map<string, Endpoint>() };
    groups.set(key, group);
    const endpoint = endpointOf(context, pod, service, addressType);
    if (endpoint && 'error' in endpoint) errors.push(endpoint.error);
    else if (endpoint) group.desired.set(endpointIdentity(endpoint), endpoint);
  }
  return groups;
}

const NEVER = (): boolean => false;

/** Goes through all Pods. */
function planAll(context: Context, service: Service, slices: readonly EndpointSlice[]): ServicePlan {
  const { namespace } = service.metadata;
  forgetServicePods(context, keyOf(service));
  const selector = service.spec.selector ?? {};
  const pods = context.lister.list<Pod>('Pod', namespace).filter((pod) => matchesSet(selector, pod.metadata.labels));
  const types = addressTypesOf(service);
  const errors: string[] = [];
  const plan: SlicePlan = { create: [], update: [], delete: [] };
  for (const slice of slices) if (!types.includes(slice.addressType as AddressType)) plan.delete.push(slice);
  for (const addressType of types) {
    const groups = groupPods(context, pods, service, addressType, errors);
    const present = slices.filter((slice) => slice.addressType === addressType);
    const part = planFamily(context, service, addressType, groups, present);
    plan.create.push(...part.create);
    plan.update.push(...part.update);
    plan.delete.push(...part.delete);
    if (types.length === 1 && groups.size <= 1) remember(context, service, [...groups.values()][0]?.ports);
  }
  return { ...plan, errors };
}

function planFamily(
  context: Context,
  service: Service,
  addressType: AddressType,
  groups: ReadonlyMap<string, PortGroup>,
  slices: readonly EndpointSlice[],
): SlicePlan {
  const plan: SlicePlan = { create: [], update: [], delete: [] };
  const byPorts = new Map<string, EndpointSlice[]>();
  for (const slice of slices) {
    const key = portsKey(slice.ports ?? []);
    if (!isOwnedBy(slice, service)) plan.delete.push(slice);
    else byPorts.set(key, [...(byPorts.get(key) ?? []), slice]);
  }
  for (const [key, group] of groups) {
    const part = planGroup({
      group,
      examined: byPorts.get(key) ?? [],
      untouched: [],
      isUnchanged: NEVER,
      labels: labelsFor(service),
      maxEndpoints: maxEndpointsOf(context),
      newSlice: (ports) => newSlice(service, addressType, ports),
    });
    plan.create.push(...part.create);
    plan.update.push(...part.update);
    plan.delete.push(...part.delete);
  }
  for (const [key, present] of byPorts) if (!groups.has(key)) plan.delete.push(...present);
  return reuseDeleted(withPlaceholder(plan, slices, newSlice(service, addressType, [])), (slice) =>
    isOwnedBy(slice, service),
  );
}

/** A Service always has a slice, if only an empty one. */
function withPlaceholder(plan: SlicePlan, slices: readonly EndpointSlice[], placeholder: EndpointSlice): SlicePlan {
  if (slices.length !== plan.delete.length || plan.create.length > 0) return plan;
  const only = plan.delete.length === 1 ? plan.delete[0] : undefined;
  const isPlaceholder =
    only !== undefined &&
    (only.endpoints ?? []).length === 0 &&
    (only.ports ?? []).length === 0 &&
    deepEqual(only.metadata.labels, placeholder.metadata.labels) &&
    deepEqual(only.metadata.ownerReferences, placeholder.metadata.ownerReferences);
  return isPlaceholder ? { ...plan, delete: [] } : { ...plan, create: [placeholder] };
}

/** Goes through the Pods that changed; undefined when that is not enough to tell. */
function planDirty(
  context: Context,
  service: Service,
  slices: readonly EndpointSlice[],
  known: ServicePods,
): ServicePlan | undefined {
  const errors: string[] = [];
  const pods: Pod[] = [];
  const examinedNames = new Set<string>();
  for (const key of [...known.dirty].sort()) {
    const pod = context.lister.byKey<Pod>('Pod', key);
    if (pod && matchesSet(service.spec.selector ?? {}, pod.metadata.labels)) pods.push(pod);
    const name = known.sliceOf.get(key);
    if (name) examinedNames.add(name);
  }
  const [addressType] = addressTypesOf(service);
  const groups = groupPods(context, pods, service, addressType as AddressType, errors);
  const ports = known.ports ?? [];
  const portsNow = known.ports && portsKey(ports);
  for (const key of groups.keys()) if (key !== portsNow) return undefined;
  const group = groups.get(portsNow ?? '') ?? { ports, desired: new Map() };
  const examined = slices.filter((slice) => examinedNames.has(slice.metadata.name));
  if (examined.length !== examinedNames.size) return undefined;
  const plan = planGroup({
    group,
    examined,
    untouched: slices.filter((slice) => !examinedNames.has(slice.metadata.name)),
    isUnchanged: (endpoint) => !known.dirty.has(podKeyOf(endpoint.targetRef)),
    labels: labelsFor(service),
    maxEndpoints: maxEndpointsOf(context),
    newSlice: (ports) => newSlice(service, addressType as AddressType, ports),
  });
  // An emptied Service gets a placeholder, and created slices may take the place of deleted ones: rare, so done in full.
  if (plan.delete.length > 0 && (plan.create.length > 0 || plan.delete.length === slices.length)) return undefined;
  return { ...plan, errors };
}

function remember(context: Context, service: Service, ports: readonly EndpointPort[] | undefined): void {
  rememberServicePods(context, { service, ports, sliceOf: new Map(), dirty: new Set() });
}

/**
 * Ends a sync: notes in which slices the endpoints are now, and that no Pod has changed since. After a sync through all
 * Pods nothing is known of places yet, so all slices say; else those that were written do.
 */
export function settle(
  context: Context,
  service: Service,
  all: readonly EndpointSlice[],
  written: readonly EndpointSlice[],
): void {
  const known = servicePodsOf(context, service);
  if (!known) return;
  for (const key of known.dirty) {
    const pod = context.lister.byKey<Pod>('Pod', key);
    const isEndpoint =
      pod && shouldPodBeInEndpoints(pod) && matchesSet(service.spec.selector ?? {}, pod.metadata.labels);
    if (!isEndpoint) known.sliceOf.delete(key);
  }
  for (const { metadata, endpoints } of known.sliceOf.size === 0 ? all : written) {
    for (const { targetRef } of endpoints ?? []) known.sliceOf.set(podKeyOf(targetRef), metadata.name);
  }
  known.dirty.clear();
}

/** The plan for a Service's slices. */
export function planService(context: Context, service: Service, slices: readonly EndpointSlice[]): ServicePlan {
  const known = servicePodsOf(context, service);
  const partial = known && planDirty(context, service, slices, known);
  return partial ?? planAll(context, service, slices);
}

/** The slices of a Service that this controller manages, by name. */
export function slicesOf(context: Context, service: Service): readonly EndpointSlice[] {
  return context.lister
    .byIndex<EndpointSlice>('EndpointSlice', 'service', keyOf(service))
    .filter((slice) => isManaged(slice) && slice.metadata.deletionTimestamp === undefined);
}
