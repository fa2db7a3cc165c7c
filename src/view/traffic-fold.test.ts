import { describe, expect, it } from 'vitest';
import type { RequestsAt } from '../session/requests-at';
import { foldPods, hasManyPods } from './traffic-fold';
import { trafficGraph } from './traffic-graph';

const SERVICE = 'Service shop/web (iptables)';
const pod = (at: number) => `Pod shop/web-${at}`;
const ownerOf = (id: string) => (id === 'Pod/shop/web-1' ? undefined : 'ReplicaSet/shop/web');

/** One request to each of so many Pods; the named ones fail it. */
function requestsTo(count: number, failing: readonly number[] = []): RequestsAt {
  const pods = Array.from({ length: count }, (_, at) => at);
  const toPods = pods.map((at) => ({ from: SERVICE, to: pod(at), ended: 1, failed: failing.includes(at) ? 1 : 0 }));
  return {
    second: 1,
    sources: [
      {
        source: 'users',
        target: 'http://web/',
        sent: count,
        ok: count - failing.length,
        failed: failing.length > 0 ? { refused: failing.length } : {},
        underWay: 0,
      },
    ],
    edges: [{ from: 'users', to: SERVICE, ended: count, failed: failing.length }, ...toPods],
    samples: [
      { source: 'users', sentMs: 0, endedMs: 1, path: ['users', SERVICE, pod(2)], because: '', cause: null },
      { source: 'users', sentMs: 0, endedMs: 1, path: ['users', SERVICE, pod(3)], because: '', cause: null },
    ],
  };
}

describe('requests to many Pods', () => {
  it('are drawn Pod by Pod up to twelve', () => {
    expect([12, 13].map((count) => hasManyPods(requestsTo(count)))).toEqual([false, true]);
    const few = requestsTo(12);
    expect(foldPods(few, ownerOf)).toBe(few);
  });

  it('go to their owner beyond, but for Pods that have none and those that failed most', () => {
    const folded = foldPods(requestsTo(20, [3, 4, 5, 6, 7, 8, 9]), ownerOf);
    const group = 'ReplicaSet shop/web (× 13)';
    expect(trafficGraph(folded).stations.map(({ name, ended, failed }) => `${name}: ${ended}, ${failed}`)).toEqual([
      ...[1, 3, 4, 5, 6, 7, 8].map((at) => `${pod(at)}: 1, ${at === 1 ? 0 : 1}`),
      `${group}: 13, 1`,
      `${SERVICE}: 20, 7`,
      'users: 20, 7',
    ]);
    expect(folded.samples.map(({ path }) => path.at(-1))).toEqual([group, pod(3)]);
  });
});
