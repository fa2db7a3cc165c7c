/** The first minutes: a cluster runs, its text is changed, time is stepped, sought and played, and every Pod says why. */
import { expect } from '@playwright/test';
import { test } from './browser';
import {
  branches,
  button,
  drawnObjects,
  inspect,
  moment,
  object,
  openAt,
  openPaused,
  pods,
  pressUntil,
  region,
  replaceInText,
  seekTo,
  sentence,
  slider,
} from './kubestep';
import { QUIET } from './scenarios';

test('an nginx Deployment runs on three nodes as soon as the page is open', async ({ page }) => {
  await page.goto('/');
  for (const name of ['YAML editor', 'Cluster graph', 'Timeline', 'Inspector', 'Terminal'] as const)
    await expect(region(page, name)).toBeVisible();
  await expect(object(page, 'Deployment', 'web')).toBeVisible();
  await expect(object(page, 'Service', 'web')).toBeVisible();
  await expect(pods(page, /^web-/)).toHaveCount(3);
  await expect(pods(page, /^web-/, 'Ready (')).toHaveCount(3);
  await button(page, 'Pause').click();
  await page.getByRole('tab', { name: 'Nodes' }).click();
  await expect(object(page, 'Node', /^node-[123]$/)).toHaveCount(3);
  await expect(pods(page, /^web-/)).toHaveCount(3);
});

test('a new image in the YAML is rolled out; done in the past it starts a branch, and both branches stay', async ({
  page,
}) => {
  await openPaused(page);
  await seekTo(page, 9_000);
  await expect(pods(page, /^web-/, 'Ready (')).toHaveCount(3);
  await expect(branches(page)).toHaveCount(0);
  await replaceInText(page, 'nginx:1.7.9', 'nginx:1.27.3');
  await expect(branches(page)).toHaveCount(2);
  await expect(branches(page).nth(1)).toHaveAttribute('aria-pressed', 'true');
  await pressUntil(
    button(page, 'Next reconcile'),
    async () => (await object(page, 'ReplicaSet', /^web-/).count()) === 2,
    12,
  );
  expect(await pods(page, /^web-/).count()).toBeLessThanOrEqual(4);
  await seekTo(page, 19_900);
  await expect(pods(page, /^web-/, 'Ready (')).toHaveCount(3);
  await inspect(page, object(page, 'Deployment', 'web'));
  await expect(region(page, 'Inspector')).toContainText('nginx:1.27.3');

  await branches(page).nth(0).click();
  await expect(branches(page).nth(0)).toHaveAttribute('aria-pressed', 'true');
  await expect(region(page, 'Inspector').locator('.facts')).toContainText('nginx:1.7.9');
  await branches(page).nth(1).click();
  await expect(region(page, 'Inspector').locator('.facts')).toContainText('nginx:1.27.3');
});

test('time goes one step forward and back, and to the next reconcile', async ({ page }) => {
  await openAt(page, QUIET);
  await expect(button(page, 'Step back')).toBeDisabled();
  const seen: { step: number; text: string; said: string; objects: string[] }[] = [];
  for (let step = 1; step <= 12; step += 1) {
    await button(page, 'Step forward').click();
    await expect(slider(page)).toHaveAttribute('aria-valuetext', new RegExp(`step ${step}$`));
    seen.push({ ...(await moment(page)), said: await sentence(page).innerText(), objects: await drawnObjects(page) });
  }
  expect(new Set(seen.map(({ said }) => said)).size).toBeGreaterThan(6);
  for (const { step, text, said, objects } of seen.reverse().slice(1)) {
    await button(page, 'Step back').click();
    await expect(slider(page)).toHaveAttribute('aria-valuetext', text);
    expect({ step, said: await sentence(page).innerText() }).toEqual({ step, said });
    await expect.poll(() => drawnObjects(page)).toEqual(objects);
  }
  const actors = region(page, 'Timeline').locator('.step-actor');
  for (let presses = 0; presses < 4; presses += 1) {
    const before = (await moment(page)).step;
    await button(page, 'Next reconcile').click();
    await expect.poll(async () => (await moment(page)).step).toBeGreaterThan(before);
    await expect(actors).toHaveText(/-controller$|scheduler/);
  }
});

