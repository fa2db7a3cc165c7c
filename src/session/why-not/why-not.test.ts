import { describe, expect, test } from 'vitest';
import type { Deployment } from '../../engine/api/types';
import { createSession } from '../create-session';
import type { Reference, Said } from './said';
import { type WhyNot, whyNotSearch } from './why-not';

const SCENARIO = (nodes: string, more = '') => `apiVersion: kubestep.dev/v1alpha1
kind: Scenario
metadata: {name: t}
spec:
  duration: 3m
  nodes: [${nodes}]
${more}`;

const deployment = (name: string, replicas: number, spec: string, more = '') => `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  replicas: ${replicas}
${more}  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: ${spec}
`;

const asking = (cpu: string, more = '') =>
  `{containers: [{name: app, image: "nginx:1.27", resources: {requests: {cpu: ${cpu}}}}]${more}}`;

interface Wanted {
  readonly kind: string;
  readonly name?: string;
  readonly atMs?: number;
}

/** Asks about an object (the first of its kind) at a time, with every change tried. */
function ask(text: string, { kind, name, atMs = 20_000 }: Wanted): WhyNot {
  const { session, problems } = createSession(text);
  expect(problems).toEqual([]);
  const { simulation } = session!;
  simulation.run({ timeMs: atMs });
  const { step } = simulation;
  const found = simulation.objectsAt(step, kind).find(({ metadata, spec }) => {
    const { nodeName } = (spec ?? {}) as { nodeName?: string };
    return name ? metadata.name === name : kind !== 'Pod' || !nodeName;
  });
  const about: Reference = {
    kind,
    namespace: found?.metadata.namespace ?? '',
    name: name ?? found?.metadata.name ?? '',
  };
  const before = simulation.step;
  const search = whyNotSearch(simulation, { about, at: { step, timeMs: atMs }, tries: true }, () => undefined);
  for (;;) {
    const answer = search();
    if (answer === undefined) continue;
    expect(simulation.step, 'a question moves nothing').toBe(before);
    if (!answer) throw new Error('nothing is missing');
    return answer;
  }
}

const keysOf = (said: readonly Said[]) => said.map(({ key }) => key);
const helpful = ({ remedies }: WhyNot) => remedies.filter(({ trial }) => trial?.helps).map(({ said }) => said);
const useless = ({ remedies }: WhyNot) => remedies.filter(({ trial }) => !trial?.helps).map(({ said }) => said.key);

describe('a Pod on no node', () => {
  test('too little CPU: the numbers of each node, and the most that still fits', () => {
    const nodes = '{name: a, capacity: {cpu: "2", memory: 4Gi}}, {name: b, capacity: {cpu: "1", memory: 4Gi}}';
    const answer = ask(`${SCENARIO(nodes)}${deployment('web', 1, asking('3'))}`, { kind: 'Pod' });
    expect(answer.sentences).toContainEqual({
      key: 'pod.room',
      values: { resource: 'cpu', need: '3', free: '2', node: 'a' },
    });
    expect(answer.verdicts).toEqual([
      {
        kind: 'Node',
        name: 'a',
        reasons: [{ key: 'verdict.room', values: { resource: 'cpu', need: '3', free: '2', full: '2' } }],
      },
      {
        kind: 'Node',
        name: 'b',
        reasons: [{ key: 'verdict.room', values: { resource: 'cpu', need: '3', free: '1', full: '1' } }],
      },
    ]);
    expect(helpful(answer)).toEqual([
      { key: 'fix.request', values: { container: 'app', resource: 'cpu', from: '3', to: '2' } },
    ]);
  });

  test('what one Pod may ask for is too much for all of them', () => {
    const answer = ask(`${SCENARIO('{name: a, capacity: {cpu: "4"}}')}${deployment('web', 6, asking('1500m'))}`, {
      kind: 'Pod',
    });
    expect(useless(answer)).toContain('fix.request');
    expect(helpful(answer)).toContainEqual({
      key: 'fix.fewer',
      values: { target: 'deployment/web', count: 2, from: 6 },
    });
  });

  test('a taint is tolerated or taken away', () => {
    const nodes = '{name: a, taints: [{key: gpu, value: "yes", effect: NoSchedule}]}';
    const answer = ask(`${SCENARIO(nodes)}${deployment('web', 1, asking('1'))}`, { kind: 'Pod' });
    expect(answer.verdicts[0]?.reasons).toEqual([{ key: 'verdict.taint', values: { taint: 'gpu=yes:NoSchedule' } }]);
    expect(keysOf(helpful(answer))).toEqual(['fix.tolerate', 'fix.untaint']);
    expect(answer.alone?.helps).toBe(false);
  });

  test('a bare Pod is made anew with a toleration', () => {
    const nodes = '{name: a, taints: [{key: gpu, effect: NoSchedule}]}';
    const pod = `---\napiVersion: v1\nkind: Pod\nmetadata: {name: one}\nspec: ${asking('1')}\n`;
    const answer = ask(`${SCENARIO(nodes)}${pod}`, { kind: 'Pod' });
    expect(keysOf(helpful(answer))).toEqual(['fix.tolerate', 'fix.untaint']);
  });

  test('a label that no node has', () => {
    const answer = ask(`${SCENARIO('{name: a}')}${deployment('web', 1, asking('1', ', nodeSelector: {disk: ssd}'))}`, {
      kind: 'Pod',
    });
    expect(answer.verdicts[0]?.reasons).toEqual([{ key: 'verdict.labels', values: { labels: 'disk=ssd' } }]);
    expect(helpful(answer)).toEqual([{ key: 'fix.label', values: { node: 'a', labels: 'disk=ssd' } }]);
  });

  test('a cordoned node', () => {
    const actions = '  actions: [{at: 1s, kubectl: cordon a}, {at: 5s, kubectl: run one --image=nginx}]\n';
    const answer = ask(SCENARIO('{name: a}', actions), { kind: 'Pod' });
    expect(helpful(answer)).toEqual([{ key: 'fix.uncordon', values: { node: 'a' } }]);
  });

  test('a gate', () => {
    const pod = `---\napiVersion: v1\nkind: Pod\nmetadata: {name: one}\nspec: ${asking('1', ', schedulingGates: [{name: example.com/wait}]')}\n`;
    const answer = ask(`${SCENARIO('{name: a}')}${pod}`, { kind: 'Pod' });
    expect(keysOf(answer.sentences)).toEqual(['pod.gated']);
    expect(keysOf(helpful(answer))).toEqual(['fix.gate']);
  });
});

