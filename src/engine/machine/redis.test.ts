import { expect, test } from 'vitest';
import { createTerminal } from '../../testing/terminal';

function redis(args: string) {
  const { world, run } = createTerminal();
  run(`run db --image=redis:7 --port=6379 --expose ${args}`);
  run('run client --image=redis:7 -- sleep infinity');
  world.runUntil(10_000);
  const ask = (pod: string, command: string) => run(`exec ${pod} -- redis-cli ${command}`).stdout;
  return ask;
}

test('a Redis that is reached over a Service keeps what it is told', () => {
  const ask = redis('');
  expect(ask('client', '-h db set a one')).toBe('OK\n');
  expect(ask('client', '-h db incr n')).toBe('1\n');
  expect(ask('db', 'get a')).toBe('one\n');
  expect(ask('db', 'incr n')).toBe('2\n');
  expect(ask('client', '-h db get n')).toBe('2\n');
  expect(ask('client', '-h db CONFIG GET maxmemory')).toBe('maxmemory\n0\n');
});

test('it says how it is configured', () => {
  const ask = redis('-- redis-server --maxmemory 2mb --maxmemory-policy allkeys-lru');
  expect(ask('db', 'CONFIG GET maxmemory')).toBe('maxmemory\n2097152\n');
  expect(ask('db', 'config get maxmemory-policy')).toBe('maxmemory-policy\nallkeys-lru\n');
});
