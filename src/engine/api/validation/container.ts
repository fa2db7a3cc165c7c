/**
 * Containers: what all kinds of them share, and what differs between containers, init containers and ephemeral ones.
 * Follows pkg/apis/core/validation/validation.go (validateContainerCommon, validateContainers, validateInitContainers).
 */
import type { Container, ContainerPort, ContainerResizePolicy, EphemeralContainer, PodSpec } from '../types';
import { validateRestartRules } from './container-restart';
import { validateEnv, validateEnvFrom } from './environment';
import {
  duplicate,
  type FieldErrors,
  forbiddenField,
  invalid,
  notFoundValue,
  notSupported,
  pushInvalid,
  required,
} from './field-errors';
import { isDns1123Label, isPortName, isPortNumber } from './names';
import { type HookContext, validateLifecycle, validateLivenessProbe, validateReadinessProbe } from './probe';
import { validateResourceRequirements } from './resources';
import { validateSecurityContext } from './security-context';
import { type VolumesByName, validatePullPolicy } from './volume';
import { validateVolumeDevices, validateVolumeMounts } from './volume-mount';

const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];
const MESSAGE_POLICIES = ['File', 'FallbackToLogsOnError'];

/** What the containers of one Pod share. */
export interface PodContext {
  readonly spec: PodSpec;
  readonly volumes: VolumesByName;
  readonly claimNames: readonly string[];
  readonly hooks: HookContext;
}

/** The regular containers of a Pod. */
export function validateContainers(errors: FieldErrors, field: string, context: PodContext): void {
  const containers = context.spec.containers ?? [];
  if (containers.length === 0) {
    errors.push(required(field));
    return;
  }
  const names = new Set<string>();
  for (let index = 0; index < containers.length; index++) {
    const container = containers[index] as Container;
    const path = `${field}[${index}]`;
    validateContainer(errors, path, container, context);
    const name = container.name ?? '';
    if (names.has(name)) errors.push(duplicate(`${path}.name`, name));
    names.add(name);
    validateHooksAndProbes(errors, path, container, context.hooks);
    validateRestartRules(errors, path, container);
  }
  validateHostPortsDiffer(errors, field, containers);
}

/** The init containers of a Pod, sidecars among them. */
export function validateInitContainers(errors: FieldErrors, field: string, context: PodContext): void {
  const { initContainers, containers = [] } = context.spec;
  if (!initContainers) return;
  const names = new Set(containers.map((container) => container.name ?? ''));
  for (const [index, container] of initContainers.entries()) {
    const path = `${field}[${index}]`;
    validateContainer(errors, path, container, context);
    validateRestartRules(errors, path, container);
    const name = container.name ?? '';
    if (names.has(name)) errors.push(duplicate(`${path}.name`, name));
    else if (name !== '') names.add(name);
    validateHostPortsDiffer(errors, field, [container]);
    if (container.restartPolicy === 'Always') validateHooksAndProbes(errors, path, container, context.hooks);
    else validateOneShot(errors, path, container);
  }
}

/** What only a container that keeps running can have. */
function validateOneShot(errors: FieldErrors, field: string, container: Container): void {
  for (const name of ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'] as const) {
    if (!container[name]) continue;
    errors.push(forbiddenField(`${field}.${name}`, 'may not be set for init containers without restartPolicy=Always'));
  }
  for (const [index, { restartPolicy }] of (container.resizePolicy ?? []).entries()) {
    if (restartPolicy !== 'RestartContainer') continue;
    const why = "must not be set to 'RestartContainer' for non-sidecar initContainers";
    errors.push(invalid(`${field}.resizePolicy[${index}].restartPolicy`, restartPolicy, why));
  }
}

const NOT_FOR_EPHEMERAL = [
  'ports',
  'resources',
  'resizePolicy',
  'restartPolicy',
  'restartPolicyRules',
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
  'lifecycle',
] as const;

/** Containers added to a running Pod for looking into it. */
export function validateEphemeralContainers(errors: FieldErrors, field: string, context: PodContext): void {
  const { ephemeralContainers, containers = [], initContainers = [] } = context.spec;
  if (!ephemeralContainers) return;
  const others = new Set([...containers, ...initContainers].map((container) => container.name));
  const names = new Set(others);
  for (const [index, container] of ephemeralContainers.entries()) {
    const path = `${field}[${index}]`;
    validateContainer(errors, path, container, context);
    validateImageIsTrimmed(errors, path, container);
    if (names.has(container.name)) errors.push(duplicate(`${path}.name`, container.name));
    names.add(container.name);
    const target = container.targetContainerName;
    if (target && !others.has(target)) errors.push(notFoundValue(`${path}.targetContainerName`, target));
    validateEphemeralFields(errors, path, container);
  }
}

function validateEphemeralFields(errors: FieldErrors, field: string, container: EphemeralContainer): void {
  const why = 'cannot be set for an Ephemeral Container';
  for (const name of NOT_FOR_EPHEMERAL) {
    const value = container[name];
    if (value === undefined || (typeof value === 'object' && Object.keys(value).length === 0)) continue;
    errors.push(forbiddenField(`${field}.${name}`, why));
  }
  for (const [index, mount] of (container.volumeMounts ?? []).entries()) {
    if (mount.subPath) errors.push(forbiddenField(`${field}.volumeMounts[${index}].subPath`, why));
    if (mount.subPathExpr) errors.push(forbiddenField(`${field}.volumeMounts[${index}].subPathExpr`, why));
  }
}

