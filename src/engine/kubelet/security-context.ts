/** What the security context of a container asks of its image. Follows pkg/kubelet/kuberuntime/security_context.go. */
import type { Container, Pod } from '../api/types';
import { runsAsRoot } from '../machine/image-behaviour';

/** Why a container that must not run as root can't be made. Follows verifyRunAsNonRoot in pkg/kubelet/kuberuntime/security_context.go. */
export function rootProblem({ spec: { securityContext } }: Pod, spec: Container, title: string): string | undefined {
  const { runAsNonRoot = securityContext?.runAsNonRoot, runAsUser = securityContext?.runAsUser } =
    spec.securityContext ?? {};
  if (!runAsNonRoot) return undefined;
  const where = `(pod: "${title}", container: ${spec.name})`;
  if (runAsUser !== undefined)
    return runAsUser === 0 ? `container's runAsUser breaks non-root policy ${where}` : undefined;
  if (!runsAsRoot(spec.image ?? '')) return undefined;
  return `container has runAsNonRoot and image will run as root ${where}`;
}
