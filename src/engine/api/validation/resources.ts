/**
 * Requests, limits and the names of resources.
 * Follows pkg/apis/core/validation/validation.go (validateResourceRequirements, ValidateResourceQuantityValue) and
 * pkg/apis/core/helper/helpers.go.
 */
import { valueIn } from '../plain';
import { isPodLevelResource } from '../pod-resources';
import { compareQuantities, parseQuantity, quantityMilli } from '../quantity';
import type { ResourceRequirements } from '../types';
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
import { isDns1123Label, isQualifiedName } from './names';

const NON_NEGATIVE = 'must be greater than or equal to 0';

const COUNTED = [
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'services.nodeports',
  'services.loadbalancers',
];
const INTEGER_RESOURCES: ReadonlySet<string> = new Set(COUNTED);
const CONTAINER_RESOURCES: ReadonlySet<string> = new Set(['cpu', 'memory', 'ephemeral-storage']);
const STANDARD_RESOURCES: ReadonlySet<string> = new Set([
  ...COUNTED,
  ...['', 'requests.', 'limits.'].flatMap((prefix) => [...CONTAINER_RESOURCES].map((name) => prefix + name)),
  'storage',
  'requests.storage',
]);

function isHugePages(name: string): boolean {
  return name.startsWith('hugepages-');
}

function isHugePagesQuota(name: string): boolean {
  return isHugePages(name.replace(/^requests\./, ''));
}

/** Whether an unqualified name is one that quotas can limit. */
export function isQuotaResource(name: string): boolean {
  return (STANDARD_RESOURCES.has(name) && name !== 'storage') || isHugePagesQuota(name);
}

function isNative(name: string): boolean {
  return !name.includes('/') || name.includes('kubernetes.io/');
}

/** Whether it is a resource of somebody else's, like `nvidia.com/gpu`. */
export function isExtendedResource(name: string): boolean {
  return !isNative(name) && !name.startsWith('requests.') && isQualifiedName(`requests.${name}`).length === 0;
}

/** Whether a container may be promised more of it than it asks for. */
export function isOvercommitAllowed(name: string): boolean {
  return isNative(name) && !isHugePages(name);
}

/** A quantity that may not be negative and, for what is counted, must be whole. */
export function validateResourceQuantity(errors: FieldErrors, field: string, name: string, quantity: string): void {
  if (quantity.startsWith('-') && compareQuantities(quantity, '0') < 0) {
    errors.push(invalid(field, quantity, NON_NEGATIVE));
  }
  const isWhole = INTEGER_RESOURCES.has(name) || (name.includes('/') && isExtendedResource(name));
  if (isWhole && quantityMilli(quantity) % 1000 !== 0) errors.push(invalid(field, quantity, 'must be an integer'));
}

/** The name of any resource; false when it is wrong. */
export function validateResourceName(errors: FieldErrors, field: string, name: string): boolean {
  const messages = isQualifiedName(name);
  pushInvalid(errors, field, name, messages);
  if (messages.length > 0) return false;
  if (name.includes('/') || STANDARD_RESOURCES.has(name) || isHugePagesQuota(name)) return true;
  errors.push(invalid(field, name, 'must be a standard resource type or fully qualified'));
  return false;
}

/** The name of a resource that containers may ask for. */
export function validateContainerResourceName(errors: FieldErrors, field: string, name: string): void {
  if (CONTAINER_RESOURCES.has(name)) return;
  validateResourceName(errors, field, name);
  if (!name.includes('/')) {
    if (!isHugePages(name)) errors.push(invalid(field, name, 'must be a standard resource for containers'));
  } else if (!isNative(name) && !isExtendedResource(name)) {
    errors.push(invalid(field, name, "doesn't follow extended resource name standard"));
  }
}

function validatePodLevelName(errors: FieldErrors, field: string, name: string): void {
  if (isPodLevelResource(name)) return;
  if (validateResourceName(errors, field, name)) {
    errors.push(notSupported(field, name, ['cpu', 'hugepages-', 'memory']));
  }
}

