/**
 * Shapes of plain data: described once, they check a value and name the place of everything that doesn't fit (checks.ts), give its
 * TypeScript type ({@link Infer}) and the editor's JSON Schema (schema-of-shape.ts).
 */
import { isQuantity, quantityMilli } from '../engine/api/quantity';
import { parseLabelSelector } from '../engine/api/selector-parser';
import { timestampProblem } from '../engine/api/timestamp';

/** A check beyond the type: what is wrong with a value, or undefined. */
type Check = (value: unknown) => string | undefined;

interface Described<T> {
  /** What the editor says of it. */
  readonly about?: string;
  readonly check?: Check;
  /** Only for {@link Infer}; never set. */
  readonly of_?: T;
}

/** What a value may be. */
export type Shape<T = unknown> = Described<T> &
  (
    | { readonly type: 'string' | 'scalar' | 'duration' | 'boolean' | 'any' }
    | { readonly type: 'integer'; readonly min: number; readonly max: number }
    /** `known`: keys that the editor offers. */
    | { readonly type: 'map'; readonly of: Shape; readonly known?: Readonly<Record<string, Shape>> }
    | { readonly type: 'list'; readonly of: Shape }
    | { readonly type: 'oneOf'; readonly of: readonly Shape[]; readonly words: string }
    | { readonly type: 'enum'; readonly values: readonly string[] }
    | {
        readonly type: 'object';
        readonly fields: Readonly<Record<string, Shape>>;
        readonly required: readonly string[];
        /** The name under which the editor's schema keeps it. */
        readonly name?: string;
      }
  );

/** The type of the values that a shape describes. */
export type Infer<S> = S extends Shape<infer T> ? T : never;

type Fields<F, R extends keyof F> = { readonly [K in R]: Infer<F[K]> } & {
  readonly [K in Exclude<keyof F, R>]?: Infer<F[K]>;
};

/** A text, number or boolean, as YAML reads what people write without quotes. */
export type Scalar = string | number | boolean;

/** The shape with a sentence for the editor. */
export const about = <T>(text: string, shape: Shape<T>): Shape<T> => ({ ...shape, about: text });

/** A text. */
export const TEXT: Shape<string> = { type: 'string' };
/** A text, number or boolean. */
export const SCALAR: Shape<Scalar> = { type: 'scalar' };
/** True or false. */
export const BOOLEAN: Shape<boolean> = { type: 'boolean' };
/** A duration as Go writes it. */
export const DURATION: Shape<string> = { type: 'duration' };
/** Anything. */
export const ANYTHING: Shape = { type: 'any' };
/** A whole number between two, both included. */
export const integerIn = (min: number, max: number): Shape<number> => ({ type: 'integer', min, max });
/** A whole number. */
export const INTEGER: Shape<number> = integerIn(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
/** A list. */
export const listOf = <T>(of: Shape<T>): Shape<readonly T[]> => ({ type: 'list', of });
/** A mapping with any keys; the editor offers those that are known. */
export const mapOf = <T>(of: Shape<T>, known?: Readonly<Record<string, Shape>>): Shape<Readonly<Record<string, T>>> =>
  known ? { type: 'map', of, known } : { type: 'map', of };
/** One of some words. */
export const wordIn = <const W extends string>(values: readonly W[]): Shape<W> => ({ type: 'enum', values });
/** One of several shapes, which `words` name. */
export const oneOf = <const S extends readonly Shape[]>(words: string, ...of: S): Shape<Infer<S[number]>> => ({
  type: 'oneOf',
  of,
  words,
});
/** A mapping with known keys, of which some must be there. */
export const objectOf = <const F extends Readonly<Record<string, Shape>>, const R extends keyof F & string = never>(
  fields: F,
  required: readonly R[] = [],
): Shape<Fields<F, R>> => ({ type: 'object', fields, required });
/** The shape with a name of its own in the editor's schema. */
export const named = <T>(name: string, shape: Shape<T>): Shape<T> => ({ ...shape, name }) as Shape<T>;

const checked = <T>(shape: Shape<T>, check: Check): Shape<T> => ({ ...shape, check });

/** An amount that is not negative, as Kubernetes writes amounts. */
export const QUANTITY: Shape<Scalar> = checked(SCALAR, (value) => {
  const text = String(value);
  if (!isQuantity(text)) return `"${text}" is not a quantity; one is written 500m, 4 or 8Gi`;
  return quantityMilli(text) < 0 ? 'must not be negative' : undefined;
});

/** A rate of growth: an amount per second, minute or hour. */
export const GROWTH: Shape<Scalar> = checked(SCALAR, (value) => {
  const [amount = '', unit = 's', ...rest] = String(value).split('/');
  const isRate = isQuantity(amount) && ['s', 'm', 'h'].includes(unit) && rest.length === 0;
  return isRate ? undefined : `"${String(value)}" is not a rate; one is written 1Mi/s or 10Mi/m`;
});

/** A label selector as text. */
export const SELECTOR: Shape<string> = checked(TEXT, (value) => {
  try {
    parseLabelSelector(String(value));
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
});

const FIRST_YEAR = 1970;
const LAST_YEAR = 2999;

/** A moment on the cluster's clocks, far enough from the end of the calendar for any run. */
export const MOMENT: Shape<string> = checked(TEXT, (value) => {
  const problem = timestampProblem(String(value));
  if (problem) return problem;
  const year = Number(String(value).slice(0, 4));
  return year >= FIRST_YEAR && year <= LAST_YEAR
    ? undefined
    : `the year must be between ${FIRST_YEAR} and ${LAST_YEAR}`;
});
