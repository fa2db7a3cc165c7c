/**
 * What functions of expressions may cost at most, given the sizes of what they are given, and how large what they make is.
 * Follows cel-go/checker/cost.go, cel-go/ext/sets.go and apiserver/pkg/cel/library/cost.go.
 */
import type { CelShape } from './check';

/** From so many to so many letters, items or entries. */
export interface Size {
  readonly min: number;
  readonly max: number;
}

/** A value that a function is given. */
export interface Sized {
  readonly size: Size | undefined;
  readonly shape: CelShape | undefined;
}

/** A function's own cost, without its arguments', and what is known of what it makes. */
export interface FunctionCost {
  readonly cost: number;
  readonly size?: Size | undefined;
  readonly shape?: CelShape | undefined;
}

const UNKNOWN: Size = { min: 0, max: Number.POSITIVE_INFINITY };

/** The size of a value; any where nothing is known of it. */
export const sizeOf = (value: Sized | undefined): Size => value?.size ?? UNKNOWN;
/** One size. */
export const exactly = (size: number): Size => ({ min: size, max: size });
/** Either size. */
export const between = (a: Size, b: Size): Size => ({ min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) });
/** A product in which nothing times something without bound is nothing. */
export const times = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : a * b);
const sizes = (a: Size, b: Size): Size => ({ min: times(a.min, b.min), max: times(a.max, b.max) });

/** Going through a text costs a tenth of its length. */
export const ofText = (length: number, factor = 1): number => Math.ceil(length * (0.1 * factor));
const pattern = (text: Size, expression: Size): number => times(ofText(text.max + 1), Math.ceil(expression.max * 0.25));

/** What is known of texts. */
export const TEXT: CelShape = { type: 'string' };
/** What is known of whole numbers. */
export const INT: CelShape = { type: 'int' };

/** What is known of a list. */
export const listOf = (each: CelShape | undefined, size: Size): { readonly size: Size; readonly shape: CelShape } => ({
  size,
  shape: { kind: 'list', ...(each ? { each } : {}) },
});

/** A function of values: its receiver, if any, and its arguments; `item` tells of the items of a list. */
type Costing = (given: {
  readonly target: Sized | undefined;
  readonly args: readonly Sized[];
  /** The sizes of the receiver and of the first two arguments. */
  readonly of: Size;
  readonly one: Size;
  readonly two: Size;
  readonly item: (list: Sized) => Sized;
}) => FunctionCost;

/** Several functions that cost the same. */
const alike = (names: string, costing: Costing): [string, Costing][] => names.split(',').map((name) => [name, costing]);

/** Comparing each item of a list once; a text is gone through. */
const through: Costing = ({ target, of, item }) => {
  if (!target) return { cost: 1 };
  if (target.shape?.kind !== 'list') return { cost: ofText(of.max) };
  const one = item(target);
  return { cost: times(of.max, one.shape?.type === 'string' ? 1 + ofText(sizeOf(one).max) : 1) };
};

/** An address that is given as a text is read first. */
const inAddress =
  (cost: number): Costing =>
  ({ args, one }) => ({ cost: cost + (args[0]?.shape?.type === 'string' ? ofText(one.max) : 0) });

/** How long a text becomes when parts of it are replaced. */
const replace: Costing = ({ of: text, one: what, two: by }) => {
  const count = (length: number, part: number): number => Math.ceil(length / part);
  const longest = what.min === 0 ? times(text.max + 1, by.max) + text.max : times(count(text.max, what.min), by.max);
  const shortest = what.max === 0 ? times(text.min + 1, by.min) + text.min : times(count(text.min, what.max), by.min);
  const max = what.min > 0 && by.max <= what.min ? text.max : longest;
  const min = what.max > 0 && what.max <= by.min ? text.min : shortest;
  return { cost: ofText(text.max, 2), size: { min, max } };
};

