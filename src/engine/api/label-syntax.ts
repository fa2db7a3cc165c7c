/**
 * What label keys, label values and DNS subdomains may look like, and what the API server says when they don't.
 * Follows apimachinery/pkg/api/validate/content/kube.go, dns.go and errors.go.
 */

const NAME_FORMAT = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const NAME_MESSAGE =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
const VALUE_FORMAT = `(${NAME_FORMAT})?`;
const VALUE_MESSAGE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
const SUBDOMAIN_FORMAT = '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*';
const SUBDOMAIN_MESSAGE =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character";

const NAME = new RegExp(`^${NAME_FORMAT}$`);
const VALUE = new RegExp(`^${VALUE_FORMAT}$`);
const SUBDOMAIN = new RegExp(`^${SUBDOMAIN_FORMAT}$`);

/** `MESSAGE (e.g. 'a',  or 'b', regex used for validation is '…')`, spaced as upstream spaces it. */
export function patternError(message: string, format: string, ...examples: readonly string[]): string {
  const regex = `regex used for validation is '${format}')`;
  if (examples.length === 0) return `${message} (${regex}`;
  return `${message} (e.g. ${examples.map((example) => `'${example}', `).join(' or ')}${regex}`;
}

/** What is said of a text that is too long. */
export function maxLengthError(length: number): string {
  return `must be no more than ${length} bytes`;
}

/** What is wrong with a lowercase DNS subdomain (RFC 1123). */
export function subdomainErrors(value: string): string[] {
  const errors: string[] = [];
  if (value.length > 253) errors.push(maxLengthError(253));
  if (!SUBDOMAIN.test(value)) errors.push(patternError(SUBDOMAIN_MESSAGE, SUBDOMAIN_FORMAT, 'example.com'));
  return errors;
}

/** What is wrong with a label key, which is also what upstream calls a qualified name. */
export function labelKeyErrors(key: string): string[] {
  const parts = key.split('/');
  const syntax = patternError(NAME_MESSAGE, NAME_FORMAT, 'MyName', 'my.name', '123-abc');
  if (parts.length > 2) {
    return [`a valid label key ${syntax} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`];
  }
  const errors: string[] = [];
  const [prefix, name] = parts.length === 2 ? [parts[0]!, parts[1]!] : [undefined, key];
  if (prefix === '') errors.push('prefix part must be non-empty');
  else if (prefix !== undefined) errors.push(...subdomainErrors(prefix).map((error) => `prefix part ${error}`));
  if (name === '') errors.push('name part must be non-empty');
  else if (name.length > 63) errors.push(`name part ${maxLengthError(63)}`);
  if (!NAME.test(name)) errors.push(`name part ${syntax}`);
  return errors;
}

/** What is wrong with a label value. */
export function labelValueErrors(value: string): string[] {
  const errors: string[] = [];
  if (value.length > 63) errors.push(maxLengthError(63));
  if (!VALUE.test(value)) errors.push(patternError(VALUE_MESSAGE, VALUE_FORMAT, 'MyValue', 'my_value', '12345'));
  return errors;
}
