/**
 * Environment variables and the references they take their values from.
 * Follows pkg/apis/core/validation/validation.go (ValidateEnv, ValidateEnvFrom and the selectors they use).
 */
import type {
  EnvFromSource,
  EnvVar,
  EnvVarSource,
  FileKeySelector,
  ObjectFieldSelector,
  ResourceFieldSelector,
} from '../types';
import { type FieldErrors, invalid, notSupported, pushInvalid, required } from './field-errors';
import { validateQualifiedName } from './labels';
import { isConfigMapKey, isDns1123Label, isDns1123Subdomain, isEnvVarName } from './names';
import { validatePathWithoutBacksteps } from './paths';

const ENV_FIELDS = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];
/** Fields of a Pod that a downward API volume can show. */
export const VOLUME_FIELDS = [
  'metadata.annotations',
  'metadata.labels',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
];

/** Fields that have a name at all; each use allows some of them. */
const KNOWN_FIELDS: ReadonlySet<string> = new Set([
  ...ENV_FIELDS,
  ...VOLUME_FIELDS,
  'spec.restartPolicy',
  'spec.schedulerName',
  'status.phase',
]);

const RESOURCE_FIELDS = [
  'limits.cpu',
  'limits.ephemeral-storage',
  'limits.memory',
  'requests.cpu',
  'requests.ephemeral-storage',
  'requests.memory',
];
/** How messages call the resources that are counted in bytes. */
const BYTE_RESOURCES = new Map([
  ['memory', 'memory'],
  ['ephemeral-storage', 'local ephemeral storage'],
]);
const BYTE_DIVISORS = ['1', '1k', '1M', '1G', '1T', '1P', '1E', '1Ki', '1Mi', '1Gi', '1Ti', '1Pi', '1Ei'];

/** The variables of a container. */
export function validateEnv(errors: FieldErrors, field: string, variables: readonly EnvVar[] | undefined): void {
  if (!variables) return;
  for (let index = 0; index < variables.length; index++) {
    const variable = variables[index] as EnvVar;
    const path = `${field}[${index}]`;
    if (!variable.name) errors.push(required(`${path}.name`));
    else pushInvalid(errors, `${path}.name`, variable.name, isEnvVarName(variable.name));
    if (variable.valueFrom) validateSource(errors, `${path}.valueFrom`, variable.valueFrom, variable.value ?? '');
  }
}

function validateSource(errors: FieldErrors, field: string, source: EnvVarSource, value: string): void {
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef } = source;
  if (fieldRef) validateFieldReference(errors, `${field}.fieldRef`, fieldRef, ENV_FIELDS);
  if (resourceFieldRef) validateResourceReference(errors, `${field}.resourceFieldRef`, resourceFieldRef, false);
  if (configMapKeyRef) validateKeyReference(errors, `${field}.configMapKeyRef`, configMapKeyRef);
  if (secretKeyRef) validateKeyReference(errors, `${field}.secretKeyRef`, secretKeyRef);
  if (fileKeyRef) validateFileKey(errors, `${field}.fileKeyRef`, fileKeyRef);
  const given = [fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef].filter(Boolean).length;
  if (given === 0) {
    const choices = '`fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`';
    errors.push(invalid(field, '', `must specify one of: ${choices}`));
  } else if (value !== '') {
    errors.push(invalid(field, '', 'may not be specified when `value` is not empty'));
  } else if (given > 1) {
    errors.push(invalid(field, '', 'may not have more than one field specified at a time'));
  }
}

function validateKeyReference(errors: FieldErrors, field: string, reference: { name?: string; key: string }): void {
  const { name = '', key = '' } = reference;
  pushInvalid(errors, `${field}.name`, name, isDns1123Subdomain(name));
  if (key === '') errors.push(required(`${field}.key`));
  else pushInvalid(errors, `${field}.key`, key, isConfigMapKey(key));
}

function validateFileKey(errors: FieldErrors, field: string, selector: FileKeySelector): void {
  const { key = '', volumeName = '', path = '' } = selector;
  if (key === '') errors.push(required(`${field}.key`));
  else pushInvalid(errors, `${field}.key`, key, isEnvVarName(key));
  if (volumeName === '') errors.push(required(`${field}.volumeName`));
  else pushInvalid(errors, `${field}.volumeName`, volumeName, isDns1123Label(volumeName));
  if (path === '') errors.push(required(`${field}.path`));
  else validatePathWithoutBacksteps(errors, `${field}.path`, path);
}

