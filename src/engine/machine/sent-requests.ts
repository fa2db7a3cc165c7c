/** What programs of a machine's Pods have sent, for those who measure what that costs. */
import { add, EMPTY_SERIES } from '../measures/series';
import type { ShellNetwork } from './network-face';
import type { MachineContext } from './records';
import { FRESH_PACE } from './shell/process-state';

/** What a request costs who answers it is measured by who sent it, second by second. */
export function noteSent(
  { memory: { sent } }: MachineContext,
  sender: ShellNetwork['sender'],
  containerId: string,
  atMs: number,
): void {
  const { askedMs, sleptMs } = sender?.pace ?? FRESH_PACE;
  if (sender) sender.pace = FRESH_PACE;
  const series = sent.get(containerId) ?? EMPTY_SERIES;
  sent.set(containerId, add(series, Math.floor(atMs / 1000), sleptMs > askedMs ? sleptMs / askedMs : 1));
}
