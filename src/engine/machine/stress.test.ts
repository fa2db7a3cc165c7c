import { expect, it } from 'vitest';
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
