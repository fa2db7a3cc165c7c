/**
 * References to other objects, and names of what is outside of the cluster.
 * Follows pkg/apis/networking/validation/validation.go, pkg/apis/autoscaling/validation/validation.go and
 * apimachinery/pkg/util/validation/validation.go (IsDomainPrefixedPath).
 */
import { type FieldErrors, invalid, pushInvalid, required } from './field-errors';
import { isDns1123Subdomain, isPathSegmentName, regexMessage } from './names';

/** The kind and the name of what is referred to. */
export function validateKindAndName(
  errors: FieldErrors,
  field: string,
  reference: { readonly kind?: string; readonly name?: string },
): void {
  for (const part of ['kind', 'name'] as const) {
    const value = reference[part];
    if (!value) errors.push(required(`${field}.${part}`));
    else pushInvalid(errors, `${field}.${part}`, value, isPathSegmentName(value));
  }
}

const PATH_FORMAT = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";
const PATH = new RegExp(`^${PATH_FORMAT}$`);

/** A name like `acme.io/foo`. */
export function validateDomainPrefixedPath(errors: FieldErrors, field: string, value: string): void {
  const slash = value.indexOf('/');
  const host = value.slice(0, Math.max(0, slash));
  const path = value.slice(slash + 1);
  if (value === '') errors.push(required(field));
  else if (host === '' || path === '') {
    errors.push(invalid(field, value, 'must be a domain-prefixed path (such as "acme.io/foo")'));
  } else {
    pushInvalid(errors, field, host, isDns1123Subdomain(host));
    if (!PATH.test(path)) errors.push(invalid(field, path, regexMessage('Invalid path', PATH_FORMAT)));
  }
}
