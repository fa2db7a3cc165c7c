/**
 * The binding cycle of one Pod, from the moment its node is chosen: the Pod is assumed there, Reserve and Permit run within
 * the scheduling cycle, and then, on a timer of its own, come Permit's waits, PreBind and Bind, while the scheduler goes on
 * with other Pods. A cycle in which nothing waits is one step; when it fails, the Pod is forgotten and goes back to the queue.
 * Follows pkg/scheduler/schedule_one.go (prepareForBindingCycle, bindingCycle, handleBindingCycleError).
 */
import { formatDuration } from '../api/duration';
import type { Pod } from '../api/types';
import {
  type Reservation,
  runBind,
  runPermit,
  runPreBind,
  runPreBindPreFlight,
  runReserve,
  runUnreserve,
} from './binding-plugins';
import { continueBinding } from './binding-waits';
import { assume, forget, forgetWaiting, type Scheduling, waitingPodInfo } from './cluster-view';
import type { SchedulingEvidence } from './evidence';
import { fail, failureOf, fitFailureOf } from './failure';
import { type Cycle, isRejected, type Status, unschedulable } from './framework';
import { createHandle } from './handle';
import type { Binding, PendingPermit } from './memory';
import type { PodInfo } from './pod-info';
import { patchPodStatus, refusalOf } from './pod-writes';
import { retryRejected, runEvent } from './requeue';
import type { QueuedPod } from './scheduling-queue';

/** What a scheduling cycle has decided. */
export interface Choice {
  readonly queued: QueuedPod;
  readonly info: PodInfo;
  readonly pod: Pod;
  readonly cycle: Cycle;
  readonly nodeName: string;
  /** For the trace, once the Pod is bound. */
  readonly sentence: string;
  readonly evidence: SchedulingEvidence;
}

function pendingPermits(
  waits: readonly { readonly plugin: string; readonly waitMs: number }[],
  nowMs: number,
): readonly PendingPermit[] {
  return waits.map(({ plugin, waitMs }) => ({ plugin, waitMs, untilMs: nowMs + waitMs }));
}

/** Assumes the Pod on its node, runs Reserve and Permit, and sets the timer of the binding cycle. */
export function startBinding(scheduling: Scheduling, choice: Choice): void {
  const { context, framework } = scheduling;
  const { queued, info, pod, cycle, nodeName, sentence, evidence } = choice;
  const { key, uid } = queued;
  assume(scheduling, info, nodeName);
  const states = new Map(cycle.filters.map(({ plugin, state }) => [plugin.name, state]));
  const unreserved: Reservation = { pod: info, nodeName, handle: cycle.handle, reserved: new Map() };
  const { reserved, status } = runReserve(framework, unreserved, states);
  const reservation = { ...unreserved, reserved };
  const permission = status ? { waits: [], status } : runPermit(framework, reservation);
  if (permission.status) {
    runUnreserve(framework, reservation);
    forget(scheduling, key, uid);
    context.attach(evidence);
    fail(scheduling, queued, pod, fitFailureOf(nodeName, permission.status));
    return;
  }
  const permits = pendingPermits(permission.waits, context.nowMs);
  const { nowMs } = context;
  const begun = {
    stage: 'begin',
    reconsidered: [],
    preBinds: [],
    sinceMs: nowMs,
    dueMs: nowMs,
    ruling: undefined,
  } as const;
  continueBinding(context, { key, uid, nodeName, queued, pod, sentence, evidence, reserved, permits, ...begun }, 0);
}

/** The Pod of a binding cycle as last delivered, or as it was when it is gone. */
function podOf({ context }: Scheduling, { key, uid, pod }: Binding): Pod {
  const current = context.lister.byKey<Pod>('Pod', key);
  return current?.metadata.uid === uid ? current : pod;
}

function reservationOf(scheduling: Scheduling, binding: Binding, pod: Pod): Reservation {
  const { nodeName, reserved, key } = binding;
  const info = waitingPodInfo(scheduling.context, pod, key);
  return { pod: info, nodeName, reserved, handle: createHandle(scheduling) };
}

/** Gives everything back, tells those who wait for room, and lets the Pod try again. */
function giveUp(scheduling: Scheduling, binding: Binding, pod: Pod, status: Status): void {
  const { context, framework } = scheduling;
  const { key, uid, nodeName, queued, reconsidered } = binding;
  context.memory.bindings.delete(uid);
  runUnreserve(framework, reservationOf(scheduling, binding, pod));
  const wasAssumed = forget(scheduling, key, uid);
  const mayFit = isRejected(status);
  const tellOthers = (): void => {
    const except = mayFit ? key : undefined;
    if (wasAssumed) runEvent(scheduling, { event: 'AssignedPodDelete', before: pod, after: undefined, except });
  };
  // A Pod that is itself at fault must not be brought back by the room it leaves.
  if (!mayFit) tellOthers();
  context.attach(binding.evidence);
  const why = binding.stage === 'preBind' ? failureOf : fitFailureOf;
  fail(scheduling, queued, pod, why(nodeName, status));
  if (mayFit && reconsidered.includes(status.plugin)) retryRejected(scheduling, key);
  if (mayFit) tellOthers();
}

