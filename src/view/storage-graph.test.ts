import { describe, expect, test } from 'vitest';
import { sizeOf } from './card-size';
import type { Card } from './cards';
import { graphOf } from './graph';
import { layoutOf } from './layout';
import { othersParts } from './others';
import type { Row } from './rows';

const row = (kind: string, name: string, more: object = {}): Row =>
  ({ id: `${kind}/default/${name}`, kind, namespace: 'default', name, uid: name, owner: undefined, ...more }) as Row;
const csiNode = (name: string): Row => ({
  ...row('CSINode', name, { other: true }),
  id: `CSINode/${name}`,
  namespace: '',
});
const claim = (name: string) => row('PersistentVolumeClaim', name, { look: 'bound' });
const deployment = (name: string, claims: readonly string[]) =>
  row('Deployment', name, { workload: true, desired: 1, templateLabels: {}, claims, claimStems: [] });
const claimId = (name: string) => `PersistentVolumeClaim/default/${name}`;
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

const MANY: readonly Row[] = [
  ...numbers(20).flatMap((at) => [claim(`data-${at}`), deployment(`app-${at}`, [claimId(`data-${at}`)])]),
  deployment('without', []),
  claim('unused'),
  ...numbers(50).map((at) => csiNode(`node-${at}`)),
];

const others = (card: Card | undefined) => {
  if (card?.type !== 'others') throw new Error('no others');
  return card;
};

describe('the drawing of storage', () => {
  test('of many workloads has a tile for each with claims, and what is mounted by none beside', () => {
    const graph = graphOf(MANY, 'storage');
    const tiles = graph.cards.filter(({ type }) => type === 'storage-tile');
    expect(tiles).toHaveLength(20);
    expect(tiles[2]).toEqual({ type: 'storage-tile', id: 'Deployment/default/app-2', members: [claimId('data-2')] });
    expect(graph.frames?.[0]?.frame).toMatchObject({ workloads: 20, claims: { length: 20 } });
    expect(graph.beside).toMatchObject([{ type: 'storage', members: [claimId('unused')] }, { type: 'others' }]);
    expect(layoutOf(graph, false).map(({ card }) => card.type)).toContain('others');
  });

  test('opened, a frame holds what belongs to it, and nothing twice', () => {
    const { cards } = graphOf(MANY, 'storage', new Set(['frame default/']));
    const ids = cards.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(cards.filter(({ type }) => type === 'claims')).toHaveLength(20);
  });

  test('of few workloads is as it is', () => {
    const { cards, frames } = graphOf([claim('a'), deployment('web', [claimId('a')]), csiNode('one')], 'storage');
    expect(frames).toBeUndefined();
    expect(cards.map(({ type }) => type)).toEqual(['owner', 'claims', 'others']);
  });
});

describe('kinds of which there are many', () => {
  test('are one chip, and as many lines as there is room for once they are opened', () => {
    const closed = others(graphOf(MANY, 'storage').cards.at(-1));
    expect(othersParts(closed)).toMatchObject({
      single: [],
      rolled: [{ kind: 'CSINode', members: { length: 50 }, isOpen: false }],
    });
    const open = others(graphOf(MANY, 'storage', new Set([`${closed.id} CSINode`])).cards.at(-1));
    expect(othersParts(open).rolled).toMatchObject([{ isOpen: true }]);
    expect([sizeOf(closed).height, sizeOf(open).height]).toEqual([76, 300]);
  });

  test('few stay chips of their own', () => {
    const few = others(
      graphOf(
        numbers(6).map((at) => csiNode(`${at}`)),
        'storage',
      ).cards.at(-1),
    );
    expect(othersParts(few)).toMatchObject({ single: { length: 6 }, rolled: [] });
  });
});
