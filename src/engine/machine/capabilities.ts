/** Which capabilities a container has, as the kernel tells them. Follows include/uapi/linux/capability.h and containerd's pkg/oci. */
import type { Container } from '../api/types';

/** By their bits. */
const NAMES =
  'CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE NET_BIND_SERVICE NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO SYS_CHROOT SYS_PTRACE SYS_PACCT SYS_ADMIN SYS_BOOT SYS_NICE SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE AUDIT_CONTROL SETFCAP MAC_OVERRIDE MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND AUDIT_READ PERFMON BPF CHECKPOINT_RESTORE'.split(
    ' ',
  );

/** Those that every container has. */
const USUAL =
  'CHOWN DAC_OVERRIDE FSETID FOWNER MKNOD NET_RAW SETGID SETUID SETFCAP SETPCAP NET_BIND_SERVICE SYS_CHROOT KILL AUDIT_WRITE'.split(
    ' ',
  );

const NONE = '0'.repeat(16);

function maskOf(has: (name: string) => boolean): string {
  const digits = [];
  for (let first = 60; first >= 0; first -= 4) {
    const bits = [3, 2, 1, 0].map((at) => NAMES[first + at]);
    digits.push(bits.reduce((sum, name) => sum * 2 + (name !== undefined && has(name) ? 1 : 0), 0).toString(16));
  }
  return digits.join('');
}

/** The lines of a process's status; of those that its container has nothing is left to a user that is not root. */
export function capabilityLines({ securityContext }: Container, user: number): string {
  const bounding = maskOf((name) => hasCapability({ securityContext }, name));
  const own = user === 0 ? bounding : NONE;
  return [`CapInh:\t${NONE}`, `CapPrm:\t${own}`, `CapEff:\t${own}`, `CapBnd:\t${bounding}`, `CapAmb:\t${NONE}`].join(
    '\n',
  );
}

/** Whether root has a capability in a container. */
export function hasCapability({ securityContext }: Pick<Container, 'securityContext'>, name: string): boolean {
  const { privileged = false, capabilities: { add = [], drop = [] } = {} } = securityContext ?? {};
  const names = (list: readonly string[], name: string): boolean =>
    list.some((one) => one.toUpperCase().replace(/^CAP_/, '') === name);
  // All are given or taken before single ones are.
  const atFirst = !names(drop, 'ALL') && (names(add, 'ALL') || USUAL.includes(name));
  return privileged || ((atFirst || names(add, name)) && !names(drop, name));
}
