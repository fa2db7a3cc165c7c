/** One undo and redo over edits and acts: each leads to the text, the branch and the moment before it, and back again. */
import { expect, type Page } from '@playwright/test';
import { test } from './browser';
import {
  branches,
  button,
  editorText,
  kubectl,
  messages,
  moment,
  object,
  openAt,
  region,
  replaceInText,
  seekTo,
  slider,
  typeAtEnd,
} from './kubestep';
import { deployment, QUIET } from './scenarios';

const web = (page: Page) => object(page, 'Deployment', 'web');
const wanted = (page: Page, replicas: number) =>
  expect(web(page)).toHaveAttribute('aria-description', new RegExp(`of ${replicas} ready`));
const marked = (page: Page, name: string) =>
  expect(region(page, 'YAML editor').getByRole('button', { name, exact: true })).toBeVisible();

test('an edit, an act in the past and one at the head are taken back one by one, and come again', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  await expect(button(page, 'Undo')).toHaveAttribute('aria-disabled', 'true');
  const start = await moment(page);
  await replaceInText(page, 'replicas: 3', 'replicas: 4');
  await wanted(page, 4);
  const edited = await moment(page);
  await seekTo(page, 60_000);
  await kubectl(page, 'scale deployment web --replicas=5');
  await wanted(page, 5);
  const scaled = await moment(page);
  await seekTo(page, 120_000);
  await kubectl(page, 'scale deployment web --replicas=6');
  await wanted(page, 6);
  const count = await branches(page).count();

  await button(page, 'Undo').click();
  await wanted(page, 5);
  await expect.poll(async () => (await moment(page)).text).toMatch(/^2:00\.000/);
  await button(page, 'Undo').click();
  await wanted(page, 4);
  await expect.poll(async () => (await moment(page)).text).toMatch(/^1:00\.000/);
  await marked(page, 'Deployment web is in sync');
  await page.keyboard.press('Control+z');
  await wanted(page, 3);
  await expect.poll(() => moment(page)).toEqual(start);
  await expect.poll(() => editorText(page)).toBe(QUIET);
  await expect(branches(page)).toHaveCount(0);
  await marked(page, 'Deployment web is in sync');
  await expect(button(page, 'Undo')).toHaveAttribute('aria-disabled', 'true');

  await button(page, 'Redo').click();
  await wanted(page, 4);
  await expect.poll(() => moment(page)).toEqual(edited);
  await expect.poll(() => editorText(page)).toBe(QUIET.replace('replicas: 3', 'replicas: 4'));
  await page.keyboard.press('Shift+Control+z');
  await expect.poll(() => moment(page)).toEqual(scaled);
  await page.keyboard.press('Control+y');
  await wanted(page, 6);
  await expect(branches(page)).toHaveCount(count);
  await expect(button(page, 'Redo')).toHaveAttribute('aria-disabled', 'true');
});

test('the act at the head does not happen again in the future of the moment before it', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  await seekTo(page, 120_000);
  await kubectl(page, 'scale deployment web --replicas=6');
  await wanted(page, 6);
  await button(page, 'Undo').click();
  await wanted(page, 3);
  await button(page, 'Play').click();
  await expect.poll(async () => (await moment(page)).text).toMatch(/^2:0[2-9]/);
  await wanted(page, 3);
});

test('in the editor too the last thing done is taken back, be it an act', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  await replaceInText(page, 'replicas: 3', 'replicas: 4');
  await wanted(page, 4);
  await kubectl(page, 'scale deployment web --replicas=7');
  await wanted(page, 7);
  await typeAtEnd(page, '# note');
  await page.keyboard.press('Control+z');
  await expect.poll(() => editorText(page)).not.toContain('# note');
  await wanted(page, 7);
  await page.keyboard.press('Control+z');
  await wanted(page, 4);
  await page.keyboard.press('Control+z');
  await wanted(page, 3);
  await expect.poll(() => editorText(page)).toBe(QUIET);
  for (let presses = 0; presses < 30; presses += 1) await page.keyboard.press('Control+y');
  await expect.poll(() => editorText(page)).toContain('# note');
  await wanted(page, 7);
  await marked(page, 'Deployment web differs from the cluster');
});

test('another title and another duration leave the moment and what was done', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  await kubectl(page, 'scale deployment web --replicas=5');
  await wanted(page, 5);
  const acted = await moment(page);
  await replaceInText(page, 'title: quiet', 'title: loud');
  await expect(page.getByRole('button', { name: 'Scenarios: loud' })).toBeVisible();
  await replaceInText(page, 'duration: 2m', 'duration: 3m');
  await expect(slider(page)).toHaveAttribute('max', '180000');
  await expect.poll(() => moment(page)).toEqual(acted);
  await wanted(page, 5);
  await expect(branches(page)).toHaveCount(2);
  await expect(messages(page)).toHaveCount(0);
});

test('a changed Scenario document, a reset and a refused text are taken back with the branches there were', async ({
  page,
}) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  await kubectl(page, 'scale deployment web --replicas=5');
  await wanted(page, 5);
  const acted = await moment(page);
  await replaceInText(page, 'title: quiet', 'seed: 7');
  await expect(messages(page)).toContainText('the run began anew');
  await expect(branches(page)).toHaveCount(0);
  await messages(page).getByRole('button', { name: 'Undo' }).click();
  await wanted(page, 5);
  await expect.poll(() => moment(page)).toEqual(acted);
  await expect(branches(page)).toHaveCount(2);
  await button(page, 'Reset').click();
  await expect(branches(page)).toHaveCount(0);
  await button(page, 'Undo').click();
  await expect.poll(() => moment(page)).toEqual(acted);
  await replaceInText(page, 'replicas: 3', 'replicas: -3');
  const problems = region(page, 'YAML editor').getByRole('list', { name: 'Problems' }).getByRole('listitem');
  await expect(problems.first()).toContainText('must be greater than or equal to 0');
  await button(page, 'Undo').click();
  await expect(problems).toHaveCount(0);
  await expect.poll(() => editorText(page)).toBe(QUIET);
  await wanted(page, 5);
});

test('another scenario opened is taken back too, with its acts', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  await kubectl(page, 'scale deployment web --replicas=5');
  await wanted(page, 5);
  await page.getByRole('button', { name: /^Scenarios: / }).click();
  await page
    .getByRole('region', { name: 'Scenarios' })
    .getByRole('button', { name: /^CrashLoopBackOff/ })
    .click();
  await expect(page.getByRole('button', { name: /^Scenarios: CrashLoopBackOff/ })).toBeVisible();
  await button(page, 'Undo').click();
  await wanted(page, 5);
  await expect.poll(() => editorText(page)).toBe(QUIET);
  await button(page, 'Redo').click();
  await expect(page.getByRole('button', { name: /^Scenarios: CrashLoopBackOff/ })).toBeVisible();
});

test('an object that an edit brought comes and goes', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  await replaceInText(page, QUIET, `${QUIET}${deployment('shop', 2)}`);
  await expect(object(page, 'Deployment', 'shop')).toBeVisible();
  await button(page, 'Undo').click();
  await expect(object(page, 'Deployment', 'shop')).toHaveCount(0);
  await button(page, 'Redo').click();
  await expect(object(page, 'Deployment', 'shop')).toBeVisible();
  await marked(page, 'Deployment shop is in sync');
});
