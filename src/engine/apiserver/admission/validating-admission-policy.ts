/**
 * ValidatingAdmissionPolicies: expressions that an object must meet. Bindings say where a policy holds and what comes of a failure.
 * Follows apiserver/pkg/admission/plugin/policy/{validating/{dispatcher,validator},generic/{policy_source,policy_dispatcher}}.go.
 * Left out: what audit annotations say.
 */
import { AUTHORIZER_FUNCTIONS, authorizerValue, type Decide } from '../../api/cel/authorizer';
import { type CelProgram, evaluateCel } from '../../api/cel/cel';
import type { KindDefinition } from '../../api/kinds/definition';
import type { KubeObject } from '../../api/meta';
import { putIn } from '../../api/plain';
import { matchesLabelSelector } from '../../api/selector';
import { type StatusDetails, StatusError, type StatusReason } from '../../api/status-error';
import type {
  ParamKind,
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
  ValidatingAdmissionPolicySpec,
} from '../../api/types';
import { compilePolicyExpression } from '../../api/validation/admission-policy';
import { withStandardGroups } from '../authentication';
import type { AdmissionPlugin, AdmissionRequest } from '../strategy';
import { matches } from './policy-matching';

/** What a failed validation says. */
interface Failure {
  readonly message: string;
  readonly reason?: string;
  /** Whether it refuses whatever the binding's actions are. */
  readonly refuses?: boolean;
}

const CODES: Readonly<Record<string, number>> = {
  Forbidden: 403,
  Invalid: 422,
  RequestEntityTooLarge: 413,
  Unauthorized: 401,
};

/** The plugin. */
export const validatingAdmissionPolicy: AdmissionPlugin = {
  name: 'ValidatingAdmissionPolicy',
  validate: (written, previous, request) => {
    // The API server looks for changed policies once a second.
    const bindings = request.listBefore('ValidatingAdmissionPolicyBinding') as ValidatingAdmissionPolicyBinding[];
    // Policies are not asked about themselves.
    if (bindings.length === 0 || request.info.group === 'admissionregistration.k8s.io') return;
    const { shown = (same) => same } = request;
    const [object, old] = [shown(written), previous && shown(previous)];
    let denied: (() => StatusError) | undefined;
    for (const policy of request.listBefore('ValidatingAdmissionPolicy') as ValidatingAdmissionPolicy[]) {
      const own = bindings.filter(({ spec }) => spec.policyName === policy.metadata.name);
      if (own.length === 0 || !matches(policy.spec.matchConstraints, object, request)) continue;
      const problem = misconfigured(policy, request);
      if (problem !== undefined) {
        if (isFailing(policy)) denied ??= () => refusal(object, request, deniedBy(policy, problem), 'Invalid');
        continue;
      }
      for (const binding of own) {
        if (binding.spec.matchResources && !matches(binding.spec.matchResources, object, request)) continue;
        for (const failure of failuresOf(policy, binding, object, old, request)) {
          const refused = act(policy, binding, failure, object, request);
          denied ??= refused;
        }
      }
    }
    if (denied) throw denied();
  },
};

/** What comes of a failure: a warning, or the refusal it will be. */
function act(
  policy: ValidatingAdmissionPolicy,
  binding: ValidatingAdmissionPolicyBinding,
  { message, reason = 'Invalid', refuses = false }: Failure,
  object: KubeObject,
  request: AdmissionRequest,
): (() => StatusError) | undefined {
  const [policyName, bindingName] = [policy.metadata.name, binding.metadata.name];
  const { validationActions } = binding.spec;
  if (!refuses && validationActions.includes('Warn')) {
    request.warn(
      `Validation failed for ValidatingAdmissionPolicy '${policyName}' with binding '${bindingName}': ${message}`,
    );
  }
  if (!refuses && !validationActions.includes('Deny')) return undefined;
  return () => refusal(object, request, deniedBy(policy, message, binding), reason);
}

function deniedBy({ metadata }: KubeObject, message: string, binding?: KubeObject): string {
  const by = binding ? `'${metadata.name}' with binding '${binding.metadata.name}'` : `'${metadata.name}'`;
  return `ValidatingAdmissionPolicy ${by} denied request: ${message}`;
}

