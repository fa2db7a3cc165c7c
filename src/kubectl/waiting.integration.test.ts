import { describe, expect, it } from 'vitest';
import type { Pod } from '../engine/api/types';
import { createTerminal, NGINX } from '../testing/terminal';

const PROGRAMS = [
  { image: 'nginx:*', pull: 1_000, startMs: 500, sigterm: { exitAfterMs: 2_000 } },
  { image: 'slow:*', pull: 1_000, startMs: 500, sigterm: { exitAfterMs: 5_000 } },
];

it('kubectl wait tells in the order of its arguments what is missing and what did not come', () => {
  const { run } = createTerminal({ programs: PROGRAMS });
  run('apply -f -', NGINX);
  const missing = 'Error from server (NotFound): deployments.apps "none" not found\n';
  const late = 'timed out waiting for the condition on deployments/nginx\n';
  const asked = '--for=condition=Nope --timeout=1s';
  expect(run(`wait deploy/nginx deploy/none ${asked}`).stderr).toBe(late + missing);
  expect(run(`wait deploy/none deploy/nginx ${asked}`).stderr).toBe(missing + late);
});

it('kubectl wait waits for what there is before it says what there is not', () => {
  const { run } = createTerminal({ programs: PROGRAMS });
  run('apply -f -', NGINX);
  const missing = 'Error from server (NotFound): deployments.apps "none" not found\n';
  const met = { stdout: 'deployment.apps/nginx condition met\n', stderr: missing, code: 1 };
  expect(run('wait deploy/none deploy/nginx --for=condition=Available --timeout=20s')).toMatchObject(met);
  expect(run("wait deploy/nginx deploy/none --for=jsonpath='{.status.replicas}'")).toMatchObject(met);
  expect(run('wait deploy/none --for=condition=Available')).toMatchObject({ stdout: '', stderr: missing, code: 1 });
});

it('kubectl wait looks at nothing more once its time is used up', () => {
  const { run } = createTerminal({ programs: PROGRAMS });
  run('apply -f -', NGINX);
  run('wait deploy/nginx --for=condition=Available');
  const late = (name: string) => `timed out waiting for the condition on ${name}\n`;
  const pods = run('get pods -o name').stdout.trim().split('\n');
  expect(pods).toHaveLength(2);
  const asked = '--for=condition=Ready --timeout=1s';
  const { stdout, stderr } = run(`wait ${pods[0]} deploy/nginx ${pods[1]} ${asked}`);
  expect(stdout).toBe(`${pods[0]} condition met\n`);
  expect(stderr).toBe(late('deployments/nginx') + late((pods[1] as string).replace('pod/', 'pods/')));
  expect(run(`wait ${pods[0]} deploy/nginx --for=delete --timeout=1s`).stderr).toBe(
    `${late((pods[0] as string).replace('pod/', 'pods/'))}client rate limiter Wait returned an error: context deadline exceeded\n`,
  );
  expect(run(`wait deploy/nginx ${pods[1]} --for=condition=Ready --timeout=0`)).toMatchObject({
    stdout: `${pods[1]} condition met\n`,
    stderr: 'error: condition not met for deployments/nginx\n',
  });
});

