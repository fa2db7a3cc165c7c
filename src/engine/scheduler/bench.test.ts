import { it } from 'vitest';
import { nodeOf } from '../../testing/placement';
import { manifests } from '../../testing/world';
import { createSimulation } from '../create-simulation';
import { scheduler } from './scheduler';

function run(replicas: number, extra = '') {
  let spent = 0;
  let attempts = 0;
  let watch = 0;
  const timed = {
    ...scheduler,
    handle: (c: never, t: never) => {
      const s = performance.now();
      scheduler.handle(c, t);
      spent += performance.now() - s;
      attempts++;
    },
    watches: scheduler.watches.map((w) => ({
      ...w,
      on: (c: never, e: never) => {
        const s = performance.now();
        w.on(c, e);
        watch += performance.now() - s;
      },
    })),
  };
  const nodes = Array.from({ length: 20 }, (_, i) => {
    const n = nodeOf(`n${i} cpu=4000 memory=8000Gi pods=100000 zone=z${i % 3}`);
    return n;
  });
  const docs = [
    ...nodes,
    ...manifests(`
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: default}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: app, image: nginx, resources: {requests: {cpu: 100m, memory: 64Mi}}}]${extra}}`),
  ];
  const user = {
    name: 'u',
    process: 'user',
    watches: [],
    initial: () => ({}),
    handle: (context: any, timer: any) => {
      const p = context.input(timer.key).payload;
      const o = context.client.create(p);
      if (o.kind === 'Node')
        context.client.update({ ...p, metadata: { ...p.metadata, resourceVersion: o.metadata.resourceVersion } });
    },
  };
  const sim = createSimulation(
    {
      seed: 1,
      startTime: '2026-01-01T00:00:00Z',
      nodes: [],
      components: {},
      programs: [],
      limits: { maxObjects: 1e6, maxStepsPerSecond: 1e7, maxRevisions: 1e7 },
      inputs: docs.map((d) => ({ to: 'u', kind: 'x', payload: d, atMs: 0 })),
    } as never,
    {
      components: [timed as never, user as never],
      without: ['node-lifecycle-controller', 'taint-eviction-controller', 'pod-garbage-collector-controller'],
    },
  );
  const s = performance.now();
  const r = sim.run({ timeMs: 20000 });
  const total = performance.now() - s;
  const pods = sim.objectsAt(sim.step, 'Pod');
  const per = new Map<string, number>();
  for (const p of pods) per.set((p.spec as any).nodeName, (per.get((p.spec as any).nodeName) ?? 0) + 1);
  console.log(
    replicas,
    r,
    'attempts',
    attempts,
    'us/attempt',
    ((1000 * spent) / attempts).toFixed(1),
    'watch us/pod',
    ((1000 * watch) / pods.length).toFixed(1),
    'total us/pod',
    ((1000 * total) / pods.length).toFixed(0),
    [...per.values()].join(' '),
  );
}
it('bench', () => {
  run(100);
  run(1000);
  run(1000);
  run(10000);
  run(
    1000,
    `, affinity: {podAntiAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 100, podAffinityTerm: {labelSelector: {matchLabels: {app: web}}, topologyKey: kubernetes.io/hostname}}]}}`,
  );
  run(
    5000,
    `, affinity: {podAntiAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 100, podAffinityTerm: {labelSelector: {matchLabels: {app: web}}, topologyKey: kubernetes.io/hostname}}]}}`,
  );
  run(
    5000,
    `, topologySpreadConstraints: [{maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: web}}}]`,
  );
}, 300000);
