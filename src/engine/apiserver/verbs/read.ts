/**
 * GET and LIST. Follows apiserver/pkg/endpoints/handlers/get.go.
 */
import type { KubeObject } from '../../api/meta';
import type { ObjectList } from '../../api/request';
import { apiVersionOf } from '../../api/scheme';
import { type Exchange, named } from '../exchange';
import { select } from '../selection';
import { asServed } from '../versions';

/** The named object. Throws 404. */
export function getObject(exchange: Exchange): KubeObject {
  return named(exchange);
}

/** The selected objects, in key order. */
export function selectedObjects({ host, info, request, options }: Exchange): KubeObject[] {
  const stored = (info.isMeasured && host.measured?.(info.id)) || host.store.list(info.id);
  const served = info.schema || info.conversion ? stored.map((object) => asServed(object, info)) : stored;
  return select(info, served, { namespace: request.namespace, ...options });
}

/** The list of the selected objects. */
export function listObjects(exchange: Exchange): ObjectList {
  const { info, host } = exchange;
  const metadata = { resourceVersion: String(host.store.revision) };
  return { apiVersion: apiVersionOf(info), kind: `${info.kind}List`, metadata, items: selectedObjects(exchange) };
}
