/**
 * The rules of Traefik's routers as ways to meet them. Follows pkg/rules and pkg/muxer/http of Traefik: version 3's matchers take one value each, version 2's
 * (of the group traefik.containo.us, or where a route says `syntax: v2`) several. Left out: regular expressions, Query, ClientIP and `!`.
 */
import type { PathMatch } from './routes';

/** One way to meet a rule. */
export interface Terms {
  readonly host?: string;
  readonly path?: string;
  readonly match?: PathMatch;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** All ways to meet a rule, or why there are none. */
export type Ways = { readonly ways: readonly Terms[] } | { readonly because: string };

/** The version whose matchers a rule is written with. */
export type Syntax = 'v2' | 'v3';

const NOT_SIMULATED = ['HostRegexp', 'PathRegexp', 'HeaderRegexp', 'HeadersRegexp', 'Query', 'QueryRegexp', 'ClientIP'];
/** How many values a matcher takes in version 3. */
const VALUES: Readonly<Record<string, number>> = { Host: 1, PathPrefix: 1, Path: 1, Method: 1, Header: 2, Headers: 2 };

/** The signs and matchers of a rule; undefined when there is something else in it. */
function tokensOf(rule: string): string[] | undefined {
  const parts = rule.matchAll(/&&|\|\||[()]|[A-Za-z]+\((?:\s*[`"'][^`"']*[`"']\s*(?:,|(?=\))))*\)|\S/g);
  const tokens = [...parts].map(([token]) => token);
  return tokens.every((token) => token.length > 1 || token === '(' || token === ')') ? tokens : undefined;
}

/** Why a matcher can't be used; undefined when it can. */
function problemOf(name: string, values: readonly string[], syntax: Syntax): string | undefined {
  if (NOT_SIMULATED.includes(name)) return `its rule has ${name}, which is left out here`;
  const wanted = VALUES[name];
  if (wanted === undefined || name === (syntax === 'v3' ? 'Headers' : 'Header')) return `unsupported function: ${name}`;
  const fits = values.length === wanted || (syntax === 'v2' && wanted === 1 && values.length > 0);
  return fits ? undefined : `unexpected number of parameters; got ${values.length}, expected one of [${wanted}]`;
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
    default:
      return { ways: [{ headers: { [values[0] ?? '']: values[1] ?? '' } }] };
  }
}

const both = (left: readonly Terms[], right: readonly Terms[]): Terms[] =>
  left.flatMap((one) => right.map((other) => ({ ...one, ...other, headers: { ...one.headers, ...other.headers } })));

const UNREADABLE: Ways = { because: 'its rule can not be read' };

/** All ways to meet a rule: `||` adds, `&&` combines. */
export function waysOf(rule: string, syntax: Syntax = 'v3'): Ways {
  const tokens = tokensOf(rule);
  let at = 0;
  const one = (): Ways => {
    const token = tokens?.[at++];
    if (token === undefined || token === ')') return UNREADABLE;
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
