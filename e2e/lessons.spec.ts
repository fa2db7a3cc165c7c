/** Lessons: predicted, played, done, and kept. */
import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { button, openAt, region, seekTo, slider } from './kubestep';
import { deployment } from './scenarios';

const PACE = readFileSync(new URL('../src/lessons/rollouts/pace-of-a-rollout.yaml', import.meta.url), 'utf8');

const lesson = (page: Page) => page.getByRole('region', { name: 'Lesson', exact: true });
const next = (page: Page) => lesson(page).getByRole('button', { name: 'Next', exact: true });

async function openFromMenu(page: Page, name: RegExp): Promise<void> {
  await page.getByRole('button', { name: /^Scenarios: / }).click();
  await page.getByRole('tab', { name: 'Lessons' }).click();
  await page.getByRole('region', { name: 'Lessons' }).getByRole('button', { name }).last().click();
}

test('a lesson is predicted, held until answered, told by the run, and done by hand', async ({ page }) => {
  await page.goto('/');
  await button(page, 'Start here').click();
  await expect(lesson(page).getByRole('heading', { level: 2 })).toHaveText('An object is a wish');
  await page.keyboard.press('PageDown');
  await expect(lesson(page).getByRole('button', { name: /^Chapter 2/ })).toHaveAttribute('aria-current', 'step');
  await page.keyboard.press('PageUp');
  await expect(lesson(page).getByRole('button', { name: /^Chapter 1/ })).toHaveAttribute('aria-current', 'step');
  await expect(button(page, 'Start here')).toHaveCount(0);
  await openFromMenu(page, /^The pace of a rollout/);
  await expect(lesson(page).getByRole('heading', { level: 2 })).toHaveText('The pace of a rollout');
  await expect(slider(page)).toHaveAttribute('data-shown-ms', '19000');
  await expect(region(page, 'Inspector').getByRole('heading', { level: 2 })).toHaveText('web');
  await expect(button(page, 'Play')).toBeEnabled();

  await next(page).click();
  await expect(button(page, 'Play')).toBeDisabled();
  await lesson(page).getByLabel('3', { exact: true }).check();
  await lesson(page).getByRole('button', { name: 'Answer' }).click();
  await expect(button(page, 'Play')).toBeEnabled();
  await expect(lesson(page)).toContainText('You say: 3.');
  await expect(lesson(page)).not.toContainText('0.75 becomes 1');
  await seekTo(page, 50_000);
  await expect(lesson(page)).toContainText('It is 4; you said 3.');
  await expect(lesson(page)).toContainText('0.75 becomes 1');

  await next(page).click();
  await lesson(page).getByRole('button', { name: 'Skip' }).click();
  await lesson(page).getByRole('button', { name: 'Tell me now' }).click();
  await expect(lesson(page)).toContainText('It is 3.');

  await next(page).click();
  await expect(lesson(page)).toContainText('The goal is not met yet.');
  await expect(slider(page)).toHaveAttribute('data-shown-ms', '60000');
  await lesson(page).getByRole('button', { name: 'Hint 1 of 3' }).click();
  await expect(lesson(page).getByRole('listitem').filter({ hasText: 'The pace is in' })).toBeVisible();
  const line = region(page, 'Terminal').getByRole('textbox');
  await line.fill('set image deployment/web web=nginx:1.27');
  await line.press('Enter');
  await expect(lesson(page)).toContainText('it came one by one, at the old pace');
  await button(page, 'Go to 1:00').click();
  await expect(slider(page)).toHaveAttribute('data-shown-ms', '60000');
  await line.fill(`patch deployment web -p '{"spec":{"strategy":{"rollingUpdate":{"maxSurge":2}}}}'`);
  await line.press('Enter');
  await line.fill('set image deployment/web web=nginx:1.27');
  await line.press('Enter');
  await expect(lesson(page)).toContainText(/Goal met at 1:06\.\d+, step \d+\./);
  await expect(lesson(page)).toContainText('Five Pods existed for a moment');

  await page.getByRole('button', { name: /^Scenarios: / }).click();
  await page.getByRole('tab', { name: 'Lessons' }).click();
  await expect(page.getByRole('region', { name: 'Lessons' })).toContainText('✓ done');
});

