/**
 * Which Pods are a Job's. Follows pkg/controller/job/job_controller.go (getPodsForJob); where upstream asks an index of the
 * informer, the keys are kept up to date change by change.
 */
import { JOB_TRACKING_FINALIZER } from '../../api/job';
import { controllerOf, keyOf } from '../../api/meta';
import { matchesLabelSelector } from '../../api/selector';
import type { Job, Pod } from '../../api/types';
import { claimChildren } from '../../client/controller-ref';
import type { DerivedCache } from '../../client/derived';
import { SortedMap } from '../../client/sorted-map';
import type { JobContext } from './job-memory';
import { isTracked } from './job-pods';

/** Keys of Pods, each under the place that a function of the Pod gives; places without Pods are left out. */
type KeysByPlace = Map<string, SortedMap<true>>;

function put(keys: KeysByPlace, place: string | undefined, key: string): void {
  if (place === undefined) return;
  const there = keys.get(place);
  if (there) there.set(key, true);
  else {
    const first = new SortedMap<true>();
    first.set(key, true);
    keys.set(place, first);
  }
}

function take(keys: KeysByPlace, place: string | undefined, key: string): void {
  const there = place === undefined ? undefined : keys.get(place);
  there?.delete(key);
  if (there?.size === 0) keys.delete(place as string);
}

/** One cache of all Pods: to build one for each new Job would cost more, the more Pods are on their way. */
function podKeys(name: string, placeOf: (pod: Pod) => string | undefined): DerivedCache<KeysByPlace> {
  return {
    name,
    follows: ['Pod'],
    build: ({ lister }) => {
      const keys: KeysByPlace = new Map();
      for (const pod of lister.list<Pod>('Pod')) put(keys, placeOf(pod), keyOf(pod));
      return keys;
    },
    apply: (kept, { key, value, previous }) => {
      const keys = kept.get('');
      if (!keys) return;
      const before = previous && placeOf(previous as Pod);
      const after = value && placeOf(value as Pod);
      if (before === after) return;
      take(keys, before, key);
      put(keys, after, key);
    },
  };
}

/** By uid of the Job (and of whoever else controls Pods). */
const podsByController = podKeys('Pods by controller', (pod) => controllerOf(pod)?.uid);
/** By namespace: Pods that nobody controls. */
const orphansByNamespace = podKeys('Pods without controller', (pod) =>
  controllerOf(pod) ? undefined : (pod.metadata.namespace ?? ''),
);

function podsAt({ derived, lister }: JobContext, cache: DerivedCache<KeysByPlace>, place: string): Pod[] {
  const keys = derived.read(cache).get(place)?.keys() ?? [];
  return keys.flatMap((key) => lister.byKey<Pod>('Pod', key) ?? []);
}

/** Pods that a Job controls, in key order. */
export function podsOfJob(context: JobContext, { metadata }: Job): Pod[] {
  return podsAt(context, podsByController, metadata.uid as string);
}

/** Pods without a controller that a Job's selector matches, in key order. */
export function orphansOfJob(context: JobContext, { metadata, spec }: Job): Pod[] {
  const orphans = podsAt(context, orphansByNamespace, metadata.namespace as string);
  return orphans.filter((pod) => matchesLabelSelector(spec.selector, pod.metadata.labels));
}

/** The Job's Pods, those just adopted included. */
export function claimPods(context: JobContext, job: Job): readonly Pod[] {
  const matches = (pod: Pod): boolean => matchesLabelSelector(job.spec.selector, pod.metadata.labels);
  const claimant = {
    client: context.client,
    owner: job,
    matches: (pod: object) => matches(pod as Pod),
    finalizer: JOB_TRACKING_FINALIZER,
  };
  const { claimed, error } = claimChildren(claimant, [...podsOfJob(context, job), ...orphansOfJob(context, job)]);
  if (error) throw error;
  return claimed.map((pod) => (controllerOf(pod) || isTracked(pod) ? pod : withFinalizer(pod)));
}

function withFinalizer(pod: Pod): Pod {
  const finalizers = [...(pod.metadata.finalizers ?? []), JOB_TRACKING_FINALIZER];
  return { ...pod, metadata: { ...pod.metadata, finalizers } };
}
