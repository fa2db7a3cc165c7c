/** The words in which an eviction is told. Follows evictionMessage in pkg/kubelet/eviction/helpers.go. */
import { compareQuantities } from '../../api/quantity';
import { sizeText } from '../../machine/load';
import type { Measured } from './ranking';
import type { Resource } from './thresholds';

/** The reason of evictions, and of turning Pods away under pressure. */
export const EVICTED = 'Evicted';

const larger = (what: string, name: string, used: string, request: string, resource: Resource): string =>
  `${what} ${name} was using ${used}, request is ${request}, has larger consumption of ${resource}. `;

/** Why a Pod was evicted. `met`: what a threshold asks for and what is there. */
export function evictionMessage(
  resource: Resource,
  { pod, usage }: Measured,
  met: { readonly quantity: string; readonly available: number } | undefined,
): string {
  let message = `The node was low on resource: ${resource}. `;
  if (met) {
    const available = resource === 'inodes' || resource === 'pids' ? met.available : sizeText(met.available);
    message += `Threshold quantity: ${met.quantity}, available: ${available}. `;
  }
  if (!usage) return message;
  const whole = resource === 'memory' ? pod.spec.resources?.requests?.memory : undefined;
  if (whole !== undefined) message += larger('Pod', pod.metadata.name, sizeText(usage.memoryBytes), whole, resource);
  if (resource !== 'memory' && resource !== 'ephemeral-storage') return message;
  for (const one of usage.containers) {
    const spec = [...pod.spec.containers, ...(pod.spec.initContainers ?? [])].find(({ name }) => name === one.name);
    if (!spec) continue;
    const request = spec.resources?.requests?.[resource] ?? '0';
    const used = sizeText(resource === 'memory' ? one.memoryBytes : one.rootfsBytes + one.logBytes);
    if (compareQuantities(used, request) > 0) message += larger('Container', one.name, used, request, resource);
  }
  return message;
}
