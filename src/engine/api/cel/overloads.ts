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
const isTime = (type: SimpleType): boolean => type === 'timestamp' || type === 'duration';
const areSame = (a: string, b: string): boolean => a === b;
const areAdded = (a: string, b: string): boolean => a === b && ((isSimple(a) && a !== 'bool') || isList(a));
const areNumbers = (a: string, b: string): boolean => a === b && isNumeric(a);
const areOrdered = (a: string, b: string): boolean =>
  (a === b && (isSimple(a) || isTime(a))) || (isNumeric(a) && isNumeric(b));

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
  '&&': truth(() => true),
  '||': truth(() => true),
  '+': asLeft(areAdded),
  '-': asLeft(areNumbers),
  '*': asLeft(areNumbers),
  '/': asLeft(areNumbers),
  '%': asLeft((a, b) => a === b && /^u?int$/.test(a)),
};

/**
 * Types that functions take first, what they give whatever they are given ('': not told here), and their names; methods have a dot before
 * them, and take their receivers first.
 */
const SIGNATURES: readonly (readonly [takes: string, gives: string, names: string])[] = [
  [
    'string',
    'bool',
    'matches,.matches,.startsWith,.endsWith,.contains,isQuantity,isIP,isCIDR,isURL,isSemver,ip.isCanonical',
  ],
  ['string,bool', 'bool', 'bool'],
  ['list', 'bool', '.isSorted,sets.contains,sets.intersects,sets.equivalent'],
  ['optional', 'bool', '.hasValue'],
  ['optional', '', '.value,.orValue,.or'],
  ['Decision', 'bool', '.allowed,.errored'],
  ['Decision', 'string', '.reason,.error'],
  ['kubernetes.Quantity,kubernetes.Semver', 'bool', '.isLessThan,.isGreaterThan'],
  ['kubernetes.Quantity,kubernetes.Semver', 'int', '.compareTo'],
  ['kubernetes.Quantity', 'bool', '.isInteger'],
  ['kubernetes.Quantity', 'int', '.sign,.asInteger'],
  ['kubernetes.Quantity', 'double', '.asApproximateFloat'],
  ['kubernetes.Quantity', 'kubernetes.Quantity', '.add,.sub'],
  ['kubernetes.Semver', 'int', '.major,.minor,.patch'],
  ['kubernetes.URL', 'string', '.getScheme,.getHost,.getHostname,.getPort,.getEscapedPath'],
  ['kubernetes.URL', '', '.getQuery'],
  ['kubernetes.NamedFormat', '', '.validate'],
  ['net.CIDR', 'bool', '.containsIP,.containsCIDR'],
  ['net.CIDR', 'int', '.prefixLength'],
  ['net.CIDR', 'net.IP', '.ip'],
  ['net.CIDR', 'net.CIDR', '.masked'],
  ['net.IP', 'bool', '.isUnspecified,.isLoopback,.isLinkLocalMulticast,.isLinkLocalUnicast,.isGlobalUnicast'],
  ['net.IP', 'int', '.family'],
  ['duration,timestamp', 'int', '.getHours,.getMinutes,.getSeconds,.getMilliseconds'],
  ['timestamp', 'int', '.getFullYear,.getMonth,.getDate,.getDayOfMonth,.getDayOfWeek,.getDayOfYear'],
  ['string,bytes,list,map', 'int', 'size,.size'],
  ['string,list', 'int', '.indexOf,.lastIndexOf'],
  ['string,int,uint,double,duration,timestamp', 'int', 'int'],
  ['string,int,uint,double', 'uint', 'uint'],
  ['string,int,uint,double', 'double', 'double'],
  ['string,bytes', 'bytes', 'bytes'],
  ['string,int,duration', 'duration', 'duration'],
  ['string,int,timestamp', 'timestamp', 'timestamp'],
  ['string,int,uint,double,bool,bytes,duration,timestamp,net.IP,net.CIDR', 'string', 'string'],
  ['string', 'string', '.find,.lowerAscii,.upperAscii,.trim,.replace,.charAt,.substring,.format'],
  ['list', 'string', '.join'],
  ['list', '', '.sum,.min,.max,.reverse'],
  ['string', '', 'format.named'],
  ['string', 'list(string)', '.split,.findAll'],
  ['string', 'kubernetes.Quantity', 'quantity'],
  ['string', 'kubernetes.Semver', 'semver'],
  ['string', 'kubernetes.URL', 'url'],
  ['string', 'net.IP', 'ip'],
  ['string', 'net.CIDR', 'cidr'],
  ['', 'kubernetes.NamedFormat', FORMAT_NAMES.map((name) => `format.${name}`).join(',')],
];

