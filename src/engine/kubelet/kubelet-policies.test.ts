import { describe, expect, it } from 'vitest';
import { createWorld, type World } from '../../testing/world';
import type { CoreEvent, Pod } from '../api/types';

const programs = [
  { image: 'e42:*', pull: 1000, startMs: 500, exit: { afterMs: 5000, code: 42 } },
  { image: 'e1:*', pull: 1000, startMs: 500, exit: { afterMs: 5000, code: 1 } },
  { image: 'e88:*', pull: 1000, startMs: 500, exit: { afterMs: 20_000, code: 88 } },
  { image: 'ok:*', pull: 1000, startMs: 500, exit: { afterMs: 1000, code: 0 } },
  { image: 'run:*', pull: 1000, startMs: 500 },
];

function worldOf(spec: string, more: Parameters<typeof createWorld>[0] = {}): World {
  const documents = `{apiVersion: v1, kind: Pod, metadata: {name: p, namespace: default}, spec: {nodeName: node-1, ${spec}}}`;
  return createWorld({ nodes: 1, programs, documents, without: ['default-scheduler'], ...more });
}

const pod = (world: World): Pod => world.get<Pod>('Pod', 'default', 'p');
const restarts = (world: World): string =>
  [...(pod(world).status.initContainerStatuses ?? []), ...(pod(world).status.containerStatuses ?? [])]
    .map(({ name, restartCount }) => `${name} x${restartCount}`)
    .join(' ');
const messages = (world: World, reason: string): string[] =>
  (world.events() as CoreEvent[]).flatMap((event) => (event.reason === reason ? [event.message ?? ''] : []));
/** Each state that the Pod's stored statuses went through. */
const life = (world: World): string[] =>
  world.simulation.history('Pod', 'default', 'p').flatMap(({ value }) => {
    const {
      phase,
      conditions,
      containerStatuses = [],
      initContainerStatuses = [],
    } = (value as Pod | undefined)?.status ?? {};
    const states = [...initContainerStatuses, ...containerStatuses].map(({ name, state, restartCount }) => {
      const word = state?.running ? 'running' : (state?.terminated?.exitCode ?? state?.waiting?.reason);
      return `${name}=${word}${restartCount ? ` x${restartCount}` : ''}`;
    });
    const ready = conditions?.find(({ type }) => type === 'Ready');
    return states.length > 0 ? [`${phase} ${states.join(' ')} ${ready?.reason ?? ready?.status}`] : [];
  });
const distinct = (lines: readonly string[]): string[] => lines.filter((line, index) => line !== lines[index - 1]);

describe('policies of containers', () => {
  it.each([
    [
      'a rule restarts what the Pod would not',
      'restartPolicy: Never, containers: [{name: c, image: "e42:1", restartPolicy: Never, restartPolicyRules: [{action: Restart, exitCodes: {operator: In, values: [42]}}]}]',
      'Running',
      'c x3',
    ],
    [
      'a rule for other codes does not',
      'restartPolicy: Never, containers: [{name: c, image: "e42:1", restartPolicy: Never, restartPolicyRules: [{action: Restart, exitCodes: {operator: NotIn, values: [42]}}]}]',
      'Failed',
      'c x0',
    ],
    [
      'a container of its own mind is not restarted',
      'restartPolicy: Always, containers: [{name: c, image: "e1:1", restartPolicy: Never}, {name: d, image: "run:1"}]',
      'Running',
      'c x0 d x0',
    ],
    [
      'an init container that may fail once fails the Pod',
      'restartPolicy: OnFailure, initContainers: [{name: i, image: "e1:1", restartPolicy: Never}], containers: [{name: c, image: "run:1"}]',
      'Failed',
      'i x0 c x0',
    ],
    [
      'an init container is tried again though the Pod is not',
      'restartPolicy: Never, initContainers: [{name: i, image: "e1:1", restartPolicy: OnFailure}], containers: [{name: c, image: "run:1"}]',
      'Pending',
      'i x3 c x0',
    ],
    [
      'an init container that ended well is not',
      'initContainers: [{name: i, image: "ok:1", restartPolicy: OnFailure}], containers: [{name: c, image: "run:1"}]',
      'Running',
      'i x0 c x0',
    ],
  ])('%s', (_what, spec, phase, counts) => {
    const world = worldOf(spec);
    world.runUntil(60_000);
    expect(pod(world).status.phase).toBe(phase);
    expect(restarts(world)).toBe(counts);
  });
});