describe('kubectl rollout', () => {
  it('status follows every change until the end', () => {
    const { run } = createTerminal({ programs: PROGRAMS });
    run('apply -f -', NGINX);
    const { stdout, code } = run('rollout status deployment/nginx');
    expect(code).toBe(0);
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('deployment "nginx" successfully rolled out');
    expect(stdout).toContain(
      'Waiting for deployment "nginx" rollout to finish: 0 of 2 updated replicas are available...\n',
    );
    const again = run('rollout status deployment/nginx');
    expect([again.stdout, again.startedMs]).toEqual(['deployment "nginx" successfully rolled out\n', again.startedMs]);
  });

  it('status gives up when told to, or looks only once', () => {
    const { run, world } = createTerminal({ programs: PROGRAMS });
    run('apply -f -', NGINX.replace('nginx:1.7.9', 'slow:v1').replace('replicas: 2', 'replicas: 1'));
    const startMs = world.simulation.nowMs;
    expect(run('rollout status deploy nginx --timeout=1s').stderr).toBe('error: timed out waiting for the condition\n');
    expect(world.simulation.nowMs - startMs).toBeLessThanOrEqual(1_050);
    expect(run('rollout status deploy nginx --watch=false')).toMatchObject({ code: 0 });
    expect(run('rollout status pods/x').code).toBe(1);
  });

  it('history, undo, pause, resume, restart', () => {
    const { run, world } = createTerminal({ programs: PROGRAMS });
    run('apply -f -', NGINX);
    run('rollout status deploy nginx');
    run('annotate deploy nginx kubernetes.io/change-cause=second');
    run('set image deploy nginx nginx=nginx:1.9.1');
    run('rollout status deploy nginx');
    expect(run('rollout history deploy nginx').stdout).toBe(
      'deployment.apps/nginx \nREVISION  CHANGE-CAUSE\n1         <none>\n2         second\n\n',
    );
    expect(run('rollout undo deploy nginx').stdout).toBe('deployment.apps/nginx rolled back\n');
    run('rollout status deploy nginx');
    expect(run('rollout undo deploy nginx --to-revision=9').stderr).toContain(
      'error: unable to find specified revision 9 in history\n',
    );
    expect(run('rollout undo deploy nginx --to-revision=3').stdout).toBe(
      'deployment.apps/nginx skipped rollback (current template already matches revision 3)\n',
    );
    expect(run('rollout pause deploy nginx').stdout).toBe('deployment.apps/nginx paused\n');
    expect(run('rollout pause deploy nginx').stderr).toBe('error: deployments.apps "nginx" is already paused\n');
    expect(run('rollout restart deploy nginx').stderr).toBe(
      `error: deployments.apps "nginx" can't restart paused deployment (run rollout resume first)\n`,
    );
    expect(run('rollout resume deploy nginx').stdout).toBe('deployment.apps/nginx resumed\n');
    expect(run('rollout restart deploy nginx').stdout).toBe('deployment.apps/nginx restarted\n');
    const live = world.list<Pod>('Pod', 'default').filter(({ metadata }) => !metadata.deletionTimestamp);
    const images = live.map(({ spec }) => spec.containers[0]?.image);
    expect(new Set(images)).toEqual(new Set(['nginx:1.7.9']));
  });
});

describe('kubectl delete', () => {
  it('waits until the Pod is gone, or not', () => {
    const { run, world } = createTerminal({ programs: PROGRAMS });
    run('run a --image=slow:v1');
    run('wait --for=condition=Ready pod/a');
    const startMs = world.simulation.nowMs;
    expect(run('delete pod a').stdout).toBe('pod "a" deleted from default namespace\n');
    expect(world.find('Pod', 'default', 'a')).toBeUndefined();
    expect(world.simulation.nowMs - startMs).toBeGreaterThanOrEqual(5_000);
    run('run b --image=slow:v1');
    run('wait --for=condition=Ready pod/b');
    run('delete pod b --wait=false');
    expect(world.find('Pod', 'default', 'b')?.metadata.deletionTimestamp).toBeDefined();
  });

  it('gives up on a finalizer in time, and survives a fork while it waits', () => {
    const held = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: held, finalizers: [example.com/hold]}\n';
    const { run, type, records, world } = createTerminal();
    run('apply -f -', held);
    expect(run('delete configmap held --timeout=2s')).toMatchObject({
      stdout: 'configmap "held" deleted from default namespace\n',
      stderr: 'error: timed out waiting for the condition on configmaps/held\n',
      code: 1,
    });
    type('delete configmap held');
    const count = records().length;
    const fork = world.simulation.fork(world.simulation.step);
    const body = { metadata: { finalizers: null } };
    fork.act({
      to: 'user',
      kind: 'kubectl',
      payload: { command: `patch cm held --type=merge -p '${JSON.stringify(body)}'` },
    });
    fork.run({ timeMs: fork.nowMs + 5_000 });
    const details = Array.from({ length: fork.step }, (_, index) => fork.detailAt(index + 1)).filter(Boolean);
    expect(details.at(-1)).toMatchObject({ command: 'delete configmap held', code: 0 });
    expect(records()).toHaveLength(count);
    expect(world.find('ConfigMap', 'default', 'held')).toBeDefined();
  });

  it('says what is not there', () => {
    const { run } = createTerminal();
    expect(run('delete pod x').stderr).toBe('Error from server (NotFound): pods "x" not found\n');
    expect(run('delete pod x --ignore-not-found')).toMatchObject({ stdout: '', stderr: '', code: 0 });
    expect(run('delete pods -l a=b').stdout).toBe('No resources found\n');
    expect(run('delete pods').stderr).toBe('error: resource(s) were provided, but no name was specified\n');
    expect(run('delete pod x --now --grace-period=3').stderr).toBe(
      'error: --now and --grace-period cannot be specified together\n',
    );
  });
});

