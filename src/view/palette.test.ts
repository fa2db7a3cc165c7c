import { describe, expect, it } from 'vitest';
import { inOrderOfUse, type Offer, offersFor, placeNamed, rankOf } from './palette';

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

it('what people made is offered before what a cluster has by itself', () => {
  const objects = [
    { kind: 'CSINode' },
    { kind: 'Pod', namespace: 'default' },
    { kind: 'Pod', namespace: 'kube-system' },
    { kind: 'Deployment', namespace: 'shop' },
  ];
  const { first, last } = inOrderOfUse(objects);
  expect(first).toEqual([objects[3], objects[1]]);
  expect(last).toEqual([objects[0], objects[2]]);
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
