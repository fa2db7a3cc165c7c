import { describe, expect, it } from 'vitest';
import type { Container, Pod, PodSpec } from '../api/types';
import type { Component, Context } from '../client/component';
import { createSimulation } from '../create-simulation';
import type { ProgramConfig, Simulation } from '../simulation';
import type { ContainerStatus, CreatedContainer, RuntimeService } from './cri';
import { machineName, machineOf } from './machine';
import { parseBlock } from './pod-ip';
import { MachineRuntime } from './runtime-service';
import { NO_NETWORK } from './shell/network-options';

const container = (name: string, more: Partial<Container> = {}): Container => ({ name, image: `${name}:1`, ...more });
const podOf = (uid: string, spec: Partial<PodSpec> = {}): Pod =>
  ({
    metadata: { name: uid, namespace: 'default', uid },
    spec: { containers: [], ...spec },
    status: {},
  }) as unknown as Pod;

/** A machine without a kubelet, and someone who asks it. */
interface Bench {
  readonly simulation: Simulation;
  /** Asks the runtime at the present moment. */
  ask<T>(question: (runtime: RuntimeService) => T): T;
  at(ms: number): void;
}

function benchOf(programs: readonly ProgramConfig[] = []): Bench {
  const question: { current: ((runtime: RuntimeService) => unknown) | undefined; answer: unknown } = {
    current: undefined,
    answer: undefined,
  };
  const surroundings = { networkOf: () => NO_NETWORK };
  const asker: Component = {
    name: 'asker',
    process: 'user',
    machine: machineName('node-1'),
    watches: [],
    initial: () => ({}),
    handle: (context: Context) => {
      const runtime = new MachineRuntime(machineOf(context.machine, 'node-1', programs, surroundings));
      question.answer = question.current?.(runtime);
    },
  };
  const simulation = createSimulation(
    {
      seed: 1,
      startTime: '2026-01-01T00:00:00Z',
      nodes: [{ name: 'node-1' }],
      components: {},
      programs,
      inputs: [],
    },
    { components: [asker], without: ['kubelet/node-1'], freeze: true },
  );
  const bench: Bench = {
    simulation,
    at: (ms) => {
      const { stopped, message } = simulation.run({ timeMs: ms });
      if (stopped === 'failed' || stopped === 'limit') throw new Error(message);
    },
    ask: <T>(current: (runtime: RuntimeService) => T): T => {
      question.current = current as (runtime: RuntimeService) => unknown;
      simulation.act({ to: 'asker', kind: 'ask', payload: {} });
      bench.at(simulation.nowMs);
      return question.answer as T;
    },
  };
  bench.ask((runtime) => runtime.setPodCidr(parseBlock('10.244.0.0/24')));
  return bench;
}

/** Makes a Pod's sandbox and starts one container in it. */
function start(bench: Bench, spec: Container, pod = podOf('u')): string {
  return bench.ask((runtime) => {
    runtime.runPodSandbox(pod);
    const { id } = runtime.createContainer(pod.metadata.uid ?? '', {
      spec,
      attempt: 1,
      environment: {},
    }) as CreatedContainer;
    runtime.startContainer(id);
    return id;
  });
}

function gist(status: ContainerStatus | undefined): string {
  if (!status) return 'none';
  if (status.state !== 'exited') return status.state;
  const { exitCode, reason, startedAtMs, finishedAtMs } = status;
  return `${exitCode} ${reason} ${(finishedAtMs - startedAtMs) / 1000}s`;
}

