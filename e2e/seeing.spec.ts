/** What a moment shows: what a step changed, nodes as bins, the control plane, the gallery, and the tour of a first visit. */
import { expect } from '@playwright/test';
import { test } from './browser';
import { button, inspect, moment, object, openAt, openPaused, pods, region, sentence, violationsIn } from './kubestep';
import { deployment, QUIET } from './scenarios';

const UPDATED = QUIET.replace(
  'duration: 2m',
  "duration: 2m\n  actions: [{at: 20s, kubectl: 'scale deployment/web --replicas=4'}]",
);

test('a step says what it changed, old → new, on the card, in the row and in the line of YAML, and where from', async ({
  page,
}) => {
  await openAt(page, UPDATED, { cursor: { timeMs: 20_000 } });
  const changes = region(page, 'Cluster graph').getByRole('list', { name: 'What this step changed' });
  await expect(changes).toContainText('READY 3/3 → 3/4');
  await button(page, 'Objects as a table').click();
  const table = page.getByRole('region', { name: 'Objects of a kind' });
  await table.getByRole('combobox', { name: 'Kind' }).selectOption({ label: 'Deployment (1)' });
  await expect(table.getByRole('row', { name: /web/ })).toContainText('3/3 → 3/4');
  await inspect(page, table.getByRole('button', { name: 'Deployment web' }));
  await region(page, 'Inspector').getByRole('tab', { name: 'YAML' }).click();
  await expect(region(page, 'Inspector').locator('mark').filter({ hasText: 'replicas: 4' })).toContainText('was 3');
  await button(page, 'Pods of web that are counted').focus();
  await expect(page.getByRole('tooltip')).toContainText('Counts 3 Pods');
  await expect(page.locator('[data-counted]')).toHaveCount(3);
  await expect.poll(() => violationsIn(page)).toEqual([]);
  await page.keyboard.press('Escape');
  const reconcileUntil = async (said: RegExp) => {
    for (let press = 0; press < 8 && !said.test(await sentence(page).innerText()); press += 1) {
      const { step } = await moment(page);
      await button(page, 'Next reconcile').click();
      await expect.poll(async () => (await moment(page)).step).toBeGreaterThan(step);
    }
    await expect(sentence(page)).toHaveText(said);
  };
  // The ReplicaSet goes back to the Deployment beside it, the new Pod to its own ReplicaSet, which needs no arrow.
  await reconcileUntil(/Scaled up ReplicaSet/);
  await expect(changes).toContainText('READY 3/3 → 3/4');
  await expect(page.locator('.change-arrow')).toBeVisible();
  await reconcileUntil(/Created Pod/);
  await expect(changes).toContainText('new');
  await expect(page.locator('.change-arrow')).toHaveCount(0);
});

test('what a step changed is told in whole words, and its arrow comes from no other workload', async ({ page }) => {
  const two = `${QUIET}${deployment('api', 3)}`;
  await openAt(page, two, { cursor: { timeMs: 20_000 } });
  const changes = region(page, 'Cluster graph').getByRole('list', { name: 'What this step changed' });
  const isCut = () =>
    changes.locator('li').evaluateAll((all) =>
      all.some(({ scrollWidth, clientWidth, scrollHeight, clientHeight }) => {
        return scrollWidth > clientWidth || scrollHeight > clientHeight;
      }),
    );
  for (let back = 0; back < 12; back += 1) {
    const { step } = await moment(page);
    await button(page, 'Step back').click();
    await expect.poll(async () => (await moment(page)).step).toBeLessThan(step);
    const said = await sentence(page).innerText();
    if (!/^Container app .* runs|^Deployment/.test(said)) continue;
    await expect(changes).toContainText(' → ');
    expect(await isCut()).toBe(false);
    // A container that runs goes back to its own Pod, whichever was started before it.
    await expect(page.locator('.change-arrow')).toHaveCount(said.startsWith('Deployment') ? 1 : 0);
  }
});

test('nodes are bins in their zones, with taints and what their Pods request', async ({ page }) => {
  const zones = UPDATED.replace(
    'duration: 2m',
    `duration: 2m
  nodes:
  - {name: n-1, labels: {topology.kubernetes.io/zone: east}}
  - {name: n-2, labels: {topology.kubernetes.io/zone: west}, taints: [{key: gpu, value: "yes", effect: NoSchedule}]}`,
  );
  await openAt(page, zones, { cursor: { timeMs: 15_000 }, view: 'nodes' });
  await expect(object(page, 'Node', 'n-2')).toHaveAttribute('aria-description', 'Ready');
  await expect(region(page, 'Cluster graph')).toContainText('gpu=yes:NoSchedule');
  await expect(region(page, 'Cluster graph').getByRole('region', { name: 'Zone west' })).toContainText('1 node');
  await expect(pods(page, /^web-/, 'on n-1')).toHaveCount(3);
  await expect.poll(() => violationsIn(page)).toEqual([]);
});

test("a node's change covers no name of a zone", async ({ page }) => {
  const tainted = QUIET.replace(
    'duration: 2m',
    `duration: 2m
  actions: [{at: 20s, kubectl: 'taint node n-1 k=v:NoSchedule'}]
  nodes:
  - {name: n-1, labels: {topology.kubernetes.io/zone: east}}
  - {name: n-2, labels: {topology.kubernetes.io/zone: west}}`,
  );
  await openAt(page, tainted, { cursor: { timeMs: 20_000 }, view: 'nodes' });
  const mark = page.locator('.change-chip').filter({ hasText: '+k=v:NoSchedule' });
  await expect(mark).toBeVisible();
  const name = page.getByRole('region', { name: 'Zone east' }).getByRole('paragraph');
  const [of, under] = [await mark.boundingBox(), await name.boundingBox()];
  expect(of?.y).toBeGreaterThan((under?.y ?? Number.NaN) + (under?.height ?? 0));
});