test('show me does what the solution does, and what was reached is there after a reload', async ({ page }) => {
  await openAt(page, PACE);
  await lesson(page)
    .getByRole('button', { name: /^Chapter 4/ })
    .click();
  await expect(slider(page)).toHaveAttribute('data-shown-ms', '60000');
  const line = region(page, 'Terminal').getByRole('textbox');
  await line.fill('delete deployment web');
  await line.press('Enter');
  await expect(region(page, 'Terminal')).toContainText('deployment.apps "web" deleted');
  await lesson(page).getByRole('button', { name: 'Show me' }).click();
  await expect(lesson(page)).toContainText(/Goal met at 1:06\.\d+, step \d+, as the solution does it\./);
  await expect(region(page, 'Terminal')).toContainText('deployment.apps/web image updated');
  await page.reload();
  await expect(lesson(page).getByRole('button', { name: /^Chapter 4: Twice as fast, done/ })).toHaveAttribute(
    'aria-current',
    'step',
  );
});

test('a question for a number takes nothing else', async ({ page }) => {
  await openAt(page, PACE.replace('options: ["3", "4", "5"]', 'number: true'));
  await next(page).click();
  const number = lesson(page).getByRole('textbox', { name: 'Your number' });
  await number.fill('abc');
  await number.press('Enter');
  await expect(lesson(page).getByRole('alert')).toHaveText('Write a number, such as 4 or 1.5.');
  await expect(button(page, 'Play')).toBeDisabled();
  await number.fill('4');
  await expect(lesson(page).getByRole('alert')).toHaveCount(0);
  await number.press('Enter');
  await expect(button(page, 'Play')).toBeEnabled();
});

test('a pasted lesson is shown, and mistakes in it are told with their line', async ({ page }) => {
  await openAt(page, PACE.replace('options: ["3", "4", "5"]', 'options: ["3"]'));
  await expect(region(page, 'YAML editor')).toContainText('a prediction needs two options or more, or number: true');
  await expect(lesson(page)).toHaveCount(0);
});

