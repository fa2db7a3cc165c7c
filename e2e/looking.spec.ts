/** Looking around: the palette, the views of one moment, and which steps are worth stopping at. */
import { expect } from '@playwright/test';
import { test } from './browser';
import {
  button,
  editorLoaded,
  inspect,
  messages,
  moment,
  object,
  openAt,
  pods,
  region,
  seekTo,
  sentence,
  slider,
} from './kubestep';
import { QUIET } from './scenarios';

test('the palette goes to objects, moments, views and scenarios, by keyboard alone', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 10_000 } });
  const palette = page.getByRole('dialog', { name: 'Go to' });
  await page.keyboard.press('Control+k');
  await palette.getByRole('combobox').fill('deployment web');
  await expect(palette.getByRole('option').first()).toContainText('web');
  await page.keyboard.press('Enter');
  await expect(palette).toHaveCount(0);
  const heading = region(page, 'Inspector').getByRole('heading', { level: 2, name: 'web' });
  // The keys go on from there: the arrows still step, Tab leads into the inspector.
  await expect(heading).toBeFocused();
  const { step } = await moment(page);
  await page.keyboard.press('ArrowLeft');
  await expect.poll(async () => (await moment(page)).step).toBeLessThan(step);
  await page.keyboard.press('Tab');
  await expect(region(page, 'Inspector').getByRole('button', { name: 'What can be done' })).toBeFocused();

  await page.keyboard.press('Control+k');
  await palette.getByRole('combobox').fill('0:05');
  await page.keyboard.press('Enter');
  await expect(slider(page)).toHaveAttribute('data-shown-ms', '5000');

  await page.keyboard.press('Control+k');
  await palette.getByRole('combobox').fill('view: nodes');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tab', { name: 'Nodes' })).toHaveAttribute('aria-selected', 'true');
  // What had the keys before has them again.
  await expect(region(page, 'Inspector').getByRole('button', { name: 'What can be done' })).toBeFocused();
  await expect(object(page, 'Node', 'node-1')).toBeVisible();
  // Closed by a key, the inspector gives the focus to what it was about.
  await object(page, 'Node', 'node-1').focus();
  await page.keyboard.press('Enter');
  await region(page, 'Inspector').getByRole('tab', { name: 'Why' }).focus();
  await page.keyboard.press('Escape');
  await expect(object(page, 'Node', 'node-1')).toBeFocused();

  await page.keyboard.press('Control+k');
  await palette.getByRole('combobox').fill('scaled up');
  await page.keyboard.press('Escape');
  await expect(palette).toHaveCount(0);
  await editorLoaded(page);
  await region(page, 'YAML editor').locator('.monaco-editor').first().click();
  await page.keyboard.press('Control+k');
  await expect(palette.getByRole('combobox')).toBeFocused();
  await page.keyboard.press('Escape');
});

test('the control plane shows what each component has heard of, and the store it lags behind', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 12_000 } });
  await page.getByRole('tab', { name: 'Control plane' }).click();
  const plane = page.getByRole('region', { name: 'Components of the control plane' });
  const scheduler = plane.getByRole('listitem', { name: 'default-scheduler' });
  await expect(scheduler).toContainText('has heard of everything up to revision');
  await button(page, 'First step').click();
  await expect(scheduler).toContainText(/behind: knows revision|has heard of everything/);
  await page.keyboard.press('ArrowLeft');
  await page.getByRole('tab', { name: 'Control plane' }).press('ArrowRight');
  await expect(page.getByRole('tab', { name: 'Workloads' })).toHaveAttribute('aria-selected', 'true');
});

test('steps are stopped at by how much they matter; heartbeats are folded', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 15_000 } });
  const log = region(page, 'Inspector');
  await expect(log.getByText(/^\d+ heartbeats$/).first()).toBeVisible();
  await expect(sentence(page)).not.toContainText('renewed its Lease');
  const folded = region(page, 'Timeline').locator('.step-folded');
  const since = async () => Number(/^(\d+) folded since$/.exec(await folded.innerText())?.[1]);
  const few = await since();
  // Where nothing but heartbeats is to come, it leads to the end of the timeline, and stays there.
  await button(page, 'Step forward').click();
  await expect.poll(since).toBeGreaterThan(few + 1);
  const end = (await slider(page).getAttribute('max')) as string;
  await expect(slider(page)).toHaveAttribute('data-shown-ms', end);
  await button(page, 'Step forward').click();
  await expect(messages(page)).toContainText('Nothing of that kind in the two minutes after this');
  await expect(slider(page)).toHaveAttribute('data-shown-ms', end);
  await seekTo(page, 15_000);
  const level = log.getByRole('combobox', { name: 'Steps shown' });
  await level.selectOption('Every step');
  await expect(sentence(page)).toContainText('renewed its Lease');
  await expect(log.getByText(/^\d+ heartbeats$/)).toHaveCount(0);
  await expect(folded).toHaveCount(0);
  const before = (await moment(page)).step;
  await button(page, 'Step back').click();
  await expect(slider(page)).toHaveAttribute('aria-valuetext', new RegExp(`, step ${before - 1}$`));
  await level.selectOption('Milestones');
  await button(page, 'Step back').click();
  await expect(sentence(page)).toContainText(/runs at|Bound Pod|Created/);
  await button(page, 'First step').click();
  await expect(slider(page)).toHaveAttribute('aria-valuetext', /step 1$/);
  await level.selectOption('Every step');
  await button(page, 'Last step').click();
  await expect.poll(async () => (await moment(page)).step).toBeGreaterThan(before);
});