interface Signature {
  readonly takes: readonly string[];
  readonly gives: SimpleType;
}

const SIGNATURE_OF: ReadonlyMap<string, Signature> = new Map(
  SIGNATURES.flatMap(([takes, gives, names]) => {
    const signature: Signature = { takes: takes.split(','), gives: gives || undefined };
    return names.split(',').map((name) => [name, signature] as const);
  }),
);

/** Functions of which all arguments are texts. */
const OF_TEXTS: ReadonlySet<string> = new Set(
  'matches,.matches,.find,.findAll,.startsWith,.endsWith,.contains'.split(','),
);

/** What a call comes to: the type of its value, and which types it has no overload for, in cel-go's words. */
export interface Overload {
  readonly type: SimpleType;
  readonly problem?: string;
}

/** Whether a type is known and simple. */
export const isSimple = (type: SimpleType): type is string => type !== undefined && SIMPLE.includes(type);

/** Whether a type is known and neither a list nor a map. */
export const isScalar = (type: SimpleType): type is string =>
  isSimple(type) || isTime(type) || /^(?:net|kubernetes)\./.test(type ?? '');

const isList = (type: SimpleType): boolean => type?.startsWith('list(') === true;

/** A list or map of values that are neither. */
const OF_SCALARS = /^(?:list\(|map\(string, )([\w.]+)\)$/;

const innerOf = (type = ''): SimpleType => OF_SCALARS.exec(type)?.[1];

/** Whether nothing of a type is left open. */
export const isWhole = (type: SimpleType): type is string => isScalar(type) || isScalar(innerOf(type));

/** What the items of a list or the keys of a map are. */
const memberOf = (type = ''): string => (type.startsWith('map(') ? 'string' : (innerOf(type) ?? ''));

/** A list beside a simple value. */
const isOneList = (left: SimpleType, right: SimpleType): boolean =>
  (isList(left) && isScalar(right)) || (isScalar(left) && isList(right));

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
    const fits = !isWhole(left) || (sign === '!_' ? left === 'bool' : isNumeric(left) && left !== 'uint');
    return fits ? { type } : { type, problem: mismatch(sign, [left]) };
  }
  if (sign === '?:') {
    const [, , other] = types;
    const type = right === other ? right : undefined;
    const fits = (!isWhole(left) || left === 'bool') && (type !== undefined || !isWhole(right) || !isWhole(other));
    return fits || types.includes(undefined) ? { type } : { type, problem: mismatch('_?_:_', types as string[]) };
  }
  if (sign === '[]') return { type: undefined, problem: mismatch('_[_]', types as string[]) };
  const found = BINARY[sign];
  if (sign === 'in') {
    const fits = !isWhole(left) || !isWhole(right) || left === memberOf(right);
    return fits ? { type: 'bool' } : { type: 'bool', problem: mismatch('@in', [left, right]) };
  }
  if (!found) return { type: undefined };
  const ofTimes = OF_TIMES[`${left}${sign}${right}`];
  const type = ofTimes ?? found.result ?? (left === right ? left : undefined);
  const isMixed = (sign === '==' || sign === '!=') && isOneList(left, right);
  const fits = !isMixed && (!isWhole(left) || !isWhole(right) || ofTimes || found.fits(left, right));
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
  const { takes, gives: type } = SIGNATURE_OF.get(key) ?? {};
  const isMethod = key.startsWith('.');
  const name = isMethod ? key.slice(1) : key;
  const known = types.filter(isWhole);
  const [first = '', second, third] = known;
  if (known.length !== types.length || !takes || !first) return { type };
  const fits = takes.some((each) => first === each || first.startsWith(`${each}(`));
  const isNoText = OF_TEXTS.has(key) && (second !== 'string' || (third !== undefined && third !== 'int'));
  return fits && !isNoText ? { type } : { type, problem: mismatch(name, known, isMethod) };
}
