/** What of Ingresses, HTTPRoutes and Traefik's Middlewares the simulated controllers pass over, with its place. */
import { NGINX_PREFIX } from '../engine/api/ingress-controllers';
import type { ObeyedAnnotation } from '../engine/api/obeyed-annotations';
import type { Problem, SourceDocument } from '../kubectl/yaml';

/** Those that ingress-nginx obeys here: all that it reads. */
const OBEYED: Readonly<Record<ObeyedAnnotation, true>> = {
  'allowlist-source-range': true,
  'app-root': true,
  'auth-realm': true,
  'auth-secret': true,
  'auth-secret-type': true,
  'auth-type': true,
  canary: true,
  'canary-by-cookie': true,
  'canary-by-header': true,
  'canary-by-header-pattern': true,
  'canary-by-header-value': true,
  'canary-weight': true,
  'canary-weight-total': true,
  'denylist-source-range': true,
  'force-ssl-redirect': true,
  'permanent-redirect': true,
  'permanent-redirect-code': true,
  'proxy-connect-timeout': true,
  'proxy-read-timeout': true,
  'rewrite-target': true,
  'server-alias': true,
  'ssl-redirect': true,
  'temporal-redirect': true,
  'temporal-redirect-code': true,
  'use-regex': true,
  'whitelist-source-range': true,
};
const RULE_FIELDS = ['timeouts', 'retry', 'sessionPersistence'];
const FILTERS = ['RequestRedirect', 'URLRewrite', 'ResponseHeaderModifier', 'RequestMirror'];
const MIDDLEWARES = ['redirectScheme', 'stripPrefix'];

/** The places of what an HTTPRoute's rules have beside matches, obeyed filters and backends. */
function idleInRules(spec: unknown): (string | number)[][] {
  const { rules } = (spec ?? {}) as { rules?: unknown };
  return (Array.isArray(rules) ? (rules as unknown[]) : []).flatMap((rule, at) => {
    const { filters, backendRefs, ...rest } = (rule ?? {}) as Record<string, unknown>;
    const listed = (value: unknown) =>
      Array.isArray(value) ? (value as ({ type?: string; filters?: unknown } | null)[]) : [];
    const place = ['spec', 'rules', at];
    return [
      ...RULE_FIELDS.filter((name) => rest[name] !== undefined).map((name) => [...place, name]),
      ...listed(filters).flatMap((one, index) =>
        FILTERS.includes(one?.type ?? '') ? [] : [[...place, 'filters', index]],
      ),
      ...listed(backendRefs).flatMap((one, index) =>
        one?.filters === undefined ? [] : [[...place, 'backendRefs', index, 'filters']],
      ),
    ];
  });
}

/** See the header. */
export function idleRouting(document: SourceDocument): Problem[] {
  const { apiVersion, kind, metadata, spec } = document.object;
  const what = `${kind} ${metadata?.name ?? ''}`;
  const said = (path: readonly (string | number)[], name: string): Problem => ({
    ...document.rangeOf(path),
    message: `${name} of ${what} has no effect: the simulated controller passes it over`,
  });
  if (kind === 'Ingress')
    return Object.keys(metadata?.annotations ?? {})
      .filter((name) => name.startsWith(NGINX_PREFIX) && !Object.hasOwn(OBEYED, name.slice(NGINX_PREFIX.length)))
      .map((name) => said(['metadata', 'annotations', name], name));
  if (kind === 'HTTPRoute' && String(apiVersion).startsWith('gateway.networking.k8s.io/'))
    return idleInRules(spec).map((path) => said(path, path.join('.').replace(/\.(\d+)(?=\.|$)/g, '[$1]')));
  if (kind === 'Middleware' && String(apiVersion).startsWith('traefik.'))
    return Object.keys(spec ?? {})
      .filter((name) => !MIDDLEWARES.includes(name))
      .map((name) => said(['spec', name], `spec.${name}`));
  return [];
}
