/**
 * The formats of names, keys and short texts. Each check returns what is wrong, in upstream's words; the valid case
 * is decided by a scan over character codes and returns one shared empty list.
 * Follows apimachinery/pkg/util/validation/validation.go and pkg/api/validate/content/*.go.
 */

/** What a valid value gets. */
export const NO_MESSAGES: readonly string[] = Object.freeze([]);

const LABEL_FORMAT = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const LABEL_WITH_UNDERSCORE_FORMAT = '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?';
const KEY_FORMAT = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const KEY_RULE =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
const ALPHANUMERIC_ENDS = 'must start and end with an alphanumeric character';

const DOT = 46;
const DASH = 45;
const UNDERSCORE = 95;

function isLower(code: number): boolean {
  return code >= 97 && code <= 122;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isUpper(code: number): boolean {
  return code >= 65 && code <= 90;
}

function isAlphanumeric(code: number): boolean {
  return isLower(code) || isDigit(code) || isUpper(code);
}

/** Upstream's sentence about a text that does not match a regular expression. */
export function regexMessage(rule: string, format: string, ...examples: readonly string[]): string {
  if (examples.length === 0) return `${rule} (regex used for validation is '${format}')`;
  const shown = examples.map((example) => `'${example}', `).join(' or ');
  return `${rule} (e.g. ${shown}regex used for validation is '${format}')`;
}

/** Upstream's sentence about a number outside its bounds. */
export function rangeMessage(low: number, high: number): string {
  return `must be between ${low} and ${high}, inclusive`;
}

/** Length in bytes of UTF-8, which is what Go's len counts. */
export function byteLength(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    // A surrogate pair is two code units and four bytes, so each half counts one more than itself.
    if (code > 0x7ff) bytes += code >= 0xd800 && code <= 0xdfff ? 1 : 2;
    else if (code > 0x7f) bytes += 1;
  }
  return bytes;
}

function checked(text: string, maxLength: number, matches: boolean, message: string): readonly string[] {
  if (matches && text.length <= maxLength) return NO_MESSAGES;
  const messages: string[] = [];
  if (byteLength(text) > maxLength) messages.push(`must be no more than ${maxLength} characters`);
  if (!matches) messages.push(message);
  return messages;
}

/** One DNS label between two positions: lower case letters, digits and inner dashes. */
function isLabelBetween(text: string, start: number, end: number): boolean {
  if (start >= end) return false;
  for (let index = start; index < end; index++) {
    const code = text.charCodeAt(index);
    if (isLower(code) || isDigit(code)) continue;
    if (code !== DASH || index === start || index === end - 1) return false;
  }
  return true;
}

function isSubdomain(text: string, end = text.length): boolean {
  let start = 0;
  for (let index = 0; index <= end; index++) {
    if (index < end && text.charCodeAt(index) !== DOT) continue;
    if (!isLabelBetween(text, start, index)) return false;
    start = index + 1;
  }
  return true;
}

/** RFC 1123 label: most names inside an object. */
export function isDns1123Label(text: string): readonly string[] {
  const matches = isLabelBetween(text, 0, text.length);
  if (matches && text.length <= 63) return NO_MESSAGES;
  const rule = `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and ${ALPHANUMERIC_ENDS}`;
  const message = isSubdomain(text) ? 'must not contain dots' : regexMessage(rule, LABEL_FORMAT, 'my-name', '123-abc');
  return checked(text, 63, matches, message);
}

/** RFC 1035 label: as one of RFC 1123, but with a letter at its start. */
export function isDns1035Label(text: string): readonly string[] {
  const matches = isLabelBetween(text, 0, text.length) && isLower(text.charCodeAt(0));
  const rule =
    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character";
  return checked(text, 63, matches, regexMessage(rule, '[a-z]([-a-z0-9]*[a-z0-9])?', 'my-name', 'abc-123'));
}

/** RFC 1123 subdomain: the names of most objects. */
export function isDns1123Subdomain(text: string): readonly string[] {
  if (text.length <= 253 && isSubdomain(text)) return NO_MESSAGES;
  const rule = `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and ${ALPHANUMERIC_ENDS}`;
  const format = `${LABEL_FORMAT}(\\.${LABEL_FORMAT})*`;
  return checked(text, 253, isSubdomain(text), regexMessage(rule, format, 'example.com'));
}

/** `*.` and a subdomain: hosts of Ingresses. */
export function isWildcardSubdomain(text: string): readonly string[] {
  const matches = text.startsWith('*.') && isSubdomain(text.slice(2));
  const rule =
    "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character";
  const format = `\\*\\.${LABEL_FORMAT}(\\.${LABEL_FORMAT})*`;
  return checked(text, 253, matches, regexMessage(rule, format, '*.example.com'));
}

/** As a subdomain, with underscores: DNS search paths. */
export function isDns1123SubdomainWithUnderscore(text: string): readonly string[] {
  const format = `${LABEL_WITH_UNDERSCORE_FORMAT}(\\.${LABEL_WITH_UNDERSCORE_FORMAT})*`;
  const rule = `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and ${ALPHANUMERIC_ENDS}`;
  return checked(text, 253, new RegExp(`^${format}$`).test(text), regexMessage(rule, format, 'example.com'));
}

/** The part after the slash of a label key, and label values: alphanumeric ends, `-`, `_` and `.` between. */
function isKeyName(text: string, start = 0): boolean {
  for (let index = start; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (isAlphanumeric(code)) continue;
    if (index === start || index === text.length - 1) return false;
    if (code !== DASH && code !== UNDERSCORE && code !== DOT) return false;
  }
  return text.length > start;
}