/** Where the resources stand: what may be named differs between a container and a whole Pod. */
export type ResourceScope = 'container' | 'pod';

/** Requests and limits of one holder. */
export function validateResourceRequirements(
  errors: FieldErrors,
  field: string,
  resources: ResourceRequirements | undefined,
  scope: ResourceScope,
  claimNames: readonly string[] = [],
): void {
  if (!resources) return;
  const { limits, requests } = resources;
  for (const name in limits) {
    const quantity = limits[name] as string;
    validateEntry(errors, `${field}.limits[${name}]`, name, quantity, scope);
    validatePages(errors, `${field}.limits[${name}]`, name, quantity);
  }
  for (const name in requests) {
    const quantity = requests[name] as string;
    validateEntry(errors, `${field}.requests[${name}]`, name, quantity, scope);
    validateAgainstLimit(errors, field, name, quantity, valueIn(limits, name));
    validatePages(errors, `${field}.requests[${name}]`, name, quantity);
  }
  validateHugePagesHaveCompany(errors, field, resources);
  if (resources.claims) validateClaims(errors, `${field}.claims`, resources.claims, claimNames);
}

function validateEntry(errors: FieldErrors, field: string, name: string, quantity: string, scope: ResourceScope): void {
  if (scope === 'container') validateContainerResourceName(errors, field, name);
  else validatePodLevelName(errors, field, name);
  validateResourceQuantity(errors, field, name, quantity);
}

function validatePages(errors: FieldErrors, field: string, name: string, quantity: string): void {
  if (isHugePages(name) && !isMultipleOfPage(name, quantity)) {
    errors.push(invalid(field, quantity, `${quantity} is not positive integer multiple of ${name}`));
  }
}

function isMultipleOfPage(name: string, quantity: string): boolean {
  try {
    const page = parseQuantity(name.slice('hugepages-'.length)).nano;
    return page > 0n && page % 1_000_000_000n === 0n && parseQuantity(quantity).nano % page === 0n;
  } catch {
    return false;
  }
}

function validateAgainstLimit(
  errors: FieldErrors,
  field: string,
  name: string,
  request: string,
  limit: string | undefined,
): void {
  if (limit === undefined) {
    if (isOvercommitAllowed(name)) return;
    errors.push(required(`${field}.limits`, 'Limit must be set for non overcommitable resources'));
    return;
  }
  if (request === limit) return;
  const order = compareQuantities(request, limit);
  if (order !== 0 && !isOvercommitAllowed(name)) {
    errors.push(invalid(`${field}.requests`, request, `must be equal to ${name} limit of ${limit}`));
  } else if (order > 0) {
    errors.push(invalid(`${field}.requests`, request, `must be less than or equal to ${name} limit of ${limit}`));
  }
}

function validateHugePagesHaveCompany(errors: FieldErrors, field: string, resources: ResourceRequirements): void {
  const names = Object.keys({ ...resources.limits, ...resources.requests });
  if (!names.some(isHugePages) || names.includes('cpu') || names.includes('memory')) return;
  errors.push(forbiddenField(field, 'HugePages require cpu or memory'));
}

function validateClaims(
  errors: FieldErrors,
  field: string,
  claims: readonly { name: string; request?: string }[],
  claimNames: readonly string[],
): void {
  const seen = new Set<string>();
  for (const [index, { name, request }] of claims.entries()) {
    const path = `${field}[${index}]`;
    if (!name) {
      errors.push(required(path));
      continue;
    }
    if (request) pushInvalid(errors, `${path}.request`, request, isDns1123Label(request));
    const key = request ? `${name}/${request}` : name;
    if (seen.has(name)) errors.push(duplicate(path, name));
    else if (seen.has(key)) errors.push(duplicate(path, key));
    seen.add(key);
    if (claimNames.includes(name)) continue;
    const known = claimNames.length === 0 ? ' which is empty' : `: ${[...claimNames].sort().join(', ')}`;
    errors.push(notFoundValue(path, name, `must be one of the names in pod.spec.resourceClaims${known}`));
  }
}