it('one exit code starts all containers again, from the first init container on', () => {
  const rule = '{action: RestartAllContainers, exitCodes: {operator: In, values: [88]}}';
  const world = worldOf(
    `initContainers: [{name: i, image: "ok:1"}], containers: [{name: c, image: "e88:1", restartPolicy: Always, restartPolicyRules: [${rule}]}, {name: d, image: "run:1"}]`,
  );
  world.runUntil(40_000);
  const begun = life(world).findIndex((line) => line.includes('c=88'));
  expect(distinct(life(world).slice(begun))).toEqual([
    'Running i=0 c=88 d=running ContainersNotReady',
    'Running i=RestartingAllContainers x1 c=RestartingAllContainers x1 d=RestartingAllContainers x1 ContainersNotReady',
    'Pending i=running x1 c=PodInitializing x1 d=PodInitializing x1 ContainersNotReady',
    'Running i=0 x1 c=PodInitializing x1 d=PodInitializing x1 ContainersNotReady',
    'Running i=0 x1 c=running x1 d=running x1 True',
  ]);
  expect(pod(world).status.conditions?.find(({ type }) => type === 'AllContainersRestarting')?.status).toBe('False');
  expect(messages(world, 'Killing')).toEqual(['killing']);
  expect(pod(world).status.podIP).toBe('10.244.0.2');
});

describe('the last statuses of a Pod', () => {
  it('say what has ended before the phase is final', () => {
    const world = worldOf('restartPolicy: Never, containers: [{name: c, image: "ok:1"}]');
    world.runUntil(10_000);
    expect(distinct(life(world)).slice(-2)).toEqual(['Running c=0 PodCompleted', 'Succeeded c=0 PodCompleted']);
  });

  it('of one that is deleted while it is prepared are those of one that failed', () => {
    const world = worldOf(
      'terminationGracePeriodSeconds: 3, initContainers: [{name: i, image: "run:1"}], containers: [{name: c, image: "run:1"}]',
    );
    world.runUntil(5000);
    world.client.delete('Pod', 'default', 'p');
    world.runUntil(20_000);
    expect(distinct(life(world)).slice(-2)).toEqual([
      'Pending i=143 c=PodInitializing ContainersNotReady',
      'Failed i=143 c=PodInitializing ContainersNotReady',
    ]);
  });
});

describe('a stop', () => {
  it.each([
    ['leaves two seconds after a preStop hook that took all', 'sleep 40', 'ignore' as const, 12_000, 137, 1],
    ['leaves what the hook has left', 'sleep 4', 'ignore' as const, 10_000, 137, 0],
    ['waits no longer than the process', 'sleep 4', { exitAfterMs: 1500 }, 5500, 143, 0],
  ])('%s', (_what, hook, sigterm, tookMs, code, failures) => {
    const world = worldOf(
      `terminationGracePeriodSeconds: 10, containers: [{name: c, image: "late:1", lifecycle: {preStop: {exec: {command: [sh, -c, ${hook}]}}}}]`,
      { programs: [{ image: 'late:*', pull: 0, startMs: 0, sigterm }] },
    );
    world.runUntil(5000);
    world.client.delete('Pod', 'default', 'p');
    world.runUntil(60_000);
    const [stop] = world.steps().filter(({ verb }) => verb === 'stop');
    const [end] = world.steps().filter(({ verb }) => verb === 'end');
    expect((end?.time ?? 0) - (stop?.time ?? 0)).toBe(tookMs);
    expect(end?.message).toContain(`exit code ${code}`);
    expect(messages(world, 'FailedPreStopHook')).toEqual(Array(failures).fill('PreStopHook failed'));
  });

  it('is not begun anew by a second deletion with the same grace period', () => {
    const world = worldOf('terminationGracePeriodSeconds: 10, containers: [{name: c, image: "deaf:1"}]', {
      programs: [{ image: 'deaf:*', pull: 0, startMs: 0, sigterm: 'ignore' }],
    });
    world.runUntil(5000);
    world.client.delete('Pod', 'default', 'p');
    world.runUntil(9000);
    const before = pod(world).metadata;
    world.client.delete('Pod', 'default', 'p');
    expect(pod(world).metadata).toEqual(before);
    world.runUntil(30_000);
    const ends = world.steps().filter(({ verb }) => verb === 'end');
    expect(ends.map(({ time }) => time)).toEqual([15_010]);
    expect(messages(world, 'Killing')).toHaveLength(1);
  });
});

