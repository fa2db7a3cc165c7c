/**
 * The taints that speak for a Node's conditions. Pure, apart from the one write.
 * Follows doNoScheduleTaintingPass and processTaintBaseEviction of pkg/controller/nodelifecycle/node_lifecycle_controller.go
 * and SwapNodeControllerTaint of pkg/controller/util/node/controller_utils.go.
 */
import { findCondition } from '../../api/conditions';
import type { Node, Taint } from '../../api/types';

/** Taint of a Node whose Ready condition is False. */
export const NOT_READY = 'node.kubernetes.io/not-ready';
/** Taint of a Node whose Ready condition is Unknown. */
export const UNREACHABLE = 'node.kubernetes.io/unreachable';
const UNSCHEDULABLE = 'node.kubernetes.io/unschedulable';

/** Taint of each condition and status. */
const CONDITION_TAINTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Ready: { False: NOT_READY, Unknown: UNREACHABLE },
  MemoryPressure: { True: 'node.kubernetes.io/memory-pressure' },
  DiskPressure: { True: 'node.kubernetes.io/disk-pressure' },
  NetworkUnavailable: { True: 'node.kubernetes.io/network-unavailable' },
  PIDPressure: { True: 'node.kubernetes.io/pid-pressure' },
};

const OWN_KEYS: ReadonlySet<string> = new Set([
  ...Object.values(CONDITION_TAINTS).flatMap((taints) => Object.values(taints)),
  UNSCHEDULABLE,
]);

/** Whether the Node has this NoExecute taint. */
export function hasNoExecute(node: Node, key: string): boolean {
  return node.spec.taints?.some((taint) => taint.key === key && taint.effect === 'NoExecute') ?? false;
}

/** Keys of the NoSchedule taints that the Node's conditions and cordon call for. */
function wantedNoSchedule(node: Node): string[] {
  const keys: string[] = [];
  for (const [type, taints] of Object.entries(CONDITION_TAINTS)) {
    const key = taints[findCondition(node.status.conditions, type)?.status ?? ''];
    if (key) keys.push(key);
  }
  if (node.spec.unschedulable) keys.push(UNSCHEDULABLE);
  return keys;
}

/** The Node's taints with its own NoSchedule ones put right, or undefined when they are right already. */
export function planNoSchedule(node: Node, now: string): Taint[] | undefined {
  const wanted = wantedNoSchedule(node);
  const taints = node.spec.taints ?? [];
  const isOwn = (taint: Taint): boolean => taint.effect === 'NoSchedule' && OWN_KEYS.has(taint.key);
  const present = taints.filter(isOwn).map((taint) => taint.key);
  const missing = wanted.filter((key) => !present.includes(key));
  if (missing.length === 0 && present.length === wanted.length) return undefined;
  const kept = taints.filter((taint) => !isOwn(taint) || wanted.includes(taint.key));
  return [...kept, ...missing.map((key) => ({ key, effect: 'NoSchedule', timeAdded: now }))];
}

/** The Node's taints with one NoExecute taint added and others gone, or undefined when nothing changes. */
export function planNoExecute(
  node: Node,
  add: string | undefined,
  remove: readonly string[],
  now: string,
): Taint[] | undefined {
  const taints = node.spec.taints ?? [];
  const kept = taints.filter((taint) => taint.effect !== 'NoExecute' || !remove.includes(taint.key));
  const isThere = add === undefined || hasNoExecute(node, add);
  if (kept.length === taints.length && isThere) return undefined;
  return isThere ? kept : [...kept, { key: add as string, effect: 'NoExecute', timeAdded: now }];
}

/** The Node with these taints. */
export function withTaints(node: Node, taints: readonly Taint[]): Node {
  const { taints: _before, ...rest } = node.spec;
  return { ...node, spec: taints.length > 0 ? { ...rest, taints: [...taints] } : rest };
}
