/**
 * ValidatingAdmissionPolicies and their bindings.
 * Follows pkg/apis/admissionregistration/validation/validation.go. Left out: the texts of group and version names.
 */
import { AUTHORIZER_FUNCTIONS } from '../cel/authorizer';
import { type CelProgram, type CelShape, compileCel } from '../cel/cel';
import type { FieldError } from '../field-error';
import type { KubeObject } from '../meta';
import type {
  MatchCondition,
  MatchResources,
  NamedRuleWithOperations,
  ParamKind,
  ParamRef,
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
  ValidatingAdmissionPolicySpec,
} from '../types';
import {
  duplicate,
  type FieldErrors,
  forbiddenField,
  invalid,
  notSupported,
  pushInvalid,
  required,
  tooMany,
} from './field-errors';
import { validateLabelSelector, validateQualifiedName } from './labels';
import { type MetadataRules, validateObjectMeta, validateObjectMetaUpdate } from './metadata';
import { isDns1035Label, isDns1123Subdomain, isPathSegmentName } from './names';
import { policyNames } from './policy-shapes';

/** What holds for the metadata of policies, and of webhook configurations. */
export const POLICY_METADATA: MetadataRules = { namespaced: false, name: isDns1123Subdomain, anyFinalizer: true };
const OPERATIONS = ['*', 'CONNECT', 'CREATE', 'DELETE', 'UPDATE'];
const REASONS = ['Forbidden', 'Invalid', 'RequestEntityTooLarge'];
const IDENTIFIER = /^[_a-zA-Z][_a-zA-Z0-9]*$/;

/** What is known of the variables of a policy, by name. */
type VariableShapes = ReadonlyMap<string, CelShape | undefined>;

function shapesOf({ variables }: ValidatingAdmissionPolicySpec): VariableShapes | undefined {
  return variables?.length ? new Map(variables.map(({ name }) => [name ?? '', undefined])) : undefined;
}

/** An expression of a policy. */
export function compilePolicyExpression(
  text: string,
  spec: ValidatingAdmissionPolicySpec,
  shapes: VariableShapes | undefined = shapesOf(spec),
): CelProgram | { readonly problem: string } {
  const variables = policyNames(spec.paramKind !== undefined, shapes);
  return compileCel(text, { variables, functions: AUTHORIZER_FUNCTIONS });
}

function validateExpression(
  errors: FieldErrors,
  text: string,
  spec: ValidatingAdmissionPolicySpec,
  field: string,
  wanted: readonly string[],
  shapes?: VariableShapes,
): CelShape | undefined {
  const compiled = compilePolicyExpression(text, spec, shapes);
  if ('problem' in compiled) {
    errors.push(invalid(field, text, `compilation failed: ${compiled.problem}`));
    return undefined;
  }
  const { type } = compiled.shape ?? {};
  if (type === undefined || wanted.length === 0 || wanted.includes(type)) return compiled.shape;
  const one = wanted.length === 1 ? wanted[0] : `one of [${wanted.join(' ')}]`;
  errors.push(invalid(field, text, `must evaluate to ${one} but got ${type}`));
  return compiled.shape;
}

/** What a rule of a policy or of a webhook matches. */
export function validateRule(errors: FieldErrors, rule: NamedRuleWithOperations, field: string): void {
  const { resourceNames = [], operations = [], apiGroups = [], apiVersions = [], resources = [], scope } = rule;
  for (const [index, name] of resourceNames.entries()) {
    pushInvalid(errors, `${field}.resourceNames[${index}]`, name, isPathSegmentName(name));
  }
  if (operations.length === 0) errors.push(required(`${field}.operations`));
  if (operations.length > 1 && operations.includes('*')) {
    errors.push(invalid(`${field}.operations`, operations, "if '*' is present, must not specify other operations"));
  }
  for (const [index, operation] of operations.entries()) {
    if (!OPERATIONS.includes(operation)) {
      errors.push(notSupported(`${field}.operations[${index}]`, operation, OPERATIONS));
    }
  }
  if (apiGroups.length === 0) errors.push(required(`${field}.apiGroups`));
  if (apiGroups.length > 1 && apiGroups.includes('*')) {
    errors.push(invalid(`${field}.apiGroups`, apiGroups, "if '*' is present, must not specify other API groups"));
  }
  if (apiVersions.length === 0) errors.push(required(`${field}.apiVersions`));
  if (apiVersions.length > 1 && apiVersions.includes('*')) {
    errors.push(invalid(`${field}.apiVersions`, apiVersions, "if '*' is present, must not specify other API versions"));
  }
  for (const [index, version] of apiVersions.entries()) {
    if (!version) errors.push(required(`${field}.apiVersions[${index}]`));
  }
  if (resources.length === 0) errors.push(required(`${field}.resources`));
  for (const [index, name] of resources.entries()) if (!name) errors.push(required(`${field}.resources[${index}]`));
  if (resources.length > 1 && resources.includes('*/*')) {
    errors.push(invalid(`${field}.resources`, resources, "if '*/*' is present, must not specify other resources"));
  }
  const scopes = ['*', 'Cluster', 'Namespaced'];
  if (scope !== undefined && !scopes.includes(scope)) errors.push(notSupported(`${field}.scope`, scope, scopes));
}

