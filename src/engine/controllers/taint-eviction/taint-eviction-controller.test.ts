import { describe, expect, it } from 'vitest';
import { stayMs } from './taint-eviction-controller';

const taint = (key: string) => ({ key, effect: 'NoExecute', value: 'x' });
const toleration = (key: string, tolerationSeconds?: number) => ({ key, operator: 'Exists', tolerationSeconds });

describe('stayMs', () => {
  it.each([
    ['no taint', [], undefined, Number.POSITIVE_INFINITY],
    ['an untolerated taint', [taint('a')], [], 0],
    ['one of two untolerated', [taint('a'), taint('b')], [toleration('a', 60)], 0],
    ['tolerated for ever', [taint('a')], [toleration('a')], Number.POSITIVE_INFINITY],
    ['tolerated for a while', [taint('a')], [toleration('a', 20)], 20_000],
    ['the shortest counts', [taint('a'), taint('b')], [toleration('a', 20), toleration('b', 5)], 5000],
    ['of several for one taint the first counts', [taint('a')], [toleration('a', 20), toleration('a', 5)], 20_000],
    ['a negative one is none', [taint('a')], [toleration('a', -3)], 0],
  ])('%s', (_what, taints, tolerations, expected) => {
    expect(stayMs(taints, tolerations)).toBe(expected);
  });
});
