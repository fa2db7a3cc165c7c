/**
 * The Pods of a StatefulSet: named and numbered, with their own host names, claims and revision. Pure.
 * Follows pkg/controller/statefulset/stateful_set_utils.go (newVersionedStatefulSetPod and what it calls).
 * Simplification: only canonical ordinals count (`web-1`, not `web-01`).
 */
import type { KubeObject } from '../../api/meta';
import type { PersistentVolumeClaim, Pod, PodSpec, PodTemplateSpec, StatefulSet, Volume } from '../../api/types';
import { podFromTemplate } from '../../client/pod-control';

/** The label with the name of a Pod's revision. */
export const REVISION_LABEL = 'controller-revision-hash';
const NAME_LABEL = 'statefulset.kubernetes.io/pod-name';
const INDEX_LABEL = 'apps.kubernetes.io/pod-index';

/** The ordinals that a StatefulSet wants, both ends included; `last` lies before `first` when it wants none. */
export interface Ordinals {
  readonly first: number;
  readonly last: number;
}

/** See {@link Ordinals}. */
export function ordinalsOf({ spec }: StatefulSet): Ordinals {
  const first = spec.ordinals?.start ?? 0;
  return { first, last: first + (spec.replicas ?? 1) - 1 };
}

/** The name of the Pod with an ordinal. */
export function podName(statefulSet: KubeObject, ordinal: number): string {
  return `${statefulSet.metadata.name}-${ordinal}`;
}

/** The ordinal that a Pod's name gives it in a set of that name; undefined when it can't be one of its Pods. */
export function ordinalIn(setName: string, name: string): number | undefined {
  if (!name.startsWith(`${setName}-`)) return undefined;
  const digits = name.slice(setName.length + 1);
  return /^(0|[1-9]\d{0,9})$/.test(digits) ? Number(digits) : undefined;
}

/** The name of a Pod's claim. */
export function claimName(template: PersistentVolumeClaim, statefulSet: KubeObject, ordinal: number): string {
  return `${template.metadata.name}-${podName(statefulSet, ordinal)}`;
}

/** The claims of a Pod, in the order of their templates. */
export function claimsFor(statefulSet: StatefulSet, ordinal: number): PersistentVolumeClaim[] {
  const { selector, volumeClaimTemplates = [] } = statefulSet.spec;
  return volumeClaimTemplates.map((template) => {
    const { status: _status, ...claim } = template;
    const labels = { ...template.metadata.labels, ...selector.matchLabels };
    const { namespace } = statefulSet.metadata;
    const metadata = { ...template.metadata, name: claimName(template, statefulSet, ordinal), namespace, labels };
    return { ...claim, apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata } as PersistentVolumeClaim;
  });
}

function withClaims(spec: PodSpec, statefulSet: StatefulSet, ordinal: number): PodSpec {
  const templates = statefulSet.spec.volumeClaimTemplates ?? [];
  if (templates.length === 0) return spec;
  const names = new Set(templates.map(({ metadata }) => metadata.name));
  const claimed = templates.map((template): Volume => {
    const persistentVolumeClaim = { claimName: claimName(template, statefulSet, ordinal) };
    return { name: template.metadata.name, persistentVolumeClaim };
  });
  return { ...spec, volumes: [...claimed, ...(spec.volumes ?? []).filter(({ name }) => !names.has(name))] };
}

/** Which template a Pod is made of. */
export interface PodRevision {
  readonly name: string;
  readonly template: PodTemplateSpec;
}

/** The Pod with an ordinal, of a revision. */
export function statefulPod(statefulSet: StatefulSet, revision: PodRevision, ordinal: number): Pod {
  const { generateName: _prefix, ...rest } = podFromTemplate(revision.template, statefulSet).metadata;
  const name = podName(statefulSet, ordinal);
  const spec = withClaims(revision.template.spec as PodSpec, statefulSet, ordinal);
  const { serviceName } = statefulSet.spec;
  const { subdomain: _subdomain, ...others } = spec;
  const labels = {
    ...rest.labels,
    [NAME_LABEL]: name,
    [INDEX_LABEL]: String(ordinal),
    [REVISION_LABEL]: revision.name,
  };
  const pod: Omit<Pod, 'status'> = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...rest, name, generateName: `${statefulSet.metadata.name}-`, labels },
    spec: { ...others, hostname: name, ...(serviceName ? { subdomain: serviceName } : {}) },
  };
  return pod as Pod;
}

/** Whether a Pod carries its name as a label. */
export function hasIdentity({ metadata }: Pod): boolean {
  return metadata.labels?.[NAME_LABEL] === metadata.name;
}

/** Whether a Pod mounts its own claims. */
export function hasStorage(statefulSet: StatefulSet, pod: Pod, ordinal: number): boolean {
  return (statefulSet.spec.volumeClaimTemplates ?? []).every((template) => {
    const volume = pod.spec.volumes?.findLast(({ name }) => name === template.metadata.name);
    return volume?.persistentVolumeClaim?.claimName === claimName(template, statefulSet, ordinal);
  });
}

/** The Pod with its labels and volumes put right. */
export function conforming(statefulSet: StatefulSet, pod: Pod, ordinal: number): Pod {
  const labels = { ...pod.metadata.labels, [NAME_LABEL]: pod.metadata.name, [INDEX_LABEL]: String(ordinal) };
  const metadata = hasIdentity(pod) ? pod.metadata : { ...pod.metadata, labels };
  const spec = hasStorage(statefulSet, pod, ordinal) ? pod.spec : withClaims(pod.spec, statefulSet, ordinal);
  return { ...pod, metadata, spec };
}

/** The name of a Pod's revision, '' when it has none. */
export function revisionOf({ metadata }: Pod): string {
  return metadata.labels?.[REVISION_LABEL] ?? '';
}