function validateMatch(errors: FieldErrors, match: MatchResources, field: string): void {
  const { matchPolicy = '', namespaceSelector, objectSelector } = match;
  const policies = ['Equivalent', 'Exact'];
  if (!policies.includes(matchPolicy)) errors.push(notSupported(`${field}.matchPolicy`, matchPolicy, policies));
  validateLabelSelector(errors, `${field}.namespaceSelector`, namespaceSelector);
  validateLabelSelector(errors, `${field}.objectSelector`, objectSelector);
  for (const list of ['resourceRules', 'excludeResourceRules'] as const) {
    for (const [index, rule] of (match[list] ?? []).entries()) validateRule(errors, rule, `${field}.${list}[${index}]`);
  }
}

/** The conditions under which a policy or a webhook is asked at all. */
export function validateMatchConditions(
  errors: FieldErrors,
  matchConditions: readonly MatchCondition[],
  spec: ValidatingAdmissionPolicySpec,
  list: string,
): void {
  if (matchConditions.length > 64) errors.push(tooMany(list, matchConditions.length, 64));
  const seen = new Set<string>();
  for (const [index, { name, expression = '' }] of matchConditions.entries()) {
    const field = `${list}[${index}]`;
    const text = expression.trim();
    if (text === '') errors.push(required(`${field}.expression`));
    else validateExpression(errors, text, { ...spec, variables: undefined }, `${field}.expression`, ['bool']);
    if (!name) errors.push(required(`${field}.name`));
    else {
      validateQualifiedName(errors, `${field}.name`, name);
      if (seen.has(name)) errors.push(duplicate(`${field}.name`, name));
      seen.add(name);
    }
  }
}

/** Returns what is known of them: each may name those before it. */
function validateVariables(errors: FieldErrors, spec: ValidatingAdmissionPolicySpec): VariableShapes | undefined {
  if (!spec.variables?.length) return undefined;
  const shapes = new Map<string, CelShape | undefined>();
  for (const [index, { name = '', expression = '' }] of spec.variables.entries()) {
    const field = `spec.variables[${index}]`;
    if (name.trim() === '') errors.push(required(`${field}.name`, 'name is not specified'));
    else if (!IDENTIFIER.test(name)) errors.push(invalid(`${field}.name`, name, 'must be a valid CEL identifier'));
    if (expression.trim() === '') errors.push(required(`${field}.expression`, 'expression is not specified'));
    else shapes.set(name, validateExpression(errors, expression, spec, `${field}.expression`, [], shapes));
  }
  return shapes;
}

function validateAnnotations(
  errors: FieldErrors,
  { metadata, spec }: ValidatingAdmissionPolicy,
  shapes: VariableShapes | undefined,
): void {
  const seen = new Set<string>();
  for (const [index, { key = '', valueExpression = '' }] of (spec.auditAnnotations ?? []).entries()) {
    const field = `spec.auditAnnotations[${index}]`;
    const at = `${field}.valueExpression`;
    validateQualifiedName(errors, `${field}.key`, `${metadata.name}/${key}`);
    const text = valueExpression.trim();
    if (text === '') errors.push(required(at, 'valueExpression is not specified'));
    else validateExpression(errors, text, spec, at, ['string', 'null_type'], shapes);
    if (seen.has(key)) errors.push(duplicate(`${field}.key`, key));
    seen.add(key);
  }
}

function validateValidations(
  errors: FieldErrors,
  spec: ValidatingAdmissionPolicySpec,
  shapes: VariableShapes | undefined,
): void {
  const { validations = [], auditAnnotations = [] } = spec;
  if (validations.length + auditAnnotations.length === 0) {
    const detail = 'validations or auditAnnotations must contain at least one item';
    errors.push(required('spec.validations', detail), required('spec.auditAnnotations', detail));
  }
  for (const [index, validation] of validations.entries()) {
    const { expression = '', message = '', messageExpression = '', reason } = validation;
    const field = `spec.validations[${index}]`;
    if (expression.trim() === '') errors.push(required(`${field}.expression`, 'expression is not specified'));
    else validateExpression(errors, expression, spec, `${field}.expression`, ['bool'], shapes);
    if (messageExpression !== '') {
      const at = `${field}.messageExpression`;
      if (messageExpression.trim() === '')
        errors.push(invalid(at, messageExpression, 'must be non-empty if specified'));
      else validateExpression(errors, messageExpression, spec, at, ['string'], shapes);
    }
    if (message !== '' && message.trim() === '') {
      errors.push(invalid(`${field}.message`, message, 'must be non-empty if specified'));
    } else if (/[\n\r]/.test(message.trim())) {
      errors.push(invalid(`${field}.message`, message, 'must not contain line breaks'));
    }
    if (reason !== undefined && !REASONS.includes(reason)) {
      errors.push(notSupported(`${field}.reason`, reason, REASONS));
    }
  }
}

