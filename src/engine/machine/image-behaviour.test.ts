import { describe, expect, it } from 'vitest';
import type { Container, Pod } from '../api/types';
import type { ProgramConfig } from '../simulation';
import { containerBehaviour, findProgram, pullBehaviour, runsAsRoot } from './image-behaviour';
import { CATALOGUE_IMAGE_NAMES, IMAGE_CATALOGUE } from './image-catalogue';
import { parseImageReference } from './image-reference';

const pod = { metadata: { name: 'web', labels: { app: 'web' } }, spec: { containers: [] } } as unknown as Pod;
const container = (image: string, fields: Partial<Container> = {}): Container => ({ name: 'app', image, ...fields });
const behave = (spec: Container, programs: ProgramConfig[] = []) => containerBehaviour(programs, pod, spec);

describe('an image nobody knows', () => {
  it('listens on its ports, runs for ever and ends with 143', () => {
    const ports = [{ containerPort: 80 }, { containerPort: 9090 }];
    expect(behave(container('acme/web:1', { ports }))).toMatchObject({
      startMs: 500,
      listeners: [{ port: 80, afterMs: 0, status: 200 }, { port: 9090 }],
      stop: { exitAfterMs: 1000, code: 143 },
    });
    expect(behave(container('acme/web:1')).exit).toBeUndefined();
    expect(pullBehaviour([], pod, container('acme/web:1')).durationMs).toBe(2000);
  });
  it.each([
    ['nginx:1.161', 'ErrImagePull'],
    ['nginx:1.27.3', undefined],
    ['registry.k8s.io/e2e-test-images/agnhost:2.63.0', undefined],
    ['nginx:does-not-exist', 'ErrImagePull'],
    ['non-existing-repo/non-existing-image:example', 'denied'],
    ['quay.io/acme/nosuch:1', 'ErrImagePull'],
    ['acme/existing:1', undefined],
    ['ghcr.io/acme/not-found-page:1', undefined],
    ['acme/page-not-found', undefined],
    ['acme/web:not-found-page', undefined],
    ['acme/nonexistential:1', undefined],
    ['quay.io/acme/not-found/web:1', 'ErrImagePull'],
    ['quay.io/acme/image-not-found:1', 'ErrImagePull'],
    ['acme/web:notfound', 'ErrImagePull'],
    ['acme/this-image-does-not-exist', 'denied'],
    ['acme/nonexistent', 'denied'],
  ])('%s: pulling ends with %s', (image, error) => {
    expect(pullBehaviour([], pod, container(image)).error).toBe(error);
    expect(pullBehaviour([{ image, pull: 5 }], pod, container(image)).error).toBeUndefined();
  });
  it.each([
    ['quay.io/acme/operator:1', false],
    ['acme/web:1', false],
    ['app:v1', true],
    ['nginx:1', true],
    ['debian:13', true],
    ['gcr.io/distroless/static', true],
    ['gcr.io/distroless/static:nonroot', false],
  ])('%s runs as root: %s', (image, is) => {
    expect(runsAsRoot(image)).toBe(is);
  });
  it('speaks TLS where its probes ask for it', () => {
    const exec = { command: ['sh', '-c', 'curl -k "https://127.0.0.1:9200/"'] };
    expect(behave(container('acme/search:1', { readinessProbe: { exec } })).listeners).toMatchObject([
      { port: 9200, tls: true },
    ]);
  });
  it.each([
    ['127.0.0.1', [9879]],
    ['localhost', [9879]],
    ['example.com', []],
  ])('listens where its probes ask %s', (host, ports) => {
    const spec = container('acme/agent:1', { livenessProbe: { httpGet: { host, port: 9879 } } });
    expect(behave(spec).listeners.map(({ port }) => port)).toEqual(ports);
  });
});

