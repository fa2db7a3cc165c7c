/**
 * The swarm's clusters and workloads: Nodes, Namespaces, Deployments with all kinds of strategies, probes and places, programs in
 * the small shell, Services, budgets, lone Pods, a kind of its own.
 */
import type { KubeObject } from '../engine/api/meta';
import type { Random } from '../engine/kernel/random';
import { once, pick } from './swarm-draws';
import { relaxed } from './swarm-limits';
import { drawPlacement, drawPriority, type Peer, PRIORITY_CLASSES, ZONES } from './swarm-placement';

/** How the swarm's images behave. `good` ones always get ready in the end. */
export const PROGRAMS = [
  {
    image: 'good:*',
    pull: '800ms',
    start: '300ms',
    listen: [{ port: 80, after: '500ms' }],
    cpu: {
      idle: '40m',
      at: [
        { from: '45s', usage: '120m' },
        { from: '100s', usage: '15m' },
        { from: '170s', usage: '60m' },
      ],
    },
  },
  { image: 'slow:*', pull: '4s', start: '1s', listen: [{ port: 80, after: '12s' }], sigterm: { exitAfter: '6s' } },
  { image: 'flaky:*', pull: '1s', listen: [{ port: 80 }], exit: { after: '9s', code: 3 } },
  { image: 'deaf:*', pull: '1s', sigterm: 'ignore', listen: [{ port: 81 }] },
  { image: 'missing:*', pull: { error: 'ErrImagePull' } },
];

/** Images of {@link PROGRAMS}. */
export const IMAGES = ['good:1', 'good:2', 'good:3', 'slow:1', 'flaky:1', 'deaf:1', 'missing:1'];

/** An image; good ones are likelier. */
export const drawImage = (random: Random): string =>
  once(random, 3) ? pick(random, IMAGES) : `good:${1 + random.below(4)}`;

/** A Node as scenarios write it. */
export interface SwarmNode {
  readonly name: string;
  readonly labels: Record<string, string>;
  readonly capacity: Record<string, string>;
  readonly joinsAt?: string;
  readonly staticPods?: readonly object[];
}

const inZone = (zone: string): Record<string, string> => ({ 'topology.kubernetes.io/zone': zone });

function drawStaticPod(random: Random): object {
  const containers = [{ name: 'main', image: `good:${1 + random.below(3)}`, resources: { requests: { cpu: '20m' } } }];
  const metadata = { name: 'static', namespace: 'kube-system' };
  // What a node can't do without: Pods preempt a static Pod of less priority again and again, as its kubelet brings it back.
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec: { priorityClassName: 'system-node-critical', containers } };
}

/** Two to six Nodes in up to three zones: with more room than the workloads need, or so small that they fill up. */
export function drawNodes(random: Random): SwarmNode[] {
  const isTight = once(random, 2);
  return Array.from({ length: 2 + random.below(5) }, (_, index) => ({
    name: `node-${index + 1}`,
    labels: inZone(pick(random, ZONES)),
    capacity: isTight
      ? { cpu: pick(random, ['300m', '600m', '1']), memory: '1Gi', pods: `${2 + random.below(6)}` }
      : { cpu: pick(random, ['6', '8', '12']), memory: '32Gi', pods: '110' },
    ...(index > 1 && once(random, 5) ? { joinsAt: `${random.below(60)}s` } : {}),
    ...(once(random, 8) ? { staticPods: [drawStaticPod(random)] } : {}),
  }));
}

/** A Node in each zone that comes when people put things right, so that everything finds a place in the end. */
export const spareNodes = (joinsAt: string): SwarmNode[] =>
  ZONES.map((zone, index) => ({
    name: `spare-${index + 1}`,
    labels: inZone(zone),
    capacity: { cpu: '16', memory: '64Gi', pods: '110' },
    joinsAt,
  }));

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

