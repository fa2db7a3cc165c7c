/** Clients of databases against a server that is there, that is not, and one that nobody knows. */
import { expect, it } from 'vitest';
import type { ShellNetwork } from '../network-face';
import { askedPort } from './database-clients';
import { NO_NETWORK } from './network-options';
import { isForRedis, redisTakes } from './redis';
import { hostWith, playCommand } from './shell-player';

const network = (open: readonly string[]): ShellNetwork => ({
  ...NO_NETWORK,
  lookUp: (name) =>
    name === 'nobody'
      ? { kind: 'nxdomain', aliases: [] }
      : { kind: 'found', name, aliases: [], addresses: [name === 'db' ? '10.96.0.9' : '127.0.0.1'] },
  send: ({ address, port, text = '' }) => {
    if (!open.includes(`${address}:${port}`)) return { failure: 'refused', latencyMs: 1 };
    return { latencyMs: 1, ...(isForRedis(text) ? { body: redisTakes(text, {}).text } : {}) };
  },
});

const run = (line: string, open: readonly string[] = []): string => {
  const { output, end } = playCommand(line.split(' '), hostWith({}, { holds: () => true, network: network(open) }));
  return `${output}${end}`;
};

it.each([
  ['redis-cli ping', '127.0.0.1:6379', 'PONG\nexit 0'],
  ['redis-cli -h db -p 7000 -a secret ping', '10.96.0.9:7000', 'PONG\nexit 0'],
  ['redis-cli -u redis://db:7000/0 PING', '10.96.0.9:7000', 'PONG\nexit 0'],
  ['mysqladmin ping -uroot -pPass', '127.0.0.1:3306', 'mysqld is alive\nexit 0'],
  ['mysqladmin ping -h db -P 3307', '10.96.0.9:3307', 'mysqld is alive\nexit 0'],
  ['pg_isready -U postgres', '127.0.0.1:5432', '/var/run/postgresql:5432 - accepting connections\nexit 0'],
  ['psql postgres://u:p@db:5433/x', '10.96.0.9:5433', 'exit 0'],
  ['mongosh --quiet --eval "db.runCommand({ping: 1}).ok"', '127.0.0.1:27017', '1\nexit 0'],
  ['mongosh mongodb://db:27018/test --eval ping', '10.96.0.9:27018', '{ ok: 1 }\nexit 0'],
  ['rabbitmq-diagnostics -q ping', '127.0.0.1:5672', 'Ping succeeded\nexit 0'],
])('%s is answered by %s', (line, server, answer) => {
  expect(run(line, [server])).toBe(answer);
  expect(run(line)).not.toContain('exit 0');
});

it('Redis of the same container keeps what it is told', () => {
  const host = hostWith({}, { holds: () => true, servers: ['redis-server'], network: network(['127.0.0.1:6379']) });
  const says = (line: string) => playCommand(['sh', '-c', line], host).output;
  expect(says('redis-cli set a "b c"; redis-cli GET a; redis-cli incr n; redis-cli -n 0 incr n; redis-cli get x')).toBe(
    'OK\nb c\n1\n2\n\n',
  );
  expect(says('redis-cli keys "*"; redis-cli del a x; redis-cli exists a n; redis-cli dbsize')).toBe('a\nn\n1\n1\n1\n');
});

it.each([
  ['redis-cli -p 6380 ping', 'Could not connect to Redis at 127.0.0.1:6380: Connection refused\nexit 1'],
  ['redis-cli -h nobody ping', 'Could not connect to Redis at nobody:6379: Name or service not known\nexit 1'],
  ['pg_isready -h db', 'db:5432 - no response\nexit 2'],
  ['mysql -h db -e x', "ERROR 2003 (HY000): Can't connect to MySQL server on 'db:3306' (111)\nexit 1"],
  ['mysql -h nobody', "ERROR 2005 (HY000): Unknown MySQL server host 'nobody' (-2)\nexit 1"],
  ['mongo --host db', 'MongoNetworkError: connect ECONNREFUSED db:27017\nexit 1'],
])('%s says why nobody answers', (line, words) => expect(run(line)).toBe(words));

it.each([
  [['sh', '-c', 'redis-cli -p 7000 ping | grep PONG'], 7000],
  [['pg_isready', '-U', 'app'], 5432],
  [['/usr/bin/mysqladmin', 'ping', '-h', 'localhost'], 3306],
  [['redis-cli', '-h', 'cache', 'ping'], undefined],
  [['cat', '/tmp/ready'], undefined],
  [['/usr/local/bin/healthcheck.sh', '--connect'], 3306],
  [['healthcheck.sh', '--connect'], 3306],
  [['sh', '-c', '/opt/zookeeper/healthcheck.sh'], undefined],
  [['./healthcheck.sh'], undefined],
])('%j asks port %s of its own container', (command, port) => expect(askedPort(command)).toBe(port));
