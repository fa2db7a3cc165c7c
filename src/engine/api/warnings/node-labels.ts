/**
 * Labels of Nodes that are out of use, wherever Nodes are chosen by them. Follows pkg/api/node/util.go.
 */
import type { NodeSelectorTerm } from '../types';
import { isLabelValue } from '../validation/names';

const DEPRECATED: ReadonlyMap<string, string> = new Map([
  ['beta.kubernetes.io/arch', 'deprecated since v1.14; use "kubernetes.io/arch" instead'],
  ['beta.kubernetes.io/os', 'deprecated since v1.14; use "kubernetes.io/os" instead'],
  ['failure-domain.beta.kubernetes.io/region', 'deprecated since v1.17; use "topology.kubernetes.io/region" instead'],
  ['failure-domain.beta.kubernetes.io/zone', 'deprecated since v1.17; use "topology.kubernetes.io/zone" instead'],
  ['beta.kubernetes.io/instance-type', 'deprecated since v1.17; use "node.kubernetes.io/instance-type" instead'],
  ['app.kubernetes.io/created-by', 'deprecated since v1.9'],
  ['scheduler.alpha.kubernetes.io/preferAvoidPods', 'deprecated since v1.22; use Taints and Tolerations instead'],
  ['node-role.kubernetes.io/master', 'use "node-role.kubernetes.io/control-plane" instead'],
]);

/** What is said of a label's name, or undefined. */
export function nodeLabelWarning(key: string): string | undefined {
  return DEPRECATED.get(key);
}

/** Of a term of a node selector; a preferred term's values are looked at too, as nothing refuses them. */
export function nodeSelectorTermWarnings(term: NodeSelectorTerm, field: string, isPreferred: boolean): string[] {
  return (term.matchExpressions ?? []).flatMap(({ key, values }, index) => {
    const place = `${field}.matchExpressions[${index}]`;
    const message = nodeLabelWarning(key);
    const ofKey = message ? [`${place}.key: ${key} is ${message}`] : [];
    if (!isPreferred) return ofKey;
    const ofValues = (values ?? []).flatMap((value, at) =>
      isLabelValue(value).map((why) => `${place}.values[${at}]: ${value} is invalid, ${why}`),
    );
    return [...ofKey, ...ofValues];
  });
}
