/** A client that remembers the first object it wrote, by which a step can be named. */
import type { KubeObject } from '../engine/api/meta';
import type { Client } from '../engine/client/client';
import { isRefusal } from './errors';

/** A client and what was first written through it. */
export interface ObservedClient {
  readonly client: Client;
  first(): KubeObject | undefined;
}

/** An object to name a step by: no request of kubectl's, so it costs none, and whoever may not see it is not told. */
function look(client: Client, kind: string, namespace: string | undefined, name: string): KubeObject | undefined {
  try {
    return client.find(kind, namespace, name, { resourceVersion: '0' });
  } catch (error) {
    if (isRefusal(error, 'Forbidden')) return undefined;
    throw error;
  }
}

/** Wraps a client. */
export function observingClient(client: Client): ObservedClient {
  let written: KubeObject | undefined;
  const note = <T extends KubeObject>(object: T): T => {
    // Reviews are answered and not stored.
    if (object.metadata?.uid) written ??= object;
    return object;
  };
  const observed = (client: Client): Client => ({
    get: (kind, namespace, name, subresource) => client.get(kind, namespace, name, subresource),
    find: (kind, namespace, name, options) => client.find(kind, namespace, name, options),
    list: (kind, options) => client.list(kind, options),
    listRevision: (kind, namespace) => client.listRevision(kind, namespace),
    create: (object, options) => note(client.create(object, options)),
    update: (object, options) => note(client.update(object, options)),
    updateStatus: (object, options) => note(client.updateStatus(object, options)),
    patch: (kind, namespace, name, patch, options) => {
      const patched = client.patch<never>(kind, namespace, name, patch, options);
      note((options?.subresource === 'scale' && look(client, kind, namespace, name)) || patched);
      return patched;
    },
    delete: (kind, namespace, name, options) => note(client.delete(kind, namespace, name, options)),
    scale: (kind, namespace, name, replicas, version, options) => {
      const scaled = client.scale(kind, namespace, name, replicas, version, options);
      note(look(client, kind, namespace, name) ?? scaled);
      return scaled;
    },
    evict: (namespace, name, options) => {
      const pod = look(client, 'Pod', namespace, name);
      client.evict(namespace, name, options);
      if (pod) note(pod);
    },
    put: (destination, body, options) => note(client.put(destination, body, options)),
    bind: (namespace, name, nodeName) => client.bind(namespace, name, nodeName),
    log: (namespace, name, options) => client.log(namespace, name, options),
    attach: (namespace, name, options) => client.attach(namespace, name, options),
    portForward: (namespace, name) => client.portForward(namespace, name),
    exec: (namespace, name, options) => client.exec(namespace, name, options),
    token: (namespace, name, request) => client.token(namespace, name, request),
    visit: (path) => client.visit(path),
    discovery: () => client.discovery(),
    acting: (how) => observed(client.acting(how)),
  });
  return { first: () => written, client: observed(client) };
}
