/**
 * What the annotations of an Ingress say to ingress-nginx. Follows internal/ingress/annotations and rootfs/etc/nginx/template/nginx.tmpl of it.
 * Simplified: names and passwords are not looked at, only whether any were given.
 */
import type { Flavour } from './from-ingress';
import { literally, type RouteTest } from './route-test';
import type { Canary, Redirect, Route } from './routes';

const PREFIX = 'nginx.ingress.kubernetes.io/';
const CONNECT_TIMEOUT_MS = 5000;
const READ_TIMEOUT_MS = 60_000;

/** See the header. */
export interface NginxAnnotations {
  readonly common: Pick<Route, 'connectTimeoutMs' | 'readTimeoutMs'>;
  readonly forcesTls: boolean;
  /** Whether those who come without are sent to https where there is a certificate. */
  readonly sendsToTls: boolean;
  /** Further hosts that are served the same. */
  readonly aliases: readonly string[];
  /** What is answered to those who may not come in. */
  readonly guards: readonly Pick<Route, 'answers' | 'tests'>[];
  /** Whether paths are expressions. */
  readonly usesExpressions: boolean;
  /** What paths are rewritten to; '' for none. */
  readonly target: string;
  readonly redirect: Redirect | undefined;
  /** Where whoever asks for `/` is sent; '' for nowhere. */
  readonly appRoot: string;
  readonly canary: Canary | undefined;
}

const listed = (text: string): string[] => text.split(/[\s,]+/).filter((one) => one !== '');

const secondsMs = (text: string, fallbackMs: number): number =>
  /^\d{1,6}$/.test(text) ? Number(text) * 1000 : fallbackMs;

function redirectOf(said: (name: string) => string): Redirect | undefined {
  for (const [name, usual] of [
    ['temporal', 302],
    ['permanent', 301],
  ] as const) {
    const url = said(`${name}-redirect`);
    const code = Number(said(`${name}-redirect-code`));
    if (/^https?:/.test(url)) return { url, status: code >= 300 && code <= 308 ? code : usual };
  }
  return undefined;
}

/** Who may come in: from some addresses, and with a name and password. */
function guardsOf(said: (name: string) => string): NginxAnnotations['guards'] {
  const from = (names: string): string[] =>
    listed(
      names
        .split(' ')
        .map(said)
        .find((one) => one !== '') ?? '',
    );
  const client = (pattern: string, isNot: boolean) => ({ of: 'client', pattern, isNot }) as const;
  const allowed = from('allowlist-source-range whitelist-source-range').map((block) => client(block, true));
  const denied = from('denylist-source-range').map((block) => client(block, false));
  const refused = (tests: Route['tests'], answers = 403) => ({ answers, ...(tests ? { tests } : {}) });
  return [
    ...denied.map((one) => refused([one])),
    ...(allowed.length > 0 ? [refused(allowed)] : []),
    ...(said('auth-type') === 'basic'
      ? [refused([{ of: 'header', name: 'authorization', pattern: '^Basic ', isNot: true }], 401)]
      : []),
  ];
}

function canaryOf(said: (name: string) => string): Canary | undefined {
  if (said('canary') !== 'true') return undefined;
  const value = said('canary-by-header-value');
  return {
    header: said('canary-by-header'),
    value: value === '' ? said('canary-by-header-pattern') : literally(value),
    cookie: said('canary-by-cookie'),
    weight: Number(said('canary-weight')) || 0,
    total: Number(said('canary-weight-total')) || 100,
  };
}

/** See {@link NginxAnnotations}. */
export function annotationsOf(all: Readonly<Record<string, string>> = {}, flavour: Flavour): NginxAnnotations {
  const said = (name: string): string => all[`${PREFIX}${name}`] ?? '';
  return {
    common: {
      connectTimeoutMs: secondsMs(said('proxy-connect-timeout'), CONNECT_TIMEOUT_MS),
      readTimeoutMs: secondsMs(said('proxy-read-timeout'), READ_TIMEOUT_MS),
    },
    forcesTls: said('force-ssl-redirect') === 'true',
    sendsToTls: flavour === 'nginx' && said('ssl-redirect') !== 'false',
    aliases: listed(said('server-alias')),
    guards: guardsOf(said),
    usesExpressions: said('use-regex') === 'true',
    target: said('rewrite-target'),
    redirect: redirectOf(said),
    appRoot: said('app-root').startsWith('/') ? said('app-root') : '',
    canary: canaryOf(said),
  };
}

/** The rule of a path with the canary that shares its requests: a header decides, else a cookie, else the weight (balancer.lua). */
function shared(route: Route, { canary, backends, from }: Route): Route[] {
  const { header = '', value = '', cookie = '', weight = 0, total = 100 } = canary ?? {};
  const own = { ...route, backends, from };
  const asked = (tests: readonly RouteTest[], one: Route): Route => ({
    ...one,
    tests: [...(route.tests ?? []), ...tests],
  });
  const of = (name: string, pattern: string): RouteTest[] => [{ of: 'header', name, pattern }];
  const [taken, left] = [Math.min(weight, total), Math.max(0, total - weight)];
  const weighed = (list: Route['backends'], share: number) => list.map((one) => ({ ...one, weight: share }));
  return [
    ...(header === '' ? [] : [asked(of(header, value || '^always$'), own)]),
    ...(header === '' || value !== '' ? [] : [asked(of(header, '^never$'), route)]),
    ...(cookie === '' ? [] : [asked(of('cookie', `(^|; *)${cookie}=always(;|$)`), own)]),
    ...(cookie === '' ? [] : [asked(of('cookie', `(^|; *)${cookie}=never(;|$)`), route)]),
    taken === 0 ? route : { ...route, backends: [...weighed(route.backends, left), ...weighed(backends, taken)] },
  ];
}

/**
 * The rules of all Ingresses together: canaries share the requests of the rule of their path, and once a path of a host is an expression or
 * rewritten, nginx takes all of that host for expressions (mergeAlternativeBackends, enforceRegexModifier).
 */
export function asServers(all: readonly Route[]): Route[] {
  const hosts = new Set(all.filter(({ match }) => match === 'caseless').map(({ host }) => host));
  return all
    .filter(({ canary }) => !canary)
    .flatMap((route) => {
      const canary = all.find((one) => one.canary && one.host === route.host && one.path === route.path);
      return canary && route.backends.length > 0 ? shared(route, canary) : [route];
    })
    .map((route) => (hosts.has(route.host) && !route.isFirst ? { ...route, match: 'caseless' } : route));
}
