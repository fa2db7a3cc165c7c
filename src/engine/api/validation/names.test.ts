import { describe, expect, test } from 'vitest';
import {
  byteLength,
  isConfigMapKey,
  isDns1123Label,
  isDns1123Subdomain,
  isEnvVarName,
  isLabelValue,
  isPathSegmentName,
  isPortName,
  isQualifiedName,
} from './names';

type Check = (text: string) => readonly string[];

const VALID: [string, Check, string[]][] = [
  ['label', isDns1123Label, ['a', '0', 'my-name', '123-abc', 'a'.repeat(63)]],
  ['subdomain', isDns1123Subdomain, ['a', 'a.b', '1.2.3', `${'a'.repeat(63)}.b`, 'a'.repeat(253)]],
  ['label key', isQualifiedName, ['a', 'A.b_c-D', 'example.com/MyName', '9']],
  ['label value', isLabelValue, ['', 'a', '12345', 'my_value', 'A.b-c']],
  ['port name', isPortName, ['http', 'a1', '8a-b']],
  ['variable name', isEnvVarName, ['A', 'a b', '1', '~']],
  ['config key', isConfigMapKey, ['a', '.dockercfg', 'A_b-c.9', 'a..b']],
  ['path segment', isPathSegmentName, ['a', 'A:b', '...']],
];

const LABEL =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an " +
  "alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const SUBDOMAIN =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end " +
  "with an alphanumeric character (e.g. 'example.com', regex used for validation is " +
  "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const KEY =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character " +
  "(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const VALUE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end " +
  "with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is " +
  "'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
const CONFIG_KEY =
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or " +
  "'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";
const CHARACTERS = 'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)';

const INVALID: [string, Check, string, string[]][] = [
  ['label', isDns1123Label, '', [LABEL]],
  ['label', isDns1123Label, 'App', [LABEL]],
  ['label', isDns1123Label, '-a', [LABEL]],
  ['label', isDns1123Label, 'a-', [LABEL]],
  ['label', isDns1123Label, 'a.b', ['must not contain dots']],
  ['label', isDns1123Label, 'a'.repeat(64), ['must be no more than 63 characters']],
  ['subdomain', isDns1123Subdomain, 'a..b', [SUBDOMAIN]],
  ['subdomain', isDns1123Subdomain, 'my_web', [SUBDOMAIN]],
  ['subdomain', isDns1123Subdomain, `${'a'.repeat(254)}`, ['must be no more than 253 characters']],
  ['label key', isQualifiedName, '', ['name part must be non-empty', `name part ${KEY}`]],
  ['label key', isQualifiedName, '/a', ['prefix part must be non-empty']],
  ['label key', isQualifiedName, 'Example.com/a', [`prefix part ${SUBDOMAIN}`]],
  ['label key', isQualifiedName, 'a'.repeat(64), ['name part must be no more than 63 bytes']],
  [
    'label key',
    isQualifiedName,
    'a/b/c',
    [`a valid label key ${KEY} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`],
  ],
  ['label value', isLabelValue, 'nginx/nginx', [VALUE]],
  ['label value', isLabelValue, 'ü'.repeat(32), ['must be no more than 63 bytes', VALUE]],
  ['port name', isPortName, 'HTTP', [CHARACTERS, 'must contain at least one letter (a-z)']],
  ['port name', isPortName, 'a--b', ['must not contain consecutive hyphens']],
  ['port name', isPortName, 'a-name-that-is-long', ['must be no more than 15 characters']],
  ['port name', isPortName, '-c', ['must not begin or end with a hyphen']],
  ['config key', isConfigMapKey, 'my key', [CONFIG_KEY]],
  ['config key', isConfigMapKey, '..', ["must not be '..'"]],
  ['config key', isConfigMapKey, '..a', ["must not start with '..'"]],
  ['path segment', isPathSegmentName, 'a/b%', ["may not contain '/'", "may not contain '%'"]],
  ['path segment', isPathSegmentName, '..', ["may not be '..'"]],
];

describe('formats', () => {
  test.each(VALID)('a valid %s has no messages', (_what, check, texts) => {
    for (const text of texts) expect(check(text), text).toEqual([]);
  });

  test.each(INVALID)('%s %#: %s', (_what, check, text, messages) => {
    expect(check(text)).toEqual(messages);
  });

  test('lengths count bytes of UTF-8', () => {
    expect(['abc', 'é', '你好', '😀'].map(byteLength)).toEqual([3, 2, 6, 4]);
  });
});
