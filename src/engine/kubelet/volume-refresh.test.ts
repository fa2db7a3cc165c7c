/** Files of ConfigMaps and the like in containers: refreshed with the Pod's sync, never through subPath or the environment, never writable. */
import { expect, test } from 'vitest';
import { createTerminal } from '../../testing/terminal';

const DOCUMENTS = `
apiVersion: v1
kind: ConfigMap
metadata: {name: cfg}
data: {key: "v1\\n", run.sh: "echo ran"}
---
apiVersion: v1
kind: Secret
metadata: {name: token}
stringData: {password: s3cret}
---
apiVersion: v1
kind: Pod
metadata: {name: p, labels: {tier: gold}}
spec:
  volumes:
  - {name: whole, configMap: {name: cfg}}
  - {name: some, configMap: {name: cfg, items: [{key: run.sh, path: bin/run, mode: 0755}]}}
  - {name: hidden, secret: {secretName: token, defaultMode: 0400}}
  - {name: none, configMap: {name: nosuch, optional: true}}
  - {name: about, downwardAPI: {items: [{path: labels, fieldRef: {fieldPath: metadata.labels}}]}}
  - {name: shared, emptyDir: {}}
  containers:
  - name: c
    image: busybox:1
    env: [{name: K, valueFrom: {configMapKeyRef: {name: cfg, key: key}}}, {name: POD, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]
    command: [sh, -c, "trap 'exit 1' TERM; while :; do sleep 1; done"]
    volumeMounts:
    - {name: whole, mountPath: /cfg}
    - {name: whole, mountPath: /etc/app.conf, subPath: key}
    - {name: some, mountPath: /some}
    - {name: hidden, mountPath: /hidden}
    - {name: none, mountPath: /none}
    - {name: about, mountPath: /about}
    - {name: shared, mountPath: /logs, subPathExpr: $(POD)}
    - {name: shared, mountPath: /shared}
`;

function terminal() {
  const one = createTerminal();
  one.run('create -f -', DOCUMENTS);
  one.world.runFor(8_000);
  const sh = (text: string) => one.run(`exec p -- sh -c '${text}'`);
  return { ...one, sh };
}

test('files have the keys, paths, modes and owners that are asked for', () => {
  const { sh } = terminal();
  expect(sh('cat /cfg/key /etc/app.conf /hidden/password; /some/bin/run; ls /some').stdout).toBe(
    'v1\nv1\ns3cretran\nbin\n',
  );
  expect(sh('stat -L -c %a /cfg/key /hidden/password /some/bin/run').stdout).toBe('644\n400\n755\n');
  expect(sh('ls /none; cat /about/labels').stdout).toBe('tier="gold"');
  sh('echo x > /logs/a');
  expect(sh('ls /shared; ls /shared/p').stdout).toBe('p\na\n');
});

test('they belong to the group that volumes are given to, which may read them', () => {
  const { run, world } = createTerminal();
  run('create -f -', DOCUMENTS.replace('spec:\n', 'spec:\n  securityContext: {fsGroup: 2000}\n'));
  world.runFor(8000);
  expect(run('exec p -- stat -L -c "%a %u %g" /cfg/key /hidden/password /some/bin/run /about/labels').stdout).toBe(
    '644 0 2000\n440 0 2000\n755 0 2000\n644 0 2000\n',
  );
});

test('nobody can write to them', () => {
  const { sh } = terminal();
  for (const path of ['/cfg/key', '/etc/app.conf', '/hidden/new', '/about/labels']) {
    expect(sh(`echo x > ${path}`)).toMatchObject({
      stderr: `sh: can't create ${path}: Read-only file system\ncommand terminated with exit code 1\n`,
      code: 1,
    });
  }
});

test('a change reaches the files with the next sync of the Pod, but neither subPath nor the environment', () => {
  const { run, sh, world } = terminal();
  run(`patch configmap cfg -p '{"data":{"key":"v2\\n","more":"m"}}'`);
  expect(sh('cat /cfg/key').stdout).toBe('v1\n');
  world.runFor(91_000);
  expect(sh('cat /cfg/key /cfg/more /etc/app.conf; echo $K').stdout).toBe('v2\nmv1\nv1\n');
  run('create configmap nosuch --from-literal=now=there');
  world.runFor(91_000);
  expect(sh('cat /none/now').stdout).toBe('there');
  expect(world.steps().filter(({ verb }) => verb === 'refresh')).toHaveLength(2);
});

test('what a container that is made later sees through subPath is the new content', () => {
  const { run, sh, world } = terminal();
  run(`patch configmap cfg -p '{"data":{"key":"v2\\n"}}'`);
  world.runFor(91_000);
  run('delete pod p --grace-period=0 --force');
  run('create -f -', DOCUMENTS.split('---').at(-1));
  world.runFor(8_000);
  expect(sh('cat /etc/app.conf; echo $K').stdout).toBe('v2\nv2\n');
});

test('a changed label or annotation brings the files of the downward API, and those of a changed ConfigMap, at once', () => {
  const { run, sh, world } = terminal();
  run('label pod p z=1');
  world.runFor(1000);
  expect(sh('cat /about/labels').stdout).toBe('tier="gold"\nz="1"');
  run(`patch configmap cfg -p '{"data":{"key":"v2\\n"}}'`);
  world.runFor(1000);
  expect(sh('cat /cfg/key').stdout).toBe('v1\n');
  run('annotate pod p q=r');
  world.runFor(1000);
  expect(sh('cat /cfg/key').stdout).toBe('v2\n');
});

test('a container that is started again finds the new content, and what was there when its source is gone', () => {
  const { run, sh, world } = terminal();
  run(`patch configmap cfg -p '{"data":{"key":"v2\\n"}}'`);
  run('delete secret token');
  sh('kill 1');
  world.runFor(5000);
  expect(sh('cat /cfg/key /hidden/password').stdout).toBe('v2\ns3cret');
});

test('a source that is gone while its Pod runs is a warning with each attempt to fill the volume again, until it is back', () => {
  const { run, sh, world } = terminal();
  const warnings = (): string =>
    run('get events --field-selector reason=FailedMount -o jsonpath={range.items[*]}{.count}{.message}{end}').stdout;
  run('delete configmap cfg');
  run('annotate pod p q=r');
  world.runFor(8000);
  expect(sh('cat /cfg/key').stdout).toBe('v1\n');
  // After 0.5, 1, 2, 4 s, as a real kubelet.
  expect(warnings()).toBe(
    ['whole', 'some']
      .map((name) => `5MountVolume.SetUp failed for volume "${name}" : configmap "cfg" not found`)
      .join(''),
  );
  run('apply -f -', DOCUMENTS.split('---')[0]);
  world.runFor(91_000);
  const last = warnings();
  world.runFor(300_000);
  expect(warnings()).toBe(last);
});
