import { expect, it } from 'vitest';
import { createTerminal } from '../../testing/terminal';
import type { Pod } from '../api/types';
import { stressOf } from './stress';

const MIB = 1024 ** 2;

it.each([
  [
    'stress of the documentation',
    'polinux/stress',
    ['stress'],
    ['--vm', '1', '--vm-bytes', '150M', '--vm-hang', '1'],
    [1, 151, undefined],
  ],
  ['by its entry point', 'polinux/stress', [], ['--cpu', '2', '--timeout', '60s'], [2000, 1, 60_000]],
  [
    'with short options',
    'alpine',
    ['stress-ng', '-c', '1', '-m', '2', '--vm-bytes=64m', '-t', '5'],
    [],
    [3000, 129, 5000],
  ],
  ['of a size that is not said', 'progrium/stress', [], ['--vm', '1'], [1000, 257, undefined]],
  ['vish/stress', 'vish/stress', [], ['-cpus', '2'], [2000, 1, undefined]],
  ['vish/stress with memory', 'vish/stress', [], ['-mem-total', '250Mi'], [1, 251, undefined]],
])('%s', (_what, image, command, args, [milli, mebibytes, endsMs]) => {
  const stress = stressOf({ name: 'c', image, command, args });
  expect(stress?.usage.idleMilli).toBe(milli);
  expect(stress?.usage.baseBytes).toBe((mebibytes as number) * MIB);
  expect(stress?.exit?.afterMs).toBe(endsMs);
});

it('any other command is none', () => {
  expect(stressOf({ name: 'c', image: 'nginx:1.27' })).toBeUndefined();
  expect(stressOf({ name: 'c', image: 'polinux/stress', command: ['sleep', '9'] })).toBeUndefined();
});

it("what a container's own command uses is counted once", () => {
  const pod = (name: string, command: string, args: string, resources = ''): string =>
    `{apiVersion: v1, kind: Pod, metadata: {name: ${name}, namespace: default}, spec: {containers: [{name: c, image: polinux/stress, resources: {${resources}}, command: ${command}, args: ${args}}]}}`;
  const documents = [
    pod('demo', '[stress]', '[--vm, "1", --vm-bytes, 150M, --vm-hang, "1"]', 'limits: {memory: 200Mi}'),
    pod('by-args', '[]', '[stress, --vm, "1", --vm-bytes, 150M, --vm-hang, "1"]'),
    pod('cpu', '[stress]', '[--cpu, "2"]'),
    pod('ng', '[stress-ng]', '[--cpu, "1", --vm, "1", --vm-bytes, 64m, --vm-hang, "1"]'),
    pod('typed', '[sh, -c]', '["stress --vm 1 --vm-bytes 150M --vm-hang 1"]'),
  ].join('\n---\n');
  const { run, world } = createTerminal({ documents, flags: { 'metrics-server': {} } });
  world.runFor(90_000);
  expect(world.get<Pod>('Pod', 'default', 'demo').status.containerStatuses?.[0]).toMatchObject({ restartCount: 0 });
  expect(run('top pods --no-headers').stdout.replace(/ +/g, ' ').split(' \n')).toEqual([
    'by-args 1m 151Mi',
    'cpu 2000m 1Mi',
    'demo 1m 151Mi',
    'ng 1000m 65Mi',
    'typed 2m 159Mi',
    '',
  ]);
});
