/** Links, reloads and the gallery: what is shown can be had again, elsewhere and later. */
import { expect, type Page } from '@playwright/test';
import { encodeLink } from '../src/scenario/share-link';
import { test } from './browser';
import {
  branches,
  button,
  drawnObjects,
  editorText,
  inspect,
  kubectl,
  messages,
  moment,
  object,
  openAt,
  openPaused,
  pods,
  ready,
  region,
  replaceInText,
  seekTo,
  sentence,
  slider,
} from './kubestep';
import { QUIET } from './scenarios';

async function share(page: Page): Promise<string> {
  await button(page, 'Share').click();
  const link = await page.getByRole('textbox', { name: 'Link' }).inputValue();
  await page.keyboard.press('Escape');
  expect(link).toMatch(/#s=/);
  return link;
}

async function shown(page: Page) {
  return { ...(await moment(page)), said: await sentence(page).innerText(), objects: await drawnObjects(page) };
}

test('a link opens the very step elsewhere, with the same text', async ({ page, browser, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openPaused(page);
  await seekTo(page, 22_000);
  for (let presses = 0; presses < 3; presses += 1) await button(page, 'Step forward').click();
  await expect(sentence(page)).not.toBeEmpty();
  const link = await share(page);
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(link);
  const here = await shown(page);
  const text = await editorText(page);

  const elsewhere = await (await browser.newContext()).newPage();
  await elsewhere.goto(link);
  await expect(slider(elsewhere)).toHaveAttribute('aria-valuetext', here.text);
  await expect.poll(() => shown(elsewhere)).toEqual(here);
  await expect(button(elsewhere, 'Play')).toBeVisible();
  await expect.poll(() => editorText(elsewhere)).toBe(text);
  await elsewhere.context().close();
});

test('a link carries what was done by hand: buttons, commands and edits, in the branch that is shown', async ({
  page,
  browser,
}) => {
  await openPaused(page);
  await seekTo(page, 12_000);
  await kubectl(page, 'scale deployment web --replicas=5');
  await seekTo(page, 16_000);
  await replaceInText(page, 'nginx:1.7.9', 'nginx:1.27.3');
  await expect.poll(() => branches(page).count()).toBeGreaterThan(1);
  await page.getByRole('tab', { name: 'Nodes' }).click();
  await inspect(page, object(page, 'Node', 'node-3'));
  await region(page, 'Inspector').getByRole('button', { name: 'Fail' }).click();
  await seekTo(page, 30_000);
  const link = await share(page);
  const here = await shown(page);
  const text = await editorText(page);

  const elsewhere = await (await browser.newContext()).newPage();
  await elsewhere.goto(link);
  await expect.poll(() => shown(elsewhere)).toEqual(here);
  await expect.poll(() => editorText(elsewhere)).toBe(text);
  await elsewhere.context().close();
});

test('the address chooses the moment, by step or time, the view, and the page without editor', async ({ page }) => {
  const scenario = encodeLink({ text: QUIET });
  await page.goto(`/#${scenario}&t=20&view=nodes`);
  await expect(slider(page)).toHaveAttribute('aria-valuetext', /, step 20$/);
  await expect(object(page, 'Node', 'node-1')).toBeVisible();
  await expect(page.getByRole('tab', { name: 'Nodes' })).toHaveAttribute('aria-selected', 'true');
  await page.goto(`/#${scenario}&t=30s&embed`);
  await page.reload();
  await expect(slider(page)).toHaveAttribute('aria-valuetext', /^30\.000 s, /);
  await expect(region(page, 'Cluster graph')).toBeVisible();
  await expect(region(page, 'YAML editor')).toHaveCount(0);
  await expect(object(page, 'Deployment', 'web')).toBeVisible();
});

test('a link that leads very late says so while the cluster is run up to there', async ({ page }) => {
  // Beyond its end a run is only waited for so long, which a machine with other things to do must be enough for. A quick one is soon there: what is said
  // is seen all the same.
  await page.addInitScript(() => {
    new MutationObserver(() => {
      const said = [...document.querySelectorAll('[role="status"]')].map((each) => each.textContent).join();
      if (/Running the cluster up to 3:00:00\.000/.test(said)) Object.assign(globalThis, { wasSaid: true });
    }).observe(document, { childList: true, subtree: true, characterData: true });
  });
  await page.goto(`/#${encodeLink({ text: QUIET })}&t=3h`);
  await expect(slider(page)).toHaveAttribute('aria-valuetext', /^3:00:00\.000, step \d+$/);
  expect(await page.evaluate(() => 'wasSaid' in globalThis)).toBe(true);
  await expect(page.getByText('Before the first step')).toHaveCount(0);
  await expect(
    region(page, 'Timeline').getByRole('status').filter({ hasText: 'Running the cluster up to' }),
  ).toHaveCount(0);
});

test('another link pasted into the same tab is opened', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  await expect(object(page, 'Deployment', 'web')).toBeVisible();
  await page.getByRole('tab', { name: 'Traffic' }).click();
  await page.goto(`/#${encodeLink({ text: QUIET.replaceAll('web', 'shop'), cursor: { timeMs: 20_000 } })}`);
  await expect(page.getByRole('tab', { name: 'Workloads' })).toHaveAttribute('aria-selected', 'true');
  await expect(object(page, 'Deployment', 'shop')).toBeVisible();
  await expect(object(page, 'Deployment', 'web')).toHaveCount(0);
});

test('edits survive a reload, and Reset runs the text again from the beginning', async ({ page }) => {
  await openPaused(page);
  await replaceInText(page, 'replicas: 3', 'replicas: 2');
  await page.reload();
  await ready(page);
  await expect.poll(() => editorText(page)).toContain('replicas: 2');
  await seekTo(page, 15_000);
  await expect(pods(page, /^web-/, 'Ready (')).toHaveCount(2);
  await kubectl(page, 'delete deployment web --wait=false');
  await expect(branches(page)).toHaveCount(2);
  await button(page, 'Reset').click();
  await expect(branches(page)).toHaveCount(0);
  await expect(button(page, 'Pause')).toBeVisible();
  await expect(pods(page, /^web-/)).toHaveCount(2);
  await expect.poll(() => editorText(page)).toContain('replicas: 2');
});

test('of two links the later stays, also when the earlier one is still being opened', async ({ page }) => {
  await openPaused(page);
  const [first, second] = ['first', 'second'].map((title) =>
    encodeLink({ text: QUIET.replace('title: quiet', `title: ${title}`) }),
  );
  await page.evaluate(
    ([one, two]) => {
      addEventListener('hashchange', () => location.assign(`#${two}`), { once: true });
      location.assign(`#${one}`);
    },
    [first, second],
  );
  await expect(page.getByRole('button', { name: 'Scenarios: second' })).toBeVisible();
  await expect.poll(() => editorText(page)).toContain('title: second');
});

test('the last scenario of every other topic of the gallery opens and runs', async ({ page }) => {
  await openPaused(page);
  const menu = page.getByRole('button', { name: /^Scenarios: / });
  await menu.click();
  const topics = page.locator('.scenario-list .gallery-grid');
  await expect(topics.first()).toBeVisible();
  const count = await topics.count();
  expect(count).toBeGreaterThanOrEqual(8);
  for (let index = 0; index < count; index += 2) {
    if (index > 0) await menu.click();
    const entry = topics.nth(index).locator('.menu-line').last();
    const title = await entry.locator('strong').innerText();
    await entry.click();
    await expect(menu).toContainText(title);
    await seekTo(page, 8_000);
    await expect(region(page, 'Cluster graph').locator('article').first()).toBeVisible();
    await expect(messages(page)).toHaveCount(0);
  }
});