function validateParamKind(errors: FieldErrors, { apiVersion = '', kind = '' }: ParamKind, field: string): void {
  const at = `${field}.apiVersion`;
  const [group, version, more] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  if (!apiVersion) errors.push(required(at));
  else if (more !== undefined) errors.push(invalid(at, apiVersion, `unexpected GroupVersion string: ${apiVersion}`));
  else if (!version) errors.push(invalid(at, apiVersion, 'version must be specified'));
  else {
    if (group) pushInvalid(errors, at, group, isDns1123Subdomain(group));
    pushInvalid(errors, at, version, isDns1035Label(version));
  }
  const problems = isDns1035Label(kind.toLowerCase());
  if (!kind) errors.push(required(`${field}.kind`));
  else if (problems.length > 0) {
    const why = `may have mixed case, but should otherwise match: ${problems.join(',')}`;
    errors.push(invalid(`${field}.kind`, kind, why));
  }
}

/** A ValidatingAdmissionPolicy. */
export function validatePolicy(object: KubeObject): readonly FieldError[] {
  const { metadata, spec } = object as ValidatingAdmissionPolicy;
  const errors: FieldErrors = [];
  validateObjectMeta(errors, metadata, POLICY_METADATA);
  const { failurePolicy = '', paramKind, matchConstraints } = spec;
  const policies = ['Fail', 'Ignore'];
  if (!policies.includes(failurePolicy)) errors.push(notSupported('spec.failurePolicy', failurePolicy, policies));
  if (paramKind) validateParamKind(errors, paramKind, 'spec.paramKind');
  if (!matchConstraints) errors.push(required('spec.matchConstraints'));
  else {
    validateMatch(errors, matchConstraints, 'spec.matchConstraints');
    if (!matchConstraints.resourceRules?.length) errors.push(required('spec.matchConstraints.resourceRules'));
  }
  validateMatchConditions(errors, spec.matchConditions ?? [], spec, 'spec.matchConditions');
  const shapes = validateVariables(errors, spec);
  validateValidations(errors, spec, shapes);
  validateAnnotations(errors, object as ValidatingAdmissionPolicy, shapes);
  return errors;
}

function validateParamRef(errors: FieldErrors, reference: ParamRef): void {
  const { name = '', selector, parameterNotFoundAction } = reference;
  const field = 'spec.paramRef';
  const exclusive = 'name and selector are mutually exclusive';
  if (name) pushInvalid(errors, `${field}.name`, name, isPathSegmentName(name));
  if (name && selector) errors.push(forbiddenField(`${field}.name`, exclusive));
  if (selector) validateLabelSelector(errors, `${field}.selector`, selector);
  if (name && selector) errors.push(forbiddenField(`${field}.selector`, exclusive));
  if (!name && !selector) errors.push(required(field, 'one of name or selector must be specified'));
  const actions = ['Deny', 'Allow'];
  if (!parameterNotFoundAction) errors.push(required(`${field}.parameterNotFoundAction`));
  else if (!actions.includes(parameterNotFoundAction)) {
    errors.push(notSupported(`${field}.parameterNotFoundAction`, parameterNotFoundAction, actions));
  }
}

function validateActions(errors: FieldErrors, actions: readonly string[]): void {
  const field = 'spec.validationActions';
  const known = ['Audit', 'Deny', 'Warn'];
  for (const [index, action] of actions.entries()) {
    if (!known.includes(action)) errors.push(notSupported(`${field}[${index}]`, action, known));
    if (actions.indexOf(action) < index) errors.push(duplicate(`${field}[${index}]`, action));
  }
  if (actions.includes('Deny') && actions.includes('Warn')) {
    const why =
      'must not contain both Deny and Warn (repeating the same validation failure information in the API response and headers serves no purpose)';
    errors.push(invalid(field, actions, why));
  }
  if (actions.length === 0) errors.push(required(field, 'at least one validation action is required'));
}

/** A ValidatingAdmissionPolicyBinding. */
export function validatePolicyBinding(object: KubeObject): readonly FieldError[] {
  const { metadata, spec } = object as ValidatingAdmissionPolicyBinding;
  const errors: FieldErrors = [];
  validateObjectMeta(errors, metadata, POLICY_METADATA);
  if (!spec.policyName) errors.push(required('spec.policyName'));
  else pushInvalid(errors, 'spec.policyName', spec.policyName, isDns1123Subdomain(spec.policyName));
  if (spec.paramRef) validateParamRef(errors, spec.paramRef);
  if (spec.matchResources) validateMatch(errors, spec.matchResources, 'spec.matchResources');
  validateActions(errors, spec.validationActions ?? []);
  return errors;
}

/** The checks of an update, from those of a new object. */
export const updateCheck =
  (validate: (object: KubeObject) => readonly FieldError[]) =>
  (object: KubeObject, old: KubeObject): readonly FieldError[] => {
    const errors: FieldErrors = [...validate(object)];
    validateObjectMetaUpdate(errors, object.metadata, old.metadata, POLICY_METADATA);
    return errors;
  };
