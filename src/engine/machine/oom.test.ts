import { describe, expect, it } from 'vitest';
import { createTerminal } from '../../testing/terminal';
import { createWorld, type World } from '../../testing/world';
import type { CoreEvent, Pod } from '../api/types';
import type { ProgramConfig } from '../simulation';
import { badness } from './oom';

const MIB = 1024 * 1024;
const program = (image: string, base: number, growth = 0): ProgramConfig => ({
  image: `${image}:*`,
  pull: 0,
  startMs: 0,
  usage: { baseBytes: base * MIB, growthBytesPerSecond: growth * MIB },
});
const programs = [
  program('leak', 50, 10),
  program('small', 20),
  program('big', 300),
  program('huge', 900),
  { ...program('late', 20), usage: { baseBytes: 20 * MIB, memorySteps: [{ fromMs: 30_000, usage: 150 * MIB }] } },
];

function pod(name: string, image: string, resources = '{}', more = ''): string {
  return `{apiVersion: v1, kind: Pod, metadata: {name: ${name}, namespace: default}, spec: {${more} containers: [{name: c, image: "${image}:1", resources: ${resources}}]}}`;
}

function worldOf(documents: readonly string[], memory = '8Gi'): World {
  return createWorld({
    nodes: [{ name: 'node-1', capacity: { memory } }],
    programs,
    documents: documents.join('\n---\n'),
  });
}

const ended = (world: World, name: string) => {
  const { state, lastState } = world.get<Pod>('Pod', 'default', name).status.containerStatuses?.[0] ?? {};
  return state?.terminated ?? lastState?.terminated;
};
const seconds = (end: { startedAt?: string; finishedAt?: string } | undefined): number =>
  (Date.parse(end?.finishedAt ?? '') - Date.parse(end?.startedAt ?? '')) / 1000;

describe('over its own limit', () => {
  it.each([
    ['Guaranteed', '{limits: {memory: 100Mi, cpu: 1}}'],
    ['Burstable', '{limits: {memory: 100Mi}, requests: {memory: 10Mi}}'],
  ])('a container of a %s Pod is killed at the moment when it reaches it', (qos, resources) => {
    const world = worldOf([pod('p', 'leak', resources)]);
    world.runUntil(8000);
    expect(world.get<Pod>('Pod', 'default', 'p').status.qosClass).toBe(qos);
    expect(ended(world, 'p')).toMatchObject({ exitCode: 137, reason: 'OOMKilled' });
    expect(seconds(ended(world, 'p'))).toBe(5);
    const step = world.steps().find(({ verb }) => verb === 'oom-kill');
    expect(step?.message).toBe('The kernel kills container c of Pod p: its memory limit of 100Mi is used up');
  });

  it('it is started again with the back-off of a crash', () => {
    const world = worldOf([pod('p', 'leak', '{limits: {memory: 100Mi}}')]);
    world.runUntil(75_000);
    expect(world.get<Pod>('Pod', 'default', 'p').status.containerStatuses?.[0]?.restartCount).toBe(3);
    expect((world.events() as CoreEvent[]).map(({ reason }) => reason)).toContain('BackOff');
  });

  it('it is killed when a step of its program is over it', () => {
    const world = worldOf([pod('p', 'late', '{limits: {memory: 100Mi}}')]);
    world.runUntil(40_000);
    expect(ended(world, 'p')?.finishedAt).toBe('2026-01-01T00:00:30Z');
  });

  it.each([
    ['below it', 'small', '{limits: {memory: 20Mi}}'],
    ['of whose use nothing is said', 'unknown', '{limits: {memory: 1Mi}}'],
    ['without one', 'leak', '{}'],
  ])('a container %s lives', (_what, image, resources) => {
    const world = worldOf([pod('p', image, resources)]);
    world.runUntil(60_000);
    expect(ended(world, 'p')).toBeUndefined();
  });

  it('the limit of the Pod as a whole counts too', () => {
    const world = worldOf([pod('p', 'leak', '{}', 'resources: {limits: {memory: 100Mi, cpu: 1}},')]);
    world.runUntil(8000);
    expect(seconds(ended(world, 'p'))).toBe(5);
  });
});

describe('when the memory of the node is used up', () => {
  it('the container with the highest score is killed, and people are told', () => {
    const world = worldOf(
      [
        pod('guaranteed', 'big', '{limits: {memory: 400Mi, cpu: 1}}'),
        pod('burstable', 'big', '{requests: {memory: 310Mi}}'),
        pod('best-effort', 'small'),
        pod('other', 'huge'),
      ],
      '1Gi',
    );
    world.runUntil(3000);
    expect(ended(world, 'other')).toMatchObject({ exitCode: 137, reason: 'OOMKilled' });
    for (const name of ['guaranteed', 'burstable', 'best-effort']) expect(ended(world, name)).toBeUndefined();
    const [event] = (world.events() as CoreEvent[]).filter(({ reason }) => reason === 'SystemOOM');
    expect(event?.message).toMatch(/^System OOM encountered, victim process: huge, pid: \d+$/);
    expect(event?.involvedObject).toMatchObject({ kind: 'Node', name: 'node-1' });
  });

  it.each([
    [100 * MIB, 1000, 1100 * MIB],
    [100 * MIB, -997, 100 * MIB - 997 * MIB],
    [300 * MIB, 500, 800 * MIB],
  ])('%i bytes with %i score %i of 1000 Mi', (bytes, adjustment, points) => {
    expect(badness(bytes, adjustment, 1000 * MIB)).toBe(points);
  });
});

