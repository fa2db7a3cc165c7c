/**
 * Benchmark: N Pods of one kind of workload from their creation until they run, or have run. Prints one JSON line. Run by
 * `npm run bench`, one process per kind.
 */
import type { Deployment } from '../../engine/api/types';
import { createSimulation } from '../../engine/create-simulation';
import type { Simulation } from '../../engine/simulation';
import { userComponent } from '../../kubectl/user-component';
import { cpuSeconds, peakMiB } from './measure';

const NODES = 20;

/** What is made of one kind, and when it is done. */
interface Workload {
  documents(pods: number): readonly object[];
  isDone(simulation: Simulation, pods: number): boolean;
}

const container = { name: 'app', image: 'nginx:1.7.9' };

const WORKLOADS: Readonly<Record<string, Workload>> = {
  /** Made, made available, and scaled to 0 again: as a Job's Pods, each lives and ends. */
  Deployment: {
    documents: (replicas) => [
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'web' },
        spec: {
          replicas,
          selector: { matchLabels: { app: 'web' } },
          template: { metadata: { labels: { app: 'web' } }, spec: { containers: [container] } },
        },
      },
    ],
    isDone: (simulation, pods) => {
      const deployment = simulation.objectAt(simulation.step, 'Deployment', 'default', 'web');
      const { spec, status } = deployment as Deployment;
      if (spec.replicas === pods && status.availableReplicas === pods) {
        simulation.act({ to: 'user', kind: 'kubectl', payload: { command: 'scale deployment/web --replicas=0' } });
      }
      return spec.replicas === 0 && simulation.objectsAt(simulation.step, 'Pod').length === 0;
    },
  },
  /** One Pod each, until all are complete. */
  Job: {
    documents: (pods) =>
      Array.from({ length: pods }, (_, index) => ({
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: { name: `work-${index}` },
        spec: { template: { spec: { restartPolicy: 'Never', containers: [{ ...container, image: 'task:1' }] } } },
      })),
    isDone: (simulation) =>
      simulation
        .objectsAt(simulation.step, 'Job')
        .every(({ status }) => (status as { completionTime?: string }).completionTime !== undefined),
  },
};

function main(kind: string, pods: number): void {
  const workload = WORKLOADS[kind];
  if (!workload) throw new Error(`nothing is known of ${kind}; there are ${Object.keys(WORKLOADS).join(', ')}`);
  const capacity = { cpu: '1000', memory: '4000Gi', pods: '5000' };
  const simulation = createSimulation(
    {
      seed: 1,
      startTime: '2026-01-01T00:00:00Z',
      nodes: Array.from({ length: NODES }, (_, index) => ({ name: `node-${index + 1}`, capacity })),
      components: {},
      programs: [{ image: 'task:*', exit: { afterMs: 5000, code: 0 } }],
      inputs: [],
      limits: { maxObjects: 1e9, maxStepsPerSecond: 1e9, maxRevisions: 1e9 },
    },
    { components: [userComponent] },
  );
  simulation.run({ timeMs: 1000 });
  const before = process.cpuUsage();
  simulation.act({ to: 'user', kind: 'apply', payload: { documents: workload.documents(pods) } });
  for (let slice = 0; ; slice++) {
    const { message } = simulation.run({ timeMs: simulation.nowMs + 5000 });
    if (message) throw new Error(message);
    if (workload.isDone(simulation, pods)) break;
    if (slice > 10_000) throw new Error('it does not get done');
  }
  const cpuS = cpuSeconds(before);
  console.log(JSON.stringify({ kind, pods, cpuS, steps: simulation.step, peakMiB: peakMiB() }));
}

main(process.argv[2] ?? 'Deployment', Number(process.argv[3] ?? 100));
