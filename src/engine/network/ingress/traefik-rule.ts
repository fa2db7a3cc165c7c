/**
 * The rules of Traefik's routers as ways to meet them. Follows pkg/rules and pkg/muxer/http of Traefik: version 3's matchers take one value each, version 2's
 * (of the group traefik.containo.us, or where a route says `syntax: v2`) several, with gorilla/mux' {name:pattern} in HostRegexp.
 */
import { expressionOf, literally, type RouteTest } from './route-test';
import type { PathMatch } from './routes';

/** One way to meet a rule. */
export interface Terms {
  readonly host?: string;
  readonly path?: string;
  readonly match?: PathMatch;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly tests?: readonly RouteTest[];
}

/** All ways to meet a rule, or why there are none. */
export type Ways = { readonly ways: readonly Terms[] } | { readonly because: string };

/** The version whose matchers a rule is written with. */
export type Syntax = 'v2' | 'v3';

/** How many values a matcher takes in version 3. */
const VALUES: Readonly<Record<string, readonly number[]>> = {
  ...{ Host: [1], HostRegexp: [1], PathPrefix: [1], Path: [1], PathRegexp: [1], Method: [1], ClientIP: [1] },
  ...{ Header: [2], Headers: [2], HeaderRegexp: [2], HeadersRegexp: [2], Query: [1, 2], QueryRegexp: [1, 2] },
};
/** What only one version has. */
const ONLY: Readonly<Record<Syntax, RegExp>> = { v3: /^Headers/, v2: /^(Header(Regexp)?|PathRegexp|QueryRegexp)$/ };

