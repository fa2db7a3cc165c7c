/**
 * What a resize of a running Pod may change: cpu and memory of its containers, and nothing that changes its class.
 * Follows pkg/apis/core/validation/validation.go (ValidatePodResize).
 */
import type { FieldError } from '../field-error';
import type { KubeObject } from '../meta';
import { deepEqual } from '../plain';
import { isRestartableInitContainer, MIRROR_POD, qosClass } from '../pod';
import type { Container, Pod, PodSpec, ResourceRequirements } from '../types';
import { type FieldErrors, forbiddenField, invalid } from './field-errors';
import { validateObjectMetaUpdate } from './metadata';
import { validatePodMetadataAndSpec } from './pod';

type Quantities = Readonly<Record<string, string>>;

const RESIZABLE = ['cpu', 'memory'];
const ONLY_CPU_AND_MEMORY = 'only cpu and memory resources are mutable';

/** A resize of a Pod; what it may not even name is the old Pod's already. */
export function validatePodResize(object: KubeObject, oldObject: KubeObject): readonly FieldError[] {
  const [pod, old] = [object as Pod, oldObject as Pod];
  const errors: FieldErrors = [];
  validateObjectMetaUpdate(errors, pod.metadata, old.metadata);
  validatePodMetadataAndSpec(errors, pod);
  if (old.metadata.annotations?.[MIRROR_POD] !== undefined) {
    return [forbiddenField('[]', 'static pods cannot be resized')];
  }
  if (old.spec.os?.name === 'windows') return [forbiddenField('[]', 'windows pods cannot be resized')];
  if ((old.status.qosClass ?? qosClass(old)) !== qosClass(pod)) {
    const why = 'Pod QOS Class may not change as a result of resizing';
    errors.push(invalid('spec', old.status.qosClass ?? '', why));
  }
  if (old.status.containerStatuses?.find(({ state }) => state?.running)?.resources === undefined && isRunning(old)) {
    errors.push(forbiddenField('spec', 'Pod running on node without support for resize'));
  }
  if (hasPodLevel(old) || hasPodLevel(pod)) validatePodLevel(errors, pod.spec, old.spec);
  if (!validateOrder(errors, pod.spec, old.spec)) return errors;
  for (const list of ['initContainers', 'containers'] as const) {
    for (const [index, { resources }] of (old.spec[list] ?? []).entries()) {
      const now = pod.spec[list]?.[index]?.resources;
      validateNothingRemoved(errors, `spec.${list}[${index}].resources`, now, resources);
    }
  }
  validateContainers(errors, pod.spec, old.spec);
  if (errors.length === 0 && !deepEqual(withOldAmounts(pod.spec, old.spec), old.spec)) {
    errors.push(forbiddenField('spec', ONLY_CPU_AND_MEMORY));
  }
  return errors;
}

const isRunning = ({ status }: Pod): boolean => status.containerStatuses?.some(({ state }) => state?.running) ?? false;

const hasPodLevel = ({ spec: { resources } }: Pod): boolean =>
  Object.keys({ ...resources?.requests, ...resources?.limits }).length > 0;

function validatePodLevel(errors: FieldErrors, spec: PodSpec, old: PodSpec): void {
  if (old.resources && !spec.resources) {
    errors.push(forbiddenField('spec.resources', 'pod-level resources cannot be removed'));
    return;
  }
  for (const [list, what] of [
    ['requests', 'pod-level resource requests cannot be removed'],
    ['limits', 'pod-level resource limits cannot be removed'],
  ] as const) {
    if (lacks(spec.resources?.[list], old.resources?.[list])) {
      errors.push(forbiddenField(`spec.resources.${list}`, what));
    }
  }
  if (!deepEqual(podLevelWithOldAmounts(spec, old), old.resources)) {
    errors.push(forbiddenField('spec', 'only cpu and memory resources are mutable at pod-level'));
  }
}