describe('while the API server is down', () => {
  const OUTAGE = { to: 'fault', kind: 'fault', payload: { type: 'api-server-down', forMs: 5_000 }, atMs: 3_000 };

  it('new commands fail and waiting ones wait on', () => {
    const { run, type, records, world } = createTerminal({ nodes: 1, inputs: [OUTAGE] });
    type('wait --for=create configmap/late --timeout=20s');
    world.runUntil(4_000);
    expect(run('get pods')).toMatchObject({
      stdout: '',
      stderr: 'The connection to the server 127.0.0.1:6443 was refused - did you specify the right host or port?\n',
      code: 1,
    });
    world.runUntil(9_000);
    run('create configmap late');
    world.runFor(2_000);
    expect(records().find(({ command }) => command.startsWith('wait'))?.stdout).toBe('configmap/late condition met\n');
  });
});

describe('kubectl describe', () => {
  it('finds objects by prefix and shows Events of a single one only', () => {
    const { run } = createTerminal({ programs: PROGRAMS });
    run('apply -f -', NGINX);
    run('rollout status deploy nginx');
    expect(run('describe deploy nginx').stdout).toContain('ScalingReplicaSet');
    const pods = run('describe pods').stdout;
    expect(pods.match(/^Name: /gm)).toHaveLength(2);
    expect(pods).not.toContain('Events:');
    expect(run('describe pods --show-events').stdout).toContain('Events:');
    expect(run('describe deploy ngi').stdout).toMatch(/^Name: +nginx$/m);
    expect(run('describe deploy x').stderr).toBe('Error from server (NotFound): deployments.apps "x" not found\n');
  });
});

describe('kubectl wait', () => {
  it('for creation, a condition, a path and deletion', () => {
    const { run, type, records, world } = createTerminal({ programs: PROGRAMS });
    type('wait --for=create pod/a --timeout=20s');
    world.runFor(1_000);
    type('run a --image=nginx:1');
    world.runFor(1_000);
    expect(records().at(-1)).toMatchObject({
      command: 'wait --for=create pod/a --timeout=20s',
      stdout: 'pod/a condition met\n',
    });
    expect(run('wait --for=condition=ready pod a').stdout).toBe('pod/a condition met\n');
    expect(run("wait --for=jsonpath='{.status.phase}'=Running pod/a").stdout).toBe('pod/a condition met\n');
    expect(run('wait --for=condition=Nope pod/a --timeout=1s').stderr).toBe(
      'error: timed out waiting for the condition on pods/a\n',
    );
    expect(run('wait --for=condition=Ready pod -l app=none').stderr).toBe('error: no matching resources found\n');
    expect(run('wait pod/a').stderr).toBe('error: unrecognized condition: []\n');
    type('delete pod a --wait=false');
    expect(run('wait --for=delete pod/a').stdout).toBe('pod/a condition met\n');
    expect(run('wait --for=delete pod/a')).toMatchObject({ stdout: '', stderr: '', code: 0 });
  });
});