describe('a Pod on no node, and no number keeps it off', () => {
  const pod = (name: string, spec: string) =>
    `---\napiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec: ${spec}\n`;

  test('a resource that no node has: without it, or a node offers it', () => {
    const gpu = pod('one', '{containers: [{name: app, image: nginx, resources: {limits: {example.com/gpu: 1}}}]}');
    const answer = ask(`${SCENARIO('{count: 2}')}${gpu}`, { kind: 'Pod' });
    expect(helpful(answer)).toEqual([
      { key: 'fix.without', values: { container: 'app', resource: 'example.com/gpu' } },
      { key: 'fix.advertise', values: { node: 'node-1', amount: '1', resource: 'example.com/gpu' } },
    ]);
  });

  test('more of a resource than a node has: less of it', () => {
    const acts =
      '  actions: [{at: 1s, kubectl: "patch node a --subresource=status -p \'{\\"status\\":{\\"capacity\\":{\\"example.com/gpu\\":\\"1\\"},\\"allocatable\\":{\\"example.com/gpu\\":\\"1\\"}}}\'"}]\n';
    const spec = '{containers: [{name: app, image: nginx, resources: {limits: {example.com/gpu: 2}}}]}';
    const answer = ask(`${SCENARIO('{name: a}', acts)}${deployment('web', 1, spec)}`, { kind: 'Pod' });
    expect(helpful(answer)[0]).toEqual({
      key: 'fix.request',
      values: { container: 'app', resource: 'example.com/gpu', from: '2', to: '1' },
    });
  });

  test('who only has a limit is asked for less as well', () => {
    const spec = '{containers: [{name: app, image: nginx, resources: {limits: {cpu: "3"}}}]}';
    const answer = ask(`${SCENARIO('{name: a, capacity: {cpu: "2"}}')}${deployment('web', 1, spec)}`, { kind: 'Pod' });
    expect(keysOf(helpful(answer))).toEqual(['fix.request']);
  });

  test('another scheduler: the one that runs', () => {
    const other = pod('one', '{schedulerName: mine, containers: [{name: app, image: nginx}]}');
    const acts = '  actions: [{at: 1s, kubectl: cordon a}]\n';
    const answer = ask(`${SCENARIO('{name: a}, {name: b}', acts)}${other}`, { kind: 'Pod' });
    expect(answer.remedies.map(({ said }) => said)).toEqual([
      { key: 'fix.scheduler', values: { target: 'pod/one', name: 'default-scheduler' } },
    ]);
    expect(keysOf(helpful(answer))).toEqual(['fix.scheduler']);
  });

  test('a port that another Pod holds on the only node that it wants: no second node is given the name of that one', () => {
    const ports = 'containers: [{name: app, image: nginx, ports: [{containerPort: 80, hostPort: 8080}]}]';
    const holder = pod('holder', `{nodeName: b, ${ports}}`);
    const wanting = pod('one', `{nodeSelector: {kubernetes.io/hostname: b}, ${ports}}`);
    const answer = ask(`${SCENARIO('{name: a}, {name: b}')}${holder}${wanting}`, { kind: 'Pod', name: 'one' });
    expect(answer.verdicts.find(({ name }) => name === 'b')?.reasons).toEqual([
      { key: 'verdict.port', values: { port: 8080, pod: 'holder' } },
    ]);
    expect(helpful(answer)).toEqual([
      { key: 'fix.free', values: { pod: 'holder', port: 8080 } },
      { key: 'fix.hostPort', values: { target: 'pod/one', ports: '8080' } },
      { key: 'fix.selector', values: { target: 'pod/one', labels: 'kubernetes.io/hostname=b' } },
    ]);
    expect(useless(answer)).toEqual([]);
  });

  test('replicas that hold a port from one another: none of them is deleted', () => {
    const spec = '{containers: [{name: app, image: nginx, ports: [{containerPort: 80, hostPort: 8080}]}]}';
    const answer = ask(`${SCENARIO('{name: a}')}${deployment('web', 2, spec)}`, { kind: 'Pod' });
    expect(keysOf(helpful(answer))).toEqual(['fix.hostPort', 'fix.fewer']);
  });

  test('a node affinity that none meets', () => {
    const terms =
      'affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: disk, operator: In, values: [ssd]}]}]}}}';
    const answer = ask(`${SCENARIO('{name: a}')}${deployment('web', 1, asking('1', `, ${terms}`))}`, { kind: 'Pod' });
    expect(helpful(answer)).toEqual([{ key: 'fix.affinity', values: { target: 'deployment/web' } }]);
  });

  test('nodes that are full: one more like them', () => {
    const answer = ask(
      `${SCENARIO('{name: a, capacity: {cpu: "2"}, labels: {disk: ssd}}')}${deployment('web', 2, asking('2', ', nodeSelector: {disk: ssd}'))}`,
      { kind: 'Pod' },
    );
    expect(helpful(answer)).toContainEqual({ key: 'fix.node', values: { node: 'a' } });
  });
});

