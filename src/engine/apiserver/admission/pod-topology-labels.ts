/**
 * PodTopologyLabels: a Pod gets its Node's zone and region as labels of its own.
 * Follows plugin/pkg/admission/podtopologylabels/admission.go. Bindings don't pass through admission here, so the binding
 * asks {@link topologyLabelsOf} itself.
 */
import type { KubeObject } from '../../api/meta';
import type { Pod } from '../../api/types';
import type { AdmissionPlugin } from '../strategy';

const LABELS = ['topology.kubernetes.io/region', 'topology.kubernetes.io/zone'] as const;

/** The labels a Pod takes over from its Node, or undefined when there are none. */
export function topologyLabelsOf(node: KubeObject | undefined): Record<string, string> | undefined {
  const labels = node?.metadata.labels;
  if (!labels) return undefined;
  let found: Record<string, string> | undefined;
  for (const label of LABELS) {
    const value = labels[label];
    if (value !== undefined) found = { ...found, [label]: value };
  }
  return found;
}

/** PodTopologyLabels. */
export const podTopologyLabels: AdmissionPlugin = {
  name: 'PodTopologyLabels',
  admit: (draft, _old, request) => {
    if (draft.kind !== 'Pod' || request.operation !== 'CREATE' || request.subresource) return;
    const { nodeName } = (draft as Pod).spec;
    if (!nodeName) return;
    const labels = topologyLabelsOf(request.find('Node', undefined, nodeName));
    if (labels) draft.metadata.labels = { ...labels, ...draft.metadata.labels };
  },
};
