import { expect, test } from 'vitest';
import { createTerminal } from '../testing/terminal';

const PHP_APACHE = `apiVersion: apps/v1
kind: Deployment
metadata: {name: php-apache}
spec:
  selector: {matchLabels: {run: php-apache}}
  template:
    metadata: {labels: {run: php-apache}}
    spec:
      containers:
      - name: php-apache
        image: registry.k8s.io/hpa-example
        resources: {limits: {cpu: 500m}, requests: {cpu: 200m}}
---
apiVersion: v1
kind: Service
metadata: {name: php-apache}
spec: {ports: [{port: 80}], selector: {run: php-apache}}
`;

test("the documentation's load generator is load: a loop of short sleeps sends for the rounds that it was made to wait", () => {
  const { world, run } = createTerminal({ documents: PHP_APACHE, flags: { 'metrics-server': {} } });
  run('autoscale deployment php-apache --cpu=50% --min=1 --max=10');
  world.runUntil(60_000);
  expect(run('get hpa php-apache').stdout).toMatch(/cpu: 0%\/50% +1 +10 +1 /);
  const loop = '/bin/sh -c "while sleep 0.01; do wget -q -O- http://php-apache; done"';
  run(`run load-generator --image=busybox:1.28 --restart=Never -- ${loop}`);
  world.runUntil(66_000);
  expect(run('exec load-generator -- wget -q -O- http://php-apache').stdout).toBe('OK!');
  world.runUntil(240_000);
  expect(run('get deployment php-apache').stdout).toContain('7/7');
  run('delete pod load-generator --now');
  world.runUntil(620_000);
  expect(run('get hpa php-apache').stdout).toMatch(/cpu: 0%\/50% +1 +10 +1 /);
});

test('while the metrics server is down its API is gone: top says so, autoscalers keep what there is, and no namespace can be emptied', () => {
  const { world, run } = createTerminal({ documents: PHP_APACHE, flags: { 'metrics-server': {} } });
  run('autoscale deployment php-apache --cpu=50% --min=1 --max=10');
  run('create namespace shop');
  world.runUntil(60_000);
  const down = { type: 'component-down', component: 'metrics-server' };
  world.simulation.act({ to: 'fault', kind: 'fault', payload: down });
  run('delete namespace shop --wait=false');
  world.runUntil(100_000);
  expect(run('top pods').stderr).toBe('error: Metrics API not available\n');
  expect(run('get --raw /apis/metrics.k8s.io/v1beta1/pods').stderr).toBe(
    'Error from server (ServiceUnavailable): the server is currently unable to handle the request\n',
  );
  expect(run('get --raw /apis/metrics.k8s.io').stdout).toContain('metrics.k8s.io/v1beta1');
  expect(run('get apiservice v1beta1.metrics.k8s.io').stdout).toContain('False (MissingEndpoints)');
  expect(run('describe hpa php-apache').stdout).toMatch(
    /Warning +FailedGetResourceMetric .*: the server is currently unable to handle the request \(get pods.metrics.k8s.io\)/,
  );
  expect(run('get deployment php-apache').stdout).toContain('1/1');
  expect(run('get namespace shop -o jsonpath={.status.conditions[0].message}').stdout).toBe(
    'Discovery failed for some groups, 1 failing: unable to retrieve the complete list of server APIs: metrics.k8s.io/v1beta1: stale GroupVersion discovery: metrics.k8s.io/v1beta1',
  );
  world.simulation.act({ to: 'fault', kind: 'heal', payload: down });
  world.runUntil(240_000);
  expect(run('get apiservice v1beta1.metrics.k8s.io').stdout).toContain('True');
  expect(run('top pods').stdout).toContain('php-apache');
  expect(run('get namespace shop').stderr).toContain('NotFound');
});

test('the limit of a Pod holds its containers: each that has none of its own, and all of them together', () => {
  const documents = `apiVersion: v1
kind: Pod
metadata: {name: busy}
spec:
  resources: {requests: {cpu: 500m}, limits: {cpu: "1"}}
  containers:
  - {name: two, image: vish/stress, args: [-cpus, "2"]}
---
apiVersion: v1
kind: Pod
metadata: {name: shared}
spec:
  resources: {requests: {cpu: 500m}, limits: {cpu: "1"}}
  containers:
  - {name: two, image: vish/stress, args: [-cpus, "2"], resources: {requests: {cpu: 300m}}}
  - {name: one, image: vish/stress, args: [-cpus, "1"], resources: {requests: {cpu: 100m}}}
  - {name: shell, image: 'busybox:1.28', command: [sleep, 1h]}
`;
  const { world, run } = createTerminal({ documents, flags: { 'metrics-server': {} } });
  world.runUntil(60_000);
  const used = run('top pod --containers').stdout.replace(/ +/g, ' ');
  expect(used).toContain('busy two 1000m ');
  expect(used).toContain('shared two 750m ');
  expect(used).toContain('shared one 250m ');
  expect(run('exec shared -c shell -- cat /sys/fs/cgroup/cpu.max').stdout).toBe('100000 100000\n');
});