/** Whether what can't be worked out refuses. */
const isFailing = ({ spec }: ValidatingAdmissionPolicy): boolean => spec.failurePolicy !== 'Ignore';

/** Why a policy can't be asked at all, whichever its binding. */
function misconfigured(
  { spec: { paramKind } }: ValidatingAdmissionPolicy,
  request: AdmissionRequest,
): string | undefined {
  if (!paramKind || kindOf(paramKind, request)) return undefined;
  const { apiVersion, kind } = paramKind;
  return `failed to configure policy: failed to find resource referenced by paramKind: '${apiVersion}, Kind=${kind}'`;
}

const kindOf = ({ apiVersion = '', kind = '' }: ParamKind, request: AdmissionRequest): KindDefinition | undefined =>
  request.discovery().findKind(apiVersion, kind);

function refusal({ metadata }: KubeObject, { info }: AdmissionRequest, why: string, reason: string): StatusError {
  const name = metadata.name || 'Unknown';
  const resource = info.group ? `${info.plural}.${info.group}` : info.plural;
  const details: StatusDetails = { name, group: info.group, kind: info.plural, causes: [{ reason: '', message: why }] };
  return new StatusError(
    reason as StatusReason,
    CODES[reason] ?? 422,
    `${resource} "${name}" is forbidden: ${why}`,
    details,
  );
}

/** The objects that a binding chooses as params; one undefined where a policy has none. Throws what is wrong with the choice. */
function paramsOf(
  kind: ParamKind | undefined,
  { spec: { paramRef } }: ValidatingAdmissionPolicyBinding,
  object: KubeObject,
  request: AdmissionRequest,
): readonly (KubeObject | undefined)[] | { readonly problem: string } {
  const info = kind && kindOf(kind, request);
  if (!info || !paramRef) return [undefined];
  if (!info.namespaced && paramRef.namespace) {
    return { problem: 'paramRef.namespace must not be provided for a cluster-scoped `paramKind`' };
  }
  const namespace = info.namespaced ? paramRef.namespace || object.metadata.namespace : undefined;
  if (info.namespaced && !namespace) {
    return { problem: 'cannot use namespaced paramRef in policy binding that matches cluster-scoped resources' };
  }
  const found = paramRef.name
    ? [request.find(info.id, namespace, paramRef.name)].filter((one) => one !== undefined)
    : request
        .list(info.id, namespace)
        .filter(({ metadata }) => matchesLabelSelector(paramRef.selector, metadata.labels));
  if (found.length === 0 && paramRef.parameterNotFoundAction === 'Deny') {
    return { problem: 'no params found for policy binding with `Deny` parameterNotFoundAction' };
  }
  return found;
}

function failuresOf(
  policy: ValidatingAdmissionPolicy,
  binding: ValidatingAdmissionPolicyBinding,
  object: KubeObject,
  old: KubeObject | undefined,
  request: AdmissionRequest,
): Failure[] {
  const { spec } = policy;
  const [params, refuses] = [paramsOf(spec.paramKind, binding, object, request), isFailing(policy)];
  if ('problem' in params) {
    return refuses ? [{ message: `failed to configure binding: ${params.problem}`, refuses }] : [];
  }
  return params.flatMap((param) => {
    const names = bindingsOf(spec, object, old, param, request);
    const asked = conditionsOf(spec, names);
    if (asked !== true) return asked !== false && refuses ? [{ message: asked.error }] : [];
    return [...validationsOf(spec, names, refuses), ...(refuses ? annotationsOf(spec, names) : [])];
  });
}

type Names = Readonly<Record<string, unknown>>;

