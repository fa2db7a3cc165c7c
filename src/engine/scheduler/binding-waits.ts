/**
 * Pods that wait in a binding cycle: for Permit, or for a PreBind that is not ready. Who may go on, and who no longer may.
 * Follows pkg/scheduler/framework/runtime/{waiting_pods_map,pods_in_prebind_map}.go.
 */
import type { Status } from './framework';
import type { Binding, SchedulerContext } from './memory';

/** Keeps a binding cycle as it stands now and sets the timer with which it goes on. */
export function continueBinding(context: SchedulerContext, binding: Binding, delayMs: number): void {
  context.memory.bindings.set(binding.uid, { ...binding, dueMs: context.nowMs + delayMs });
  context.afterBecause(delayMs, 'bind', binding.uid, binding.queued.cause);
}

/** Whether Permit has the Pod wait, and nobody has ended that yet. */
export function waitsForPermit({ stage, permits, ruling }: Binding): boolean {
  return stage !== 'preBind' && permits.length > 0 && !ruling;
}

/** Whether a binding cycle waits for a plugin: one that does not is over within its first timer. */
export function isHeldUp(binding: Binding): boolean {
  return binding.stage === 'preBind' ? !binding.ruling : waitsForPermit(binding);
}

/** Ends the wait of a Pod for good: its binding cycle fails with this status, at once. */
export function endWait(context: SchedulerContext, binding: Binding, ruling: Status): void {
  if (isHeldUp(binding)) continueBinding(context, { ...binding, ruling }, 0);
}

/** A Permit plugin lets a Pod go on; the last one of them sets it going. */
export function allowWaiting(context: SchedulerContext, uid: string, plugin: string): void {
  const binding = context.memory.bindings.get(uid);
  if (!binding || !waitsForPermit(binding)) return;
  const permits = binding.permits.filter((permit) => permit.plugin !== plugin);
  if (permits.length > 0) context.memory.bindings.set(uid, { ...binding, permits });
  else continueBinding(context, { ...binding, permits }, 0);
}
