/**
 * The Pods of a DaemonSet: its template with tolerations added, marked by its revision and meant for one node. Pure.
 * Follows pkg/controller/daemon/util/daemonset_util.go.
 */
import { daemonTolerations } from '../../api/daemon-placement';
import { TEMPLATE_GENERATION } from '../../api/kinds/daemon-set';
import type { Affinity, DaemonSet, NodeSelectorTerm, Pod, PodSpec } from '../../api/types';
import { podFromTemplate } from '../../client/pod-control';

/** The label with a Pod's revision. */
export const REVISION_LABEL = 'controller-revision-hash';
const GENERATION_LABEL = 'pod-template-generation';

/** What a template asks of nodes in general gives way to the one node: the DaemonSet has looked at it already. */
function affinityFor(affinity: Affinity | undefined, nodeName: string): Affinity {
  const matchFields = [{ key: 'metadata.name', operator: 'In', values: [nodeName] }];
  const nodeSelectorTerms: NodeSelectorTerm[] = [{ matchFields }];
  const required = { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } };
  return { ...affinity, nodeAffinity: { ...affinity?.nodeAffinity, ...required } };
}

/** The count of templates that a DaemonSet is at, if it says so. */
export function templateGenerationOf(daemonSet: DaemonSet): string | undefined {
  const text = daemonSet.metadata.annotations?.[TEMPLATE_GENERATION];
  return text !== undefined && /^[+-]?\d+$/.test(text) ? String(Number(text)) : undefined;
}

/** The Pod for one node. */
export function daemonPod(daemonSet: DaemonSet, hash: string, nodeName: string): Pod {
  const { template } = daemonSet.spec;
  const generation = templateGenerationOf(daemonSet);
  const spec = template.spec as PodSpec;
  const pod = podFromTemplate(template, daemonSet);
  const labels = {
    ...template.metadata?.labels,
    ...(generation === undefined ? {} : { [GENERATION_LABEL]: generation }),
    [REVISION_LABEL]: hash,
  };
  return {
    ...pod,
    metadata: { ...pod.metadata, labels },
    spec: { ...spec, affinity: affinityFor(spec.affinity, nodeName), tolerations: daemonTolerations(spec) },
  };
}

/** The node that a Pod is on, or is meant for; undefined when it names none, or several. */
export function targetNodeOf({ spec }: Pod): string | undefined {
  if (spec.nodeName) return spec.nodeName;
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  for (const { matchFields = [] } of required?.nodeSelectorTerms ?? []) {
    const named = matchFields.find(({ key, operator }) => key === 'metadata.name' && operator === 'In');
    if (named) return named.values?.length === 1 ? named.values[0] : undefined;
  }
  return undefined;
}

/** Which revision a Pod is of, as far as its labels say. */
export interface RevisionMarks {
  readonly hash: string;
  readonly generation: string | undefined;
}

/** A Pod's marks, as a text by which Pods are counted. */
export function marksOf({ metadata: { labels } }: Pod): string {
  return `${labels?.[REVISION_LABEL] ?? ''} ${labels?.[GENERATION_LABEL] ?? ''}`;
}

/** Whether marks are those of this revision: one of the two is enough. */
export function areUpdated(marks: string, { hash, generation }: RevisionMarks): boolean {
  const space = marks.indexOf(' ');
  return marks.slice(0, space) === hash || (generation !== undefined && marks.slice(space + 1) === generation);
}
