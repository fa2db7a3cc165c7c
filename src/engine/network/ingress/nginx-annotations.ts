/**
 * What the annotations of an Ingress say to ingress-nginx. Follows internal/ingress/annotations and rootfs/etc/nginx/template/nginx.tmpl of it.
 * Simplified: names and passwords are not looked at, only whether any were given.
 */
import { NGINX_PREFIX } from '../../api/ingress-controllers';
import type { ObeyedAnnotation } from '../../api/obeyed-annotations';
import { type Canary, canaryOf, type Said, withAlternatives } from './canary';
import type { Flavour } from './from-ingress';
import type { Redirect, Route } from './routes';

const CONNECT_TIMEOUT_MS = 5000;
const READ_TIMEOUT_MS = 60_000;
/** What Go reads as yes and no. */
const TRUE = /^(?:1|t|T|true|TRUE|True)$/;
const FALSE = /^(?:0|f|F|false|FALSE|False)$/;

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

function redirectOf(said: Said): Redirect | undefined {
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
function guardsOf(said: Said): NginxAnnotations['guards'] {
  const from = (...names: readonly ObeyedAnnotation[]): string[] =>
    listed(names.map(said).find((one) => one !== '') ?? '');
  const client = (pattern: string, isNot: boolean) => ({ of: 'client', pattern, isNot }) as const;
  const allowed = from('allowlist-source-range', 'whitelist-source-range').map((block) => client(block, true));
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

/** See {@link NginxAnnotations}. */
export function annotationsOf(all: Readonly<Record<string, string>> = {}, flavour: Flavour): NginxAnnotations {
  const said: Said = (name) => all[`${NGINX_PREFIX}${name}`] ?? '';
  const isTrue = (name: ObeyedAnnotation): boolean => TRUE.test(said(name));
  return {
    common: {
      connectTimeoutMs: secondsMs(said('proxy-connect-timeout'), CONNECT_TIMEOUT_MS),
      readTimeoutMs: secondsMs(said('proxy-read-timeout'), READ_TIMEOUT_MS),
    },
    forcesTls: isTrue('force-ssl-redirect'),
    sendsToTls: flavour === 'nginx' && !FALSE.test(said('ssl-redirect')),
    aliases: listed(said('server-alias')),
    guards: guardsOf(said),
    usesExpressions: isTrue('use-regex'),
    target: said('rewrite-target'),
    redirect: redirectOf(said),
    appRoot: said('app-root').startsWith('/') ? said('app-root') : '',
    canary: canaryOf(said, isTrue),
  };
}

/**
 * The rules of all Ingresses together: canaries share the requests of others, and once a path of a host is an expression or rewritten, nginx
 * takes all of that host for expressions (enforceRegexModifier).
 */
export function asServers(all: readonly Route[]): Route[] {
  const served = withAlternatives(all);
  const hosts = new Set(served.filter(({ match }) => match === 'caseless').map(({ host }) => host));
  return served.map((route) =>
    hosts.has(route.host) && !route.isFirst ? { ...route, match: 'caseless' as const } : route,
  );
}
