/** The conditions of a node that is short of something, and the Events that tell of them. Follows pkg/kubelet/nodestatus/setters.go. */
import type { Node, NodeCondition } from '../../api/types';
import { type Kubelet, nodeEvent } from '../api-writes';
import { PRESSURES, type Pressure } from './thresholds';

interface Words {
  readonly reason: string;
  readonly message: string;
  readonly event: string;
}

/** What is said of each when it holds and when it does not. */
const WORDS: Readonly<Record<Pressure, readonly [pressed: Words, free: Words]>> = {
  MemoryPressure: [
    {
      reason: 'KubeletHasInsufficientMemory',
      message: 'kubelet has insufficient memory available',
      event: 'NodeHasInsufficientMemory',
    },
    {
      reason: 'KubeletHasSufficientMemory',
      message: 'kubelet has sufficient memory available',
      event: 'NodeHasSufficientMemory',
    },
  ],
  DiskPressure: [
    { reason: 'KubeletHasDiskPressure', message: 'kubelet has disk pressure', event: 'NodeHasDiskPressure' },
    { reason: 'KubeletHasNoDiskPressure', message: 'kubelet has no disk pressure', event: 'NodeHasNoDiskPressure' },
  ],
  PIDPressure: [
    {
      reason: 'KubeletHasInsufficientPID',
      message: 'kubelet has insufficient PID available',
      event: 'NodeHasInsufficientPID',
    },
    {
      reason: 'KubeletHasSufficientPID',
      message: 'kubelet has sufficient PID available',
      event: 'NodeHasSufficientPID',
    },
  ],
};

/** The three conditions. */
export function pressureConditions(
  pressures: readonly Pressure[],
): { type: Pressure; status: 'True' | 'False'; reason: string; message: string }[] {
  return PRESSURES.map((type) => {
    const isPressed = pressures.includes(type);
    const { reason, message } = WORDS[type][isPressed ? 0 : 1];
    return { type, status: isPressed ? 'True' : 'False', reason, message };
  });
}

/** Whether stored conditions say otherwise. */
export function hasChanged(stored: readonly NodeCondition[] = [], pressures: readonly Pressure[]): boolean {
  return PRESSURES.some((type) => {
    const status = stored.find((condition) => condition.type === type)?.status;
    return status !== undefined && status !== 'Unknown' && (status === 'True') !== pressures.includes(type);
  });
}

/** Tells of conditions that differ from those stored. */
export function tellPressures(kubelet: Kubelet, { status, metadata }: Node, now: readonly NodeCondition[]): void {
  for (const type of PRESSURES) {
    const before = status.conditions?.find((condition) => condition.type === type)?.status;
    const after = now.find((condition) => condition.type === type)?.status;
    if (before === undefined || before === after) continue;
    const { event } = WORDS[type][after === 'True' ? 0 : 1];
    nodeEvent(kubelet, 'Normal', event, `Node ${metadata.name} status is now: ${event}`);
  }
}

/** Tells that the node has become ready, or is no longer. */
export function tellReady(kubelet: Kubelet, { status, metadata }: Node, now: readonly NodeCondition[]): void {
  const [before, after] = [status.conditions, now].map((all) => all?.find(({ type }) => type === 'Ready')?.status);
  if (before === undefined || before === after) return;
  const event = after === 'True' ? 'NodeReady' : 'NodeNotReady';
  nodeEvent(kubelet, 'Normal', event, `Node ${metadata.name} status is now: ${event}`);
}
