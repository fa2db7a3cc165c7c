/** Two branches beside each other, and what a marked range comes to. */
import { expect } from '@playwright/test';
import { test } from './browser';
import { branches, button, kubectl, moment, openAt, region, seekTo } from './kubestep';
import { QUIET } from './scenarios';

test('two branches on one clock: where they part, what differs now, and what each came to', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  await expect(button(page, 'Compare branches')).toBeDisabled();
  await seekTo(page, 60_000);
  await seekTo(page, 20_000);
  await kubectl(page, 'scale deployment web --replicas=5');
  await expect(branches(page)).toHaveCount(2);
  await seekTo(page, 40_000);
  await button(page, 'Compare branches').click();
  const compare = page.getByRole('region', { name: 'Compare', exact: true });
  await expect(compare).toContainText(/First differing step: step \d+ · 20\.000 s/);
  await expect(compare).toContainText('scale deployment web --replicas=5');
  await expect(compare.getByRole('img', { name: /^Branch 1: Pods of Deployment web/ })).toBeVisible();
  await expect(compare.getByRole('img', { name: /^Branch 2: Pods of Deployment web/ })).toBeVisible();
  await expect(compare.locator('.compare-over > .compare-shade').first()).toBeAttached();
  await expect(compare.locator('.lane-body > .compare-shade')).toHaveCount(2);
  await expect(compare.getByRole('row', { name: /^Pods created 0 2$/ })).toBeVisible();
  await expect(compare.getByRole('row', { name: /^Lowest available 3 of 3 \(web\) 3 of / })).toBeVisible();
  await expect(compare.getByRole('row', { name: 'spec.replicas 3 5', exact: true }).first()).toBeVisible();
  await expect(compare).toContainText('only in branch 2');
  await compare.getByRole('button', { name: /^step \d+ · 20\.000 s$/ }).click();
  await expect.poll(async () => (await moment(page)).text).toMatch(/^20\.000 s/);
  // The focus goes back to the button, not to nowhere.
  await compare.getByRole('combobox').first().focus();
  await page.keyboard.press('Escape');
  await expect(compare).toHaveCount(0);
  await expect(button(page, 'Compare branches')).toBeFocused();
});

test('a range is marked by dragging or by keys, and comes to totals', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 30_000 } });
  const lane = region(page, 'Timeline').locator('[data-lane="Deployment/default/web"] .lane-body');
  const box = await lane.boundingBox();
  if (!box) throw new Error('the lane is drawn');
  await page.mouse.move(box.x + 1, box.y + 8);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 4, box.y + 8, { steps: 4 });
  await page.mouse.up();
  const range = page.getByRole('region', { name: 'Range', exact: true });
  await expect(range).toContainText('Pods created3');
  await expect(range).toContainText('Lowest available');
  expect((await moment(page)).text).toMatch(/^30\.000 s/);
  await range.getByRole('button', { name: 'Zoom to it' }).click();
  await expect(button(page, 'Fit all of time')).toBeEnabled();
  await page.keyboard.press('Escape');
  await expect(range).toHaveCount(0);
  await page.keyboard.press('r');
  await seekTo(page, 60_000);
  await page.keyboard.press('r');
  await expect(range).toContainText('from 30.000 s to 1:00.000');
  await expect(range).toContainText('Pods created0');
});
