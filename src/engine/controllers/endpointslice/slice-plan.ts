/**
 * Which EndpointSlices of a Service to create, update and delete so that its endpoints are in them, with as few writes as
 * can be: endpoints stay where they are, changed slices are filled up first, then one that has room, then new ones. Pure.
 * Follows staging/src/k8s.io/endpointslice/reconciler.go (reconcileByPortMapping, finalize). Where upstream's order is
 * that of a Go map, ours is by name.
 */
import { deepEqual } from '../../api/plain';
import type { Endpoint, EndpointPort, EndpointSlice } from '../../api/types';
import { endpointIdentity, isSameEndpoint } from './endpoints';

/** Slices to write. Created ones have no name yet. */
export interface SlicePlan {
  readonly create: EndpointSlice[];
  readonly update: EndpointSlice[];
  readonly delete: EndpointSlice[];
}

/** The endpoints that share their ports. */
export interface PortGroup {
  readonly ports: readonly EndpointPort[];
  /** By {@link endpointIdentity}. */
  readonly desired: Map<string, Endpoint>;
}

/** What a plan for one group is made from. */
export interface GroupInput {
  readonly group: PortGroup;
  /** Slices to go through endpoint by endpoint. */
  readonly examined: readonly EndpointSlice[];
  /** Slices that are known to be right as they are, and may have room. */
  readonly untouched: readonly EndpointSlice[];
  /** Says of an endpoint that it is right as it is, without a look at `desired`. */
  readonly isUnchanged: (endpoint: Endpoint) => boolean;
  /** The labels slices of this Service have. */
  readonly labels: Readonly<Record<string, string>>;
  readonly maxEndpoints: number;
  /** Hints are given afterwards: they make no difference here. */
  readonly isHintedApart?: boolean;
  readonly newSlice: (ports: readonly EndpointPort[]) => EndpointSlice;
}

/** A slice with the endpoints it is to have. */
interface Draft {
  readonly slice: EndpointSlice;
  readonly endpoints: Endpoint[];
}

const byName = (a: EndpointSlice, b: EndpointSlice): number => (a.metadata.name < b.metadata.name ? -1 : 1);

function withEndpoints({ slice, endpoints }: Draft, labels: Readonly<Record<string, string>>): EndpointSlice {
  return { ...slice, metadata: { ...slice.metadata, labels: { ...labels } }, endpoints };
}

/** The endpoints of a slice that stay, as they are to be. Takes those out of `remaining`. */
function keptEndpoints(
  slice: EndpointSlice,
  input: GroupInput,
  remaining: Map<string, Endpoint>,
): { endpoints: Endpoint[]; isChanged: boolean } {
  const present = slice.endpoints ?? [];
  const endpoints: Endpoint[] = [];
  let isChanged = false;
  for (const endpoint of present) {
    if (input.isUnchanged(endpoint)) {
      endpoints.push(endpoint);
      continue;
    }
    const identity = endpointIdentity(endpoint);
    const wanted = remaining.get(identity);
    if (!wanted) continue;
    remaining.delete(identity);
    const isSame = isSameEndpoint(wanted, endpoint, input.isHintedApart);
    endpoints.push(isSame ? endpoint : wanted);
    if (!isSame) isChanged = true;
  }
  return { endpoints, isChanged: isChanged || endpoints.length !== present.length };
}

function fill(endpoints: Endpoint[], remaining: Map<string, Endpoint>, maxEndpoints: number): void {
  for (const [identity, endpoint] of remaining) {
    if (endpoints.length >= maxEndpoints) return;
    endpoints.push(endpoint);
    remaining.delete(identity);
  }
}

/** The slice that `count` more endpoints would fill most nearly. */
function sliceToFill(slices: readonly EndpointSlice[], count: number, maxEndpoints: number): EndpointSlice | undefined {
  let closest: EndpointSlice | undefined;
  let closestRoom = maxEndpoints;
  for (const slice of slices) {
    const room = maxEndpoints - count - (slice.endpoints?.length ?? 0);
    if (room < 0 || room >= closestRoom) continue;
    closest = slice;
    closestRoom = room;
  }
  return closest;
}

/** Plans the slices of one group. */
export function planGroup(input: GroupInput): SlicePlan {
  const { labels, maxEndpoints, group } = input;
  const remaining = new Map(group.desired);
  const changed: Draft[] = [];
  const relabelled: EndpointSlice[] = [];
  const unchanged: EndpointSlice[] = [...input.untouched];
  const removed: EndpointSlice[] = [];
  for (const slice of input.examined) {
    const { endpoints, isChanged } = keptEndpoints(slice, input, remaining);
    if (isChanged && endpoints.length === 0) removed.push(slice);
    else if (isChanged) changed.push({ slice, endpoints });
    else if (!deepEqual(slice.metadata.labels ?? {}, labels)) relabelled.push(slice);
    else unchanged.push(slice);
  }
  for (const slice of relabelled) changed.push({ slice, endpoints: [...(slice.endpoints ?? [])] });
  if (remaining.size > 0) {
    changed.sort((a, b) => b.endpoints.length - a.endpoints.length || byName(a.slice, b.slice));
    for (const draft of changed) fill(draft.endpoints, remaining, maxEndpoints);
  }
  const created = remaining.size > 0 ? placeRemaining(input, unchanged.sort(byName), changed, remaining) : [];
  const update = changed.map((draft) => withEndpoints(draft, labels)).sort(byName);
  return { create: created, update, delete: removed };
}

/** Puts what found no place in changed slices into one unchanged slice if it fits, else into new ones. */
function placeRemaining(
  { maxEndpoints, group, newSlice }: GroupInput,
  unchanged: readonly EndpointSlice[],
  changed: Draft[],
  remaining: Map<string, Endpoint>,
): EndpointSlice[] {
  const created: EndpointSlice[] = [];
  let candidates = unchanged;
  while (remaining.size > 0) {
    const room = remaining.size < maxEndpoints ? sliceToFill(candidates, remaining.size, maxEndpoints) : undefined;
    const endpoints = [...(room?.endpoints ?? [])];
    fill(endpoints, remaining, maxEndpoints);
    if (room) {
      candidates = candidates.filter((slice) => slice !== room);
      changed.push({ slice: room, endpoints });
    } else {
      created.push({ ...newSlice(group.ports), endpoints });
    }
  }
  return created;
}

/** Where one slice would go and another come, the one becomes the other: an update instead of two writes. */
export function reuseDeleted(plan: SlicePlan, isReusable: (slice: EndpointSlice) => boolean): SlicePlan {
  const create = [...plan.create];
  const update = [...plan.update];
  const left: EndpointSlice[] = [];
  for (const slice of plan.delete) {
    const next = create.at(-1);
    if (!next || next.addressType !== slice.addressType || !isReusable(slice)) {
      left.push(slice);
      continue;
    }
    create.pop();
    update.push({ ...next, metadata: { ...next.metadata, name: slice.metadata.name } });
  }
  return { create, update, delete: left };
}
