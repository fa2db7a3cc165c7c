/**
 * DELETE of one object and of a collection. Follows apiserver/pkg/endpoints/handlers/delete.go.
 */
import { joinKey, type KubeObject, keyOf } from '../../api/meta';
import type { ObjectList } from '../../api/request';
import { apiVersionOf } from '../../api/scheme';
import type { DeleteOptions } from '../../client/client';
import { pluginsFor } from '../admission/registry';
import { commit, contextOf, type Exchange, named } from '../exchange';
import { deleteObject } from './deletion';
import { selectedObjects } from './read';

/** Deletes the named object and returns it as it was left: gone, or marked with deletionTimestamp. */
export function deleteNamed(exchange: Exchange): KubeObject {
  return deleteStored(exchange, named(exchange), (exchange.request.body ?? {}) as DeleteOptions);
}

/** Deletes what is selected, each as if it had been named. */
export function deleteCollection(exchange: Exchange): ObjectList {
  const { info, host, request } = exchange;
  const options = (request.body ?? {}) as DeleteOptions;
  const items = selectedObjects(exchange).map((object) => deleteStored(exchange, object, options));
  const metadata = { resourceVersion: String(host.store.revision) };
  return { apiVersion: apiVersionOf(info), kind: `${info.kind}List`, metadata, items };
}

/** Deletes an object that is stored. */
export function deleteStored(exchange: Exchange, old: KubeObject, options: DeleteOptions): KubeObject {
  const { info, host } = exchange;
  const context = contextOf(exchange, 'DELETE');
  for (const plugin of pluginsFor(info)) plugin.validate?.(old, old, context);
  const { value, marked } = deleteObject(old, info, info.strategy, options, host);
  if (exchange.options.dryRun) return value ?? old;
  if (value === old) return old;
  if (marked) commit(exchange, marked, 'delete');
  const resourceVersion = String(host.store.revision + 1);
  const left = value && { ...value, metadata: { ...value.metadata, resourceVersion } };
  const { namespace, name } = old.metadata;
  const key = info.namespaced ? joinKey(namespace, name) : keyOf(old);
  return host.commit(info.id, key, left, left ? 'update' : 'delete').value ?? old;
}
