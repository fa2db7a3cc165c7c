/** The graph without its drawing: a tree grid of the same objects, by keyboard. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect } from '@playwright/test';
import { test } from './browser';
import { button, object, openAt, pods, region } from './kubestep';
import { QUIET } from './scenarios';

test('the Pods of a card are one stop of the Tab key, and the arrows go along them', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  await expect(pods(page, /^web-/, 'Ready (')).toHaveCount(3);
  const all = await pods(page, /^web-/).all();
  const stops = () => pods(page, /^web-/).and(page.locator('[tabindex="0"]'));
  await expect(stops()).toHaveCount(1);
  await stops().focus();
  await expect(all[0]!).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(all[2]!).toBeFocused();
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '')).not.toMatch(/^Pod /);
  await page.keyboard.press('Shift+Tab');
  await expect(all[2]!).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(region(page, 'Inspector').getByRole('heading', { level: 2, name: /^web-/ })).toBeVisible();
  await expect(stops()).toHaveCount(1);
});

test('objects as a tree: opened by keyboard, walked by arrows, and selected in the drawing too', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  await expect(pods(page, /^web-/, 'Ready (').first()).toBeVisible();
  await button(page, 'Objects as a tree').press('Enter');
  const tree = page.getByRole('treegrid', { name: 'Objects with what they hold' });
  const row = (name: RegExp) => tree.getByRole('row', { name });
  await expect(row(/^Deployment web /)).toBeFocused();
  await expect(row(/^Deployment web /)).toHaveAttribute('aria-level', '1');
  await expect(row(/^Pod web-\S+ Ready 1\/1 node-/)).toHaveCount(3);
  await page.keyboard.press('ArrowLeft');
  await expect(row(/^Deployment web /)).toHaveAttribute('aria-expanded', 'false');
  await expect(row(/^Pod web-/)).toHaveCount(0);
  for (const key of ['ArrowRight', 'ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key);
  await expect(tree.getByRole('row', { selected: true })).toBeFocused();
  await expect(tree.getByRole('row', { selected: true })).toHaveAttribute('aria-level', '3');
  await expect(region(page, 'Inspector').getByRole('heading', { level: 2, name: /^web-/ })).toBeVisible();
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
  await expect(tree.getByRole('gridcell', { name: /^node-/ }).and(page.locator(':focus'))).toHaveCount(1);
  const { violations } = await new AxeBuilder({ page }).include('.object-tree').analyze();
  expect(violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])).toEqual([]);
  // What is selected elsewhere opens here.
  await row(/^Deployment web /)
    .locator('.object-tree-twisty')
    .click();
  await object(page, 'ReplicaSet', /^web-/).click();
  await expect(tree.getByRole('row', { selected: true })).toHaveAccessibleName(/^ReplicaSet web-/);
  await page.getByRole('tab', { name: 'Nodes' }).click();
  await expect(row(/^Node node-1 Ready/)).toHaveAttribute('aria-expanded', 'true');
});
