/**
 * The names of custom kinds.
 * Follows ValidateCustomResourceDefinitionNames in apiextensions-apiserver/pkg/apis/apiextensions/validation/validation.go.
 */
import type { CustomResourceDefinitionNames } from '../types';
import { type FieldErrors, invalid } from './field-errors';
import { isDns1035Label } from './names';

function validateName(errors: FieldErrors, field: string, name: string | undefined, prefix = ''): void {
  if (!name) return;
  const messages = isDns1035Label(prefix ? name.toLowerCase() : name);
  if (messages.length > 0) errors.push(invalid(field, name, prefix + messages.join(',')));
}

/** Names that are wanted or accepted. */
export function validateNames(errors: FieldErrors, field: string, names: CustomResourceDefinitionNames): void {
  const mixed = 'may have mixed case, but should otherwise match: ';
  validateName(errors, `${field}.plural`, names.plural);
  validateName(errors, `${field}.singular`, names.singular);
  validateName(errors, `${field}.kind`, names.kind, mixed);
  validateName(errors, `${field}.listKind`, names.listKind, mixed);
  for (const [index, name] of (names.shortNames ?? []).entries()) {
    validateName(errors, `${field}.shortNames[${index}]`, name);
  }
  if (names.kind && names.kind === names.listKind) {
    errors.push(invalid(`${field}.listKind`, names.listKind, 'kind and listKind may not be the same'));
  }
  for (const [index, category] of (names.categories ?? []).entries()) {
    validateName(errors, `${field}.categories[${index}]`, category);
  }
}
