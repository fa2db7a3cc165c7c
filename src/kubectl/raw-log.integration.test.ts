import { expect, test } from 'vitest';
import { createTerminal } from '../testing/terminal';

const COUNTER = `apiVersion: v1
kind: Pod
metadata: {name: counter}
spec:
  containers:
  - {name: count, image: 'busybox:1.28', args: [/bin/sh, -c, 'echo one; echo two >&2; echo three; sleep 1h']}
`;

test("the query of a log's path is read, and what 1.36 does not let it ask for is refused", () => {
  const { world, run } = createTerminal({ documents: COUNTER });
  world.runUntil(10_000);
  const log = (query: string) => run(`get --raw '/api/v1/namespaces/default/pods/counter/log${query}'`);
  expect(log('').stdout).toBe('one\ntwo\nthree\n');
  expect(log('?container=count&tailLines=1').stdout).toBe('three\n');
  expect(log('?limitBytes=5&timestamps=false').stdout).toBe('one\nt');
  expect(log('?tailLines=1&timestamps=true').stdout).toMatch(/^2026-01-01T00:00:\S+Z three\n$/);
  expect(log('?stream=Stderr')).toMatchObject({
    stdout: '',
    stderr: 'The PodLogOptions "counter" is invalid: stream: Forbidden: may not be specified\n',
    code: 1,
  });
});
