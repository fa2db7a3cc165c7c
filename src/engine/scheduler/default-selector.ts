/**
 * The labels by which a Pod is told to belong together with others when it has no spread constraints of its own: those
 * its Services select by, and the selector of the workload that owns it.
 * Follows plugins/helper/spread.go (DefaultSelector, GetPodServices).
 */
import { controllerOf, joinKey } from '../api/meta';
import { findResource } from '../api/scheme';
import type { LabelSelector, Service } from '../api/types';
import type { Lister } from '../client/client';
import type { PodInfo } from './pod-info';
import {
  type Labels,
  type ParsedSelector,
  parsedSelector,
  type Requirement,
  requirementsHold,
  requirementsOfLabels,
  requirementsOfSelector,
} from './requirements';

/** Workload kinds whose selector counts, as far as they are simulated. */
export const OWNER_KINDS: readonly string[] = ['ReplicationController', 'ReplicaSet', 'StatefulSet'].filter((kind) =>
  findResource(kind),
);

interface ParsedOwner {
  readonly source: unknown;
  readonly selector: ParsedSelector;
}

interface ParsedService {
  readonly name: string;
  readonly requirements: readonly Requirement[];
}

/** Parsed selectors; all of it can be made anew at any time. */
export interface SelectorCache {
  /** By owner uid; valid while the owner's selector is that very object. */
  readonly owners: Map<string, ParsedOwner>;
  /** By namespace; dropped when a Service there changes. */
  readonly services: Map<string, readonly ParsedService[]>;
  /** Combinations, by what they combine. */
  readonly combined: Map<string, ParsedSelector>;
}

const MAX_CACHED = 1000;
const NOTHING = parsedSelector([]);

/** An empty cache. */
export function newSelectorCache(): SelectorCache {
  return { owners: new Map(), services: new Map(), combined: new Map() };
}

function bounded<V>(cache: Map<string, V>, key: string, value: V): V {
  if (cache.size >= MAX_CACHED) cache.clear();
  cache.set(key, value);
  return value;
}

function ownerSelector(pod: PodInfo, lister: Lister, cache: SelectorCache): ParsedSelector {
  const owner = controllerOf(pod.pod);
  if (!owner || !OWNER_KINDS.includes(owner.kind)) return NOTHING;
  const spec = lister.byKey(owner.kind, joinKey(pod.namespace, owner.name))?.spec as { selector?: unknown } | undefined;
  const source = spec?.selector;
  if (!source) return NOTHING;
  const known = cache.owners.get(owner.uid);
  if (known?.source === source) return known.selector;
  const isMap = owner.kind === 'ReplicationController';
  const requirements = isMap ? requirementsOfLabels(source as Labels) : requirementsOfSelector(source as LabelSelector);
  return bounded(cache.owners, owner.uid, { source, selector: parsedSelector(requirements ?? []) }).selector;
}

function servicesOf(namespace: string, lister: Lister, cache: SelectorCache): readonly ParsedService[] {
  const known = cache.services.get(namespace);
  if (known) return known;
  const services: ParsedService[] = [];
  for (const service of lister.list<Service>('Service', namespace)) {
    const { selector } = service.spec;
    if (selector) services.push({ name: service.metadata.name, requirements: requirementsOfLabels(selector) });
  }
  return bounded(cache.services, namespace, services);
}

/** The combined selector; without requirements when the Pod belongs to nothing. */
export function defaultSelector(pod: PodInfo, lister: Lister, cache: SelectorCache): ParsedSelector {
  const owner = ownerSelector(pod, lister, cache);
  let services: ParsedService[] | undefined;
  for (const service of servicesOf(pod.namespace, lister, cache)) {
    if (!requirementsHold(service.requirements, pod.labels)) continue;
    services ??= [];
    services.push(service);
  }
  if (!services) return owner;
  const parts = services.map((service) => service.requirements.map((one) => `${one.key}=${one.values[0]}`).join(','));
  const key = `${owner.key}|${parts.join('|')}`;
  const known = cache.combined.get(key);
  if (known) return known;
  const all = [...services.flatMap((service) => service.requirements), ...(owner.requirements ?? [])];
  return bounded(cache.combined, key, parsedSelector(all));
}
