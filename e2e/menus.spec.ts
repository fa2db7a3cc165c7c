/** Menus of objects: by the other mouse button, by keys, by a button; what they do is what was written on them. */
import { expect } from '@playwright/test';
import { test } from './browser';
import { branches, button, inspect, object, openAt, pods, region, seekTo } from './kubestep';
import { deployment, QUIET, SCENARIO } from './scenarios';

test('by the mouse: one more replica, and the focus comes back with Escape', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  const web = object(page, 'Deployment', 'web');
  await web.click({ button: 'right' });
  const menu = page.getByRole('menu', { name: 'What can be done to Deployment web' });
  await expect(menu.getByRole('menuitem').first()).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(menu).toHaveCount(0);
  await web.click({ button: 'right' });
  await menu.getByRole('menuitem', { name: 'One more: 4' }).click();
  await expect(branches(page)).toHaveCount(2);
  await seekTo(page, 60_000);
  await expect(pods(page, /^web-/)).toHaveCount(4);
});

test('anywhere on a card its object is meant', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 }, view: 'nodes' });
  await region(page, 'Cluster graph').getByText('CPU').first().click({ button: 'right' });
  await expect(page.getByRole('menu', { name: /^What can be done to Node node-/ })).toBeVisible();
});

test('by keys: arrows and letters move, Enter takes, and a value is asked for', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  await object(page, 'Deployment', 'web').focus();
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menuitem', { name: 'Scale …' })).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('menuitem').last()).toBeFocused();
  await page.keyboard.press('d');
  await expect(page.getByRole('menuitem', { name: 'Delete' })).toBeFocused();
  await page.keyboard.press('r');
  await expect(page.getByRole('menuitem', { name: 'Restart' })).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await page.getByRole('spinbutton', { name: 'Replicas' }).fill('1');
  await page.keyboard.press('Enter');
  await seekTo(page, 60_000);
  await expect(pods(page, /^web-/)).toHaveCount(1);
});

test('what runs in a Pod shows what it prints', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  await pods(page, /^web-/).first().click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Run in it …' }).click();
  await page.getByRole('textbox', { name: 'Shell line' }).fill('echo it is $((40 + 2))');
  await page.keyboard.press('Enter');
  await expect(region(page, 'Terminal')).toContainText('it is 42');
});

test('the images of several containers are set one by one, and each can be made to fail', async ({ page }) => {
  const log = '      - {name: log, image: busybox, command: [sleep, inf]}\n';
  await openAt(page, SCENARIO('two') + deployment('web', 1, 'redis:7', log), { cursor: { timeMs: 20_000 } });
  const openMenu = () => object(page, 'Deployment', 'web').click({ button: 'right' });
  await openMenu();
  await expect(page.getByRole('menuitem', { name: 'Let busybox fail to pull' })).toBeVisible();
  await page.getByRole('menuitem', { name: 'Set image of app …' }).click();
  const form = page.getByRole('form', { name: 'Set image of app: Deployment web' });
  await form.getByRole('textbox', { name: 'Image' }).fill('redis:8');
  await page.keyboard.press('Enter');
  await openMenu();
  await expect(page.getByRole('menuitem', { name: 'Let redis:8 fail to pull' })).toBeVisible();
});

test('a drain is rehearsed before it is done', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 }, view: 'nodes' });
  await object(page, 'Node', 'node-1').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Drain …' }).click();
  const rehearsal = page.getByRole('region', { name: 'What would happen' });
  await expect(rehearsal).toContainText('One Pod goes.');
  await expect(rehearsal).toContainText('web: 2 of 3 available at the lowest.');
  await expect(branches(page)).toHaveCount(0);
  await rehearsal.getByRole('button', { name: 'Do it' }).click();
  await expect(object(page, 'Node', 'node-1')).toHaveAttribute('aria-description', 'Ready, cordoned');
});

test('by the button of the inspector: a Pod is evicted', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  await inspect(page, pods(page, /^web-/).first());
  await button(page, 'What can be done').click();
  await page.getByRole('menuitem', { name: 'Evict', exact: true }).click();
  await expect(pods(page, /^web-/, 'Terminating')).toHaveCount(1);
  await expect(region(page, 'Timeline')).toContainText('eviction');
  // What a menu gives kubectl to read stands in the terminal as what is typed does.
  await button(page, 'Show output').click();
  await expect(region(page, 'Terminal').locator('.terminal-command')).toHaveText(
    /kubectl create --raw .*\/eviction -f -/,
  );
});

test('what ends a fault stands in its place, and only while it holds', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 }, view: 'nodes' });
  const strike = page.getByRole('menuitem', { name: 'Cut off from the API server' });
  const heal = page.getByRole('menuitem', { name: 'Connect again' });
  const openMenu = () => object(page, 'Node', 'node-1').click({ button: 'right' });
  await openMenu();
  await expect(strike).toBeVisible();
  await expect(heal).toHaveCount(0);
  await strike.click();
  await expect(branches(page)).toHaveCount(2);
  await openMenu();
  await expect(heal).toBeVisible();
  await expect(strike).toHaveCount(0);
});

test('a fault that holds is healed where it shows, and by the palette', async ({ page }) => {
  const stopped = `apiVersion: kubestep.dev/v1alpha1
kind: Scenario
metadata: {name: x}
spec: {duration: 30s, actions: [{at: 5s, fault: {type: component-down, component: kube-proxy, node: node-1}}]}
---
${deployment('web', 1)}`;
  await openAt(page, stopped, { cursor: { timeMs: 5_000 }, view: 'nodes' });
  const what = 'Heal: kube-proxy on node node-1 has stopped';
  await object(page, 'Node', 'node-1').click({ button: 'right' });
  await expect(page.getByRole('menuitem', { name: what })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Go to' }).fill('on node node-1 has stopped');
  await expect(page.getByRole('option', { name: what })).toBeVisible();
  await page
    .getByRole('option', { name: /step \d+/i })
    .first()
    .click();
  await expect(region(page, 'Timeline').getByRole('button', { name: what })).toBeVisible();
  await page.getByRole('tab', { name: 'Control plane' }).click();
  const held = page.getByRole('list', { name: 'Faults that hold' });
  await held.getByRole('button', { name: what }).click();
  await expect(held).toHaveCount(0);
  await expect(region(page, 'Timeline')).toContainText('kube-proxy on node node-1 has started again');
});
