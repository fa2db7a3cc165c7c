/**
 * Mutating and validating webhook configurations, and APIServices.
 * Follows pkg/apis/admissionregistration/validation/validation.go, apiserver/pkg/util/webhook/validation.go and
 * kube-aggregator/pkg/apis/apiregistration/validation/validation.go. Left out: what older objects may keep.
 */
import type { FieldError } from '../field-error';
import type { KubeObject } from '../meta';
import type {
  AdmissionClientConfig,
  AdmissionServiceReference,
  APIService,
  MutatingWebhook,
  MutatingWebhookConfiguration,
  ValidatingWebhook,
} from '../types';
import { POLICY_METADATA, validateMatchConditions, validateRule } from './admission-policy';
import { duplicate, type FieldErrors, invalid, notSupported, pushInvalid, required } from './field-errors';
import { validateLabelSelector } from './labels';
import { type MetadataRules, validateObjectMeta, validateObjectMetaUpdate } from './metadata';
import { byteLength, isDns1035Label, isDns1123Subdomain, isPathSegmentName, isPortNumber } from './names';

const REVIEW_VERSIONS = ['v1', 'v1beta1'];
const FORM = '; desired format: https://host[/path]';

function validateHookName(errors: FieldErrors, name: string, field: string): void {
  const problems = isDns1123Subdomain(name);
  if (name === '') errors.push(required(field));
  else if (problems.length > 0) errors.push(invalid(field, name, problems.join(',')));
  else if (name.split('.').length < 3) {
    errors.push(invalid(field, name, 'should be a domain with at least three segments separated by dots'));
  }
}

function validatePort(errors: FieldErrors, port: number, field: string): void {
  const problems = isPortNumber(port);
  if (problems.length > 0) errors.push(invalid(field, port, `port is not valid: ${problems.join(', ')}`));
}

function validatePath(errors: FieldErrors, path: string, field: string): void {
  if (path === '' || path === '/') return;
  if (path === '//') {
    errors.push(invalid(field, path, 'segment[0] may not be empty'));
    return;
  }
  if (!path.startsWith('/')) errors.push(invalid(field, path, "must start with a '/'"));
  for (const [index, step] of path.slice(1).replace(/\/$/, '').split('/').entries()) {
    if (step === '') errors.push(invalid(field, path, `segment[${index}] may not be empty`));
    else for (const why of isDns1123Subdomain(step)) errors.push(invalid(field, path, `segment[${index}]: ${why}`));
  }
}

/** Upstream hands the two names over the wrong way round, so a missing one is told of as the other. */
function validateService(errors: FieldErrors, service: AdmissionServiceReference, field: string): void {
  const { name = '', namespace = '', path = '', port = 443 } = service;
  if (namespace === '') errors.push(required(`${field}.name`));
  if (name === '') errors.push(required(`${field}.namespace`));
  validatePort(errors, port, `${field}.port`);
  validatePath(errors, path, `${field}.path`);
}

