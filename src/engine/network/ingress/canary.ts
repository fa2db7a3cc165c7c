/**
 * Canaries: an Ingress whose Service takes a part of the requests of another's.
 * Follows ingress-nginx: createUpstreams and mergeAlternativeBackends of internal/ingress/controller/controller.go, route_to_alternative_balancer of
 * rootfs/etc/nginx/lua/balancer.lua. What decides belongs to Services, not to rules: all that leads to the one gives its share to the other.
 */
import type { ObeyedAnnotation } from '../../api/obeyed-annotations';
import { fitsExpression, headerValues, literally } from './route-test';
import type { Asked, Route } from './routes';

/** What an annotation says; '' for nothing. Those that are read are the ones that readers of scenarios are told of. */
export type Said = (name: ObeyedAnnotation) => string;

/** Which requests one takes: those with a header or a cookie, and a share of the rest. */
export interface Canary {
  readonly header: string;
  /** What the header must be, as an expression; '' for always and never. */
  readonly value: string;
  readonly cookie: string;
  readonly weight: number;
  readonly total: number;
}

/** The Service that takes requests of another, with the Ingress that says so. */
export interface Alternative {
  readonly key: string;
  readonly from: string;
  readonly canary: Canary;
}

const LEAST_TOTAL = 100;

/** What the annotations of an Ingress say of it. */
export function canaryOf(said: Said, isTrue: (name: ObeyedAnnotation) => boolean): Canary | undefined {
  if (!isTrue('canary')) return undefined;
  const value = said('canary-by-header-value');
  return {
    header: said('canary-by-header'),
    value: value === '' ? said('canary-by-header-pattern') : literally(value),
    cookie: said('canary-by-cookie'),
    weight: Number(said('canary-weight')) || 0,
    total: Math.max(LEAST_TOTAL, Number(said('canary-weight-total')) || 0),
  };
}

function cookieOf(asked: Asked, name: string): string | undefined {
  const all = headerValues(asked.headers, 'cookie').flatMap((text) => text.split(';'));
  return all.map((one) => one.trim().split('=')).find(([key]) => key === name)?.[1];
}

/** What a header or a cookie says; undefined: the next one decides. */
const alwaysOrNever = (value: string | undefined): boolean | undefined =>
  value === 'always' ? true : value === 'never' ? false : undefined;

function decided({ header, value, cookie }: Canary, asked: Asked): boolean | undefined {
  const [given] = header === '' ? [] : headerValues(asked.headers, header);
  if (value !== '' && given !== undefined && fitsExpression(value, given)) return true;
  const byHeader = value === '' ? alwaysOrNever(given) : undefined;
  return byHeader ?? (cookie === '' ? undefined : alwaysOrNever(cookieOf(asked, cookie)));
}

/** Whether it takes a request, and what is left of the draw for whatever is drawn next. */
export function takes(
  canary: Canary,
  asked: Asked,
  draw: number,
): { readonly isTaken: boolean; readonly draw: number } {
  const isTaken = decided(canary, asked);
  if (isTaken !== undefined) return { isTaken, draw };
  const { weight, total } = canary;
  const share = Math.min(1, weight / total);
  return draw < 1 - share
    ? { isTaken: false, draw: draw / (1 - share) }
    : { isTaken: true, draw: (draw - (1 - share)) / share };
}

const keyOf = ({ backends: [first] }: Route): string | undefined => first?.key;

/** How Services are named first, which is what they are: a canary's, with what that says, or not. A default backend says it anew. */
function namedFirst(all: readonly Route[]): ReadonlyMap<string, Pick<Route, 'from' | 'canary'>> {
  const first = new Map<string, Pick<Route, 'from' | 'canary'>>();
  for (const { backends, from, canary, isDefault } of all)
    for (const { key } of backends)
      if (isDefault || !first.has(key)) first.set(key, { from, ...(canary ? { canary } : {}) });
  return first;
}

/** The Services that take requests of others, by those: one each, and none whose paths don't all stand for a rule of the same host, path and path type. */
function alternativesOf(
  canaries: readonly Route[],
  served: readonly Route[],
  first: ReturnType<typeof namedFirst>,
): ReadonlyMap<string, Alternative> {
  const found = new Map<string, Alternative>();
  const deleted = new Set<string>();
  for (const { backends, host, path, pathType, from } of canaries) {
    const key = backends[0]?.key;
    const canary = key === undefined ? undefined : first.get(key)?.canary;
    const ofHost = served.filter((route) => route.host === host);
    if (key === undefined || !canary || ofHost.length === 0 || deleted.has(key)) continue;
    const primary = ofHost
      .filter((route) => route.path === path && route.pathType === pathType)
      .map(keyOf)
      .find((one) => one !== undefined && one !== key);
    if (primary === undefined) deleted.add(key);
    else if (!found.has(primary)) found.set(primary, { key, from, canary });
  }
  return new Map([...found].filter(([, { key }]) => !deleted.has(key)));
}

/** The rules that are served, of rules in the order of their Ingresses: each with the Service that takes a part of its requests. */
export function withAlternatives(all: readonly Route[]): Route[] {
  const first = namedFirst(all);
  const rules = all
    .filter(({ canary }) => !canary)
    .map((route) => {
      const [taken] = route.backends.filter(({ key }) => first.get(key)?.canary);
      if (!taken) return route;
      const service = taken.key.replace(/:.*/, '');
      return {
        ...route,
        broken: `${first.get(taken.key)?.from} makes a canary of Service ${service}, which has no other rules then`,
      };
    });
  const served = rules.filter(({ broken }) => broken === undefined);
  const canaries = all.filter(({ canary }) => canary);
  const alternatives = alternativesOf(canaries, served, first);
  return rules.map((route) => {
    const alternative = alternatives.get(keyOf(route) ?? '');
    return alternative && route.broken === undefined ? { ...route, alternative } : route;
  });
}