test('a write is followed to the last reconcile it led to, while time goes on', async ({ page }) => {
  await openAt(page, UPDATED, { cursor: { timeMs: 20_000 }, view: 'control-plane' });
  const followed = page.getByRole('region', { name: 'From a write to the last reconcile' });
  await expect(followed).toContainText('Updated Deployment default/web');
  await expect(followed.getByRole('listitem').filter({ hasText: 'default-scheduler' }).first()).toBeVisible();
  const controller = page.getByRole('listitem', { name: 'deployment-controller', exact: true });
  await controller.getByText('What it read').click();
  await expect(controller.getByRole('list', { name: 'What it read' })).toContainText(
    /Deployment default\/web\s*as of revision \d+/,
  );
  const keep = page.getByRole('button', { name: /^Keep following step/ });
  const step = ((await keep.getAttribute('aria-label')) ?? (await keep.innerText())).replace(/\D/g, '');
  await keep.click();
  const before = await moment(page);
  await button(page, 'Next reconcile').click();
  await expect.poll(async () => (await moment(page)).step).toBeGreaterThan(before.step);
  await expect(button(page, `Let go of step ${step}`)).toBeVisible();
  await expect(followed.locator('[aria-current=step]')).toHaveCount(1);
  const told = followed.getByRole('list', { name: 'Who is told of it' });
  await expect(told.getByRole('listitem').filter({ hasText: 'deployment-controller' })).toContainText(
    'acts on it in step',
  );
  await expect(told.getByRole('listitem').filter({ hasText: 'disruption-controller' })).toContainText(
    'leaves it aside',
  );
  // What is kept being followed outlasts a look at something else.
  await page.getByRole('tab', { name: 'Nodes' }).click();
  await page.getByRole('tab', { name: 'Control plane' }).click();
  await expect(button(page, `Let go of step ${step}`)).toBeVisible();
  const scheduler = page.getByRole('listitem', { name: 'default-scheduler' });
  for (const queue of ['active', 'back-off', 'unschedulable', 'assumed']) {
    await expect(scheduler.getByRole('region', { name: queue, exact: true })).toBeVisible();
  }
  await expect.poll(() => violationsIn(page)).toEqual([]);
});

test('the gallery is searched, with a picture of each run and lessons beside, in Chinese too', async ({ page }) => {
  await openAt(page, QUIET);
  await page.getByRole('button', { name: /^Scenarios: / }).click();
  const gallery = page.getByRole('region', { name: 'Scenarios' });
  await expect(gallery.locator('.run-picture rect').first()).toBeVisible();
  // Of runs without Pods something else is drawn.
  await expect(gallery.locator('.run-picture:not(:has(rect))')).toHaveCount(0);
  await gallery.getByRole('searchbox').fill('drain');
  await expect(gallery.getByRole('button', { name: /^A drain that never ends/ })).toBeVisible();
  await expect(gallery.getByRole('button', { name: /^CrashLoopBackOff/ })).toHaveCount(0);
  await expect(gallery.getByRole('list', { name: 'Lessons' }).getByRole('button').first()).toBeVisible();
  await expect.poll(() => violationsIn(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await button(page, '中文').click();
  await page.getByRole('button', { name: /^场景/ }).click();
  await page
    .getByRole('region', { name: '场景' })
    .getByRole('button', { name: /^永不结束的排空/ })
    .click();
  await expect(page.getByRole('button', { name: /永不结束的排空$/ })).toBeVisible();
});

test('a first visit is offered a tour of five stops, once, in which nothing jumps; it is found again among the keys', async ({
  page,
}) => {
  await openPaused(page);
  await page.evaluate(() => {
    const moved = new Set<string>();
    Object.assign(globalThis, { moved });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { sources: readonly { node: Node | null }[] })[])
        for (const { node } of entry.sources) if (node instanceof Element) moved.add(node.className);
    }).observe({ type: 'layout-shift' });
  });
  await button(page, 'Take the tour').click();
  for (const stop of ['Your YAML is the cluster', 'The cluster at one moment', 'Time is yours', 'Ask why']) {
    await expect(page.getByRole('dialog', { name: stop })).toBeFocused();
    await button(page, 'Next').click();
  }
  await expect(page.getByRole('dialog', { name: 'Scenarios and lessons' })).toContainText('Stop 5 of 5');
  const moved = await page.evaluate(() => [...(globalThis as unknown as { moved: Set<string> }).moved]);
  expect(moved.filter((name) => name.startsWith('tour'))).toEqual([]);
  await expect.poll(() => violationsIn(page)).toEqual([]);
  await button(page, 'Back').click();
  await button(page, 'Next').click();
  // The last stop ends with what stood for going on.
  await expect(button(page, 'Skip')).toHaveCount(0);
  await button(page, 'Done').click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.goto('/');
  await expect(button(page, 'Take the tour')).toHaveCount(0);
  await page.keyboard.press('?');
  await button(page, 'Take the tour').click();
  await expect(page.getByRole('dialog', { name: 'Your YAML is the cluster' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});
