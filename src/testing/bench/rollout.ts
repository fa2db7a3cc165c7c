/**
 * Benchmark: a Deployment of N replicas is created, gets a new image, and is scaled to 0, to the end each time. Prints one
 * JSON line. Run by `npm run bench`, one process per size.
 */
import { createSimulation } from '../../engine/create-simulation';
import type { Simulation } from '../../engine/simulation';
import { userComponent } from '../../kubectl/user-component';
import { cpuSeconds, peakMiB } from './measure';

const NODES = 20;

function manifest(replicas: number, image: string) {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: {
      replicas,
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: { containers: [{ name: 'app', image, ports: [{ containerPort: 80 }] }] },
      },
    },
  };
}

interface DeploymentStatus {
  readonly updatedReplicas?: number;
  readonly availableReplicas?: number;
  readonly replicas?: number;
}

/** Runs until the Deployment's status is as wanted and its Pods are as many; throws when nothing happens any more. */
function settle(simulation: Simulation, replicas: number, generation: number): void {
  for (let slice = 0; slice < 100_000; slice++) {
    const { stopped, message } = simulation.run({ timeMs: simulation.nowMs + 1000 });
    if (message) throw new Error(message);
    const deployment = simulation.objectAt(simulation.step, 'Deployment', 'default', 'web');
    const status = (deployment?.status ?? {}) as DeploymentStatus & { observedGeneration?: number };
    const isDone =
      (status.observedGeneration ?? 0) >= generation &&
      (status.updatedReplicas ?? 0) === replicas &&
      (status.availableReplicas ?? 0) === replicas &&
      (status.replicas ?? 0) === replicas &&
      (slice % 5 !== 4 ? false : simulation.objectsAt(simulation.step, 'Pod').length === replicas);
    if (isDone) return;
    if (stopped === 'idle') throw new Error('nothing is left to happen, and the Deployment is not done');
  }
  throw new Error('the Deployment did not settle');
}

function main(replicas: number): void {
  const capacity = { cpu: '1000', memory: '4000Gi', pods: '5000' };
  const nodes = Array.from({ length: NODES }, (_, index) => ({ name: `node-${index + 1}`, capacity }));
  const limits = { maxObjects: 1e9, maxStepsPerSecond: 1e9, maxRevisions: 1e9 };
  const config = {
    seed: 1,
    startTime: '2026-01-01T00:00:00Z',
    nodes,
    components: {},
    programs: [],
    inputs: [],
    limits,
  };
  const simulation = createSimulation(config, { components: [userComponent] });
  simulation.run({ timeMs: 1000 });
  const phases: Record<string, number> = {};
  const phase = (name: string, documents: unknown, wanted: number, generation: number): void => {
    const before = process.cpuUsage();
    simulation.act({ to: 'user', kind: 'apply', payload: { documents: [documents] } });
    settle(simulation, wanted, generation);
    phases[name] = cpuSeconds(before);
  };
  phase('createS', manifest(replicas, 'nginx:1.7.9'), replicas, 1);
  phase('updateS', manifest(replicas, 'nginx:1.9.1'), replicas, 2);
  phase('scaleS', manifest(0, 'nginx:1.9.1'), 0, 3);
  const cpuS = Object.values(phases).reduce((sum, seconds) => sum + seconds, 0);
  const result = {
    replicas,
    ...phases,
    cpuS,
    steps: simulation.step,
    virtualS: simulation.nowMs / 1000,
    peakMiB: peakMiB(),
  };
  console.log(JSON.stringify(result));
}

main(Number(process.argv[2] ?? 100));