test('the slider seeks anywhere, and the same moment always looks the same', async ({ page }) => {
  await openPaused(page);
  const early = 3_200;
  await seekTo(page, early);
  const atEarly = await drawnObjects(page);
  const saidEarly = await sentence(page).innerText();
  await seekTo(page, 60_000);
  await expect.poll(() => drawnObjects(page)).not.toEqual(atEarly);
  await inspect(page, object(page, 'Deployment', 'web'));
  await expect(region(page, 'Inspector').locator('.facts')).toContainText('nginx:1.9.1');
  await seekTo(page, early);
  await expect.poll(() => drawnObjects(page)).toEqual(atEarly);
  await expect(sentence(page)).toHaveText(saidEarly);
  await seekTo(page, 0);
  await expect(pods(page, /^web-/)).toHaveCount(0);
});

test('play moves time, pause holds it, and the speed can be chosen', async ({ page }) => {
  await openAt(page, QUIET);
  await page.getByRole('combobox', { name: 'Speed' }).selectOption({ label: '10×' });
  await button(page, 'Play').click();
  await expect.poll(async () => Number(await slider(page).inputValue())).toBeGreaterThan(4_000);
  await button(page, 'Pause').click();
  await expect(button(page, 'Play')).toBeVisible();
  await expect(pods(page, /^web-/).first()).toBeVisible();
  const held = await slider(page).inputValue();
  await button(page, 'Step forward').click();
  await expect
    .poll(async () => Number(await slider(page).inputValue()))
    .toBeGreaterThanOrEqual(Math.floor(Number(held)));
  await expect(button(page, 'Play')).toBeVisible();
});

test('a Pod says why it exists, back to a person, and each cause is a link to its moment', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  await inspect(page, pods(page, /^web-/).first());
  const inspector = region(page, 'Inspector');
  await expect(inspector.getByRole('heading', { name: 'Why it exists' })).toBeVisible();
  const origin = inspector.locator('section').filter({ has: page.getByRole('heading', { name: 'Why it exists' }) });
  const causes = origin.getByRole('listitem');
  await expect.poll(() => causes.count()).toBeGreaterThanOrEqual(3);
  await expect(causes.first()).toContainText('replicaset-controller');
  await expect(causes.last()).toContainText('user');
  const link = causes.nth(1).getByRole('button');
  const target = (await link.innerText()).match(/step (\d+)/)?.[1];
  await link.click();
  await expect(slider(page)).toHaveAttribute('aria-valuetext', new RegExp(`, step ${target}$`));
  await expect(inspector).toContainText('It does not exist yet at this moment.');
});

test('the inspector has the YAML, the last change and the Events of the moment', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  await inspect(page, pods(page, /^web-/).first());
  const inspector = region(page, 'Inspector');
  const body = inspector.getByRole('tabpanel');
  await inspector.getByRole('tab', { name: 'YAML' }).click();
  await expect(body).toContainText('kind: Pod');
  await expect(body).toContainText('phase: Running');
  await inspector.getByRole('tab', { name: 'Change' }).click();
  await expect(body.locator('.change-added').first()).toBeVisible();
  await body
    .getByRole('button', { name: /^step \d+$/ })
    .first()
    .click();
  await expect(button(page, 'Play')).toBeVisible();
  await inspector.getByRole('tab', { name: 'Events' }).click();
  await seekTo(page, 20_000);
  for (const reason of ['Scheduled', 'Pulling', 'Created', 'Started']) await expect(body).toContainText(reason);
  await seekTo(page, 1);
  await expect(body).not.toContainText('Started');
});
