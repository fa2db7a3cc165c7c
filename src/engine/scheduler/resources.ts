/**
 * Amounts of resources in the scheduler's units. How much a Pod asks for is worked out in api/pod-resources.
 * Follows pkg/scheduler/framework/types.go (Resource).
 */
import { type ResourceAmounts, resourceAmount } from '../api/pod-resources';

/** Milli-CPUs, bytes, counts. */
export interface Resource {
  milliCPU: number;
  memory: number;
  ephemeralStorage: number;
  allowedPodNumber: number;
  /** Extended resources and huge pages by name; undefined while there are none. */
  scalar: Map<string, number> | undefined;
}

/** CPU and memory with the defaults for scoring. */
export interface NonZeroRequest {
  readonly milliCPU: number;
  readonly memory: number;
}

/** Nothing of everything. */
export function newResource(): Resource {
  return { milliCPU: 0, memory: 0, ephemeralStorage: 0, allowedPodNumber: 0, scalar: undefined };
}

function set(into: Resource, name: string, value: number): void {
  if (name === 'cpu') into.milliCPU = value;
  else if (name === 'memory') into.memory = value;
  else if (name === 'ephemeral-storage') into.ephemeralStorage = value;
  else if (name === 'pods') into.allowedPodNumber = value;
  else if (value !== 0) {
    into.scalar ??= new Map();
    into.scalar.set(name, value);
  }
}

/** From amounts by name. */
export function resourceOfAmounts(amounts: ResourceAmounts): Resource {
  const resource = newResource();
  for (const [name, value] of amounts) set(resource, name, value);
  return resource;
}

/** From a list of quantities, e.g. a node's allocatable. */
export function resourceOfList(list: Readonly<Record<string, string>>): Resource {
  const resource = newResource();
  for (const name in list) set(resource, name, resourceAmount(name, list[name] as string));
  return resource;
}

/** Adds (sign 1) or takes away (sign -1) a Pod's requests from what a node has given out. */
export function accumulate(into: Resource, requests: Resource, sign: 1 | -1): void {
  into.milliCPU += sign * requests.milliCPU;
  into.memory += sign * requests.memory;
  into.ephemeralStorage += sign * requests.ephemeralStorage;
  if (!requests.scalar) return;
  into.scalar ??= new Map();
  for (const [name, value] of requests.scalar) {
    const left = (into.scalar.get(name) ?? 0) + sign * value;
    if (left === 0) into.scalar.delete(name);
    else into.scalar.set(name, left);
  }
}

/** A copy that can be changed. */
export function cloneResource(resource: Resource): Resource {
  return { ...resource, scalar: resource.scalar && new Map(resource.scalar) };
}
