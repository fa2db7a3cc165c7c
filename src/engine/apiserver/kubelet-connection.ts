/**
 * The API server's way to the kubelets, for what they alone can answer about their Pods.
 * Follows pkg/kubelet/client/kubelet_client.go and pkg/registry/core/pod/strategy.go (LogLocation, streamLocation).
 */
import { joinKey } from '../api/meta';
import { allContainers } from '../api/pod';
import type { KubeletConnection, KubeletDial } from '../api/pod-streams';
import { badRequest, StatusError } from '../api/status-error';
import type { Node, Pod } from '../api/types';
import type { Exchange } from './exchange';

/** The container that is meant. Follows validateContainer. Throws 400. */
export function containerOf(pod: Pod, wanted: string | undefined): string {
  const { name } = pod.metadata;
  const all = allContainers(pod.spec).map((container) => container.name);
  if (wanted) {
    if (!all.includes(wanted)) throw badRequest(`container ${wanted} is not valid for pod ${name}`);
    return wanted;
  }
  const { containers } = pod.spec;
  if (containers.length === 1) return containers[0]?.name ?? '';
  throw badRequest(`a container name must be specified for pod ${name}, choose one of: [${all.join(' ')}]`);
}

/** The kubelet of a Pod's node; `explain` puts the failure of the dial into the words of the request. */
export function kubeletOf(
  { host }: Exchange,
  pod: Pod,
  explain: (address: string, failure: string) => string,
): KubeletConnection {
  const nodeName = pod.spec.nodeName ?? '';
  const node = host.store.get('Node', joinKey(undefined, nodeName)) as Node | undefined;
  if (!node) throw new StatusError('NotFound', 404, `nodes "${nodeName}" not found`);
  const { addresses, daemonEndpoints } = node.status;
  const ip = addresses?.find(({ type }) => type === 'InternalIP')?.address ?? nodeName;
  const address = `${ip}:${daemonEndpoints?.kubeletEndpoint?.Port ?? 10250}`;
  const dial: KubeletDial = host.kubelet(nodeName);
  if ('failure' in dial) throw new StatusError('', 500, explain(address, `dial tcp ${address}: ${dial.failure}`));
  return dial;
}
