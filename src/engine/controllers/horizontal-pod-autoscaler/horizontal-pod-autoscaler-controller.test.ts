/** Autoscalers in a whole cluster: what the acceptance list says of them, and what cases of a real cluster do not show. */
import { describe, expect, test } from 'vitest';
import { createTerminal } from '../../../testing/terminal';
import { createWorld, type World } from '../../../testing/world';
import type { HorizontalPodAutoscaler } from '../../api/types';
import type { ScalingEvidence } from './evidence';

const NODES = [{ name: 'node-1', capacity: { cpu: '16', memory: '32Gi', pods: '110' } }];

const deployment = (replicas: number, requests = 'cpu: 200m', limits = ''): string => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: wordpress}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: wordpress}}
  template:
    metadata: {labels: {app: wordpress}}
    spec:
      containers:
      - {name: wordpress, image: "wordpress:5", resources: {requests: {${requests}}, limits: {${limits}}}}
`;

const autoscaler = (name: string, spec: string): string => `
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: ${name}}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: wordpress}
  ${spec}
`;
const CPU_20 =
  'metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 20}}}]';
const WORDPRESS = autoscaler('wordpress', `minReplicas: 3\n  maxReplicas: 6\n  ${CPU_20}`);

/** Load between two moments. */
const load = (fromS: number, toS: number, usage = 196) => [
  {
    image: 'wordpress:*',
    pull: 1000,
    startMs: 500,
    listen: [{ port: 80 }],
    usage: {
      idleMilli: 5,
      cpuSteps: [
        { fromMs: fromS * 1000, usage },
        { fromMs: toS * 1000, usage: 5 },
      ],
    },
  },
];

const hpa = (world: World, name = 'wordpress'): HorizontalPodAutoscaler =>
  world.get('HorizontalPodAutoscaler', 'default', name);
const reasons = (world: World, name?: string): string[] =>
  (hpa(world, name).status.conditions ?? []).map(({ type, status, reason }) => `${type} ${status} ${reason}`);
const replicas = (world: World): number | undefined =>
  (world.get('Deployment', 'default', 'wordpress').spec as { replicas?: number }).replicas;

describe('wordpress under load', () => {
  const terminal = createTerminal({
    nodes: NODES,
    programs: load(32, 90),
    documents: `${deployment(3)}---${WORDPRESS}`,
  });
  const { world } = terminal;
  const targets = (): string => terminal.run('get hpa --no-headers').stdout.replace(/\s+/g, ' ').trim();

  test('is not known at first, then 98 % of the requests, and runs into the maximum', () => {
    world.runUntil(10_000);
    expect(targets()).toBe('wordpress Deployment/wordpress cpu: <unknown>/20% 3 6 0 10s');
    world.runUntil(31_000);
    expect(targets()).toContain('cpu: 2%/20% 3 6 3');
    world.runUntil(50_000);
    expect(replicas(world)).toBe(6);
    expect(reasons(world)).toEqual([
      'AbleToScale True SucceededRescale',
      'ScalingActive True ValidMetricFound',
      'ScalingLimited True TooManyReplicas',
    ]);
    world.runUntil(75_000);
    expect(targets()).toContain('cpu: 98%/20% 3 6 6');
    const messages = world.events().map((event) => (event as unknown as { message: string }).message);
    expect(messages).toContain('New size: 6; reason: cpu resource utilization (percentage of request) above target');
    expect(terminal.run('describe hpa wordpress').stdout).toContain(
      'resource cpu on pods  (as a percentage of request):  98% (196m) / 20%',
    );
  });

  test('says why, with numbers', () => {
    const step = world.steps().find(({ verb, actor }) => verb === 'scale' && actor.startsWith('horizontal'));
    expect(step?.message).toBe(
      'HorizontalPodAutoscaler wordpress: cpu 98 % of the requests used, target 20 % asks for 15, at most 6; Deployment wordpress from 3 to 6',
    );
    const evidence = world.simulation.detailAt(step?.step ?? 0) as ScalingEvidence;
    expect(evidence).toMatchObject({ current: 3, replicas: 6, wanted: 15, utilization: 98, limit: 'TooManyReplicas' });
  });

  test('comes down 300 s after the load, and a scale by hand is taken back', () => {
    world.runUntil(200_000);
    world.client.scale('Deployment', 'default', 'wordpress', 9);
    world.runUntil(216_000);
    expect(replicas(world)).toBe(6);
    world.runUntil(390_000);
    expect(replicas(world)).toBe(6);
    expect(reasons(world)[0]).toBe('AbleToScale True ScaleDownStabilized');
    world.runUntil(410_000);
    expect(replicas(world)).toBe(3);
    expect(targets()).toContain('cpu: 2%/20% 3 6');
  });
});

test('without requests the target stays unknown for ever', () => {
  const documents = `${deployment(3, 'memory: 10Mi')}---${WORDPRESS}`;
  const world = createWorld({ nodes: NODES, programs: load(0, 900), documents });
  world.runUntil(120_000);
  expect(replicas(world)).toBe(3);
  expect(reasons(world)).toContain('ScalingActive False FailedGetResourceMetric');
  expect(hpa(world).status.conditions?.[1]?.message).toContain('missing request for cpu in container wordpress of Pod');
});

test('what is used beyond the limit is throttled', () => {
  const documents = deployment(1, 'cpu: 100m', 'cpu: 150m');
  const { run, world } = createTerminal({ nodes: NODES, programs: load(0, 900, 900), documents });
  world.runUntil(20_000);
  expect(run('top pods --no-headers').stdout).toMatch(/^wordpress-\S+ +150m +8Mi/);
  const raw = run('get --raw /apis/metrics.k8s.io/v1beta1/namespaces/default/pods').stdout;
  expect(JSON.parse(raw)).toMatchObject({
    kind: 'PodMetricsList',
    items: [{ window: '10s', containers: [{ name: 'wordpress', usage: { cpu: '150m', memory: '8Mi' } }] }],
  });
});

test('two autoscalers on one target stop each other', () => {
  const second = autoscaler('second', `maxReplicas: 9\n  ${CPU_20}`);
  const documents = `${deployment(3)}---${WORDPRESS}---${second}`;
  const world = createWorld({ nodes: NODES, programs: load(0, 900), documents });
  world.runUntil(40_000);
  expect(reasons(world)).toContain('ScalingActive False AmbiguousSelector');
  expect(hpa(world, 'second').status.conditions?.[1]?.message).toBe(
    'pods by selector app=wordpress are controlled by multiple HPAs: [default/second default/wordpress]',
  );
});

test('metrics that need an adapter are stored, and answered as in a cluster without one', () => {
  const metrics =
    'metrics: [{type: Pods, pods: {metric: {name: rps}, target: {type: AverageValue, averageValue: "10"}}}]';
  const documents = `${deployment(3)}---${autoscaler('wordpress', `maxReplicas: 6\n  ${metrics}`)}`;
  const world = createWorld({ nodes: NODES, programs: load(0, 900), documents });
  world.runUntil(40_000);
  expect(hpa(world).status.conditions?.[1]).toMatchObject({
    reason: 'FailedGetPodsMetric',
    message:
      'the HPA was unable to compute the replica count: unable to get metric rps: unable to fetch metrics from custom metrics API: no custom metrics API (custom.metrics.k8s.io) registered',
  });
});

test('a cluster without a metrics server says what is missing', () => {
  const { run, world } = createTerminal({
    nodes: NODES,
    programs: [{ image: 'wordpress:*' }],
    documents: `${deployment(3)}---${WORDPRESS}`,
  });
  world.runUntil(20_000);
  expect(run('top pods').stderr).toBe('error: Metrics API not available\n');
  expect(hpa(world).status.conditions?.[1]?.message).toContain(
    'the server could not find the requested resource (get pods.metrics.k8s.io)',
  );
});

test('a custom kind is known half a minute after it came, and a resource whose selector cannot be read is not scaled', () => {
  const { run, world } = createTerminal({ nodes: NODES });
  run(
    'apply -f -',
    `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: fleets.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {plural: fleets, kind: Fleet}
  versions:
  - name: v1
    served: true
    storage: true
    subresources:
      scale: {specReplicasPath: .spec.replicas, statusReplicasPath: .status.replicas, labelSelectorPath: .status.selector}
    schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
`,
  );
  world.runFor(1000);
  const fleet = 'apiVersion: example.com/v1\nkind: Fleet\nmetadata: {name: wordpress}\n';
  run('apply -f -', `${fleet}spec: {replicas: 3}\nstatus: {replicas: 3, selector: "app in ("}\n`);
  run('apply -f -', deployment(1));
  run('apply -f -', WORDPRESS.replace('apps/v1, kind: Deployment', 'example.com/v1, kind: Fleet'));
  world.runFor(20_000);
  expect(reasons(world)).toEqual(['AbleToScale False FailedGetScale']);
  expect(hpa(world).status.conditions?.[0]?.message).toMatch('no matches for kind "Fleet" in group "example.com"');
  world.runFor(20_000);
  expect(reasons(world)).toEqual(['AbleToScale True SucceededGetScale', 'ScalingActive False InvalidSelector']);
  const [condition] = (hpa(world).status.conditions ?? []).filter(({ type }) => type === 'ScalingActive');
  expect(condition?.message).toMatch(/^couldn't convert selector into a corresponding internal selector object: ./);
});
