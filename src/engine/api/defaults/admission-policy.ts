/** Defaults of admission policies and their bindings. Fills in place. Follows pkg/apis/admissionregistration/v1/defaults.go. */
import type { KubeObject } from '../meta';
import type { MatchResources, ValidatingAdmissionPolicy, ValidatingAdmissionPolicyBinding } from '../types';

function defaultMatch(match: MatchResources | undefined): void {
  if (!match) return;
  match.matchPolicy ??= 'Equivalent';
  match.namespaceSelector ??= {};
  match.objectSelector ??= {};
  for (const rule of [...(match.resourceRules ?? []), ...(match.excludeResourceRules ?? [])]) rule.scope ??= '*';
}

/** ValidatingAdmissionPolicy. */
export function defaultPolicy(draft: KubeObject): void {
  const policy = draft as ValidatingAdmissionPolicy;
  policy.spec ??= {};
  policy.spec.failurePolicy ??= 'Fail';
  defaultMatch(policy.spec.matchConstraints);
}

/** ValidatingAdmissionPolicyBinding. */
export function defaultPolicyBinding(draft: KubeObject): void {
  const binding = draft as ValidatingAdmissionPolicyBinding;
  binding.spec ??= { policyName: '', validationActions: [] };
  defaultMatch(binding.spec.matchResources);
}
