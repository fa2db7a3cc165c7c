/**
 * Which objects of a kind own a Pod, or might want to: what every workload controller asks when a Pod changes.
 * Follows resolveControllerRef, addPod and updatePod of pkg/controller/replicaset/replica_set.go; daemon and statefulset are alike.
 */
import { controllerOf, joinKey, type KubeObject } from '../api/meta';
import { deepEqual } from '../api/plain';
import { matchesLabelSelector, podSelectorOf } from '../api/selector';
import type { Pod } from '../api/types';
import type { Context, WatchEvent } from './component';

/** The object of the kind that controls a child, if the cache has the very one that is meant. */
export function ownerOf<T extends KubeObject>(
  context: Context,
  kind: string,
  child: KubeObject | undefined,
): T | undefined {
  const reference = child && controllerOf(child);
  if (reference?.kind !== kind) return undefined;
  const owner = context.lister.get<T>(kind, child?.metadata.namespace, reference.name);
  return owner?.metadata.uid === reference.uid ? owner : undefined;
}

/** Keys of the objects that may want an orphan: looked for when it appears, or when its labels change. */
export function ownersFor(context: Context, kind: string, previous: Pod | undefined, pod: Pod): string[] {
  const { labels, namespace } = pod.metadata;
  if (!labels || (previous && !controllerOf(previous) && deepEqual(previous.metadata.labels, labels))) return [];
  return context.lister
    .list(kind, namespace)
    .filter((owner) => matchesLabelSelector(podSelectorOf(owner), labels))
    .map((owner) => joinKey(namespace, owner.metadata.name));
}

/** A filter of changes: those of children that an object of the kind controls, or that nobody does. */
export function concernsOwnersOf(kind: string): (actor: string, event: WatchEvent) => boolean {
  const isConcerned = (child: KubeObject | undefined): boolean =>
    child !== undefined && (controllerOf(child)?.kind ?? kind) === kind;
  return (_actor, { value, previous }) => isConcerned(value) || isConcerned(previous);
}
