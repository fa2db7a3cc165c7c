/**
 * ValidatingAdmissionPolicies and their bindings; what they do to other objects is in apiserver/admission/validating-admission-policy.ts.
 * Follows pkg/registry/admissionregistration/{validatingadmissionpolicy,validatingadmissionpolicybinding}/strategy.go.
 * As tables: pkg/printers/internalversion/printers.go.
 */
import { defaultPolicy, defaultPolicyBinding } from '../defaults/admission-policy';
import type { KubeObject } from '../meta';
import { deepEqual } from '../plain';
import { goSelector } from '../selector';
import type { ValidatingAdmissionPolicy, ValidatingAdmissionPolicyBinding } from '../types';
import { updateCheck, validatePolicy, validatePolicyBinding } from '../validation/admission-policy';
import { typeWarnings } from '../validation/admission-policy-types';
import { type KindDefinition, resource } from './definition';
import type { RequestContext } from './strategy';
import { ageOf, columns } from './table';

const GROUP = 'admissionregistration.k8s.io';

/** What the controller of their status notes a moment later: what was found when the types were looked at. */
function noteChecked(draft: KubeObject, observedGeneration: number, { discovery }: RequestContext): void {
  const expressionWarnings = typeWarnings((draft as ValidatingAdmissionPolicy).spec, discovery());
  draft.status = { observedGeneration, typeChecking: expressionWarnings.length > 0 ? { expressionWarnings } : {} };
}

/** ValidatingAdmissionPolicy. */
export const validatingAdmissionPolicyKind: KindDefinition = {
  ...resource(GROUP, 'v1', 'ValidatingAdmissionPolicy', 'validatingadmissionpolicies', '', {
    namespaced: false,
    subresources: ['status'],
    categories: ['api-extensions'],
  }),
  countsGenerations: true,
  strategy: {
    default: defaultPolicy,
    prepareForCreate: (draft, context) => noteChecked(draft, 1, context),
    prepareForUpdate: (draft, old, context) => {
      if (!deepEqual(draft.spec, old.spec)) noteChecked(draft, (old.metadata.generation ?? 0) + 1, context);
    },
    validate: validatePolicy,
    validateUpdate: updateCheck(validatePolicy),
  },
  table: {
    columns: columns('NAME,VALIDATIONS,PARAMKIND,AGE'),
    row: (object, clock) => {
      const { metadata, spec } = object as ValidatingAdmissionPolicy;
      const { validations = [], paramKind } = spec;
      const kind = paramKind ? `${paramKind.apiVersion}/${paramKind.kind}` : '<unset>';
      return [metadata.name, String(validations.length), kind, ageOf(object, clock)];
    },
  },
};

/** ValidatingAdmissionPolicyBinding. */
export const validatingAdmissionPolicyBindingKind: KindDefinition = {
  ...resource(GROUP, 'v1', 'ValidatingAdmissionPolicyBinding', 'validatingadmissionpolicybindings', '', {
    namespaced: false,
    categories: ['api-extensions'],
  }),
  countsGenerations: true,
  strategy: {
    default: defaultPolicyBinding,
    validate: validatePolicyBinding,
    validateUpdate: updateCheck(validatePolicyBinding),
  },
  table: {
    columns: columns('NAME,POLICYNAME,PARAMREF,AGE'),
    row: (object, clock) => {
      const { metadata, spec } = object as ValidatingAdmissionPolicyBinding;
      const { name, namespace, selector } = spec.paramRef ?? {};
      const shown = name ? `${namespace || '*'}/${name}` : selector ? goSelector(selector) : '<unset>';
      return [metadata.name, spec.policyName, shown, ageOf(object, clock)];
    },
  },
};
