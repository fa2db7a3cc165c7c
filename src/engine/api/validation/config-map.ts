/**
 * ConfigMaps.
 * Follows pkg/apis/core/validation/validation.go (ValidateConfigMap, ValidateConfigMapUpdate).
 */

import { base64Length } from '../base64';
import type { FieldError } from '../field-error';
import type { KubeObject } from '../meta';
import type { ConfigMap } from '../types';
import { type FieldErrors, invalid, pushInvalid, tooLong } from './field-errors';
import { validateFrozenFields } from './frozen-content';
import { type MetadataRules, validateObjectMeta, validateObjectMetaUpdate } from './metadata';
import { byteLength, isConfigMapKey, isDns1123Subdomain } from './names';

const METADATA: MetadataRules = { namespaced: true, name: isDns1123Subdomain };
/** What the values of a ConfigMap or Secret may amount to. */
export const MAX_CONTENT_BYTES = 1024 * 1024;

/** A ConfigMap that is to be created. */
export function validateConfigMap(object: KubeObject): readonly FieldError[] {
  const errors: FieldErrors = [];
  validateContent(errors, object as ConfigMap);
  return errors;
}

/** An update of a ConfigMap. */
export function validateConfigMapUpdate(object: KubeObject, old: KubeObject): readonly FieldError[] {
  const errors: FieldErrors = [];
  validateObjectMetaUpdate(errors, object.metadata, old.metadata);
  validateFrozenFields(errors, object, old, ['data', 'binaryData']);
  validateContent(errors, object as ConfigMap);
  return errors;
}

function validateContent(errors: FieldErrors, { metadata, data, binaryData }: ConfigMap): void {
  validateObjectMeta(errors, metadata, METADATA);
  let bytes = 0;
  for (const key in data) {
    pushInvalid(errors, `data[${key}]`, key, isConfigMapKey(key));
    if (binaryData && key in binaryData) {
      errors.push(invalid(`data[${key}]`, key, 'duplicate of key present in binaryData'));
    }
    bytes += byteLength(data[key] as string);
  }
  for (const key in binaryData) {
    pushInvalid(errors, `binaryData[${key}]`, key, isConfigMapKey(key));
    bytes += base64Length(binaryData[key] as string);
  }
  if (bytes > MAX_CONTENT_BYTES) errors.push(tooLong('[]', MAX_CONTENT_BYTES));
}
