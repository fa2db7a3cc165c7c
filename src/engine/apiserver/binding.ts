/**
 * The pods/binding subresource: gives a Pod its Node, once. Follows pkg/registry/core/pod/storage/storage.go.
 */
import type { KubeObject } from '../api/meta';
import { conflict } from '../api/status-error';

/** The Pod bound to a Node, with PodScheduled=True and the labels that tell its zone and region. Throws 409 when it is bound already or being deleted. */
export function bindPod(
  pod: KubeObject,
  nodeName: string,
  topologyLabels: Record<string, string> | undefined,
  now: string,
): KubeObject {
  const { name, generation, deletionTimestamp } = pod.metadata;
  const spec = pod.spec as { nodeName?: string };
  // A nomination has served its purpose once the Pod is bound.
  const { nominatedNodeName: _served, ...status } = pod.status as {
    conditions?: readonly { type: string }[];
    nominatedNodeName?: string;
  };
  const refuse = (why: string) => conflict('', 'pods/binding', name, why);
  if (deletionTimestamp) throw refuse(`pod ${name} is being deleted, cannot be assigned to a host`);
  if (spec.nodeName) throw refuse(`pod ${name} is already assigned to node "${spec.nodeName}"`);
  const scheduled = {
    type: 'PodScheduled',
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: now,
    ...(generation ? { observedGeneration: generation } : {}),
  };
  const others = (status.conditions ?? []).filter((condition) => condition.type !== 'PodScheduled');
  const labels = topologyLabels ? { ...pod.metadata.labels, ...topologyLabels } : pod.metadata.labels;
  const metadata = labels === pod.metadata.labels ? pod.metadata : { ...pod.metadata, labels };
  return { ...pod, metadata, spec: { ...spec, nodeName }, status: { ...status, conditions: [...others, scheduled] } };
}
