/** Which block an address is in: that of Services, or one that is written down. */
import { parseAddress, parseBlock } from '../machine/pod-ip';

const SERVICES = parseBlock('10.96.0.0/12');

/** Whether an address is in the range of Services' cluster IPs, 10.96.0.0/12. */
export function isServiceAddress(numeric: number): boolean {
  return numeric >= SERVICES.base && numeric < SERVICES.base + SERVICES.size;
}

/** Whether an address is in a block, written `10.0.0.0/8`; only the bits that it names count. */
export function isInBlock(address: string, cidr: string): boolean {
  const { base, size } = parseBlock(cidr);
  return Math.floor(parseAddress(address) / size) === Math.floor(base / size);
}
