/**
 * What a Pod may ask of the operating system that it names.
 * Follows pkg/apis/core/validation/validation.go (validateOS, validateLinux, validateWindows).
 */
import type { PodSpec } from '../types';
import { type FieldErrors, forbiddenField, notSupported, required } from './field-errors';

const LINUX_ONLY = 'cannot be set for a windows pod';
/** Fields of a Pod in upstream's order; a dot leads those of its security context. */
const POD_FIELDS =
  '.appArmorProfile .seLinuxOptions hostUsers hostPID hostIPC .seccompProfile .fsGroup .fsGroupChangePolicy .sysctls shareProcessNamespace .runAsUser .runAsGroup .supplementalGroups .supplementalGroupsPolicy .seLinuxChangePolicy';
const CONTAINER_FIELDS =
  'appArmorProfile seLinuxOptions seccompProfile capabilities readOnlyRootFilesystem privileged allowPrivilegeEscalation procMount runAsUser runAsGroup';

/** The system's name, and that only what it knows is asked for. */
export function validateOperatingSystem(errors: FieldErrors, field: string, spec: PodSpec): void {
  const name = spec.os?.name;
  if (name === undefined) return;
  if (name === '') errors.push(required(`${field}.os.name`));
  else if (name === 'linux') validateLinux(errors, field, spec);
  else if (name === 'windows') validateWindows(errors, field, spec);
  else errors.push(notSupported(`${field}.os`, name, ['linux', 'windows']));
}

function validateLinux(errors: FieldErrors, field: string, spec: PodSpec): void {
  for (const [path, context] of contexts(field, spec)) {
    if (context.windowsOptions === undefined) continue;
    errors.push(forbiddenField(`${path}.windowsOptions`, 'windows options cannot be set for a linux pod'));
  }
}

function validateWindows(errors: FieldErrors, field: string, spec: PodSpec): void {
  const [[path, podContext], ...containers] = contexts(field, spec);
  for (const name of POD_FIELDS.split(' ')) {
    const bare = name.replace('.', '');
    const value = name === bare ? (spec as unknown as Record<string, unknown>)[bare] : podContext[bare];
    const isFlag = name === 'hostPID' || name === 'hostIPC';
    if (value === undefined || (isFlag && !value) || (bare === 'sysctls' && (value as unknown[]).length === 0))
      continue;
    errors.push(forbiddenField(name === bare ? `${field}.${bare}` : `${path}.${bare}`, LINUX_ONLY));
  }
  for (const [path, context] of containers) {
    for (const name of CONTAINER_FIELDS.split(' ')) {
      if (context[name] !== undefined) errors.push(forbiddenField(`${path}.${name}`, LINUX_ONLY));
    }
  }
}

type Context = readonly [path: string, context: Record<string, unknown> & { readonly windowsOptions?: unknown }];

/** The Pod's security context, then those of its containers as upstream visits them. */
function contexts(field: string, spec: PodSpec): [Context, ...Context[]] {
  const found: [Context, ...Context[]] = [[`${field}.securityContext`, { ...spec.securityContext }]];
  for (const list of ['initContainers', 'containers', 'ephemeralContainers'] as const) {
    for (const [index, { securityContext }] of (spec[list] ?? []).entries()) {
      found.push([`${field}.${list}[${index}].securityContext`, { ...securityContext }]);
    }
  }
  return found;
}
