/** The words in which an eviction is told. Follows evictionMessage in pkg/kubelet/eviction/helpers.go. */
import { compareQuantities } from '../../api/quantity';
import { sizeText } from '../../machine/load';
import type { Measured } from './ranking';
import type { Resource } from './thresholds';

/** The reason of evictions, and of turning Pods away under pressure. */
export const EVICTED = 'Evicted';

const larger = (what: string, name: string, used: string, request: string, resource: Resource): string =>
  `${what} ${name} was using ${used}, request is ${request}, has larger consumption of ${resource}. `;

/** An eviction in words, and as the annotations of its Event. */
export interface EvictionWords {
  readonly message: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Why a Pod was evicted. `met`: what a threshold asks for and what is there. */
export function evictionMessage(
  resource: Resource,
  { pod, usage }: Measured,
  met: { readonly quantity: string; readonly available: number } | undefined,
): EvictionWords {
  let message = `The node was low on resource: ${resource}. `;
  if (met) {
    const available = resource === 'inodes' || resource === 'pids' ? met.available : sizeText(met.available);
    message += `Threshold quantity: ${met.quantity}, available: ${available}. `;
  }
  if (!usage) return { message };
  const names: string[] = [];
  const used: string[] = [];
  const whole = resource === 'memory' ? pod.spec.resources?.requests?.memory : undefined;
  const total = sizeText(usage.memoryBytes);
  if (whole !== undefined) message += larger('Pod', pod.metadata.name, total, whole, resource);
  const ofPod: Readonly<Record<string, string>> =
    whole === undefined ? {} : { offending_pod: pod.metadata.name, offending_pod_usage: total };
  for (const one of usage.containers) {
    const spec = [...pod.spec.containers, ...(pod.spec.initContainers ?? [])].find(({ name }) => name === one.name);
    if (!spec) continue;
    const request = spec.resources?.requests?.[resource] ?? '0';
    if (resource !== 'memory' && resource !== 'ephemeral-storage') continue;
    const own = sizeText(resource === 'memory' ? one.memoryBytes : one.rootfsBytes + one.logBytes);
    if (compareQuantities(own, request) <= 0) continue;
    message += larger('Container', one.name, own, request, resource);
    names.push(one.name);
    used.push(own);
  }
  const annotations = {
    ...ofPod,
    offending_containers: names.join(),
    offending_containers_usage: used.join(),
    starved_resource: resource,
  };
  return { message, annotations };
}