test('a lesson can be used by keys, with a reader of screens, and on a telephone', async ({ page }) => {
  await openAt(page, PACE, { cursor: undefined });
  await expect(slider(page)).toHaveAttribute('data-shown-ms', '19000');
  await next(page).click();
  await lesson(page).getByLabel('3', { exact: true }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(lesson(page).getByLabel('4', { exact: true })).toBeChecked();
  await page.keyboard.press('Enter');
  await expect(lesson(page)).toContainText('You say: 4.');
  const found = await new AxeBuilder({ page }).include('.lesson').analyze();
  expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('tab', { name: 'Lesson', exact: true }).click();
  await expect(next(page)).toBeVisible();
  await page.getByRole('tab', { name: 'Graph' }).click();
  await expect(lesson(page)).toBeHidden();
  await page.getByRole('tab', { name: 'Lesson', exact: true }).click();
  await page.getByRole('button', { name: /^Scenarios: / }).click();
  await page.getByRole('tab', { name: 'Scenarios', exact: true }).click();
  await page.getByRole('button', { name: /^CrashLoopBackOff/ }).click();
  await expect(page.getByRole('tab', { name: 'Graph' })).toHaveAttribute('aria-selected', 'true');
  await expect(region(page, 'Cluster graph')).toBeVisible();
});

test('what was done is handed in by a link, and graded by running it again', async ({ page }) => {
  await openAt(page, PACE);
  await next(page).click();
  await lesson(page).getByLabel('4', { exact: true }).check();
  await lesson(page).getByRole('button', { name: 'Answer' }).click();
  await lesson(page)
    .getByRole('button', { name: /^Chapter 4/ })
    .click();
  await lesson(page).getByRole('button', { name: 'Show me' }).click();
  await expect(lesson(page)).toContainText(/Goal met/);
  await lesson(page).getByRole('button', { name: 'Hand in' }).click();
  await lesson(page).getByLabel('Your name').fill('Ana');
  await lesson(page).getByRole('button', { name: 'Make the link' }).click();
  const link = await lesson(page).getByRole('textbox', { name: 'Hand-in link' }).inputValue();
  expect(link.length).toBeLessThan(8_000);

  await page.getByRole('button', { name: /^Scenarios: / }).click();
  await page.getByRole('tab', { name: 'Lessons' }).click();
  await button(page, 'Grade hand-ins').click();
  const dialog = page.getByRole('dialog', { name: 'Grade hand-ins' });
  await dialog.getByRole('textbox', { name: 'Hand-in links' }).fill(`${link}\nBen ${link.slice(0, -3)}\n`);
  await dialog.getByRole('button', { name: 'Grade', exact: true }).click();
  await expect(dialog.getByRole('status')).toHaveText('1 of 2 reached the goal.');
  await expect(dialog.getByRole('row', { name: /^Ana/ })).toContainText(/pace-of-a-rollout.*met.*step 172.*1 \/ 2.*2/);
  await expect(dialog.getByRole('row').nth(2)).toContainText('This link is damaged');
  const found = await new AxeBuilder({ page }).include('.grade-sheet').analyze();
  expect(found.violations.map(({ id }) => id)).toEqual([]);
  await dialog.getByRole('button', { name: 'Open the run of Ana' }).click();
  await expect(page.getByText('Handed in by Ana')).toBeVisible();
  await expect(region(page, 'Timeline')).toContainText('patch deployment web');
});

test('a page that embeds a lesson hears of its goals', async ({ page }) => {
  await page.goto('/embed.html');
  const news = page.getByRole('log');
  await expect(news).toContainText('"type":"ready"');
  await page.evaluate((text) => {
    document
      .querySelector('iframe')
      ?.contentWindow?.postMessage({ kubestep: 1, type: 'load', text, at: { timeMs: 0 } }, '*');
  }, PACE);
  const frame = page.frameLocator('iframe');
  const panel = frame.getByRole('region', { name: 'Lesson', exact: true });
  await frame.getByRole('tab', { name: 'Lesson', exact: true }).click();
  await panel.getByRole('button', { name: /^Chapter 4/ }).click();
  await panel.getByRole('button', { name: 'Show me' }).click();
  await expect(news).toContainText('"type":"goal","lesson":"pace-of-a-rollout","chapter":4,"step":172');
});

test('what was done by hand becomes a lesson, which is shown and checked', async ({ page }) => {
  await openAt(page, deployment('web', 1), { cursor: { timeMs: 10_000 } });
  const line = region(page, 'Terminal').getByRole('textbox');
  await line.fill('scale deployment web --replicas=3');
  await line.press('Enter');
  await expect(region(page, 'Terminal')).toContainText('deployment.apps/web scaled');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Go to' }).fill('Record a lesson');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Record a lesson' });
  await expect(dialog.getByRole('region', { name: 'What you did' })).toContainText(
    'kubectl scale deployment web --replicas=3',
  );
  await dialog.getByLabel('Title').fill('Three of them');
  await dialog.getByLabel('What is to be done').fill('Make it **three**.');
  await dialog.getByLabel('It is done when').fill("get('Deployment', 'web').status.readyReplicas == 3");
  await dialog.getByRole('button', { name: 'Put it into the text' }).click();
  await expect(lesson(page).getByRole('heading', { level: 2 })).toHaveText('Three of them');
  await expect(slider(page)).toHaveAttribute('data-shown-ms', '10000');
  await expect(lesson(page)).toContainText('The goal is not met yet.');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Go to' }).fill('Record a lesson');
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Check the lesson of the text' }).click();
  await expect(dialog.getByRole('status')).toHaveText('One of the checks does not hold.');
  await expect(dialog).toContainText('every text is in English and Chinese');
});