describe('where one change is not enough, two are tried', () => {
  const bothOf = ({ remedies }: WhyNot) =>
    remedies.filter(({ trial }) => trial?.helps).map(({ said, also }) => [said.key, also?.said.key]);

  test('for the only node, which is cordoned and tainted', () => {
    const acts = '  actions: [{at: 1s, kubectl: cordon a}]\n';
    const nodes = '{name: a, taints: [{key: gpu, effect: NoSchedule}]}';
    const pod = `---\napiVersion: v1\nkind: Pod\nmetadata: {name: one}\nspec: ${asking('1')}\n`;
    const answer = ask(`${SCENARIO(nodes, acts)}${pod}`, { kind: 'Pod', name: 'one' });
    expect(bothOf(answer)).toEqual([
      ['fix.uncordon', 'fix.tolerate'],
      ['fix.uncordon', 'fix.untaint'],
    ]);
    expect(useless(answer)).toEqual(['fix.uncordon', 'fix.tolerate', 'fix.untaint']);
  });

  test('for a node that is tainted and too small', () => {
    const nodes = '{name: a, capacity: {cpu: "2"}, taints: [{key: gpu, effect: NoSchedule}]}';
    const answer = ask(`${SCENARIO(nodes)}${deployment('web', 1, asking('3'))}`, { kind: 'Pod' });
    expect(bothOf(answer)).toContainEqual(['fix.untaint', 'fix.request']);
  });
});

describe('a rollout of the first revision', () => {
  const OLD = ['rollout.bounds', 'rollout.full', 'rollout.needed'];

  test('whose probe asks a port on which nobody answers', () => {
    const probe = 'readinessProbe: {httpGet: {path: /, port: 81}, periodSeconds: 2}';
    const text = `${SCENARIO('{name: a}')}${deployment('web', 2, `{containers: [{name: app, image: nginx, ${probe}}]}`)}`;
    const answer = ask(text, { kind: 'Deployment' });
    const values = { container: 'app', probe: 'readinessProbe' };
    expect(helpful(answer)).toEqual([
      { key: 'fix.probePort', values: { ...values, from: 81, to: 80 } },
      { key: 'fix.noProbe', values },
    ]);
    expect(useless(answer)).toEqual([]);
    expect(keysOf(answer.sentences).filter((key) => OLD.includes(key))).toEqual([]);
  });

  test('whose probe asks for a path that is not there', () => {
    const probe = 'readinessProbe: {httpGet: {path: /ready, port: 80}, periodSeconds: 2}';
    const text = `${SCENARIO('{name: a}')}${deployment('web', 1, `{containers: [{name: app, image: nginx, ${probe}}]}`)}`;
    expect(keysOf(helpful(ask(text, { kind: 'Deployment' })))).toEqual(['fix.probePath', 'fix.noProbe']);
  });

  test('whose image can not be had: one without the tag', () => {
    const spec = '{containers: [{name: app, image: "nginx:doesnotexist"}]}';
    const answer = ask(`${SCENARIO('{name: a}')}${deployment('web', 3, spec)}`, { kind: 'Deployment' });
    expect(helpful(answer)).toEqual([{ key: 'fix.image', values: { container: 'app', image: 'nginx' } }]);
    expect(useless(answer)).toEqual([]);
  });

  test('that needs more memory than it may have', () => {
    const programs = '  programs: [{image: "nginx:*", memory: {base: 100Mi}}]\n';
    const spec = '{containers: [{name: app, image: "nginx:1.27", resources: {limits: {memory: 64Mi}}}]}';
    const answer = ask(`${SCENARIO('{name: a}', programs)}${deployment('web', 1, spec)}`, { kind: 'Deployment' });
    expect(helpful(answer)).toContainEqual({
      key: 'fix.memory',
      values: { container: 'app', from: '64Mi', to: '128Mi' },
    });
  });
});

