/** The addresses that Services get. */
import { parseAddress } from '../machine/pod-ip';

const SERVICE_BASE = parseAddress('10.96.0.0');
const SERVICE_SIZE = 2 ** 20;

/** Whether an address is in the range of Services' cluster IPs, 10.96.0.0/12. */
export function isServiceAddress(numeric: number): boolean {
  return numeric >= SERVICE_BASE && numeric < SERVICE_BASE + SERVICE_SIZE;
}