describe('probe workers', () => {
  const probed = (probe: string, after: string) =>
    `terminationGracePeriodSeconds: 1, containers: [{name: c, image: "app:1", ports: [{containerPort: 80}], ${probe}, ${after}}]`;

  const probedAt = (world: World): number[] =>
    world.steps().flatMap(({ verb, time }) => (verb === 'probe' ? [Math.floor(time / 1000)] : []));

  it('go on counting when the container ends by itself', () => {
    // Every instance fails twice and ends before the third time; the third failure in a row is the next instance's first.
    const world = worldOf(probed('livenessProbe: {tcpSocket: {port: 81}, periodSeconds: 2}', 'stdin: false'), {
      programs: [{ image: 'app:*', pull: 0, startMs: 0, exit: { afterMs: 5000, code: 0 } }],
    });
    world.runUntil(9000);
    expect(messages(world, 'Killing')).toEqual(['Container c failed liveness probe, will be restarted']);
    expect(probedAt(world)).toEqual([2, 4, 6]);
  });

  it('that end the only container of a Pod that never restarts leave it as it is, whatever rules say', () => {
    const rules =
      'restartPolicy: Never, restartPolicyRules: [{action: Restart, exitCodes: {operator: In, values: [143]}}]';
    const world = worldOf(
      `restartPolicy: Never, ${probed('livenessProbe: {tcpSocket: {port: 81}, periodSeconds: 2}', rules)}`,
      { programs: [{ image: 'app:*', pull: 0, startMs: 0, sigterm: { exitAfterMs: 500 } }] },
    );
    world.runUntil(60_000);
    expect(messages(world, 'Killing')).toEqual(['Stopping container c']);
    const { phase, conditions, containerStatuses = [] } = world.get<Pod>('Pod', 'default', 'p').status;
    expect(phase).toBe('Running');
    expect(containerStatuses[0]).toMatchObject({ restartCount: 0, state: { terminated: { exitCode: 143 } } });
    const sandbox = conditions?.find(({ type }) => type === 'PodReadyToStartContainers');
    expect(sandbox?.status).toBe('False');
  });

  it('begin anew when it was they who had it restarted', () => {
    const world = worldOf(probed('livenessProbe: {tcpSocket: {port: 81}, periodSeconds: 2}', 'stdin: false'), {
      programs: [{ image: 'app:*', pull: 0, startMs: 0, sigterm: { exitAfterMs: 0 } }],
    });
    world.runUntil(13_000);
    expect(probedAt(world)).toEqual([2, 4, 6, 8, 10, 12]);
    expect(restarts(world)).toBe('c x2');
  });

  it('count initialDelaySeconds from the start as the status says it, in whole seconds', () => {
    const probe = 'livenessProbe: {tcpSocket: {port: 81}, periodSeconds: 5, initialDelaySeconds: 4}';
    const world = worldOf(probed(probe, 'stdin: false'), {
      // Started at 1.91 s, which is 1 s: the tick at 5.01 s comes 4 s after it.
      programs: [{ image: 'app:*', pull: 1400, startMs: 500 }],
    });
    world.runUntil(9000);
    const [first] = world.steps().filter(({ verb }) => verb === 'probe');
    expect(first?.time).toBe(5010);
  });

  it('throw away what could not be asked', () => {
    const world = worldOf(
      'containers: [{name: c, image: busybox, command: [sleep, "3600"], livenessProbe: {exec: {command: [nosuch]}, periodSeconds: 1, failureThreshold: 1}}]',
    );
    world.runUntil(30_000);
    expect(restarts(world)).toBe('c x0');
    // The runtime names each try, so no two are alike until there are so many that they are put together.
    const alike = messages(world, 'Unhealthy').map((message) =>
      message.replace(/"[0-9a-f]{64}"/, 'ID').replace(/^\(combined from similar events\): /, ''),
    );
    expect([...new Set(alike)]).toEqual([
      'Liveness probe errored and resulted in unknown state: rpc error: code = Unknown desc = failed to exec in container: failed to start exec ID: OCI runtime exec failed: exec failed: unable to start container process: exec: "nosuch": executable file not found in $PATH: unknown',
    ]);
  });
});

it('a full node has room for new Pods as soon as others are removed by force', () => {
  const documents = `
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: web, namespace: default}
spec:
  replicas: 4
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c, image: deaf}]}}
`;
  const world = createWorld({
    nodes: [{ name: 'n1', capacity: { cpu: '4', memory: '8Gi', pods: '4' } }],
    programs: [{ image: 'deaf', sigterm: 'ignore' }],
    documents,
  });
  world.runUntil(10_000);
  for (const { metadata } of world.list<Pod>('Pod')) {
    world.client.delete('Pod', 'default', metadata.name, { gracePeriodSeconds: 0 });
  }
  world.runUntil(30_000);
  expect(world.list<Pod>('Pod').map(({ status }) => status.phase)).toEqual(Array(4).fill('Running'));
});