/** What programs in the small shell do. */
const SHELL_TEXTS = [
  'trap "exit 0" TERM; n=0; while true; do n=$((n+1)); echo turn $n > /tmp/turns; sleep 2; done',
  'sleep 3; touch /tmp/ready; sleep 600',
  'echo once; sleep 7; exit 1',
  'touch /tmp/ready; i=0; while [ $i -lt 9 ]; do i=$((i+1)); sleep 1; done; rm /tmp/ready; sleep 4; exit 0',
  'cat /tmp/missing || exit 4',
];

function drawShellContainer(random: Random): object {
  const probe = { exec: { command: ['cat', '/tmp/ready'] }, periodSeconds: 2, failureThreshold: 2 };
  return {
    image: 'busybox:1.36',
    command: ['sh', '-c', pick(random, SHELL_TEXTS)],
    ...(once(random, 2) ? { readinessProbe: probe } : {}),
    ...(once(random, 4) ? { livenessProbe: { ...probe, initialDelaySeconds: 6 } } : {}),
  };
}

function drawImageContainer(random: Random): object {
  return {
    image: drawImage(random),
    ...drawProbes(random),
    ...(once(random, 5) ? { lifecycle: { preStop: { sleep: { seconds: 1 + random.below(5) } } } } : {}),
  };
}

function drawInitContainers(random: Random): object {
  if (!once(random, 5)) return {};
  const sidecar = once(random, 2) ? { restartPolicy: 'Always' } : {};
  const text = 'restartPolicy' in sidecar ? 'trap "exit 0" TERM; while true; do sleep 5; done' : 'sleep 1';
  return { initContainers: [{ name: 'before', image: 'busybox:1.36', command: ['sh', '-c', text], ...sidecar }] };
}

const drawResources = (random: Random): object => ({
  resources: { requests: { cpu: pick(random, ['50m', '100m', '250m']), memory: '64Mi' } },
});

function drawDeployment(random: Random, metadata: object, name: string, peers: readonly Peer[]): KubeObject {
  const strategy = drawStrategy(random);
  const hostPort = 'rollingUpdate' in strategy || !once(random, 3) ? {} : { hostPort: 8000 + Number(name.slice(1)) };
  const { spec: place, most, mostApart = 2 } = drawPlacement(random, name, peers);
  const container = {
    name: 'main',
    ports: [{ containerPort: 80, ...hostPort }],
    ...drawResources(random),
    ...(once(random, 5) ? drawShellContainer(random) : drawImageContainer(random)),
  };
  // The API server refuses a preStop sleep that is longer than the grace period.
  const terminationGracePeriodSeconds = 'lifecycle' in container ? 20 : pick(random, [0, 2, 10, 30]);
  const spec = {
    terminationGracePeriodSeconds,
    ...place,
    ...drawPriority(random),
    ...(once(random, 5) ? { schedulingGates: [{ name: GATE }] } : {}),
    ...drawInitContainers(random),
    containers: [container],
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, ...metadata, labels: { app: name } },
    spec: {
      replicas: random.below(1 + Math.min(most, 'hostPort' in hostPort ? mostApart : most)),
      strategy,
      selector: { matchLabels: { app: name } },
      minReadySeconds: once(random, 3) ? random.below(6) : 0,
      revisionHistoryLimit: pick(random, [0, 1, 10]),
      progressDeadlineSeconds: pick(random, [30, 600]),
      template: { metadata: { labels: { app: name } }, spec },
    },
  };
}

/** The gate that holds back some Pods. */
const GATE = 'swarm.example.com/wait';

function drawLonePod(random: Random, name: string): KubeObject {
  const spec = {
    restartPolicy: pick(random, ['Always', 'OnFailure', 'Never']),
    terminationGracePeriodSeconds: pick(random, [0, 2, 10]),
    ...drawPriority(random),
    ...(once(random, 2) ? { schedulingGates: [{ name: GATE }] } : {}),
    ...drawInitContainers(random),
    containers: [{ name: 'main', ...drawResources(random), ...drawShellContainer(random) }],
  };
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, labels: { app: pick(random, ['d1', 'lone']) } }, spec };
}

