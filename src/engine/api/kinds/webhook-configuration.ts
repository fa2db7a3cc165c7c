/**
 * What calls servers outside of the cluster's own: mutating and validating webhooks, and APIServices. They are stored and checked, since
 * charts bring them along; nothing is called and nothing is served by them, and who makes one is told so.
 * Follows pkg/registry/admissionregistration/{mutating,validating}webhookconfiguration/strategy.go and
 * kube-aggregator/pkg/registry/apiservice. As tables: pkg/printers/internalversion/printers.go and apiservice/etcd/etcd.go there.
 */
import { findCondition } from '../conditions';
import type { KubeObject } from '../meta';
import { deepEqual } from '../plain';
import type { APIService, MutatingWebhook, MutatingWebhookConfiguration } from '../types';
import { updateCheck } from '../validation/admission-policy';
import { validateApiService, validateApiServiceUpdate, validateWebhooks } from '../validation/webhook-configuration';
import { type KindDefinition, resource } from './definition';
import { ageOf, columns } from './table';

const GROUP = 'admissionregistration.k8s.io';

function defaultHook(hook: MutatingWebhook, isMutating: boolean): void {
  hook.failurePolicy ??= 'Fail';
  hook.matchPolicy ??= 'Equivalent';
  hook.namespaceSelector ??= {};
  hook.objectSelector ??= {};
  hook.timeoutSeconds ??= 10;
  if (isMutating) hook.reinvocationPolicy ??= 'Never';
  for (const rule of hook.rules ?? []) rule.scope ??= '*';
  if (hook.clientConfig?.service) hook.clientConfig.service.port ??= 443;
}

const hooksOf = (object: KubeObject): MutatingWebhook[] => (object as MutatingWebhookConfiguration).webhooks ?? [];

function webhookKind(kind: string, plural: string, isMutating: boolean): KindDefinition {
  return {
    ...resource(GROUP, 'v1', kind, plural, '', { namespaced: false, categories: ['api-extensions'] }),
    countsGenerations: true,
    strategy: {
      default: (draft) => {
        for (const hook of hooksOf(draft)) defaultHook(hook, isMutating);
      },
      prepareForUpdate: (draft, old) => {
        if (!deepEqual(hooksOf(draft), hooksOf(old))) draft.metadata.generation = (old.metadata.generation ?? 0) + 1;
      },
      validate: validateWebhooks,
      validateUpdate: updateCheck(validateWebhooks),
      warningsOnCreate: () => [`kubestep: this ${kind} has no effect: webhooks are not called`],
    },
    table: {
      columns: columns('NAME,WEBHOOKS,AGE'),
      row: (object, clock) => [object.metadata.name, String(hooksOf(object).length), ageOf(object, clock)],
    },
  };
}

/** MutatingWebhookConfiguration. */
export const mutatingWebhookConfigurationKind: KindDefinition = webhookKind(
  'MutatingWebhookConfiguration',
  'mutatingwebhookconfigurations',
  true,
);

/** ValidatingWebhookConfiguration. */
export const validatingWebhookConfigurationKind: KindDefinition = webhookKind(
  'ValidatingWebhookConfiguration',
  'validatingwebhookconfigurations',
  false,
);

function availability({ status }: APIService): string {
  const found = findCondition(status?.conditions, 'Available');
  if (!found) return 'Unknown';
  return found.status === 'True' || !found.reason ? found.status : `${found.status} (${found.reason})`;
}

/** APIService. */
export const apiServiceKind: KindDefinition = {
  ...resource('apiregistration.k8s.io', 'v1', 'APIService', 'apiservices', '', {
    namespaced: false,
    subresources: ['status'],
    categories: ['api-extensions'],
  }),
  strategy: {
    default: (draft) => {
      const service = (draft as APIService).spec?.service;
      if (service) service.port ??= 443;
    },
    prepareForCreate: (draft, context) => {
      draft.status = {};
      if ((draft as APIService).spec?.service) return;
      const condition = { type: 'Available', status: 'True', reason: 'Local', lastTransitionTime: context.now };
      draft.status = { conditions: [{ ...condition, message: 'Local APIServices are always available' }] };
    },
    validate: validateApiService,
    validateUpdate: validateApiServiceUpdate,
    warningsOnCreate: (object) =>
      (object as APIService).spec.service
        ? ['kubestep: this APIService has no effect: no API is served by others']
        : [],
  },
  table: {
    columns: columns('NAME,SERVICE,AVAILABLE,AGE'),
    row: (object, clock) => {
      const { metadata, spec } = object as APIService;
      const service = spec.service ? `${spec.service.namespace}/${spec.service.name}` : 'Local';
      return [metadata.name, service, availability(object as APIService), ageOf(object, clock)];
    },
  },
};