it('files in memory count for the container that writes them', () => {
  const text =
    'x=aaaaaaaaaa; for i in 1 2 3 4 5 6 7 8 9 10 11 12 13; do x=$x$x; done; while true; do echo $x >> /cache/x; sleep 1; done';
  const world = createWorld({
    nodes: 1,
    documents: `{apiVersion: v1, kind: Pod, metadata: {name: p, namespace: default}, spec: {restartPolicy: Never, volumes: [{name: cache, emptyDir: {medium: Memory}}],
      containers: [{name: c, image: "busybox:1.36", command: ["sh", "-c", "${text}"], resources: {limits: {memory: 2Mi}}, volumeMounts: [{name: cache, mountPath: /cache}]}]}}`,
  });
  world.runUntil(90_000);
  expect(ended(world, 'p')).toMatchObject({ exitCode: 137, reason: 'OOMKilled' });
});

it.each([
  ['the writer alone mounts it', '{name: web, image: nginx}'],
  ['the other one only reads', '{name: web, image: nginx, volumeMounts: [{name: m, mountPath: /m, readOnly: true}]}'],
])('files in memory count for the container that can have written them: %s', (_what, other) => {
  const writer =
    '{name: c, image: "busybox:1.36", command: [sh, -c, "sleep 5; dd if=/dev/zero of=/m/big bs=1M count=80; sleep 1000"], resources: {limits: {memory: 64Mi}}, volumeMounts: [{name: m, mountPath: /m}]}';
  const world = createWorld({
    nodes: 1,
    documents: `{apiVersion: v1, kind: Pod, metadata: {name: p, namespace: default}, spec: {restartPolicy: Never, volumes: [{name: m, emptyDir: {medium: Memory}}], containers: [${other}, ${writer}]}}`,
  });
  world.runUntil(30_000);
  const { containerStatuses = [] } = world.get<Pod>('Pod', 'default', 'p').status;
  expect(containerStatuses.map(({ name, state }) => [name, state?.terminated?.reason])).toEqual([
    ['c', 'OOMKilled'],
    ['web', undefined],
  ]);
});

it('a command beside it is killed with the container, and a volume in memory is no larger than its limits', () => {
  const { run, world } = createTerminal();
  const volume = 'volumes: [{name: m, emptyDir: {medium: Memory SIZE}}], terminationGracePeriodSeconds: 0,';
  const spec = (size: string, limit: string) =>
    `{${volume.replace(' SIZE', size)} containers: [{name: c, image: "busybox:1.36", command: [sleep, "999"], ${limit} volumeMounts: [{name: m, mountPath: /m}]}]}`;
  const podOf = (name: string, size: string, limit = '') =>
    `{apiVersion: v1, kind: Pod, metadata: {name: ${name}}, spec: ${spec(size, limit)}}`;
  const LIMIT = 'resources: {limits: {memory: 64Mi}},';
  run('create -f -', [podOf('sized', ', sizeLimit: 10Mi'), podOf('of-pod', '', LIMIT)].join('\n---\n'));
  world.runFor(5000);
  expect(
    run('exec sized -- sh -c "dd if=/dev/zero of=/m/f bs=1M count=90 2>&1 | tail -1; df -h /m | tail -1"').stdout,
  ).toMatch(/^10485760 bytes .*\ntmpfs +10\.0M +10\.0M +0 100% \/m\n$/s);
  expect(run('exec of-pod -- df -h /m').stdout).toContain('64.0M         0     64.0M   0% /m');
  expect(run('exec of-pod -- dd if=/dev/zero of=/m/f bs=1M count=90').code).toBe(137);
  world.runFor(500);
  expect(ended(world, 'of-pod')).toMatchObject({ exitCode: 137, reason: 'OOMKilled' });
});

it.each([
  ['{limits: {memory: 32Mi}}', { exitCode: 137, reason: 'OOMKilled' }],
  ['{}', { exitCode: 2, reason: 'Error' }],
])('a variable that doubles for ever: %s', (resources, end) => {
  const greedy = `{apiVersion: v1, kind: Pod, metadata: {name: greedy, namespace: default}, spec: {restartPolicy: Never, containers: [{name: c, image: "busybox:1.36", command: [sh, -c, "x=a; while true; do x=$x$x; done"], resources: ${resources}}]}}`;
  const world = createWorld({ nodes: [{ name: 'node-1', capacity: { memory: '8Gi' } }], documents: greedy });
  world.runUntil(20_000);
  expect(ended(world, 'greedy')).toMatchObject(end);
});

it('files in memory are counted for their writer by kubectl top, as the kernel counts them', () => {
  const mounts = 'volumeMounts: [{name: m, mountPath: /m}]';
  const other = '{name: a, image: "small:1"}';
  const writer = `{name: b, image: busybox, ${mounts}, command: [sh, -c, "dd if=/dev/zero of=/m/f bs=1M count=30; sleep 100"]}`;
  const { world, run } = createTerminal({
    programs,
    documents: `{apiVersion: v1, kind: Pod, metadata: {name: p, namespace: default}, spec: {volumes: [{name: m, emptyDir: {medium: Memory}}], containers: [${other}, ${writer}]}}`,
  });
  world.runUntil(20_000);
  const used = (name: string) =>
    Number(new RegExp(`p +${name} +\\d+m +(\\d+)Mi`).exec(run('top pods --containers').stdout)?.[1]);
  expect(used('a')).toBe(20);
  expect(used('b')).toBeGreaterThanOrEqual(30);
});
