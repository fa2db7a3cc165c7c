/** How what fails in a Pod is told; sequences of states were recorded from real kubelets. */
import { expect, it } from 'vitest';
import { createWorld, type World, type WorldOptions } from '../../testing/world';
import { encodeBase64 } from '../api/base64';
import type { KubeObject } from '../api/meta';
import type { Container, CoreEvent, Pod, PodSpec } from '../api/types';

const programs = [
  { image: 'closed:*', pull: 0, startMs: 100, listen: [], sigterm: { exitAfterMs: 500 } },
  { image: 'deaf:*', pull: 0, startMs: 100, sigterm: 'ignore' },
  { image: 'private.example/*', pull: { credentials: 'private.example', afterMs: 100 } },
  { image: 'down:*', pull: { error: 'RegistryUnavailable' } },
  { image: '*', pull: 0, startMs: 100, sigterm: { exitAfterMs: 500 } },
] as const;

function worldOf(spec: Partial<PodSpec>, more: KubeObject[] = [], options: WorldOptions = {}): World {
  const pod: KubeObject = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'default' },
    spec: { nodeName: 'node-1', ...spec },
  };
  return createWorld({ nodes: 1, documents: [...more, pod], programs, without: ['default-scheduler'], ...options });
}

const pod = (world: World): Pod => world.get<Pod>('Pod', 'default', 'web');
const told = (world: World, reason: string): string[] =>
  (world.events() as CoreEvent[]).filter((event) => event.reason === reason).map(({ message = '' }) => message);

/** `Running app=CrashLoopBackOff x1`: what the status has said of the containers, each once. */
function life(world: World): string[] {
  const all = world.simulation.history('Pod', 'default', 'web').flatMap(({ value }) => {
    const { phase, containerStatuses = [], initContainerStatuses = [] } = (value as Pod).status;
    const texts = [...initContainerStatuses, ...containerStatuses].map(({ name, state, restartCount }) => {
      const word = state?.running ? 'running' : (state?.terminated?.reason ?? state?.waiting?.reason);
      return `${name}=${word}${restartCount ? ` x${restartCount}` : ''}`;
    });
    return texts.length > 0 ? `${phase} ${texts.join(' ')}` : [];
  });
  return all.filter((one, index) => one !== all[index - 1]);
}

const app: Container = { name: 'app', image: 'app:v1' };

it('a postStart hook that fails makes its container wait with the hook’s error, then crash', () => {
  const postStart = { exec: { command: ['sh', '-c', 'echo no; exit 3'] } };
  const world = worldOf({ containers: [{ ...app, lifecycle: { postStart } }], terminationGracePeriodSeconds: 2 });
  world.runFor(16_000);
  expect(life(world).slice(1)).toEqual([
    'Running app=PostStartHookError',
    'Running app=PostStartHookError x1',
    'Running app=CrashLoopBackOff x1',
    'Running app=PostStartHookError x2',
  ]);
  expect(told(world, 'FailedPostStartHook')[0]).toBe('PostStartHook failed');
  expect(told(world, 'Killing')[0]).toBe('FailedPostStartHook');
  const message = pod(world).status.containerStatuses?.[0]?.state?.waiting?.message;
  expect(message).toMatch(
    /^Exec lifecycle hook \(\[sh -c echo no; exit 3\]\) for Container "app" in Pod "web_default\(/,
  );
});

it('a container that its probe has ended goes over to the back-off without showing its end', () => {
  const livenessProbe = {
    exec: { command: ['sh', '-c', 'exit 1'] },
    periodSeconds: 2,
    failureThreshold: 2,
    terminationGracePeriodSeconds: 1,
  };
  const world = worldOf({ containers: [{ ...app, image: 'deaf:v1', livenessProbe }] });
  world.runFor(30_000);
  const seen = life(world);
  expect(seen.slice(0, 5)).toEqual([
    'Pending app=ContainerCreating',
    'Running app=running',
    'Running app=running x1',
    'Running app=running x2',
    'Running app=CrashLoopBackOff x2',
  ]);
});

it('a container held back by a crash is what its Pod is looked at again for, whatever other containers lack', () => {
  const lacking: Container = { name: 'lacks', image: 'none:v1', imagePullPolicy: 'Never' };
  const world = worldOf({ containers: [lacking, { ...app, command: ['sh', '-c', 'sleep 2'] }] });
  const heldBackAt: number[] = [];
  while (world.simulation.nowMs < 60_000) {
    world.runFor(500);
    if (life(world).at(-1)?.includes('CrashLoopBackOff')) heldBackAt.push(world.simulation.nowMs);
  }
  expect(heldBackAt.length).toBeLessThan(4);
});

it('a sidecar whose startup probe fails is restarted with words of its own', () => {
  const startupProbe = { tcpSocket: { port: 81 }, periodSeconds: 2, failureThreshold: 2 };
  const side: Container = { name: 'side', image: 'closed:v1', restartPolicy: 'Always', startupProbe };
  const world = worldOf({ initContainers: [side], containers: [app] });
  world.runFor(20_000);
  expect(told(world, 'Killing')[0]).toBe('Init container side failed startup probe');
  expect(pod(world).status.phase).toBe('Pending');
});

