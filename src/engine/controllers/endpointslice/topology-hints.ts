/**
 * Which zone each endpoint of a Service is meant for, so that zones get endpoints in proportion to the CPU of their nodes: what the annotation
 * `service.kubernetes.io/topology-mode: Auto` asks for. Pure.
 * Follows staging/src/k8s.io/endpointslice/topologycache (topologycache.go, sliceinfo.go, utils.go, event.go); where upstream's order is that of
 * a Go map, ours is by name.
 */
import { isConditionTrue } from '../../api/conditions';
import { quantityMilli } from '../../api/quantity';
import type { Endpoint, EndpointSlice, Node, Service } from '../../api/types';

/** The label that names a node's zone. */
export const ZONE_LABEL = 'topology.kubernetes.io/zone';
const EXCLUDED_LABELS = ['node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/master'];

/** The most that any endpoint may get beyond its share. */
const OVERLOAD_THRESHOLD = 0.2;
const WITHIN_THRESHOLD = 1 / (1 + OVERLOAD_THRESHOLD);

/** What share of the CPU each zone has, in order of the names; none when that can't be said. */
export type ZoneRatios = ReadonlyMap<string, number>;

/** Endpoints or hints by zone. */
export type ZoneCounts = Readonly<Record<string, number>>;

/** The slices of a Service of one address family, by what becomes of them. */
export interface HintedSlices {
  readonly create: readonly EndpointSlice[];
  readonly update: readonly EndpointSlice[];
  readonly unchanged: readonly EndpointSlice[];
}

/** Slices to write with their hints, and how many of those each zone got; or why there are none. */
export interface Hinting {
  readonly create: readonly EndpointSlice[];
  readonly update: readonly EndpointSlice[];
  readonly byZone?: ZoneCounts;
  readonly problem?: string;
}

/** Whether a Service asks for hints by CPU. */
export function asksForTopology({ metadata: { annotations = {} } }: Pick<Service, 'metadata'>): boolean {
  const mode =
    annotations['service.kubernetes.io/topology-aware-hints'] ?? annotations['service.kubernetes.io/topology-mode'];
  return mode === 'Auto' || mode === 'auto';
}

/** See {@link ZoneRatios}. Control plane nodes, and those that are not ready, don't count. */
export function zoneRatios(nodes: readonly Node[]): ZoneRatios {
  const byZone = new Map<string, number>();
  let total = 0;
  for (const node of nodes) {
    const labels = node.metadata.labels ?? {};
    if (EXCLUDED_LABELS.some((label) => labels[label] !== undefined)) continue;
    if (!isConditionTrue(node.status?.conditions, 'Ready')) continue;
    const milli = quantityMilli(node.status?.allocatable?.cpu);
    const zone = labels[ZONE_LABEL] ?? '';
    if (zone === '' || milli === 0) return new Map();
    total += milli;
    byZone.set(zone, (byZone.get(zone) ?? 0) + milli);
  }
  if (byZone.size < 2) return new Map();
  return new Map([...byZone].sort(([a], [b]) => (a < b ? -1 : 1)).map(([zone, milli]) => [zone, milli / total]));
}

interface Allocation {
  readonly minimum: number;
  readonly maximum: number;
  readonly desired: number;
}

/** How many endpoints each zone must, may and should have; a text when they are too few. */
function allocationsOf(ratios: ZoneRatios, endpoints: number): ReadonlyMap<string, Allocation> | string {
  if (ratios.size === 0)
    return 'Insufficient Node information: allocatable CPU or zone not specified on one or more nodes';
  const counts = `(${endpoints} endpoints, ${ratios.size} zones)`;
  if (ratios.size > endpoints) return `Insufficient number of endpoints ${counts}`;
  const wanted = [...ratios].map(([zone, ratio]) => {
    const desired = ratio * endpoints;
    const minimum = Math.ceil(desired * WITHIN_THRESHOLD);
    return { zone, minimum, desired: Math.max(desired, minimum) };
  });
  const spare = endpoints - wanted.reduce((sum, { minimum }) => sum + minimum, 0);
  if (spare < 0)
    return `Unable to allocate minimum required endpoints to each zone without exceeding overload threshold ${counts}`;
  return new Map(wanted.map(({ zone, minimum, desired }) => [zone, { minimum, desired, maximum: minimum + spare }]));
}

const isReady = ({ conditions }: Endpoint): boolean => conditions?.ready === true;

const readyIn = ({ endpoints }: EndpointSlice): Endpoint[] => (endpoints ?? []).filter(isReady);

