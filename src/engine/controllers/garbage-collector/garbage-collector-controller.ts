/**
 * The garbage collector: deletes objects whose owners are all gone, and carries out foreground and orphan deletions.
 * Follows pkg/controller/garbagecollector. Reads every kind but Events; writes only deletions, finalizers and owner references.
 * The graph is not kept: the informers' index by owner uid is it. Owners are looked up live, so the virtual nodes that stand for
 * unseen ones are left out, and the cache of absent owners is asked only where an owner's kind has gone with it.
 */
import { FOREGROUND_FINALIZER, ORPHAN_FINALIZER } from '../../api/finalizers';
import type { KindDefinition } from '../../api/kinds/definition';
import { type KubeObject, keyOf, type OwnerReference, splitKey } from '../../api/meta';
import { RESOURCES } from '../../api/scheme';
import { isReason } from '../../api/status-error';
import type { PropagationPolicy } from '../../client/client';
import { type Component, type Context, CUSTOM_KINDS, type WatchEvent } from '../../client/component';
import { type ControllerMemory, defineController, enqueueKey, type Result } from '../../client/controller';
import { idOf, removeFinalizer, removeOwners, unblockOwners } from './object-changes';
import {
  concernsOwnership,
  isBlocking,
  isDeletingWith,
  namespaceOfOwner,
  type OwnersByState,
  ownerChanges,
  ownersOf,
  rememberAbsent,
  startsDeletingWith,
} from './ownership';

interface GarbageMemory extends ControllerMemory {
  /**
   * One dependent known to block, by uid of the owner that is deleted in the foreground: while it is there, the going
   * of another needs no look at all of them.
   */
  readonly blockers: Map<string, { readonly kind: string; readonly key: string }>;
  /** Owners of something that were seen to go, the latest last: upstream's absentOwnerCache. */
  readonly absentOwners: Set<string>;
  /** What caused the work at hand, and so what it leads to. */
  cause: number | null;
}
type GarbageContext = Context<GarbageMemory>;

const KINDS: readonly string[] = RESOURCES.map((info) => info.id).filter((id) => id !== 'Event');
const WATCHED: readonly string[] = [...KINDS, CUSTOM_KINDS];

const controller = defineController<GarbageMemory>({
  name: 'garbage-collector-controller',
  for: 'Pod',
  memory: () => ({ blockers: new Map(), absentOwners: new Set(), cause: null }),
  reconcile,
});

/** The garbage collector. Its queue holds `delete Pod default/web-0 <uid>` and `orphan …`. */
export const garbageCollectorController: Component<GarbageMemory> = {
  ...controller,
  watches: WATCHED.map((kind) => ({ kind, on: observe, filter: (_actor, event) => concerns(event) })),
  wakes: KINDS.map((kind) => ({ kind, relation: 'watches' as const })),
  handle: (context, timer) => {
    context.memory.cause = timer.cause;
    controller.handle(context, timer);
  },
};

function concerns(event: WatchEvent): boolean {
  return concernsOwnership(event.previous, event.value);
}

function add(context: GarbageContext, action: 'delete' | 'orphan', object: KubeObject, cause: number | null): void {
  enqueueKey(context, `${action} ${idOf(object)} ${keyOf(object)} ${object.metadata.uid}`, cause);
}

/** The kind that an owner reference names, or undefined when the cluster doesn't know it. */
function resourceOfOwner(context: GarbageContext, { apiVersion, kind }: OwnerReference): KindDefinition | undefined {
  return context.client.discovery().findKind(apiVersion, kind);
}

function dependentsOf(context: GarbageContext, uid: string): KubeObject[] {
  const kinds = context.client.discovery().preferred.filter(({ id, isReview }) => id !== 'Event' && !isReview);
  return kinds.flatMap(({ id }) => context.lister.byIndex(id, 'owner', uid));
}

function observe(context: GarbageContext, event: WatchEvent): void {
  const { previous, value, step } = event;
  if (!value) {
    if (previous) observeDeletion(context, previous, step);
    return;
  }
  const { added, unblocked } = previous ? ownerChanges(previous, value) : { added: ownersOf(value), unblocked: [] };
  checkOwners(context, value, added, step);
  for (const reference of unblocked) {
    const owner = cachedOwner(context, value, reference);
    if (owner) add(context, 'delete', owner, step);
  }
  if (startsDeletingWith(previous, value, ORPHAN_FINALIZER)) add(context, 'orphan', value, step);
  else if (startsDeletingWith(previous, value, FOREGROUND_FINALIZER)) {
    for (const dependent of dependentsOf(context, value.metadata.uid as string))
      add(context, 'delete', dependent, step);
    add(context, 'delete', value, step);
  }
}

