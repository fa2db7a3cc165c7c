/**
 * Watches over Nodes: turns silent ones Unknown, taints what is not ready, and slows down when whole zones fail.
 * Follows pkg/controller/nodelifecycle/node_lifecycle_controller.go. Every 5 s it looks at all Nodes; NoSchedule taints
 * follow a Node's changes at once, NoExecute taints wait in a queue per zone. Writes Nodes and the Ready condition of Pods.
 * Left out: the label of the operating system, and the flag that excludes Nodes from disruption checks.
 */

import { setCondition } from '../../api/conditions';
import { parseDuration } from '../../api/duration';
import { StatusError } from '../../api/status-error';
import type { Lease, Node, NodeCondition, Pod, PodCondition } from '../../api/types';
import type { Component, WatchEvent } from '../../client/component';
import { type GracePeriods, lookAtNode } from './node-health';
import { hasNoExecute, NOT_READY, planNoExecute, planNoSchedule, UNREACHABLE } from './node-taints';
import {
  handleDisruption,
  type NodeContext,
  type NodeLifecycleMemory,
  queue,
  taintNext,
  unqueue,
  writeOrSkip,
  writeTaints,
  zoneRates,
} from './zone-queues';
import { newZone, zoneOf } from './zones';

const MONITOR_PERIOD_MS = 5_000;
const MONITOR_GRACE_MS = 50_000;
const STARTUP_GRACE_MS = 60_000;

/** The node lifecycle controller. */
export const nodeLifecycleController: Component<NodeLifecycleMemory> = {
  name: 'node-lifecycle-controller',
  process: 'kube-controller-manager',
  eventSource: 'node-controller',
  watches: [
    {
      kind: 'Node',
      on: (context, event) => context.afterBecause(0, 'no-schedule', event.key, event.step),
      filter: isNews,
    },
    { kind: 'Lease', on: () => undefined, filter: () => false },
    { kind: 'Pod', on: () => undefined, filter: () => false },
  ],
  wakes: [
    { kind: 'Node', relation: 'for' },
    { kind: 'Lease', relation: 'watches' },
  ],
  initial: () => ({ known: new Map(), health: new Map(), zones: new Map() }),
  start: (context) => context.afterBecause(MONITOR_PERIOD_MS, 'monitor', '', null),
  handle: (context, timer) => {
    if (timer.kind === 'monitor') monitor(context);
    else if (timer.kind === 'look') lookAt(context, timer.key);
    else if (timer.kind === 'disruption') handleDisruption(context);
    else if (timer.kind === 'no-schedule') syncNoSchedule(context, timer.key);
    else if (timer.kind === 'no-execute') taintNext(context, timer.key);
    else if (timer.kind === 'pod') markPodNotReady(context, timer.key);
  },
};

/** Heartbeats alone change no taint. */
function isNews(_actor: string, { value, previous }: WatchEvent): boolean {
  if (!value) return false;
  const node = value as Node;
  const before = previous as Node | undefined;
  return !before || before.spec !== node.spec || before.status.conditions !== node.status.conditions;
}

function gracePeriods(context: NodeContext): GracePeriods {
  return {
    monitorMs: durationFlag(context, 'node-monitor-grace-period', MONITOR_GRACE_MS),
    startupMs: durationFlag(context, 'node-startup-grace-period', STARTUP_GRACE_MS),
  };
}

/** A flag's duration; what is none counts as the default. */
function durationFlag(context: NodeContext, name: string, fallbackMs: number): number {
  const parsed = parseDuration(context.flag(name) ?? '');
  return 'ms' in parsed ? parsed.ms : fallbackMs;
}

/** One round over all Nodes. Each Node that needs attention is a timer, and so a step, of its own. */
function monitor(context: NodeContext): void {
  context.afterBecause(MONITOR_PERIOD_MS, 'monitor', '', null);
  const nodes = context.lister.list<Node>('Node');
  registerNodes(context, nodes);
  for (const node of nodes) context.afterBecause(0, 'look', node.metadata.name, null);
  context.afterBecause(0, 'disruption', '', null);
}

function registerNodes(context: NodeContext, nodes: readonly Node[]): void {
  const { known, zones, health } = context.memory;
  const present = new Set(nodes.map((node) => node.metadata.name));
  // The step is named after the first that is new, and comes of its creation.
  const first = nodes.find(({ metadata }) => !known.has(metadata.name));
  if (first) context.because(context.lister.since('Node', first, () => true));
  for (const node of nodes) {
    const { name } = node.metadata;
    const zone = zoneOf(node);
    if (!zones.has(zone)) zones.set(zone, newZone(zoneRates(context)));
    if (!known.has(name)) {
      context.say('register', node, `Node ${name} is new: its heartbeats are watched from now on`);
      context.events.record(
        node,
        'Normal',
        'RegisteredNode',
        `Node ${name} event: Registered Node ${name} in Controller`,
      );
    }
    known.set(name, node);
  }
  for (const [name, node] of known) {
    if (present.has(name)) continue;
    context.say('forget', node, `Node ${name} is gone: its heartbeats are no longer awaited`);
    context.events.record(node, 'Normal', 'RemovingNode', `Node ${name} event: Removing Node ${name} from Controller`);
    known.delete(name);
    health.delete(name);
  }
}