/** A Permit plugin has waited long enough. */
function timedOut(permits: readonly PendingPermit[], nowMs: number): Status | undefined {
  const over = permits.filter(({ untilMs }) => untilMs <= nowMs);
  const first = over.reduce((one, other) => (other.untilMs < one.untilMs ? other : one), over[0] as PendingPermit);
  if (!first) return undefined;
  const { plugin, waitMs } = first;
  return {
    ...unschedulable(`rejected due to timeout after waiting ${formatDuration(waitMs)} at plugin ${plugin}`),
    plugin,
  };
}

/** Finds out what there is to wait for; if anything, tells others which node it will be. */
function begin(scheduling: Scheduling, binding: Binding, pod: Pod): { begun: Binding; status: Status | undefined } {
  const { plugins, status } = runPreBindPreFlight(scheduling.framework, reservationOf(scheduling, binding, pod));
  if (!status && (binding.permits.length > 0 || plugins.length > 0)) {
    const { namespace = '', name } = pod.metadata;
    const { uid, nodeName } = binding;
    refusalOf(() => patchPodStatus(scheduling.context, { namespace, name, uid }, undefined, nodeName));
  }
  return { begun: { ...binding, stage: 'permit', preBinds: plugins }, status };
}

/** Waits until one of these Permit plugins has waited long enough. */
function waitForPermit({ context }: Scheduling, binding: Binding): void {
  continueBinding(context, binding, Math.min(...binding.permits.map(({ untilMs }) => untilMs)) - context.nowMs);
}

/** Runs PreBind from where it stands; a plugin's refusal, or `Wait` when it asked for more time. */
function prepare(scheduling: Scheduling, binding: Binding, pod: Pod): Status | undefined {
  const { context, framework } = scheduling;
  const reservation = reservationOf(scheduling, binding, pod);
  let sinceMs = binding.stage === 'preBind' ? binding.sinceMs : context.nowMs;
  for (let preBinds = binding.preBinds; preBinds.length > 0; preBinds = preBinds.slice(1)) {
    const status = runPreBind(framework, reservation, preBinds[0] as string, sinceMs);
    if (status?.code === 'Wait') {
      continueBinding(context, { ...binding, stage: 'preBind', preBinds, sinceMs }, Math.max(1, status.waitMs ?? 0));
    }
    if (status) return status;
    sinceMs = context.nowMs;
  }
  return undefined;
}

/** Binds the Pod: the end of a good cycle. */
function bind(scheduling: Scheduling, binding: Binding, pod: Pod): Status | undefined {
  const { context, framework } = scheduling;
  const { key, uid, nodeName, sentence, evidence } = binding;
  const status = runBind(framework, reservationOf(scheduling, binding, pod));
  if (status) return status;
  forgetWaiting(context, key);
  context.memory.bindings.delete(uid);
  context.attach(evidence);
  context.say('schedule', pod, sentence);
  const { namespace, name } = pod.metadata;
  const message = `Successfully assigned ${namespace}/${name} to ${nodeName}`;
  context.events.record(pod, 'Normal', 'Scheduled', message, { action: 'Binding' });
  return undefined;
}

/** Says once that a Pod has a node but waits. */
function sayWaits({ context }: Scheduling, { nodeName, permits, preBinds }: Binding, pod: Pod): void {
  const plugins = [...permits.map(({ plugin }) => plugin), ...preBinds].join(', ');
  context.say('schedule', pod, `Chose ${nodeName} for Pod ${pod.metadata.name}, which waits for ${plugins}`);
}

/** Goes on with a binding cycle: its timer has fired. */
export function runBindingCycle(scheduling: Scheduling, uid: string): void {
  const { nowMs, memory } = scheduling.context;
  const kept = memory.bindings.get(uid);
  if (!kept || kept.dueMs > nowMs) return;
  const pod = podOf(scheduling, kept);
  const isFirst = kept.stage === 'begin';
  const { begun: binding, status: unfit } = isFirst ? begin(scheduling, kept, pod) : { begun: kept, status: undefined };
  const refusal = kept.ruling ?? unfit ?? (binding.stage === 'permit' ? timedOut(binding.permits, nowMs) : undefined);
  if (refusal) {
    giveUp(scheduling, binding, pod, refusal);
    return;
  }
  if (binding.stage === 'permit' && binding.permits.length > 0) {
    waitForPermit(scheduling, binding);
    if (isFirst) sayWaits(scheduling, binding, pod);
    return;
  }
  const unprepared = prepare(scheduling, binding, pod);
  if (unprepared?.code === 'Wait') {
    if (isFirst) sayWaits(scheduling, binding, pod);
    return;
  }
  const status = unprepared ?? bind(scheduling, binding, pod);
  if (status) giveUp(scheduling, { ...binding, stage: 'preBind' }, pod, status);
}
