import { describe, expect, it } from 'vitest';
import { matchesGlob, parseImageReference } from '../machine/image-reference';
import { mustPull } from './images';
import { firstTick } from './probes';
import { nextBackoff, remainingBackoffMs } from './restart-backoff';

describe('image references', () => {
  it.each([
    ['nginx', 'docker.io/library/nginx:latest', 'latest'],
    ['nginx:1.7.9', 'docker.io/library/nginx:1.7.9', '1.7.9'],
    ['bitnami/redis', 'docker.io/bitnami/redis:latest', 'latest'],
    ['ghcr.io/acme/web:v2', 'ghcr.io/acme/web:v2', 'v2'],
    ['localhost:5000/web', 'localhost:5000/web:latest', 'latest'],
    ['UPPER/web:v1', 'UPPER/web:v1', 'v1'],
    ['index.docker.io/nginx', 'docker.io/library/nginx:latest', 'latest'],
    ['registry.k8s.io/pause:3.10', 'registry.k8s.io/pause:3.10', '3.10'],
  ])('%s is %s', (image, full, tag) => {
    expect(parseImageReference(image)).toMatchObject({ full, tag });
  });

  it.each(['', 'Nginx', 'nginx:', ':1', 'ng inx', 'nginx::1'])('%j is none', (image) => {
    expect(parseImageReference(image)).toBeUndefined();
  });

  it.each([
    ['app:*', 'app:v1', true],
    ['app:*', 'apple:v1', false],
    ['*', 'anything', true],
    ['*/web:*-rc', 'ghcr.io/web:1-rc', true],
    ['a*a', 'a', false],
    ['app', 'app:v1', false],
  ])('%s matches %s: %s', (pattern, text, expected) => {
    expect(matchesGlob(pattern, text)).toBe(expected);
  });

  it.each([
    [undefined, 'nginx', true, true],
    [undefined, 'nginx:1', true, false],
    [undefined, 'nginx:1', false, true],
    ['Always', 'nginx:1', true, true],
    ['Never', 'nginx:1', false, false],
    ['IfNotPresent', 'nginx', true, false],
  ])('policy %s, image %s, present %s: pull %s', (policy, image, present, expected) => {
    expect(mustPull(policy, image, present)).toBe(expected);
  });
});

describe('back-off', () => {
  it('doubles from 10 s to 5 min and is forgotten after ten quiet minutes', () => {
    const delays: number[] = [];
    let backoff = nextBackoff(undefined, 0, 0);
    for (let tries = 0; tries < 7; tries++) {
      delays.push(backoff.delayMs);
      backoff = nextBackoff(backoff, backoff.sinceMs + 1000, backoff.sinceMs + 1000);
    }
    expect(delays).toEqual([10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000]);
    expect(nextBackoff(backoff, backoff.sinceMs + 600_001, backoff.sinceMs + 600_001).delayMs).toBe(10_000);
  });

  it('counts from when the thing last happened', () => {
    const backoff = { delayMs: 20_000, sinceMs: 100 };
    expect(remainingBackoffMs(undefined, 5000, 5000)).toBe(0);
    expect(remainingBackoffMs(backoff, 5000, 6000)).toBe(19_000);
    expect(remainingBackoffMs(backoff, 5000, 25_000)).toBe(0);
  });
});

it.each([
  [0, 10_000, 0, 0],
  [0, 10_000, 1, 10_000],
  [2500, 5000, 7500, 7500],
  [2500, 5000, 7501, 12_500],
  [9000, 1000, 4000, 9000],
])('a ticker from %i every %i ms is first due at or after %i at %i', (base, period, earliest, expected) => {
  expect(firstTick(base, period, earliest)).toBe(expected);
});
