/** What somebody sees who may only do a part of what a command does; a real cluster answered in these words. */
import { describe, expect, it } from 'vitest';
import { createTerminal, NGINX, type Terminal } from '../testing/terminal';

const RIGHTS = `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: ann}
rules:
- {apiGroups: [""], resources: [configmaps], resourceNames: [one], verbs: [get, list]}
- {apiGroups: [""], resources: [nodes, services, pods], verbs: [get]}
- {apiGroups: [apps, networking.k8s.io], resources: [deployments, replicasets, ingresses], verbs: [get, list]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: ann}
subjects: [{kind: User, name: ann}]
roleRef: {kind: ClusterRole, name: ann}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: bob}
rules: [{apiGroups: [apps], resources: [deployments], verbs: [get]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: bob}
subjects: [{kind: User, name: bob}]
roleRef: {kind: ClusterRole, name: bob}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: one}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: eve}
rules: [{apiGroups: [networking.k8s.io], resources: [ingresses], verbs: [delete]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: eve}
subjects: [{kind: User, name: eve}]
roleRef: {kind: ClusterRole, name: eve}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: in}
spec: {defaultBackend: {service: {name: web, port: {number: 80}}}}
---
${NGINX}`;

function terminal(): Terminal {
  const made = createTerminal({ documents: RIGHTS, nodes: 1 });
  made.world.runFor(10_000);
  return made;
}

describe('with a part of the rights', () => {
  it('deletes what it may not see, and does not wait for its end', () => {
    const { run } = terminal();
    const { stdout, stderr, code } = run('delete ingress in --as=eve');
    expect([stdout, stderr, code]).toEqual(['ingress.networking.k8s.io "in" deleted from default namespace\n', '', 0]);
  });

  it('lists the one object that a role names when the field selector asks for no other', () => {
    const { run } = terminal();
    expect(run('get cm --field-selector metadata.name=one --as=ann -o name').stdout).toBe('configmap/one\n');
    expect(run('get cm --field-selector metadata.name=two --as=ann').stderr).toBe(
      'Error from server (Forbidden): configmaps "two" is forbidden: User "ann" cannot list resource "configmaps" in API group "" in the namespace "default"\n',
    );
    expect(run('get cm --field-selector metadata.name!=two --as=ann').code).toBe(1);
  });

  it('describes what it may see, and leaves out or names the rest', () => {
    const { run } = terminal();
    const deployment = run('describe deployment nginx --as=bob');
    expect(deployment).toMatchObject({ code: 0, stderr: '' });
    expect(deployment.stdout).not.toContain('NewReplicaSet:');
    expect(deployment.stdout).toMatch(/\nEvents: +<none>\n$/);
    const denied = (what: string, group: string) =>
      `User "ann" cannot list resource "${what}" in API group "${group}" in the namespace "default"`;
    expect(run('describe rs --as=ann').stdout).toMatch(
      `error in fetching pods: pods is forbidden: ${denied('pods', '')}\n`,
    );
    expect(run('describe ingress in --as=ann').stdout).toMatch(
      `web:80 (<error: endpointslices.discovery.k8s.io is forbidden: ${denied('endpointslices', 'discovery.k8s.io')}>)\n`,
    );
    const node = run('describe node node-1 --as=ann').stdout;
    expect(node).toMatch(/\nPods: +not authorized\n/);
    expect(node).toMatch(
      /\nLease: +Failed to get lease: leases\.coordination\.k8s\.io "node-1" is forbidden: User "ann" /,
    );
  });

  it('is shown kinds bare when all but one are refused', () => {
    const { run } = terminal();
    const { stdout, stderr } = run('get deployments,secrets --as=ann');
    expect(stdout).toMatch(/^NAME +READY[^\n]*\nnginx /);
    expect(stderr).toContain('secrets is forbidden');
    expect(run('get deployments,ingresses --as=ann').stdout).toMatch(/\ndeployment\.apps\/nginx /);
  });

  it('asks a question only where it may see which kinds there are', () => {
    const { run } = terminal();
    const question =
      'apiVersion: authorization.k8s.io/v1\nkind: SelfSubjectAccessReview\nspec: {resourceAttributes: {verb: list, resource: pods}}';
    expect(run('create -f - --as=ann', question)).toMatchObject({
      stdout: '',
      stderr:
        'error: error validating "STDIN": error validating data: failed to check CRD: failed to list CRDs: ' +
        'customresourcedefinitions.apiextensions.k8s.io is forbidden: User "ann" cannot list resource "customresourcedefinitions" ' +
        'in API group "apiextensions.k8s.io" at the cluster scope; if you choose to ignore these errors, turn validation off with --validate=false\n',
      code: 1,
    });
    expect(run('create -f - --as=ann --validate=false', question).code).toBe(0);
    expect(run('create -f -', question).code).toBe(0);
  });

  it('reads only the paths that it may', () => {
    const { run } = terminal();
    expect(run('get --raw /metrics --as=ann').stderr).toBe(
      'Error from server (Forbidden): forbidden: User "ann" cannot get path "/metrics"\n',
    );
    expect(run('get --raw /healthz --as=ann').stdout).toBe('ok');
    expect(run('get --raw /version --as=ann').code).toBe(0);
  });

  it('hears of a refused exec from the connection', () => {
    const { run } = terminal();
    const pod = run('get pods -o jsonpath={.items[0].metadata.name}').stdout;
    expect(run(`exec ${pod} --as=ann -- ls`)).toMatchObject({
      stdout: '',
      stderr: `error: unable to upgrade connection: pods "${pod}" is forbidden: User "ann" cannot create resource "pods/exec" in API group "" in the namespace "default"\n`,
      code: 1,
    });
  });
});
