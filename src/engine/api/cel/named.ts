/** Versions and named formats in CEL. Follows apiserver/pkg/cel/library/{semverlib,format}.go and github.com/blang/semver/v4. */
import { isDns1035Label, isDns1123Label, isDns1123Subdomain, isLabelValue, isQualifiedName } from '../validation/names';
import type { CelFunction } from './functions';
import { CelError, CelObject, CelOptional, isText } from './values';

const SEMVER = 'kubernetes.Semver';
const FORMAT = 'kubernetes.NamedFormat';

interface Version {
  readonly numbers: readonly bigint[];
  readonly before: readonly string[];
}

const quote = (text: string): string => JSON.stringify(text);

function numberOf(text: string, word: string): bigint {
  if (!/^\d+$/.test(text))
    throw new CelError(`Invalid character(s) found in ${word.toLowerCase()} number ${quote(text)}`);
  if (text.length > 1 && text.startsWith('0')) {
    throw new CelError(`${word} number must not contain leading zeroes ${quote(text)}`);
  }
  return BigInt(text);
}

function versionOf(text: string): Version {
  if (text === '') throw new CelError('Version string empty');
  const [major = '', minor = '', ...others] = text.split('.');
  if (others.length === 0) throw new CelError('No Major.Minor.Patch elements found');
  const [, patch = '', before = '', build = ''] = /^([^+-]*)(?:-([^+]*))?(?:\+(.*))?$/s.exec(others.join('.')) ?? [];
  const numbers = [numberOf(major, 'Major'), numberOf(minor, 'Minor'), numberOf(patch, 'Patch')];
  const parts = before === '' ? [] : before.split('.');
  for (const part of [...parts, ...(build === '' ? [] : build.split('.'))]) {
    if (!/^[0-9A-Za-z-]+$/.test(part)) throw new CelError(`Invalid character(s) found in prerelease ${quote(part)}`);
  }
  return { numbers, before: parts };
}

/** Without the `v` before it and leading zeros, and with three numbers. */
function normalized(text: string): string {
  const parts = text.replace(/^v/, '').split('.');
  const three = [...parts.slice(0, 2), ...(parts.length > 2 ? [parts.slice(2).join('.')] : [])].map((part) =>
    part.replace(/^0+(?=\d)/, ''),
  );
  if (three.length < 3 && /[+-]/.test(three.at(-1) ?? '')) {
    throw new CelError('short version cannot contain PreRelease/Build meta data');
  }
  while (three.length < 3) three.push('0');
  return three.join('.');
}

function comparePart(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? -1 : 1;
  const [left, right] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (left !== right) return left ? -1 : 1;
  if (left) return BigInt(a) < BigInt(b) ? -1 : BigInt(a) > BigInt(b) ? 1 : 0;
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareVersions(a: Version, b: Version): number {
  for (const [at, number] of a.numbers.entries()) {
    const other = b.numbers[at] as bigint;
    if (number !== other) return number < other ? -1 : 1;
  }
  if (a.before.length === 0 || b.before.length === 0) return Math.sign(b.before.length - a.before.length);
  for (let at = 0; at < Math.max(a.before.length, b.before.length); at++) {
    const order = comparePart(a.before[at], b.before[at]);
    if (order !== 0) return order;
  }
  return 0;
}

const isVersion = (value: unknown): value is CelObject => value instanceof CelObject && value.type === SEMVER;

const given = ([text, normalize = false]: readonly unknown[]): string | undefined => {
  if (!isText(text) || typeof normalize !== 'boolean') return undefined;
  return normalize ? normalized(text) : text;
};

const ofVersion =
  (at: number): CelFunction =>
  ([value]) =>
    isVersion(value) ? (value.parts as Version).numbers[at] : undefined;

/** A method of two versions; undefined when they are none. */
export const ofVersions =
  (compute: (order: number) => unknown): CelFunction =>
  ([left, right]) =>
    isVersion(left) && isVersion(right)
      ? compute(compareVersions(left.parts as Version, right.parts as Version))
      : undefined;

type Format = (text: string) => readonly string[];

/** A name that something is put behind: the dash at its end may stay. */
const prefix =
  (format: Format): Format =>
  (text) =>
    format(text.length > 1 && text.endsWith('-') ? `${text.slice(0, -2)}a` : text);

const shaped =
  (pattern: RegExp, why: string): Format =>
  (text) =>
    pattern.test(text) ? [] : [why];

const FORMATS: Readonly<Record<string, Format>> = {
  dns1123Label: isDns1123Label,
  dns1123Subdomain: isDns1123Subdomain,
  dns1035Label: isDns1035Label,
  qualifiedName: isQualifiedName,
  dns1123LabelPrefix: prefix(isDns1123Label),
  dns1123SubdomainPrefix: prefix(isDns1123Subdomain),
  dns1035LabelPrefix: prefix(isDns1035Label),
  labelValue: isLabelValue,
  uri: shaped(/^(?:[A-Za-z][A-Za-z0-9+.-]*:|\/)/, 'invalid URI for request'),
  uuid: shaped(/^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i, 'does not match the UUID format'),
  byte: shaped(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/, 'invalid base64'),
  date: shaped(/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/, 'invalid date'),
  datetime: shaped(/^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/, 'invalid datetime'),
};

/** The formats that have names. */
export const FORMAT_NAMES: readonly string[] = Object.keys(FORMATS);

const formatValue = (name: string): CelObject => new CelObject(FORMAT, name, name);

const hasVersion: CelFunction = (args) => {
  try {
    const text = given(args);
    return text === undefined ? undefined : versionOf(text) !== undefined;
  } catch (error) {
    if (error instanceof CelError) return false;
    throw error;
  }
};

/** By name, as in functions.ts. */
export const NAMED_FUNCTIONS: Readonly<Record<string, CelFunction>> = {
  semver: (args) => {
    const text = given(args);
    return text === undefined ? undefined : new CelObject(SEMVER, text, versionOf(text));
  },
  isSemver: hasVersion,
  '.major': ofVersion(0),
  '.minor': ofVersion(1),
  '.patch': ofVersion(2),
  ...Object.fromEntries(FORMAT_NAMES.map((name) => [`format.${name}`, () => formatValue(name)])),
  'format.named': ([name]) =>
    isText(name) ? new CelOptional(Object.hasOwn(FORMATS, name) ? formatValue(name) : undefined) : undefined,
  '.validate': ([format, text]) => {
    if (!(format instanceof CelObject) || format.type !== FORMAT || !isText(text)) return undefined;
    const problems = FORMATS[format.text]?.(text) ?? [];
    return new CelOptional(problems.length > 0 ? problems : undefined);
  },
};
