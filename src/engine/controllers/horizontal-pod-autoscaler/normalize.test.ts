import { expect, test } from 'vitest';
import type { HPAScalingRules } from '../../api/types';
import { afterRescale, normalize, type ScalingHistory } from './normalize';

const EMPTY: ScalingHistory = { recommendations: [], ups: [], downs: [] };
const NOW = 1_000_000;
const wish = (current: number, desired: number, min = 1, max = 10) => ({
  current,
  desired,
  min,
  max,
  nowMs: NOW,
  downscaleStabilizationMs: 300_000,
});
const recommended = (...entries: readonly [replicas: number, agoS: number][]): ScalingHistory => ({
  ...EMPTY,
  recommendations: entries.map(([replicas, agoS]) => ({ replicas, atMs: NOW - agoS * 1000 })),
});

test.each([
  // current → desired, within min..max, with what was asked for before
  ['grows', wish(3, 5), EMPTY, 5, 'ReadyForNewScale', 'False DesiredWithinRange'],
  ['grows to the maximum', wish(3, 15, 1, 6), EMPTY, 6, 'ReadyForNewScale', 'True TooManyReplicas'],
  ['grows to twice the size', wish(3, 15, 1, 20), EMPTY, 6, 'ReadyForNewScale', 'True ScaleUpLimit'],
  ['grows to 4 at least', wish(1, 9, 1, 20), EMPTY, 4, 'ReadyForNewScale', 'True ScaleUpLimit'],
  ['shrinks to the minimum', wish(3, 0, 2), EMPTY, 2, 'ReadyForNewScale', 'True TooFewReplicas'],
  ['waits to shrink', wish(6, 2), recommended([6, 299]), 6, 'ScaleDownStabilized', 'False DesiredWithinRange'],
  ['waits no longer', wish(6, 2), recommended([6, 301]), 2, 'ReadyForNewScale', 'False DesiredWithinRange'],
])('%s', (_what, asked, history, replicas, able, limited) => {
  const normalized = normalize(asked, undefined, history);
  expect(normalized.replicas).toBe(replicas);
  expect(normalized.ableToScale.reason).toBe(able);
  expect(`${normalized.scalingLimited.status} ${normalized.scalingLimited.reason}`).toBe(limited);
});

const rules = (text: string, selectPolicy: 'Max' | 'Min' | 'Disabled' = 'Max', window = 0): HPAScalingRules => ({
  stabilizationWindowSeconds: window,
  selectPolicy,
  policies: text.split(' ').map((policy) => {
    const [type = 'Pods', value, periodSeconds] = policy.split(':');
    return { type: type as 'Pods', value: Number(value), periodSeconds: Number(periodSeconds) };
  }),
});
const ANY = rules('Percent:100:15');

test.each([
  ['the larger policy', wish(2, 10), rules('Pods:1:60 Percent:100:60'), ANY, 4, 'ScaleUpLimit'],
  ['the smaller policy', wish(2, 10), rules('Pods:1:60 Percent:100:60', 'Min'), ANY, 3, 'ScaleUpLimit'],
  ['growing off', wish(2, 10), rules('Pods:4:60', 'Disabled'), ANY, 2, 'ScaleUpLimit'],
  ['shrinking off', wish(5, 1), ANY, rules('Pods:4:60', 'Disabled'), 5, 'ScaleDownLimit'],
  ['one at a time', wish(5, 1), ANY, rules('Pods:1:60'), 4, 'ScaleDownLimit'],
  ['a share, rounded', wish(5, 1), ANY, rules('Percent:50:60'), 2, 'ScaleDownLimit'],
])('behavior: %s', (_what, asked, scaleUp, scaleDown, replicas, reason) => {
  const normalized = normalize(asked, { scaleUp, scaleDown }, EMPTY);
  expect([normalized.replicas, normalized.scalingLimited.reason]).toEqual([replicas, reason]);
});

test('a spike within the window changes nothing', () => {
  const behavior = { scaleUp: rules('Pods:4:15', 'Max', 30), scaleDown: ANY };
  const during = normalize(wish(2, 6), behavior, recommended([2, 15]));
  expect([during.replicas, during.ableToScale.reason]).toEqual([2, 'ScaleUpStabilized']);
  expect(normalize(wish(2, 6), behavior, recommended([2, 31])).replicas).toBe(6);
});

test('what was changed within a period counts against its policy', () => {
  const behavior = { scaleUp: rules('Pods:2:60'), scaleDown: ANY };
  const grown = afterRescale(EMPTY, behavior, 2, 4, NOW - 30_000);
  expect(normalize(wish(4, 10), behavior, grown).replicas).toBe(4);
  const old = afterRescale(EMPTY, behavior, 2, 4, NOW - 60_000);
  expect(normalize(wish(4, 10), behavior, old).replicas).toBe(6);
});

test('histories do not grow for ever', () => {
  let history = EMPTY;
  for (let look = 0; look < 100; look++) {
    const asked = { ...wish(3, 3), nowMs: NOW + look * 15_000 };
    history = { ...history, recommendations: normalize(asked, undefined, history).recommendations };
  }
  expect(history.recommendations.length).toBeLessThan(23);
});
