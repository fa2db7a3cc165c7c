import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createSession } from '../session/create-session';
import { matters, mattersIn, STEP_LEVELS, type WeighedStep } from './step-weight';

const step = (actor: string, verb: string, kind?: string): WeighedStep => ({
  actor,
  verb,
  object: kind ? { apiVersion: 'v1', kind, namespace: 'default', name: 'web', uid: '', resourceVersion: '1' } : null,
});

it.each([
  ['what a person did', step('user', 'run'), 'milestones reconciles all'],
  ['what a fault did', step('fault', 'node-crash'), 'milestones reconciles all'],
  ['a Pod that is made', step('replicaset-controller', 'create', 'Pod'), 'milestones reconciles all'],
  ['a Pod that gets its node', step('default-scheduler', 'schedule', 'Pod'), 'milestones reconciles all'],
  ['a container that ends', step('kubelet/node-1', 'end', 'Pod'), 'milestones reconciles all'],
  ['a Node that is silent', step('node-lifecycle-controller', 'update-status', 'Node'), 'milestones reconciles all'],
  ['a Node that joins', step('kubelet/node-1', 'register', 'Node'), 'milestones reconciles all'],
  ['a Node that is heard of', step('node-lifecycle-controller', 'register', 'Node'), 'reconciles all'],
  ['a Node that is ready', step('kubelet/node-1', 'update-status', 'Node'), 'milestones reconciles all'],
  ['counts that are reported', step('deployment-controller', 'update-status', 'Deployment'), 'reconciles all'],
  [
    'what a cluster makes for itself',
    step('root-ca-certificate-publisher-controller', 'create', 'ConfigMap'),
    'reconciles all',
  ],
  ['a leader that stands down', step('kube-scheduler', 'stop-leading', 'Lease'), 'milestones reconciles all'],
  ['a leader that leads again', step('kube-scheduler', 'lead', 'Lease'), 'milestones reconciles all'],
  [
    'a claim that loses its volume',
    step('persistentvolume-binder', 'lose', 'PersistentVolumeClaim'),
    'milestones reconciles all',
  ],
  ['a heartbeat', step('kubelet/node-1', 'renew', 'Lease'), 'all'],
  ['a heartbeat that fails', step('kubelet/node-1', 'renew'), 'all'],
])('%s', (_what, weighed, levels) => {
  expect(STEP_LEVELS.filter((level) => matters(weighed, level)).join(' ')).toBe(levels);
});

it.each([
  ['stuck-rollout', 60_000, 'Deployment', [41_000]],
  ['job-gives-up', 60_000, 'Job', [50_041]],
  ['one-index-fails', 60_000, 'Job', [27_530]],
])('of %s what gives up is a milestone, once', (name, timeMs, kind, times) => {
  const text = readFileSync(new URL(`../scenario/gallery/${name}.yaml`, import.meta.url), 'utf8');
  const { simulation } = createSession(text).session!;
  simulation.run({ timeMs });
  const reports = simulation
    .trace(1, simulation.step)
    .filter(({ verb, object }) => object?.kind === kind && (verb === 'update-status' || verb === 'sync'));
  const found = reports.filter((record) => mattersIn(simulation, record, 'milestones'));
  expect(found.map(({ time }) => time)).toEqual(times);
});

it('requests that fail on as they did are told once, and again when they fail in another way or have recovered', () => {
  const text = `apiVersion: kubestep.dev/v1alpha1
kind: Scenario
metadata: {name: closed}
spec:
  duration: 1m
  traffic: [{name: users, target: 'http://web/', rps: 20}]
  actions: [{at: 10s, kubectl: scale deployment web --replicas=1}, {at: 30s, kubectl: scale deployment web --replicas=0}]
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 0
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: app, image: 'nginx:1.27'}]}
`;
  const { simulation } = createSession(text).session!;
  simulation.run({ timeMs: 50_000 });
  const said = simulation.trace(1, simulation.step).filter(({ actor }) => actor === 'traffic/users');
  const told = (level: 'reconciles' | 'all') => said.filter((record) => mattersIn(simulation, record, level));
  expect(told('all').length).toBeGreaterThan(20);
  const shown = told('reconciles').map(({ message }) => message);
  expect(shown.length).toBeLessThan(10);
  expect(shown.filter((message, at) => message === shown[at - 1])).toEqual([]);
});
