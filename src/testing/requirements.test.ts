import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { isPodReady } from '../engine/api/conditions';
import type { Deployment, EndpointSlice, Pod, ReplicaSet } from '../engine/api/types';
import type { Simulation } from '../engine/simulation';
import { GALLERY } from '../scenario/gallery';
import { createSession } from '../session/create-session';
import { isCommandResult } from '../session/run-command';
import type { Session } from '../session/session';
import { validateText } from '../session/validate';
import { complaintsOf, historyOf, isActive } from './checkers/history';
import { CHECKERS } from './checkers/registry';

// Long on a slow machine; nothing here measures time.
vi.setConfig({ testTimeout: 120_000 });

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

/** Starts a text with further actions, which must be without problems. */
function start(text: string, options: { actions?: readonly string[]; nodes?: number } = {}): Session {
  const { actions = [], nodes = 3 } = options;
  const settings = `apiVersion: kubestep.dev/v1alpha1
kind: Scenario
metadata: {name: test}
spec:
  nodes: [{count: ${nodes}}]
  actions: [${actions.join(', ')}]
---
`;
  const { session, problems } = createSession(settings + text);
  expect(problems).toEqual([]);
  return session as Session;
}

/** What holds at every step, as the distinct rows in the order in which they come. */
function eachStep<T>(simulation: Simulation, of: (step: number) => T): T[] {
  const rows: T[] = [];
  for (let step = 1; step <= simulation.step; step++) {
    const row = of(step);
    if (JSON.stringify(row) !== JSON.stringify(rows.at(-1))) rows.push(row);
  }
  return rows;
}

const podsAt = (simulation: Simulation, step: number): Pod[] =>
  (simulation.objectsAt(step, 'Pod') as Pod[]).filter(isActive);
const readyAt = (simulation: Simulation, step: number): number => podsAt(simulation, step).filter(isPodReady).length;

function expectSound(simulation: Simulation, settled = true): void {
  expect(complaintsOf(historyOf(simulation), CHECKERS, settled)).toEqual([]);
}

/** Outputs of the commands, by command. */
function outputs(simulation: Simulation): Map<string, { stdout: string; stderr: string; code: number }> {
  const found = new Map<string, { stdout: string; stderr: string; code: number }>();
  for (const { step } of simulation.trace(1, simulation.step)) {
    const detail = simulation.detailAt(step);
    if (isCommandResult(detail)) found.set(detail.command, detail);
  }
  return found;
}

const NGINX = `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: nginx-deployment
  labels: {app: nginx}
spec:
  replicas: 3
  strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1, maxUnavailable: 1}}
  selector: {matchLabels: {app: nginx}}
  template:
    metadata: {labels: {app: nginx}}
    spec:
      containers:
      - name: nginx
        image: nginx:1.7.9
        ports: [{containerPort: 80}]
`;

/** The Deployment, with its image as it is. */
const deploymentAt = (simulation: Simulation, name = 'nginx-deployment', namespace = 'default'): Deployment =>
  simulation.objectAt(simulation.step, 'Deployment', namespace, name) as Deployment;
const imagesAt = (simulation: Simulation): (string | undefined)[] =>
  podsAt(simulation, simulation.step).map((pod) => pod.spec.containers[0]?.image);

