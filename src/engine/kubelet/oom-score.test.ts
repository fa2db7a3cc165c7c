import { describe, expect, it } from 'vitest';
import type { Container, Pod } from '../api/types';
import { isCriticalPod, oomScoreAdj } from './oom-score';

const GIB = 1024 ** 3;
const asking = (memory: string | undefined, limit?: string, more: Partial<Container> = {}): Container => ({
  name: 'c',
  image: 'c:1',
  resources: {
    ...(memory ? { requests: { memory, ...(limit ? { cpu: '1' } : {}) } } : {}),
    ...(limit ? { limits: { memory: limit, cpu: '1' } } : {}),
  },
  ...more,
});
const podOf = (containers: readonly Container[], spec: object = {}, annotations?: Record<string, string>): Pod =>
  ({ metadata: { name: 'p', namespace: 'default', annotations }, spec: { containers, ...spec } }) as unknown as Pod;

describe('oom_score_adj', () => {
  it.each([
    ['of BestEffort', podOf([asking(undefined)]), 1000],
    ['of Guaranteed', podOf([asking('1Gi', '1Gi')]), -997],
    ['of a quarter of the node', podOf([asking('2Gi')]), 750],
    ['of Burstable that asks for nothing of it', podOf([asking('0', '4Gi')]), 999],
    ['of next to nothing', podOf([asking('1Mi')]), 999],
    ['of all of the node', podOf([asking('8Gi')]), 3],
    [
      'of a share in what the Pod asks for',
      podOf([asking('1Gi'), asking(undefined)], { resources: { requests: { memory: '3Gi' } } }),
      750,
    ],
    [
      'of a Pod that is critical for its node',
      podOf([asking(undefined)], { priorityClassName: 'system-node-critical', priority: 2_000_001_000 }),
      -997,
    ],
  ])('%s', (_what, pod, expected) => {
    expect(oomScoreAdj(pod, pod.spec.containers[0] as Container, 8 * GIB)).toBe(expected);
  });

  it('of a sidecar is not above that of the container it serves', () => {
    const sidecar = asking('1Mi', undefined, { name: 's', restartPolicy: 'Always' });
    const pod = podOf([asking('4Gi')], { initContainers: [sidecar] });
    expect(oomScoreAdj(pod, sidecar, 8 * GIB)).toBe(500);
  });
});

it.each([
  ['an ordinary Pod', {}, undefined, false],
  ['a static Pod', {}, { 'kubernetes.io/config.source': 'file' }, true],
  ['a mirror Pod', {}, { 'kubernetes.io/config.mirror': 'x' }, true],
  ['a critical Pod', { priority: 2_000_000_000 }, undefined, true],
])('%s', (_what, spec, annotations, expected) => {
  expect(isCriticalPod(podOf([asking(undefined)], spec, annotations))).toBe(expected);
});
