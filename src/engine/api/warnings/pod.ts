/**
 * What the API server says beside its answer of a Pod, or a template of one, that it accepts.
 * Follows pkg/api/pod/warnings.go and pkg/registry/core/pod/strategy.go. Left out: claim templates of ephemeral volumes.
 */
import { appArmorWarning } from '../app-armor';
import type { ObjectMeta } from '../meta';
import type { PodAffinity, PodSpec, PodTemplateSpec } from '../types';
import { quoteGo } from '../validation/field-errors';
import { addressWarnings } from '../validation/ip-addresses';
import { isDns1123Label } from '../validation/names';
import { containerWarnings, fractionWarning, type PlacedContainer, placedContainers, portWarnings } from './containers';
import { nodeLabelWarning, nodeSelectorTermWarnings } from './node-labels';
import { deprecatedVolumeWarnings, overlappingPathWarnings } from './volumes';

const DEPRECATED_ANNOTATIONS: readonly (readonly [string, string])[] = [
  ['scheduler.alpha.kubernetes.io/critical-pod', 'non-functional in v1.16+; use the "priorityClassName" field instead'],
  ['security.alpha.kubernetes.io/sysctls', 'non-functional in v1.11+; use the "sysctls" field instead'],
  ['security.alpha.kubernetes.io/unsafe-sysctls', 'non-functional in v1.11+; use the "sysctls" field instead'],
];
const SECCOMP_POD = 'seccomp.security.alpha.kubernetes.io/pod';
const SECCOMP_CONTAINER = 'container.seccomp.security.alpha.kubernetes.io/';
const USE_SECCOMP_FIELD = 'non-functional in v1.27+; use the "seccompProfile" field instead';

/** Of a Pod that is created. */
export function podWarnings(metadata: ObjectMeta, spec: PodSpec): string[] {
  const what = "metadata.name: this is used in the Pod's hostname, which can result in surprising behavior";
  return [...nameWarnings(metadata.name, what), ...specWarnings(metadata, spec, '')];
}

/** Of the name of a controller that is created: its Pods are called after it. */
export function controllerNameWarnings(name: string): string[] {
  const what = 'metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior';
  return nameWarnings(name, what);
}

/** Of a controller's template. */
export function templateWarnings({ metadata, spec }: PodTemplateSpec, prefix = 'spec.template.'): string[] {
  return spec ? specWarnings((metadata ?? {}) as ObjectMeta, spec, prefix) : [];
}

function nameWarnings(name: string, what: string): string[] {
  const messages = isDns1123Label(name);
  return messages.length === 0 ? [] : [`${what}; a DNS label is recommended: [${messages.join(' ')}]`];
}

/** `prefix` is '' for a Pod and `spec.template.` for a template. */
function specWarnings(metadata: ObjectMeta, spec: PodSpec, prefix: string): string[] {
  const field = `${prefix}spec`;
  const containers = placedContainers(spec, field);
  return [
    ...nodeChoiceWarnings(spec, field),
    ...annotationWarnings(metadata, `${prefix}metadata.annotations`),
    ...deprecatedVolumeWarnings(spec.volumes ?? [], `${field}.volumes`),
    ...overlappingPathWarnings(spec.volumes ?? []),
    ...doubles(spec.hostAliases ?? [], 'ip', `${field}.hostAliases`),
    ...doubles(spec.imagePullSecrets ?? [], 'name', `${field}.imagePullSecrets`),
    ...emptyPullSecrets(spec, field),
    ...['memory', 'ephemeral-storage'].flatMap((name) => fractionWarning(`${field}.overhead`, spec.overhead, name)),
    ...seccompWarning(metadata, spec, prefix),
    ...containers.flatMap((placed) => [
      ...profileWarnings(metadata, spec, placed, prefix),
      ...containerWarnings(placed),
    ]),
    ...portWarnings(containers),
    ...gracePeriodWarning(spec, field),
    ...affinityWarnings(spec.affinity?.podAffinity, `${field}.affinity.podAffinity`),
    ...affinityWarnings(spec.affinity?.podAntiAffinity, `${field}.affinity.podAntiAffinity`),
    ...(spec.dnsConfig?.nameservers ?? []).flatMap((address, index) =>
      addressWarnings(`${field}.dnsConfig.nameservers[${index}]`, address),
    ),
    ...(spec.hostAliases ?? []).flatMap(({ ip }, index) => addressWarnings(`${field}.hostAliases[${index}].ip`, ip)),
  ];
}