describe('a process', () => {
  const shell = (text: string) => container('busybox', { command: ['sh', '-c', text] });
  const programs: ProgramConfig[] = [
    { image: 'once:*', exit: { afterMs: 3000, code: 7 } },
    { image: 'polite:*', sigterm: { exitAfterMs: 1000, code: 0 } },
    { image: 'deaf:*', sigterm: 'ignore' },
  ];

  it.each<[string, Container, ((runtime: RuntimeService, id: string) => void) | undefined, string]>([
    ['of a program that ends', container('once'), undefined, '7 Error 3s'],
    ['of a program that serves', container('polite'), undefined, 'running'],
    ['of the shell', shell('sleep 4; exit 3'), undefined, '3 Error 4s'],
    ['that ends well', shell('true'), undefined, '0 Completed 0s'],
    ['that is asked to stop', container('polite'), (runtime, id) => runtime.stopContainer(id, 5000), '0 Completed 3s'],
    ['that does not listen', container('deaf'), (runtime, id) => runtime.stopContainer(id, 5000), '137 Error 7s'],
    [
      'that is asked with less time afterwards',
      container('deaf'),
      (runtime, id) => {
        runtime.stopContainer(id, 5000);
        runtime.stopContainer(id, 1000);
      },
      '137 Error 3s',
    ],
    [
      'whose end comes before the grace is over',
      container('once'),
      (runtime, id) => runtime.stopContainer(id, 9000),
      '7 Error 3s',
    ],
    ['whose sandbox is stopped', container('deaf'), (runtime) => runtime.stopPodSandbox('u'), '137 Error 2s'],
    ['whose container is removed', container('deaf'), (runtime, id) => runtime.removeContainer(id), 'none'],
    ['of a shell without a text', container('busybox', { command: ['sh', '-c'] }), undefined, '2 Error 0s'],
    [
      'that copies and counts',
      shell('echo a > /f; cp /f /g; mv /g /h; test -f /g || exit $(cat /f /h | wc -l)'),
      undefined,
      '2 Error 0s',
    ],
    ['that is not there', container('busybox', { command: ['nosuch'] }), undefined, '128 StartError 0s'],
    [
      'that traps SIGTERM',
      shell('trap "exit 4" TERM; sleep 100 & wait'),
      (runtime, id) => runtime.stopContainer(id, 5000),
      '4 Error 2s',
    ],
  ])('%s', (_what, spec, after2s, expected) => {
    const bench = benchOf(programs);
    const id = start(bench, spec);
    bench.at(2000);
    if (after2s) bench.ask((runtime) => after2s(runtime, id));
    bench.at(20_000);
    expect(gist(bench.ask((runtime) => runtime.containerStatus(id)))).toBe(expected);
  });

  it('that goes wrong ends, and nothing else does', () => {
    const bench = benchOf();
    const other = start(bench, container('other'), podOf('v'));
    const environment = new Proxy(
      {},
      {
        getOwnPropertyDescriptor: () => {
          throw new Error('no such memory');
        },
      },
    );
    const ask = (id: string) => bench.ask((runtime) => runtime.containerStatus(id));
    const id = bench.ask((runtime) => {
      runtime.runPodSandbox(podOf('u'));
      const made = runtime.createContainer('u', {
        spec: shell('echo $X'),
        attempt: 1,
        environment,
      }) as CreatedContainer;
      runtime.startContainer(made.id);
      return made.id;
    });
    bench.at(1000);
    expect(gist(ask(id))).toBe('137 Error 0s');
    expect(ask(id)?.message).toBe('the program could not be run: no such memory');
    expect(gist(ask(other))).toBe('running');
    expect(bench.ask((runtime) => runtime.execSync(other, ['echo', 'hi'], 1000).output)).toBe('hi\n');
  });

  it('leaves a message for its kubelet', () => {
    const bench = benchOf();
    const told = start(bench, shell('echo out of luck > /dev/termination-log; exit 1'));
    const printed = start(bench, {
      ...shell('echo last words; exit 1'),
      terminationMessagePolicy: 'FallbackToLogsOnError',
    });
    bench.at(100);
    expect(bench.ask((runtime) => [told, printed].map((id) => runtime.containerStatus(id)?.message))).toEqual([
      'out of luck\n',
      'last words\n',
    ]);
  });
});

