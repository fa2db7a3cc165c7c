/** kubectl debug; the answers were recorded from a real cluster. */
import { describe, expect, it } from 'vitest';
import type { Pod } from '../engine/api/types';
import { createTerminal, type Terminal } from '../testing/terminal';

const documents = `
apiVersion: v1
kind: Pod
metadata: {name: p, namespace: default, labels: {app: p}}
spec:
  containers:
  - {name: app, image: "app:v1", livenessProbe: {tcpSocket: {port: 80}, periodSeconds: 100}}
`;

function terminalOf(): Terminal {
  const terminal = createTerminal({ nodes: 1, documents });
  terminal.world.runFor(5000);
  return terminal;
}

const pod = ({ world }: Terminal, name = 'p'): Pod => world.get<Pod>('Pod', 'default', name);
const said = ({ stdout, stderr }: { stdout: string; stderr: string }): string => `${stdout}${stderr}`.trimEnd();
const TARGETING = (name: string) =>
  `Targeting container "${name}". If you don't see processes from this container it may be because the container runtime doesn't support this feature.`;

describe('an ephemeral container', () => {
  it('is added to a running Pod, runs once, and counts for nothing', () => {
    const terminal = terminalOf();
    const answer = terminal.run('kubectl debug p --image=busybox:1 --target=app -c dbg -- sh -c "sleep 3; exit 2"');
    expect([said(answer), answer.code]).toEqual([TARGETING('app'), 0]);
    terminal.world.runFor(4000);
    expect(pod(terminal).spec.ephemeralContainers?.[0]).toMatchObject({
      name: 'dbg',
      command: ['sh', '-c', 'sleep 3; exit 2'],
      targetContainerName: 'app',
      securityContext: { capabilities: { add: ['SYS_PTRACE'] } },
    });
    expect(pod(terminal).status).toMatchObject({ phase: 'Running', observedGeneration: 2 });
    const [status] = pod(terminal).status.ephemeralContainerStatuses ?? [];
    expect(status).toMatchObject({ name: 'dbg', ready: false, restartCount: 0, state: { running: {} } });
    expect(status).not.toHaveProperty('started');
    terminal.world.runFor(60_000);
    const [ended] = pod(terminal).status.ephemeralContainerStatuses ?? [];
    expect(ended).toMatchObject({ restartCount: 0, state: { terminated: { exitCode: 2, reason: 'Error' } } });
    expect(terminal.run('kubectl get pod p').stdout).toContain('1/1     Running   0');
    const events = terminal.run('kubectl describe pod p').stdout;
    expect(events).toContain('spec.ephemeralContainers{dbg}: Container started');
  });

  it('waits for its target while that has never been made', () => {
    const terminal = createTerminal({ nodes: 1 });
    terminal.run('kubectl run bare --image=gcr.io/distroless/static');
    terminal.world.runFor(20_000);
    terminal.run('kubectl debug bare --image=busybox:1 --target=bare -c dbg -- true');
    terminal.world.runFor(20_000);
    const message = 'unable to find target container bare';
    const [status] = pod(terminal, 'bare').status.ephemeralContainerStatuses ?? [];
    expect(status?.state).toEqual({ waiting: { reason: 'CreateContainerConfigError', message } });
    const events = terminal.run('kubectl describe pod bare').stdout;
    expect(events).toMatch(RegExp(`Warning +Failed .* spec.ephemeralContainers{dbg}: Error: ${message}`));
  });

  it('is attached to with -i once it runs, and its log is shown when it is over', () => {
    const terminal = terminalOf();
    terminal.type('kubectl debug p -it --image=busybox:1 -c dbg -- sh -c "sleep 1; echo hello; sleep 2; exit 3"');
    terminal.world.runFor(20_000);
    const [record] = terminal.records().filter(({ command }) => command.includes('debug p'));
    const back = "may be reattached using 'kubectl attach p -c dbg -n default -i -t' if it is still running";
    const stdout = `hello\nSession ended, the ephemeral container will not be restarted but ${back}\n`;
    expect(record).toMatchObject({ stdout, code: 0 });
    expect(record?.stderr).toContain("If you don't see a command prompt, try pressing enter.\n");
    const brief = terminal.run('kubectl debug p --attach --image=busybox:1 -c brief -- echo over');
    expect(brief).toMatchObject({ stdout: 'over\n', code: 0 });
    terminal.type('kubectl debug p -it --image=nginx:1.27 -c bad -- nosuch');
    terminal.world.runFor(20_000);
    expect(terminal.records().find(({ command }) => command.includes('-c bad'))).toMatchObject({ code: 0 });
  });

  it('ends with its Pod', () => {
    const terminal = terminalOf();
    terminal.run('kubectl debug p --image=busybox:1 -c dbg -- sleep 1000');
    terminal.world.runFor(5000);
    terminal.run('kubectl delete pod p');
    expect(terminal.world.find('Pod', 'default', 'p')).toBeUndefined();
  });

  it('starts though an init container keeps failing', () => {
    const failing = documents.replace(
      'spec:',
      'spec:\n  initContainers:\n  - {name: init, image: "busybox:1", command: [sh, -c, "exit 1"]}',
    );
    const terminal = createTerminal({ nodes: 1, documents: failing });
    terminal.world.runFor(60_000);
    terminal.run('kubectl debug p --image=busybox:1 -c dbg -- sleep 1000');
    terminal.world.runFor(3000);
    expect(pod(terminal).status.ephemeralContainerStatuses?.[0]?.state).toHaveProperty('running');
    expect(pod(terminal).status.phase).toBe('Pending');
  });

  it.each([
    ['general', { capabilities: { add: ['SYS_PTRACE'] } }],
    ['baseline', undefined],
    [
      'restricted',
      {
        runAsNonRoot: true,
        capabilities: { drop: ['ALL'] },
        allowPrivilegeEscalation: false,
        seccompProfile: { type: 'RuntimeDefault' },
      },
    ],
    ['netadmin', { capabilities: { add: ['NET_ADMIN', 'NET_RAW'] } }],
    ['sysadmin', { privileged: true }],
  ])('gets what profile %s gives', (profile, expected) => {
    const terminal = terminalOf();
    terminal.run(`kubectl debug p --image=busybox:1 --profile=${profile} -c d -- sleep 1`);
    expect(pod(terminal).spec.ephemeralContainers?.[0]?.securityContext).toEqual(expected);
  });
});

