/**
 * What a Pod asks for as quantities, in the formats in which its containers were written.
 * Follows component-helpers/resource/helpers.go (PodRequests, PodLimits); pod-resources.ts does the same sums as plain numbers.
 */
import { putIn } from './plain';
import { isPodLevelResource, isRestartableInitContainer } from './pod-resources';
import { addLists, maxLists, type ResourceList } from './quota/resource-list';
import type { PodSpec } from './types';

/** What is added up. */
type Which = 'requests' | 'limits';

/** Sidecars run on beside everything after them; other init containers run alone, one at a time. */
function ofContainers(spec: PodSpec, which: Which): ResourceList {
  let total: ResourceList = {};
  for (const { resources } of spec.containers ?? []) total = addLists(total, resources?.[which] ?? {});
  let sidecars: ResourceList = {};
  let peak: ResourceList = {};
  for (const container of spec.initContainers ?? []) {
    const own = container.resources?.[which] ?? {};
    const together = addLists(own, sidecars);
    peak = maxLists(peak, together);
    if (!isRestartableInitContainer(container)) continue;
    sidecars = together;
    total = addLists(total, own);
  }
  return maxLists(total, peak);
}

/** What is said of the Pod as a whole stands instead of its containers' sum. */
export function podResourceListWithoutOverhead(spec: PodSpec, which: Which): Record<string, string> {
  const total: Record<string, string> = { ...ofContainers(spec, which) };
  const whole = spec.resources?.[which] ?? {};
  for (const name in whole) {
    if (isPodLevelResource(name)) putIn(total, name, whole[name] as string);
  }
  return total;
}

/** All that a Pod asks for, with its overhead: added to limits only where there are any. */
export function podResourceList(spec: PodSpec, which: Which): Record<string, string> {
  const total = podResourceListWithoutOverhead(spec, which);
  const overhead = spec.overhead ?? {};
  if (which === 'requests') return addLists(total, overhead);
  const limited = Object.keys(overhead).filter((name) => total[name] !== undefined && total[name] !== '0');
  return addLists(total, Object.fromEntries(limited.map((name) => [name, overhead[name] as string])));
}
