/**
 * What the API server does to custom resources besides storing them.
 * Follows apiextensions-apiserver/pkg/registry/customresource/{strategy,status_strategy,validator}.go.
 */
import type { FieldError } from '../field-error';
import type { Strategy } from '../kinds/strategy';
import type { KubeObject } from '../meta';
import { deepEqual } from '../plain';
import { type FieldErrors, invalid } from '../validation/field-errors';
import { type MetadataRules, validateObjectMeta, validateObjectMetaUpdate } from '../validation/metadata';
import { isDns1123Subdomain } from '../validation/names';
import { applyDefaults } from './defaulting';
import { validateEmbedded } from './embedded';
import { propertyOf, type Schema } from './json-schema';
import { validateListTypes } from './list-types';
import { askRules, rulesOf } from './rules';
import { type ScalePaths, validateScale } from './scale';
import { validateBySchema, validateChangeBySchema } from './schema-validator';

/** What of its definition a strategy depends on. */
export interface CustomRules {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly schema: Schema;
  readonly hasStatus: boolean;
  readonly scale: ScalePaths | undefined;
}

/** The strategy of a custom kind in one version. */
export function customStrategy(rules: CustomRules): Strategy {
  const { schema, scale } = rules;
  const tree = rulesOf(schema, true);
  const metadata: MetadataRules = { namespaced: rules.namespaced, name: isDns1123Subdomain, anyFinalizer: true };
  return {
    default: (draft) => applyDefaults(draft, schema),
    prepareForCreate(draft) {
      if (rules.hasStatus) delete draft.status;
    },
    prepareForUpdate: (draft, old) => prepareForUpdate(draft, old, rules),
    prepareForStatusUpdate(draft) {
      if (draft.status === undefined) delete draft.status;
    },
    validate(object) {
      const wrong = validateTypeMeta(object, rules);
      if (wrong.length > 0) return wrong;
      const errors: FieldErrors = [];
      validateObjectMeta(errors, object.metadata, metadata);
      errors.push(...validateBySchema(object, schema), ...validateScale(object, scale));
      errors.push(...validateEmbedded(object, schema), ...validateListTypes(object, schema));
      return [...errors, ...askRules(tree, object, undefined, errors)];
    },
    validateUpdate(object, old) {
      const wrong = validateTypeMeta(object, rules);
      if (wrong.length > 0) return wrong;
      const errors: FieldErrors = [];
      validateObjectMetaUpdate(errors, object.metadata, old.metadata, metadata);
      errors.push(...validateChangeBySchema(object, old, schema), ...validateScale(object, scale));
      errors.push(...validateEmbedded(object, schema), ...newListErrors(object, old, schema));
      return [...errors, ...askRules(tree, object, old, errors)];
    },
    validateStatusUpdate(object, old) {
      const errors: FieldErrors = [];
      const statusSchema = propertyOf(schema, 'status');
      if (statusSchema && object.status !== undefined) {
        errors.push(...validateChangeBySchema(object.status, old.status, statusSchema, 'status'));
      }
      errors.push(...validateScale(object, scale, true), ...newListErrors(object, old, schema));
      return [...errors, ...askRules(tree, object, old, errors)];
    },
  };
}

/** Everything but metadata counts as a new generation. */
function prepareForUpdate(draft: KubeObject, old: KubeObject, { hasStatus }: CustomRules): void {
  if (hasStatus) {
    if (old.status === undefined) delete draft.status;
    else draft.status = old.status;
  }
  const { metadata: _draft, ...content } = draft;
  const { metadata: _old, ...before } = old;
  if (!deepEqual(content, before)) draft.metadata.generation = (old.metadata.generation ?? 0) + 1;
}

function validateTypeMeta(object: KubeObject, { apiVersion, kind }: CustomRules): FieldError[] {
  const errors: FieldError[] = [];
  if (object.kind !== kind) errors.push(invalid('kind', object.kind, `must be ${kind}`));
  if (object.apiVersion !== apiVersion) errors.push(invalid('apiVersion', object.apiVersion, `must be ${apiVersion}`));
  return errors;
}

/** Lists that were wrong before may stay so. */
function newListErrors(object: KubeObject, old: KubeObject, schema: Schema): FieldError[] {
  return validateListTypes(old, schema).length > 0 ? [] : validateListTypes(object, schema);
}