describe('a Pod that does not run', () => {
  test('its ConfigMap is not there', () => {
    const spec = '{containers: [{name: app, image: "nginx:1.27", envFrom: [{configMapRef: {name: settings}}]}]}';
    const answer = ask(`${SCENARIO('{name: a}')}${deployment('web', 1, spec)}`, { kind: 'Deployment' });
    expect(answer.sentences).toContainEqual({ key: 'pod.missing', values: { kind: 'ConfigMap', name: 'settings' } });
    expect(helpful(answer)[0]).toEqual({ key: 'fix.create', values: { kind: 'ConfigMap', name: 'settings' } });
  });

  test('its image cannot be pulled: only going back helps', () => {
    const scenario = SCENARIO(
      '{count: 2}',
      `  programs: [{image: "ngnix:*", pull: {error: ErrImagePull}}]
  actions: [{at: 10s, kubectl: set image deployment/web app=ngnix:1}]
`,
    );
    const answer = ask(`${scenario}${deployment('web', 3, asking('100m'))}`, { kind: 'Deployment', atMs: 40_000 });
    expect(answer.sentences).toContainEqual({
      key: 'rollout.bounds',
      values: { most: 4, least: 3, desired: 3, surge: 1, unavailable: 0 },
    });
    expect(answer.sentences).toContainEqual({ key: 'rollout.full', values: { total: 4, most: 4 } });
    expect(answer.sentences.some(({ key }) => key === 'pod.imageAgain')).toBe(true);
    expect(keysOf(helpful(answer))).toEqual(['fix.undo']);
    expect(useless(answer)).toEqual(['fix.image', 'fix.unavailable', 'fix.surge']);
  });
});

test.each([
  [
    'that is left to another controller',
    'managedBy: example.com/runner',
    'job.left',
    { manager: 'example.com/runner' },
  ],
  ['that is suspended', 'suspend: true', 'job.suspended', {}],
])('a Job %s makes no Pods', (_what, spec, key, values) => {
  const job = `apiVersion: batch/v1
kind: Job
metadata: {name: once}
spec:
  ${spec}
  template: {spec: {restartPolicy: Never, containers: [{name: app, image: busybox, command: ["true"]}]}}
`;
  const answer = ask(`${SCENARIO('{name: a}')}---\n${job}`, { kind: 'Job', name: 'once' });
  expect(answer.sentences).toEqual([{ key, values }]);
  expect(answer.isNobodys).toBe(key === 'job.left');
  expect(keysOf(helpful(answer))).toEqual(key === 'job.left' ? [] : ['fix.unsuspend']);
});

describe('a Pod whose container has ended', () => {
  const ending = (command: string, more = '') =>
    `${SCENARIO('{name: a}')}---
apiVersion: v1
kind: Pod
metadata: {name: ends}
spec: {containers: [{name: app, image: busybox, command: [sh, -c, "${command}"]}, {name: web, image: nginx}]${more}}
`;

  test.each([
    ['with an error, and waits', 'sleep 3; exit 3', '', 3, 'Error', 20_000, 'pod.backOff'],
    ['well, and waits all the same', 'sleep 5', '', 0, 'Completed', 35_000, 'pod.backOff'],
    ['and is about to be started again', 'sleep 3; exit 3', '', 3, 'Error', 9_100, 'pod.again'],
    ['with an error, and is left', 'sleep 3; exit 3', ', restartPolicy: Never', 3, 'Error', 20_000, 'pod.left'],
    ['well, and is left', 'sleep 3', ', restartPolicy: OnFailure', 0, 'Completed', 20_000, 'pod.left'],
  ])('%s', (_how, command, more, code, reason, atMs, key) => {
    const { sentences } = ask(ending(command, more), { kind: 'Pod', name: 'ends', atMs });
    const said = sentences.find(({ values }) => values.name === 'app');
    expect(said).toMatchObject({ key, values: { name: 'app', code, reason } });
    if (key === 'pod.backOff') expect(Number(said?.values.atMs)).toBeGreaterThan(atMs);
  });
});

