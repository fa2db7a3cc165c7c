/**
 * Which objects of a kind own a Pod, or might want to: what every workload controller asks when a Pod changes; and how it takes Pods
 * and lets go of them. Follows resolveControllerRef, addPod and updatePod of pkg/controller/replicaset/replica_set.go; daemon and statefulset are alike.
 */
import { controllerOf, joinKey, type KubeObject, keyOf } from '../api/meta';
import { deepEqual } from '../api/plain';
import { matchesLabelSelector, podSelectorOf } from '../api/selector';
import type { Pod } from '../api/types';
import type { Context, WatchEvent } from './component';
import { type Claims, claimChildren } from './controller-ref';
import { noteWrite, type OwnWrites } from './own-writes';

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

type ClaimingContext = Context & { readonly memory: { readonly written: OwnWrites } };

/** Sorts out which of these Pods are the owner's, and says what changed hands. `why`: what speaks for adopting. Throws what is refused. */
export function claimPods(
  context: ClaimingContext,
  owner: KubeObject,
  matches: (pod: KubeObject) => boolean,
  pods: readonly Pod[],
  why: string,
): Claims<Pod> {
  const claims = claimChildren({ client: context.client, owner, matches }, pods);
  for (const version of claims.written) noteWrite(context.memory.written, keyOf(owner), version);
  const tell = (verb: string, done: string, list: readonly Pod[], reason: string): void => {
    if (list.length === 0) return;
    const names = list.map((pod) => pod.metadata.name).join(', ');
    context.say(verb, owner, `${owner.kind} ${owner.metadata.name} ${done} ${names}: ${reason}`);
  };
  tell('adopt', 'adopted', claims.adopted, why);
  tell('release', 'released', claims.released, 'its selector no longer matches their labels');
  if (claims.error) throw claims.error;
  return claims;
}
