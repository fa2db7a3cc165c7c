/**
 * The labels by which a Pod is told to belong together with others when it has no spread constraints of its own: those
 * its Services select by, and the selector of the workload that owns it.
 * Follows plugins/helper/spread.go (DefaultSelector, GetPodServices).
 */
import { controllerOf, joinKey } from '../api/meta';
import {
  type Labels,
  type ParsedSelector,
  parsedSelector,
  type Requirement,
  requirementsHold,
  requirementsOfLabels,
  requirementsOfSelector,
} from '../api/requirements';
import { findResource } from '../api/scheme';
import type { LabelSelector, Pod, Service } from '../api/types';
import type { DerivedCache } from '../client/derived';
import type { SchedulerContext } from './memory';
import type { PodInfo } from './pod-info';

/** Workload kinds whose selector counts, as far as they are simulated. */
export const OWNER_KINDS: readonly { readonly kind: string; readonly apiVersion: string }[] = [
  { kind: 'ReplicationController', apiVersion: 'v1' },
  { kind: 'ReplicaSet', apiVersion: 'apps/v1' },
  { kind: 'StatefulSet', apiVersion: 'apps/v1' },
].filter(({ kind }) => findResource(kind));

interface ParsedService {
  readonly name: string;
  readonly requirements: readonly Requirement[];
}

/** The Services of a namespace that select Pods. */
const NAMESPACE_SERVICES: DerivedCache<readonly ParsedService[]> = {
  name: 'services by namespace',
  follows: ['Service'],
  build: ({ lister }, namespace) =>
    lister.list<Service>('Service', namespace).flatMap(({ metadata, spec }) => {
      return spec.selector ? [{ name: metadata.name, requirements: requirementsOfLabels(spec.selector) }] : [];
    }),
  apply: (kept, { key }) => {
    kept.delete(key.slice(0, key.indexOf('/')));
  },
};

const NOTHING = parsedSelector([]);

function ownerSelector(context: SchedulerContext, pod: Pod): ParsedSelector {
  const owner = controllerOf(pod);
  const isKnown =
    owner && OWNER_KINDS.some(({ kind, apiVersion }) => owner.kind === kind && owner.apiVersion === apiVersion);
  if (!isKnown) return NOTHING;
  const found = context.lister.byKey(owner.kind, joinKey(pod.metadata.namespace, owner.name));
  const source = (found?.spec as { selector?: unknown } | undefined)?.selector;
  if (!source) return NOTHING;
  const parse = (): ParsedSelector =>
    parsedSelector(
      (owner.kind === 'ReplicationController'
        ? requirementsOfLabels(source as Labels)
        : requirementsOfSelector(source as LabelSelector)) ?? [],
    );
  return context.derived.memo('owner selector', owner.uid, [source], parse);
}

/** The combined selector; without requirements when the Pod belongs to nothing. */
export function defaultSelector(context: SchedulerContext, info: PodInfo): ParsedSelector {
  const pod = context.lister.byKey<Pod>('Pod', info.key);
  const owner = pod ? ownerSelector(context, pod) : NOTHING;
  const inNamespace = context.derived.read(NAMESPACE_SERVICES, info.namespace);
  const services = inNamespace.filter((service) => requirementsHold(service.requirements, info.labels));
  if (services.length === 0) return owner;
  const parts = services.map((service) => service.requirements.map((one) => `${one.key}=${one.values[0]}`).join(','));
  return context.derived.memo('default selector', `${owner.key}|${parts.join('|')}`, [], () =>
    parsedSelector([...services.flatMap((service) => service.requirements), ...(owner.requirements ?? [])]),
  );
}
