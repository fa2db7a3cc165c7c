/**
 * What etcd holds before the first step: the roles and bindings of the bootstrap policy, the APIServices, and the Leases of the processes that lead. They stand
 * at revision 0 and are written by no step, so that runs that never look at them are not made longer by them.
 * Follows pkg/registry/rbac/rest/storage_rbac.go (PostStartHook).
 */
import { firstApiServices } from '../api/api-services';
import { type KubeObject, keyOf } from '../api/meta';
import { deepFreeze } from '../api/plain';
import { bootstrapPolicy } from '../api/rbac/bootstrap-policy';
import { formatTimestamp, parseTimestamp } from '../api/timestamp';
import { randomUid } from '../apiserver/object-meta';
import { Random } from '../kernel/random';
import type { Foundation } from '../store/store';

/** The revision they claim; nothing older is ever asked for. */
const REVISION = '1';

/**
 * @param startTime when the cluster was made, RFC 3339
 * @param others what stands beside the policy
 * @param hasMetrics whether a metrics server serves its group
 */
export function createFoundation(
  startTime: string,
  others: readonly KubeObject[] = [],
  hasMetrics = false,
): Foundation<KubeObject> {
  const now = formatTimestamp(parseTimestamp(startTime));
  const byKind = new Map<string, Map<string, KubeObject>>();
  for (const object of [...bootstrapPolicy(), ...firstApiServices(now, hasMetrics), ...others]) {
    const key = keyOf(object);
    const uid = randomUid(Random.split(0, `${object.kind} ${key}`));
    const metadata = { ...object.metadata, uid, resourceVersion: REVISION, creationTimestamp: now };
    const values = byKind.get(object.kind) ?? new Map<string, KubeObject>();
    byKind.set(object.kind, values.set(key, deepFreeze({ ...object, metadata })));
  }
  return byKind;
}
