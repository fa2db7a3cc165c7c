/** The graph without its drawing: a tree grid of the same objects, by keyboard. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect } from '@playwright/test';
import { test } from './browser';
import { button, editorLoaded, object, openAt, pods, region } from './kubestep';
import { deployment, QUIET } from './scenarios';

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

test('marks and drawing are one stop of the Tab key each, however many documents and cards there are', async ({
  page,
}) => {
  const names = Array.from({ length: 30 }, (_, index) => `app-${index}`);
  await openAt(page, QUIET + names.map((name) => deployment(name, 1)).join(''), { cursor: { timeMs: 20_000 } });
  await expect(object(page, 'Deployment', 'app-29')).toBeVisible();
  const editor = region(page, 'YAML editor');
  await editorLoaded(page);
  await expect(editor.locator('.marks').getByRole('button')).toHaveCount(names.length + 1);
  await editor.locator('.monaco-editor').first().click();
  await page.keyboard.press('Escape');
  const isIn = (part: string) => page.evaluate((css) => document.activeElement?.closest(css) !== null, part);
  const passed = { marks: 0, drawing: 0 };
  for (let stops = 0; !(await button(page, 'Play').evaluate((play) => play === document.activeElement)); stops += 1) {
    expect(stops, 'Tab has not come to Play').toBeLessThan(30);
    await page.keyboard.press('Tab');
    if (await isIn('.marks')) passed.marks += 1;
    if (!(await isIn('.drawing'))) continue;
    passed.drawing += 1;
    for (let card = 0; card < 3; card += 1) await page.keyboard.press('ArrowDown');
  }
  expect(passed).toEqual({ marks: 1, drawing: 1 });
  // Back again: where one was, not at the beginning.
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
  while (!(await isIn('.drawing'))) await page.keyboard.press('Shift+Tab');
  const there = await focused();
  await page.keyboard.press('ArrowUp');
  expect(await focused()).not.toBe(there);
  await page.keyboard.press('ArrowDown');
  expect(await focused()).toBe(there);
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