describe('a copy', () => {
  it('loses labels and probes, shares processes, and may have other images', () => {
    const terminal = terminalOf();
    terminal.run('kubectl debug p --copy-to=p2 --image=busybox:1 -c dbg -- sleep 20');
    const { metadata, spec } = pod(terminal, 'p2');
    expect(metadata.labels).toBeUndefined();
    expect(spec.shareProcessNamespace).toBe(true);
    expect(spec.containers.map(({ name, livenessProbe }) => [name, livenessProbe])).toEqual([
      ['app', undefined],
      ['dbg', undefined],
    ]);
    terminal.run('kubectl debug p --copy-to=p3 --set-image=*=app:v2');
    expect(pod(terminal, 'p3')).toMatchObject({ metadata: { labels: { app: 'p' } } });
    expect(pod(terminal, 'p3').spec.containers[0]).toMatchObject({ image: 'app:v2', livenessProbe: {} });
    expect(said(terminal.run('kubectl debug p --copy-to=p2 --image=busybox:1 -c d'))).toBe(
      'Error from server (AlreadyExists): pods "p2" already exists',
    );
  });
});

it("a debugging Pod finds the node's root at /host", () => {
  const terminal = terminalOf();
  const { stdout } = terminal.run('kubectl debug node/node-1 --image=busybox:1 -- ls /host /host/var/log');
  terminal.world.runFor(10_000);
  expect(terminal.run(`kubectl logs ${/node-debugger-node-1-\w{5}/.exec(stdout)?.[0]}`).stdout).toMatch(
    /^\/host:\nbin\nboot\ndev\netc\nhome\nlib\n(\w+\n)+var\n\n\/host\/var\/log:\ncontainers\npods\n$/,
  );
});

it('a node gets a Pod that sees all of it', () => {
  const terminal = terminalOf();
  const { stdout } = terminal.run('kubectl debug node/node-1 --image=busybox:1 -- sleep 3');
  const name = /Creating debugging pod (node-debugger-node-1-\w{5}) with container debugger on node node-1\.\n/.exec(
    stdout,
  );
  const made = pod(terminal, name?.[1]);
  expect(made.spec).toMatchObject({
    nodeName: 'node-1',
    hostNetwork: true,
    hostPID: true,
    hostIPC: true,
    restartPolicy: 'Never',
    tolerations: [{ operator: 'Exists' }],
  });
  expect(made.spec.containers[0]?.volumeMounts?.[0]).toEqual({ name: 'host-root', mountPath: '/host' });
  terminal.world.runFor(10_000);
  expect(pod(terminal, name?.[1]).status.phase).toBe('Succeeded');
});

it.each([
  ['p', 'error: you must specify --image when not using --copy-to.'],
  ['p --image=b --profile=nonsense', 'error: unknown profile: nonsense'],
  ['p --image=b --replace', 'error: --replace may only be used with --copy-to.'],
  ['p --image=b --set-image=a=b', 'error: --set-image may only be used with --copy-to.'],
  ['p --copy-to=q', 'error: you must specify --image, --set-image or command arguments.'],
  ['p --copy-to=q -- ls', 'error: you must specify an existing container or a new image when specifying args.'],
  [
    'p --copy-to=q --image=b --target=app',
    'error: --target is incompatible with --copy-to. Use --share-processes instead.',
  ],
  ['p --image=B!', 'error: invalid image name "B!": invalid reference format'],
  ['p --image=b -t', 'error: -i/--stdin is required for containers with -t/--tty=true'],
  ['nope --image=b', 'Error from server (NotFound): pods "nope" not found'],
  ['node/nope --image=b', 'Error from server (NotFound): nodes "nope" not found'],
  [
    'p --image=b -c d --target=nope',
    `${TARGETING('nope')}\nThe Pod "p" is invalid: spec.ephemeralContainers[0].targetContainerName: Not found: "nope"`,
  ],
  ['p --image=b -c app', 'The Pod "p" is invalid: spec.ephemeralContainers[0].name: Duplicate value: "app"'],
])('debug %s is refused', (line, expected) => {
  const answer = terminalOf().run(`kubectl debug ${line}`);
  expect(said(answer)).toBe(expected);
  expect(answer.code).toBe(1);
});

describe('what is typed into a container', () => {
  it.each(['debug p -it --image=busybox:1 -c dbg', 'run -i --rm --image=busybox:1 --restart=Never box'])(
    'is read by its shell: %s',
    (line) => {
      const terminal = terminalOf();
      terminal.type(`kubectl ${line}`, 'echo typed\nexit 0\n');
      terminal.world.runFor(30_000);
      const [record] = terminal.records();
      expect(record).toMatchObject({ code: 0 });
      expect(record?.stdout).toMatch(/^typed$/m);
    },
  );
});
