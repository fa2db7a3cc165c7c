/**
 * Zones of Nodes: how bad each one is, and how fast its Nodes may be tainted. Pure.
 * Follows ComputeZoneState and setLimiterInZone of pkg/controller/nodelifecycle/node_lifecycle_controller.go, and
 * component-helpers/node/topology/helpers.go for what a zone is.
 */
import type { Node, NodeCondition } from '../../api/types';

/** How a zone is. `Initial` until it has been looked at. */
export type ZoneState = 'Initial' | 'Normal' | 'PartialDisruption' | 'FullDisruption';

/** The controller's flags that decide about rates, as Kubernetes has them by default. */
export interface ZoneRates {
  /** Nodes per second in a zone that is well. */
  readonly evictionRate: number;
  /** Nodes per second in a large zone that is partly down. */
  readonly secondaryEvictionRate: number;
  readonly unhealthyThreshold: number;
  readonly largeClusterSize: number;
}

/** A zone with the Nodes that wait to be tainted NoExecute. Replaced, never mutated. */
export interface Zone {
  readonly state: ZoneState;
  /** Nodes per second. */
  readonly rate: number;
  readonly waiting: readonly string[];
  /** From when the next Node may be tainted. */
  readonly nextMs: number;
}

/** A zone nobody has looked at yet: full speed. */
export function newZone(rates: ZoneRates): Zone {
  return { state: 'Initial', rate: rates.evictionRate, waiting: [], nextMs: 0 };
}

/** The name of a Node's zone; Nodes without region and zone share the one named ''. */
export function zoneOf(node: Node): string {
  const labels = node.metadata.labels ?? {};
  const region = labels['topology.kubernetes.io/region'] ?? labels['failure-domain.beta.kubernetes.io/region'] ?? '';
  const zone = labels['topology.kubernetes.io/zone'] ?? labels['failure-domain.beta.kubernetes.io/zone'] ?? '';
  return region === '' && zone === '' ? '' : `${region}:\u0000:${zone}`;
}

/** The state that the Ready conditions of a zone's Nodes add up to. */
export function zoneStateOf(conditions: readonly (NodeCondition | undefined)[], unhealthyThreshold: number): ZoneState {
  const ready = conditions.filter((condition) => condition?.status === 'True').length;
  const notReady = conditions.length - ready;
  if (ready === 0 && notReady > 0) return 'FullDisruption';
  if (notReady > 2 && notReady / conditions.length >= unhealthyThreshold) return 'PartialDisruption';
  return 'Normal';
}

/** Nodes per second that may be tainted in a zone of this state and size. */
export function rateOf(state: ZoneState, size: number, rates: ZoneRates): number {
  if (state !== 'PartialDisruption') return rates.evictionRate;
  return size > rates.largeClusterSize ? rates.secondaryEvictionRate : 0;
}