/** False when comparing containers one by one would make no sense. */
function validateOrder(errors: FieldErrors, spec: PodSpec, old: PodSpec): boolean {
  const before = errors.length;
  for (const list of ['containers', 'initContainers'] as const) {
    const [now, then] = [spec[list] ?? [], old[list] ?? []];
    if (now.length !== then.length) {
      errors.push(forbiddenField(`spec.${list}`, `${list} may not be added or removed on resize`));
      continue;
    }
    for (const [index, { name }] of then.entries()) {
      if (now[index]?.name === name) continue;
      errors.push(forbiddenField(`spec.${list}[${index}].name`, `${list} may not be renamed or reordered on resize`));
    }
  }
  return errors.length === before;
}

const lacks = (now: Quantities = {}, old: Quantities = {}): boolean =>
  Object.keys(old).some((name) => now[name] === undefined);

function validateNothingRemoved(
  errors: FieldErrors,
  field: string,
  now: ResourceRequirements | undefined,
  old: ResourceRequirements | undefined,
): void {
  for (const list of ['requests', 'limits'] as const) {
    if (lacks(now?.[list], old?.[list])) {
      errors.push(forbiddenField(`${field}.${list}`, `resource ${list} cannot be removed`));
    }
  }
}

function validateContainers(errors: FieldErrors, spec: PodSpec, old: PodSpec): void {
  for (const [index, container] of spec.containers.entries()) {
    const before = old.containers[index] as Container;
    if (!deepEqual(containerWithOldAmounts(container, before), before)) {
      errors.push(forbiddenField('spec', ONLY_CPU_AND_MEMORY));
    }
  }
  for (const [index, container] of (spec.initContainers ?? []).entries()) {
    const before = old.initContainers?.[index] as Container;
    const field = `spec.initContainers[${index}]`;
    if (!deepEqual(containerWithOldAmounts(container, before), before)) {
      const why = 'only cpu and memory resources for init or sidecar containers are mutable';
      errors.push(forbiddenField(field, why));
    }
    if (isRestartableInitContainer(container) || deepEqual(container, before)) continue;
    for (const { restartPolicy } of container.resizePolicy ?? []) {
      if (restartPolicy !== 'RestartContainer') continue;
      const why = 'non-sidecar init containers with a resize policy of RestartContainer cannot be resized';
      errors.push(forbiddenField(field, why));
    }
  }
}

/** A spec with the old amounts of cpu and memory: what still differs may not change. */
function withOldAmounts(spec: PodSpec, old: PodSpec): PodSpec {
  const containers = (now: Container[] | undefined, then: Container[] | undefined) =>
    now?.map((container, index) => containerWithOldAmounts(container, then?.[index] as Container));
  const { resources: _own, ...rest } = spec;
  const resources = podLevelWithOldAmounts(spec, old);
  return {
    ...rest,
    ...(resources ? { resources } : {}),
    containers: containers(spec.containers, old.containers) ?? [],
    ...(spec.initContainers ? { initContainers: containers(spec.initContainers, old.initContainers) } : {}),
  };
}

function podLevelWithOldAmounts({ resources }: PodSpec, old: PodSpec): ResourceRequirements | undefined {
  if (!resources) return undefined;
  const masked = requirementsWithOldAmounts(resources, old.resources);
  return old.resources || Object.keys(masked).length > 0 ? masked : undefined;
}

function containerWithOldAmounts(container: Container, old: Container): Container {
  const { resources, ...rest } = container;
  const masked = requirementsWithOldAmounts(resources ?? {}, old.resources);
  return resources || old.resources ? { ...rest, resources: masked } : rest;
}

function requirementsWithOldAmounts(
  { requests, limits, ...rest }: ResourceRequirements,
  old: ResourceRequirements | undefined,
): ResourceRequirements {
  return {
    ...rest,
    ...listed('limits', withAmountsOf(limits, old?.limits)),
    ...listed('requests', withAmountsOf(requests, old?.requests)),
  };
}

const listed = (name: 'limits' | 'requests', list: Record<string, string>) =>
  Object.keys(list).length > 0 ? { [name]: list } : {};

function withAmountsOf(now: Quantities = {}, old: Quantities = {}): Record<string, string> {
  const masked: Record<string, string> = { ...now };
  for (const name of RESIZABLE) {
    if (old[name] === undefined) delete masked[name];
    else masked[name] = old[name];
  }
  return masked;
}