test('a moment has one number of a step: in the sentence, on the slider and in the list of steps', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 15_000 } });
  const where = region(page, 'Timeline').locator('.step-where');
  await expect(where).toContainText('folded since');
  const told = Number(/^step (\d+)/.exec(await where.innerText())?.[1]);
  await expect(slider(page)).toHaveAttribute('aria-valuetext', new RegExp(`, step ${told}$`));
  await expect(region(page, 'Inspector').locator('[data-present]')).toContainText(`step ${told} `);
});

test('fifty quick keys move fifty steps', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 60_000 } });
  await region(page, 'Inspector').getByRole('combobox', { name: 'Steps shown' }).selectOption('Every step');
  // The number is that of the step told of: the last one, as soon as none is folded.
  await expect(region(page, 'Timeline').locator('.step-where')).not.toContainText('folded');
  const before = (await moment(page)).step;
  await slider(page).focus();
  for (let press = 0; press < 50; press += 1) await page.keyboard.press('ArrowLeft');
  await expect(slider(page)).toHaveAttribute('aria-valuetext', new RegExp(`, step ${before - 50}$`));
});

test('time goes on until a condition holds; one that can not be told says why', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 0 } });
  await button(page, 'Run until').click();
  const condition = page.getByRole('textbox', { name: 'Condition' });
  await condition.fill("get('Deployment', 'web').status.availableReplicas == 3");
  await page.keyboard.press('Enter');
  await expect(condition).toHaveCount(0);
  await expect(object(page, 'Deployment', 'web')).toHaveAttribute('aria-description', /3 of 3 ready/);
  const reached = (await moment(page)).step;
  await button(page, 'Step back').click();
  await expect.poll(async () => (await moment(page)).step).toBeLessThan(reached);
  await button(page, 'Run until').click();
  await condition.fill("list('Pods').size() > 0");
  await page.keyboard.press('Enter');
  await expect(page.getByText('there is no kind Pods')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(condition).toHaveCount(0);
});

test("a Pod's log is read at the moment shown, and is no branch", async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  await inspect(page, pods(page, /^web-/).first());
  await region(page, 'Inspector').getByRole('tab', { name: 'Log' }).click();
  const log = region(page, 'Inspector').getByRole('log', { name: 'What its containers have printed' });
  await expect(log).toContainText('start worker process');
  await button(page, 'First step').click();
  await expect(log).toHaveCount(0);
  await expect(page.getByRole('list', { name: 'Branches of time' })).toHaveCount(0);
});

test('what is typed while the palette is on its way does nothing else', async ({ page }) => {
  let letIn = () => {};
  const held = new Promise<void>((resolve) => {
    letIn = resolve;
  });
  await page.route(/assets\/palette[^/]*\.js$/, async (route) => {
    await held;
    await route.continue();
  });
  await openAt(page, QUIET, { cursor: { timeMs: 12_000 } });
  await page.keyboard.press('Control+k');
  await page.keyboard.type('p');
  await page.keyboard.press('Home');
  letIn();
  await expect(page.getByRole('dialog', { name: 'Go to' }).getByRole('combobox')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(button(page, 'Share')).toBeVisible();
  await expect(slider(page)).toHaveAttribute('data-shown-ms', '12000');
});

// Slow enough that keys come between the palette's drawing and its line having the focus.
for (const delay of [0, 30, 70]) {
  test(`what is typed before the palette has the focus stands in it, a key every ${delay} ms`, async ({ page }) => {
    await openAt(page, QUIET, { cursor: { timeMs: 12_000 } });
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 10 });
    await page.keyboard.press('Control+k');
    await page.keyboard.type('drain node-1', { delay });
    await expect(page.getByRole('dialog', { name: 'Go to' }).getByRole('combobox')).toHaveValue('drain node-1');
  });
}

test('arrows and Enter that are pressed before the palette has the focus are obeyed there', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 12_000 }, view: 'nodes' });
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 10 });
  await page.keyboard.press('Control+k');
  await page.keyboard.type('cordon');
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp', 'Enter']) await page.keyboard.press(key);
  await expect(object(page, 'Node', 'node-2')).toHaveAttribute('aria-description', 'Ready, cordoned');
  await expect(object(page, 'Node', 'node-1')).toHaveAttribute('aria-description', 'Ready');
});

test('Escape leaves a field of the inspector; the next one closes the inspector', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  await inspect(page, pods(page, /^web-/).first());
  const inspector = region(page, 'Inspector');
  await inspector.getByRole('tab', { name: 'Shell' }).click();
  const line = inspector.getByRole('textbox', { name: 'Line to run in the container' });
  await line.focus();
  await page.keyboard.press('Escape');
  await expect(line).not.toBeFocused();
  await expect(inspector.getByRole('heading', { level: 2, name: /^web-/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(inspector.getByRole('heading', { level: 2, name: /^web-/ })).toHaveCount(0);
});