describe('a program nobody knows that is to end', () => {
  const spec = container('acme/setup:1');
  const within = (changes: Partial<Pod['spec']>, owner?: string): Pod => ({
    ...pod,
    metadata: { ...pod.metadata, ...(owner ? { ownerReferences: [{ kind: owner }] } : {}) } as Pod['metadata'],
    spec: { ...pod.spec, ...changes },
  });
  const done = { afterMs: 1000, code: 0 };
  it('does as an init container, unless that is a sidecar', () => {
    expect(containerBehaviour([], within({ initContainers: [spec] }), spec).exit).toEqual(done);
    const sidecar: Container = { ...spec, restartPolicy: 'Always' };
    expect(containerBehaviour([], within({ initContainers: [sidecar] }), sidecar).exit).toBeUndefined();
  });
  it('does as the command of a Job, not as an image without one', () => {
    const job = within({ containers: [spec] }, 'Job');
    expect(containerBehaviour([], job, { ...spec, args: ['create', '--host=a'] }).exit).toEqual(done);
    expect(containerBehaviour([], job, spec).exit).toBeUndefined();
    expect(containerBehaviour([], within({}, 'ReplicaSet'), { ...spec, args: ['serve'] }).exit).toBeUndefined();
  });
});

describe('programs', () => {
  const programs: ProgramConfig[] = [
    { image: 'app:*', container: 'sidecar', pull: 1 },
    { image: 'app:*', selector: 'app=other', pull: 2 },
    { image: 'app:*', selector: 'app in (web)', pull: 3, sigterm: 'ignore', exit: { afterMs: 5, code: 2 } },
    { image: 'bad:*', pull: { error: 'ErrImagePull' } },
    { image: 'nginx', pull: 4 },
  ];
  it.each([
    ['app:v1', 3],
    ['bad:v1', 'ErrImagePull'],
    ['nginx', 4],
    ['nginx:1.2', undefined],
  ])('the first that speaks of %s', (image, pull) => {
    const found = findProgram(programs, container(image), pod.metadata.labels)?.pull;
    expect(typeof found === 'object' && 'error' in found ? found.error : found).toBe(pull);
  });

  it('says how the process ends', () => {
    expect(behave(container('app:v1'), programs)).toMatchObject({ stop: 'ignore', exit: { afterMs: 5, code: 2 } });
  });
});

describe('the catalogue', () => {
  it.each([
    ['nginx', {}, { webRoot: '/usr/share/nginx/html', stop: { code: 0 } }],
    [
      'mysql:8',
      { env: [{ name: 'MYSQL_ROOT_PASSWORD', value: 'x' }] },
      { listeners: [{ port: 3306, afterMs: 8000 }, {}] },
    ],
    ['busybox', {}, { exit: { afterMs: 0, code: 0 } }],
    ['busybox', { command: ['sleep', '3600'] }, { command: ['sleep', '3600'], stop: 'ignore' }],
    ['busybox', { args: ['sleep', '5'] }, { command: ['sleep', '5'] }],
    ['docker.io/library/redis:7', {}, { listeners: [{ port: 6379 }] }],
    ['hello-world', {}, { exit: { code: 0 } }],
  ])('%s with %j', (image, fields, expected) => {
    expect(behave(container(image, fields as Partial<Container>))).toMatchObject(expected);
  });

  it('leaves an unknown program of an image to the image', () => {
    expect(behave(container('redis', { command: ['redis-server', '--appendonly', 'yes'] })).command).toBeUndefined();
    expect(behave(container('nginx', { args: ['-g', 'daemon off;'] })).command).toBeUndefined();
    expect(behave(container('redis:5', { args: ['/etc/redis/redis.conf'] })).command).toBeUndefined();
    const agnhost = 'registry.k8s.io/e2e-test-images/agnhost:2.63.0';
    expect(behave(container(agnhost, { command: ['/agnhost', 'netexec'] })).command).toBeUndefined();
  });

  it('runs a script that a volume brings as a file', () => {
    const volumeMounts = [{ name: 'scripts', mountPath: '/scripts/run.sh', subPath: 'run.sh' }];
    const spec = container('acme/web:1', { command: ['/scripts/run.sh'], volumeMounts });
    expect(behave(spec).command).toEqual(['/scripts/run.sh']);
  });

  it('names every image once and validly', () => {
    expect(new Set(CATALOGUE_IMAGE_NAMES).size).toBe(IMAGE_CATALOGUE.length);
    for (const name of CATALOGUE_IMAGE_NAMES) expect(parseImageReference(name), name).toBeDefined();
  });
});
