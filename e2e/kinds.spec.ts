/** Every kind is in its place: what holds Pods, what they keep, what scales them, what leads to them, what limits them. */
import { expect, type Locator, type Page } from '@playwright/test';
import { test } from './browser';
import { branches, button, inspect, object, openAt, openPaused, pods, region, seekTo, sentence } from './kubestep';
import { LOADED, ROUTED, STATEFUL, STORED } from './scenarios';

const state = (locator: Locator) => expect(locator.first());

/** The card that holds an object. */
const cardOf = (page: Page, kind: string, name: string): Locator =>
  region(page, 'Cluster graph')
    .locator('article')
    .filter({ has: page.getByRole('button', { name: `${kind} ${name}`, exact: true }) });

/** Names of Pods, in the order in which they stand in a card. */
const podsIn = (card: Locator): Promise<string[]> =>
  card.locator('[data-pod]').evaluateAll((all) => all.map((each) => each.getAttribute('aria-label') ?? ''));

/** Cards that lie over one another; for a moment some may, while they glide to where they belong. */
async function overlappingCards(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const cards = [...document.querySelectorAll<HTMLElement>('.react-flow__node')];
    const boxes = cards.map((card) => ({ id: card.dataset.id ?? '', box: card.getBoundingClientRect() }));
    return boxes.flatMap((one, index) =>
      boxes
        .slice(index + 1)
        .filter(({ box }) => {
          const width = Math.min(one.box.right, box.right) - Math.max(one.box.left, box.left);
          const height = Math.min(one.box.bottom, box.bottom) - Math.max(one.box.top, box.top);
          return width > 1 && height > 1;
        })
        .map(({ id }) => `${one.id} and ${id}`),
    );
  });
}

/** Opens a scenario of the gallery at its moment. */
async function openFromGallery(page: Page, title: RegExp): Promise<void> {
  await openPaused(page);
  await page.getByRole('button', { name: /^Scenarios: / }).click();
  await page.getByRole('region', { name: 'Scenarios' }).getByRole('button', { name: title }).click();
  await expect(button(page, 'Play')).toBeVisible();
}

test('the gallery is in topics, and a scenario opens at its moment and stands still there', async ({ page }) => {
  await openPaused(page);
  await page.getByRole('button', { name: /^Scenarios: / }).click();
  const gallery = page.getByRole('region', { name: 'Scenarios' });
  for (const topic of ['Rollouts', 'Jobs and schedules', 'Quotas and limits'])
    await expect(gallery.getByRole('heading', { name: topic })).toBeVisible();
  await gallery.getByRole('button', { name: /^Open at 1:15: A node dies/ }).click();
  await expect(page.getByRole('button', { name: /^Scenarios: A node dies/ })).toBeVisible();
  await expect(page.getByRole('slider', { name: 'Time' })).toHaveAttribute('aria-valuetext', /^1:15\.000/);
  await expect(button(page, 'Play')).toBeVisible();
});

test('a StatefulSet has its ordinals in order, its claims below, both revisions while it updates, and says what it waits for', async ({
  page,
}) => {
  await openAt(page, STATEFUL, { cursor: { timeMs: 23_000 } });
  const card = cardOf(page, 'StatefulSet', 'db');
  await expect(card).toContainText(/\w{5} → \w{5}, 2 new/);
  await expect.poll(() => podsIn(card)).toEqual(['Pod db-0', 'Pod db-1', 'Pod db-2']);
  await expect(card.locator('.pod-revision.new')).toHaveCount(2);
  for (const ordinal of [0, 1, 2])
    await state(object(page, 'PersistentVolumeClaim', `data-db-${ordinal}`)).toHaveAttribute(
      'aria-description',
      /^Bound, 1Gi RWO, volume pvc-/,
    );
  await inspect(page, object(page, 'StatefulSet', 'db'));
  const inspector = region(page, 'Inspector');
  await expect(inspector.locator('.facts')).toContainText('Update');
  await expect(inspector).toContainText('waits for db-1 to be Ready before it updates db-0');
  await seekTo(page, 1_000);
  await expect.poll(() => podsIn(card)).toEqual(['Pod db-0']);
  await button(page, 'Next reconcile').click();
  await expect(sentence(page)).not.toBeEmpty();
  await seekTo(page, 50_000);
  await expect(card.locator('.pod-revision')).toHaveCount(0);
  await expect.poll(() => overlappingCards(page)).toEqual([]);
  const track = region(page, 'Timeline').getByRole('img', { name: 'Pods of StatefulSet db' });
  await expect(track).toBeVisible();
});

