/** What the palette does, beside going somewhere: the entries of objects' menus and lines of the terminal, by keyboard alone. */
import { expect, type Page } from '@playwright/test';
import { test } from './browser';
import { branches, button, object, openAt, pods, region, seekTo, violationsIn } from './kubestep';
import { QUIET } from './scenarios';

/** Opens the palette, types, and gives the options that it then has. */
async function typed(page: Page, text: string, name = 'Go to') {
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name });
  await palette.getByRole('combobox').fill(text);
  return palette.getByRole('option');
}

test('a drain is found, rehearsed and done', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 }, view: 'nodes' });
  const options = await typed(page, 'drain node-1');
  await expect(options.first()).toHaveText(/Drain …Node node-1$/);
  await expect(options.nth(1)).toContainText('Run in the terminal: kubectl drain node-1');
  await expect.poll(() => violationsIn(page)).toEqual([]);
  await page.keyboard.press('Enter');
  const rehearsal = page.getByRole('region', { name: 'What would happen' });
  await expect(rehearsal).toContainText('web: 2 of 3 available at the lowest.');
  await expect(branches(page)).toHaveCount(0);
  await expect(rehearsal.getByRole('button', { name: 'Do it' })).toBeFocused();
  await expect.poll(() => violationsIn(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(object(page, 'Node', 'node-1')).toHaveAttribute('aria-description', 'Ready, cordoned');
});

test('a number is asked for, and left with Escape', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  await object(page, 'Deployment', 'web').focus();
  await expect(await typed(page, 'scale web').then((options) => options.first())).toHaveText(/Scale …Deployment web$/);
  await page.keyboard.press('Enter');
  const form = page.getByRole('form', { name: 'Scale: Deployment web' });
  await expect(form.getByRole('spinbutton', { name: 'Replicas' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(form).toHaveCount(0);
  await expect(object(page, 'Deployment', 'web')).toBeFocused();
  await typed(page, 'web scale');
  await page.keyboard.press('Enter');
  await form.getByRole('spinbutton').fill('1');
  await page.keyboard.press('Enter');
  await seekTo(page, 60_000);
  await expect(pods(page, /^web-/)).toHaveCount(1);
});

test('playing is told to stop at what is named', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  const options = await typed(page, 'stop web');
  await expect(options.first()).toHaveText(/Stop at: the next step about Deployment web$/);
  await page.keyboard.press('Enter');
  await button(page, 'Run until').click();
  await expect(page.getByRole('list', { name: 'Breakpoints' })).toContainText('the next step about Deployment web');
});

test('what is typed while the palette is on its way stands in it', async ({ page }) => {
  let letThrough = () => {};
  const wait = new Promise<void>((done) => {
    letThrough = done;
  });
  await page.route(/\/palette-[^/]*\.js/, async (route) => {
    await wait;
    await route.continue();
  });
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  await page.keyboard.press('Control+k');
  await page.keyboard.type('drxain node-1');
  for (let back = 0; back < 'xain node-1'.length; back += 1) await page.keyboard.press('Backspace');
  await page.keyboard.type('ain node-1');
  letThrough();
  const palette = page.getByRole('dialog', { name: 'Go to' });
  await expect(palette.getByRole('combobox')).toHaveValue('drain node-1');
  await expect(palette.getByRole('option').first()).toHaveText(/Drain …Node node-1$/);
});

test('what acts at once acts at once; the object itself comes before what is done to it', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 }, view: 'nodes' });
  const options = await typed(page, 'web');
  await expect(options.first()).toHaveText(/^Deploymentweb/);
  await expect(options.filter({ hasText: 'Restart' })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await typed(page, 'crash node-2');
  await page.keyboard.press('Enter');
  await expect(branches(page)).toHaveCount(2);
  await expect(region(page, 'Timeline')).toContainText('Node node-2');
  await typed(page, 'node-2 crash');
  await expect(page.getByRole('option', { name: 'Boot again Node node-2' })).toBeVisible();
  await expect(page.getByRole('option', { name: 'Crash Node node-2' })).toHaveCount(0);
  await page.getByRole('combobox', { name: 'Go to' }).fill('restart web');
  await page.keyboard.press('Enter');
  await expect(region(page, 'Timeline')).toContainText('rollout restart deployment/web');
});

test('a line for kubectl is run in the terminal', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  await expect((await typed(page, 'kubectl get pods')).first()).toHaveText(
    'TerminalRun in the terminal: kubectl get pods',
  );
  await page.keyboard.press('Enter');
  const output = page.getByRole('log', { name: 'Command output' });
  await expect(output).toContainText('kubectl get pods');
  await expect(output).toContainText(/web-\S+ +1\/1 +Running/);
  await expect(branches(page)).toHaveCount(0);
  await typed(page, 'get node node-3');
  await page.getByRole('option', { name: 'Run in the terminal: kubectl get node node-3' }).click();
  await expect(output).toContainText(/node-3 +Ready/);
});

test('in Chinese, by its words and by those of kubectl', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  await button(page, '中文').click();
  const options = await typed(page, '排空 node-1', '前往');
  await expect(options.first()).toHaveText(/排空 …Node node-1$/);
  await page.getByRole('combobox', { name: '前往' }).fill('drain node-1');
  await expect(options.first()).toHaveText(/排空 …Node node-1$/);
  await expect(options.nth(1)).toContainText('在终端中运行：kubectl drain node-1');
});

test('where the page may only be looked at, nothing is offered that acts', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 }, embed: 'readonly' });
  await expect((await typed(page, 'deployment web')).first()).toHaveText(/^Deploymentweb/);
  await page.getByRole('combobox', { name: 'Go to' }).fill('drain node-1');
  await expect(page.getByRole('option', { name: /^(Command|Terminal)/ })).toHaveCount(0);
});
