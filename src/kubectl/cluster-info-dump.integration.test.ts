/** What a real 1.36.3 wrote when it dumped a cluster. */
import { expect, test } from 'vitest';
import { createTerminal } from '../testing/terminal';

const { world, run } = createTerminal({ nodes: 1 });
run('run talk --image=busybox --command -- sh -c "echo hello; sleep infinity"');
world.runFor(20_000);

test('lists come as their types print, then what containers have printed', () => {
  const { stdout, code } = run('cluster-info dump');
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^\{\n {4}"kind": "NodeList",\n {4}"apiVersion": "v1",\n {4}"metadata": \{\n {8}"resourceVersion": "\d+"\n {4}\},\n {4}"items": \[\n {8}\{\n {12}"metadata": \{\n {16}"name": /,
  );
  const kinds = [...stdout.matchAll(/^ {4}"kind": "(\w+)"/gm)].map(([, kind]) => kind);
  const each = 'Event,ReplicationController,Service,DaemonSet,Deployment,ReplicaSet,Pod'
    .split(',')
    .map((kind) => `${kind}List`);
  expect(kinds).toEqual(['NodeList', ...each, ...each]);
  expect(stdout).toMatch(
    /\n {4}"kind": "DaemonSetList",\n {4}"apiVersion": "apps\/v1",\n {4}"metadata": \{\n {8}"resourceVersion": "\d+"\n {4}\},\n {4}"items": null\n\}\n/,
  );
  expect(
    stdout.endsWith(
      '}\n==== START logs for container talk of pod default/talk ====\nhello\n==== END logs for container talk of pod default/talk ====\n',
    ),
  ).toBe(true);
});

test('other namespaces and forms', () => {
  expect(run('cluster-info dump --namespaces=nosuch -o yaml').stdout).toMatch(
    /^apiVersion: v1\nitems:\n- metadata:\n[\s\S]*\n---\napiVersion: v1\nitems: null\nkind: EventList\n/,
  );
  expect(run('cluster-info dump -A').stdout).toContain('==== START logs for container talk of pod default/talk ====\n');
  expect(run('cluster-info dump -o name')).toMatchObject({
    code: 1,
    stdout: '',
    stderr: 'error: list types are not supported by name printing: *v1.NodeList\n',
  });
  expect(run('cluster-info dump --bogus').stderr).toBe(
    "error: unknown flag: --bogus\nSee 'kubectl cluster-info dump --help' for usage.\n",
  );
});

test('a directory gets a file each', () => {
  const dumped = run('cluster-info dump --output-directory=/tmp/x/ -o yaml');
  expect(dumped).toMatchObject({ stdout: 'Cluster info dumped to /tmp/x/\n', stderr: '', code: 0 });
  expect(run('cat /tmp/x/default/talk/logs.txt').stdout).toBe(
    '==== START logs for container talk of pod default/talk ====\nhello\n==== END logs for container talk of pod default/talk ====\n',
  );
  expect(run('cat /tmp/x/nodes.yaml').stdout).toMatch(/^apiVersion: v1\nitems:\n- metadata:\n/);
  // One printer prints them all: what follows the first begins with what would part it from that.
  expect(run('cat /tmp/x/default/replication-controllers.yaml').stdout).toMatch(/^---\napiVersion: v1\nitems: null\n/);
  expect(run('ls /tmp/x/kube-system').stdout).toBe(
    'daemonsets.yaml\ndeployments.yaml\nevents.yaml\npods.yaml\nreplicasets.yaml\nreplication-controllers.yaml\nservices.yaml\n',
  );
  run('cluster-info dump --output-directory=y --namespaces=default');
  expect(run('ls y').stdout).toContain('nodes.json');
});