/** A name with its first slash, if any, there: most are in order, and then nothing is put into words. */
function isQualified(text: string, slash: number): boolean {
  if (text.length - slash - 1 > 63 || !isKeyName(text, slash + 1)) return false;
  return slash < 0 || (slash <= 253 && isSubdomain(text, slash));
}

/** Label keys, and every other "qualified name". */
export function isQualifiedName(text: string): readonly string[] {
  const slash = text.indexOf('/');
  if (isQualified(text, slash)) return NO_MESSAGES;
  const message = regexMessage(KEY_RULE, KEY_FORMAT, 'MyName', 'my.name', '123-abc');
  if (slash >= 0 && text.indexOf('/', slash + 1) >= 0) {
    return [`a valid label key ${message} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`];
  }
  const messages = slash < 0 ? [] : prefixMessages(text.slice(0, slash));
  const name = text.slice(slash + 1);
  if (name === '') messages.push('name part must be non-empty');
  else if (byteLength(name) > 63) messages.push('name part must be no more than 63 bytes');
  if (!isKeyName(name)) messages.push(`name part ${message}`);
  return messages.length > 0 ? messages : NO_MESSAGES;
}

function prefixMessages(prefix: string): string[] {
  if (prefix === '') return ['prefix part must be non-empty'];
  return isDns1123Subdomain(prefix).map(
    (message) => `prefix part ${message.replace(/^(must .*) characters$/, '$1 bytes')}`,
  );
}

/** Label values. */
export function isLabelValue(text: string): readonly string[] {
  if (text === '' || (text.length <= 63 && isKeyName(text))) return NO_MESSAGES;
  const messages: string[] = [];
  if (byteLength(text) > 63) messages.push('must be no more than 63 bytes');
  const rule = `a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and ${ALPHANUMERIC_ENDS}`;
  if (!isKeyName(text)) messages.push(regexMessage(rule, `(${KEY_FORMAT})?`, 'MyValue', 'my_value', '12345'));
  return messages;
}

/** Names of ports. */
export function isPortName(text: string): readonly string[] {
  const messages: string[] = [];
  if (byteLength(text) > 15) messages.push('must be no more than 15 characters');
  if (!/^[-a-z0-9]+$/.test(text)) {
    messages.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)');
  }
  if (!/[a-z]/.test(text)) messages.push('must contain at least one letter (a-z)');
  if (text.includes('--')) messages.push('must not contain consecutive hyphens');
  if (text.startsWith('-') || text.endsWith('-')) messages.push('must not begin or end with a hyphen');
  return messages;
}

const PORT_RANGE: readonly string[] = [rangeMessage(1, 65535)];

/** Port numbers. */
export function isPortNumber(port: number): readonly string[] {
  return port >= 1 && port <= 65535 ? NO_MESSAGES : PORT_RANGE;
}

const ID_RANGE: readonly string[] = [rangeMessage(0, 2147483647)];

/** Numbers of users and groups. */
export function isUserOrGroupId(id: number): readonly string[] {
  return id >= 0 && id <= 2147483647 ? NO_MESSAGES : ID_RANGE;
}

/** Percentages such as `25%`. */
export function isPercent(text: string): readonly string[] {
  if (/^[0-9]+%$/.test(text)) return NO_MESSAGES;
  const rule = "a valid percent string must be a numeric string followed by an ending '%'";
  return [regexMessage(rule, '[0-9]+%', '1%', '93%')];
}

/** Names of HTTP headers. */
export function isHttpHeaderName(text: string): readonly string[] {
  if (/^[-A-Za-z0-9]+$/.test(text)) return NO_MESSAGES;
  const rule = "a valid HTTP header must consist of alphanumeric characters or '-'";
  return [regexMessage(rule, '[-A-Za-z0-9]+', 'X-Header-Name')];
}

/** Names of environment variables: any printable ASCII but `=`. */
export function isEnvVarName(text: string): readonly string[] {
  if (text === '') return ['environment variable name must be non-empty'];
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code >= 32 && code < 127 && code !== 61) continue;
    return ["a valid environment variable name must consist only of printable ASCII characters other than '='"];
  }
  return NO_MESSAGES;
}

/** Keys of ConfigMaps and Secrets. */
export function isConfigMapKey(text: string): readonly string[] {
  const matches = /^[-._a-zA-Z0-9]+$/.test(text);
  if (matches && text.length <= 253 && !text.startsWith('.')) return NO_MESSAGES;
  const rule = "a valid config key must consist of alphanumeric characters, '-', '_' or '.'";
  const message = regexMessage(rule, '[-._a-zA-Z0-9]+', 'key.name', 'KEY_NAME', 'key-name');
  const messages = [...checked(text, 253, matches, message)];
  if (text === '.') messages.push("must not be '.'");
  else if (text === '..') messages.push("must not be '..'");
  else if (text.startsWith('..')) messages.push("must not start with '..'");
  return messages;
}

/** What any object's name must satisfy to stand in a URL. */
export function isPathSegmentName(text: string): readonly string[] {
  if (text === '.' || text === '..') return [`may not be '${text}'`];
  const messages: string[] = [];
  for (const part of ['/', '%']) if (text.includes(part)) messages.push(`may not contain '${part}'`);
  return messages;
}