/** An image name as a Pod (not a template) needs it. */
export function validateImageIsTrimmed(errors: FieldErrors, field: string, { image = '' }: Container): void {
  if (image.trim().length === image.length) return;
  errors.push(invalid(`${field}.image`, image, 'must not have leading or trailing whitespace'));
}

function validateContainer(errors: FieldErrors, field: string, container: Container, context: PodContext): void {
  const { name, terminationMessagePolicy: messagePolicy } = container;
  if (!name) errors.push(required(`${field}.name`));
  else pushInvalid(errors, `${field}.name`, name, isDns1123Label(name));
  if (!container.image) errors.push(required(`${field}.image`));
  if (!messagePolicy) errors.push(required(`${field}.terminationMessagePolicy`));
  else if (!MESSAGE_POLICIES.includes(messagePolicy)) {
    errors.push(notSupported(`${field}.terminationMessagePolicy`, messagePolicy, MESSAGE_POLICIES));
  }
  validatePorts(errors, `${field}.ports`, container.ports);
  validateEnv(errors, `${field}.env`, container.env);
  validateEnvFrom(errors, `${field}.envFrom`, container.envFrom);
  validateVolumeMounts(errors, `${field}.volumeMounts`, container, context.volumes);
  if (container.volumeDevices) validateVolumeDevices(errors, `${field}.volumeDevices`, container, context.volumes);
  validatePullPolicy(errors, `${field}.imagePullPolicy`, container.imagePullPolicy);
  validateResourceRequirements(errors, `${field}.resources`, container.resources, 'container', context.claimNames);
  if (container.resizePolicy) {
    validateResizePolicy(errors, `${field}.resizePolicy`, container.resizePolicy, context.spec.restartPolicy);
  }
  validateSecurityContext(
    errors,
    `${field}.securityContext`,
    container.securityContext,
    context.spec.hostUsers !== false,
  );
}

function validateHooksAndProbes(errors: FieldErrors, field: string, container: Container, hooks: HookContext): void {
  if (container.lifecycle) validateLifecycle(errors, `${field}.lifecycle`, container.lifecycle, hooks);
  validateLivenessProbe(errors, `${field}.livenessProbe`, container.livenessProbe, hooks);
  validateReadinessProbe(errors, `${field}.readinessProbe`, container.readinessProbe, hooks);
  validateLivenessProbe(errors, `${field}.startupProbe`, container.startupProbe, hooks);
}

function validatePorts(errors: FieldErrors, field: string, ports: readonly ContainerPort[] | undefined): void {
  if (!ports) return;
  const names = new Set<string>();
  for (let index = 0; index < ports.length; index++) {
    const { name, containerPort, hostPort, protocol } = ports[index] as ContainerPort;
    const path = `${field}[${index}]`;
    if (name) {
      const messages = isPortName(name);
      pushInvalid(errors, `${path}.name`, name, messages);
      if (messages.length === 0 && names.has(name)) errors.push(duplicate(`${path}.name`, name));
      names.add(name);
    }
    if (!containerPort) errors.push(required(`${path}.containerPort`));
    else pushInvalid(errors, `${path}.containerPort`, containerPort, isPortNumber(containerPort));
    if (hostPort) pushInvalid(errors, `${path}.hostPort`, hostPort, isPortNumber(hostPort));
    if (!protocol) errors.push(required(`${path}.protocol`));
    else if (!PROTOCOLS.includes(protocol)) errors.push(notSupported(`${path}.protocol`, protocol, PROTOCOLS));
  }
}

function validateHostPortsDiffer(errors: FieldErrors, field: string, containers: readonly Container[]): void {
  const taken = new Set<string>();
  for (const [containerIndex, { ports }] of containers.entries()) {
    for (const [index, { protocol, hostIP = '', hostPort }] of (ports ?? []).entries()) {
      if (!hostPort) continue;
      const place = `${protocol}/${hostIP}/${hostPort}`;
      if (taken.has(place)) errors.push(duplicate(`${field}[${containerIndex}].ports[${index}].hostPort`, place));
      taken.add(place);
    }
  }
}

const RESIZE_POLICIES = ['NotRequired', 'RestartContainer'];

function validateResizePolicy(
  errors: FieldErrors,
  field: string,
  policies: readonly ContainerResizePolicy[],
  podRestartPolicy: string | undefined,
): void {
  const names = new Set<string>();
  for (const [index, { resourceName = '', restartPolicy = '' }] of policies.entries()) {
    if (names.has(resourceName)) errors.push(duplicate(`${field}[${index}]`, resourceName));
    names.add(resourceName);
    if (!resourceName) errors.push(required(field));
    else if (!['cpu', 'memory'].includes(resourceName))
      errors.push(notSupported(field, resourceName, ['cpu', 'memory']));
    if (!restartPolicy) errors.push(required(field));
    else if (!RESIZE_POLICIES.includes(restartPolicy)) errors.push(notSupported(field, restartPolicy, RESIZE_POLICIES));
    if (podRestartPolicy === 'Never' && restartPolicy !== 'NotRequired') {
      errors.push(invalid(field, restartPolicy, "must be 'NotRequired' when pod `restartPolicy` is 'Never'"));
    }
  }
}
