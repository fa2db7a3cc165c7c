import { expect, it } from 'vitest';
import { createWorld } from '../../testing/world';
import type { KubeObject } from '../api/meta';

const command = ['sh', '-c', 'i=0; while [ $i -lt 3 ]; do i=$((i+1)); touch /tmp/$i; sleep 2; done; exit 1'];

/** Pods that keep a kubelet busy: crashes, probes, sidecars, slow images. */
const pods = Array.from({ length: 12 }, (_, index): KubeObject => {
  const probe = { exec: { command: ['cat', '/tmp/2'] }, periodSeconds: 1, failureThreshold: 2 };
  const crashing = { name: 'app', image: 'busybox', command, readinessProbe: probe };
  const serving = {
    name: 'web',
    image: `app:v${index % 3}`,
    livenessProbe: { tcpSocket: { port: 81 }, periodSeconds: 2 },
  };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `pod-${index}`, namespace: 'default' },
    spec: { containers: [crashing, serving], terminationGracePeriodSeconds: 3 },
  };
});

it('goes on from a checkpoint exactly as it went on before', () => {
  const faults = [
    { type: 'node-partition', node: 'node-1', for: '20s' },
    { type: 'node-crash', node: 'node-2', for: '30s' },
    { type: 'component-down', component: 'kubelet', node: 'node-3', for: '15s' },
  ];
  const inputs = faults.map((payload, index) => ({
    to: 'fault',
    kind: 'fault',
    atMs: 40_000 + index * 20_000,
    payload,
  }));
  const world = createWorld({ documents: pods, inputs, programs: [{ image: 'app:*' }] });
  world.runUntil(200_000);
  const { simulation } = world;
  expect(simulation.step).toBeGreaterThan(1200);
  const whole = simulation.trace(1, simulation.step);
  for (const step of [1050, Math.floor(simulation.step * 0.9)]) {
    const fork = simulation.fork(step);
    fork.run({ timeMs: 200_000 });
    expect(fork.trace(1, fork.step)).toEqual(whole);
  }
});
