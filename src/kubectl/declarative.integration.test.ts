import { describe, expect, it } from 'vitest';
import { createTerminal, NGINX } from '../testing/terminal';
import { unifiedDiff } from './unified-diff';

const config = (name: string, data: string) =>
  `{apiVersion: v1, kind: ConfigMap, metadata: {name: ${name}, labels: {app: x}}, data: ${data}}\n`;

describe('kubectl diff', () => {
  it('prints what an apply would change, with exit code 1, and changes nothing', () => {
    const { run } = createTerminal();
    run('apply -f -', config('a', '{k: "1"}'));
    expect(run('diff -f -', config('a', '{k: "1"}'))).toMatchObject({ stdout: '', stderr: '', code: 0 });
    const { stdout, code } = run('diff -f -', config('a', '{k: "2", l: "3"}'));
    expect(code).toBe(1);
    expect(
      stdout
        .replace(/(LIVE|MERGED)-\d+/g, '$1')
        .split('\n')
        .slice(0, 12),
    ).toEqual([
      'diff -u -N /tmp/LIVE/v1.ConfigMap.default.a /tmp/MERGED/v1.ConfigMap.default.a',
      '--- /tmp/LIVE/v1.ConfigMap.default.a\t2026-01-01 00:00:00.000000000 +0000',
      '+++ /tmp/MERGED/v1.ConfigMap.default.a\t2026-01-01 00:00:00.000000000 +0000',
      '@@ -1,6 +1,7 @@',
      ' apiVersion: v1',
      ' data:',
      '-  k: "1"',
      '+  k: "2"',
      '+  l: "3"',
      ' kind: ConfigMap',
      ' metadata:',
      '   annotations:',
    ]);
    expect(run('get cm a -o jsonpath={.data}').stdout).toBe('{"k":"1"}');
  });

  it('shows a new object as added, hides what Secrets hold, and counts errors from 2', () => {
    const { run } = createTerminal();
    expect(run('diff -f -', NGINX).stdout).toContain('@@ -0,0 +1,');
    run('create secret generic s --from-literal=a=1 --from-literal=b=2');
    const secret = 'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {a: MQ==, b: Mw==}\n';
    const { stdout } = run('diff -f -', secret);
    expect(stdout).toContain("   a: '***'\n-  b: '*** (before)'\n+  b: '*** (after)'\n");
    expect(run('diff --show-secrets -f -', secret).stdout).toContain('   a: MQ==\n-  b: Mg==\n+  b: Mw==\n');
    expect(run('diff -f -', secret.replace('name: s', 'name: new')).stdout).toMatch(
      /\n@@ -1 \+1,\d+ @@\n-null\n\+apiVersion: v1\n/,
    );
    expect(run('diff -f nothing.yaml')).toMatchObject({
      stderr: 'error: the path "nothing.yaml" does not exist\n',
      code: 2,
    });
  });

  it('joins hunks that touch', () => {
    const lines = (...changed: number[]) =>
      Array.from({ length: 30 }, (_, at) => `${at}${changed.includes(at) ? '!' : ''}\n`).join('');
    expect(unifiedDiff(lines(), lines(3, 10)).match(/@@/g)).toHaveLength(2);
    expect(unifiedDiff(lines(), lines(3, 11)).match(/@@/g)).toHaveLength(4);
    expect(unifiedDiff('a\n', 'b\n')).toBe('@@ -1 +1 @@\n-a\n+b\n');
    expect(unifiedDiff('a\nb\n', '')).toBe('@@ -1,2 +0,0 @@\n-a\n-b\n');
  });
});

describe('kubectl apply --prune', () => {
  it('deletes what was applied before and is not in the file any more', () => {
    const { run } = createTerminal();
    run('apply -f -', `${config('a', '{k: v}')}---\n${config('b', '{k: v}')}`);
    run('create configmap made');
    run('label cm made app=x');
    const line = 'apply --prune -l app=x --prune-allowlist=core/v1/ConfigMap -f -';
    expect(run(`${line} --dry-run=client`, config('a', '{k: v}')).stdout).toBe(
      'configmap/a unchanged (dry run)\nconfigmap/b pruned (dry run)\n',
    );
    expect(run(line, config('a', '{k: v}'))).toMatchObject({
      stdout: 'configmap/a unchanged\nconfigmap/b pruned\n',
      stderr: '',
      code: 0,
    });
    expect(run('get cm -l app=x -o name').stdout).toBe('configmap/a\nconfigmap/made\n');
    expect(run('apply --prune --all -f -', config('a', '{k: v}')).stderr).toMatch(
      /Deprecated: kubectl apply will no longer prune/,
    );
  });

  it.each([
    [
      'apply --prune -f -',
      'error: all resources selected for prune without explicitly passing --all. To prune all resources, pass the --all flag. If you did not mean to prune all resources, specify a label selector\n',
    ],
    ['apply --prune --all -l a=b -f -', 'error: cannot set --all and --selector at the same time\n'],
    [
      'apply --prune --all --prune-allowlist=Pod -f -',
      'error: invalid GroupVersionKind format: Pod, please follow <group/version/kind>\n',
    ],
    [
      'apply --prune --all --server-side -f -',
      "error: --prune is in alpha and doesn't currently work on objects created by server-side apply\n",
    ],
  ])('%s', (line, stderr) => {
    expect(createTerminal().run(line, config('a', '{}'))).toMatchObject({ stderr, code: 1 });
  });
});

describe('kubectl edit', () => {
  it('saves what stands for the edited text (C06)', () => {
    const { run } = createTerminal();
    run('apply -f -', NGINX);
    const text = run('get deployment nginx -o yaml').stdout;
    expect(run('edit deployment/nginx', text.replace('nginx:1.7.9', 'nginx:1.9.1')).stdout).toBe(
      'deployment.apps/nginx edited\n',
    );
    expect(run('edit deployment/nginx', run('get deployment nginx -o yaml').stdout)).toMatchObject({
      stderr: 'Edit cancelled, no changes made.\n',
      code: 0,
    });
    const asked = run('edit deployment/nginx');
    expect(asked.stderr).toMatch(/^kubestep: there is no editor in the terminal/);
    expect(asked).toMatchObject({
      code: 1,
      edits: [{ kind: 'Deployment', namespace: 'default', name: 'nginx' }],
    });
  });
});

describe('kubectl config', () => {
  it('sets the namespace that commands work in', () => {
    const { run } = createTerminal();
    run('create namespace shop');
    expect(run('config set-context --current --namespace=shop').stdout).toBe(
      'Context "kubernetes-admin@kubernetes" modified.\n',
    );
    run('create configmap here');
    expect(run('get cm here -n shop -o name').stdout).toBe('configmap/here\n');
    expect(run('config get-contexts').stdout).toBe(
      'CURRENT   NAME                          CLUSTER      AUTHINFO           NAMESPACE\n' +
        '*         kubernetes-admin@kubernetes   kubernetes   kubernetes-admin   shop\n',
    );
    expect(run("config view --minify -o jsonpath='{..namespace}'").stdout).toBe('shop');
    expect(run('config use-context other').stderr).toBe('error: no context exists with the name: "other"\n');
  });
});