describe('a sandbox', () => {
  const ips = (bench: Bench) =>
    bench.ask((runtime) =>
      runtime.listPodSandboxes().map(({ pod, ip, ready }) => `${pod.metadata.uid} ${ip} ${ready}`),
    );

  it('has an address of its own until it is stopped; a freed one is not given away at once', () => {
    const bench = benchOf();
    for (const uid of ['a', 'b']) bench.ask((runtime) => runtime.runPodSandbox(podOf(uid)));
    bench.ask((runtime) => runtime.stopPodSandbox('a'));
    bench.ask((runtime) => runtime.runPodSandbox(podOf('c')));
    expect(ips(bench)).toEqual(['a 10.244.0.2 false', 'b 10.244.0.3 true', 'c 10.244.0.4 true']);
    expect(bench.ask((runtime) => runtime.podSandboxStatus('c')?.ip)).toBe('10.244.0.4');
    bench.ask((runtime) => runtime.runPodSandbox(podOf('a')));
    expect(bench.ask((runtime) => runtime.podSandboxStatus('a'))).toMatchObject({ ip: '10.244.0.5', ready: true });
  });

  it('is refused when all addresses are taken', () => {
    const bench = benchOf();
    const given = bench.ask((runtime) =>
      Array.from({ length: 254 }, (_, index) => runtime.runPodSandbox(podOf(`p${index}`))?.ip),
    );
    expect(new Set(given.filter(Boolean)).size).toBe(253);
    expect(given[253]).toBeUndefined();
    bench.ask((runtime) => runtime.removePodSandbox('p7'));
    expect(bench.ask((runtime) => runtime.runPodSandbox(podOf('late'))?.ip)).toBe(given[7]);
  });

  it('in the network of its node has none', () => {
    const bench = benchOf();
    expect(bench.ask((runtime) => runtime.runPodSandbox(podOf('h', { hostNetwork: true })))).toMatchObject({
      ip: '',
      ready: true,
    });
  });

  it('keeps the latest two instances of a container', () => {
    const bench = benchOf();
    const make = (attempt: number) =>
      bench.ask((runtime) => runtime.createContainer('u', { spec: container('c'), attempt, environment: {} }));
    bench.ask((runtime) => runtime.runPodSandbox(podOf('u')));
    for (const attempt of [1, 2, 3]) make(attempt);
    expect(bench.ask((runtime) => runtime.listContainers('u').map(({ attempt }) => attempt))).toEqual([2, 3]);
  });
});

describe('a volume', () => {
  const mounts = (path: string, more = {}) => ({ volumeMounts: [{ name: 'v', mountPath: path, ...more }] });
  const shell = (name: string, text: string, more: Partial<Container>): Container =>
    container(name, { image: 'busybox', command: ['sh', '-c', text], ...more });
  const volumes = (source: object) => ({ volumes: [{ name: 'v', ...source }] }) as Partial<PodSpec>;

  it('is shared by the containers that mount it, and goes with the Pod', () => {
    const bench = benchOf();
    const pod = podOf('u', volumes({ emptyDir: {} }));
    start(bench, shell('w', 'echo hi > /out/f; echo own > /f', mounts('/out')), pod);
    const reader = start(bench, shell('r', 'test -f /in/f && ! test -f /f && exit 5', mounts('/in/')), pod);
    bench.at(100);
    expect(gist(bench.ask((runtime) => runtime.containerStatus(reader)))).toBe('5 Error 0s');
    bench.ask((runtime) => runtime.removePodSandbox('u'));
    const later = start(bench, shell('l', 'test -f /in/f', mounts('/in')), pod);
    bench.at(200);
    expect(gist(bench.ask((runtime) => runtime.containerStatus(later)))).toBe('1 Error 0s');
  });

  it('of the host is shared by Pods and stays', () => {
    const bench = benchOf();
    const source = volumes({ hostPath: { path: '/data' } });
    start(bench, shell('w', 'echo hi > /out/f', mounts('/out')), podOf('a', source));
    bench.at(100);
    bench.ask((runtime) => runtime.removePodSandbox('a'));
    const reader = start(bench, shell('r', 'grep -q hi /in/f', mounts('/in')), podOf('b', source));
    bench.at(200);
    expect(gist(bench.ask((runtime) => runtime.containerStatus(reader)))).toBe('0 Completed 0s');
  });

  it.each([
    ['whole', {}, '/etc/app/key', 0],
    ['one file of it', { subPath: 'key' }, '/etc/app', 0],
    ['one directory of it', { subPath: 'dir' }, '/etc/app/inner', 0],
    ['not what is elsewhere in it', { subPath: 'dir' }, '/etc/app/key', 1],
  ])('is seen %s', (_what, more, path, code) => {
    const bench = benchOf();
    const pod = podOf('u', volumes({ configMap: { name: 'c' } }));
    bench.ask((runtime) => runtime.writeVolume('u', 'v', { key: 'value', 'dir/inner': 'x' }));
    const id = start(bench, shell('r', `test -f ${path}`, mounts('/etc/app', more)), pod);
    bench.at(100);
    expect(bench.ask((runtime) => runtime.containerStatus(id)?.exitCode)).toBe(code);
  });

  it('hides what the image holds below its path', () => {
    const bench = benchOf();
    const pod = podOf('u', volumes({ emptyDir: {} }));
    const get = (uid: string) => bench.ask((runtime) => runtime.httpGet(uid, 80, '/index.html')?.status);
    start(bench, container('nginx', mounts('/usr/share/nginx/html')), pod);
    start(bench, container('nginx'), podOf('plain'));
    bench.at(100);
    expect([get('u'), get('plain')]).toEqual([404, 200]);
  });
});

