/**
 * Addresses: which block of Pod addresses a node gets and which address a Pod gets in it. IPv4 as 32-bit numbers.
 * Follows pkg/controller/nodeipam/ipam/cidrset and the host-local CNI plugin (addresses are handed out in turn, so a freed one is not used
 * again at once). Nodes with more than 254 Pods get a wider block than /24, in one cluster range that is never full; each node has its block and its address for ever.
 */

const CLUSTER_BASE = 10 * 2 ** 24 + 244 * 2 ** 16;
const NODE_BASE = 192 * 2 ** 24 + 168 * 2 ** 16 + 10;

/** A block of addresses: the first one and how many there are (a power of two). */
export interface AddressBlock {
  readonly base: number;
  readonly size: number;
}

/** `10.244.1.5` from a number. */
export function formatAddress(address: number): string {
  return `${Math.floor(address / 2 ** 24) % 256}.${Math.floor(address / 65536) % 256}.${Math.floor(address / 256) % 256}.${address % 256}`;
}

/** A number from `10.244.1.5`. */
export function parseAddress(text: string): number {
  let sum = 0;
  let part = 0;
  for (let index = 0; index < text.length; index++) {
    const digit = text.charCodeAt(index) - 48;
    if (digit >= 0) part = part * 10 + digit;
    else {
      sum = sum * 256 + part;
      part = 0;
    }
  }
  return sum * 256 + part;
}

/** `10.244.1.0/24`. */
export function formatBlock(block: AddressBlock): string {
  let bits = 32;
  for (let size = block.size; size > 1; size /= 2) bits--;
  return `${formatAddress(block.base)}/${bits}`;
}

/** The block that `10.244.1.0/24` names. */
export function parseBlock(text: string): AddressBlock {
  const [address = '', bits = '32'] = text.split('/');
  return { base: parseAddress(address), size: 2 ** (32 - Number(bits)) };
}

/** The next block of the cluster's range after another one (undefined: the first), with room for this many Pods. */
export function nextBlock(before: AddressBlock | undefined, pods: number): AddressBlock {
  let size = 256;
  while (size - 2 < pods) size *= 2;
  const from = before ? before.base + before.size : CLUSTER_BASE;
  return { base: Math.ceil(from / size) * size, size };
}

/** The next free address of a block after `last`, in turn; undefined when all are taken. Network, gateway and broadcast are never given. */
export function nextAddress(
  block: AddressBlock,
  last: number,
  taken: ReadonlyMap<number, unknown>,
): number | undefined {
  const first = block.base + 2;
  const end = block.base + block.size - 1;
  let candidate = last + 1;
  for (let tries = 0; tries < block.size; tries++, candidate++) {
    if (candidate < first || candidate >= end) candidate = first;
    if (!taken.has(candidate)) return candidate;
  }
  return undefined;
}

/** The address of the machine that joins after so many others. */
export function machineAddress(earlier: number): string {
  return formatAddress(NODE_BASE + earlier);
}
