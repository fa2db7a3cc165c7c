/**
 * Updates of a Pod's status.
 * Follows pkg/apis/core/validation/validation.go (ValidatePodStatusUpdate).
 * Left out: resource claims, users and allocated resources of containers, image volumes.
 */
import type { FieldError } from '../field-error';
import type { KubeObject } from '../meta';
import { isRestartableInitContainer } from '../pod';
import type { Container, ContainerStatus, Pod, PodCondition, PodIP, PodSpec } from '../types';
import { type FieldErrors, forbiddenField, invalid, pushInvalid } from './field-errors';
import { ipFamilyOf, validateLegacyIp } from './ip-addresses';
import { validateQualifiedName } from './labels';
import { FIELD_IS_IMMUTABLE } from './metadata';
import { isDns1123Subdomain } from './names';

const SYSTEM_CONDITIONS: ReadonlySet<string> = new Set(['PodScheduled', 'Ready', 'Initialized']);
const NOT_NEGATIVE = 'must be a non-negative integer';

/** An update of a Pod's status; spec and metadata are the old ones already. */
export function validatePodStatusUpdate(object: KubeObject, oldObject: KubeObject): readonly FieldError[] {
  const { status = {}, spec } = object as Pod;
  const { status: old = {} } = oldObject as Pod;
  const errors: FieldErrors = [];
  validateConditions(errors, 'status.conditions', status.conditions);
  validateNomination(errors, status.nominatedNodeName ?? '', old.nominatedNodeName ?? '', spec);
  if ((status.observedGeneration ?? 0) < 0) {
    errors.push(invalid('status.observedGeneration', status.observedGeneration, NOT_NEGATIVE));
  }
  if ((status.qosClass ?? '') !== (old.qosClass ?? '')) {
    errors.push(invalid('status.qosClass', status.qosClass ?? '', FIELD_IS_IMMUTABLE));
  }
  if (!mayRestartAll(spec)) {
    validateTransitions(errors, 'containerStatuses', status.containerStatuses, old.containerStatuses, spec);
    validateTransitions(errors, 'initContainerStatuses', status.initContainerStatuses, old.initContainerStatuses, spec);
  }
  if (status.podIPs !== old.podIPs) validateIps(errors, 'status.podIPs', status.podIPs, old.podIPs);
  if (status.hostIPs !== old.hostIPs && status.hostIPs && status.hostIPs.length > 0) {
    const first = status.hostIPs[0]?.ip ?? '';
    if (status.hostIP !== first) errors.push(invalid('status.hostIPs[0].ip', first, 'must be equal to `hostIP`'));
    validateIps(errors, 'status.hostIPs', status.hostIPs, old.hostIPs);
  }
  return errors;
}

function validateConditions(errors: FieldErrors, field: string, conditions: readonly PodCondition[] | undefined): void {
  if (!conditions) return;
  for (let index = 0; index < conditions.length; index++) {
    const { type, observedGeneration = 0 } = conditions[index] as PodCondition;
    if (observedGeneration < 0) {
      errors.push(invalid(`${field}[${index}].observedGeneration`, observedGeneration, NOT_NEGATIVE));
    }
    if (!SYSTEM_CONDITIONS.has(type)) validateQualifiedName(errors, `${field}[${index}].Type`, type ?? '');
  }
}

function validateNomination(errors: FieldErrors, node: string, old: string, spec: PodSpec): void {
  if (node === old || node === '') return;
  const field = 'status.nominatedNodeName';
  pushInvalid(errors, field, node, isDns1123Subdomain(node));
  if (spec.nodeName) errors.push(forbiddenField(field, 'may not be set on pods that are already bound to a node'));
}

/** Whether some container's rules restart the whole Pod, which allows every transition. */
function mayRestartAll(spec: PodSpec): boolean {
  const restartsAll = (container: Container) =>
    container.restartPolicyRules?.some((rule) => rule.action === 'RestartAllContainers') ?? false;
  return spec.containers.some(restartsAll) || (spec.initContainers?.some(restartsAll) ?? false);
}

function validateTransitions(
  errors: FieldErrors,
  list: 'containerStatuses' | 'initContainerStatuses',
  statuses: readonly ContainerStatus[] | undefined,
  old: readonly ContainerStatus[] | undefined,
  spec: PodSpec,
): void {
  if (!old || statuses === old) return;
  for (let index = 0; index < old.length; index++) {
    const { name, state } = old[index] as ContainerStatus;
    const ended = state?.terminated;
    if (!ended) continue;
    const now = statuses?.find((status) => status.name === name);
    if (!now || now.state?.terminated) continue;
    const containers = list === 'containerStatuses' ? spec.containers : (spec.initContainers ?? []);
    const container = containers.find((candidate) => candidate.name === name);
    if (container && mayRestart(container, spec, ended.exitCode)) continue;
    errors.push(forbiddenField(`status.${list}[${index}].state`, 'may not be transitioned to non-terminated state'));
  }
}

/** Whether a container that ended so may run again: by its rules, its own policy, or the Pod's. */
function mayRestart(container: Container, spec: PodSpec, exitCode: number): boolean {
  if (container.restartPolicy !== undefined) {
    for (const { exitCodes } of container.restartPolicyRules ?? []) {
      const isListed = exitCodes?.values?.includes(exitCode) ?? false;
      if (exitCodes && isListed === (exitCodes.operator === 'In')) return true;
    }
    if (isRestartableInitContainer(container)) return true;
  }
  const policy = container.restartPolicy ?? spec.restartPolicy;
  return policy === 'OnFailure' ? exitCode !== 0 : policy !== 'Never';
}

function validateIps(errors: FieldErrors, field: string, ips: readonly PodIP[] = [], old: readonly PodIP[] = []): void {
  const known = old.map(({ ip }) => ip);
  for (const [index, { ip }] of ips.entries()) validateLegacyIp(errors, `${field}[${index}]`, ip, known);
  if (ips.length < 2) return;
  const families = new Set(ips.map(({ ip }) => ipFamilyOf(ip)));
  if (ips.length === 2 && families.size === 2) return;
  const printed = ips.map(({ ip }) => ({ IP: ip }));
  errors.push(invalid(field, printed, 'may specify no more than one IP for each IP family'));
}
