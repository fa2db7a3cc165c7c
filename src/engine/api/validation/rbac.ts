/**
 * Roles and bindings. Follows pkg/apis/rbac/validation/validation.go.
 */
import type { FieldError } from '../field-error';
import type { KubeObject } from '../meta';
import { deepEqual } from '../plain';
import { RBAC_GROUP } from '../rbac/policy-rule';
import type { ClusterRole, PolicyRule, RoleBinding, Subject } from '../types';
import { type FieldErrors, invalid, notSupported, pushInvalid, required } from './field-errors';
import { validateLabelSelector } from './labels';
import { type MetadataRules, validateObjectMeta, validateObjectMetaUpdate } from './metadata';
import { isDns1123Subdomain, isPathSegmentName } from './names';

type Check = (object: KubeObject) => FieldErrors;

const metadataOf = (namespaced: boolean): MetadataRules => ({
  namespaced,
  name: isPathSegmentName,
});

function validateRule(errors: FieldErrors, rule: PolicyRule, namespaced: boolean, field: string): void {
  if (!rule.verbs?.length) errors.push(required(`${field}.verbs`, 'verbs must contain at least one value'));
  const { nonResourceURLs: urls, apiGroups, resources, resourceNames } = rule;
  if (urls?.length) {
    const refuse = (why: string) => errors.push(invalid(`${field}.nonResourceURLs`, urls, why));
    if (namespaced) refuse('namespaced rules cannot apply to non-resource URLs');
    if (apiGroups?.length || resources?.length || resourceNames?.length) {
      refuse('rules cannot apply to both regular resources and non-resource URLs');
    }
    return;
  }
  if (!apiGroups?.length) {
    errors.push(required(`${field}.apiGroups`, 'resource rules must supply at least one api group'));
  }
  if (!resources?.length) {
    errors.push(required(`${field}.resources`, 'resource rules must supply at least one resource'));
  }
}

function validateAggregation(errors: FieldErrors, { aggregationRule }: ClusterRole): void {
  if (!aggregationRule) return;
  const field = 'aggregationRule.clusterRoleSelectors';
  const selectors = aggregationRule.clusterRoleSelectors ?? [];
  if (selectors.length === 0) {
    errors.push(required(field, 'at least one clusterRoleSelector required if aggregationRule is non-nil'));
  }
  for (const [index, selector] of selectors.entries()) {
    const before = errors.length;
    validateLabelSelector(errors, `${field}[${index}]`, selector);
    if (errors.length > before) errors.push(invalid(`${field}[${index}]`, null, 'invalid label selector.'));
  }
}

function roleCheck(namespaced: boolean): Check {
  return (object) => {
    const errors: FieldErrors = [];
    validateObjectMeta(errors, object.metadata, metadataOf(namespaced));
    const role = object as ClusterRole;
    for (const [index, rule] of (role.rules ?? []).entries()) {
      validateRule(errors, rule, namespaced, `rules[${index}]`);
    }
    validateAggregation(errors, role);
    return errors;
  };
}

function validateSubject(errors: FieldErrors, subject: Subject, namespaced: boolean, field: string): void {
  const { kind, name, apiGroup = '', namespace } = subject;
  if (!name) errors.push(required(`${field}.name`));
  if (kind === 'ServiceAccount') {
    if (name) pushInvalid(errors, `${field}.name`, name, isDns1123Subdomain(name));
    if (apiGroup) errors.push(notSupported(`${field}.apiGroup`, apiGroup, ['']));
    if (!namespaced && !namespace) errors.push(required(`${field}.namespace`));
  } else if (kind === 'User' || kind === 'Group') {
    if (apiGroup !== RBAC_GROUP) errors.push(notSupported(`${field}.apiGroup`, apiGroup, [RBAC_GROUP]));
  } else errors.push(notSupported(`${field}.kind`, kind ?? '', ['ServiceAccount', 'User', 'Group']));
}

function bindingCheck(namespaced: boolean): Check {
  const kinds = namespaced ? ['Role', 'ClusterRole'] : ['ClusterRole'];
  return (object) => {
    const errors: FieldErrors = [];
    validateObjectMeta(errors, object.metadata, metadataOf(namespaced));
    const { roleRef, subjects } = object as RoleBinding;
    const { apiGroup = '', kind = '', name = '' } = roleRef ?? {};
    if (apiGroup !== RBAC_GROUP) errors.push(notSupported('roleRef.apiGroup', apiGroup, [RBAC_GROUP]));
    if (!kinds.includes(kind)) errors.push(notSupported('roleRef.kind', kind, kinds));
    if (!name) errors.push(required('roleRef.name'));
    else pushInvalid(errors, 'roleRef.name', name, isPathSegmentName(name));
    for (const [index, subject] of (subjects ?? []).entries()) {
      validateSubject(errors, subject, namespaced, `subjects[${index}]`);
    }
    return errors;
  };
}

function updateOf(check: Check): (object: KubeObject, old: KubeObject) => readonly FieldError[] {
  return (object, old) => {
    const errors = check(object);
    validateObjectMetaUpdate(errors, object.metadata, old.metadata, metadataOf(false));
    const { roleRef } = object as RoleBinding;
    if (roleRef && !deepEqual(roleRef, (old as RoleBinding).roleRef)) {
      const { apiGroup = '', kind = '', name = '' } = roleRef;
      errors.push(invalid('roleRef', { APIGroup: apiGroup, Kind: kind, Name: name }, 'cannot change roleRef'));
    }
    return errors;
  };
}

const checks = (validate: Check) => ({ validate, validateUpdate: updateOf(validate) });

/** The checks of each of the four kinds, as its strategy takes them. */
export const RBAC_CHECKS = {
  role: checks(roleCheck(true)),
  clusterRole: checks(roleCheck(false)),
  roleBinding: checks(bindingCheck(true)),
  clusterRoleBinding: checks(bindingCheck(false)),
};
