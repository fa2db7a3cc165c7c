/**
 * Security contexts of Pods and containers.
 * Follows pkg/apis/core/validation/validation.go (ValidateSecurityContext, validatePodSpecSecurityContext).
 * Left out: most options of Windows. Privileged containers are allowed, as in clusters made by the usual installers.
 */
import type { AppArmorProfile, PodSecurityContext, PodSpec, SeccompProfile, SecurityContext, Sysctl } from '../types';
import {
  duplicate,
  type FieldErrors,
  forbiddenField,
  invalid,
  notSupported,
  pushInvalid,
  required,
} from './field-errors';
import { internalForm } from './internal-form';
import { isDns1123Subdomain, isUserOrGroupId } from './names';
import { validateDescendingPath } from './paths';

const PROFILE_TYPES = ['Localhost', 'RuntimeDefault', 'Unconfined'];

function validateId(errors: FieldErrors, field: string, id: number | undefined): void {
  if (id !== undefined) pushInvalid(errors, field, id, isUserOrGroupId(id));
}

function validateSeccomp(errors: FieldErrors, field: string, profile: SeccompProfile | undefined): void {
  if (!profile) return;
  const { type, localhostProfile } = profile;
  if (!type) errors.push(required(`${field}.type`, 'type is required when seccompProfile is set'));
  else if (!PROFILE_TYPES.includes(type)) errors.push(notSupported(`${field}.type`, type, PROFILE_TYPES));
  const path = `${field}.localhostProfile`;
  if (type !== 'Localhost') {
    if (localhostProfile === undefined) return;
    const printed = internalForm('SeccompProfile', profile);
    errors.push(invalid(path, printed, 'can only be set when seccomp type is Localhost'));
  } else if (localhostProfile === undefined) {
    errors.push(required(path, 'must be set when seccomp type is Localhost'));
  } else validateDescendingPath(errors, path, localhostProfile);
}

function validateAppArmor(errors: FieldErrors, field: string, profile: AppArmorProfile | undefined): void {
  if (!profile) return;
  const { type, localhostProfile } = profile;
  const path = `${field}.localhostProfile`;
  if (!type) errors.push(required(`${field}.type`, 'type is required when appArmorProfile is set'));
  else if (!PROFILE_TYPES.includes(type)) errors.push(notSupported(`${field}.type`, type, PROFILE_TYPES));
  else if (type !== 'Localhost') {
    if (localhostProfile === undefined) return;
    errors.push(invalid(path, localhostProfile, 'can only be set when AppArmor type is Localhost'));
  } else if (!localhostProfile) errors.push(required(path, 'must be set when AppArmor type is Localhost'));
  else if (localhostProfile.trim() !== localhostProfile) {
    errors.push(invalid(path, localhostProfile, 'must not be padded with whitespace'));
  }
}

/** The security context of a container. */
export function validateSecurityContext(
  errors: FieldErrors,
  field: string,
  context: SecurityContext | undefined,
  usesHostUsers: boolean,
): void {
  if (!context) return;
  validateId(errors, `${field}.runAsUser`, context.runAsUser);
  validateId(errors, `${field}.runAsGroup`, context.runAsGroup);
  validateProcMount(errors, `${field}.procMount`, context.procMount, usesHostUsers);
  validateSeccomp(errors, `${field}.seccompProfile`, context.seccompProfile);
  if (context.allowPrivilegeEscalation === false) {
    const start = 'cannot set `allowPrivilegeEscalation` to false and';
    if (context.privileged === true)
      errors.push(invalid(field, internalForm('SecurityContext', context), `${start} \`privileged\` to true`));
    if (context.capabilities?.add?.includes('CAP_SYS_ADMIN')) {
      errors.push(
        invalid(field, internalForm('SecurityContext', context), `${start} \`capabilities.Add\` CAP_SYS_ADMIN`),
      );
    }
  }
  validateGroupAccount(errors, field, context);
  validateAppArmor(errors, `${field}.appArmorProfile`, context.appArmorProfile);
}

function validateGroupAccount(errors: FieldErrors, field: string, context: SecurityContext | PodSecurityContext): void {
  const name = context.windowsOptions?.gmsaCredentialSpecName;
  if (name === undefined) return;
  pushInvalid(errors, `${field}.windowsOptions.gmsaCredentialSpecName`, name, isDns1123Subdomain(name));
}