describe('the nginx Deployment', () => {
  it.each(['', '        readinessProbe: {tcpSocket: {port: 80}, initialDelaySeconds: 2, periodSeconds: 1}\n'])(
    'updates with at most 4 Pods and at least 2 available at every step %#',
    (probe) => {
      const { simulation } = start(NGINX + probe, {
        actions: ['{at: 20s, kubectl: set image deployment/nginx-deployment nginx=nginx:1.9.1}'],
      });
      simulation.run({ timeMs: 19_999 });
      const before = simulation.step;
      expect(readyAt(simulation, before)).toBe(3);
      simulation.run({ timeMs: 90_000 });
      for (let step = 1; step <= simulation.step; step++) {
        expect(podsAt(simulation, step).length, `Pods at step ${step}`).toBeLessThanOrEqual(4);
        if (step >= before) expect(readyAt(simulation, step), `available at step ${step}`).toBeGreaterThanOrEqual(2);
      }
      expect(imagesAt(simulation)).toEqual(['nginx:1.9.1', 'nginx:1.9.1', 'nginx:1.9.1']);
      expect(deploymentAt(simulation).status).toMatchObject({ updatedReplicas: 3, availableReplicas: 3, replicas: 3 });
      const sets = simulation.objectsAt(simulation.step, 'ReplicaSet') as ReplicaSet[];
      expect(sets.map(({ spec }) => spec.replicas).sort()).toEqual([0, 3]);
      expectSound(simulation);
    },
  );

  it('takes the turns that the documentation shows', () => {
    const { simulation } = start(NGINX, {
      actions: ['{at: 20s, kubectl: set image deployment/nginx-deployment nginx=nginx:1.9.1}'],
    });
    simulation.run({ timeMs: 90_000 });
    const events = simulation
      .objectsAt(simulation.step, 'Event')
      .filter(({ reason }) => reason === 'ScalingReplicaSet')
      .map(({ message }) => String(message).replace(/nginx-deployment-\w+/, 'SET'));
    for (const turn of [
      'up replica set SET from 0 to 3',
      'up replica set SET from 0 to 1',
      'down replica set SET from 3 to 2',
      'up replica set SET from 1 to 2',
      'up replica set SET from 2 to 3',
    ]) {
      expect(events).toContain(`Scaled ${turn}`);
    }
    expect(events.at(0)).toBe('Scaled up replica set SET from 0 to 3');
    expect(events.filter((message) => message.endsWith(' to 0'))).toHaveLength(1);
  });

  it('scales from 3 to 4 and back to 3', () => {
    const { simulation } = start(NGINX, {
      actions: [
        '{at: 20s, kubectl: scale deployment nginx-deployment --replicas=4}',
        '{at: 30s, kubectl: scale deployment nginx-deployment --replicas=3}',
      ],
    });
    simulation.run({ timeMs: 90_000 });
    const counts = eachStep(simulation, (step) => podsAt(simulation, step).length);
    expect(counts).toEqual([0, 1, 2, 3, 4, 3]);
    expect(simulation.objectsAt(simulation.step, 'ReplicaSet')).toHaveLength(1);
    expect(outputs(simulation).get('scale deployment nginx-deployment --replicas=4')?.stdout).toBe(
      'deployment.apps/nginx-deployment scaled\n',
    );
    expectSound(simulation);
  });

  it('goes back to a revision', () => {
    const { simulation } = start(NGINX, {
      actions: [
        '{at: 20s, kubectl: set image deployment/nginx-deployment nginx=nginx:1.9.1}',
        '{at: 40s, kubectl: set image deployment/nginx-deployment nginx=nginx:1.91}',
        '{at: 60s, kubectl: rollout undo deployment/nginx-deployment --to-revision=2}',
        '{at: 80s, kubectl: rollout history deployment/nginx-deployment}',
        '{at: 81s, kubectl: rollout status deployment/nginx-deployment}',
        '{at: 82s, kubectl: rollout undo deployment/nginx-deployment}',
      ],
    });
    simulation.run({ timeMs: 79_000 });
    expect(new Set(imagesAt(simulation))).toEqual(new Set(['nginx:1.9.1']));
    expect(deploymentAt(simulation).metadata.annotations?.['deployment.kubernetes.io/revision']).toBe('4');
    simulation.run({ timeMs: 120_000 });
    const said = outputs(simulation);
    expect(said.get('rollout undo deployment/nginx-deployment --to-revision=2')?.stdout).toBe(
      'deployment.apps/nginx-deployment rolled back\n',
    );
    expect(said.get('rollout history deployment/nginx-deployment')?.stdout.match(/^\d+/gm)).toEqual(['1', '3', '4']);
    expect(said.get('rollout status deployment/nginx-deployment')?.stdout).toBe(
      'deployment "nginx-deployment" successfully rolled out\n',
    );
    expect(new Set(imagesAt(simulation))).toEqual(new Set(['nginx:1.91']));
    expectSound(simulation);
  });

  it('is drained from a node without breaking its budget', () => {
    const probe = '        readinessProbe: {tcpSocket: {port: 80}, initialDelaySeconds: 3, periodSeconds: 1}\n';
    const budget = `---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: nginx}
spec: {minAvailable: 2, selector: {matchLabels: {app: nginx}}}
`;
    const { simulation } = start(NGINX + probe + budget, { nodes: 2 });
    simulation.run({ timeMs: 20_000 });
    const before = simulation.step;
    const nodes = podsAt(simulation, before).map((pod) => pod.spec.nodeName);
    const crowded = nodes.find((name, index) => nodes.indexOf(name) !== index);
    const command = `drain ${crowded}`;
    simulation.act({ to: 'user', kind: 'kubectl', payload: { command } });
    simulation.run({ timeMs: 120_000 });
    for (let step = before; step <= simulation.step; step++) {
      expect(readyAt(simulation, step), `available at step ${step}`).toBeGreaterThanOrEqual(2);
    }
    const result = outputs(simulation).get(command);
    expect(result?.code).toBe(0);
    expect(result?.stdout).toMatch(/^node\/node-\d cordoned\n/);
    expect(result?.stdout).toMatch(/node\/node-\d drained\n$/);
    expect(result?.stderr).toContain("Cannot evict pod as it would violate the pod's disruption budget.");
    expect(podsAt(simulation, simulation.step).map((pod) => pod.spec.nodeName)).not.toContain(crowded);
    expectSound(simulation);
  });
});

