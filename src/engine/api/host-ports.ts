/** Host ports: one Pod of a node may have each, by address and protocol. */
import type { ContainerPort } from './types';

const isAnyAddress = (hostIP: string | undefined): boolean => !hostIP || hostIP === '0.0.0.0';

/** Whether two ports can't be had on one node. */
export function isSameHostPort(left: ContainerPort, right: ContainerPort): boolean {
  if (left.hostPort !== right.hostPort || (left.protocol ?? 'TCP') !== (right.protocol ?? 'TCP')) return false;
  return isAnyAddress(left.hostIP) || isAnyAddress(right.hostIP) || left.hostIP === right.hostIP;
}
