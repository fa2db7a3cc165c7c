import { describe, expect, it } from 'vitest';
import { configurationOf } from './image-files';
import { answerOf } from './program-answers';

const IMAGE_FILES = configurationOf('nginx');
const unknown = () => 'unknown' as const;

function asked(image: string, tag: string, line: string, files: Readonly<Record<string, string>> = IMAGE_FILES) {
  const moment = { now: '2026-01-01T00:00:14Z', ms: 0, ip: '10.244.0.2', host: 'web', ports: [80], tag };
  return answerOf(line.split(' '), image, moment, files, unknown);
}

describe('a program that is asked for its version', () => {
  it.each([
    ['httpd', '2.4.62', 'httpd -v', 'Server version: Apache/2.4.62 (Unix)\n'],
    ['redis', '7.2-alpine', 'redis-cli --version', 'redis-cli 7.2\n'],
    ['postgres', '16', 'psql --version', 'psql (PostgreSQL) 16\n'],
    ['mysql', '8.0.36', 'mysql -V', 'mysql  Ver 8.0.36 for Linux on x86_64 (MySQL Community Server - GPL)\n'],
    ['python', '3.12-slim', 'python3 --version', 'Python 3.12\n'],
    ['node', '20', 'node -v', 'v20\n'],
  ])('of %s:%s: %s', (image, tag, line, output) => expect(asked(image, tag, line)).toEqual({ output, status: 0 }));

  it('says it of nginx on standard error', () =>
    expect(asked('nginx', '1.9.1', 'nginx -v')).toEqual({ errors: 'nginx version: nginx/1.9.1\n', status: 0 }));

  it.each(['latest', 'alpine', '3', '3.14'])('names a recent one where the tag does not say more: %s', (tag) =>
    expect(asked('python', tag, 'python --version')?.output).toMatch(/^Python 3\.14\.\d+\n$/),
  );

  it.each(['nginx -g', 'python3 app.py', 'bash --version'])('says nothing where nobody asked or knows: %s', (line) =>
    expect(asked('nginx', '1.27', line)).toBeUndefined(),
  );
});

describe('nginx -t', () => {
  const at = '/etc/nginx/nginx.conf';
  it('finds the configuration of the image well', () =>
    expect(asked('nginx', '1.27', 'nginx -t')).toEqual({
      errors: `nginx: the configuration file ${at} syntax is ok\nnginx: configuration file ${at} test is successful\n`,
      status: 0,
    }));
  it('says what it can not read', () => {
    const broken = { ...IMAGE_FILES, '/etc/nginx/conf.d/default.conf': 'server { listen 80; server_name a }' };
    const { errors, status } = asked('nginx', '1.27', 'nginx -t', broken) ?? {};
    expect(status).toBe(1);
    expect(errors).toMatch(/nginx: \[emerg\] .* in \/etc\/nginx\/conf\.d\/default\.conf:1\n/);
    expect(errors).toContain(`nginx: configuration file ${at} test failed\n`);
  });
  it('warns of what an old one takes still', () => {
    const old = { ...IMAGE_FILES, '/etc/nginx/conf.d/default.conf': 'server { listen 443; ssl on; }' };
    const { errors, status } = asked('nginx', '1.24', 'nginx -t', old) ?? {};
    expect(status).toBe(0);
    expect(errors).toMatch(
      /^\S+ \S+ \[warn\] 1#1: the "ssl" .*\nnginx: \[warn\] the "ssl" .*default.conf:1\nnginx: the conf/,
    );
  });
});
