/**
 * Why containerd can't make a container: it has no command, or asks for a profile (`type: Localhost`) that the node has not.
 * In the words of internal/cri/server/container_create.go, internal/cri/opts, internal/cri/sputil and contrib/seccomp.
 */
import type { Container, Pod } from '../api/types';
import { hostEntry } from './host-entries';
import { type Behaviour, hasNoCommand } from './image-behaviour';
import type { Machine } from './records';

/** Where the kubelet has nodes keep their seccomp profiles. */
const SECCOMP_ROOT = '/var/lib/kubelet/seccomp';
/** The AppArmor profiles of a node; nothing in the simulation loads further ones. */
const LOADED = ['cri-containerd.apparmor.d'];

/** See the header. */
export function creationProblem(
  machine: Machine,
  { spec: { securityContext } }: Pod,
  spec: Container,
  behaviour: Behaviour,
  id: string,
): string | undefined {
  if (hasNoCommand(behaviour, spec)) {
    return `failed to generate container "${id}" spec: failed to apply OCI options: no command specified`;
  }
  const own = spec.securityContext;
  const armor = own?.appArmorProfile ?? securityContext?.appArmorProfile;
  if (armor?.type === 'Localhost' && !LOADED.includes(armor.localhostProfile ?? '')) {
    return `failed to get container spec opts: failed to generate apparmor spec opts: apparmor profile not found ${armor.localhostProfile}`;
  }
  const seccomp = own?.seccompProfile ?? securityContext?.seccompProfile;
  if (seccomp?.type !== 'Localhost' || own?.privileged) return undefined;
  const path = `${SECCOMP_ROOT}/${seccomp.localhostProfile}`;
  if (hostEntry(machine, path) === 'file') return undefined;
  return `failed to create containerd container: cannot load seccomp profile "${path}": open ${path}: no such file or directory`;
}