/** The signs and matchers of a rule; undefined when there is something else in it. */
function tokensOf(rule: string): string[] | undefined {
  const parts = rule.matchAll(/&&|\|\||[()]|!|[A-Za-z]+\((?:\s*[`"'][^`"']*[`"']\s*(?:,|(?=\))))*\)|\S/g);
  const tokens = [...parts].map(([token]) => token);
  return tokens.every((token) => token.length > 1 || /[()!]/.test(token)) ? tokens : undefined;
}

/** Of gorilla/mux {name:pattern} and {name} are patterns, and the rest is meant as it stands. */
const patternIn = (text: string, syntax: Syntax): string =>
  syntax === 'v3'
    ? text
    : `^${text.replace(/\{\w+(?::((?:[^{}]|\{[^{}]*\})*))?\}|[^{}\w]/g, (whole, own?: string) => (whole.startsWith('{') ? `(?:${own ?? '[^.]+'})` : `\\${whole}`))}$`;

/** What a matcher asks that is more than to be the same. */
function testsOf(name: string, values: readonly string[], syntax: Syntax): readonly (readonly RouteTest[])[] {
  const [first = '', second = ''] = values;
  switch (name) {
    case 'HostRegexp':
      return values.map((one) => [{ of: 'host', pattern: patternIn(one, syntax) }]);
    case 'PathRegexp':
      return [[{ of: 'path', pattern: first }]];
    case 'ClientIP':
      return values.map((pattern) => [{ of: 'client', pattern }]);
    case 'Query': {
      const pairs = syntax === 'v3' ? [[first, second]] : values.map((pair) => pair.split('='));
      return [pairs.map(([key = '', value = '']) => ({ of: 'query', name: key, pattern: literally(value) }))];
    }
    case 'QueryRegexp':
      return [[{ of: 'query', name: first, pattern: values.length === 1 ? '^$' : second }]];
    default:
      return [[{ of: 'header', name: first, pattern: second }]];
  }
}

/** The terms of a way, each as a question of its own. */
function questionsOf({ host, path = '', match, method, headers = {}, tests = [] }: Terms): readonly RouteTest[] {
  return [
    ...(host === undefined ? [] : [{ of: 'host', pattern: literally(host) } as const]),
    ...(match ? [{ of: 'path', pattern: literally(path).slice(0, match === 'text' ? -1 : undefined) } as const] : []),
    ...(method === undefined ? [] : [{ of: 'method', pattern: literally(method) } as const]),
    ...Object.entries(headers).map(([name, value]) => ({ of: 'header', name, pattern: literally(value) }) as const),
    ...tests,
  ];
}

/** What it takes not to meet a way: one of its terms is not so. */
const without = (way: Terms): Terms[] => questionsOf(way).map((test) => ({ tests: [{ ...test, isNot: !test.isNot }] }));

/** Why a matcher can't be used; undefined when it can. */
function problemOf(name: string, values: readonly string[], syntax: Syntax): string | undefined {
  const wanted = VALUES[name];
  if (wanted === undefined || ONLY[syntax].test(name)) return `unsupported function: ${name}`;
  const fits = wanted.includes(values.length) || (syntax === 'v2' && wanted[0] === 1 && values.length > 0);
  if (!fits) return `unexpected number of parameters; got ${values.length}, expected one of [${wanted.join(' ')}]`;
  const pattern = /Regexp$/.test(name) ? patternIn(values.at(-1) ?? '', syntax) : '';
  try {
    expressionOf(pattern);
  } catch {
    return `compiling expression ${pattern}`;
  }
  return undefined;
}

/** The ways that one matcher makes. */
function waysOfMatcher(token: string, syntax: Syntax): Ways {
  const name = token.slice(0, token.indexOf('('));
  const values = [...token.matchAll(/[`"']([^`"']*)[`"']/g)].map(([, value = '']) => value);
  const because = problemOf(name, values, syntax);
  if (because !== undefined) return { because };
  switch (name) {
    case 'Host':
      return { ways: values.map((host) => ({ host: host.toLowerCase() })) };
    case 'PathPrefix':
      return { ways: values.map((path) => ({ path, match: 'text' })) };
    case 'Path':
      return { ways: values.map((path) => ({ path, match: 'exact' })) };
    case 'Method':
      return { ways: values.map((method) => ({ method: method.toUpperCase() })) };
    case 'Header':
    case 'Headers':
      return { ways: [{ headers: { [values[0] ?? '']: values[1] ?? '' } }] };
    default:
      return { ways: testsOf(name, values, syntax).map((tests) => ({ tests })) };
  }
}

/** Whether two ways say something of the same: a way has one host, one path, one method, and of a header one value. */
const overlap = (one: Terms, other: Terms): boolean =>
  (['host', 'match', 'method'] as const).some((term) => one[term] !== undefined && other[term] !== undefined) ||
  Object.keys(one.headers ?? {}).some((name) => other.headers?.[name] !== undefined);

const both = (left: readonly Terms[], right: readonly Terms[]): Terms[] =>
  left.flatMap((one) =>
    right.map((way) => {
      const other: Terms = overlap(one, way) ? { tests: questionsOf(way) } : way;
      const tests = [...(one.tests ?? []), ...(other.tests ?? [])];
      const headers = { ...one.headers, ...other.headers };
      return { ...one, ...other, headers, ...(tests.length > 0 ? { tests } : {}) };
    }),
  );

const UNREADABLE: Ways = { because: 'its rule can not be read' };

/** All ways to meet a rule: `||` adds, `&&` combines, `!` turns round what follows. */
export function waysOf(rule: string, syntax: Syntax = 'v3'): Ways {
  const tokens = tokensOf(rule);
  let at = 0;
  const one = (): Ways => {
    const token = tokens?.[at++];
    if (token === undefined || token === ')') return UNREADABLE;
    if (token === '!') {
      const found = one();
      return 'because' in found
        ? found
        : { ways: found.ways.map(without).reduce<readonly Terms[]>((left, right) => both(left, right), [{}]) };
    }
    if (token !== '(') return waysOfMatcher(token, syntax);
    const inner = either();
    return tokens?.[at++] === ')' ? inner : UNREADABLE;
  };
  const joined = (
    sign: string,
    next: () => Ways,
    join: (left: readonly Terms[], right: readonly Terms[]) => readonly Terms[],
  ): Ways => {
    let found = next();
    while ('ways' in found && tokens?.[at] === sign) {
      at++;
      const more = next();
      found = 'ways' in more ? { ways: join(found.ways, more.ways) } : more;
    }
    return found;
  };
  const all = (): Ways => joined('&&', one, both);
  const either = (): Ways => joined('||', all, (left, right) => [...left, ...right]);
  const found = either();
  return 'because' in found || at === tokens?.length ? found : UNREADABLE;
}

/** The hosts that a rule names, whether it can be read or not: their names lead to the controller. */
export function hostsNamedIn(rule: string): readonly string[] {
  const matchers = [...rule.matchAll(/\bHost\(([^)]*)\)/g)].map(([, values = '']) => values);
  return matchers.flatMap((values) =>
    [...values.matchAll(/[`"']([^`"']*)[`"']/g)].map(([, host = '']) => host.toLowerCase()),
  );
}