function validateProcMount(
  errors: FieldErrors,
  field: string,
  procMount: string | undefined,
  usesHostUsers: boolean,
): void {
  if (procMount === undefined) return;
  if (procMount !== 'Default' && procMount !== 'Unmasked') {
    errors.push(notSupported(field, procMount, ['Default', 'Unmasked']));
  }
  if (usesHostUsers && procMount === 'Unmasked') {
    errors.push(invalid(field, procMount, '`hostUsers` must be false to use `Unmasked`'));
  }
}

/** The security context of a Pod. */
export function validatePodSecurityContext(errors: FieldErrors, field: string, spec: PodSpec): void {
  const context = spec.securityContext;
  const { shareProcessNamespace } = spec;
  validateId(errors, `${field}.fsGroup`, context?.fsGroup);
  validateId(errors, `${field}.runAsUser`, context?.runAsUser);
  validateId(errors, `${field}.runAsGroup`, context?.runAsGroup);
  for (const [index, id] of (context?.supplementalGroups ?? []).entries()) {
    validateId(errors, `${field}.supplementalGroups[${index}]`, id);
  }
  if (shareProcessNamespace && spec.hostPID) {
    const why = 'ShareProcessNamespace and HostPID cannot both be enabled';
    errors.push(invalid(`${field}.shareProcessNamespace`, shareProcessNamespace, why));
  }
  if (!context) return;
  validateSysctls(errors, `${field}.sysctls`, context.sysctls ?? [], spec);
  validateChoice(errors, `${field}.fsGroupChangePolicy`, context.fsGroupChangePolicy, ['Always', 'OnRootMismatch']);
  validateSeccomp(errors, `${field}.seccompProfile`, context.seccompProfile);
  validateGroupAccount(errors, field, context);
  validateAppArmor(errors, `${field}.appArmorProfile`, context.appArmorProfile);
  validatePolicies(errors, field, context);
}

function validatePolicies(errors: FieldErrors, field: string, context: PodSecurityContext): void {
  validateChoice(errors, `${field}.supplementalGroupsPolicy`, context.supplementalGroupsPolicy, ['Merge', 'Strict']);
  validateChoice(errors, `${field}.seLinuxChangePolicy`, context.seLinuxChangePolicy, ['Recursive']);
}

function validateChoice(
  errors: FieldErrors,
  field: string,
  value: string | undefined,
  choices: readonly string[],
): void {
  if (value !== undefined && !choices.includes(value)) errors.push(notSupported(field, value, choices));
}

const SYSCTL_SEGMENT = '[a-z0-9]([-_a-z0-9]*[a-z0-9])?';
const SYSCTL_FORMAT = `^(${SYSCTL_SEGMENT}[\\./])*${SYSCTL_SEGMENT}$`;

function validateSysctls(errors: FieldErrors, field: string, sysctls: readonly Sysctl[], spec: PodSpec): void {
  const seen = new Set<string>();
  for (const [index, { name = '' }] of sysctls.entries()) {
    const path = `${field}[${index}].name`;
    if (name === '') errors.push(required(path));
    else if (name.length > 253 || !new RegExp(SYSCTL_FORMAT).test(name)) {
      errors.push(invalid(path, name, `must have at most 253 characters and match regex ${SYSCTL_FORMAT}`));
    } else if (seen.has(name)) errors.push(duplicate(path, name));
    seen.add(name);
    if (spec.hostNetwork && /^net[./]/.test(name)) {
      errors.push(invalid(path, name, "may not be specified when 'hostNetwork' is true"));
    } else if (spec.hostIPC && /^(kernel[./](shm|msg|sem)|fs[./]mqueue[./])/.test(name)) {
      errors.push(invalid(path, name, "may not be specified when 'hostIPC' is true"));
    }
  }
}

/** What a Pod with users of its own may not share with its host; upstream misspells two of the fields. */
export function validateHostUsers(errors: FieldErrors, field: string, spec: PodSpec): void {
  if (spec.hostUsers !== false) return;
  const why = 'when `hostUsers` is false';
  if (spec.hostNetwork) errors.push(forbiddenField(`${field}.hostNetwork`, why));
  if (spec.hostPID) errors.push(forbiddenField(`${field}.HostPID`, why));
  if (spec.hostIPC) errors.push(forbiddenField(`${field}.HostIPC`, why));
}
