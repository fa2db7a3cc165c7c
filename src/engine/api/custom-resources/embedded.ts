/**
 * Objects inside custom resources (x-kubernetes-embedded-resource) have an apiVersion, a kind and valid metadata.
 * Follows apiextensions-apiserver/pkg/apiserver/schema/objectmeta/validation.go.
 */
import type { FieldError } from '../field-error';
import type { ObjectMeta } from '../meta';
import { type FieldErrors, invalid, required } from '../validation/field-errors';
import { validateObjectMeta } from '../validation/metadata';
import { isDns1035Label, isPathSegmentName } from '../validation/names';
import { type Fields, isEmbedded, isFields, propertyOf, type Schema, sortedNames, valueSchemaOf } from './json-schema';

/** What is wrong with the objects inside a value. */
export function validateEmbedded(value: unknown, schema: Schema | undefined, path = ''): FieldError[] {
  if (!schema) return [];
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => validateEmbedded(item, schema.items, `${path}[${index}]`));
  }
  if (!isFields(value)) return [];
  const own = isEmbedded(schema) ? validateObject(value, path) : [];
  const inner = sortedNames(value).map((name) => {
    const property = propertyOf(schema, name);
    if (property) return validateEmbedded(value[name], property, path ? `${path}.${name}` : name);
    return validateEmbedded(value[name], valueSchemaOf(schema), `${path}[${name}]`);
  });
  return [own, ...inner].flat();
}

function validateObject(object: Fields, path: string): FieldError[] {
  const errors: FieldErrors = [];
  for (const name of ['apiVersion', 'kind']) {
    if (!Object.hasOwn(object, name)) errors.push(required(`${path}.${name}`));
  }
  for (const name of sortedNames(object)) {
    if (name === 'apiVersion' || name === 'kind') validateTypeField(errors, name, object[name], `${path}.${name}`);
    if (name === 'metadata' && isFields(object.metadata)) errors.push(...validateMetadata(object.metadata, path));
  }
  return errors;
}

function validateTypeField(errors: FieldErrors, name: string, value: unknown, field: string): void {
  if (typeof value !== 'string') errors.push(invalid(field, value, 'must be a string'));
  else if (value === '') errors.push(invalid(field, value, 'must not be empty'));
  else if (name === 'apiVersion') {
    if (value.split('/').length > 2) errors.push(invalid(field, value, `unexpected GroupVersion string: ${value}`));
  } else {
    const messages = isDns1035Label(value.toLowerCase());
    if (messages.length === 0) return;
    errors.push(invalid(field, value, `may have mixed case, but should otherwise match: ${messages.join(',')}`));
  }
}

/** The checks of every object's metadata, with the path of this one. */
function validateMetadata(metadata: Fields, path: string): FieldError[] {
  const errors: FieldErrors = [];
  const complete = { ...metadata, name: metadata.name || 'fakename' } as unknown as ObjectMeta;
  validateObjectMeta(errors, complete, { namespaced: Boolean(metadata.namespace), name: isPathSegmentName });
  return errors.map((error) => ({ ...error, field: `${path}.${error.field}` }));
}
