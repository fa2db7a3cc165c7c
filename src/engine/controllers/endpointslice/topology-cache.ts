/**
 * What the EndpointSlice controller remembers for Services that ask for hints by CPU: the shares of the zones, and which hints it gave.
 * Follows reconcileByAddressType of staging/src/k8s.io/endpointslice/reconciler.go and pkg/controller/endpointslice
 * (checkNodeTopologyDistribution). The shares are worked out when they are asked for, upstream at each change of a Node.
 */
import { isConditionTrue } from '../../api/conditions';
import { keyOf } from '../../api/meta';
import type { EndpointSlice, Node, Service } from '../../api/types';
import type { Context, Memory, WatchEvent } from '../../client/component';
import type { SlicePlan } from './slice-plan';
import {
  asksForTopology,
  giveHints,
  isOverloaded,
  ZONE_LABEL,
  type ZoneCounts,
  type ZoneRatios,
  zoneRatios,
} from './topology-hints';

/** See the header. */
export interface TopologyMemory extends Memory {
  /** Undefined once a Node has changed. */
  zoneRatios: ZoneRatios | undefined;
  /** By `<key of the Service> <address type>`: the hints that were given by zone. */
  readonly hints: Map<string, ZoneCounts>;
  /** Keys of the Services that were told of hints. */
  readonly hinted: Set<string>;
}

/** An Event about a Service. */
export interface TopologyEvent {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
}

/** Fresh memory. */
export const newTopologyMemory = (): TopologyMemory => ({ zoneRatios: undefined, hints: new Map(), hinted: new Set() });

type TopologyContext = Context<TopologyMemory>;

function ratiosOf({ memory, lister }: TopologyContext): ZoneRatios {
  memory.zoneRatios ??= zoneRatios(lister.list<Node>('Node'));
  return memory.zoneRatios;
}

const isReady = (node: WatchEvent['value']): boolean => isConditionTrue((node as Node).status?.conditions, 'Ready');

/** The Services that a change of a Node leaves with too few endpoints in a zone. */
export function overloadedBy(context: TopologyContext, { value, previous }: WatchEvent): readonly string[] {
  const zone = (node: typeof value) => node?.metadata.labels?.[ZONE_LABEL];
  if (value && previous && isReady(value) === isReady(previous) && zone(value) === zone(previous)) return [];
  const { memory } = context;
  memory.zoneRatios = undefined;
  if (memory.hints.size === 0) return [];
  const ratios = ratiosOf(context);
  const found = [...memory.hints].filter(([, byZone]) => isOverloaded(byZone, ratios));
  return [...new Set(found.map(([key]) => key.split(' ')[0] as string))].sort();
}

function forget({ hints, hinted }: TopologyMemory, service: string, key: string): void {
  hints.delete(key);
  hinted.delete(service);
}

const named = ({ metadata: { name }, addressType }: EndpointSlice): string => `${addressType} ${name}`;

/** The plan of one address family with its hints. */
function hintFamily(
  context: TopologyContext,
  service: string,
  addressType: string,
  plan: SlicePlan,
  unchanged: readonly EndpointSlice[],
  events: TopologyEvent[],
): Pick<SlicePlan, 'create' | 'update'> {
  const { memory } = context;
  const key = `${service} ${addressType}`;
  const tell = (type: TopologyEvent['type'], what: string, message: string) =>
    events.push({ type, reason: `TopologyAwareHints${what}`, message: `${message}, addressType: ${addressType}` });
  const { create, update, byZone, problem } = giveHints(ratiosOf(context), { ...plan, unchanged });
  if (problem !== undefined) {
    tell('Warning', 'Disabled', problem);
    forget(memory, service, key);
  } else if (byZone) {
    if (!memory.hinted.has(service)) tell('Normal', 'Enabled', 'Topology Aware Hints has been enabled');
    memory.hints.set(key, byZone);
    memory.hinted.add(service);
  }
  return { create: [...create], update: [...update] };
}

/** A plan with the hints that its Service asks for, and what is to be said of them. */
export function planHints<P extends SlicePlan>(
  context: TopologyContext,
  service: Service,
  addressTypes: readonly string[],
  slices: readonly EndpointSlice[],
  plan: P,
): { readonly plan: P; readonly events: readonly TopologyEvent[] } {
  const { memory } = context;
  const events: TopologyEvent[] = [];
  const key = keyOf(service);
  if (!asksForTopology(service)) {
    for (const addressType of memory.hinted.has(key) ? addressTypes : []) {
      if (memory.hinted.has(key)) {
        const message = `Topology Aware Hints has been disabled, addressType: ${addressType}`;
        events.push({ type: 'Warning', reason: 'TopologyAwareHintsDisabled', message });
      }
      forget(memory, key, `${key} ${addressType}`);
    }
    return { plan, events };
  }
  const written = new Set([...plan.update, ...plan.delete].map(named));
  const families = addressTypes.map((addressType) => {
    const isOfIt = (slice: EndpointSlice): boolean => slice.addressType === addressType;
    const unchanged = slices.filter((slice) => isOfIt(slice) && !written.has(named(slice)));
    const part = { create: plan.create.filter(isOfIt), update: plan.update.filter(isOfIt), delete: [] };
    return hintFamily(context, key, addressType, part, unchanged, events);
  });
  const all = {
    create: families.flatMap(({ create }) => create),
    update: families.flatMap(({ update }) => update),
  };
  return { plan: { ...plan, ...all }, events };
}
