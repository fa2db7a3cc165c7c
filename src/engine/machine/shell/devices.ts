/** What every container finds in /dev beside its directories. Follows the OCI runtime specification (config-linux, default devices) as runc and containerd make them. */

/** Devices by their names, with their major and minor numbers. */
const NUMBERS: ReadonlyMap<string, readonly [major: number, minor: number]> = new Map([
  ['full', [1, 7]],
  ['null', [1, 3]],
  ['random', [1, 8]],
  ['tty', [5, 0]],
  ['urandom', [1, 9]],
  ['zero', [1, 5]],
]);

const LINKS: ReadonlyMap<string, string> = new Map([
  ['core', '/proc/kcore'],
  ['fd', '/proc/self/fd'],
  ['ptmx', 'pts/ptmx'],
  ['stderr', '/proc/self/fd/2'],
  ['stdin', '/proc/self/fd/0'],
  ['stdout', '/proc/self/fd/1'],
]);

/** All of their names; the message for the kubelet is a file. */
export const DEVICE_NAMES: readonly string[] = [...NUMBERS.keys(), ...LINKS.keys(), 'termination-log'];

const nameIn = (path: string): string => (path.startsWith('/dev/') ? path.slice(5) : '');

/** The numbers of the device at a whole path. */
export const deviceAt = (path: string): readonly [major: number, minor: number] | undefined =>
  NUMBERS.get(nameIn(path));

/** Where a link of these leads to. */
export const deviceLinkAt = (path: string): string | undefined => LINKS.get(nameIn(path));