/** What the expressions of a policy see. */
function bindingsOf(
  spec: ValidatingAdmissionPolicySpec,
  object: KubeObject,
  old: KubeObject | undefined,
  params: KubeObject | undefined,
  request: AdmissionRequest,
): Names {
  const { info, user, operation, dryRun } = request;
  const { namespace, name } = object.metadata;
  const { subresource: subResource = '' } = request;
  const [group = '', version] = object.apiVersion.includes('/')
    ? object.apiVersion.split('/')
    : ['', object.apiVersion];
  const kind = { group, version, kind: object.kind };
  const resource = { group: info.group, version: info.version, resource: info.plural };
  const userInfo = { username: user.name, uid: user.uid ?? '', groups: user.groups, extra: {} };
  const asked = { kind, resource, requestKind: kind, requestResource: resource, operation, dryRun, userInfo, name };
  const isDelete = operation === 'DELETE';
  const names: Record<string, unknown> = {
    object: isDelete ? null : object,
    oldObject: old ?? null,
    request: { ...asked, namespace: namespace ?? '', subResource, requestSubResource: subResource },
    namespaceObject:
      namespace && info.id !== 'Namespace' ? (request.find('Namespace', undefined, namespace) ?? null) : null,
    params: params ?? null,
    authorizer: authorizerValue(decider(request), {
      group: info.group,
      resource: info.plural,
      namespace: namespace ?? '',
      name: name ?? '',
    }),
  };
  const variables: Record<string, unknown> = {};
  names.variables = variables;
  for (const { name: variable, expression } of spec.variables ?? []) {
    const value = evaluated(expression, spec, names);
    if ('value' in value) putIn(variables, variable, value.value);
  }
  return names;
}

/** Who asks is asked about, or a service account. */
function decider({ user, decide }: AdmissionRequest): Decide {
  return ({ serviceAccount, ...question }, verb) => {
    if (!serviceAccount) return decide({ ...question, user, verb });
    const { namespace, name } = serviceAccount;
    const account = withStandardGroups({ name: `system:serviceaccount:${namespace}:${name}`, groups: [] });
    return decide({ ...question, verb, user: account });
  };
}

function evaluated(text: string, spec: ValidatingAdmissionPolicySpec, bindings: Names): ReturnType<typeof evaluateCel> {
  const compiled = compilePolicyExpression(text, spec);
  if ('problem' in compiled) return { error: `compilation failed: ${compiled.problem}`, isOverBudget: false, cost: 0 };
  return evaluateCel(compiled as CelProgram, { bindings, functions: AUTHORIZER_FUNCTIONS });
}

const failed = (text: string, why: string): string => `expression '${text}' resulted in error: ${why}`;

/** Whether all conditions hold; else that one does not, or why it can't be said. */
function conditionsOf(spec: ValidatingAdmissionPolicySpec, names: Names): boolean | { readonly error: string } {
  const errors: string[] = [];
  for (const { expression } of spec.matchConditions ?? []) {
    const result = evaluated(expression.trim(), spec, names);
    if ('error' in result) errors.push(failed(expression, result.error));
    else if (result.value !== true) return false;
  }
  if (errors.length === 0) return true;
  return { error: errors.length === 1 ? (errors[0] as string) : `[${errors.join(', ')}]` };
}

function validationsOf(spec: ValidatingAdmissionPolicySpec, names: Names, refuses: boolean): Failure[] {
  return (spec.validations ?? []).flatMap(({ expression, message = '', messageExpression, reason }) => {
    const result = evaluated(expression, spec, names);
    if ('error' in result) return refuses ? [{ message: failed(expression, result.error) }] : [];
    if (result.value === true) return [];
    const made = messageExpression ? evaluated(messageExpression, spec, names) : undefined;
    const text = made && 'value' in made && typeof made.value === 'string' ? made.value.trim() : '';
    const own = text.includes('\n') || text.length > 5 * 1024 ? '' : text;
    return [{ message: own || message.trim() || `failed expression: ${expression.trim()}`, reason }];
  });
}

/** Audit annotations that can't be worked out. */
function annotationsOf(spec: ValidatingAdmissionPolicySpec, names: Names): Failure[] {
  return (spec.auditAnnotations ?? []).flatMap(({ valueExpression }) => {
    const result = evaluated(valueExpression, spec, names);
    return 'error' in result ? [{ message: failed(valueExpression, result.error), refuses: true }] : [];
  });
}