/** How many hints a slice gives each zone; undefined when it can't stay as it is. */
function countsOf(
  slice: EndpointSlice,
  before: ReadonlyMap<string, number>,
  allocations: ReadonlyMap<string, Allocation>,
): ReadonlyMap<string, number> | undefined {
  const counts = new Map<string, number>();
  for (const { hints } of readyIn(slice)) {
    if (!hints?.forZones?.length) return undefined;
    for (const { name } of hints.forZones) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  for (const [zone, count] of counts) {
    const allocation = allocations.get(zone);
    if (!allocation || count + (before.get(zone) ?? 0) > allocation.maximum) return undefined;
  }
  return counts;
}

function most(zones: ReadonlyMap<string, number>): [string, number] {
  let found: [string, number] = ['', 0];
  for (const [zone, number] of zones) if (number > found[1]) found = [zone, number];
  return found;
}

/** How many endpoints each zone has to give away, and to get. */
function exchanges(allocations: ReadonlyMap<string, Allocation>, allocated: ReadonlyMap<string, number>) {
  const surplus = new Map<string, number>();
  const lack = new Map<string, number>();
  for (const [zone, { desired }] of allocations) {
    const difference = (allocated.get(zone) ?? 0) - desired;
    if (difference > 0) surplus.set(zone, difference);
    else if (difference < 0) lack.set(zone, -difference);
  }
  const giving = new Map<string, number>();
  const receiving = new Map<string, number>();
  for (;;) {
    const [from, toGive] = most(surplus);
    const [to, toGet] = most(lack);
    if (from === '' || to === '' || (toGive < 1 && toGet < 1) || toGive < 0.5 || toGet < 0.5) break;
    giving.set(from, (giving.get(from) ?? 0) + 1);
    receiving.set(to, (receiving.get(to) ?? 0) + 1);
    surplus.set(from, toGive - 1);
    lack.set(to, toGet - 1);
  }
  return { giving, receiving };
}

function takeOne(counts: Map<string, number>, zone: string): void {
  const left = (counts.get(zone) ?? 0) - 1;
  if (left > 0) counts.set(zone, left);
  else counts.delete(zone);
}

const isHinted = ({ endpoints }: EndpointSlice): boolean => (endpoints ?? []).some(({ hints }) => hints !== undefined);

function withoutHint(endpoint: Endpoint): Endpoint {
  if (endpoint.hints === undefined) return endpoint;
  const { hints: _dropped, ...rest } = endpoint;
  return rest as Endpoint;
}

const withoutHints = (slice: EndpointSlice): EndpointSlice =>
  isHinted(slice) ? { ...slice, endpoints: (slice.endpoints ?? []).map(withoutHint) } : slice;

/** None are given: those that are there go. */
function dropped({ create, update, unchanged }: HintedSlices, problem: string): Hinting {
  const stale = unchanged.filter(isHinted);
  return { create: create.map(withoutHints), update: [...update, ...stale].map(withoutHints), problem };
}

/** Which slices have to be written anew, and what the others give already. */
function sorted(slices: HintedSlices, allocations: ReadonlyMap<string, Allocation>) {
  const allocated = new Map<string, number>();
  const update = [...slices.update];
  for (const slice of slices.unchanged) {
    const counts = countsOf(slice, allocated, allocations);
    if (!counts) update.push(slice);
    for (const [zone, count] of counts ?? []) allocated.set(zone, (allocated.get(zone) ?? 0) + count);
  }
  return { allocated, update };
}

/** Gives each ready endpoint its zone's hint, or that of a zone that lacks some. */
export function giveHints(ratios: ZoneRatios, slices: HintedSlices): Hinting {
  const all = [...slices.create, ...slices.update, ...slices.unchanged];
  const allocations = allocationsOf(
    ratios,
    all.reduce((sum, slice) => sum + readyIn(slice).length, 0),
  );
  if (typeof allocations === 'string') return dropped(slices, allocations);
  const { allocated, update } = sorted(slices, allocations);
  const writable = [...slices.create, ...update];
  const ready = writable.flatMap(readyIn);
  if (ready.some(({ zone }) => !zone)) return dropped(slices, 'One or more endpoints do not have a zone specified');
  for (const { zone = '' } of ready) allocated.set(zone, (allocated.get(zone) ?? 0) + 1);
  const { giving, receiving } = exchanges(allocations, allocated);
  const move = (zone: string): string => {
    const [to] = receiving.keys();
    if (to === undefined || !giving.has(zone)) return zone;
    takeOne(giving, zone);
    takeOne(receiving, to);
    allocated.set(to, (allocated.get(to) ?? 0) + 1);
    allocated.set(zone, (allocated.get(zone) ?? 0) - 1);
    return to;
  };
  const hinted = (slice: EndpointSlice): EndpointSlice => ({
    ...slice,
    endpoints: (slice.endpoints ?? []).map((one) =>
      isReady(one) ? { ...one, hints: { forZones: [{ name: move(one.zone ?? '') }] } } : withoutHint(one),
    ),
  });
  return { create: slices.create.map(hinted), update: update.map(hinted), byZone: Object.fromEntries(allocated) };
}

/** Whether a zone has fewer endpoints than it must have. */
export function isOverloaded(byZone: ZoneCounts, ratios: ZoneRatios): boolean {
  const counts = Object.values(byZone);
  if (counts.length === 0) return false;
  if (ratios.size === 0) return true;
  const total = counts.reduce((sum, count) => sum + count, 0);
  return [...ratios].some(([zone, ratio]) => {
    const count = Object.hasOwn(byZone, zone) ? byZone[zone] : undefined;
    return count === undefined || count < Math.ceil(total * ratio * WITHIN_THRESHOLD);
  });
}
