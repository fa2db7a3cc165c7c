/** kubectl cluster-info. Follows staging/src/k8s.io/kubectl/pkg/cmd/clusterinfo/clusterinfo.go: the control plane, then the cluster's own Services. */
import type { Service } from '../../engine/api/types';
import type { Call, Command, Turn } from '../command';

const HOST = 'https://127.0.0.1:6443';
const title = (name: string, link: string): string => `${name} is running at ${link}\n`;

function run(call: Call): Turn {
  call.out(title('Kubernetes control plane', HOST));
  const selection = { namespace: 'kube-system', labelSelector: 'kubernetes.io/cluster-service=true' };
  for (const { metadata, spec } of call.io.client.list<Service>('Service', selection)) {
    const [port] = spec.ports ?? [];
    const suffix = port?.name ? `:${port.name}` : '';
    const link = `${HOST}/api/v1/namespaces/kube-system/services/${metadata.name}${suffix}/proxy`;
    call.out(title(metadata.labels?.['kubernetes.io/name'] ?? metadata.name, link));
  }
  call.out("\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.\n");
  return undefined;
}

/** kubectl cluster-info. */
export const clusterInfo: Command = { path: 'cluster-info', use: 'cluster-info', reads: true, flags: [], run };
