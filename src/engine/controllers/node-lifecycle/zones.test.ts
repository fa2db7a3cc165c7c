import { describe, expect, it } from 'vitest';
import type { Node, NodeCondition } from '../../api/types';
import { rateOf, zoneOf, zoneStateOf } from './zones';

const ready = (count: number, status: 'True' | 'False' | 'Unknown'): NodeCondition[] =>
  Array.from({ length: count }, () => ({ type: 'Ready', status }));

const rates = { evictionRate: 0.1, secondaryEvictionRate: 0.01, unhealthyThreshold: 0.55, largeClusterSize: 50 };

describe('zoneStateOf', () => {
  it.each([
    [3, 0, 'Normal'],
    [0, 1, 'FullDisruption'],
    [0, 5, 'FullDisruption'],
    [1, 2, 'Normal'],
    [2, 3, 'PartialDisruption'],
    [3, 3, 'Normal'],
    [9, 11, 'PartialDisruption'],
  ])('%i ready and %i not: %s', (well, ill, state) => {
    expect(zoneStateOf([...ready(well, 'True'), ...ready(ill, 'Unknown')], rates.unhealthyThreshold)).toBe(state);
  });
});

describe('rateOf', () => {
  it.each([
    ['Normal', 3, 0.1],
    ['FullDisruption', 3, 0.1],
    ['PartialDisruption', 50, 0],
    ['PartialDisruption', 51, 0.01],
  ] as const)('%s with %i nodes: %d per second', (state, size, rate) => {
    expect(rateOf(state, size, rates)).toBe(rate);
  });
});

describe('zoneOf', () => {
  it.each([
    [{}, ''],
    [{ 'topology.kubernetes.io/zone': 'a' }, ':\u0000:a'],
    [{ 'topology.kubernetes.io/region': 'r', 'topology.kubernetes.io/zone': 'a' }, 'r:\u0000:a'],
    [{ 'failure-domain.beta.kubernetes.io/zone': 'old' }, ':\u0000:old'],
  ])('%j', (labels, zone) => {
    expect(zoneOf({ metadata: { name: 'n', labels } } as unknown as Node)).toBe(zone);
  });
});
