/**
 * A Pod's sandbox, run by the handler that its RuntimeClass names.
 * Follows pkg/kubelet/kuberuntime/kuberuntime_sandbox.go (createPodSandbox) and pkg/kubelet/runtimeclass/runtimeclass_manager.go.
 */
import type { Pod, RuntimeClass } from '../api/types';
import type { Sandbox } from '../machine/cri';
import type { Kubelet } from './api-writes';

const RUNTIME_CLASS = 'runtimeclass.node.k8s.io';

/** Gives a Pod its sandbox, or says why there is none. */
export function createPodSandbox({ context, runtime }: Kubelet, pod: Pod): Sandbox | string {
  const name = pod.spec.runtimeClassName;
  const runtimeClass = name ? context.lister.get<RuntimeClass>('RuntimeClass', undefined, name) : undefined;
  if (name && !runtimeClass) return `${RUNTIME_CLASS} ${JSON.stringify(name)} not found`;
  const handler = runtimeClass?.handler ?? '';
  if (!runtime.hasRuntimeHandler(handler)) {
    const why = `failed to get sandbox runtime: no runtime for ${JSON.stringify(handler)} is configured`;
    return `rpc error: code = Unknown desc = ${why}`;
  }
  const sandbox = runtime.runPodSandbox(pod);
  return sandbox ?? 'rpc error: failed to allocate for range 0: no IP addresses available in range set';
}
