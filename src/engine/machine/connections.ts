/** Whether a process still takes new connections while it ends. Pure. */
import type { MachineContainer } from './records';
import { trapsTerm } from './shell/shell';

/**
 * A server that heeds SIGTERM closes its ports at once and finishes what it has; one that ignores it (as a shell without a trap does) goes on until
 * it is killed.
 */
export function isTakingConnections({ stopAskedMs, behaviour, shell }: MachineContainer, atMs: number): boolean {
  if (stopAskedMs === undefined || stopAskedMs > atMs) return true;
  return behaviour.stop === 'ignore' && !(shell && trapsTerm(shell));
}
