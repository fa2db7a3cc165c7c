/**
 * The garbage collector's changes of objects that stay: owner references and finalizers.
 * Follows pkg/controller/garbagecollector/{patch,operations}.go: custom kinds know no strategic merge, so they are sent what stays.
 */
import type { KubeObject } from '../../api/meta';
import { kindId } from '../../api/scheme';
import type { Client } from '../../client/client';
import { ownersOf } from './ownership';

/** How the engine names the kind of an object. */
export function idOf(object: KubeObject): string {
  return kindId(object.apiVersion, object.kind);
}

/** Takes owners, by uid, out of an object's references. */
export function removeOwners(client: Client, object: KubeObject, uids: ReadonlySet<string>): KubeObject {
  const { name, namespace, uid, resourceVersion } = object.metadata;
  const id = idOf(object);
  if (client.discovery().find(id)?.schema) {
    // Custom kinds know no strategic merge: what stays is sent.
    const kept = ownersOf(object).filter((reference) => !uids.has(reference.uid));
    const body = { metadata: { resourceVersion, ownerReferences: kept } };
    return client.patch(id, namespace, name, { type: 'merge', body });
  }
  const ownerReferences = [...uids].map((ownerUid) => ({ $patch: 'delete', uid: ownerUid }));
  const body = { metadata: { uid, ownerReferences } };
  return client.patch(id, namespace, name, { type: 'strategic', body });
}

/** Two objects that own each other would wait for ever; a reference that doesn't block ends that. */
export function unblockOwners(client: Client, object: KubeObject): KubeObject {
  const { name, namespace, resourceVersion } = object.metadata;
  const ownerReferences = ownersOf(object).map((reference) => ({ ...reference, blockOwnerDeletion: false }));
  const body = { metadata: { resourceVersion, ownerReferences } };
  return client.patch(idOf(object), namespace, name, { type: 'merge', body });
}

/** Takes a finalizer away. */
export function removeFinalizer(client: Client, object: KubeObject, finalizer: string): void {
  const { name, namespace, resourceVersion, finalizers = [] } = object.metadata;
  const rest = finalizers.filter((other) => other !== finalizer);
  const body = { metadata: { resourceVersion, finalizers: rest.length > 0 ? rest : null } };
  client.patch(idOf(object), namespace, name, { type: 'merge', body });
}