it('a failed initialization is final once the sidecar before it has ended', () => {
  const side: Container = { name: 'side', image: 'app:v1', restartPolicy: 'Always' };
  const init: Container = { name: 'init', image: 'busybox:1', command: ['sh', '-c', 'exit 3'] };
  const world = worldOf({ restartPolicy: 'Never', initContainers: [side, init], containers: [app] });
  world.runFor(20_000);
  expect(life(world).slice(-2)).toEqual([
    'Pending side=running init=Error app=PodInitializing',
    'Failed side=Error init=Error app=PodInitializing',
  ]);
});

it('a reason to wait that one sync has found is told by the next, whatever brings it about', () => {
  const crashing: Container = { name: 'app', image: 'app:v1', command: ['sh', '-c', 'sleep 2; exit 1'] };
  const other: Container = { name: 'other', image: 'app:v1', command: ['sh', '-c', 'sleep 6'] };
  const world = worldOf({ restartPolicy: 'OnFailure', containers: [crashing, other] });
  world.runFor(8000);
  expect(life(world).at(-1)).toBe('Running app=CrashLoopBackOff x1 other=Completed');
});

it('a deadline is told before anything is stopped', () => {
  const world = worldOf({ activeDeadlineSeconds: 3, containers: [app] });
  world.runFor(3200);
  const { phase, conditions } = pod(world).status;
  expect(phase).toBe('Running');
  expect(conditions?.find(({ type }) => type === 'Ready')).toMatchObject({ status: 'False', reason: 'PodFailed' });
});

const secretOf = (host: string): KubeObject => {
  const data = {
    '.dockerconfigjson': encodeBase64(JSON.stringify({ auths: { [`https://${host}/v1/`]: { auth: 'eA==' } } })),
  };
  const type = 'kubernetes.io/dockerconfigjson';
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'pull', namespace: 'default' },
    type,
    data,
  } as KubeObject;
};

it.each([
  ['the right registry', 'private.example', 'running'],
  ['another registry', 'other.example', 'waiting'],
])('a registry that wants credentials and a secret for %s', (_name, host, state) => {
  const container = { name: 'app', image: 'private.example/shop:v1' };
  const world = worldOf({ imagePullSecrets: [{ name: 'pull' }], containers: [container] }, [secretOf(host)]);
  world.runFor(5000);
  expect(pod(world).status.containerStatuses?.[0]?.state).toHaveProperty(state);
  expect(told(world, 'FailedToRetrieveImagePullSecret')).toEqual([]);
});

it('without its pull secrets a Pod says so, and the pull is denied', () => {
  const container = { name: 'app', image: 'private.example/shop:v1' };
  const world = worldOf({ imagePullSecrets: [{ name: 'a' }, { name: 'b' }], containers: [container] });
  world.runFor(5000);
  expect(told(world, 'FailedToRetrieveImagePullSecret')[0]).toBe(
    'Unable to retrieve some image pull secrets (a, b); attempting to pull the image may not succeed.',
  );
  expect(told(world, 'Failed')[0]).toBe(
    'Failed to pull image "private.example/shop:v1": failed to pull and unpack image "private.example/shop:v1": failed to resolve reference "private.example/shop:v1": pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials',
  );
});

it.each([
  ['IfNotPresent', 'Failed', /^Failed to pull image .* no basic auth credentials$/],
  ['Never', 'ErrImageNeverPull', /^Container image .* is not present with pull policy of Never$/],
])(
  'an image that was pulled with credentials is not there for a Pod that has none: %s',
  (imagePullPolicy, reason, said) => {
    const image = 'private.example/shop:v1';
    const world = worldOf({ imagePullSecrets: [{ name: 'pull' }], containers: [{ name: 'app', image }] }, [
      secretOf('private.example'),
    ]);
    world.runFor(5000);
    expect(pod(world).status.phase).toBe('Running');
    world.client.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'other', namespace: 'default' },
      spec: { nodeName: 'node-1', containers: [{ name: 'app', image, imagePullPolicy }] },
    } as KubeObject);
    world.runFor(3000);
    expect(told(world, reason)[0]).toMatch(said);
  },
);

it.each([
  ['acme/shop:v1', 'authorization: server message: insufficient_scope: authorization failed'],
  [
    'ghcr.io/acme/shop:v1',
    'failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://ghcr.io/token?scope=repository%3Aacme%2Fshop%3Apull&service=ghcr.io: 401 Unauthorized',
  ],
])('the registry of %s has words of its own for who is not known', (image, why) => {
  const denying = { programs: [{ image: '*', pull: { error: 'denied' } }] };
  const world = worldOf({ containers: [{ name: 'app', image }] }, [], denying);
  world.runFor(5000);
  expect(told(world, 'Failed')[0]?.endsWith(why)).toBe(true);
});

it('a registry that is known to be away has a reason of its own', () => {
  const world = worldOf({ containers: [{ name: 'app', image: 'down:v1' }] });
  world.runFor(1500);
  expect(pod(world).status.containerStatuses?.[0]?.state?.waiting).toMatchObject({ reason: 'RegistryUnavailable' });
  expect(told(world, 'Failed')[0]).toMatch(
    /^Failed to pull image "down:v1": RegistryUnavailable: failed to pull and unpack/,
  );
});

it('says what is wrong with the name of an image', () => {
  const world = worldOf({ containers: [{ name: 'app', image: 'BAD/Name' }] });
  world.runFor(1500);
  expect(told(world, 'InspectFailed')[0]).toBe(
    'Failed to apply default image tag "BAD/Name": couldn\'t parse image name "BAD/Name": invalid reference format: repository name (Name) must be lowercase',
  );
});