function validateUrl(errors: FieldErrors, url: string, field: string): void {
  const [, scheme = '', authority = '', query, fragment] =
    /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?:\/\/([^/?#]*))?[^?#]*(?:\?([^#]*))?(?:#(.*))?$/s.exec(url) ?? [];
  const [host = '', user] = authority.split('@').reverse();
  if (scheme.toLowerCase() !== 'https') {
    errors.push(invalid(field, scheme, `'https' is the only allowed URL scheme${FORM}`));
  }
  if (host === '') errors.push(invalid(field, host, `host must be specified${FORM}`));
  if (user !== undefined) errors.push(invalid(field, user, 'user information is not permitted in the URL'));
  if (fragment) errors.push(invalid(field, fragment, 'fragments are not permitted in the URL'));
  if (query) errors.push(invalid(field, query, 'query parameters are not permitted in the URL'));
}

function validateClient(errors: FieldErrors, { url, service }: AdmissionClientConfig, field: string): void {
  if ((url === undefined) === (service === undefined)) {
    errors.push(required(field, 'exactly one of url or service is required'));
  } else if (url !== undefined) validateUrl(errors, url, `${field}.url`);
  else if (service) validateService(errors, service, `${field}.service`);
}

function validateReviewVersions(errors: FieldErrors, versions: readonly string[], field: string): void {
  const accepted = REVIEW_VERSIONS.join(', ');
  if (versions.length === 0) {
    errors.push(required(field, `must specify one of ${accepted}`));
    return;
  }
  const seen = new Set<string>();
  for (const [index, version] of versions.entries()) {
    if (seen.has(version)) errors.push(invalid(`${field}[${index}]`, version, 'duplicate version'));
    else pushInvalid(errors, `${field}[${index}]`, version, isDns1035Label(version));
    seen.add(version);
  }
  if (!versions.some((version) => REVIEW_VERSIONS.includes(version))) {
    errors.push(invalid(field, versions, `must include at least one of ${accepted}`));
  }
}

function validateChoice(
  errors: FieldErrors,
  value: string | undefined,
  choices: readonly string[],
  field: string,
): void {
  if (value !== undefined && !choices.includes(value)) errors.push(notSupported(field, value, choices));
}

function validateHook(errors: FieldErrors, hook: MutatingWebhook | ValidatingWebhook, field: string): void {
  const { name = '', rules = [], sideEffects, timeoutSeconds = 10, clientConfig = {}, matchConditions = [] } = hook;
  validateHookName(errors, name, `${field}.name`);
  for (const [index, rule] of rules.entries()) validateRule(errors, rule, `${field}.rules[${index}]`);
  validateChoice(errors, hook.failurePolicy, ['Fail', 'Ignore'], `${field}.failurePolicy`);
  validateChoice(errors, hook.matchPolicy, ['Equivalent', 'Exact'], `${field}.matchPolicy`);
  const effects = ['None', 'NoneOnDryRun'];
  if (sideEffects === undefined) {
    errors.push(required(`${field}.sideEffects`, `must specify one of ${effects.join(', ')}`));
  }
  validateChoice(errors, sideEffects, effects, `${field}.sideEffects`);
  if (timeoutSeconds > 30 || timeoutSeconds < 1) {
    const why = 'the timeout value must be between 1 and 30 seconds';
    errors.push(invalid(`${field}.timeoutSeconds`, timeoutSeconds, why));
  }
  validateLabelSelector(errors, `${field}.namespaceSelector`, hook.namespaceSelector);
  validateLabelSelector(errors, `${field}.objectSelector`, hook.objectSelector);
  if ('reinvocationPolicy' in hook) {
    validateChoice(errors, hook.reinvocationPolicy, ['IfNeeded', 'Never'], `${field}.reinvocationPolicy`);
  }
  validateClient(errors, clientConfig, `${field}.clientConfig`);
  validateMatchConditions(errors, matchConditions, {}, `${field}.matchConditions`);
  validateReviewVersions(errors, hook.admissionReviewVersions ?? [], `${field}.admissionReviewVersions`);
}

/** A configuration of webhooks, of either kind. */
export function validateWebhooks(object: KubeObject): readonly FieldError[] {
  const errors: FieldErrors = [];
  validateObjectMeta(errors, object.metadata, POLICY_METADATA);
  const seen = new Set<string>();
  for (const [index, hook] of ((object as MutatingWebhookConfiguration).webhooks ?? []).entries()) {
    validateHook(errors, hook, `webhooks[${index}]`);
    if (seen.has(hook.name)) errors.push(duplicate(`webhooks[${index}].name`, hook.name));
    if (hook.name) seen.add(hook.name);
  }
  return errors;
}

function nameRule({ version = '', group = '' }: APIService['spec']): MetadataRules {
  const wanted = `${version}.${group}`;
  const name = (text: string): readonly string[] => {
    const problems = isPathSegmentName(text);
    if (problems.length > 0 || text === wanted) return problems;
    return [`must be \`spec.version+"."+spec.group\`: ${JSON.stringify(wanted)}`];
  };
  return { namespaced: false, name, anyFinalizer: true };
}

/** An APIService. */
export function validateApiService(object: KubeObject): readonly FieldError[] {
  const { metadata, spec } = object as APIService;
  const errors: FieldErrors = [];
  validateObjectMeta(errors, metadata, nameRule(spec));
  const { group = '', version = '', groupPriorityMinimum = 0, versionPriority = 0, service } = spec;
  const { caBundle = '', insecureSkipTLSVerify = false } = spec;
  if (group === '' && version !== 'v1') {
    errors.push(required('spec.group', 'only v1 may have an empty group and it better be legacy kube'));
  }
  if (group !== '') pushInvalid(errors, 'spec.group', group, isDns1123Subdomain(group));
  pushInvalid(errors, 'spec.version', version, isDns1035Label(version));
  const between = (value: number, most: number, field: string) => {
    if (value <= 0 || value > most) {
      errors.push(invalid(`spec.${field}`, value, `must be positive and less than ${most}`));
    }
  };
  between(groupPriorityMinimum, 20000, 'groupPriorityMinimum');
  between(versionPriority, 1000, 'versionPriority');
  const skips = 'spec.insecureSkipTLSVerify';
  if (!service) {
    const bytes = `${Math.floor((caBundle.replace(/=+$/, '').length * 3) / 4)} bytes`;
    if (byteLength(caBundle) > 0)
      errors.push(invalid('spec.caBundle', bytes, 'local APIServices may not have a caBundle'));
    if (insecureSkipTLSVerify)
      errors.push(invalid(skips, true, 'local APIServices may not have insecureSkipTLSVerify'));
    return errors;
  }
  if (!service.namespace) errors.push(required('spec.service.namespace'));
  if (!service.name) errors.push(required('spec.service.name'));
  validatePort(errors, service.port ?? 443, 'spec.service.port');
  if (insecureSkipTLSVerify && caBundle !== '')
    errors.push(invalid(skips, true, 'may not be true if caBundle is present'));
  return errors;
}

/** A changed APIService. */
export function validateApiServiceUpdate(object: KubeObject, old: KubeObject): readonly FieldError[] {
  const errors: FieldErrors = [];
  validateObjectMetaUpdate(errors, object.metadata, old.metadata, nameRule((object as APIService).spec));
  return [...errors, ...validateApiService(object)];
}