const join: Costing = ({ target, args, of: count, one: separator, item }) => {
  const each = target?.shape?.kind === 'list' ? sizes(count, sizeOf(item(target))) : exactly(0);
  const gaps = { min: Math.max(0, count.min - 1), max: Math.max(0, count.max - 1) };
  const between = args.length > 0 ? sizes(separator, gaps) : exactly(0);
  const size = { min: each.min + between.min, max: each.max + between.max };
  return { cost: ofText(size.max), size };
};

/** A text out of bytes is gone through; four of them may be one letter. */
const string: Costing = ({ args: [given], one }) =>
  /^(?:bytes|dyn)$/.test(given?.shape?.type ?? '')
    ? { cost: ofText(one.max), size: { min: Math.floor(one.min / 4), max: one.max } }
    : { cost: 1 };

const COSTS: ReadonlyMap<string, Costing> = new Map<string, Costing>([
  ['check', () => ({ cost: 350_000 })],
  ...alike('fieldSelector,labelSelector', ({ one }) => ({
    cost: 10 + ofText(one.max) + Math.ceil(one.max * 0.5) * 50,
  })),
  ...alike('sum,max,min', (given) => ({ ...through(given), shape: given.target?.shape?.each })),
  ...alike('isSorted,indexOf,lastIndexOf', through),
  ...alike('url,jsonpatch.escapeKey', ({ one }) => ({ cost: ofText(one.max), size: one })),
  ...alike('lowerAscii,upperAscii,substring,trim', ({ of }) => ({ cost: ofText(of.max), size: of })),
  ['string', string],
  ['bytes', ({ one }) => ({ cost: ofText(one.max), size: { min: one.min, max: one.max * 4 } })],
  ['getQuery', () => ({ cost: 1, shape: { kind: 'map', each: listOf(TEXT, UNKNOWN).shape } })],
  ['replace', replace],
  ['join', join],
  ['split', ({ of }) => ({ ...listOf(TEXT, { min: 0, max: of.max }), cost: ofText(of.max, 2) })],
  ['find', ({ of, one }) => ({ cost: pattern(of, one), size: { min: 0, max: of.max } })],
  ['findAll', ({ of, one }) => ({ ...listOf(TEXT, { min: 0, max: of.max }), cost: pattern(of, one) })],
  ['matches', ({ target, of, one }) => ({ cost: target ? pattern(of, one) : 1 })],
  ['contains', ({ of, one }) => ({ cost: times(ofText(of.max), ofText(one.max)) })],
  ...alike('startsWith,endsWith,cidr,isIP,isCIDR,quantity,isQuantity,semver,isSemver', ({ one }) => ({
    cost: ofText(one.max),
  })),
  ['ip', ({ target, one }) => ({ cost: target ? 1 : ofText(one.max) })],
  ['ip.isCanonical', ({ one }) => ({ cost: ofText(one.max, 2) })],
  ['containsIP', inAddress(4)],
  ['containsCIDR', inAddress(7)],
  ['validate', ({ one }) => ({ cost: ofText(one.max) * 32 })],
  ['format', ({ of }) => ({ cost: ofText(of.max) })],
  ...alike('sets.contains,sets.intersects', ({ one, two }) => ({ cost: 1 + sizes(one, two).max })),
  ['sets.equivalent', ({ one, two }) => ({ cost: 1 + 2 * sizes(one, two).max })],
  ...alike('orValue,or,value', ({ target }) => ({ cost: 1, shape: target?.shape })),
]);

/** See {@link FunctionCost}; of a namespace `name` is both words. `item` tells what the items of a list are. */
export function functionCost<Value extends Sized>(
  name: string,
  target: Value | undefined,
  args: readonly Value[],
  item: (list: Value) => Sized,
): FunctionCost {
  const [one, two] = args;
  const given = { target, args, of: sizeOf(target), one: sizeOf(one), two: sizeOf(two) };
  return COSTS.get(name)?.({ ...given, item: (list) => item(list as Value) }) ?? { cost: 1 };
}