test('claims stand with their volumes below their Pods, other storage apart; a claim says why this volume', async ({
  page,
}) => {
  await openAt(page, STORED, { cursor: { timeMs: 30_000 } });
  await state(object(page, 'PersistentVolumeClaim', 'data')).toHaveAttribute(
    'aria-description',
    'Bound, 5Gi RWO, volume pv002',
  );
  await state(object(page, 'PersistentVolumeClaim', 'nosuch')).toHaveAttribute('aria-description', 'not there');
  await state(object(page, 'PersistentVolumeClaim', 'huge')).toHaveAttribute('aria-description', /^Pending, 500Gi/);
  await state(object(page, 'PersistentVolume', 'pv001')).toHaveAttribute('aria-description', /^Released/);
  await state(object(page, 'PersistentVolume', 'pv003')).toHaveAttribute('aria-description', /^Available/);
  await expect.poll(() => overlappingCards(page)).toEqual([]);
  await inspect(page, object(page, 'PersistentVolumeClaim', 'data'));
  const looked = region(page, 'Inspector').getByRole('region', { name: 'Which volumes were looked at' });
  await expect(looked.getByRole('row', { name: /pv001/ })).toContainText('too small');
  await expect(looked.getByRole('row', { name: /pv003/ })).toContainText('larger than pv002');
  await looked.getByRole('button', { name: 'pv002' }).click();
  await expect(region(page, 'Inspector').locator('.facts')).toContainText('data');
  await seekTo(page, 9_000);
  await state(object(page, 'PersistentVolume', 'pv001')).toHaveAttribute('aria-description', /^Bound/);
  const lane = (name: RegExp) => region(page, 'Timeline').getByRole('img', { name });
  await expect(lane(/^PersistentVolumeClaim data: .*Bound/)).toBeVisible();
  await expect(lane(/^PersistentVolume pv001: .*Bound/)).toBeVisible();
});

test('a CronJob has its runs beside it and on the timeline, says when the next is, and can be run by hand', async ({
  page,
}) => {
  await openFromGallery(page, /^Open at .*90-second Jobs every minute/);
  const allow = cardOf(page, 'CronJob', 'allow');
  await expect(allow).toContainText('last run 00:02:00');
  await expect(allow).toContainText('next run 00:03:00');
  await expect(object(page, 'Job', /^allow-/)).toHaveCount(2);
  await state(object(page, 'Job', /^allow-.*1$/)).toHaveAttribute('aria-description', /^1 of 1 succeeded.* complete$/);
  await expect(region(page, 'Timeline').getByRole('img', { name: /^\d+ runs of CronJob forbid$/ })).toBeVisible();
  await expect.poll(() => overlappingCards(page)).toEqual([]);
  await inspect(page, object(page, 'CronJob', 'allow'));
  await expect(region(page, 'Inspector')).toContainText(/CronJob allow was due at .*: creates Job allow-/);
  await button(page, 'Run now').click();
  await expect(branches(page)).toHaveCount(2);
  await expect(object(page, 'Job', /^allow-at-step-/)).toHaveCount(1);
});