function observeDeletion(context: GarbageContext, object: KubeObject, step: number): void {
  const dependents = dependentsOf(context, object.metadata.uid as string);
  if (dependents.length > 0) rememberAbsent(context.memory.absentOwners, object.metadata.uid as string);
  for (const dependent of dependents) add(context, 'delete', dependent, step);
  for (const reference of ownersOf(object)) {
    const owner = cachedOwner(context, object, reference);
    if (!owner || !isDeletingWith(owner, FOREGROUND_FINALIZER)) continue;
    if (!isStillBlocked(context, reference.uid)) add(context, 'delete', owner, step);
  }
}

function isStillBlocked(context: GarbageContext, ownerUid: string): boolean {
  const blocker = context.memory.blockers.get(ownerUid);
  const dependent = blocker && context.lister.byKey(blocker.kind, blocker.key);
  return dependent !== undefined && isBlocking(dependent, ownerUid);
}

function cachedOwner(
  context: GarbageContext,
  dependent: KubeObject,
  reference: OwnerReference,
): KubeObject | undefined {
  const info = resourceOfOwner(context, reference);
  if (!info || info.id === 'Event') return undefined;
  const owner = context.lister.get(info.id, namespaceOfOwner(info, dependent), reference.name);
  return owner?.metadata.uid === reference.uid ? owner : undefined;
}

/** Has an object looked at when one of its new owners isn't where it should be. */
function checkOwners(
  context: GarbageContext,
  object: KubeObject,
  references: readonly OwnerReference[],
  step: number,
): void {
  const missing = references.filter((reference) => !cachedOwner(context, object, reference));
  for (const reference of missing) reportForeignOwner(context, object, reference);
  if (missing.length > 0) add(context, 'delete', object, step);
}

/** Warns when the owner does exist, but in another namespace, where it can't own this object. */
function reportForeignOwner(context: GarbageContext, object: KubeObject, reference: OwnerReference): void {
  const info = resourceOfOwner(context, reference);
  if (!info?.namespaced || info.id === 'Event') return;
  const { namespace = '' } = object.metadata;
  const owner = context.lister.list(info.id).find((other) => other.metadata.uid === reference.uid);
  if (!owner || owner.metadata.namespace === namespace) return;
  const { apiVersion, kind, name, uid } = reference;
  const identity = `[${apiVersion}/${kind}, namespace: ${namespace}, name: ${name}, uid: ${uid}]`;
  const message = `ownerRef ${identity} does not exist in namespace "${namespace}"`;
  context.events.record(object, 'Warning', 'OwnerRefInvalidNamespace', message);
}

function reconcile(context: GarbageContext, item: string): Result {
  const [action, kind = '', key = '', uid] = item.split(' ');
  const { namespace, name } = splitKey(key);
  const latest = context.client.find(kind, namespace, name);
  if (!latest || latest.metadata.uid !== uid) return undefined;
  return action === 'orphan' ? orphanDependents(context, latest) : attemptToDelete(context, latest);
}

function attemptToDelete(context: GarbageContext, object: KubeObject): Result {
  if (isDeletingWith(object, FOREGROUND_FINALIZER)) return processDeletingDependents(context, object);
  if (object.metadata.deletionTimestamp || ownersOf(object).length === 0) return undefined;
  const owners = classifyOwners(context, object);
  if (!owners) return undefined;
  if ('error' in owners) return owners;
  if (owners.solid.length > 0) return dropLostOwners(context, object, owners);
  const dependents = owners.waiting.length > 0 ? dependentsOf(context, object.metadata.uid as string) : [];
  if (dependents.length > 0) deleteInForeground(context, object, owners, dependents);
  else deleteObject(context, object, owners, policyOf(object));
  return undefined;
}

/** Looks every owner up live. Undefined when the object refers to an owner that it can't have. */
function classifyOwners(context: GarbageContext, object: KubeObject): OwnersByState | { error: string } | undefined {
  const owners: Record<keyof OwnersByState, OwnerReference[]> = { solid: [], dangling: [], waiting: [] };
  for (const reference of ownersOf(object)) {
    const info = resourceOfOwner(context, reference);
    if (!info) {
      const mapping = `${reference.apiVersion}/${reference.kind}`;
      if (!context.memory.absentOwners.has(reference.uid))
        return { error: `unable to get REST mapping for ${mapping}.` };
      owners.dangling.push(reference);
      continue;
    }
    if (info.namespaced && !object.metadata.namespace) return undefined;
    const owner = context.client.find(info.id, namespaceOfOwner(info, object), reference.name);
    if (owner?.metadata.uid !== reference.uid) owners.dangling.push(reference);
    else if (owner && isDeletingWith(owner, FOREGROUND_FINALIZER)) owners.waiting.push(reference);
    else owners.solid.push(reference);
  }
  return owners;
}