describe('kubectl drain', () => {
  const ALONE =
    'apiVersion: v1\nkind: Pod\nmetadata: {name: alone}\nspec: {containers: [{name: app, image: "slow:v1"}]}\n';
  const BUDGET =
    'apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: nginx}\nspec: {minAvailable: 2, selector: {matchLabels: {app: nginx}}}\n';

  it('stops at Pods that nobody would make again', () => {
    const { run } = createTerminal({ nodes: 1, programs: PROGRAMS });
    run('apply -f -', ALONE);
    run('wait --for=condition=Ready pod/alone');
    const why = 'cannot delete Pods that declare no controller (use --force to override): default/alone';
    expect(run('drain node-1')).toMatchObject({
      stdout: 'node/node-1 cordoned\n',
      stderr: `error: unable to drain node "node-1" due to error: ${why}, continuing command...\nThere are pending nodes to be drained:\n node-1\n${why}\n`,
      code: 1,
    });
    expect(run('drain node-1 --force')).toMatchObject({
      stdout: 'node/node-1 already cordoned\nevicting pod default/alone\npod/alone evicted\nnode/node-1 drained\n',
      stderr: 'Warning: deleting Pods that declare no controller: default/alone\n',
      code: 0,
    });
  });

  it('retries every 5 s what a budget forbids, and gives up in time', () => {
    const { run, world } = createTerminal({ nodes: 1, programs: PROGRAMS });
    run('apply -f -', `${NGINX}---\n${BUDGET}`);
    run('rollout status deploy nginx');
    world.runFor(1_000);
    const startMs = world.simulation.nowMs;
    const { stdout, stderr } = run('drain node-1 --timeout=12s');
    expect(world.simulation.nowMs - startMs).toBe(15_000);
    expect(stdout.match(/^evicting pod default\/nginx-/gm)).toHaveLength(8);
    const forbidden =
      /^error when evicting pods\/"nginx-\S+" -n "default" \(will retry after 5s\): Cannot evict pod as it would violate the pod's disruption budget\.$/gm;
    expect(stderr.match(forbidden)).toHaveLength(6);
    expect(stderr).toMatch(/global timeout reached: 12s/);
    expect(stderr).toMatch(/^There are pending pods in node "node-1" when an error occurred: /m);
  });

  it('asks the server what a budget forbids, and waits for it, in a trial by the server', () => {
    const { run, world } = createTerminal({ nodes: 1, programs: PROGRAMS });
    run('apply -f -', ALONE);
    world.runFor(1_000);
    expect(run('drain node-1 --force --dry-run=server').stdout).toBe(
      'node/node-1 cordoned (server dry run)\nevicting pod default/alone (server dry run)\nnode/node-1 drained (server dry run)\n',
    );
    run('delete pod alone');
    run('apply -f -', `${NGINX}---\n${BUDGET}`);
    run('rollout status deploy nginx');
    const { code, stderr } = run('drain node-1 --dry-run=server --timeout=2s');
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^error when evicting pods\/"nginx-\S+" -n "default" \(will retry after 5s\): Cannot evict pod/m,
    );
    expect(run('get pods -o name').stdout.trim().split('\n')).toHaveLength(2);
  });

  it('reports what went wrong in the order in which it did', () => {
    const { run, world } = createTerminal({ nodes: 1, programs: PROGRAMS });
    const one = (name: string, app: string): string =>
      ALONE.replace('{name: alone}', `{name: ${name}, labels: {app: ${app}}}`);
    const budget = (name: string, app: string): string =>
      BUDGET.replace('{name: nginx}', `{name: ${name}}`).replace('app: nginx', `app: ${app}`);
    const guarded = [one('a', 'guarded'), budget('guard', 'guarded')];
    run(
      'apply -f -',
      [...guarded, one('b', 'twice'), budget('first', 'twice'), budget('second', 'twice')].join('---\n'),
    );
    world.runFor(4_000);
    const { stderr } = run('drain node-1 --force --timeout=2s');
    expect(stderr).toContain(
      'There are pending pods in node "node-1" when an error occurred: [error when evicting pods/"b" -n "default": This pod has more than one PodDisruptionBudget, which the eviction subresource does not support., error when evicting pods/"a" -n "default": global timeout reached: 2s]\n',
    );
  });

  it('moves what it may, one eviction a step', () => {
    const { run, world } = createTerminal({ nodes: 2, programs: PROGRAMS });
    run('apply -f -', NGINX);
    run('rollout status deploy nginx');
    const node = world.list<Pod>('Pod', 'default')[0]?.spec.nodeName as string;
    const { code, stdout } = run(`drain ${node}`);
    expect(code).toBe(0);
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(`node/${node} drained`);
    world.runFor(5_000);
    expect(world.list<Pod>('Pod', 'default').every(({ spec }) => spec.nodeName !== node)).toBe(true);
    const evictions = world.steps().filter(({ message }) => /^kubectl drain .*: evicting pod/.test(message));
    expect(evictions.length).toBe(stdout.match(/^evicting pod/gm)?.length);
  });
});

describe('waiting for more objects than one turn looks at', () => {
  it('goes on where it was, with what has timed out', () => {
    const { run, world } = createTerminal({ nodes: 0 });
    const names = Array.from({ length: 1_100 }, (_, index) => `c-${index}`);
    const manifest = names.map(
      (name) => `{apiVersion: v1, kind: ConfigMap, metadata: {name: ${name}}, data: {a: b}}\n`,
    );
    run('create -f -', manifest.join('---\n'));
    const met = run("wait configmap --all --for=jsonpath='{.data.a}' --timeout=1s");
    expect(met.stdout.match(/condition met/g)).toHaveLength(1_100);
    expect(met.code).toBe(0);
    const before = world.simulation.nowMs;
    const unmet = run("wait configmap --all --for=jsonpath='{.data.z}' --timeout=1s");
    expect(unmet.stderr.match(/timed out/g)).toHaveLength(1_100);
    expect(world.simulation.nowMs - before).toBeLessThan(2_000);
  });
});