function nodeChoiceWarnings(spec: PodSpec, field: string): string[] {
  const {
    requiredDuringSchedulingIgnoredDuringExecution: needed,
    preferredDuringSchedulingIgnoredDuringExecution: wished,
  } = spec.affinity?.nodeAffinity ?? {};
  const affinity = `${field}.affinity.nodeAffinity`;
  return [
    ...Object.keys(spec.nodeSelector ?? {}).flatMap((key) => {
      const message = nodeLabelWarning(key);
      return message ? [`${field}.nodeSelector[${key}]: ${message}`] : [];
    }),
    ...(needed?.nodeSelectorTerms ?? []).flatMap((term, index) => {
      const place = `${affinity}.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[${index}]`;
      return nodeSelectorTermWarnings(term, place, false);
    }),
    ...(wished ?? []).flatMap(({ preference }, index) => {
      const place = `${affinity}.preferredDuringSchedulingIgnoredDuringExecution[${index}].preference`;
      return nodeSelectorTermWarnings(preference, place, true);
    }),
    ...(spec.topologySpreadConstraints ?? []).flatMap(({ topologyKey, labelSelector }, index) => {
      const place = `${field}.topologySpreadConstraints[${index}]`;
      const message = nodeLabelWarning(topologyKey);
      return [
        ...(message ? [`${place}.topologyKey: ${topologyKey} is ${message}`] : []),
        ...nullSelector(labelSelector, place),
      ];
    }),
  ];
}

function nullSelector(selector: unknown, field: string): string[] {
  return selector ? [] : [`${field}.labelSelector: a null labelSelector results in matching no pod`];
}

function annotationWarnings({ annotations }: ObjectMeta, field: string): string[] {
  if (!annotations) return [];
  return DEPRECATED_ANNOTATIONS.filter(([key]) => Object.hasOwn(annotations, key)).map(
    ([key, why]) => `${field}[${key}]: ${why}`,
  );
}

function doubles<T>(items: readonly T[], key: keyof T & string, field: string): string[] {
  const seen = new Set<unknown>();
  return items.flatMap((item, index) => {
    const value = item[key];
    if (!seen.has(value)) {
      seen.add(value);
      return [];
    }
    return [`${field}[${index}].${key}: duplicate ${key} ${quoteGo(String(value ?? ''))}`];
  });
}

function emptyPullSecrets({ imagePullSecrets = [] }: PodSpec, field: string): string[] {
  return imagePullSecrets.flatMap(({ name }, index) =>
    name ? [] : [`${field}.imagePullSecrets[${index}].name: invalid empty name ""`],
  );
}

function seccompWarning({ annotations = {} }: ObjectMeta, { securityContext }: PodSpec, prefix: string): string[] {
  if (securityContext?.seccompProfile || !Object.hasOwn(annotations, SECCOMP_POD)) return [];
  return [`${prefix}metadata.annotations[${SECCOMP_POD}]: ${USE_SECCOMP_FIELD}`];
}

/** Annotations that stood for fields of a container. */
function profileWarnings(
  metadata: ObjectMeta,
  spec: PodSpec,
  { container: { name, securityContext } }: PlacedContainer,
  prefix: string,
): string[] {
  const { annotations = {} } = metadata;
  // A Pod's own are told of when they are taken.
  const isTemplate = prefix !== '';
  const say = (key: string, why: string) => `${prefix}metadata.annotations[${key}]: ${why}`;
  const seccomp = SECCOMP_CONTAINER + name;
  return [
    ...(!securityContext?.seccompProfile && Object.hasOwn(annotations, seccomp)
      ? [say(seccomp, USE_SECCOMP_FIELD)]
      : []),
    ...(isTemplate && !securityContext?.appArmorProfile ? appArmorWarning(metadata, spec, name, prefix) : []),
  ];
}

function gracePeriodWarning({ terminationGracePeriodSeconds = 0 }: PodSpec, field: string): string[] {
  if (terminationGracePeriodSeconds >= 0) return [];
  return [`${field}.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1`];
}

function affinityWarnings(affinity: PodAffinity | undefined, field: string): string[] {
  const needed = affinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  const wished = affinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
  return [
    ...needed.flatMap(({ labelSelector }, index) =>
      nullSelector(labelSelector, `${field}.requiredDuringSchedulingIgnoredDuringExecution[${index}]`),
    ),
    ...wished.flatMap(({ podAffinityTerm }, index) =>
      nullSelector(
        podAffinityTerm?.labelSelector,
        `${field}.preferredDuringSchedulingIgnoredDuringExecution[${index}].podAffinityTerm`,
      ),
    ),
  ];
}
