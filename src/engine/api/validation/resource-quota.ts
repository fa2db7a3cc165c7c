/**
 * ResourceQuotas.
 * Follows pkg/apis/core/validation/validation.go (ValidateResourceQuota and what it calls) and pkg/apis/core/helper/helpers.go.
 */
import type { FieldError } from '../field-error';
import type { KubeObject } from '../meta';
import type { ResourceQuota, ScopedResourceSelectorRequirement } from '../types';
import { type FieldErrors, invalid, invalidTyped, required } from './field-errors';
import { FIELD_IS_IMMUTABLE, type MetadataRules, validateObjectMeta, validateObjectMetaUpdate } from './metadata';
import { isDns1123Subdomain } from './names';
import { isQuotaResource, validateResourceName, validateResourceQuantity } from './resources';

const METADATA: MetadataRules = { namespaced: true, name: isDns1123Subdomain };

/** A quota that is to be created. */
export function validateResourceQuota(object: KubeObject): readonly FieldError[] {
  const errors: FieldErrors = [];
  validateObjectMeta(errors, object.metadata, METADATA);
  validateSpec(errors, object as ResourceQuota);
  return errors;
}

/** An update of a quota: its scopes stay. */
export function validateResourceQuotaUpdate(object: KubeObject, old: KubeObject): readonly FieldError[] {
  const errors: FieldErrors = [];
  validateObjectMetaUpdate(errors, object.metadata, old.metadata, METADATA);
  validateSpec(errors, object as ResourceQuota);
  const { scopes } = (object as ResourceQuota).spec;
  if (asSet(scopes) !== asSet((old as ResourceQuota).spec.scopes)) {
    errors.push(invalid('spec.scopes', scopes ?? null, FIELD_IS_IMMUTABLE));
  }
  return errors;
}

/** An update of a quota's status. */
export function validateResourceQuotaStatusUpdate(object: KubeObject): readonly FieldError[] {
  const errors: FieldErrors = [];
  const { hard, used } = (object as ResourceQuota).status ?? {};
  validateAmounts(errors, 'status.hard', hard);
  validateAmounts(errors, 'status.used', used);
  return errors;
}

function asSet(scopes: readonly string[] = []): string {
  return [...new Set(scopes)].sort().join();
}

function validateAmounts(errors: FieldErrors, field: string, amounts: Record<string, string> | undefined): void {
  for (const name in amounts) {
    const path = `${field}[${name}]`;
    validateResourceName(errors, path, name);
    if (!name.includes('/') && !isQuotaResource(name)) {
      errors.push(invalid(path, name, 'must be a standard resource for quota'));
    }
    validateResourceQuantity(errors, path, name, amounts[name] as string);
  }
}

const COMPUTE = ['pods', 'cpu', 'memory', 'limits.cpu', 'limits.memory', 'requests.cpu', 'requests.memory'];
const EXISTENCE_ONLY = ['BestEffort', 'NotBestEffort', 'Terminating', 'NotTerminating', 'CrossNamespacePodAffinity'];

/** The standard resources that each scope can narrow. */
const NARROWED: ReadonlyMap<string, readonly string[]> = new Map([
  ...[...EXISTENCE_ONLY, 'PriorityClass'].map((scope) => [scope, COMPUTE] as const),
  ['BestEffort', ['pods']],
  ['VolumeAttributesClass', ['persistentvolumeclaims', 'requests.storage']],
]);

function isScopeWrongFor(scope: string, name: string): boolean {
  return isQuotaResource(name) && NARROWED.get(scope)?.includes(name) === false;
}

function conflict(scopes: readonly string[]): boolean {
  return ['BestEffort', 'Terminating'].some((scope) => scopes.includes(scope) && scopes.includes(`Not${scope}`));
}

function validateSpec(errors: FieldErrors, { spec }: ResourceQuota): void {
  const { hard, scopes = [], scopeSelector } = spec;
  validateAmounts(errors, 'spec.hard', hard);
  const limited = Object.keys(hard ?? {});
  const refuse = (detail: string) => errors.push(invalid('spec.scopes', scopes, detail));
  for (const scope of scopes) {
    if (!NARROWED.has(scope)) refuse('unsupported scope');
    for (const name of limited) if (isScopeWrongFor(scope, name)) refuse('unsupported scope applied to resource');
  }
  if (conflict(scopes)) refuse('conflicting scopes');
  if (scopeSelector) validateSelector(errors, spec, scopeSelector.matchExpressions ?? []);
}

function validateSelector(
  errors: FieldErrors,
  { hard = {}, scopes }: ResourceQuota['spec'],
  requirements: readonly ScopedResourceSelectorRequirement[],
): void {
  const field = 'spec.scopeSelector.matchExpressions';
  const printed = {
    MatchExpressions: requirements.map(({ scopeName = '', operator = '', values }) => ({
      ScopeName: scopeName,
      Operator: operator,
      Values: values ?? null,
    })),
  };
  for (const requirement of requirements) {
    const { scopeName = '' } = requirement;
    if (!NARROWED.has(scopeName)) errors.push(invalidTyped(`${field}.scopeName`, scopeName, 'unsupported scope'));
    for (const name in hard) {
      if (!isScopeWrongFor(scopeName, name)) continue;
      errors.push(invalid(field, printed, 'unsupported scope applied to resource'));
    }
    validateOperator(errors, field, requirement);
  }
  if (conflict(requirements.map(({ scopeName }) => scopeName))) {
    errors.push(invalid(field, scopes ?? null, 'conflicting scopes'));
  }
}

function validateOperator(errors: FieldErrors, field: string, requirement: ScopedResourceSelectorRequirement): void {
  const { scopeName = '', operator = '', values = [] } = requirement;
  if (EXISTENCE_ONLY.includes(scopeName) && operator !== 'Exists') {
    const detail =
      "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity";
    errors.push(invalidTyped(`${field}.operator`, operator, detail));
  }
  if (operator === 'In' || operator === 'NotIn') {
    const detail = "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector";
    if (values.length === 0) errors.push(required(`${field}.values`, detail));
  } else if (operator === 'Exists' || operator === 'DoesNotExist') {
    const detail = "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector";
    if (values.length > 0) errors.push(invalid(`${field}.values`, values, detail));
  } else errors.push(invalidTyped(`${field}.operator`, operator, 'not a valid selector operator'));
}
