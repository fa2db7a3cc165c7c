import { describe, expect, it } from 'vitest';
import type { Container } from '../api/types';
import { type CommandLine, commandLine } from './image-behaviour';
import { holdsProgram, type ImagePrograms, programsOf } from './image-programs';
import { parseImageReference } from './image-reference';

function programs(image: string, isSaid = false): ImagePrograms {
  const { repository = '', tag = '' } = parseImageReference(image) ?? {};
  return programsOf(repository.replace(/^library\//, ''), repository, tag, isSaid);
}

const container = (fields: Partial<Container>): Container => ({ name: 'c', ...fields });

describe('what images hold', () => {
  it.each<[image: string, there: string, missing: string]>([
    ['nginx:1.27', 'sh bash /bin/bash nginx /usr/sbin/nginx curl ls /docker-entrypoint.sh', 'ps wget nc dig nosuch'],
    ['nginx:1.27-alpine', 'sh wget ps nslookup curl', 'bash dig'],
    ['alpine:3', 'sh ash wget nc nslookup ps', 'bash curl dig'],
    ['busybox', 'sh /bin/sh wget ps telnet', 'bash curl /opt/sh nginx'],
    ['ubuntu:24.04', 'bash sh ps', 'curl wget ping'],
    ['redis:7', 'redis-cli redis-server bash', 'curl ps redis'],
    ['python:3', 'python pip curl wget ps bash', 'nslookup'],
    ['python:3-slim', 'python bash', 'curl ps'],
    ['rockylinux:9', 'sh bash', 'wget which'],
    ['gcr.io/distroless/static', '', 'sh ls bash'],
    ['gcr.io/distroless/static:debug', 'sh ls', 'bash'],
    ['k8s.gcr.io/pause:3.1', 'pause', 'sh ls'],
    ['polinux/stress', 'stress sh', 'vault'],
    ['hashicorp/vault-enterprise:1.19', 'vault', 'stress'],
    ['acme/shop:1', 'sh bash curl dig', 'shop'],
    ['acme/shop:1-alpine', 'sh wget', 'bash curl'],
  ])('%s', (image, there, missing) => {
    const held = (name: string): boolean => holdsProgram(programs(image), container({}), name);
    const split = (text: string): string[] => text.split(' ').filter((one) => one !== '');
    expect(split(there).filter((name) => !held(name))).toEqual([]);
    expect(split(missing).filter(held)).toEqual([]);
  });

  it('takes what a manifest names to be in an image of which nothing is known, unless it says that it is not', () => {
    const spec = container({
      command: ['./serve', '--fast'],
      readinessProbe: { exec: { command: ['sh', '-c', 'ready 80 && exit 0'] } },
    });
    const held = (name: string): boolean => holdsProgram(programs('acme/shop:1'), spec, name);
    expect(['./serve', 'ready', 'other', 'serve'].map(held)).toEqual([true, true, false, false]);
    expect(holdsProgram(programs('acme/shop:1'), container({ command: ['no-such-thing'] }), 'no-such-thing')).toBe(
      false,
    );
    expect(holdsProgram(programs('acme/runner:1-alpine'), container({ command: ['bash', '/run'] }), 'bash')).toBe(true);
    expect(holdsProgram(programs('nginx:1.27-alpine'), container({ command: ['bash', '/run'] }), 'bash')).toBe(false);
  });
});

it.each([
  ['gcr.io/distroless/static-debian12', 'nothing'],
  ['gcr.io/distroless/base:nonroot', 'nothing'],
  ['gcr.io/distroless/static:debug', 'shell'],
  ['gcr.io/distroless/java21', undefined],
  ['fedora:42', 'shell'],
  ['public.ecr.aws/docker/library/busybox:1', 'shell'],
  ['golang:1.26', 'shell'],
  ['acme/golang', undefined],
  ['k8s.gcr.io/pause:3.1', undefined],
])('%s starts, when nobody says what, %s', (image, starts) => {
  expect(programs(image).starts).toBe(starts);
  expect(programs(image, true).starts).toBeUndefined();
});

describe('what a container runs', () => {
  const ENTRY = '/docker-entrypoint.sh: 47: exec';
  it.each<[image: string, fields: Partial<Container>, line: CommandLine]>([
    ['nginx', {}, {}],
    ['nginx', { command: ['nginx', '-g', 'daemon off;'] }, {}],
    ['nginx', { args: ['-g', 'daemon off;'] }, {}],
    ['nginx', { args: ['nginx-debug'] }, {}],
    ['nginx', { args: ['foo', '1'] }, { command: ['foo', '1'], entrypoint: ENTRY }],
    ['nginx', { command: ['foo'] }, { command: ['foo'] }],
    ['redis', { command: ['redis-cli', 'ping'] }, { command: ['redis-cli', 'ping'] }],
    ['httpd', { args: ['foo'] }, { command: ['foo'] }],
    ['busybox', { args: ['-x'] }, { command: ['-x'] }],
    ['traefik', { args: ['--api'] }, {}],
    ['curlimages/curl', { args: ['-s', 'http://web'] }, { command: ['curl', '-s', 'http://web'] }],
    ['curlimages/curl', { args: ['sh', '-c', 'x'] }, { command: ['sh', '-c', 'x'] }],
    ['perl:5.34', { command: ['perl', '-e', 'x'] }, { command: ['perl', '-e', 'x'] }],
    ['acme/shop', { command: ['./serve'] }, {}],
    ['acme/shop', { args: ['--port=80'] }, {}],
    ['acme/shop', { args: ['sleep', '5'] }, { command: ['sleep', '5'] }],
    [
      'acme/shop',
      { command: ['/s/run.sh'], volumeMounts: [{ name: 's', mountPath: '/s/' }] },
      { command: ['/s/run.sh'] },
    ],
  ])('%s with %j', (image, fields, line) => {
    expect(commandLine(programs(image), container(fields))).toEqual(line);
  });
});