/** What a round finds out about one Node, and does about it. */
function lookAt(context: NodeContext, name: string): void {
  const node = context.lister.get<Node>('Node', undefined, name);
  if (!node) return;
  const lease = context.lister.get<Lease>('Lease', 'kube-node-lease', name);
  const createdMs = context.timeOf(node.metadata.creationTimestamp as string);
  const clock = { nowMs: context.nowMs, now: context.now, createdMs };
  const look = lookAtNode(node, lease, context.memory.health.get(name), clock, gracePeriods(context));
  context.memory.health.set(name, look.health);
  let current = node;
  if (look.conditions) {
    context.because(lastSignOfLife(context, node, lease));
    current = writeConditions(context, node, look.conditions, look.health.probeMs);
  }
  if (!look.current) return;
  followWithTaints(context, current, look.current);
  if (look.current.status === 'True' || look.observed.status !== 'True') return;
  context.events.record(current, 'Normal', 'NodeNotReady', `Node ${name} status is now: NodeNotReady`);
  for (const pod of context.lister.byIndex<Pod>('Pod', 'node', name)) {
    context.after(0, 'pod', `${pod.metadata.namespace}/${pod.metadata.name}`);
  }
}

/** Its silence is reckoned from there. */
function lastSignOfLife({ lister }: NodeContext, node: Node, lease: Lease | undefined): number | undefined {
  if (!lease) return lister.since('Node', node, () => true);
  return lister.since('Lease', lease, ({ spec }) => spec?.renewTime === lease.spec?.renewTime);
}

function writeConditions(
  context: NodeContext,
  node: Node,
  conditions: readonly NodeCondition[],
  probeMs: number,
): Node {
  const silentS = Math.round((context.nowMs - probeMs) / 1000);
  context.say(
    'update-status',
    node,
    `Node ${node.metadata.name} has been silent for ${silentS} s: its conditions are Unknown now`,
  );
  return (
    writeOrSkip(() =>
      context.client.updateStatus({ ...node, status: { ...node.status, conditions: [...conditions] } }),
    ) ?? node
  );
}

/** NoExecute taints: swapped or removed at once, but added only through the zone's queue. */
function followWithTaints(context: NodeContext, node: Node, ready: NodeCondition): void {
  if (ready.status === 'True') {
    unqueue(context, node);
    const taints = planNoExecute(node, undefined, [NOT_READY, UNREACHABLE], context.now);
    if (writeTaints(context, node, taints)) {
      context.say('update', node, `Node ${node.metadata.name} is ready again: its NoExecute taint is gone`);
    }
    return;
  }
  const [wanted, opposite] = ready.status === 'False' ? [NOT_READY, UNREACHABLE] : [UNREACHABLE, NOT_READY];
  if (hasNoExecute(node, opposite)) {
    writeTaints(context, node, planNoExecute(node, wanted, [opposite], context.now));
  } else if (!hasNoExecute(node, wanted)) {
    queue(context, node);
  }
}

/** A write that meets a newer Node is tried four times more, as UpdateTaintBackoff says; the watch brings that Node anyway. */
function syncNoSchedule(context: NodeContext, key: string): void {
  const [name = '', tries = '1'] = key.split('/');
  const node = context.lister.get<Node>('Node', undefined, name);
  if (!node) return;
  const taints = planNoSchedule(node, context.now);
  if (!taints) return;
  const keys = taints.filter((taint) => taint.effect === 'NoSchedule').map((taint) => taint.key);
  const sentence =
    keys.length > 0 ? `carries the NoSchedule taints ${keys.join(', ')} now` : 'carries no NoSchedule taint any more';
  if (writeTaints(context, node, taints)) context.say('update', node, `Node ${name} ${sentence}`);
  else if (Number(tries) < 5) context.after(100, 'no-schedule', `${name}/${Number(tries) + 1}`);
}

function markPodNotReady(context: NodeContext, key: string): void {
  const pod = context.lister.byKey<Pod>('Pod', key);
  const ready = pod?.status.conditions?.find((condition) => condition.type === 'Ready');
  if (!pod || ready?.status !== 'True') return;
  const condition: PodCondition = { ...ready, status: 'False', lastTransitionTime: context.now };
  try {
    context.client.updateStatus({
      ...pod,
      status: { ...pod.status, conditions: setCondition(pod.status.conditions, condition) },
    });
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    if (error.reason === 'Conflict') context.after(100, 'pod', key);
    return;
  }
  context.say('update-status', pod, `Pod ${pod.metadata.name} is not ready: its Node ${pod.spec.nodeName} isn't`);
  context.events.record(pod, 'Warning', 'NodeNotReady', 'Node is not ready');
}
