/**
 * CustomResourceDefinitions. Follows apiextensions-apiserver/pkg/registry/customresourcedefinition/{strategy,etcd}.go.
 * As a table: name and time of creation (rest.NewDefaultTableConvertor).
 */
import { isKnownFormat } from '../custom-resources/formats';
import { anySchema } from '../custom-resources/walk';
import { defaultCustomResourceDefinition } from '../defaults/custom-resource-definition';
import type { KubeObject } from '../meta';
import type { CustomResourceDefinition, CustomResourceDefinitionCondition } from '../types';
import {
  validateCustomResourceDefinition,
  validateCustomResourceDefinitionStatus,
  validateCustomResourceDefinitionUpdate,
} from '../validation/custom-resource-definition';
import { type KindDefinition, resource } from './definition';
import type { Strategy } from './strategy';
import { CREATED_AT_TABLE } from './table';

/** Keeps a definition until its instances are gone. */
export const CLEANUP_FINALIZER = 'customresourcecleanup.apiextensions.k8s.io';

/** The conditions with one of them set, as apihelpers.SetCRDCondition does. */
export function withCondition(
  conditions: readonly CustomResourceDefinitionCondition[] | undefined,
  next: Omit<CustomResourceDefinitionCondition, 'lastTransitionTime'>,
  now: string,
): CustomResourceDefinitionCondition[] {
  const before = conditions?.find(({ type }) => type === next.type);
  const lastTransitionTime = before?.status === next.status ? (before.lastTransitionTime ?? now) : now;
  const { message, reason, status, type } = next;
  const condition = { lastTransitionTime, message, reason, status, type };
  if (!before) return [...(conditions ?? []), condition];
  return (conditions ?? []).map((each) => (each === before ? condition : each));
}

/** The storage version joins those that objects may be stored in. */
function storedVersions({ spec, status }: CustomResourceDefinition): string[] {
  const stored = status?.storedVersions ?? [];
  const storage = spec.versions?.find((version) => version.storage)?.name;
  return storage === undefined || stored.includes(storage) ? [...stored] : [...stored, storage];
}

function prepareForCreate(draft: KubeObject): void {
  const definition = draft as CustomResourceDefinition;
  definition.status = {
    acceptedNames: { kind: '', plural: '' },
    conditions: null as unknown as [],
    storedVersions: storedVersions({ ...definition, status: undefined as never }),
  };
}

function prepareForUpdate(draft: KubeObject, old: KubeObject): void {
  const definition = draft as CustomResourceDefinition;
  const { status } = old as CustomResourceDefinition;
  const stored = storedVersions({ ...definition, status });
  definition.status =
    stored.length === (status.storedVersions ?? []).length ? status : { ...status, storedVersions: stored };
}

/** The first DELETE marks the definition and lets its finalizer see to the instances. */
function markDeleted(marked: KubeObject, now: string): KubeObject {
  const definition = marked as CustomResourceDefinition;
  const { status } = definition;
  // Unlike other objects it gets neither a grace period nor a new generation.
  const { deletionGracePeriodSeconds: _grace, ...metadata } = definition.metadata;
  const finalizers = metadata.finalizers ?? [];
  const conditions = withCondition(
    status.conditions,
    {
      type: 'Terminating',
      status: 'True',
      reason: 'InstanceDeletionPending',
      message: 'CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon',
    },
    now,
  );
  return {
    ...definition,
    metadata: {
      ...metadata,
      ...(metadata.generation ? { generation: metadata.generation - 1 } : {}),
      finalizers: finalizers.includes(CLEANUP_FINALIZER) ? finalizers : [...finalizers, CLEANUP_FINALIZER],
    },
    status: { ...status, conditions },
  };
}

/** Formats that nobody checks are warned of. */
function unrecognizedFormats(object: KubeObject): string[] {
  const { spec } = object as CustomResourceDefinition;
  const found: string[] = [];
  for (const version of spec.versions ?? []) {
    anySchema(version.schema?.openAPIV3Schema, (schema) => {
      if (schema.format && !isKnownFormat(schema.format, schema.type)) found.push(schema.format);
      return false;
    });
  }
  return found;
}

function formatWarnings(object: KubeObject, old: KubeObject | undefined): string[] {
  const known = new Set(old ? unrecognizedFormats(old) : []);
  return unrecognizedFormats(object)
    .filter((format) => !known.has(format))
    .map((format) => `unrecognized format ${JSON.stringify(format)}`);
}

const strategy: Strategy = {
  default: defaultCustomResourceDefinition,
  prepareForCreate,
  prepareForUpdate,
  validate: validateCustomResourceDefinition,
  validateUpdate: validateCustomResourceDefinitionUpdate,
  validateStatusUpdate: validateCustomResourceDefinitionStatus,
  markDeleted,
  warningsOnCreate: (object) => formatWarnings(object, undefined),
  warningsOnUpdate: formatWarnings,
};

/** CustomResourceDefinition. */
export const customResourceDefinitionKind: KindDefinition = {
  ...resource('apiextensions.k8s.io', 'v1', 'CustomResourceDefinition', 'customresourcedefinitions', 'crd,crds', {
    namespaced: false,
    categories: ['api-extensions'],
    subresources: ['status'],
  }),
  countsGenerations: true,
  statusMetadata: ['finalizers'],
  strategy,
  table: CREATED_AT_TABLE,
};