function named(references: readonly OwnerReference[]): string {
  return references.map(({ kind, name }) => `${kind} ${name}`).join(', ');
}

function nameOf(object: KubeObject): string {
  return `${object.kind} ${object.metadata.name}`;
}

/** An object with an owner that stays only loses the references to the others. */
function dropLostOwners(context: GarbageContext, object: KubeObject, owners: OwnersByState): Result {
  const lost = [...owners.dangling, ...owners.waiting];
  if (lost.length === 0) return undefined;
  removeOwners(context.client, object, new Set(lost.map(({ uid }) => uid)));
  const why = `${nameOf(object)} no longer refers to ${named(lost)}, but stays: ${named(owners.solid)} owns it too`;
  context.say('patch', object, why);
  return undefined;
}

function policyOf(object: KubeObject): PropagationPolicy {
  const { finalizers } = object.metadata;
  if (finalizers?.includes(ORPHAN_FINALIZER)) return 'Orphan';
  return finalizers?.includes(FOREGROUND_FINALIZER) ? 'Foreground' : 'Background';
}

/** An owner waits for this object, which has dependents itself: it must wait for them in turn. */
function deleteInForeground(
  context: GarbageContext,
  object: KubeObject,
  owners: OwnersByState,
  dependents: readonly KubeObject[],
): void {
  const mayBeCircle = dependents.some((dependent) => isDeletingWith(dependent, FOREGROUND_FINALIZER));
  const latest = mayBeCircle ? unblockOwners(context.client, object) : object;
  deleteObject(context, latest, owners, 'Foreground');
}

function deleteObject(
  context: GarbageContext,
  object: KubeObject,
  owners: OwnersByState,
  propagationPolicy: PropagationPolicy,
): void {
  const { name, namespace, uid, resourceVersion } = object.metadata;
  try {
    context.client.delete(idOf(object), namespace, name, {
      propagationPolicy,
      preconditions: { uid, resourceVersion },
    });
  } catch (error) {
    if (isReason(error, 'NotFound')) return;
    throw error;
  }
  const why =
    owners.waiting.length > 0
      ? `${named(owners.waiting)} is deleted in the foreground and waits for its dependents to go first`
      : `its owner ${named(owners.dangling)} does not exist any more`;
  const how = propagationPolicy === 'Foreground' ? ', in the foreground too, as it has dependents itself' : '';
  context.say('delete', object, `Deleted ${nameOf(object)}: ${why}${how}`);
  context.attach({ propagationPolicy, owners });
}

/** Lets an object go once nothing that blocks it is left; else has what blocks it deleted. */
function processDeletingDependents(context: GarbageContext, object: KubeObject): Result {
  const uid = object.metadata.uid as string;
  const blocking = dependentsOf(context, uid).filter((dependent) => isBlocking(dependent, uid));
  const last = blocking.at(-1);
  if (!last) {
    context.memory.blockers.delete(uid);
    removeFinalizer(context.client, object, FOREGROUND_FINALIZER);
    const why = `Removed the finalizer ${FOREGROUND_FINALIZER} from ${nameOf(object)}: no dependent holds it back any more`;
    context.say('patch', object, why);
    return undefined;
  }
  context.memory.blockers.set(uid, { kind: idOf(last), key: keyOf(last) });
  for (const dependent of blocking) {
    // Upstream tries those being deleted too, and then leaves them alone.
    if (!dependent.metadata.deletionTimestamp) add(context, 'delete', dependent, context.memory.cause);
  }
  return undefined;
}

/** Takes an object out of its dependents' owner references, then lets it go. */
function orphanDependents(context: GarbageContext, owner: KubeObject): Result {
  const uid = owner.metadata.uid as string;
  const dependents = dependentsOf(context, uid);
  for (const dependent of dependents) {
    try {
      removeOwners(context.client, dependent, new Set([uid]));
    } catch (error) {
      if (!isReason(error, 'NotFound')) throw error;
    }
  }
  if (owner.metadata.finalizers?.includes(ORPHAN_FINALIZER)) removeFinalizer(context.client, owner, ORPHAN_FINALIZER);
  const count = dependents.length === 1 ? '1 dependent' : `${dependents.length} dependents`;
  const what = `Orphaned ${count} of ${nameOf(owner)}: removed it from their owner references, then its finalizer orphan`;
  context.say('orphan', owner, what);
  return undefined;
}
