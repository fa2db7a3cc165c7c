import { describe, expect, it } from 'vitest';
import { inOrderOfUse, type Offer, offersFor, placeNamed, rankOf } from './palette';
import type { Row } from './rows';

const offer = (sort: string, title: string): Offer => ({ id: `${sort} ${title}`, sort, title });

describe('what is offered', () => {
  it.each([
    ['web', 'web-1', 0],
    ['1', 'web-1', 1],
    ['eb', 'web-1', 2],
    ['drain node', 'a node is drained: drain', 3],
    ['nothing', 'web-1', undefined],
    ['', 'web-1', 0],
  ])('%j suits %j', (text, title, rank) => {
    expect(rankOf(title, text)).toBe(rank);
  });

  it('is the best first, then as it came; the sort counts too', () => {
    const all = [offer('Pod', 'my-web'), offer('Service', 'web'), offer('Pod', 'other'), offer('Deployment', 'web-2')];
    expect(offersFor(all, 'web', 9).map(({ title }) => title)).toEqual(['web', 'web-2', 'my-web']);
    expect(offersFor(all, 'pod', 9).map(({ title }) => title)).toEqual(['my-web', 'other']);
    expect(offersFor(all, 'web', 1)).toHaveLength(1);
  });
});

const row = (kind: string, name: string, namespace = 'default', listed?: boolean): Row =>
  ({ kind, name, namespace, ...(listed === undefined ? {} : { other: true, listed }) }) as Row;

it('what people made is offered before what a cluster has by itself', () => {
  const made = [
    row('Deployment', 'web', 'shop'),
    row('Pod', 'web-1'),
    row('Service', 'web'),
    row('ConfigMap', 'settings', 'shop', true),
    row('Namespace', 'shop', '', true),
    row('Backup', 'nightly', 'shop', true),
    row('Secret', 'key', 'shop', true),
    row('ConfigMap', 'coredns', 'kube-system', true),
    row('Namespace', 'kube-monitoring', '', true),
    row('Secret', 'kubernetes', 'shop', true),
  ];
  const there = [
    row('ConfigMap', 'kube-root-ca.crt', 'shop', true),
    row('CSINode', 'node-1', '', false),
    row('Namespace', 'kube-system', '', true),
    row('Service', 'kubernetes'),
    row('Lease', 'node-1', 'kube-node-lease', true),
    row('Role', 'system:controller:token-cleaner', 'kube-system', true),
    row('ClusterRole', 'system:node', '', true),
  ];
  const [deployment, pod, ...others] = made;
  const { first, last } = inOrderOfUse([...there, pod!, deployment!, ...others]);
  expect(first).toEqual(made);
  expect(last).toEqual(there);
});

it.each([
  ['143', { step: 143 }],
  ['step 7', { step: 7 }],
  ['1:30', { timeMs: 90_000 }],
  ['0:05.25', { timeMs: 5250 }],
  ['45s', { timeMs: 45_000 }],
  ['1m30s', { timeMs: 90_000 }],
  ['500ms', { timeMs: 500 }],
  ['1.5s', { timeMs: 1500 }],
  ['web', undefined],
  ['', undefined],
])('%j names a place', (text, place) => {
  expect(placeNamed(text)).toEqual(place);
});