describe('a rollout that waits', () => {
  test('for room: one Pod more fits nowhere, so one may be unavailable', () => {
    const scenario = SCENARIO(
      '{name: a, capacity: {cpu: "2"}}',
      '  actions: [{at: 10s, kubectl: set image deployment/web app=nginx:1.28}]\n',
    );
    const strategy = '  strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}\n';
    const answer = ask(`${scenario}${deployment('web', 2, asking('1'), strategy)}`, {
      kind: 'Deployment',
      atMs: 40_000,
    });
    expect(keysOf(helpful(answer))).toContain('fix.unavailable');
    expect(useless(answer)).toContain('fix.surge');
  });

  test('for a Pod that runs and is not ready: what its probe says', () => {
    const acts =
      '  programs: [{image: "shop:v2", listen: [{port: 80, after: 1h}]}]\n  actions: [{at: 10s, kubectl: set image deployment/web app=shop:v2}]\n';
    const probe = 'readinessProbe: {tcpSocket: {port: 80}, periodSeconds: 1}';
    const spec = `{containers: [{name: app, image: "shop:v1", ports: [{containerPort: 80}], ${probe}}]}`;
    const answer = ask(`${SCENARIO('{name: a}', acts)}${deployment('web', 2, spec)}`, {
      kind: 'Deployment',
      atMs: 30_000,
    });
    expect(keysOf(answer.sentences).slice(-2)).toEqual(['rollout.pod', 'pod.unready']);
    expect(answer.sentences.at(-1)?.values.message).toMatch(
      /^Readiness probe failed: dial tcp .*:80: connect: connection refused$/,
    );
  });

  test('for nobody: it is paused', () => {
    const scenario = SCENARIO(
      '{name: a}',
      '  actions: [{at: 10s, kubectl: rollout pause deployment/web}, {at: 11s, kubectl: set image deployment/web app=nginx:1.28}]\n',
    );
    const answer = ask(`${scenario}${deployment('web', 2, asking('100m'))}`, { kind: 'Deployment', atMs: 30_000 });
    expect(keysOf(answer.sentences)).toContain('rollout.paused');
    expect(keysOf(helpful(answer))).toEqual(['fix.resume']);
  });

  test('for containers that start: it goes on by itself, and no change is said to help that is not faster', () => {
    const acts =
      '  actions: [{at: 10s, kubectl: set image deployment/web app=nginx:1.28}, {at: 20s, kubectl: delete deployment web}]\n';
    const text = `${SCENARIO('{count: 2}', acts)}${deployment('web', 3, asking('100m'))}`;
    const answer = ask(text, { kind: 'Deployment', atMs: 11_000 });
    const { simulation } = createSession(text).session!;
    simulation.run({ timeMs: 11_000 });
    let step = simulation.step;
    simulation.run({ timeMs: 19_000 });
    const isComplete = () => {
      const { status } = simulation.objectAt(step, 'Deployment', 'default', 'web') as unknown as Deployment;
      return [status?.replicas, status?.updatedReplicas, status?.availableReplicas].every((count) => count === 3);
    };
    while (!isComplete()) step += 1;
    expect(answer.alone).toMatchObject({ helps: true, after: 0, tookMs: simulation.traceAt(step).time - 11_000 });
    for (const { trial } of answer.remedies) {
      expect(trial!.helps).toBe(trial!.after === 0 && trial!.tookMs < answer.alone!.tookMs);
    }
  });

  test('for what the scenario does later: that, and when, is said; what it does besides is not blamed', () => {
    const acts = (later: string) =>
      SCENARIO('{name: a}', `  actions: [{at: 30s, kubectl: get pods}, {at: 40s, ${later}}]\n`);
    const text = `${acts('kubectl: set resources deployment web --requests=cpu=1')}${deployment('web', 2, asking('6'))}`;
    expect(ask(text, { kind: 'Deployment' }).alone).toMatchObject({
      helps: true,
      act: { atMs: 40_000, message: 'kubectl set resources deployment web --requests=cpu=1' },
    });
    const starting = `${acts('kubectl: get pods')}${deployment('web', 3, asking('100m'))}`;
    const { alone } = ask(starting, { kind: 'Deployment', atMs: 1_000 });
    expect(alone).toMatchObject({ helps: true });
    expect(alone).not.toHaveProperty('act');
  });

  test('for a quota', () => {
    const quota = '---\napiVersion: v1\nkind: ResourceQuota\nmetadata: {name: q}\nspec: {hard: {pods: "1"}}\n';
    const answer = ask(`${SCENARIO('{name: a}')}${quota}${deployment('web', 3, asking('100m'))}`, {
      kind: 'Deployment',
    });
    expect(helpful(answer)[0]).toEqual({
      key: 'fix.quota',
      values: { resource: 'pods', name: 'q', from: '1', to: '3' },
    });
  });
});

