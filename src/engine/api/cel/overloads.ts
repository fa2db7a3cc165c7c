/**
 * Which operators and functions take which simple types, and what they give: int, uint, double, string, bytes and bool, and what
 * is made of texts: times and Kubernetes' own. Whatever is not known is let pass.
 * Follows cel-go/common/stdlib, with the comparison of whole numbers and doubles that Kubernetes turns on.
 */

import { FORMAT_NAMES } from './named';

/** A simple type; undefined where it is not known, or none of these. */
export type SimpleType = string | undefined;

const SIMPLE: readonly string[] = ['int', 'uint', 'double', 'string', 'bytes', 'bool'];

const isNumeric = (type: string): boolean => /^(?:u?int|double)$/.test(type);
const areSame = (a: string, b: string): boolean => a === b;
const areAdded = (a: string, b: string): boolean => a === b && a !== 'bool';
const areNumbers = (a: string, b: string): boolean => a === b && isNumeric(a);
const areOrdered = (a: string, b: string): boolean => a === b || (isNumeric(a) && isNumeric(b));
const areTruths = (a: string, b: string): boolean => a === 'bool' && b === 'bool';

interface Binary {
  readonly fits: (left: string, right: string) => boolean;
  /** Undefined: as the left side. */
  readonly result: SimpleType;
}

const truth = (fits: Binary['fits']): Binary => ({ fits, result: 'bool' });
const asLeft = (fits: Binary['fits']): Binary => ({ fits, result: undefined });

const BINARY: Readonly<Record<string, Binary>> = {
  '==': truth(areSame),
  '!=': truth(areSame),
  '<': truth(areOrdered),
  '<=': truth(areOrdered),
  '>': truth(areOrdered),
  '>=': truth(areOrdered),
  '&&': truth(areTruths),
  '||': truth(areTruths),
  '+': asLeft(areAdded),
  '-': asLeft(areNumbers),
  '*': asLeft(areNumbers),
  '/': asLeft(areNumbers),
  '%': asLeft((a, b) => a === b && /^u?int$/.test(a)),
};

/** What the functions give whatever they are given; methods have a dot before their names. */
const RESULTS: Readonly<Record<string, readonly string[]>> = {
  bool: (
    'bool,matches,.matches,.startsWith,.endsWith,.contains,.isSorted,.hasValue,.isLessThan,.isGreaterThan,.isInteger,isQuantity,isIP,' +
    'isCIDR,isURL,isSemver,ip.isCanonical,sets.contains,sets.intersects,sets.equivalent,.containsIP,.containsCIDR,.isUnspecified,' +
    '.allowed,.errored,.isLoopback,.isLinkLocalMulticast,.isLinkLocalUnicast,.isGlobalUnicast'
  ).split(','),
  int: (
    'int,size,.size,.indexOf,.lastIndexOf,.compareTo,.sign,.asInteger,.family,.prefixLength,.major,.minor,.patch,.getHours,.getMinutes,' +
    '.getSeconds,.getMilliseconds,.getFullYear,.getMonth,.getDate,.getDayOfMonth,' +
    '.getDayOfWeek,.getDayOfYear'
  ).split(','),
  uint: ['uint'],
  bytes: ['bytes'],
  duration: ['duration'],
  timestamp: ['timestamp'],
  'kubernetes.Quantity': 'quantity,.add,.sub'.split(','),
  'net.IP': ['ip', '.ip'],
  'net.CIDR': ['cidr', '.masked'],
  'kubernetes.URL': ['url'],
  'kubernetes.Semver': ['semver'],
  'kubernetes.NamedFormat': FORMAT_NAMES.map((name) => `format.${name}`),
  double: 'double,.asApproximateFloat'.split(','),
  string: (
    'string,.find,.lowerAscii,.upperAscii,.trim,.replace,.charAt,.substring,.join,.format,.getScheme,.getHost,.getHostname,.getPort,' +
    '.getEscapedPath,.reason,.error'
  ).split(','),
};

const RESULT_OF: ReadonlyMap<string, string> = new Map(
  Object.entries(RESULTS).flatMap(([type, names]) => names.map((name) => [name, type] as const)),
);

/** Functions of which all arguments are texts. */
const OF_TEXTS: ReadonlySet<string> = new Set(
  'matches,.matches,.find,.findAll,.startsWith,.endsWith,.contains,.lowerAscii,.upperAscii,.trim,url,isURL,ip,isIP,cidr,isCIDR,quantity,isQuantity'.split(
    ',',
  ),
);

