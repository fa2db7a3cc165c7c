/**
 * Which Pods of a Service have changed since its slices were last planned, and which Service selects which Pod: caches
 * that make a sync after one Pod's change cost the same for 10 Pods and for 10,000. All of it can be found out again
 * from the lister, so it lives in `context.derived`; without it the next sync goes through all Pods, with the same result.
 * Follows staging/src/k8s.io/endpointslice/util/controller_utils.go (GetServicesToUpdate).
 */
import { isPodReady } from '../../api/conditions';
import { joinKey, keyOf } from '../../api/meta';
import { deepEqual } from '../../api/plain';
import { matchesSet } from '../../api/selector';
import type { EndpointPort, Pod, Service } from '../../api/types';
import type { Context, WatchEvent } from '../../client/component';
import type { DerivedCache } from '../../client/derived';

/** What is known of a Service whose Pods all have the same ports; `ports` is undefined while none is an endpoint. */
export interface ServicePods {
  /** As the slices were last planned for it. */
  readonly service: Service;
  readonly ports: readonly EndpointPort[] | undefined;
  /** By key of the Pod: the name of the slice that holds its endpoint. */
  readonly sliceOf: Map<string, string>;
  /** Keys of Pods that have changed since. */
  readonly dirty: Set<string>;
}

interface ServiceCache {
  /** By namespace, by name; dropped whenever a Service changes. */
  readonly services: Map<string, readonly Service[]>;
  /** By key of the Service. */
  readonly pods: Map<string, ServicePods>;
}

const NONE: readonly Service[] = [];

/** What has changed since the last sync is kept by the watch handlers, so there is nothing to apply or compare. */
const serviceCache: DerivedCache<ServiceCache> = {
  name: 'Services',
  follows: [],
  build: () => ({ services: new Map(), pods: new Map() }),
  apply: () => undefined,
  difference: () => undefined,
};

function cacheOf(context: Context): ServiceCache {
  return context.derived.read(serviceCache);
}

/** Whether endpoints are made for a Service at all. */
export function isSelecting({ spec }: Service): boolean {
  return spec.type !== 'ExternalName' && spec.selector !== undefined && Object.keys(spec.selector).length > 0;
}

/** The Services that select these labels. */
function servicesSelecting(context: Context, { metadata: { namespace = '', labels } }: Pod): readonly Service[] {
  const { services } = cacheOf(context);
  let all = services.get(namespace);
  if (!all) {
    all = context.lister.list<Service>('Service', namespace).filter(isSelecting);
    services.set(namespace, all);
  }
  return all.length === 0 ? NONE : all.filter(({ spec }) => matchesSet(spec.selector ?? {}, labels));
}

/** Takes a change of a Service into account. */
export function noteServiceChange(context: Context, event: WatchEvent): void {
  const { services, pods } = cacheOf(context);
  services.clear();
  if (!event.value) pods.delete(event.key);
}

/** Forgets what is known of one Service, or of all: the next sync goes through all Pods. */
export function forgetServicePods(context: Context, key?: string): void {
  const { pods } = cacheOf(context);
  if (key === undefined) pods.clear();
  else pods.delete(key);
}

/** What is known of a Service, if it is the very Service it was made for. */
export function servicePodsOf(context: Context, service: Service): ServicePods | undefined {
  const known = cacheOf(context).pods.get(keyOf(service));
  return known?.service.spec === service.spec && known.service.metadata.labels === service.metadata.labels
    ? known
    : undefined;
}

/** Remembers a Service's Pods after a sync that went through all of them. */
export function rememberServicePods(context: Context, state: ServicePods): void {
  cacheOf(context).pods.set(keyOf(state.service), state);
}

/** Whether a change of a Pod alters its endpoint, and whether it may alter which Services select it. */
function changeOf(before: Pod, after: Pod): { endpoint: boolean; membership: boolean } {
  const membership =
    before.spec.hostname !== after.spec.hostname ||
    before.spec.subdomain !== after.spec.subdomain ||
    (before.metadata.labels !== after.metadata.labels && !deepEqual(before.metadata.labels, after.metadata.labels));
  const endpoint =
    before.metadata.deletionTimestamp !== after.metadata.deletionTimestamp ||
    isPodReady(before) !== isPodReady(after) ||
    (before.status.podIPs !== after.status.podIPs && !deepEqual(before.status.podIPs, after.status.podIPs));
  return { endpoint, membership };
}

/** A Pod's change as it concerns Services. */
export interface PodImpact {
  /** Keys of the Services to sync. */
  readonly keys: readonly string[];
  /** Of these and of those that need no sync for it, each with the Pod as it was under the Service's selector. */
  readonly touched: readonly { readonly key: string; readonly before: Pod | undefined }[];
}

const NO_IMPACT: PodImpact = { keys: [], touched: [] };

/** Notes the Pod as changed for every Service it is or was part of, and says which of them need a sync. */
export function notePodChange(context: Context, event: WatchEvent): PodImpact {
  const before = event.previous as Pod | undefined;
  const after = event.value as Pod | undefined;
  const isNow = after ? servicesSelecting(context, after) : NONE;
  const hasSameLabels = before !== undefined && before.metadata.labels === after?.metadata.labels;
  const was = hasSameLabels ? isNow : before ? servicesSelecting(context, before) : NONE;
  if (isNow.length === 0 && was.length === 0) return NO_IMPACT;
  const all = was === isNow ? isNow : [...isNow, ...was.filter((service) => !isNow.includes(service))];
  const { pods } = cacheOf(context);
  const touched = all.map((service) => {
    const key = keyOf(service);
    pods.get(key)?.dirty.add(event.key);
    return { key, before: was.includes(service) ? before : undefined };
  });
  if (!before || !after) return { keys: touched.map(({ key }) => key), touched };
  const { endpoint, membership } = changeOf(before, after);
  if (endpoint) return { keys: touched.map(({ key }) => key), touched };
  if (!membership) return { keys: [], touched };
  const differing = all.filter((service) => isNow.includes(service) !== was.includes(service));
  return { keys: differing.map(keyOf), touched };
}

/** The key of the Pod behind an endpoint. */
export function podKeyOf(targetRef: { readonly namespace?: string; readonly name?: string } | undefined): string {
  return joinKey(targetRef?.namespace, targetRef?.name ?? '');
}