describe('a drain that blocks', () => {
  const budget =
    '---\napiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: web}\nspec: {minAvailable: 2, selector: {matchLabels: {app: web}}}\n';
  const text = `${SCENARIO('{count: 2}', '  actions: [{at: 10s, kubectl: drain node-1}]\n')}${budget}${deployment('web', 2, asking('100m'))}`;

  test.each([
    ['the node', { kind: 'Node', name: 'node-1' }],
    ['the budget', { kind: 'PodDisruptionBudget', name: 'web' }],
  ])('asked of %s: one more replica, or a budget of one less', (_which, wanted) => {
    const answer = ask(text, wanted);
    expect(answer.sentences).toContainEqual({
      key: 'drain.budget',
      values: { name: 'web', healthy: 2, count: 2, needed: 2, allowed: 0 },
    });
    expect(helpful(answer)).toEqual([
      { key: 'fix.scale', values: { target: 'deployment/web', from: 2, to: 3 } },
      { key: 'fix.minAvailable', values: { name: 'web', from: 2, to: 1 } },
    ]);
  });
});

test('a drain that waits for Pods that are never ready: their budget lets such go', () => {
  const acts = '  actions: [{at: 20s, kubectl: drain node-1}]\n';
  const budget =
    '---\napiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: web}\nspec: {minAvailable: 1, selector: {matchLabels: {app: web}}}\n';
  const spec =
    '{nodeSelector: {kubernetes.io/hostname: node-1}, containers: [{name: app, image: nginx, readinessProbe: {exec: {command: ["false"]}}}]}';
  const answer = ask(`${SCENARIO('{count: 2}', acts)}${budget}${deployment('web', 1, spec)}`, {
    kind: 'Node',
    name: 'node-1',
    atMs: 30_000,
  });
  expect(helpful(answer)).toContainEqual({ key: 'fix.unhealthy', values: { name: 'web' } });
});

describe('a drain that blocks, and nothing else has room', () => {
  const text = (least: number) =>
    `${SCENARIO('{name: a}, {name: b, taints: [{key: gpu, effect: NoSchedule}]}', '  actions: [{at: 10s, kubectl: drain a}]\n')}---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {minAvailable: ${least}, selector: {matchLabels: {app: web}}}
${deployment('web', 2, asking('100m'))}`;

  test('of one that may go, another node takes what is evicted', () => {
    const answer = ask(text(1), { kind: 'Node', name: 'a' });
    expect(keysOf(helpful(answer))).toEqual(['fix.minAvailable', 'fix.tolerate', 'fix.untaint']);
  });

  test('where none may go: a budget for all of them, and what the others lack is said', () => {
    const answer = ask(text(2), { kind: 'Node', name: 'a' });
    expect(helpful(answer)).toEqual([
      { key: 'fix.minAvailable', values: { name: 'web', from: 2, to: 0 } },
      { key: 'fix.tolerate', values: { target: 'deployment/web', taint: 'gpu:NoSchedule' } },
    ]);
    const partly = answer.remedies.find(({ said }) => said.key === 'fix.minAvailable' && said.values.to === 1)?.trial;
    expect(partly).toMatchObject({
      standing: { key: 'drain.left', values: { node: 'a', count: 1 } },
      reason: { key: 'drain.budget', values: { healthy: 1, needed: 1, allowed: 0 } },
    });
  });
});

describe('a DaemonSet', () => {
  const daemonSet = (spec: string) => `---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec: ${spec}
`;
  const NODES =
    '{name: a, labels: {disk: ssd}}, {name: b}, {name: c, labels: {disk: ssd}, taints: [{key: own, value: db, effect: NoSchedule}]}';
  const SPEC = '{nodeSelector: {disk: ssd}, containers: [{name: app, image: "nginx:1.27"}]}';

  test('says what keeps it off nodes, and what gets it onto one more', () => {
    const answer = ask(SCENARIO(NODES) + daemonSet(SPEC), { kind: 'DaemonSet' });
    expect(answer.sentences).toEqual([{ key: 'daemon.nodes', values: { fit: 1, nodes: 3 } }]);
    expect(answer.verdicts.map(({ name, reasons }) => [name, reasons.map(({ key }) => key)])).toEqual([
      ['b', ['verdict.labels']],
      ['c', ['verdict.taint']],
    ]);
    expect(answer.remedies.map(({ said, trial }) => [said.key, trial?.helps])).toEqual([
      ['fix.tolerate', true],
      ['fix.untaint', true],
      ['fix.label', true],
    ]);
  });

  test('has nothing to say where it is on every node', () => {
    const asked = () =>
      ask(SCENARIO('{name: a}, {name: b}') + daemonSet('{containers: [{name: app, image: "nginx:1.27"}]}'), {
        kind: 'DaemonSet',
      });
    expect(asked).toThrow('nothing is missing');
  });
});

