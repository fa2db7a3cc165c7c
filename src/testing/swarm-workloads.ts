/** The swarm's clusters and workloads: Nodes, Deployments with all kinds of strategies and probes, Services, budgets. */
import type { KubeObject } from '../engine/api/meta';
import type { Random } from '../engine/kernel/random';

/** One of these. */
export function pick<T>(random: Random, from: readonly T[]): T {
  return from[random.below(from.length)] as T;
}

/** True once in `times`. */
export const once = (random: Random, times: number): boolean => random.below(times) === 0;

/** How the swarm's images behave. `good` ones always get ready in the end. */
export const PROGRAMS = [
  { image: 'good:*', pull: '800ms', start: '300ms', listen: [{ port: 80, after: '500ms' }] },
  { image: 'slow:*', pull: '4s', start: '1s', listen: [{ port: 80, after: '12s' }], sigterm: { exitAfter: '6s' } },
  { image: 'flaky:*', pull: '1s', listen: [{ port: 80 }], exit: { after: '9s', code: 3 } },
  { image: 'deaf:*', pull: '1s', sigterm: 'ignore', listen: [{ port: 81 }] },
  { image: 'missing:*', pull: { error: 'ErrImagePull' } },
];

const IMAGES = ['good:1', 'good:2', 'good:3', 'slow:1', 'flaky:1', 'deaf:1', 'missing:1'];

/** An image; good ones are likelier. */
export const drawImage = (random: Random): string =>
  once(random, 3) ? pick(random, IMAGES) : `good:${1 + random.below(4)}`;

/** Two to six Nodes in up to three zones, with more room than the workloads need. */
export function drawNodes(
  random: Random,
): { name: string; labels: Record<string, string>; capacity: Record<string, string> }[] {
  return Array.from({ length: 2 + random.below(5) }, (_, index) => ({
    name: `node-${index + 1}`,
    labels: { 'topology.kubernetes.io/zone': `zone-${'abc'.charAt(random.below(3))}` },
    capacity: { cpu: pick(random, ['6', '8', '12']), memory: '32Gi', pods: '110' },
    ...(index > 1 && once(random, 5) ? { joinsAt: `${random.below(60)}s` } : {}),
  }));
}

function drawStrategy(random: Random): object {
  if (once(random, 5)) return { type: 'Recreate' };
  const maxSurge = pick(random, [0, 1, 2, '25%', '50%', '100%']);
  const maxUnavailable = pick(random, maxSurge === 0 ? [1, 2, '40%'] : [0, 1, 2, '25%', '50%', '100%']);
  return { type: 'RollingUpdate', rollingUpdate: { maxSurge, maxUnavailable } };
}

function drawProbes(random: Random): object {
  const probe = {
    httpGet: { path: '/', port: 80 },
    periodSeconds: 1 + random.below(4),
    failureThreshold: 1 + random.below(3),
  };
  return {
    ...(once(random, 3) ? {} : { readinessProbe: { ...probe, initialDelaySeconds: random.below(4) } }),
    ...(once(random, 4) ? { livenessProbe: { ...probe, initialDelaySeconds: 20 } } : {}),
    ...(once(random, 5) ? { startupProbe: { ...probe, failureThreshold: 30 } } : {}),
  };
}

function drawDeployment(random: Random, index: number, nodeCount: number): KubeObject {
  const name = `d${index}`;
  const strategy = drawStrategy(random);
  const hostPort = 'rollingUpdate' in strategy || !once(random, 3) ? {} : { hostPort: 8000 + index };
  const most = 'hostPort' in hostPort ? nodeCount : 7;
  const container = {
    name: 'main',
    image: drawImage(random),
    ports: [{ containerPort: 80, ...hostPort }],
    resources: { requests: { cpu: pick(random, ['50m', '100m', '250m']), memory: '64Mi' } },
    ...drawProbes(random),
    ...(once(random, 5) ? { lifecycle: { preStop: { sleep: { seconds: 1 + random.below(5) } } } } : {}),
  };
  // The API server refuses a preStop sleep that is longer than the grace period.
  const terminationGracePeriodSeconds = 'lifecycle' in container ? 20 : pick(random, [0, 2, 10, 30]);
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, labels: { app: name } },
    spec: {
      replicas: random.below(most),
      strategy,
      selector: { matchLabels: { app: name } },
      minReadySeconds: once(random, 3) ? random.below(6) : 0,
      revisionHistoryLimit: pick(random, [0, 1, 10]),
      progressDeadlineSeconds: pick(random, [30, 600]),
      template: {
        metadata: { labels: { app: name } },
        spec: { terminationGracePeriodSeconds, containers: [container] },
      },
    },
  };
}

function drawBudget(random: Random, name: string, selector: object): KubeObject {
  const bound = pick(random, [
    { minAvailable: 1 },
    { minAvailable: 2 },
    { minAvailable: '50%' },
    { maxUnavailable: 1 },
    { maxUnavailable: '40%' },
    { maxUnavailable: 0 },
  ]);
  const policy = once(random, 3) ? { unhealthyPodEvictionPolicy: 'AlwaysAllow' } : {};
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name },
    spec: { ...bound, ...policy, selector },
  };
}

/** One to four Deployments, most with a Service, many with a budget. */
export function drawWorkloads(random: Random, nodeCount: number): KubeObject[] {
  const documents: KubeObject[] = [];
  const count = 1 + random.below(4);
  for (let index = 1; index <= count; index++) {
    const name = `d${index}`;
    const selector = { app: name };
    documents.push(drawDeployment(random, index, nodeCount));
    if (!once(random, 3)) {
      const spec = { selector, ports: [{ port: 80 }], ...(once(random, 4) ? { clusterIP: 'None' } : {}) };
      documents.push({ apiVersion: 'v1', kind: 'Service', metadata: { name }, spec });
    }
    if (once(random, 2)) documents.push(drawBudget(random, name, { matchLabels: selector }));
  }
  return documents;
}