/** A reference to a field of the Pod; `metadata.labels['key']` and annotations may name one entry. */
export function validateFieldReference(
  errors: FieldErrors,
  field: string,
  reference: ObjectFieldSelector,
  allowed: readonly string[],
): void {
  const { apiVersion = '', fieldPath = '' } = reference;
  if (apiVersion === '') errors.push(required(`${field}.apiVersion`));
  else if (fieldPath === '') errors.push(required(`${field}.fieldPath`));
  else if (apiVersion !== 'v1') pushConversionError(errors, field, fieldPath, `unsupported pod version: ${apiVersion}`);
  else validateFieldPath(errors, field, fieldPath, allowed);
}

function pushConversionError(errors: FieldErrors, field: string, fieldPath: string, why: string): void {
  errors.push(invalid(`${field}.fieldPath`, fieldPath, `error converting fieldPath: ${why}`));
}

function validateFieldPath(errors: FieldErrors, field: string, fieldPath: string, allowed: readonly string[]): void {
  const subscripted = /^(?!\[')(.+?)\['(.*)'\]$/.exec(fieldPath);
  if (!subscripted) {
    const path = fieldPath === 'spec.host' ? 'spec.nodeName' : fieldPath;
    if (!KNOWN_FIELDS.has(path))
      pushConversionError(errors, field, fieldPath, `field label not supported: ${fieldPath}`);
    else if (!allowed.includes(path)) errors.push(notSupported(`${field}.fieldPath`, path, allowed));
    return;
  }
  const [, path, key = ''] = subscripted;
  if (path === 'metadata.annotations') validateQualifiedName(errors, field, key.toLowerCase());
  else if (path === 'metadata.labels') validateQualifiedName(errors, field, key);
  else pushConversionError(errors, field, fieldPath, `field label does not support subscript: ${fieldPath}`);
}

/** A reference to a container's own requests or limits. */
export function validateResourceReference(
  errors: FieldErrors,
  field: string,
  reference: ResourceFieldSelector,
  isVolume: boolean,
): void {
  const { containerName, resource = '', divisor } = reference;
  const isHugePages = /^(requests|limits)\.hugepages-/.test(resource);
  if (isVolume && !containerName) errors.push(required(`${field}.containerName`));
  else if (resource === '') errors.push(required(`${field}.resource`));
  else if (!RESOURCE_FIELDS.includes(resource) && !isHugePages) {
    errors.push(notSupported(`${field}.resource`, resource, RESOURCE_FIELDS));
  }
  if (divisor && divisor !== '0') validateDivisor(errors, `${field}.divisor`, resource, divisor);
}

function validateDivisor(errors: FieldErrors, field: string, resource: string, divisor: string): void {
  const kind = resource.slice(resource.indexOf('.') + 1);
  if (kind === 'cpu') {
    if (divisor === '1' || divisor === '1m') return;
    errors.push(invalid(field, resource, "only divisor's values 1m and 1 are supported with the cpu resource"));
    return;
  }
  const name = kind.startsWith('hugepages-') ? 'hugepages' : BYTE_RESOURCES.get(kind);
  if (name === undefined || BYTE_DIVISORS.includes(divisor)) return;
  const values = BYTE_DIVISORS.join(', ');
  errors.push(invalid(field, resource, `only divisor's values ${values} are supported with the ${name} resource`));
}

/** The sources whose every key becomes a variable. */
export function validateEnvFrom(
  errors: FieldErrors,
  field: string,
  sources: readonly EnvFromSource[] | undefined,
): void {
  if (!sources) return;
  for (const [index, { prefix, configMapRef, secretRef }] of sources.entries()) {
    const path = `${field}[${index}]`;
    if (prefix) pushInvalid(errors, `${path}.prefix`, prefix, isEnvVarName(prefix));
    if (configMapRef) validateSourceName(errors, `${path}.configMapRef.name`, configMapRef.name ?? '');
    if (secretRef) validateSourceName(errors, `${path}.secretRef.name`, secretRef.name ?? '');
    if (!configMapRef && !secretRef) {
      errors.push(invalid(field, '', 'must specify one of: `configMapRef` or `secretRef`'));
    } else if (configMapRef && secretRef) {
      errors.push(invalid(field, '', 'may not have more than one field specified at a time'));
    }
  }
}

function validateSourceName(errors: FieldErrors, field: string, name: string): void {
  if (name === '') errors.push(required(field));
  else pushInvalid(errors, field, name, isDns1123Subdomain(name));
}
