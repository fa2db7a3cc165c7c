/** What of Ingresses, HTTPRoutes and Traefik's Middlewares the simulated controllers pass over, with its place. */
import { NGINX_PREFIX, OBEYED_ANNOTATIONS } from '../engine/api/ingress-controllers';
import type { Problem, SourceDocument } from '../kubectl/yaml';

const OBEYED: readonly string[] = OBEYED_ANNOTATIONS;
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
      .filter((name) => name.startsWith(NGINX_PREFIX) && !OBEYED.includes(name.slice(NGINX_PREFIX.length)))
      .map((name) => said(['metadata', 'annotations', name], name));
  if (kind === 'HTTPRoute' && String(apiVersion).startsWith('gateway.networking.k8s.io/'))
    return idleInRules(spec).map((path) => said(path, path.join('.').replace(/\.(\d+)(?=\.|$)/g, '[$1]')));
  if (kind === 'Middleware' && String(apiVersion).startsWith('traefik.'))
    return Object.keys(spec ?? {})
      .filter((name) => !MIDDLEWARES.includes(name))
      .map((name) => said(['spec', name], `spec.${name}`));
  return [];
}
