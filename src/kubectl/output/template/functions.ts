/** The functions of Go templates and kubectl's own two. Follows text/template/funcs.go and cli-runtime/pkg/printers/template.go, with their words. */
import { sprintf } from './printf';
import { ArgumentProblem, ExecProblem, Int, isMap, isTrue, printed, typeOf, wholeOf } from './values';

/** A function of evaluated arguments; `least` and `most`: how many it takes. */
interface TemplateFunction {
  readonly least: number;
  readonly most: number;
  readonly call: (args: readonly unknown[]) => unknown;
}

const fail = (message: string): never => {
  throw new ExecProblem(message);
};

const isNil = (value: unknown): boolean => value === null || value === undefined;

function position(index: unknown, length: number): number {
  if (isNil(index)) return fail('cannot index slice/array with nil');
  const at = wholeOf(index);
  if (at === undefined) return fail(`cannot index slice/array with type ${typeOf(index)}`);
  return at < 0n || at > BigInt(length) ? fail(`index out of range: ${at}`) : Number(at);
}

function indexed(item: unknown, index: unknown): unknown {
  if (isNil(item)) return fail('index of untyped nil');
  if (Array.isArray(item) || typeof item === 'string') {
    const at = position(index, item.length);
    if (at >= item.length) return fail(`reflect: ${typeof item === 'string' ? 'string' : 'slice'} index out of range`);
    return typeof item === 'string' ? new Int(item.charCodeAt(at)) : item[at];
  }
  if (!isMap(item)) return fail(`can't index item of type ${typeOf(item)}`);
  if (isNil(index)) return fail('value is nil; should be of type string');
  if (typeof index !== 'string') return fail(`value has type ${typeOf(index)}; should be string`);
  return Object.hasOwn(item, index) ? item[index] : undefined;
}

/** {@link indexed}; what an index before has not found is an interface that holds nothing. */
const indexedFurther = (item: unknown, index: unknown, place: number): unknown =>
  place > 0 && isNil(item) ? fail('index of nil pointer') : indexed(item, index);

function sliced([item, ...indexes]: readonly unknown[]): unknown {
  if (isNil(item)) return fail('slice of untyped nil');
  if (indexes.length > 3) return fail(`too many slice indexes: ${indexes.length}`);
  if (typeof item === 'string' && indexes.length === 3) return fail('cannot 3-index slice a string');
  if (typeof item !== 'string' && !Array.isArray(item)) return fail(`can't slice item of type ${typeOf(item)}`);
  // It does not look into what the data holds, as `index` does.
  const isGiven = indexes.some((index) => !isNil(index) && !(index instanceof Int));
  if (isGiven) return fail('cannot index slice/array with type interface {}');
  const [from = 0, to = item.length] = indexes.map((index) => position(index, item.length));
  return from > to ? fail(`invalid slice index: ${from} > ${to}`) : item.slice(from, to);
}

function lengthOf(item: unknown): Int {
  if (isNil(item)) return fail('len of nil pointer');
  if (typeof item === 'string') return new Int(new TextEncoder().encode(item).length);
  if (Array.isArray(item)) return new Int(item.length);
  return isMap(item) ? new Int(Object.keys(item).length) : fail(`len of type ${typeOf(item)}`);
}

/** What a value is to comparisons. */
function basicKind(value: unknown): string {
  if (Array.isArray(value) || isMap(value)) return fail('non-comparable types');
  return typeOf(value);
}

/** Go's kinds of whole numbers are compared with one another. */
const areAlike = (left: unknown, right: unknown): boolean =>
  typeOf(left) === typeOf(right) || (wholeOf(left) !== undefined && wholeOf(right) !== undefined);

function equal(left: unknown, right: unknown): boolean {
  if (isNil(left) || isNil(right)) return isNil(left) && isNil(right);
  const [one, other] = [typeOf(left), typeOf(right)];
  if (!areAlike(left, right)) return fail(`incompatible types for comparison: ${one} and ${other}`);
  if (Array.isArray(left) || isMap(left))
    return fail(`non-comparable types ${printed(left)}: ${one}, ${other}: ${printed(right)}`);
  return (wholeOf(left) ?? left) === (wholeOf(right) ?? right);
}

function less(left: unknown, right: unknown): boolean {
  const [one, other] = [basicKind(left), basicKind(right)];
  if (!areAlike(left, right)) return fail(`incompatible types for comparison: ${one} and ${other}`);
  if (one === 'bool' || one === '<nil>') return fail('invalid type for comparison');
  return ((wholeOf(left) ?? left) as number) < ((wholeOf(right) ?? right) as number);
}

