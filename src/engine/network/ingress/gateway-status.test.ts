import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../../api/meta';
import { classStatus, gatewayStatus, routeStatus } from './gateway-status';

const NOW = '2026-01-01T00:01:00Z';
const EARLIER = '2026-01-01T00:00:00Z';
const object = (kind: string, name: string, rest: object): KubeObject =>
  ({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind,
    metadata: { name, namespace: 'shop', generation: 2 },
    ...rest,
  }) as KubeObject;
const FINE = { problemOf: () => undefined, flavour: 'nginx' } as const;
const words = (status: object): string =>
  ((status as { conditions: { type: string; status: string; reason: string }[] }).conditions ?? [])
    .map(({ type, status: value, reason }) => `${type}=${value} ${reason}`)
    .join(', ');

const EDGE = object('Gateway', 'edge', { spec: { listeners: [{ name: 'http' }, { name: 'https' }] } });
const route = (
  name: string,
  sectionName: string | undefined,
  service = 'web',
  more = {},
  place = {},
  filters: readonly object[] = [],
): KubeObject =>
  object('HTTPRoute', name, {
    spec: {
      parentRefs: [{ name: 'edge', ...(sectionName && { sectionName }) }],
      rules: [{ backendRefs: [{ name: service, ...place }], filters }],
    },
    ...more,
  });

it('a Gateway counts the routes of each listener', () => {
  const routes = [
    route('a', undefined),
    route('b', 'https'),
    object('HTTPRoute', 'c', { spec: { parentRefs: [{ name: 'other' }] } }),
  ];
  const status = gatewayStatus(EDGE, routes, FINE, NOW) as { listeners: { name: string; attachedRoutes: number }[] };
  expect(words(status)).toBe('Accepted=True Accepted, Programmed=True Programmed');
  expect(status.listeners.map(({ name, attachedRoutes }) => [name, attachedRoutes])).toEqual([
    ['http', 1],
    ['https', 2],
  ]);
});

it.each([
  ['a route that fits', route('a', 'http'), 'Accepted=True Accepted, ResolvedRefs=True ResolvedRefs'],
  [
    'a listener that is not there',
    route('a', 'tcp'),
    'Accepted=False NoMatchingParent, ResolvedRefs=True ResolvedRefs',
  ],
  [
    'a Service of another namespace',
    route('a', 'http', 'web', {}, { namespace: 'other' }),
    'Accepted=True Accepted, ResolvedRefs=False RefNotPermitted',
  ],
  [
    'one that a ReferenceGrant lets it name',
    route('a', 'http', 'web', {}, { namespace: 'stock' }),
    'Accepted=True Accepted, ResolvedRefs=True ResolvedRefs',
  ],
  [
    'a mirror that is not there',
    route('a', 'http', 'web', {}, {}, [{ type: 'RequestMirror', requestMirror: { backendRef: { name: 'nosuch' } } }]),
    'Accepted=True Accepted, ResolvedRefs=False BackendNotFound',
  ],
  [
    'a Service that is not there',
    route('a', 'http', 'nosuch'),
    'Accepted=True Accepted, ResolvedRefs=False BackendNotFound',
  ],
])('%s', (_what, given, expected) => {
  const isGranted = (from: string, to: string) => `${from} ${to}` === 'shop stock';
  const hasService = (_namespace: string, name: string) => name === 'web';
  const status = routeStatus(
    given,
    [EDGE],
    { ...FINE, controllerName: 'traefik.io/gateway-controller', hasService, isGranted },
    NOW,
  );
  const { parents } = status as { parents: object[] };
  expect(parents.map(words)).toEqual([expected]);
});

it('what others say of a route stays, and a condition keeps the time at which it changed', () => {
  const other = { parentRef: { name: 'edge' }, controllerName: 'example.com/other', conditions: [] };
  const known = [{ type: 'Accepted', status: 'True', lastTransitionTime: EARLIER }];
  const own = { parentRef: { name: 'edge' }, controllerName: 'traefik.io/gateway-controller', conditions: known };
  const before = route('a', undefined, 'web', { status: { parents: [other, own] } });
  const { parents } = routeStatus(
    before,
    [EDGE],
    { ...FINE, controllerName: own.controllerName, hasService: () => true, isGranted: () => false },
    NOW,
  ) as {
    parents: { conditions: { lastTransitionTime: string }[] }[];
  };
  expect(parents[0]).toEqual(other);
  expect(parents[1]?.conditions.map(({ lastTransitionTime }) => lastTransitionTime)).toEqual([EARLIER, NOW]);
  expect(words(classStatus(object('GatewayClass', 'x', {}), NOW))).toBe('Accepted=True Accepted');
});

describe('a listener whose certificate is not there', () => {
  const problem = { reason: 'InvalidCertificateRef', because: '' } as const;
  const judge = (lacking: readonly string[], flavour: 'nginx' | 'traefik') => {
    const problemOf = (_gateway: unknown, { name = '' }) => (lacking.includes(name) ? problem : undefined);
    const given = { problemOf, flavour, controllerName: 'x', hasService: () => true, isGranted: () => true };
    const gateway = gatewayStatus(EDGE, [route('a', 'https')], given, NOW) as { listeners: object[] };
    const { parents } = routeStatus(route('a', 'https'), [EDGE], given, NOW) as { parents: object[] };
    return [words(gateway), words(gateway.listeners[1] ?? {}), words(parents[0] ?? {})];
  };
  it('is not programmed, and nothing is attached to it', () =>
    expect(judge(['https'], 'nginx')).toEqual([
      'Accepted=True ListenersNotValid, Programmed=True Programmed',
      'Accepted=False InvalidCertificateRef, Programmed=False Invalid, ResolvedRefs=False InvalidCertificateRef',
      'Accepted=False InvalidListener, ResolvedRefs=True ResolvedRefs',
    ]));
  it('is no other for Traefik, which accepts it', () =>
    expect(judge(['https'], 'traefik').slice(1)).toEqual([
      'Accepted=True Accepted, Programmed=False Invalid, ResolvedRefs=False InvalidCertificateRef',
      'Accepted=False NoMatchingParent, ResolvedRefs=True ResolvedRefs',
    ]));
  it('leaves a Gateway that has no other without anything', () =>
    expect(judge(['http', 'https'], 'nginx')[0]).toBe('Accepted=False ListenersNotValid, Programmed=False Invalid'));
});
