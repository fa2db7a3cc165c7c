/**
 * The part every Kubernetes object has. Objects are plain JSON data and, once stored, frozen: whoever wants a
 * change builds a new object that shares the unchanged parts.
 * Follows apimachinery/pkg/apis/meta/v1/types.go; managedFields are not stored with objects (apiserver/managed-fields.ts).
 */

/** A reference from a dependent to its owner. `uid` decides identity, not the name. */
export interface OwnerReference {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
  blockOwnerDeletion?: boolean;
}

/** metav1.ObjectMeta. Timestamps are RFC 3339 with whole seconds (`2026-01-01T00:00:00Z`). */
export interface ObjectMeta {
  name: string;
  namespace?: string;
  generateName?: string;
  uid?: string;
  resourceVersion?: string;
  generation?: number;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  deletionGracePeriodSeconds?: number;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: OwnerReference[];
  finalizers?: string[];
}

/** Any API object. Group and kind together say what it is: `kindId` in scheme.ts makes one name of both. */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
  [field: string]: unknown;
}

/** metav1.Condition and its older per-kind forms, which differ only in which times they carry. */
export interface Condition {
  type: string;
  status: 'True' | 'False' | 'Unknown';
  reason?: string;
  message?: string;
  observedGeneration?: number;
  lastTransitionTime?: string;
  lastUpdateTime?: string;
  lastProbeTime?: string | null;
  lastHeartbeatTime?: string;
}

/** The owner reference with `controller: true`, of which an object has at most one. */
export function controllerOf(object: { metadata: ObjectMeta }): OwnerReference | undefined {
  return object.metadata.ownerReferences?.find((reference) => reference.controller === true);
}

/** `namespace/name`, or `name` for cluster-scoped objects: the key used by queues and listers. */
export function keyOf(object: { metadata: ObjectMeta }): string {
  return joinKey(object.metadata.namespace, object.metadata.name);
}

/** Builds the key of {@link keyOf} from its parts. */
export function joinKey(namespace: string | undefined, name: string): string {
  return namespace ? `${namespace}/${name}` : name;
}

/** Splits the key of {@link keyOf}; `namespace` is '' for cluster-scoped objects. */
export function splitKey(key: string): { namespace: string; name: string } {
  const slash = key.indexOf('/');
  return slash < 0 ? { namespace: '', name: key } : { namespace: key.slice(0, slash), name: key.slice(slash + 1) };
}
