/** What a real cluster answered to the same lines, but for names and times. */
import { describe, expect, it } from 'vitest';
import { createTerminal, NGINX, type Terminal } from '../testing/terminal';

const CONFIG = (data: string) => `{apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: ${data}}`;

function managers({ run }: Terminal, object: string): string[] {
  const entry = '{.manager}{" "}{.operation}{" "}{.subresource}{" "}{.time}';
  return run(`get ${object} -o jsonpath='{range .metadata.managedFields[*]}${entry}{"\\n"}{end}'`)
    .stdout.trim()
    .split('\n');
}

describe('managers of fields', () => {
  it('are the commands and components that wrote', () => {
    const terminal = createTerminal();
    const { run, world } = terminal;
    run('apply -f -', NGINX);
    world.runFor(5000);
    run('scale deployment nginx --replicas=3');
    run('label deployment nginx x=y');
    run('set image deployment nginx nginx=nginx:1.25 --field-manager=me');
    world.runFor(20_000);
    expect(managers(terminal, 'deployment nginx').map((line) => line.split(' ').slice(0, 3))).toEqual([
      ['kubectl', 'Update', 'scale'],
      ['kubectl-client-side-apply', 'Update', ''],
      ['kubectl-label', 'Update', ''],
      ['me', 'Update', ''],
      ['kube-controller-manager', 'Update', 'status'],
    ]);
  });

  it('manage the fields of the version in which they write', () => {
    const { run } = createTerminal();
    const target = '{apiVersion: apps/v1, kind: Deployment, name: web}';
    const older = (name: string) =>
      `{apiVersion: autoscaling/v1, kind: HorizontalPodAutoscaler, metadata: {name: ${name}}, spec: {minReplicas: 1, maxReplicas: 3, targetCPUUtilizationPercentage: 50, scaleTargetRef: ${target}}}`;
    const spec = 'f:maxReplicas f:minReplicas f:scaleTargetRef f:targetCPUUtilizationPercentage';
    const fields = (name: string) => {
      const [entry] = JSON.parse(run(`get hpa ${name} -o jsonpath={.metadata.managedFields}`).stdout);
      return [
        entry.apiVersion,
        Object.keys(entry.fieldsV1['f:spec']).join(' '),
        entry.fieldsV1['f:spec']['f:scaleTargetRef'],
      ];
    };
    run('create -f -', older('one'));
    run('apply --server-side -f -', older('two'));
    expect(fields('one')).toEqual(['autoscaling/v1', spec, {}]);
    expect(fields('two')).toEqual(['autoscaling/v1', spec, {}]);
    const lost = (patch: string) => {
      run(`patch hpa one --type=merge -p '{"spec":${patch}}'`);
      const entries = JSON.parse(run('get hpa one -o jsonpath={.metadata.managedFields}').stdout);
      return entries.map((entry: { fieldsV1: Record<string, object> }) =>
        Object.keys(entry.fieldsV1['f:spec'] ?? {}).join(' '),
      );
    };
    // Each loses in its own version what was changed in the other.
    expect(lost('{"maxReplicas":7}')).toEqual([spec.replace('f:maxReplicas ', ''), 'f:maxReplicas']);
    const metric =
      '{"type":"Resource","resource":{"name":"cpu","target":{"type":"Utilization","averageUtilization":33}}}';
    expect(lost(`{"metrics":[${metric}]}`)).toEqual(['f:minReplicas f:scaleTargetRef', 'f:maxReplicas f:metrics']);
    expect(lost('{"scaleTargetRef":{"name":"other"}}')).toEqual([
      'f:minReplicas',
      'f:maxReplicas f:metrics f:scaleTargetRef',
    ]);
  });

  it('are shown when asked for, and otherwise only to templates', () => {
    const { run } = createTerminal();
    run('create configmap c --from-literal=a=b');
    expect(run('get cm c -o yaml').stdout).not.toContain('managedFields');
    expect(run('get cm c -o json --show-managed-fields').stdout).toContain('"f:data"');
    expect(run('get cm c -o jsonpath={..manager}').stdout).toBe('kubectl-create');
    expect(run("get cm c -o go-template='{{range .metadata.managedFields}}{{.manager}}{{end}}'").stdout).toBe(
      'kubectl-create',
    );
  });

  it('stand in what a template that fails was given', () => {
    const { run } = createTerminal();
    run('create configmap c --from-literal=a=b');
    expect(run("get cm c -o jsonpath='{.data[0]}'").stderr).toContain('"manager":"kubectl-create"');
    const { stdout, stderr, code } = run("get cm c -o go-template='a{{index .data 3}}'");
    expect(stdout).toMatch(/^aError executing template: .*"managedFields":.* manager:kubectl-create /s);
    expect(stderr).not.toContain('managedFields');
    expect(code).toBe(1);
  });

  it('do not own what admission adds to a Pod', () => {
    const { run } = createTerminal();
    run('run p --image=nginx');
    const { stdout } = run("get pod p -o jsonpath='{.metadata.managedFields[0].fieldsV1}'");
    expect(stdout).toContain('"f:dnsPolicy"');
    expect(stdout).not.toMatch(/f:volumes|f:priority|f:serviceAccount|f:tolerations/);
  });
});

