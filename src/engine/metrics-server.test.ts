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
