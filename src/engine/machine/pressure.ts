/** Faults that take memory, disk or process ids of a node from beside its Pods, so that a threshold of its kubelet is crossed. */
import { hasFault } from '../client/environment';
import { nodeUsage } from './load';
import type { Amounts } from './load-sums';
import { watchNode } from './oom';
import type { Machine } from './records';

const FAULTS: readonly (readonly [type: string, field: keyof Amounts])[] = [
  ['memory-pressure', 'memoryBytes'],
  ['disk-pressure', 'diskBytes'],
  ['pid-pressure', 'processes'],
];
/** So much of what must be left is left. */
const LEFT = 0.9;

/** Looks which such faults there are, and takes what each takes or gives it back. */
export function noticePressure(machine: Machine): void {
  const { context, node } = machine;
  const { memory } = context;
  for (const [type, field] of FAULTS) {
    const isPressed = hasFault(context.environment, type, { node });
    if (isPressed === memory.pressed.has(type)) continue;
    let taken = 0;
    if (isPressed) {
      memory.pressed.add(type);
      taken = Math.max(0, Math.ceil(memory.capacity[field] - LEFT * memory.marks[field]) - nodeUsage(context)[field]);
    } else memory.pressed.delete(type);
    memory.load = { ...memory.load, outside: { ...memory.load.outside, [field]: taken } };
  }
  watchNode(machine);
}
