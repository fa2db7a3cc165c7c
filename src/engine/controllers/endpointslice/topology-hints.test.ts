import { expect, test } from 'vitest';
import type { EndpointSlice, Node } from '../../api/types';
import { asksForTopology, giveHints, isOverloaded, type ZoneRatios, zoneRatios } from './topology-hints';

const node = (zone: string | undefined, cpu: string, rest: { ready?: string; labels?: Record<string, string> } = {}) =>
  ({
    metadata: { name: 'n', labels: { ...(zone ? { 'topology.kubernetes.io/zone': zone } : {}), ...rest.labels } },
    status: { allocatable: { cpu }, conditions: [{ type: 'Ready', status: rest.ready ?? 'True' }] },
  }) as unknown as Node;

test.each([
  ['by CPU', [node('a', '3'), node('b', '1'), node('a', '1'), node('c', '5')], { a: 0.4, b: 0.1, c: 0.5 }],
  ['one zone is none', [node('a', '3'), node('a', '1')], {}],
  ['a node without zone', [node('a', '3'), node('b', '1'), node(undefined, '1')], {}],
  ['a node without CPU', [node('a', '3'), node('b', '0'), node('c', '1')], {}],
  ['not ready', [node('a', '1'), node('b', '1'), node('c', '8', { ready: 'False' })], { a: 0.5, b: 0.5 }],
  [
    'the control plane',
    [node('a', '1'), node('b', '1'), node(undefined, '8', { labels: { 'node-role.kubernetes.io/control-plane': '' } })],
    { a: 0.5, b: 0.5 },
  ],
])('zones: %s', (_what, nodes, ratios) => expect(Object.fromEntries(zoneRatios(nodes))).toEqual(ratios));

/** Endpoints as `zone` or `zone>hint`, `!zone` when not ready. */
function slice(name: string, text: string): EndpointSlice {
  const endpoints = text.split(' ').map((word) => {
    const [, not, zone, hint] = /^(!?)([^>]*)>?(.*)$/.exec(word) ?? [];
    const hints = hint ? { hints: { forZones: [{ name: hint }] } } : {};
    return { addresses: ['1.1.1.1'], zone: zone || undefined, conditions: { ready: !not }, ...hints };
  });
  return { metadata: { name }, addressType: 'IPv4', endpoints } as unknown as EndpointSlice;
}

const printed = ({ endpoints }: EndpointSlice): string =>
  (endpoints ?? [])
    .map(
      ({ zone = '', conditions, hints }) =>
        `${conditions?.ready ? '' : '!'}${zone}${hints?.forZones ? `>${hints.forZones.map(({ name }) => name).join()}` : ''}`,
    )
    .join(' ');

const HALVES: ZoneRatios = new Map([
  ['a', 0.5],
  ['b', 0.5],
]);
const UNEVEN: ZoneRatios = new Map([
  ['a', 0.75],
  ['b', 0.25],
]);
const THIRDS: ZoneRatios = new Map([
  ['a', 1 / 3],
  ['b', 1 / 3],
  ['c', 1 / 3],
]);

test.each([
  ['each zone its own', HALVES, { update: 'a b !b a b' }, 'a>a b>b !b a>a b>b', { a: 2, b: 2 }],
  ['one zone gives to the other', HALVES, { create: 'a a a a' }, 'a>b a>b a>a a>a', { a: 2, b: 2 }],
  ['by CPU', UNEVEN, { create: 'a a b b' }, 'a>a a>a b>a b>b', { a: 3, b: 1 }],
  ['half an endpoint stays', HALVES, { create: 'a a a a b b b' }, 'a>a a>a a>a a>a b>b b>b b>b', { a: 4, b: 3 }],
  ['what fits stays unwritten', HALVES, { unchanged: 'a>a b>b', create: 'a b' }, 'a>a b>b', { a: 2, b: 2 }],
  ['what is unhinted is written', HALVES, { unchanged: 'a b' }, 'a>a b>b', { a: 1, b: 1 }],
  ['hints for a zone that is gone', HALVES, { unchanged: 'a>c b>b' }, 'a>a b>b', { a: 1, b: 1 }],
  ['too many for one zone', HALVES, { unchanged: 'a>a b>a' }, 'a>a b>b', { a: 1, b: 1 }],
])('hints: %s', (_what, ratios, given, expected, byZone) => {
  const texts: { create?: string; update?: string; unchanged?: string } = given;
  const of = (text: string | undefined) => (text === undefined ? [] : [slice('s', text)]);
  const hinting = giveHints(ratios, {
    create: of(texts.create),
    update: of(texts.update),
    unchanged: of(texts.unchanged),
  });
  expect([...hinting.create, ...hinting.update].map(printed)).toEqual([expected]);
  expect(hinting.byZone).toEqual(byZone);
  expect(hinting.problem).toBeUndefined();
});

test.each([
  [
    new Map() as ZoneRatios,
    'a>a b',
    'Insufficient Node information: allocatable CPU or zone not specified on one or more nodes',
  ],
  [THIRDS, 'a>a b', 'Insufficient number of endpoints (2 endpoints, 3 zones)'],
  [
    THIRDS,
    'a>a b c c',
    'Unable to allocate minimum required endpoints to each zone without exceeding overload threshold (4 endpoints, 3 zones)',
  ],
  [HALVES, 'a>a  b b', 'One or more endpoints do not have a zone specified'],
])('no hints: %#', (ratios, text, problem) => {
  const { update, problem: said } = giveHints(ratios, { create: [], update: [], unchanged: [slice('s', text)] });
  expect(said).toBe(problem);
  expect(update.map(printed)).toEqual([text.replace('>a', '')]);
});

test.each([
  [{ a: 2, b: 2 }, HALVES, false],
  [{ a: 6, b: 5 }, HALVES, false],
  [{ a: 7, b: 4 }, HALVES, true],
  [{ a: 4 }, HALVES, true],
  [{}, HALVES, false],
  [{ a: 1 }, new Map() as ZoneRatios, true],
])('%j is overloaded: %s', (byZone, ratios, expected) => expect(isOverloaded(byZone, ratios)).toBe(expected));

test.each([
  [{}, false],
  [{ 'service.kubernetes.io/topology-mode': 'Auto' }, true],
  [{ 'service.kubernetes.io/topology-mode': 'auto' }, true],
  [{ 'service.kubernetes.io/topology-mode': 'Disabled' }, false],
  [{ 'service.kubernetes.io/topology-aware-hints': 'auto' }, true],
  [
    {
      'service.kubernetes.io/topology-aware-hints': 'disabled',
      'service.kubernetes.io/topology-mode': 'Auto',
    },
    false,
  ],
])('%j asks for hints: %s', (annotations, asks) =>
  expect(asksForTopology({ metadata: { name: 's', annotations } })).toBe(asks),
);
