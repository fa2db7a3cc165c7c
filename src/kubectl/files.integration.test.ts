import { describe, expect, it } from 'vitest';
import { createTerminal, NGINX } from '../testing/terminal';
import { isReading } from './reading';
import { findCommand } from './registry';

const CONFIG = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: NAME}\n';
const written = (path: string, text: string) => `cat > ${path} <<'EOF'\n${text}EOF\n`;

describe('files of the terminal', () => {
  it('are written, read, listed and removed', () => {
    const { run } = createTerminal();
    expect(run(written('web.yaml', NGINX))).toMatchObject({ stdout: '', stderr: '', code: 0 });
    expect(run('cat web.yaml').stdout).toBe(NGINX);
    run('echo more >> notes/a.txt');
    run('echo more >> notes/a.txt');
    expect(run('cat ./notes/a.txt').stdout).toBe('more\nmore\n');
    expect(run('ls').stdout).toBe('notes\nweb.yaml\n');
    expect(run('ls notes').stdout).toBe('a.txt\n');
    expect(run('ls ./notes/').stdout).toBe('a.txt\n');
    expect(run('rm -r notes').code).toBe(0);
    expect(run('cat notes/a.txt')).toMatchObject({
      stderr: 'cat: notes/a.txt: No such file or directory\n',
      code: 1,
    });
  });

  it('are what -f reads, and what a redirection writes (C02, C39)', () => {
    const { run } = createTerminal();
    run('create deployment web --image=nginx --dry-run=client -o yaml > nginx-deployment.yaml');
    expect(run('kubectl create -f nginx-deployment.yaml --record')).toMatchObject({
      stdout: 'deployment.apps/web created\n',
      stderr: 'Flag --record has been deprecated, --record will be removed in the future\n',
    });
    expect(run('kubectl delete -f nginx-deployment.yaml').stdout).toBe(
      'deployment.apps "web" deleted from default namespace\n',
    );
    expect(run('apply -f nothing.yaml')).toMatchObject({
      stderr: 'error: the path "nothing.yaml" does not exist\n',
      code: 1,
    });
  });

  it('are read from a directory, also with those below it', () => {
    const { run } = createTerminal();
    run(written('all/a.yaml', CONFIG.replace('NAME', 'a')));
    run(written('all/deep/b.yml', CONFIG.replace('NAME', 'b')));
    run('touch all/notes.txt');
    expect(run('apply -f all/').stdout).toBe('configmap/a created\n');
    expect(run('apply -R -f all').stdout).toBe('configmap/a unchanged\nconfigmap/b created\n');
  });

  it('become keys of ConfigMaps and Secrets (C67, C70, C77)', () => {
    const { run } = createTerminal();
    run(written('nginx.conf', 'user www;\n'));
    run(written('conf/mysql.conf', '[mysqld]\n'));
    run(written('conf/nginx.conf', 'http {}\n'));
    expect(run('kubectl create configmap nginx --from-file=nginx.conf').stdout).toBe('configmap/nginx created\n');
    expect(run('kubectl create configmap conf --from-file=conf/').stdout).toBe('configmap/conf created\n');
    expect(run('get cm conf nginx').stdout).toBe('NAME    DATA   AGE\nconf    2      0s\nnginx   1      0s\n');
    run(written('vars.env', '# comment\n\nA=1\nB=x=y\nC\n'));
    run('create configmap env --from-env-file=vars.env');
    expect(run("get cm env -o jsonpath='{.data}'").stdout).toBe('{"A":"1","B":"x=y","C":""}');
    run(written('tls.crt', '-----BEGIN CERTIFICATE-----\n'));
    run(written('tls.key', '-----BEGIN PRIVATE KEY-----\n'));
    expect(run('kubectl create secret tls tls-secret --key tls.key --cert tls.crt').stdout).toBe(
      'secret/tls-secret created\n',
    );
    expect(run('create secret tls t --key vars.env --cert tls.crt').stderr).toBe(
      'error: tls: failed to find any PEM data in key input\n',
    );
  });

  it('are one object where -f names one of them that holds one, and a list otherwise', () => {
    const { run } = createTerminal();
    run(written('one.yaml', CONFIG.replace('NAME', 'a')));
    run(written('all/b.yaml', CONFIG.replace('NAME', 'b')));
    run(written('two.yaml', `${CONFIG.replace('NAME', 'a')}---\n${CONFIG.replace('NAME', 'b')}`));
    run('apply -f two.yaml');
    const kindOf = (files: string) => run(`get ${files} -o jsonpath={.kind}`).stdout;
    expect(['-f one.yaml', '-f two.yaml', '-f all', '-f one.yaml -f all/b.yaml'].map(kindOf)).toEqual([
      'ConfigMap',
      'List',
      'List',
      'List',
    ]);
    expect(run('cat one.yaml | kubectl get -f - -o jsonpath={.kind}').stdout).toBe('List');
    run('delete cm a');
    expect(run('get -f one.yaml -o yaml')).toMatchObject({
      stdout: '',
      stderr: 'Error from server (NotFound): configmaps "a" not found\n',
    });
  });

  it('hold patches, as YAML or JSON', () => {
    const { run } = createTerminal({ documents: NGINX });
    run(written('patch.yaml', '# the replicas\nspec:\n  replicas: 5\n'));
    run(written('patch.json', '[{"op": "replace", "path": "/spec/replicas", "value": 4}]\n'));
    const replicas = () => run("get deploy nginx -o jsonpath='{.spec.replicas}'").stdout;
    expect(run('patch deployment nginx --patch-file ./patch.yaml').stdout).toBe('deployment.apps/nginx patched\n');
    expect(replicas()).toBe('5');
    run('patch deployment nginx --type json --patch-file patch.json');
    expect(replicas()).toBe('4');
    expect(run('patch deployment nginx --patch-file none.yaml').stderr).toBe(
      'error: unable to read patch file: open none.yaml: no such file or directory\n',
    );
  });

  it('hold templates', () => {
    const { run } = createTerminal();
    run('create cm a');
    run("echo -n '{.metadata.name}!' > t");
    expect(run('get cm a -o jsonpath-file=t').stdout).toBe('a!');
    run(written('c', 'NAME   KIND\nmetadata.name  kind\n'));
    expect(run('get cm a -o custom-columns-file=c').stdout).toBe('NAME   KIND\na      ConfigMap\n');
    expect(run('get cm a -o jsonpath-file=x').stderr).toBe(
      'error: error reading --template x, open x: no such file or directory\n',
    );
    expect(run('get cm a -o custom-columns-file=x').stderr).toBe(
      'error: error reading template x, open x: no such file or directory\n',
    );
  });

  it('go from one kubectl to the next', () => {
    const { run } = createTerminal();
    const line = 'create cm x --from-literal=a=b --dry-run=client -o yaml | kubectl apply -f - | wc -l';
    expect(run(line)).toMatchObject({ stdout: '1\n', code: 0 });
    expect(run('apply -f - < missing.yaml').stderr).toBe('bash: missing.yaml: No such file or directory\n');
  });

  it('include the manifests of the editor, by name or kind (C14, C74)', () => {
    const { run, world } = createTerminal();
    world.simulation.act({
      to: 'user',
      kind: 'apply',
      payload: { documents: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'yaml' } }] },
    });
    world.runFor(100);
    expect(run('apply -f yaml.yaml').stdout).toBe('configmap/yaml unchanged\n');
    expect(run('delete -f configmap.yaml').stdout).toBe('configmap "yaml" deleted from default namespace\n');
  });

  it.each([
    ['cat web.yaml', true],
    ['cat > web.yaml <<EOF\nEOF', false],
    ['get pods > pods.txt', false],
    ['get pods > /dev/null', true],
    ['get pods -o yaml | kubectl apply -f -', false],
    ['timeout 5s kubectl get pods -w', true],
    ['rm web.yaml', false],
  ])('tells what only looks: %j', (line, expected) => {
    expect(isReading(line, findCommand)).toBe(expected);
  });
});
