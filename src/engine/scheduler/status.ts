/**
 * How plugins answer. Follows staging/src/k8s.io/kube-scheduler/framework/interface.go (Status, Code); success is undefined.
 */

/** How a plugin decided. `Unschedulable` might be mended by preemption, `UnschedulableAndUnresolvable` not. */
export type Code = 'Error' | 'Unschedulable' | 'UnschedulableAndUnresolvable' | 'Skip' | 'Wait';

/** A plugin's answer other than success. */
export interface Status {
  readonly code: Code;
  readonly reasons: readonly string[];
  /** Filled in by the runtime. */
  readonly plugin: string;
  /** Of `Wait`: how long. */
  readonly waitMs?: number;
}

/** Success is undefined. */
export type Outcome = Status | undefined;

/** What is left to say when a plugin has nothing to do in this cycle. */
export const SKIP: Status = { code: 'Skip', reasons: [], plugin: '' };

/** The node fails, and preempting Pods on it might help. */
export function unschedulable(...reasons: string[]): Status {
  return { code: 'Unschedulable', reasons, plugin: '' };
}

/** The node fails whatever Pods are on it. */
export function unresolvable(...reasons: string[]): Status {
  return { code: 'UnschedulableAndUnresolvable', reasons, plugin: '' };
}

/** Something went wrong that is not about the Pod. */
export function failure(reason: string): Status {
  return { code: 'Error', reasons: [reason], plugin: '' };
}

/** Not yet: from Permit, refuse unless the Pod is allowed in within this time; from PreBind, ask again after it. */
export function wait(waitMs: number): Status {
  return { code: 'Wait', reasons: [], plugin: '', waitMs };
}

/** Whether a status says that the Pod does not fit, rather than that something broke. */
export function isRejected(status: Status): boolean {
  return status.code === 'Unschedulable' || status.code === 'UnschedulableAndUnresolvable';
}