const HTML: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  "'": '&#39;',
  '"': '&#34;',
  '\0': '\uFFFD',
};

function jsText(text: string): string {
  const named: Readonly<Record<string, string>> = {
    '\\': '\\\\',
    "'": "\\'",
    '"': '\\"',
    '<': '\\u003C',
    '>': '\\u003E',
    '&': '\\u0026',
    '=': '\\u003D',
  };
  const code = (character: string) => `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is escaped
  return text.replace(/[\\'"<>&=\u0000-\u001f]/g, (character) => named[character] ?? code(character));
}

/** Operands side by side; between two that are no strings stands a space. */
function print(args: readonly unknown[]): string {
  return args
    .map((arg, at) => {
      const isApart = at > 0 && typeof arg !== 'string' && typeof args[at - 1] !== 'string';
      return (isApart ? ' ' : '') + printed(arg, true);
    })
    .join('');
}

/** An argument that has to be a text. */
function textOnly(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new ArgumentProblem(
    isNil(value) ? 'invalid value; expected string' : `wrong type for value; expected string; got ${typeOf(value)}`,
  );
}

function decoded(value: string): string {
  const problem =
    /[^A-Za-z0-9+/=\r\n]/.exec(value)?.index ?? (value.replace(/[\r\n]/g, '').length % 4 === 0 ? -1 : value.length);
  if (problem >= 0) return fail(`base64 decode failed: illegal base64 data at input byte ${problem}`);
  return new TextDecoder().decode(Uint8Array.from(atob(value), (character) => character.charCodeAt(0)));
}

function exists([item, ...path]: readonly unknown[]): boolean {
  let found = item;
  for (const step of path) {
    if (Array.isArray(found)) {
      const at = Number(wholeOf(step) ?? -1);
      if (at < 0 || at >= found.length) return false;
      found = found[at];
    } else if (isMap(found) && typeof step === 'string' && Object.hasOwn(found, step)) found = found[step];
    else return false;
  }
  return true;
}

const text = (args: readonly unknown[]): string =>
  args.length === 1 && typeof args[0] === 'string' ? args[0] : print(args);

const of = (least: number, most: number, call: TemplateFunction['call']): TemplateFunction => ({ least, most, call });

/** All but `and` and `or`, which leave arguments unevaluated. */
export const FUNCTIONS: ReadonlyMap<string, TemplateFunction> = new Map([
  ['not', of(1, 1, ([value]) => !isTrue(value))],
  [
    'eq',
    of(1, Infinity, ([first, ...others]) =>
      others.length === 0 ? fail('missing argument for comparison') : others.some((other) => equal(first, other)),
    ),
  ],
  ['ne', of(2, 2, ([left, right]) => !equal(left, right))],
  ['lt', of(2, 2, ([left, right]) => less(left, right))],
  ['le', of(2, 2, ([left, right]) => less(left, right) || equal(left, right))],
  ['gt', of(2, 2, ([left, right]) => !less(left, right) && !equal(left, right))],
  ['ge', of(2, 2, ([left, right]) => !less(left, right))],
  ['index', of(1, Infinity, ([item, ...indexes]) => indexes.reduce(indexedFurther, item))],
  ['slice', of(1, Infinity, sliced)],
  ['len', of(1, 1, ([item]) => lengthOf(item))],
  ['print', of(0, Infinity, print)],
  ['println', of(0, Infinity, (args) => `${args.map((arg) => printed(arg, true)).join(' ')}\n`)],
  ['printf', of(1, Infinity, ([format, ...args]) => sprintf(textOnly(format), args))],
  ['html', of(0, Infinity, (args) => text(args).replace(/[<>&'"\0]/g, (character) => HTML[character] as string))],
  ['js', of(0, Infinity, (args) => jsText(text(args)))],
  [
    'urlquery',
    of(0, Infinity, (args) =>
      encodeURIComponent(text(args))
        .replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
        .replaceAll('%20', '+'),
    ),
  ],
  [
    'call',
    of(1, Infinity, ([called]) => fail(isNil(called) ? 'call of nil' : `non-function of type ${typeOf(called)}`)),
  ],
  ['exists', of(1, Infinity, exists)],
  ['base64decode', of(1, 1, ([value]) => decoded(textOnly(value)))],
]);

/** What the parser knows by name. */
export const FUNCTION_NAMES: ReadonlySet<string> = new Set([...FUNCTIONS.keys(), 'and', 'or']);
