/**
 * No container outlives the moment at which its memory limit is used up; who uses no more than it asks for is not evicted while there are
 * Pods that ask for nothing; a condition of pressure stays as long as it must.
 */
import { quantityValue } from '../../engine/api/quantity';
import type { ContainerStateTerminated, Node, Pod } from '../../engine/api/types';
import { SYSTEM_CRITICAL } from '../../engine/api/validation/priority-class';
import { LEAK } from '../swarm-pressure';
import { type Checker, type ClusterState, type History, nameOf } from './history';

const MIB = 1024 ** 2;
const TRANSITION_MS = 300_000;
const PRESSURES = ['MemoryPressure', 'DiskPressure', 'PIDPressure'];
/** Stored times are whole seconds. */
const BLUR_MS = 1000;

/** When a container that leaks has used up its limit. */
function endMs(startedMs: number, limit: number): number {
  const atMs = startedMs + ((limit - LEAK.baseMib * MIB) * 1000) / (LEAK.growthMib * MIB);
  return atMs < LEAK.untilMs - BLUR_MS ? atMs : Number.POSITIVE_INFINITY;
}

function checkEnd(
  pod: Pod,
  name: string,
  end: ContainerStateTerminated,
  timeOf: History['timeOf'],
): string | undefined {
  const spec = pod.spec.containers.find((container) => container.name === name);
  const limit = quantityValue(spec?.resources?.limits?.memory);
  // It ended with its machine; what is written is when that came up again.
  if (end.reason === 'Unknown') return undefined;
  if (!spec?.image?.startsWith('leak:') || limit === 0 || !end.startedAt || !end.finishedAt) return undefined;
  const startedMs = timeOf(end.startedAt);
  const [ranMs, mayMs] = [timeOf(end.finishedAt) - startedMs, endMs(startedMs, limit) - startedMs];
  const what = `${nameOf(pod)}, container ${name}, ran for ${ranMs / 1000} s (${end.reason})`;
  if (ranMs > mayMs + BLUR_MS) return `${what}; its memory limit was used up after ${mayMs / 1000} s`;
  return undefined;
}

/** Whether all containers of a Pod had run for a while: before that nothing is measured of it, and such Pods are evicted first. */
const isMeasured = ({ status }: Pod, atMs: number, timeOf: History['timeOf']): boolean =>
  status?.containerStatuses?.every(({ state: now }) => {
    const startedAt = now?.running?.startedAt;
    return startedAt !== undefined && timeOf(startedAt) + BLUR_MS <= atMs;
  }) ?? false;

/** Anything on a node that asks for no memory and has run for a while at a time, all of it, and is not over for its kubelet: chosen itself, or ended. */
function bestEffortBeside(
  victim: Pod,
  state: ClusterState,
  overMs: readonly ReadonlyMap<string, number>[],
  atMs: number,
  timeOf: History['timeOf'],
): Pod | undefined {
  return state.list<Pod>('Pod').find((pod) => {
    const { metadata, spec, status } = pod;
    if (spec.nodeName !== victim.spec.nodeName || metadata.uid === victim.metadata.uid) return false;
    if (overMs.some((times) => (times.get(metadata.name) ?? Number.POSITIVE_INFINITY) <= atMs)) return false;
    // Critical Pods are spared.
    if ((spec.priority ?? 0) >= SYSTEM_CRITICAL) return false;
    if (metadata.deletionTimestamp || status?.qosClass !== 'BestEffort' || status.phase !== 'Running') return false;
    return isMeasured(pod, atMs, timeOf);
  });
}

const isForMemory = ({ status }: Pod): boolean =>
  status?.reason === 'Evicted' && (status.message ?? '').startsWith('The node was low on resource: memory.');

export const pressure: Checker = {
  name: 'pressure',
  begin: (complain, { timeOf }) => {
    /** When a kubelet began, or got through to the API server again: what it says then it may have seen long before. */
    const kubeletsBegun = new Map<string, number>();
    /** When Pods were chosen for eviction, by name: their status is written only once they have ended. */
    const chosenMs = new Map<string, number>();
    /** When a container of a Pod ended that has not begun again, by the Pod's name: a kubelet that is cut off says so later. */
    const endedMs = new Map<string, number>();
    const checkPod = (pod: Pod, before: Pod | undefined, state: ClusterState, atMs: number): void => {
      for (const { name, state: now, lastState } of pod.status?.containerStatuses ?? []) {
        for (const end of [now?.terminated, lastState?.terminated]) {
          const complaint = end && checkEnd(pod, name, end, timeOf);
          if (complaint) complain(complaint);
        }
      }
      if (!isForMemory(pod) || (before && isForMemory(before))) return;
      if (pod.status.message?.includes('larger consumption')) return;
      const choiceMs = chosenMs.get(pod.metadata.name) ?? atMs;
      if (!before || !isMeasured(before, choiceMs, timeOf)) return;
      const rather = bestEffortBeside(pod, state, [chosenMs, endedMs], choiceMs, timeOf);
      if (rather) complain(`${nameOf(pod)} was evicted though ${nameOf(rather)} uses what it never asked for`);
    };
    const checkNode = (node: Node, before: Node): void => {
      for (const type of PRESSURES) {
        const of = ({ status }: Node) => status.conditions?.find((condition) => condition.type === type);
        const [was, is] = [of(before), of(node)];
        if (was?.status !== 'True' || is?.status !== 'False' || !was.lastTransitionTime || !is.lastTransitionTime)
          continue;
        const sinceMs = timeOf(was.lastTransitionTime);
        const stayedMs = timeOf(is.lastTransitionTime) - sinceMs;
        if ((kubeletsBegun.get(node.metadata.name) ?? Number.NEGATIVE_INFINITY) >= sinceMs - BLUR_MS) continue;
        if (stayedMs < TRANSITION_MS - 10_000 - BLUR_MS)
          complain(`${nameOf(node)} had ${type} for ${stayedMs / 1000} s only`);
      }
    };
    return {
      step: ({ actor, verb, time, message, object }) => {
        if (actor.startsWith('kubelet/') && object?.kind === 'Pod') {
          if (verb === 'end') endedMs.set(object.name, time);
          else if (verb === 'start') endedMs.delete(object.name);
        }
        const chosen = actor.startsWith('kubelet/') && /^Evicted Pod (?:\S+\/)?(\S+):/.exec(message)?.[1];
        if (chosen) chosenMs.set(chosen, time);
        if (actor.startsWith('kubelet/') && verb === 'reconnect')
          kubeletsBegun.set(actor.slice('kubelet/'.length), time);
        if (actor !== 'fault') return;
        const node = /node (\S+?)(?:[ :;,]|$)/i.exec(message)?.[1];
        if (node && (verb === 'heal' || verb === 'component-down')) kubeletsBegun.set(node, time);
      },
      change: ({ kind, value, previous, atMs }, state) => {
        if (kind === 'Pod' && value) checkPod(value as Pod, previous as Pod | undefined, state, atMs);
        if (kind === 'Node' && value && previous) checkNode(value as Node, previous as Node);
      },
    };
  },
};
