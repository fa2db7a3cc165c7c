/**
 * What the real API server says to an object: the fields it complains about, or the object as stored.
 */
import type { KubeObject } from '../engine/api/meta';
import { StatusError } from '../engine/api/status-error';
import { createWorld, manifests, type World } from './world';

/** A cluster without nodes, for asking the API server. */
export function bareWorld(documents = ''): World {
  return createWorld({ nodes: 0, documents });
}

function complaintsOf(write: () => unknown): string[] {
  try {
    write();
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    const { causes = [] } = error.details;
    return causes.length > 0 ? causes.map(({ field, message }) => `${field}: ${message}`) : [error.message];
  }
  return [];
}

/** The complaints about creating the objects of a YAML text, e.g. `spec.replicas: Invalid value: -1: …`. */
export function refusedCreate(world: World, text: string): string[] {
  return manifests(text).flatMap((object) => complaintsOf(() => world.client.create(object)));
}

/** The complaints about an update of a stored object. */
export function refusedUpdate(world: World, object: KubeObject): string[] {
  return complaintsOf(() => world.client.update(object));
}

/** Creates the first object of a YAML text and returns it as stored. */
export function stored<T extends KubeObject>(world: World, text: string): T {
  return world.client.create(manifests(text)[0] as T);
}
