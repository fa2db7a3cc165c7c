/**
 * Secrets: their keys, and what each built-in type needs.
 * Follows pkg/apis/core/validation/validation.go (ValidateSecret, ValidateSecretUpdate).
 */

import { base64Length, decodeBase64ToBytes } from '../base64';
import type { FieldError } from '../field-error';
import type { KubeObject } from '../meta';
import type { Secret } from '../types';
import { MAX_CONTENT_BYTES } from './config-map';
import { type FieldErrors, invalid, pushInvalid, required, tooLong } from './field-errors';
import { validateFrozenFields } from './frozen-content';
import { jsonObjectError } from './json-syntax';
import { type MetadataRules, validateImmutable, validateObjectMeta, validateObjectMetaUpdate } from './metadata';
import { isConfigMapKey, isDns1123Subdomain } from './names';

const METADATA: MetadataRules = { namespaced: true, name: isDns1123Subdomain };
const SERVICE_ACCOUNT_NAME = 'kubernetes.io/service-account.name';

/** A Secret that is to be created. */
export function validateSecret(object: KubeObject): readonly FieldError[] {
  const errors: FieldErrors = [];
  validateContent(errors, object as Secret);
  return errors;
}

/** An update of a Secret. */
export function validateSecretUpdate(object: KubeObject, old: KubeObject): readonly FieldError[] {
  const errors: FieldErrors = [];
  validateObjectMetaUpdate(errors, object.metadata, old.metadata);
  validateImmutable(errors, 'type', object.type, old.type);
  validateFrozenFields(errors, object, old, ['data']);
  validateContent(errors, object as Secret);
  return errors;
}

function validateContent(errors: FieldErrors, secret: Secret): void {
  validateObjectMeta(errors, secret.metadata, METADATA);
  const { data = {} } = secret;
  let bytes = 0;
  for (const key in data) {
    pushInvalid(errors, `data[${key}]`, key, isConfigMapKey(key));
    bytes += base64Length(data[key] as string);
  }
  if (bytes > MAX_CONTENT_BYTES) errors.push(tooLong('data', MAX_CONTENT_BYTES));
  validateType(errors, secret, data);
}

function validateType(errors: FieldErrors, secret: Secret, data: Readonly<Record<string, string>>): void {
  switch (secret.type) {
    case 'kubernetes.io/service-account-token':
      if (secret.metadata.annotations?.[SERVICE_ACCOUNT_NAME]) break;
      errors.push(required(`metadata.annotations[${SERVICE_ACCOUNT_NAME}]`));
      break;
    case 'kubernetes.io/dockercfg':
      validateJson(errors, '.dockercfg', data['.dockercfg']);
      break;
    case 'kubernetes.io/dockerconfigjson':
      validateJson(errors, '.dockerconfigjson', data['.dockerconfigjson']);
      break;
    case 'kubernetes.io/basic-auth':
      if ('username' in data || 'password' in data) break;
      errors.push(required('data[username]'), required('data[password]'));
      break;
    case 'kubernetes.io/ssh-auth':
      if (!data['ssh-privatekey']) errors.push(required('data[ssh-privatekey]'));
      break;
    case 'kubernetes.io/tls':
      for (const key of ['tls.crt', 'tls.key']) if (!(key in data)) errors.push(required(`data[${key}]`));
  }
}

function validateJson(errors: FieldErrors, key: string, value: string | undefined): void {
  if (value === undefined) {
    errors.push(required(`data[${key}]`));
    return;
  }
  const why = jsonObjectError(decodeBase64ToBytes(value));
  if (why !== undefined) errors.push(invalid(`data[${key}]`, '<secret contents redacted>', why));
}
