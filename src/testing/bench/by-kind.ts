/**
 * Benchmark: N Pods of one kind of workload from their creation until they run, or have run. Prints one JSON line. Run by
 * `npm run bench`, one process per kind.
 */
import type { Deployment } from '../../engine/api/types';
import { createSimulation } from '../../engine/create-simulation';
import type { Simulation } from '../../engine/simulation';
import { userComponent } from '../../kubectl/user-component';
import { cpuSeconds, peakMiB } from './measure';

/** What is made of one kind, and when it is done. */
interface Workload {
  /** How many nodes there are; default 20. */
  readonly nodes?: (pods: number) => number;
  documents(pods: number): readonly object[];
  isDone(simulation: Simulation, pods: number): boolean;
}

const container = { name: 'app', image: 'nginx:1.7.9' };

const claimTemplate = {
  metadata: { name: 'data' },
  spec: {
    accessModes: ['ReadWriteOnce'],
    storageClassName: 'block',
    resources: { requests: { storage: '1Gi' } },
  },
};

/** The template and selector of a workload. */
const selected = {
  selector: { matchLabels: { app: 'web' } },
  template: { metadata: { labels: { app: 'web' } }, spec: { containers: [container] } },
};

const oneOf = (kind: string, spec: object): readonly object[] => [
  { apiVersion: 'apps/v1', kind, metadata: { name: 'web' }, spec: { ...spec, ...selected } },
];

/** Until all Pods are available, then until its deletion has taken them all away. */
function untilGone(simulation: Simulation, kind: string, field: string, pods: number): boolean {
  const object = simulation.objectAt(simulation.step, kind, 'default', 'web');
  const isThere = object?.metadata.deletionTimestamp === undefined;
  if (object && isThere && (object.status as Record<string, unknown>)[field] === pods) {
    const command = `delete ${kind.toLowerCase()} web --wait=false`;
    simulation.act({ to: 'user', kind: 'kubectl', payload: { command } });
  }
  return !object && simulation.objectsAt(simulation.step, 'Pod').length === 0;
}

function statefulSet(podManagementPolicy: string): Workload {
  return {
    documents: (replicas) => oneOf('StatefulSet', { replicas, podManagementPolicy }),
    isDone: (simulation, pods) => untilGone(simulation, 'StatefulSet', 'availableReplicas', pods),
  };
}

const WORKLOADS: Readonly<Record<string, Workload>> = {
  /** Made, made available, and scaled to 0 again: as a Job's Pods, each lives and ends. */
  Deployment: {
    documents: (replicas) => oneOf('Deployment', { replicas }),
    isDone: (simulation, pods) => {
      const deployment = simulation.objectAt(simulation.step, 'Deployment', 'default', 'web');
      const { spec, status } = deployment as Deployment;
      if (spec.replicas === pods && status.availableReplicas === pods) {
        simulation.act({ to: 'user', kind: 'kubectl', payload: { command: 'scale deployment/web --replicas=0' } });
      }
      return spec.replicas === 0 && simulation.objectsAt(simulation.step, 'Pod').length === 0;
    },
  },
  /** All Pods at once. */
  'StatefulSet in parallel': statefulSet('Parallel'),
  /** Each Pod when the one before is ready: a longer time, with more heartbeats. */
  'StatefulSet in order': statefulSet('OrderedReady'),
  /** On as many nodes, and what a Deployment costs there. */
  DaemonSet: {
    nodes: (pods) => pods,
    documents: () => oneOf('DaemonSet', {}),
    isDone: (simulation, pods) => untilGone(simulation, 'DaemonSet', 'numberAvailable', pods),
  },
  'Deployment on as many nodes': {
    nodes: (pods) => pods,
    documents: (replicas) => oneOf('Deployment', { replicas }),
    isDone: (simulation, pods) => untilGone(simulation, 'Deployment', 'availableReplicas', pods),
  },
  /** Each Pod with a claim of its own, for which a volume is made, attached and mounted. */
  'StatefulSet with claims': {
    ...statefulSet('Parallel'),
    documents: (replicas) => [
      {
        apiVersion: 'storage.k8s.io/v1',
        kind: 'StorageClass',
        metadata: { name: 'block' },
        provisioner: 'rook-ceph.rbd.csi.ceph.com',
      },
      ...oneOf('StatefulSet', { replicas, podManagementPolicy: 'Parallel', volumeClaimTemplates: [claimTemplate] }),
    ],
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
      nodes: Array.from({ length: workload.nodes?.(pods) ?? 20 }, (_, index) => ({
        name: `node-${index + 1}`,
        capacity,
      })),
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
