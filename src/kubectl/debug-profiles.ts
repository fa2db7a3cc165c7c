/**
 * What a debugging container may do, by profile: how it changes the Pod that it is part of.
 * Follows staging/src/k8s.io/kubectl/pkg/cmd/debug/profiles.go.
 */
import { allContainers } from '../engine/api/pod';
import type { Container, Pod, SecurityContext } from '../engine/api/types';

/** How a container gets to where it is to look: into a running Pod, a copy of it, or a Pod of its own on a node. */
export type DebugStyle = 'ephemeral' | 'copy' | 'node';

/** What of the original a copy keeps. */
export interface KeepFlags {
  readonly labels: boolean;
  readonly annotations: boolean;
  readonly liveness: boolean;
  readonly readiness: boolean;
  readonly startup: boolean;
  readonly initContainers: boolean;
}

/** Changes a Pod that was made for debugging, in place. `name` is the container's. */
export type Profile = (pod: Pod, name: string, style: DebugStyle, keep: KeepFlags) => void;

/** A container of a Pod, whichever kind it is of. */
export function containerOf({ spec }: Pod, name: string): Container | undefined {
  return allContainers(spec).find((container) => container.name === name);
}

function secure(pod: Pod, name: string, change: (before: SecurityContext) => SecurityContext): void {
  const container = containerOf(pod, name);
  if (container) container.securityContext = change(container.securityContext ?? {});
}

function clear(pod: Pod, name: string): void {
  const container = containerOf(pod, name);
  if (container) delete container.securityContext;
}

function addCapabilities(pod: Pod, name: string, added: readonly string[]): void {
  secure(pod, name, (before) => {
    const { capabilities } = before;
    return { ...before, capabilities: { ...capabilities, add: [...(capabilities?.add ?? []), ...added] } };
  });
}

function makeCopy(pod: Pod, keep: KeepFlags): void {
  if (!keep.labels) delete pod.metadata.labels;
  if (!keep.annotations) delete pod.metadata.annotations;
  for (const container of pod.spec.containers) {
    if (!keep.liveness) delete container.livenessProbe;
    if (!keep.readiness) delete container.readinessProbe;
    if (!keep.startup) delete container.startupProbe;
  }
  if (!keep.initContainers) delete pod.spec.initContainers;
  pod.spec.shareProcessNamespace ??= true;
}

function mountHost({ spec }: Pod, name: string): void {
  spec.volumes = [...(spec.volumes ?? []), { name: 'host-root', hostPath: { path: '/' } }];
  const container = spec.containers.find((one) => one.name === name);
  if (!container) return;
  container.volumeMounts = [...(container.volumeMounts ?? []), { mountPath: '/host', name: 'host-root' }];
}

function shareHostNamespaces({ spec }: Pod): void {
  Object.assign(spec, { hostNetwork: true, hostPID: true, hostIPC: true });
}

function legacy(pod: Pod, name: string, style: DebugStyle): void {
  if (style === 'copy') delete pod.metadata.labels;
  if (style !== 'node') return;
  mountHost(pod, name);
  shareHostNamespaces(pod);
}

function general(pod: Pod, name: string, style: DebugStyle, keep: KeepFlags): void {
  if (style === 'node') {
    mountHost(pod, name);
    clear(pod, name);
    shareHostNamespaces(pod);
    return;
  }
  if (style === 'copy') makeCopy(pod, keep);
  addCapabilities(pod, name, ['SYS_PTRACE']);
}

function baseline(pod: Pod, name: string, style: DebugStyle, keep: KeepFlags): void {
  clear(pod, name);
  if (style === 'copy') makeCopy(pod, keep);
}

function restricted(pod: Pod, name: string, style: DebugStyle, keep: KeepFlags): void {
  clear(pod, name);
  secure(pod, name, () => ({
    runAsNonRoot: true,
    capabilities: { drop: ['ALL'] },
    allowPrivilegeEscalation: false,
    seccompProfile: { type: 'RuntimeDefault' },
  }));
  if (style === 'copy') makeCopy(pod, keep);
}

function netadmin(pod: Pod, name: string, style: DebugStyle, keep: KeepFlags): void {
  addCapabilities(pod, name, ['NET_ADMIN', 'NET_RAW']);
  if (style === 'node') shareHostNamespaces(pod);
  if (style === 'copy') makeCopy(pod, keep);
}

function sysadmin(pod: Pod, name: string, style: DebugStyle, keep: KeepFlags): void {
  secure(pod, name, (before) => ({ ...before, privileged: true }));
  if (style === 'copy') makeCopy(pod, keep);
  if (style !== 'node') return;
  shareHostNamespaces(pod);
  mountHost(pod, name);
}

/** The profiles by name. */
export const PROFILES: ReadonlyMap<string, Profile> = new Map<string, Profile>([
  ['legacy', legacy],
  ['general', general],
  ['baseline', baseline],
  ['restricted', restricted],
  ['netadmin', netadmin],
  ['sysadmin', sysadmin],
]);