function drawBudget(random: Random, metadata: { name: string; namespace?: string }, selector: object): KubeObject {
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
    metadata,
    spec: { ...bound, ...policy, selector },
  };
}

/** A Pod that goes first, and takes the place of others where all is full. */
export function drawUrgentPod(random: Random): KubeObject {
  const spec = {
    priorityClassName: 'high',
    terminationGracePeriodSeconds: 1,
    containers: [{ name: 'main', image: 'good:1', resources: { requests: { cpu: pick(random, ['200m', '300m']) } } }],
  };
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: `urgent-${random.below(3)}` }, spec };
}

/** A kind that people bring along; its objects belong to whatever there is. */
export const WIDGETS: KubeObject = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'widgets.swarm.example.com' },
  spec: {
    group: 'swarm.example.com',
    names: { kind: 'Widget', plural: 'widgets', singular: 'widget', listKind: 'WidgetList' },
    scope: 'Namespaced',
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        subresources: { status: {} },
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: {
              spec: {
                type: 'object',
                properties: { size: { type: 'integer', minimum: 0 }, color: { type: 'string', default: 'red' } },
              },
              status: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
            },
          },
        },
      },
    ],
  },
};

/** One to four Deployments in one or two namespaces, most with a Service, many with a budget; what they need comes first. */
export function drawWorkloads(random: Random): KubeObject[] {
  const documents: KubeObject[] = [...PRIORITY_CLASSES];
  const isSplit = once(random, 3);
  if (isSplit) documents.push({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'other' } });
  if (once(random, 3)) documents.push(WIDGETS);
  const count = 1 + random.below(4);
  const peers: Record<string, Peer[]> = { default: [], other: [] };
  for (let index = 1; index <= count; index++) {
    const name = `d${index}`;
    const namespace = isSplit && once(random, 2) ? 'other' : 'default';
    const place = namespace === 'default' ? {} : { namespace };
    const selector = { app: name };
    const deployment = drawDeployment(random, place, name, peers[namespace] ?? []);
    documents.push(deployment);
    peers[namespace]?.push({ name, hasPods: (deployment.spec as { replicas: number }).replicas > 0 });
    if (!once(random, 3)) {
      const spec = { selector, ports: [{ port: 80 }], ...(once(random, 4) ? { clusterIP: 'None' } : {}) };
      documents.push({ apiVersion: 'v1', kind: 'Service', metadata: { name, ...place }, spec });
    }
    if (once(random, 2)) documents.push(drawBudget(random, { name, ...place }, { matchLabels: selector }));
  }
  if (once(random, 6)) documents.push(drawBudget(random, { name: 'everything' }, {}));
  if (once(random, 3)) documents.push(drawLonePod(random, 'lone'));
  return documents;
}

/** A workload as it is in the end: without gates, and with a program that stays and is found healthy. Lone Pods are left out. */
export function settledDocuments(documents: readonly KubeObject[]): KubeObject[] {
  return documents
    .filter(({ kind }) => kind !== 'Pod')
    .map((document) => {
      if (document.kind === 'ResourceQuota' || document.kind === 'LimitRange') return relaxed(document);
      if (document.kind !== 'Deployment') return document;
      const spec = document.spec as { template: { spec: { containers: { command?: object }[] } } };
      const { schedulingGates: _, ...pod } = spec.template.spec as Record<string, unknown>;
      const containers = spec.template.spec.containers.map((container) => {
        if (!container.command) return container;
        const {
          command: _command,
          readinessProbe: _ready,
          livenessProbe: _live,
          ...rest
        } = container as Record<string, unknown>;
        return { ...rest, image: 'good:1' };
      });
      return { ...document, spec: { ...spec, template: { ...spec.template, spec: { ...pod, containers } } } };
    });
}
