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

test('it keeps lists, and redis-cli carries out the lines of its standard input', () => {
  const { world, run } = createTerminal();
  run('run db --image=redis:7 --port=6379 --expose');
  world.runUntil(10_000);
  const lines = 'rpush jobs "first one" second\n\nlpush jobs zero\nlrange jobs 0 -1\n';
  expect(run('exec -i db -- redis-cli', lines).stdout).toBe('2\n3\nzero\nfirst one\nsecond\n');
  const ask = (command: string): string => run(`exec db -- redis-cli ${command}`).stdout;
  expect(ask('lrange jobs -2 5')).toBe('first one\nsecond\n');
  expect(ask('lpop jobs')).toBe('zero\n');
  expect(ask('rpop jobs')).toBe('second\n');
  expect(ask('llen jobs')).toBe('1\n');
  expect(ask('get jobs')).toMatch(/^WRONGTYPE /);
  expect(ask('lpop jobs')).toBe('first one\n');
  expect(ask('exists jobs')).toBe('0\n');
  run('run client --image=redis:7 -- sh -c "echo llen jobs | redis-cli -h db"');
  ask('rpush jobs last');
  world.runFor(10_000);
  expect(run('logs client').stdout).toBe('1\n');
});

test('it says how it is configured', () => {
  const ask = redis('-- redis-server --maxmemory 2mb --maxmemory-policy allkeys-lru');
  expect(ask('db', 'CONFIG GET maxmemory')).toBe('maxmemory\n2097152\n');
  expect(ask('db', 'config get maxmemory-policy')).toBe('maxmemory-policy\nallkeys-lru\n');
});

test('CONFIG SET holds until it ends', () => {
  const ask = redis('');
  for (const [pod, host] of [
    ['client', '-h db'],
    ['db', ''],
  ] as const) {
    expect(ask(pod, `${host} CONFIG SET maxmemory 1mb appendonly yes`)).toBe('OK\n');
    expect(ask(pod, `${host} config get maxmemory`)).toBe('maxmemory\n1048576\n');
    expect(ask(pod, `${host} CONFIG SET nosuch 1`)).toBe(
      "ERR Unknown option or number of arguments for CONFIG SET - 'nosuch'\n\n",
    );
    expect(ask(pod, `${host} CONFIG GET append*`)).toBe('appendonly\nyes\n');
    expect(ask(pod, `${host} CONFIG SET appendonly no maxmemory 0`)).toBe('OK\n');
  }
  ask('db', 'CONFIG SET maxmemory 5');
  ask('db', 'set a 1');
  expect(ask('db', 'CONFIG GET maxmemory')).toBe('maxmemory\n5\n');
});