it('sidecars are told to end when what they serve has ended, the last first, and run their hooks at once', () => {
  const world = worldOf(
    'initContainers: [{name: s1, image: "side:1", restartPolicy: Always, lifecycle: {preStop: {sleep: {seconds: 3}}}}, {name: s2, image: "side:1", restartPolicy: Always}], containers: [{name: app, image: "app:1"}]',
    {
      programs: [
        { image: 'app:*', pull: 1000, startMs: 500, sigterm: { exitAfterMs: 5000, code: 0 } },
        { image: 'side:*', pull: 1000, startMs: 500, sigterm: { exitAfterMs: 1000, code: 0 } },
      ],
    },
  );
  world.runUntil(20_000);
  world.client.delete('Pod', 'default', 'p');
  world.runUntil(60_000);
  const killed = (world.events() as CoreEvent[]).filter(({ reason }) => reason === 'Killing');
  expect(killed.map(({ message, firstTimestamp }) => `${message} ${firstTimestamp}`).sort()).toEqual(
    ['app', 's1', 's2'].map((name) => `Stopping container ${name} 2026-01-01T00:00:20Z`),
  );
  const ends = world.steps().filter(({ verb }) => verb === 'end');
  expect(ends.map(({ message, time }) => `${message.split(' ')[1]} ${time}`)).toEqual([
    'app 25010',
    's2 26010',
    's1 27010',
  ]);
});

it('a Pod waits for a sandbox that its node cannot run, and runs with the handler of every node', () => {
  const classOf = (handler: string) =>
    `{apiVersion: node.k8s.io/v1, kind: RuntimeClass, metadata: {name: c}, handler: ${handler}}`;
  const text = (handler: string) =>
    `${classOf(handler)}\n---\n{apiVersion: v1, kind: Pod, metadata: {name: p, namespace: default}, spec: {nodeName: node-1, runtimeClassName: c, containers: [{name: a, image: run:v1}]}}`;
  const unknown = createWorld({ nodes: 1, programs, documents: text('kata') });
  unknown.runFor(5000);
  expect(messages(unknown, 'FailedCreatePodSandBox')).toEqual([
    'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to get sandbox runtime: no runtime for "kata" is configured',
  ]);
  expect(pod(unknown).status.phase).toBe('Pending');
  const known = createWorld({ nodes: 1, programs, documents: text('runc') });
  known.runFor(5000);
  expect(pod(known).status.phase).toBe('Running');
});

describe('image volumes', () => {
  const spec = (policy: string): string =>
    `containers: [{name: c, image: "run:1", volumeMounts: [{name: v, mountPath: /v}]}], volumes: [{name: v, image: {reference: "data:2", pullPolicy: ${policy}}}]`;
  const told = (world: World): string[] =>
    (world.events() as CoreEvent[])
      .filter(({ involvedObject }) => involvedObject.kind === 'Pod')
      .map(({ reason, involvedObject, message }) => `${reason} ${involvedObject.fieldPath ?? 'Pod'} ${message}`);

  it('are pulled before the container, in Events about the Pod', () => {
    const world = worldOf(spec('IfNotPresent'), { programs: [...programs, { image: 'data:*', pull: 3000 }] });
    world.runUntil(10_000);
    expect(told(world).slice(0, 4)).toEqual([
      'Pulling Pod Pulling image "data:2"',
      expect.stringMatching(/^Pulled Pod Successfully pulled image "data:2" in 3s \(3s including waiting\)/),
      'Pulling spec.containers{c} Pulling image "run:1"',
      expect.stringMatching(/^Pulled spec.containers\{c\} Successfully pulled image "run:1" in 1s/),
    ]);
    expect(pod(world).status.phase).toBe('Running');
  });

  it('that are not there and may not be pulled hold the container back', () => {
    const world = worldOf(spec('Never'));
    world.runUntil(5000);
    expect(told(world)[0]).toBe(
      'ErrImageNeverPull Pod Container image "data:2" is not present with pull policy of Never',
    );
    expect(pod(world).status.containerStatuses?.[0]?.state?.waiting?.reason).toBe('ErrImageNeverPull');
  });
});