test('an autoscaler is on its target with what it measures, and shows how its number came about', async ({ page }) => {
  await openAt(page, LOADED, { cursor: { timeMs: 100_000 } });
  const autoscaler = object(page, 'HorizontalPodAutoscaler', 'web');
  await state(autoscaler).toHaveAttribute('aria-description', /cpu: 9\d%\/20%.* 3 to 6 allowed, TooManyReplicas/);
  await expect(cardOf(page, 'Deployment', 'web')).toContainText('3 to 6');
  await expect(pods(page, /^web-/)).toHaveCount(6);
  await inspect(page, autoscaler);
  const table = region(page, 'Inspector').getByRole('region', { name: 'How the number came about' });
  await expect(table.getByRole('row', { name: /cpu/ })).toContainText('6');
  await expect(region(page, 'Inspector')).toContainText('at most 6');
  await expect(
    region(page, 'Timeline').getByRole('img', { name: /^Replicas of HorizontalPodAutoscaler web/ }),
  ).toBeVisible();
});

test('a quota is a gauge of its namespace, and what it refuses is said', async ({ page }) => {
  await openFromGallery(page, /^Open at .*A quota refuses the third Pod/);
  const quota = object(page, 'ResourceQuota', 'q');
  await state(quota).toHaveAttribute('aria-description', 'pods 2/2');
  await expect.poll(() => overlappingCards(page)).toEqual([]);
  await inspect(page, object(page, 'ReplicaSet', /^web-/));
  await expect(region(page, 'Inspector')).toContainText(
    'exceeded quota: q, requested: pods=1, used: pods=2, limited: pods=2',
  );
});

test('an Ingress leads to its Service, a DaemonSet has a Pod per node in their order, roles are listed', async ({
  page,
}) => {
  await openAt(page, ROUTED, { cursor: { timeMs: 20_000 } });
  await state(object(page, 'Ingress', 'front')).toHaveAttribute('aria-description', 'shop.example, leads to 1 Service');
  await expect(region(page, 'Cluster graph').locator('.edge-routes')).toHaveCount(1);
  const agent = cardOf(page, 'DaemonSet', 'agent');
  await expect(agent.locator('.pod-node')).toHaveText(['node-1', 'node-2', 'node-3']);
  await state(object(page, 'RoleBinding', 'bob-reads')).toHaveAttribute('aria-description', 'Role/reader');
  await expect.poll(() => overlappingCards(page)).toEqual([]);
  await inspect(page, object(page, 'DaemonSet', 'agent'));
  const nodes = region(page, 'Inspector').getByRole('region', { name: 'Which nodes it belongs on' });
  await expect(nodes.getByRole('row')).toHaveCount(4);
});

test.describe('on a telephone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  for (const [name, text] of Object.entries({ STATEFUL, STORED, LOADED, ROUTED })) {
    test(`cards stand below one another, ${name.toLowerCase()}`, async ({ page }) => {
      await openAt(page, text, { cursor: { timeMs: 30_000 } });
      await expect(region(page, 'Cluster graph').locator('article').first()).toBeVisible();
      await expect.poll(() => overlappingCards(page)).toEqual([]);
      await button(page, 'Show everything').click();
      await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false);
    });
  }
});

for (const lang of ['en', 'zh']) {
  test(`what a StatefulSet's card says of two revisions and a partition is not cut, ${lang}`, async ({ page }) => {
    const text = STATEFUL.replace(
      /(kind: StatefulSet[\s\S]*?\nspec:\n)/,
      '$1  updateStrategy: {rollingUpdate: {partition: 2}}\n',
    );
    await openAt(page, text, { cursor: { timeMs: 30_000 } });
    const line = page.locator('.group-card .group-details');
    const details = line.locator('span').first();
    await expect(details).toContainText(/ → .* 2$/);
    if (lang === 'zh') await button(page, '中文').click();
    await expect(details).toContainText(lang === 'zh' ? '分区 2' : 'partition 2');
    await expect.poll(() => details.evaluate((span) => span.scrollWidth - span.clientWidth)).toBeLessThanOrEqual(0);
    await expect.poll(() => line.evaluate((each) => each.scrollWidth - each.clientWidth)).toBeLessThanOrEqual(0);
  });
}