/** What a call comes to: the type of its value, and which types it has no overload for, in cel-go's words. */
export interface Overload {
  readonly type: SimpleType;
  readonly problem?: string;
}

/** Whether a type is known and simple. */
export const isSimple = (type: SimpleType): type is string => type !== undefined && SIMPLE.includes(type);

const isOrdered = (type: SimpleType): boolean => isSimple(type) || type === 'timestamp' || type === 'duration';

const isList = (type: SimpleType): boolean => type?.startsWith('list(') === true;

/** A list or map of simple values. */
const OF_SIMPLE = /^(?:list\(|map\(string, )(u?int|double|string|bytes|bool)\)$/;

/** Whether nothing of a type is left open. */
const isWhole = (type: SimpleType): boolean => isOrdered(type) || OF_SIMPLE.test(type ?? '');

/** What the items of a list or the keys of a map are. */
const memberOf = (type = ''): string => (type.startsWith('map(') ? 'string' : (OF_SIMPLE.exec(type)?.[1] ?? ''));

/** A list beside a simple value. */
const isOneList = (left: SimpleType, right: SimpleType): boolean =>
  (isList(left) && isSimple(right)) || (isSimple(left) && isList(right));

function mismatch(name: string, types: readonly string[], isMethod = false): string {
  const [first = '', ...rest] = types;
  const applied = isMethod ? `${first}.(${rest.join(', ')})` : `(${types.join(', ')})`;
  return `found no matching overload for '${name}' applied to '${applied}'`;
}

/** An operator with two sides, or with one (`!_`, `-_`). */
export function operatorOf(sign: string, types: readonly SimpleType[]): Overload {
  const [left, right] = types;
  if (sign === '!_' || sign === '-_') {
    const type = sign === '!_' ? 'bool' : left;
    const fits = !isSimple(left) || (sign === '!_' ? left === 'bool' : isNumeric(left) && left !== 'uint');
    return fits ? { type } : { type, problem: mismatch(sign, [left]) };
  }
  if (sign === '?:') {
    const [, , other] = types;
    const type = right === other ? right : undefined;
    const fits = (!isSimple(left) || left === 'bool') && (type !== undefined || !isWhole(right) || !isWhole(other));
    return fits || types.includes(undefined) ? { type } : { type, problem: mismatch('_?_:_', types as string[]) };
  }
  const found = BINARY[sign];
  if (sign === 'in') {
    const fits = !isSimple(left) || memberOf(right) === '' || left === memberOf(right);
    return fits ? { type: 'bool' } : { type: 'bool', problem: mismatch('@in', [left, right as string]) };
  }
  if (!found) return { type: undefined };
  const type = OF_TIMES[`${left}${sign}${right}`] ?? found.result ?? (left === right ? left : undefined);
  const isEquality = sign === '==' || sign === '!=';
  const isMixed = isEquality && isOneList(left, right);
  const isOfAny = isEquality || (sign === '+' && (isList(left) || isList(right)));
  const isKnown = isOfAny ? isWhole : found.result ? isOrdered : isSimple;
  const fits = !isMixed && (!isKnown(left) || !isKnown(right) || found.fits(left as string, right as string));
  return fits ? { type } : { type, problem: mismatch(`_${sign}_`, [left as string, right as string]) };
}

/** What is left when times and spans of time are added and subtracted. */
const OF_TIMES: Readonly<Record<string, SimpleType>> = {
  'duration+duration': 'duration',
  'timestamp+duration': 'timestamp',
  'duration+timestamp': 'timestamp',
  'duration-duration': 'duration',
  'timestamp-duration': 'timestamp',
  'timestamp-timestamp': 'duration',
};

/** A function or, with a dot before its name, a method, whose receiver is its first argument. */
export function functionOf(key: string, types: readonly SimpleType[]): Overload {
  const type = RESULT_OF.get(key);
  const isMethod = key.startsWith('.');
  const name = isMethod ? key.slice(1) : key;
  const known = types.filter(isSimple);
  if (known.length !== types.length || known.length === 0) return { type };
  const isSize = (key === 'size' || key === '.size') && !/^(?:string|bytes)$/.test(known[0] as string);
  const of = key === '.findAll' && known[2] === 'int' ? known.slice(0, 2) : known;
  const isNoText = OF_TEXTS.has(key) && of.some((each) => each !== 'string');
  return isSize || isNoText ? { type, problem: mismatch(name, known, isMethod) } : { type };
}
