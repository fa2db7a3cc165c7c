/**
 * PodResizeValidator: refuses to resize a Pod to more than its node has.
 * Follows plugin/pkg/admission/podresize/admission.go.
 */
import { podRequests } from '../../api/pod-resources';
import { quantityMilli, quantityValue } from '../../api/quantity';
import type { Node, Pod } from '../../api/types';
import type { AdmissionPlugin } from '../strategy';
import { refuseNamed } from './refusal';

/** PodResizeValidator. */
export const podResize: AdmissionPlugin = {
  name: 'PodResizeValidator',
  validate: (object, old, { operation, subresource, find }) => {
    if (operation !== 'UPDATE' || subresource !== 'resize') return;
    const pod = object as Pod;
    const { nodeName } = pod.spec;
    if (!nodeName || pod.metadata.generation === old?.metadata.generation) return;
    const node = find('Node', undefined, nodeName) as Node | undefined;
    if (!node) throw refuseNamed(pod, `node ${JSON.stringify(nodeName)} not found`);
    const system = node.metadata.labels?.['kubernetes.io/os'] ?? 'linux';
    if (system !== 'linux') {
      const why = `pod resize is only supported on linux nodes, node ${JSON.stringify(nodeName)} is ${JSON.stringify(system)}`;
      throw refuseNamed(pod, why);
    }
    const lacking = lackingOf(pod, node.status.allocatable ?? {});
    if (lacking.length === 0) return;
    throw refuseNamed(pod, `node didn't have enough allocatable resources: ${lacking.join('; ')}`);
  },
};

function lackingOf(pod: Pod, allocatable: Readonly<Record<string, string>>): string[] {
  const requests = podRequests(pod);
  const amounts = [
    ['cpu', quantityMilli(allocatable.cpu)],
    ['memory', quantityValue(allocatable.memory)],
  ] as const;
  return amounts.flatMap(([name, room]) => {
    const wanted = requests.get(name) ?? 0;
    return wanted > room ? [`${name}, requested: ${wanted}, allocatable: ${room}`] : [];
  });
}
