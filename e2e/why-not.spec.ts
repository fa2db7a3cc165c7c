/** Why not: the arithmetic of what does not come about, and the change that was found to help, done with a button. */
import { expect } from '@playwright/test';
import { test } from './browser';
import { branches, inspect, object, openAt, pods, region, seekTo } from './kubestep';
import { deployment, EXITS_AT_ONCE, SCENARIO } from './scenarios';

const TOO_LARGE = `apiVersion: kubestep.dev/v1alpha1
kind: Scenario
metadata: {name: too-large}
spec:
  duration: 2m
  nodes: [{name: a, capacity: {cpu: "2"}}, {name: b, capacity: {cpu: "1"}}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: app, image: "nginx:1.27", resources: {requests: {cpu: "3"}}}]}
`;

const DRAINED = `apiVersion: kubestep.dev/v1alpha1
kind: Scenario
metadata: {name: drained}
spec:
  duration: 2m
  nodes: [{count: 2}]
  actions: [{at: 10s, kubectl: drain node-1}]
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {minAvailable: 2, selector: {matchLabels: {app: web}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: app, image: "nginx:1.27"}]}
`;

test('a Pod on no node: the numbers, the change that helps, and doing it', async ({ page }) => {
  await openAt(page, TOO_LARGE, { cursor: { timeMs: 20_000 } });
  await inspect(page, pods(page, /^web-/).first());
  const why = region(page, 'Inspector').getByRole('region', { name: 'Why it does not run' });
  await expect(why).toContainText('It asks for 3 of cpu; the most that any node has left is 2, on a.');
  await expect(why.getByRole('list', { name: 'What each of them says' })).toContainText(
    'cpu: 3 asked for, 1 of 1 left',
  );
  await expect(why).toContainText('Tried: all there after');
  await why.getByRole('button', { name: 'Try it: Let container app ask for 2 of cpu instead of 3' }).click();
  await expect(branches(page)).toHaveCount(2);
  await seekTo(page, 60_000);
  await expect(pods(page, /^web-/, 'on a')).toHaveCount(1);
});

test('a drain that blocks: one more replica frees the node', async ({ page }) => {
  await openAt(page, DRAINED, { cursor: { timeMs: 20_000 }, view: 'nodes' });
  await inspect(page, object(page, 'Node', 'node-1'));
  const why = region(page, 'Inspector').getByRole('region', { name: 'Why its Pods stay' });
  await expect(why).toContainText('Budget web: 2 of 2 Pods are healthy and 2 must be, so 0 may be disrupted.');
  await expect(why.getByRole('button', { name: 'Try it: Scale deployment/web from 2 to 3' })).toBeVisible();
});

test('a rollout under way: that it goes on by itself is said first, and what is no faster is no help', async ({
  page,
}) => {
  await openAt(page, DRAINED.replace('drain node-1', 'set image deployment/web app=nginx:1.28'), {
    cursor: { timeMs: 11_000 },
  });
  await inspect(page, object(page, 'Deployment', 'web'));
  const why = region(page, 'Inspector').getByRole('region', { name: 'What the rollout waits for' });
  await expect(why).toContainText(/Tried with no change: it comes about by itself after \d\.\d{3} s\./);
  await expect(why.getByRole('heading', { name: 'What would help' })).toHaveCount(0);
});

test('of what is well nothing is said', async ({ page }) => {
  await openAt(page, DRAINED, { cursor: { timeMs: 8_000 } });
  await inspect(page, object(page, 'Deployment', 'web'));
  await expect(region(page, 'Inspector').getByRole('heading', { name: 'Why it exists' })).toBeVisible();
  await expect(region(page, 'Inspector').getByRole('region', { name: 'What the rollout waits for' })).toHaveCount(0);
});

test('where nothing helps, what was tried is told, and what still stands in the way', async ({ page }) => {
  await openAt(page, SCENARIO('hopeless') + deployment('web', 2, 'example/does-not-exist:1'), {
    cursor: { timeMs: 20_000 },
  });
  await inspect(page, object(page, 'Deployment', 'web'));
  const why = region(page, 'Inspector').getByRole('region', { name: 'What the rollout waits for' });
  await expect(why).toContainText('None of the small changes that were tried helps:');
  const tried = why.getByRole('listitem').filter({ hasText: 'Let container app run example/does-not-exist' });
  await expect(tried).toContainText(/Tried: .* The image example\/does-not-exist\S* can’t be had: /);
});

test('where no change is known, that is said', async ({ page }) => {
  await openAt(page, EXITS_AT_ONCE, { cursor: { timeMs: 20_000 } });
  await inspect(page, object(page, 'Deployment', 'ends'));
  const why = region(page, 'Inspector').getByRole('region', { name: 'What the rollout waits for' });
  await expect(why).toContainText(
    'it does not come about within 2 min. No small change that might help is known here.',
  );
});

test('where one change is not enough, two are found and done', async ({ page }) => {
  const text = TOO_LARGE.replace(
    '{name: a, capacity: {cpu: "2"}}, {name: b, capacity: {cpu: "1"}}',
    '{name: a, taints: [{key: gpu, effect: NoSchedule}]}',
  )
    .replace('duration: 2m', 'duration: 2m\n  actions: [{at: 1s, kubectl: cordon a}]')
    .replace('requests: {cpu: "3"}', 'requests: {cpu: "1"}');
  await openAt(page, text, { cursor: { timeMs: 20_000 } });
  await inspect(page, pods(page, /^web-/).first());
  const why = region(page, 'Inspector').getByRole('region', { name: 'Why it does not run' });
  await why.getByRole('button', { name: 'Try it: Uncordon a; Take gpu:NoSchedule off a' }).click();
  await seekTo(page, 60_000);
  await expect(pods(page, /^web-/, 'on a')).toHaveCount(1);
});
