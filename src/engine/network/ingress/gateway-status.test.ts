import { expect, it } from 'vitest';
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
  const status = gatewayStatus(EDGE, routes, NOW) as { listeners: { name: string; attachedRoutes: number }[] };
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
  const status = routeStatus(given, [EDGE], 'traefik.io/gateway-controller', hasService, isGranted, NOW);
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
    own.controllerName,
    () => true,
    () => false,
    NOW,
  ) as {
    parents: { conditions: { lastTransitionTime: string }[] }[];
  };
  expect(parents[0]).toEqual(other);
  expect(parents[1]?.conditions.map(({ lastTransitionTime }) => lastTransitionTime)).toEqual([EARLIER, NOW]);
  expect(words(classStatus(object('GatewayClass', 'x', {}), NOW))).toBe('Accepted=True Accepted');
});
