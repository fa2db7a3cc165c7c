/** A network that fails in the middle: a part of the page that can't be fetched is said and comes later, and everything else stays. */
import { expect, type Page } from '@playwright/test';
import { test } from './browser';
import { button, kubectl, messages, moment, openAt, region, seekTo, slider } from './kubestep';
import { QUIET } from './scenarios';

const AWAY = 'A part of the page could not be fetched.';

/** Lets nothing of these files come; the answer lets them. Before the page is opened: what it finds in the browser's memory is never asked for. */
async function without(page: Page, files: RegExp): Promise<() => Promise<void>> {
  await page.route(files, (route) => route.abort('failed'));
  return () => page.unroute(files);
}

test('the palette comes when the network is back, and the page stays meanwhile', async ({ page }) => {
  const letCome = await without(page, /assets\/palette[^/]*\.js$/);
  await openAt(page, QUIET, { cursor: { timeMs: 12_000 } });
  await page.keyboard.press('Control+k');
  await expect(messages(page)).toContainText(AWAY);
  await expect(slider(page)).toHaveAttribute('data-shown-ms', '12000');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowRight');
  await expect.poll(async () => (await moment(page)).text).not.toContain('12.000 s');
  await page.keyboard.press('Control+k');
  await letCome();
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await expect(page.getByRole('dialog', { name: 'Go to' }).getByRole('combobox')).toBeFocused();
  await expect(messages(page)).toHaveCount(0);
});

test('what is opened has its styles, though those failed first', async ({ page }) => {
  const letCome = await without(page, /assets\/resource-table[^/]*\.css$/);
  await openAt(page, QUIET, { cursor: { timeMs: 12_000 } });
  await button(page, 'Objects as a table').click();
  await expect(messages(page)).toContainText(AWAY);
  await letCome();
  await page.evaluate(() => dispatchEvent(new Event('online')));
  const table = region(page, 'Cluster graph').getByRole('table');
  await expect(table).toBeVisible();
  await expect
    .poll(() => page.evaluate(() => [...document.styleSheets].some(({ href }) => href?.includes('resource-table'))))
    .toBe(true);
});

test('reloading brings back everything where a release has taken the place of what is missing', async ({ page }) => {
  const letCome = await without(page, /assets\/share-box[^/]*\.js$/);
  await openAt(page, QUIET, { cursor: { timeMs: 12_000 } });
  await button(page, 'Share').click();
  await expect(messages(page)).toContainText(AWAY);
  await letCome();
  await button(page, 'Reload').click();
  await expect(messages(page)).toHaveCount(0);
  await expect(slider(page)).toHaveAttribute('data-shown-ms', '12000');
  await button(page, 'Share').click();
  await expect(page.getByRole('textbox', { name: 'Link' })).toBeVisible();
});

test('the cluster runs on, and commands are obeyed, though what they need failed twice on its way', async ({
  page,
}) => {
  let failed = 0;
  await page.route(/assets\/registry-[^/]*\.js$/, (route) => {
    failed += 1;
    return failed <= 2 ? route.abort('failed') : route.continue();
  });
  await openAt(page, QUIET, { cursor: { timeMs: 12_000 } });
  await expect(await kubectl(page, 'get pods')).toContainText('Running');
  expect(failed).toBe(3);
  await expect(messages(page)).toHaveCount(0);
  await seekTo(page, 60_000);
});

test('so does a page whose worker could not be fetched at first', async ({ page }) => {
  let failed = 0;
  await page.route(/assets\/worker-[^/]*\.js$/, (route) => {
    failed += 1;
    return failed <= 2 ? route.abort('failed') : route.continue();
  });
  await openAt(page, QUIET, { cursor: { timeMs: 12_000 } });
  await expect(slider(page)).toHaveAttribute('data-shown-ms', '12000');
  expect(failed).toBe(3);
  await expect(messages(page)).toHaveCount(0);
});