describe('kubectl apply --server-side', () => {
  it('says who manages what it would change', () => {
    const { run } = createTerminal();
    run('apply -f -', CONFIG('{a: "1", z: "0"}'));
    run(`patch cm c -p '{"data":{"z":"1"}}'`);
    const { stderr, code } = run('apply --server-side -f -', CONFIG('{a: "1", z: "3"}'));
    expect(stderr.split('\n').slice(0, 2)).toEqual([
      'error: Apply failed with 1 conflict: conflict with "kubectl-patch" using v1: .data.z',
      'Please review the fields above--they currently have other managers. Here',
    ]);
    expect(code).toBe(1);
    expect(run('apply --server-side --force-conflicts -f -', CONFIG('{a: "1", z: "3"}')).code).toBe(0);
  });

  it('takes nothing over from a client-side apply with a field that is none', () => {
    const { run } = createTerminal();
    const deployment = (replicas: number, more = '') => NGINX.replace('replicas: 2', `replicas: ${replicas}${more}`);
    run('apply --validate=false -f -', deployment(2, '\n  replica: 3'));
    expect(run('apply --server-side -f -', deployment(4)).stderr).toMatch(
      /^error: Apply failed with 1 conflict: conflict with "kubectl-client-side-apply" using apps\/v1: .spec.replicas\n/,
    );
    run('apply -f -', deployment(2));
    expect(run('apply --server-side -f -', deployment(4)).code).toBe(0);
  });

  it('takes over from a client-side apply, and removes what it says no more', () => {
    const terminal = createTerminal();
    const { run } = terminal;
    run('apply -f -', CONFIG('{a: "1", b: "2"}'));
    expect(run('apply --server-side -f -', CONFIG('{a: "1"}')).stdout).toBe('configmap/c serverside-applied\n');
    expect(run('get cm c -o jsonpath={.data}').stdout).toBe('{"a":"1"}');
    expect(managers(terminal, 'cm c').map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
      'kubectl-last-applied Apply',
      'kubectl Apply',
    ]);
  });

  it('warns when a partial configuration of another manager can not stand alone after it took over', () => {
    const terminal = createTerminal();
    terminal.run('apply -f -', NGINX);
    const part = '{apiVersion: apps/v1, kind: Deployment, metadata: {name: nginx}, spec: {replicas: 3}}';
    const { stdout, stderr, code } = terminal.run('apply --server-side --field-manager=m --force-conflicts -f -', part);
    expect([stdout, code]).toEqual(['deployment.apps/nginx serverside-applied\n', 0]);
    expect(stderr).toMatch(
      'Warning: failed to re-apply configuration after performing Server-Side Apply migration. This is non-fatal and will be retried next time you apply. Error: Deployment.apps "nginx" is invalid: [spec.selector: Required value, ',
    );
    expect(managers(terminal, 'deployment nginx').map((line) => line.split(' ')[0])).not.toContain(
      'kubectl-last-applied',
    );
    expect(terminal.run('get deploy nginx -o jsonpath={.spec.replicas}').stdout).toBe('3');
  });

  it.each([
    [
      'spec: {foo: bar}',
      'Error from server: failed to create typed patch object (default/s; /v1, Kind=Service): .spec.foo: field not declared in schema\n',
    ],
    [
      'spec: {ports: [{port: 80}, {port: 80}]}',
      'Error from server: failed to create typed patch object (default/s; /v1, Kind=Service): .spec.ports: duplicate entries for key [port=80,protocol="TCP"]\n',
    ],
  ])('refuses %s', (spec, stderr) => {
    const { run } = createTerminal();
    expect(
      run('apply --server-side -f -', `apiVersion: v1\nkind: Service\nmetadata: {name: s}\n${spec}\n`),
    ).toMatchObject({
      stderr,
      code: 1,
    });
  });

  it('rehearses, with the managers that it would leave', () => {
    const { run } = createTerminal();
    const { stdout } = run(
      'apply --server-side --dry-run=server -o yaml --show-managed-fields -f -',
      CONFIG('{a: "1"}'),
    );
    expect(stdout).toContain('    manager: kubectl\n    operation: Apply\n');
    expect(run('get cm c').code).toBe(1);
  });

  it('forgets managers that somebody resets, and blames whoever came before', () => {
    const { run } = createTerminal();
    run('apply -f -', CONFIG('{a: "1"}'));
    run(`patch cm c --type=merge -p '{"metadata":{"managedFields":[{}]}}'`);
    expect(run("get cm c -o jsonpath='{.metadata.managedFields}'").stdout).toBe('');
    expect(run('apply --server-side --field-manager=q -f -', CONFIG('{a: "2"}')).stderr).toMatch(
      'conflict with "before-first-apply" using v1: .data.a',
    );
  });
});