describe('the ports of a Pod', () => {
  it('are those of all its containers that run', () => {
    const bench = benchOf([{ image: 'late:*', listen: [{ port: 81, afterMs: 2000, status: 503, latencyMs: 5 }] }]);
    start(bench, container('nginx'));
    const late = start(bench, container('late'));
    const ports = () => bench.ask((runtime) => [80, 81].map((port) => runtime.portProbe('u', port)));
    expect(ports()).toEqual([true, false]);
    bench.at(2000);
    expect(ports()).toEqual([true, true]);
    expect(bench.ask((runtime) => runtime.httpGet('u', 81, '/'))).toEqual({ status: 503, latencyMs: 5, tls: false });
    bench.ask((runtime) => runtime.stopContainer(late, 0));
    bench.at(2100);
    expect(ports()).toEqual([true, false]);
  });
});

describe('what is known of an image', () => {
  const probe = (port: number, scheme = 'HTTP') => ({ livenessProbe: { httpGet: { port, scheme } } });

  it('decides what its ports speak; one of which nothing is known answers as its probes ask', () => {
    const bench = benchOf();
    start(bench, container('nginx'), podOf('known'));
    start(bench, container('acme/app', probe(8443, 'HTTPS')), podOf('unknown'));
    const ask = (uid: string, port: number) =>
      bench.ask((runtime) => [runtime.httpGet(uid, port, '/')?.tls, runtime.grpcProbe(uid, port)]);
    expect(ask('known', 80)).toEqual([false, false]);
    expect(ask('unknown', 8443)).toEqual([true, true]);
    expect(ask('unknown', 8080)).toEqual([undefined, false]);
  });

  it('makes a server of the catalogue fail when its port is taken', () => {
    const bench = benchOf();
    const [first, second] = [container('nginx', { name: 'a' }), container('nginx', { name: 'b' })].map((spec) =>
      start(bench, { ...spec, image: 'nginx:1' }),
    );
    bench.at(5000);
    expect(bench.ask((runtime) => [first, second].map((id) => gist(runtime.containerStatus(id ?? ''))))).toEqual([
      'running',
      '1 Error 2.5s',
    ]);
  });
});

describe('what a process uses', () => {
  it('is known for as long as it runs', () => {
    const usage = { idleMilli: 5, baseBytes: 1000, growthBytesPerSecond: 10 };
    const bench = benchOf([{ image: 'once:*', exit: { afterMs: 3000, code: 0 }, usage }]);
    bench.at(1000);
    const id = start(bench, container('once'));
    bench.at(10_000);
    const at = (ms: number) => bench.ask((runtime) => runtime.containerStats(id, ms));
    expect([at(999), at(1000), at(3000), at(4000)]).toEqual([
      undefined,
      { cpuMilli: 5, memoryBytes: 1000 },
      { cpuMilli: 5, memoryBytes: 1020 },
      undefined,
    ]);
  });
});

describe('a crash of the node', () => {
  it('ends everything with 255, keeps the disk, and the next boot has another name', () => {
    const bench = benchOf();
    const id = start(bench, container('nginx'));
    const before = bench.ask((runtime) => runtime.bootId);
    bench.simulation.act({ to: 'fault', kind: 'fault', payload: { type: 'node-crash', node: 'node-1', for: '5s' } });
    bench.at(10_000);
    expect(gist(bench.ask((runtime) => runtime.containerStatus(id)))).toBe('255 Unknown 0s');
    expect(bench.ask((runtime) => runtime.podSandboxStatus('u')?.ready)).toBe(false);
    expect(bench.ask((runtime) => runtime.bootId)).not.toBe(before);
  });
});
