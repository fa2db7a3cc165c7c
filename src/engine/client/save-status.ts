/** Saves a workload's status. Follows the update loops of pkg/controller/{replicaset,daemon,statefulset}, which try twice. */
import type { KubeObject } from '../api/meta';
import { isReason } from '../api/status-error';
import type { Client } from './client';

/** Saves the status that `withStatus` gives an object; a lost race is tried once more on the live object. Returns it as stored. */
export function saveStatus<T extends KubeObject>(client: Client, object: T, withStatus: (object: T) => T): T {
  try {
    return client.updateStatus<T>(withStatus(object));
  } catch (error) {
    if (!isReason(error, 'Conflict')) throw error;
    const { namespace, name } = object.metadata;
    return client.updateStatus<T>(withStatus(client.get<T>(object.kind, namespace, name)));
  }
}