describe('a claim that stays unbound', () => {
  const claim = (spec: string) =>
    `---\napiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data}\nspec: {resources: {requests: {storage: 4Gi}}, ${spec}}\n`;
  const storage = (name: string, provisioner: string, more = '') =>
    `---\napiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: ${name}}\nprovisioner: ${provisioner}\n${more}`;
  const volume =
    '---\napiVersion: v1\nkind: PersistentVolume\nmetadata: {name: small}\nspec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], hostPath: {path: /s}}\n';

  const mounting =
    '{containers: [{name: app, image: nginx}], volumes: [{name: d, persistentVolumeClaim: {claimName: data}}]}';

  test.each([
    [
      'no class, and a volume too small',
      `${volume}${claim('accessModes: [ReadWriteOnce]')}`,
      'claim.noClass',
      ['fix.class', 'fix.volume'],
    ],
    [
      'no class but one that could be the default',
      `${storage('disks', 'rbd.csi.ceph.com')}${claim('accessModes: [ReadWriteOnce]')}`,
      'claim.noClass',
      ['fix.defaultClass', 'fix.volume'],
    ],
    [
      'a class that is not there',
      claim('accessModes: [ReadWriteOnce], storageClassName: late'),
      'claim.missingClass',
      ['fix.class', 'fix.volume'],
    ],
    [
      'a class that is not there beside one that is',
      `${storage('fast', 'rbd.csi.ceph.com')}${claim('accessModes: [ReadWriteOnce], storageClassName: fats')}`,
      'claim.missingClass',
      ['fix.otherClass', 'fix.class', 'fix.volume'],
    ],
    [
      'a class that is not there beside one for one node, and several nodes',
      `${storage('fast', 'rbd.csi.ceph.com')}${claim('accessModes: [ReadWriteMany], storageClassName: late')}`,
      'claim.missingClass',
      ['fix.class', 'fix.volume'],
    ],
    [
      'no class on purpose, beside one that could be',
      `${storage('disks', 'rbd.csi.ceph.com')}${claim('accessModes: [ReadWriteOnce], storageClassName: ""')}`,
      'claim.noClass',
      ['fix.otherClass', 'fix.volume'],
    ],
    [
      'a provisioner that nobody runs, beside one that is run',
      `${storage('far', 'example.com/disks')}${storage('near', 'rbd.csi.ceph.com')}${claim('accessModes: [ReadWriteOnce], storageClassName: far')}`,
      'claim.nobody',
      ['fix.otherClass', 'fix.volume'],
    ],
    [
      'a provisioner that nobody runs',
      `${storage('far', 'example.com/disks')}${claim('accessModes: [ReadWriteOnce], storageClassName: far')}`,
      'claim.nobody',
      ['fix.volume'],
    ],
    [
      'a consumer that is not there',
      `${storage('wait', 'rancher.io/local-path', 'volumeBindingMode: WaitForFirstConsumer\n')}${claim('accessModes: [ReadWriteOnce], storageClassName: wait')}`,
      'claim.consumer',
      ['fix.consumer'],
    ],
    [
      'several nodes, of a driver for one',
      `${storage('block', 'rook-ceph.rbd.csi.ceph.com')}${claim('accessModes: [ReadWriteMany], storageClassName: block')}`,
      'claim.refused',
      ['fix.modes', 'fix.volume'],
    ],
  ])('%s', (_why, text, reason, remedies) => {
    const answer = ask(`${SCENARIO('{name: a}')}${text}`, { kind: 'PersistentVolumeClaim', name: 'data' });
    expect(keysOf(answer.sentences)).toContain(reason);
    expect(keysOf(helpful(answer))).toEqual(remedies);
  });

  test.each([
    ['as the class that is there', storage('fast', 'ebs.csi.aws.com'), '', 'ebs.csi.aws.com'],
    [
      'of a driver that is registered',
      '---\napiVersion: storage.k8s.io/v1\nkind: CSIDriver\nmetadata: {name: disk.csi.azure.com}\n',
      '',
      'disk.csi.azure.com',
    ],
    ['of directories, for a Pod', '', 'Pod', 'rancher.io/local-path'],
    ['of what needs no node', '', '', 'nfs.csi.k8s.io'],
  ])('a class that is made has volumes made %s', (_how, there, consumer, provisioner) => {
    const late = claim('accessModes: [ReadWriteOnce], storageClassName: late');
    const pod = consumer ? `---\napiVersion: v1\nkind: Pod\nmetadata: {name: one}\nspec: ${mounting}\n` : '';
    const answer = ask(`${SCENARIO('{name: a}')}${there}${late}${pod}`, {
      kind: 'PersistentVolumeClaim',
      name: 'data',
    });
    expect(helpful(answer)).toContainEqual({ key: 'fix.class', values: { name: 'late', provisioner } });
  });

  test('its Pod waits for what it waits for', () => {
    const pod =
      '---\napiVersion: v1\nkind: Pod\nmetadata: {name: one}\nspec: {containers: [{name: app, image: nginx}], volumes: [{name: d, persistentVolumeClaim: {claimName: data}}]}\n';
    const answer = ask(
      `${SCENARIO('{name: a}')}${claim('accessModes: [ReadWriteOnce], storageClassName: late')}${pod}`,
      { kind: 'Pod' },
    );
    expect(keysOf(answer.sentences)[0]).toBe('pod.claim');
    expect(keysOf(helpful(answer))).toEqual(['fix.class', 'fix.volume']);
  });

  test('a rollout waits for what the claim of its Pod waits for', () => {
    const late = claim('accessModes: [ReadWriteOnce], storageClassName: late');
    const answer = ask(`${SCENARIO('{name: a}')}${late}${deployment('web', 1, mounting)}`, { kind: 'Deployment' });
    expect(keysOf(answer.sentences)).toEqual(
      expect.arrayContaining(['rollout.pod', 'pod.claim', 'claim.missingClass']),
    );
    expect(keysOf(helpful(answer))).toEqual(['fix.class', 'fix.volume']);
  });

  test.each([
    ['without a default class it needs a volume', '', 'fix.claimVolume'],
    [
      'with one it does not',
      storage('disks', 'rbd.csi.ceph.com').replace(
        'name: disks',
        'name: disks, annotations: {storageclass.kubernetes.io/is-default-class: "true"}',
      ),
      'fix.claim',
    ],
  ])('a claim that is mounted and not there: %s', (_why, classes, remedy) => {
    const answer = ask(`${SCENARIO('{name: a}')}${classes}${deployment('web', 1, mounting)}`, { kind: 'Pod' });
    expect(keysOf(answer.sentences)).toEqual(['claim.missing']);
    expect(keysOf(helpful(answer))).toEqual([remedy]);
  });
});

