import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../engine/api/meta';
import type { Deployment } from '../engine/api/types';
import { createTerminal, NGINX } from '../testing/terminal';
import { LAST_APPLIED } from './last-applied';

interface ConfigMap extends KubeObject {
  readonly data: Record<string, string>;
}

const configMap = (name: string, data: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: ${data}\n`;

describe('kubectl apply', () => {
  it('says created, unchanged and configured', () => {
    const { run } = createTerminal();
    const texts = [NGINX, NGINX, NGINX.replace('replicas: 2', 'replicas: 3')].map(
      (text) => run('apply -f -', text).stdout,
    );
    expect(texts).toEqual(['created', 'unchanged', 'configured'].map((what) => `deployment.apps/nginx ${what}\n`));
  });

  it('keeps what others set, takes away what it stopped saying, overwrites what it says', () => {
    const { run, world } = createTerminal();
    run('apply -f -', NGINX);
    run('apply -f -', configMap('a', '{one: "1", two: "2"}'));
    run('scale deployment nginx --replicas=4');
    run('set env deployment/nginx BY=hand');
    run(`patch configmap a --type=merge -p '{"data":{"three":"3"}}'`);
    run('apply -f -', NGINX.replace('1.7.9', '1.9.1'));
    run('apply -f -', configMap('a', '{one: "1"}'));
    const deployment = world.get<Deployment>('Deployment', 'default', 'nginx');
    expect(deployment.spec.replicas).toBe(2);
    expect(deployment.spec.template.spec?.containers[0]).toMatchObject({
      image: 'nginx:1.9.1',
      env: [{ name: 'BY', value: 'hand' }],
    });
    expect(world.get<ConfigMap>('ConfigMap', 'default', 'a').data).toEqual({ one: '1', three: '3' });
    expect(world.get('ConfigMap', 'default', 'a').metadata.annotations?.[LAST_APPLIED]).toBe(
      '{"apiVersion":"v1","data":{"one":"1"},"kind":"ConfigMap","metadata":{"annotations":{},"name":"a","namespace":"default"}}\n',
    );
  });

  it('warns when the object was made otherwise', () => {
    const { run } = createTerminal();
    run('create configmap a --from-literal=x=1');
    const { stdout, stderr } = run('apply -f -', configMap('a', '{x: "2"}'));
    expect(stdout).toBe('configmap/a configured\n');
    expect(stderr).toMatch(/^Warning: resource configmaps\/a is missing the kubectl\.kubernetes\.io\/last-applied/);
  });

  it('goes on after a bad document and fails at the end', () => {
    const { run, world } = createTerminal();
    const stranger = 'apiVersion: example.com/v1\nkind: Unicorn\nmetadata: {name: u}\n';
    const text = [configMap('a', '{}'), stranger, configMap('b', '{}')].join('---\n');
    expect(run('apply -f -', text)).toMatchObject({
      stdout: 'configmap/a created\nconfigmap/b created\n',
      stderr:
        'error: resource mapping not found for name: "u" namespace: "" from "STDIN": no matches for kind "Unicorn" in version ' +
        '"example.com/v1"\nensure CRDs are installed first\n',
      code: 1,
    });
    const verbs = world.steps().filter(({ actor, verb }) => actor === 'user' && verb === 'run');
    expect(verbs.map(({ object }) => object?.name)).toEqual(['a', 'b']);
  });

  it('counts what it could not read as one error, after what it could not apply', () => {
    const { run } = createTerminal();
    const strangers = ['u', 'v'].map(
      (name) => `apiVersion: example.com/v1\nkind: Unicorn\nmetadata: {name: ${name}}\n`,
    );
    const text = [...strangers, configMap('a', '{}').replace('{name: a}', '{name: a, namespace: nosuch}')].join(
      '---\n',
    );
    const { stderr } = run('create -f -', text);
    expect(stderr).toMatch(
      /^Error from server \(NotFound\): error when creating "STDIN": namespaces "nosuch" not found\n\[resource mapping/,
    );
    expect(stderr).toMatch(
      /ensure CRDs are installed first, resource mapping .*\nensure CRDs are installed first\]\n$/,
    );
  });

  it('names its file and the kind that is not simulated', () => {
    const { run } = createTerminal();
    const volume = 'apiVersion: certificates.k8s.io/v1\nkind: CertificateSigningRequest\nmetadata: {name: a}\n';
    expect(run('apply -f -', volume).stderr).toMatch(/^kubestep: CertificateSigningRequest is not simulated/m);
    expect(run('apply -f web.yaml').stderr).toBe('error: the path "web.yaml" does not exist\n');
    expect(run('apply -f -', 'a: b: c').stderr).toBe(
      'error: error parsing STDIN: error converting YAML to JSON: yaml: mapping values are not allowed in this context\n',
    );
    expect(run('apply -f -', 'kind: Pod\n').stderr).toMatch(/error validating "STDIN": .*: apiVersion not set; /);
    expect(run('replace --force -f -', '')).toMatchObject({
      stdout: 'No resources found\n',
      stderr: 'error: no objects passed to replace\n',
    });
    expect(run('apply -f -', '').stderr).toBe('error: no objects passed to apply\n');
    expect(run('apply').stderr).toBe('error: must specify one of -f and -k\n');
  });

  it('changes nothing in a dry run', () => {
    const { run, world } = createTerminal();
    expect(run('apply --dry-run=server -f -', NGINX).stdout).toBe('deployment.apps/nginx created (server dry run)\n');
    expect(run('apply --dry-run=client -f -', NGINX).stdout).toBe('deployment.apps/nginx created (dry run)\n');
    expect(world.find('Deployment', 'default', 'nginx')).toBeUndefined();
  });

  it('takes manifests as an input', () => {
    const documents = ['a', 'b'].map((name) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } }));
    const input = { to: 'user', kind: 'apply', atMs: 500, payload: { documents, source: 'web.yaml' } };
    const { records, world } = createTerminal({ inputs: [input] });
    world.runUntil(1_000);
    expect(records()).toMatchObject([
      { command: 'apply -f web.yaml', stdout: 'configmap/a created\nconfigmap/b created\n' },
    ]);
  });
});

describe('kubectl replace', () => {
  it('overwrites, unless the version is old', () => {
    const { run, world } = createTerminal();
    expect(run('replace -f -', configMap('a', '{x: "1"}')).stderr).toBe(
      'Error from server (NotFound): error when replacing "STDIN": configmaps "a" not found\n',
    );
    run('create -f -', configMap('a', '{k: v}'));
    expect(run('replace -f -', configMap('a', '{x: "1"}')).stdout).toBe('configmap/a replaced\n');
    expect(world.get<ConfigMap>('ConfigMap', 'default', 'a').data).toEqual({ x: '1' });
    const old = configMap('a', '{x: "2"}').replace('{name: a}', '{name: a, resourceVersion: "1"}');
    expect(run('replace -f -', old).stderr).toMatch(/^Error from server \(Conflict\): error when replacing "STDIN": /);
  });

  it('with --force deletes, waits and creates again', () => {
    const { run, world } = createTerminal();
    run('apply -f -', configMap('a', '{x: "1"}'));
    const { uid } = world.get('ConfigMap', 'default', 'a').metadata;
    expect(run('replace --force -f -', configMap('a', '{x: "2"}')).stdout).toBe(
      'configmap "a" deleted from default namespace\nconfigmap/a replaced\n',
    );
    expect(world.get('ConfigMap', 'default', 'a').metadata.uid).not.toBe(uid);
  });
});
