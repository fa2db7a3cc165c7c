/**
 * Which Services a change of a Pod concerns.
 * Follows staging/src/k8s.io/endpointslice/util/controller_utils.go (GetServicesToUpdate).
 */
import { isPodReady } from '../../api/conditions';
import { keyOf, splitKey } from '../../api/meta';
import { deepEqual } from '../../api/plain';
import { matchesSet } from '../../api/selector';
import type { Pod, Service } from '../../api/types';
import type { Context, WatchEvent } from '../../client/component';
import type { DerivedCache } from '../../client/derived';
import { isSelecting } from './service-endpoints';

const NONE: readonly Service[] = [];

/** The Services of a namespace that have endpoints, in key order. */
const servicesCache: DerivedCache<readonly Service[]> = {
  name: 'Services by namespace',
  follows: ['Service'],
  build: ({ lister }, namespace) => lister.list<Service>('Service', namespace).filter(isSelecting),
  apply: (kept, { key }) => {
    kept.delete(splitKey(key).namespace);
  },
};

/** The Services that select these labels. */
function servicesSelecting(context: Context, { metadata: { namespace = '', labels } }: Pod): readonly Service[] {
  const all = context.derived.read(servicesCache, namespace);
  return all.length === 0 ? NONE : all.filter(({ spec }) => matchesSet(spec.selector ?? {}, labels));
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

/** Which Services the Pod is or was part of, and which of them need a sync. */
export function impactOf(context: Context, event: WatchEvent): PodImpact {
  const before = event.previous as Pod | undefined;
  const after = event.value as Pod | undefined;
  const isNow = after ? servicesSelecting(context, after) : NONE;
  const hasSameLabels = before !== undefined && before.metadata.labels === after?.metadata.labels;
  const was = hasSameLabels ? isNow : before ? servicesSelecting(context, before) : NONE;
  if (isNow.length === 0 && was.length === 0) return NO_IMPACT;
  const all = was === isNow ? isNow : [...isNow, ...was.filter((service) => !isNow.includes(service))];
  const touched = all.map((service) => ({ key: keyOf(service), before: was.includes(service) ? before : undefined }));
  if (!before || !after) return { keys: touched.map(({ key }) => key), touched };
  const { endpoint, membership } = changeOf(before, after);
  if (endpoint) return { keys: touched.map(({ key }) => key), touched };
  if (!membership) return { keys: [], touched };
  const differing = all.filter((service) => isNow.includes(service) !== was.includes(service));
  return { keys: differing.map(keyOf), touched };
}