test('nothing is asked of what is well', () => {
  const { session } = createSession(`${SCENARIO('{name: a}')}${deployment('web', 1, asking('1'))}`);
  const { simulation } = session!;
  simulation.run({ timeMs: 20_000 });
  const at = { step: simulation.step, timeMs: 20_000 };
  for (const [kind, namespace, name] of [
    ['Deployment', 'default', 'web'],
    ['Node', '', 'a'],
    ['ConfigMap', 'default', 'kube-root-ca.crt'],
  ] as const) {
    const search = whyNotSearch(simulation, { about: { kind, namespace, name }, at, tries: true }, () => undefined);
    expect(search()).toBeNull();
  }
});

test('an ordered StatefulSet does not repair the Pod it waits for: deleting that one helps', () => {
  const set = `---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db
  replicas: 2
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: app, image: "redis:7.2"}]}
`;
  const more = `  programs: [{image: "redis:typo", pull: {error: ErrImagePull}}]
  actions: [{at: 15s, kubectl: set image statefulset/db app=redis:typo}, {at: 30s, kubectl: rollout undo statefulset/db}]
`;
  const about = { kind: 'StatefulSet', name: 'db' };
  const before = ask(`${SCENARIO('{name: a}', more)}${set}`, { ...about, atMs: 25_000 });
  expect(keysOf(before.sentences)).not.toContain('rollout.behind');
  const answer = ask(`${SCENARIO('{name: a}', more)}${set}`, { ...about, atMs: 40_000 });
  expect(keysOf(answer.sentences)).toContain('rollout.behind');
  expect(answer.alone?.helps ?? false).toBe(false);
  expect(helpful(answer).map(({ values }) => values)).toContainEqual({ pod: 'db-1' });
});

test('of custom resources it is said that nobody acts on them, but for those of Ingress controllers', () => {
  const custom = (group: string, kind: string) => `---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: ${kind.toLowerCase()}s.${group}}
spec:
  group: ${group}
  scope: Namespaced
  names: {plural: ${kind.toLowerCase()}s, kind: ${kind}}
  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}]
`;
  const text =
    SCENARIO(
      '{name: a}',
      '  actions: [{at: 5s, apply: {apiVersion: cert-manager.io/v1, kind: Certificate, metadata: {name: c}}}, {at: 5s, apply: {apiVersion: traefik.io/v1, kind: Middleware, metadata: {name: m}}}]\n',
    ) +
    custom('cert-manager.io', 'Certificate') +
    custom('traefik.io', 'Middleware');
  const answer = ask(text, { kind: 'Certificate.cert-manager.io', name: 'c' });
  expect(answer.sentences).toEqual([
    { key: 'custom.nobody', values: { kind: 'Certificate', group: 'cert-manager.io' } },
  ]);
  expect(answer.remedies).toEqual([]);
  const { session } = createSession(text);
  const { simulation } = session!;
  simulation.run({ timeMs: 20_000 });
  const at = { step: simulation.step, timeMs: simulation.nowMs };
  const about = { kind: 'Middleware.traefik.io', namespace: 'default', name: 'm' };
  expect(whyNotSearch(simulation, { about, at, tries: false }, () => undefined)()).toBeNull();
});
