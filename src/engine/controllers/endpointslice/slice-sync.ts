/**
 * One sync of a Service: from its Pods and present slices to the plan for its slices. It goes through all Pods, or, where
 * that is enough, only through those that differ from what the slices say; the plan is the same (tested).
 * Follows staging/src/k8s.io/endpointslice/reconciler.go (reconcileByAddressType) and utils.go (newEndpointSlice).
 * Hints by CPU (the annotation) are topology-cache.ts's.
 */
import { keyOf } from '../../api/meta';
import { deepEqual } from '../../api/plain';
import { matchesSet } from '../../api/selector';
import type { Endpoint, EndpointPort, EndpointSlice, Pod, Service } from '../../api/types';
import type { Context } from '../../client/component';
import { newControllerRef } from '../../client/controller-ref';
import {
  type AddressType,
  addressTypesOf,
  endpointIdentity,
  endpointPorts,
  isHeadless,
  portsKey,
  shouldPodBeInEndpoints,
} from './endpoints';
import {
  endpointOf,
  identityLabels,
  isInUse,
  podKeyOf,
  type ServiceEndpoints,
  serviceEndpointsCache,
} from './service-endpoints';
import { type PortGroup, planGroup, reuseDeleted, type SlicePlan } from './slice-plan';
import { asksForTopology } from './topology-hints';

const HEADLESS_LABEL = 'service.kubernetes.io/headless';
const DEFAULT_MAX_ENDPOINTS = 100;

/** A plan, and what went wrong on the way. */
export interface ServicePlan extends SlicePlan {
  readonly errors: readonly string[];
}

function labelsFor(service: Service): Record<string, string> {
  const { [HEADLESS_LABEL]: _reserved, ...labels } = service.metadata.labels ?? {};
  return { ...labels, ...(isHeadless(service) ? { [HEADLESS_LABEL]: '' } : {}), ...identityLabels(service) };
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

/** True for slices of this Service, and not of an earlier one of its name. */
function isOwnedBy(slice: EndpointSlice, service: Service): boolean {
  const { uid } = service.metadata;
  return slice.metadata.ownerReferences?.some((owner) => owner.uid === uid && owner.kind === 'Service') ?? false;
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
    const endpoint = endpointOf(context.lister, pod, service, addressType);
    if (endpoint && 'error' in endpoint) errors.push(endpoint.error);
    else if (endpoint) group.desired.set(endpointIdentity(endpoint), endpoint);
  }
  return groups;
}

const NEVER = (): boolean => false;

/** Goes through all Pods. */
export function planAll(context: Context, service: Service, slices: readonly EndpointSlice[]): ServicePlan {
  const { namespace } = service.metadata;
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
      isHintedApart: asksForTopology(service),
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

/** Whether a slice is the one of a Service without endpoints. */
function isPlaceholder(slice: EndpointSlice, placeholder: EndpointSlice): boolean {
  return (
    (slice.endpoints ?? []).length === 0 &&
    (slice.ports ?? []).length === 0 &&
    deepEqual(slice.metadata.labels, placeholder.metadata.labels) &&
    deepEqual(slice.metadata.ownerReferences, placeholder.metadata.ownerReferences)
  );
}

/** A Service always has a slice, if only an empty one. */
function withPlaceholder(plan: SlicePlan, slices: readonly EndpointSlice[], placeholder: EndpointSlice): SlicePlan {
  if (slices.length !== plan.delete.length || plan.create.length > 0) return plan;
  const only = plan.delete.length === 1 ? plan.delete[0] : undefined;
  if (only && isPlaceholder(only, placeholder)) return { ...plan, delete: [] };
  return { ...plan, create: [placeholder] };
}

/** Whether all slices are right but for the endpoints in them: then only Pods that differ have to be looked at. */
function areSlicesInForm(
  service: Service,
  slices: readonly EndpointSlice[],
  addressType: AddressType,
  ports: string,
): boolean {
  const labels = labelsFor(service);
  return slices.every(
    (slice) =>
      slice.addressType === addressType &&
      isOwnedBy(slice, service) &&
      portsKey(slice.ports ?? []) === ports &&
      deepEqual(slice.metadata.labels ?? {}, labels),
  );
}

/** Goes through the Pods that differ from what the slices say; undefined when that is not enough to tell. */
function planDiffering(
  context: Context,
  service: Service,
  slices: readonly EndpointSlice[],
  state: ServiceEndpoints,
): ServicePlan | undefined {
  const [addressType = 'IPv4'] = addressTypesOf(service);
  const [only, another] = state.groups.entries();
  if (!state.service || another) return undefined;
  if (!only) {
    const [slice] = slices;
    const isRight =
      slice !== undefined && slices.length === 1 && isPlaceholder(slice, newSlice(service, addressType, []));
    return isRight && slice.addressType === addressType
      ? { create: [], update: [], delete: [], errors: [] }
      : undefined;
  }
  const [portsNow, { ports }] = only;
  if (slices.length === 0 || !areSlicesInForm(service, slices, addressType, portsNow)) return undefined;
  const { differing, placements } = state;
  const pods = differing.keys().flatMap((key) => context.lister.byKey<Pod>('Pod', key) ?? []);
  const selected = pods.filter((pod) => matchesSet(service.spec.selector ?? {}, pod.metadata.labels));
  const examinedNames = new Set(
    differing.keys().flatMap((key) => (placements.get(key) ?? []).map(({ slice }) => slice)),
  );
  const errors: string[] = [];
  const group = groupPods(context, selected, service, addressType, errors).get(portsNow);
  const plan = planGroup({
    group: group ?? { ports, desired: new Map() },
    examined: slices.filter((slice) => examinedNames.has(slice.metadata.name)),
    untouched: slices.filter((slice) => !examinedNames.has(slice.metadata.name)),
    isUnchanged: ({ targetRef }) => !differing.has(podKeyOf(targetRef)),
    labels: labelsFor(service),
    maxEndpoints: maxEndpointsOf(context),
    isHintedApart: asksForTopology(service),
    newSlice: (ports) => newSlice(service, addressType, ports),
  });
  // An emptied Service gets a placeholder, and created slices may take the place of deleted ones: rare, so done in full.
  if (plan.delete.length > 0 && (plan.create.length > 0 || plan.delete.length === slices.length)) return undefined;
  return { ...plan, errors };
}

/** The plan for a Service's slices. */
export function planService(context: Context, service: Service, slices: readonly EndpointSlice[]): ServicePlan {
  const state = context.derived.read(serviceEndpointsCache, keyOf(service));
  return planDiffering(context, service, slices, state) ?? planAll(context, service, slices);
}

/** The slices of a Service that this controller manages, by name. */
export function slicesOf(context: Context, service: Service): readonly EndpointSlice[] {
  return context.lister.byIndex<EndpointSlice>('EndpointSlice', 'service', keyOf(service)).filter(isInUse);
}
