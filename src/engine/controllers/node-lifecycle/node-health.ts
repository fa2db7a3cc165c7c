/**
 * When a Node's kubelet was last heard of, and what to think of the Node if that was too long ago. Pure.
 * Follows tryUpdateNodeHealth of pkg/controller/nodelifecycle/node_lifecycle_controller.go.
 */
import { findCondition } from '../../api/conditions';
import type { Lease, Node, NodeCondition } from '../../api/types';

/** What is remembered of a Node between two looks. Replaced, never mutated. */
export interface NodeHealth {
  readonly heartbeat: string | undefined;
  readonly renewTime: string | undefined;
  /** When its kubelet last gave a sign of life, on this controller's clock. */
  readonly probeMs: number;
}

/** One look at one Node. */
export interface HealthLook {
  readonly health: NodeHealth;
  /** Ready as the kubelet (or an earlier look) left it. */
  readonly observed: NodeCondition;
  /** Ready as it is after this look. */
  readonly current: NodeCondition | undefined;
  /** The Node's conditions to write, when silence has turned them Unknown. */
  readonly conditions: readonly NodeCondition[] | undefined;
}

/** Conditions that become Unknown with a silent kubelet. */
const SILENCED = ['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure'];

/** How long silence is borne. */
export interface GracePeriods {
  readonly monitorMs: number;
  readonly startupMs: number;
}

function remember(
  before: NodeHealth | undefined,
  heartbeat: string | undefined,
  lease: Lease | undefined,
  nowMs: number,
  createdMs: number,
): NodeHealth {
  const renewTime = lease?.spec?.renewTime;
  const neverPosted = heartbeat === undefined;
  let probeMs = before?.probeMs ?? (neverPosted ? createdMs : nowMs);
  if (before && before.heartbeat !== heartbeat) probeMs = nowMs;
  if (renewTime !== undefined && (before?.renewTime === undefined || before.renewTime < renewTime)) probeMs = nowMs;
  return { heartbeat, renewTime, probeMs };
}

function silence(node: Node, now: string): NodeCondition[] {
  const conditions = [...(node.status.conditions ?? [])];
  for (const type of SILENCED) {
    const index = conditions.findIndex((condition) => condition.type === type);
    const before = conditions[index];
    if (!before) {
      conditions.push({
        type,
        status: 'Unknown',
        reason: 'NodeStatusNeverUpdated',
        message: 'Kubelet never posted node status.',
        lastHeartbeatTime: node.metadata.creationTimestamp,
        lastTransitionTime: now,
      });
    } else if (before.status !== 'Unknown') {
      const message = 'Kubelet stopped posting node status.';
      conditions[index] = {
        ...before,
        status: 'Unknown',
        reason: 'NodeStatusUnknown',
        message,
        lastTransitionTime: now,
      };
    }
  }
  return conditions;
}

/** Looks at a Node and its lease, given what was remembered of it. */
export function lookAtNode(
  node: Node,
  lease: Lease | undefined,
  before: NodeHealth | undefined,
  clock: { readonly nowMs: number; readonly now: string; readonly createdMs: number },
  grace: GracePeriods,
): HealthLook {
  const ready = findCondition(node.status.conditions, 'Ready');
  const created = node.metadata.creationTimestamp;
  const observed: NodeCondition = ready ?? {
    type: 'Ready',
    status: 'Unknown',
    lastHeartbeatTime: created,
    lastTransitionTime: created,
  };
  const health = remember(before, ready?.lastHeartbeatTime, lease, clock.nowMs, clock.createdMs);
  const graceMs = ready ? grace.monitorMs : grace.startupMs;
  if (clock.nowMs <= health.probeMs + graceMs) return { health, observed, current: ready, conditions: undefined };
  const conditions = silence(node, clock.now);
  const changed = conditions.some((condition, index) => condition !== node.status.conditions?.[index]);
  return {
    health,
    observed,
    current: findCondition(conditions, 'Ready'),
    conditions: changed ? conditions : undefined,
  };
}
