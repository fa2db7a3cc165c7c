/**
 * The zones' queues of Nodes that wait for a NoExecute taint, and what whole zones that fail do to them.
 * Follows handleDisruption and doNoExecuteTaintingPass of pkg/controller/nodelifecycle/node_lifecycle_controller.go.
 */
import { findCondition } from '../../api/conditions';
import type { KubeObject } from '../../api/meta';
import { StatusError } from '../../api/status-error';
import type { Node, Taint } from '../../api/types';
import type { Context } from '../../client/component';
import type { NodeHealth } from './node-health';
import { NOT_READY, planNoExecute, UNREACHABLE, withTaints } from './node-taints';
import { newZone, rateOf, type Zone, type ZoneRates, type ZoneState, zoneOf, zoneStateOf } from './zones';

/** How often upstream looks into the queues; by then the NoSchedule taint is there. */
const EVICTION_PERIOD_MS = 100;

/** What the node lifecycle controller remembers. */
export type NodeLifecycleMemory = {
  /** Nodes as last seen, by name: to tell of new ones and of those gone. */
  readonly known: Map<string, KubeObject>;
  readonly health: Map<string, NodeHealth>;
  readonly zones: Map<string, Zone>;
};
/** The context of the node lifecycle controller. */
export type NodeContext = Context<NodeLifecycleMemory>;

/** The flags about zones. */
export function zoneRates(context: NodeContext): ZoneRates {
  return {
    evictionRate: Number(context.flag('node-eviction-rate') ?? 0.1),
    secondaryEvictionRate: Number(context.flag('secondary-node-eviction-rate') ?? 0.01),
    unhealthyThreshold: Number(context.flag('unhealthy-zone-threshold') ?? 0.55),
    largeClusterSize: Number(context.flag('large-cluster-size-threshold') ?? 50),
  };
}

/** Runs a request; one that is refused (a lost race, no API server) is left to the next round, as upstream does. */
export function writeOrSkip<T>(write: () => T): T | undefined {
  try {
    return write();
  } catch (error) {
    if (error instanceof StatusError) return undefined;
    throw error;
  }
}

function liveNode(context: NodeContext, name: string): Node | undefined {
  return writeOrSkip(() => context.client.find<Node>('Node', undefined, name));
}

/** Writes a Node's new taints; false when there are none to write or the write lost a race. */
export function writeTaints(context: NodeContext, node: Node, taints: readonly Taint[] | undefined): boolean {
  if (!taints) return false;
  return writeOrSkip(() => context.client.update(withTaints(node, taints))) !== undefined;
}

/** Lets a Node wait for its NoExecute taint. */
export function queue(context: NodeContext, node: Node): void {
  const name = zoneOf(node);
  const zone = context.memory.zones.get(name) ?? newZone(zoneRates(context));
  if (zone.waiting.includes(node.metadata.name)) return;
  context.memory.zones.set(name, { ...zone, waiting: [...zone.waiting, node.metadata.name] });
  wakeZone(context, name);
}

/** Takes a Node that is well again out of the queue. */
export function unqueue(context: NodeContext, node: Node): void {
  const name = zoneOf(node);
  const zone = context.memory.zones.get(name);
  if (!zone?.waiting.includes(node.metadata.name)) return;
  context.memory.zones.set(name, { ...zone, waiting: zone.waiting.filter((other) => other !== node.metadata.name) });
}

function wakeZone(context: NodeContext, name: string): void {
  const zone = context.memory.zones.get(name);
  if (!zone || zone.waiting.length === 0 || zone.rate <= 0) return;
  context.after(Math.max(EVICTION_PERIOD_MS, zone.nextMs - context.nowMs), 'no-execute', name);
}

/** Taints the Node that has waited longest in a zone, if the zone's rate allows it now. */
export function taintNext(context: NodeContext, name: string): void {
  const zone = context.memory.zones.get(name);
  const first = zone?.waiting[0];
  if (!zone || first === undefined || zone.rate <= 0 || context.nowMs < zone.nextMs) return;
  const nextMs = context.nowMs + Math.round(1000 / zone.rate);
  context.memory.zones.set(name, { ...zone, waiting: zone.waiting.slice(1), nextMs });
  const node = liveNode(context, first);
  const ready = findCondition(node?.status.conditions, 'Ready');
  if (node && ready && ready.status !== 'True') {
    const isAlike = ({ status }: Node) => findCondition(status.conditions, 'Ready')?.status === ready.status;
    context.because(context.lister.since('Node', node, isAlike));
    const [wanted, opposite] = ready.status === 'False' ? [NOT_READY, UNREACHABLE] : [UNREACHABLE, NOT_READY];
    context.say(
      'update',
      node,
      `Node ${first} gets the taint ${wanted}:NoExecute: Pods that don't tolerate it must go`,
    );
    writeTaints(context, node, planNoExecute(node, wanted, [opposite], context.now));
  }
  wakeZone(context, name);
}

/** Compares zones with how they were; all zones down is taken for a fault of the control plane itself. */
export function handleDisruption(context: NodeContext): void {
  const rates = zoneRates(context);
  const byZone = new Map<string, Node[]>();
  for (const seen of context.lister.list<Node>('Node')) {
    // What this round has written counts already.
    const node = liveNode(context, seen.metadata.name) ?? seen;
    const zone = zoneOf(node);
    byZone.set(zone, [...(byZone.get(zone) ?? []), node]);
  }
  const { zones } = context.memory;
  for (const name of zones.keys()) if (!byZone.has(name)) zones.delete(name);
  const states = new Map<string, ZoneState>();
  for (const [name, nodes] of byZone) {
    const conditions = nodes.map((node) => findCondition(node.status.conditions, 'Ready'));
    states.set(name, zoneStateOf(conditions, rates.unhealthyThreshold));
  }
  const wasAllDown = zones.size > 0 && [...zones.values()].every((zone) => zone.state === 'FullDisruption');
  const isAllDown = states.size > 0 && [...states.values()].every((state) => state === 'FullDisruption');
  if (isAllDown && !wasAllDown) stopEvictions(context, byZone);
  if (!isAllDown && wasAllDown) forgiveSilence(context);
  for (const [name, state] of states)
    setZoneState(context, name, state, isAllDown ? 0 : rateOf(state, byZone.get(name)?.length ?? 0, rates));
}

function setZoneState(context: NodeContext, name: string, state: ZoneState, rate: number): void {
  const zone = context.memory.zones.get(name) ?? newZone(zoneRates(context));
  if (zone.state === state && zone.rate === rate) return;
  if (rate === zone.rate) {
    context.memory.zones.set(name, { ...zone, state });
    return;
  }
  // A new rate begins with a token only if the old one had one left.
  const hasToken = zone.rate > 0 && context.nowMs >= zone.nextMs;
  const nextMs = hasToken || rate <= 0 ? context.nowMs : context.nowMs + Math.round(1000 / rate);
  context.memory.zones.set(name, { ...zone, state, rate, nextMs });
  wakeZone(context, name);
}

function stopEvictions(context: NodeContext, byZone: ReadonlyMap<string, readonly Node[]>): void {
  for (const node of [...byZone.values()].flat()) {
    unqueue(context, node);
    const live = liveNode(context, node.metadata.name);
    if (live) writeTaints(context, live, planNoExecute(live, undefined, [NOT_READY, UNREACHABLE], context.now));
  }
}

/** After the whole cluster was out of reach every Node gets a full grace period again. */
function forgiveSilence(context: NodeContext): void {
  for (const [name, health] of context.memory.health)
    context.memory.health.set(name, { ...health, probeMs: context.nowMs });
}