describe('WordPress', () => {
  const text = read('fixtures/wordpress.yaml');

  it('is valid', () => expect(validateText(text)).toEqual([]));

  it('comes up, behind Services that lead to ready Pods', () => {
    const { simulation } = start(text);
    simulation.run({ timeMs: 180_000 });
    const deployments = simulation.objectsAt(simulation.step, 'Deployment') as Deployment[];
    expect(deployments.map(({ metadata, status }) => [metadata.name, status.availableReplicas])).toEqual([
      ['wordpress', 3],
      ['wordpress-mysql', 1],
    ]);
    const slices = simulation.objectsAt(simulation.step, 'EndpointSlice') as EndpointSlice[];
    const endpoints = slices
      .filter(({ metadata }) => metadata.namespace === 'kube-example')
      .map(({ metadata, ports, endpoints: list }) => [
        metadata.labels?.['kubernetes.io/service-name'],
        ports?.[0]?.port,
        (list ?? []).filter(({ conditions }) => conditions?.ready).length,
      ]);
    expect(endpoints.sort()).toEqual([
      ['wordpress', 80, 3],
      ['wordpress-mysql', 3306, 1],
    ]);
    expectSound(simulation);
  });

  it('is updated with nobody missing, and drained one by one', () => {
    const { simulation } = start(text, {
      actions: [
        '{at: 60s, kubectl: -n kube-example set image deployment/wordpress blog=wordpress:5.4}',
        '{at: 150s, kubectl: drain node-2 --ignore-daemonsets}',
        '{at: 290s, kubectl: uncordon node-2}',
      ],
    });
    simulation.run({ timeMs: 59_000 });
    const before = simulation.step;
    simulation.run({ timeMs: 300_000 });
    const frontends = (step: number): Pod[] =>
      podsAt(simulation, step).filter((pod) => pod.metadata.labels?.tier === 'frontend' && isPodReady(pod));
    for (let step = before; step <= simulation.step; step++) {
      expect(frontends(step).length, `step ${step}`).toBeGreaterThanOrEqual(2);
    }
    expect(frontends(simulation.step).map((pod) => pod.spec.containers[0]?.image)).toEqual(
      Array(3).fill('wordpress:5.4'),
    );
    expect(outputs(simulation).get('drain node-2 --ignore-daemonsets')?.code).toBe(0);
    expectSound(simulation);
  });
});

describe('the gallery', () => {
  it.each(GALLERY)('$name runs to its end', async ({ name, load }) => {
    const text = await load();
    expect(validateText(text)).toEqual([]);
    const { session, problems } = createSession(text);
    expect(problems).toEqual([]);
    const { simulation, scenario } = session as Session;
    expect(scenario.name).toBe(name);
    expect(scenario.title).not.toBe('');
    expect(scenario.description).not.toBe('');
    const result = simulation.run({ timeMs: scenario.durationMs });
    expect(result).toEqual({ stopped: 'time' });
    expectSound(simulation, false);
    for (const [command, { stderr }] of outputs(simulation)) {
      expect(stderr, command).not.toMatch(/unknown (command|flag)|not simulated|cannot be read/i);
    }
  });

  it('has at least eight scenarios with names of their own', () => {
    expect(GALLERY.length).toBeGreaterThanOrEqual(8);
    expect(new Set(GALLERY.map(({ name }) => name)).size).toBe(GALLERY.length);
  });
});
