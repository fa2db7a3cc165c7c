/** Lessons: predicted, played, done, and kept. */
import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { encodeLink } from '../src/scenario/share-link';
import { test } from './browser';
import { branches, button, openAt, region, seekTo, slider } from './kubestep';
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
  await expect(lesson(page).getByRole('heading', { level: 2 })).toHaveText('From a text to a running Pod');
  await expect(lesson(page).getByRole('heading', { level: 3 })).toBeFocused();
  await lesson(page).getByLabel('None', { exact: true }).check();
  await lesson(page).getByRole('button', { name: 'Answer' }).click();
  await expect(lesson(page)).toContainText('before you press Play');
  // What was pressed is gone: the keys go on at what came of it.
  await expect(lesson(page).locator('.lesson-outcome')).toBeFocused();
  await lesson(page)
    .getByRole('button', { name: /^Chapter 1/ })
    .press('PageDown');
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
  await expect(button(page, 'Last step')).toBeDisabled();
  await expect(button(page, 'Run until')).toBeDisabled();
  await slider(page).fill('50000');
  await page.keyboard.press('End');
  await page.keyboard.press(']');
  await expect(slider(page)).toHaveAttribute('data-shown-ms', '19000');
  const timeline = region(page, 'Timeline');
  await expect(timeline).toContainText('What happens after 0:19 is shown once you have answered or skipped it');
  await expect(timeline.getByText('apply -f')).toBeVisible();
  await expect(timeline.getByText('set image deployment/web')).toHaveCount(0);
  await next(page).click();
  await expect(lesson(page).getByRole('alert')).toHaveText('First say what you think, or skip the question.');
  await expect(lesson(page).getByLabel('3', { exact: true })).toBeFocused();
  const typed = region(page, 'Terminal').getByRole('textbox');
  await typed.fill('wait --for=jsonpath={.status.updatedReplicas}=1 deployment/web');
  await typed.press('Enter');
  await expect(region(page, 'Terminal')).toContainText('It goes on later than 0:19');
  await lesson(page).getByLabel('3', { exact: true }).check();
  await lesson(page).getByRole('button', { name: 'Answer' }).click();
  await expect(button(page, 'Play')).toBeEnabled();
  await expect(region(page, 'Terminal')).toContainText('It still runs, until 20.100 s.');
  await expect(lesson(page)).toContainText('You say: 3');
  await expect(lesson(page).locator('.lesson-outcome')).toBeFocused();
  await expect(timeline.getByText('set image deployment/web').first()).toBeVisible();
  await expect(lesson(page)).not.toContainText('0.75 becomes 1');
  await seekTo(page, 50_000);
  await expect(region(page, 'Terminal')).toContainText('deployment.apps/web condition met');
  await expect(lesson(page)).toContainText('It is: 4');
  await expect(lesson(page)).toContainText('0.75 becomes 1');

  await next(page).click();
  await button(page, 'Skip the question').click();
  await lesson(page).getByRole('button', { name: 'Tell me now' }).click();
  await expect(lesson(page)).toContainText('It is: 3');

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
  const top = () => region(page, 'Timeline').evaluate((box) => box.getBoundingClientRect().top);
  const before = await top();
  await line.fill('delete deployment web');
  await line.press('Enter');
  await expect(region(page, 'Terminal')).toContainText('deployment.apps "web" deleted');
  await expect(branches(page)).toHaveCount(2);
  await expect.poll(top).toBe(before);
  await lesson(page).getByRole('button', { name: 'Hint 1 of 3' }).click();
  await lesson(page).getByRole('button', { name: 'Show me' }).click();
  await expect(lesson(page)).toContainText(/Goal met at 1:06\.\d+, step \d+, as the solution does it\./);
  await expect(region(page, 'Terminal')).toContainText('deployment.apps/web image updated');
  await page.reload();
  await expect(lesson(page).getByRole('button', { name: /^Chapter 4: Twice as fast, done/ })).toHaveAttribute(
    'aria-current',
    'step',
  );
  await expect(lesson(page).getByRole('listitem').filter({ hasText: 'The pace is in' })).toBeVisible();
  // What is asked of who hands in is there whole.
  await lesson(page).getByRole('button', { name: 'Hand in' }).click();
  expect(
    await lesson(page)
      .locator('.popover')
      .evaluate((box) => box.getBoundingClientRect().left),
  ).toBeGreaterThan(0);
});

test('the text of a lesson is hidden while it is played, and is never lost', async ({ page }) => {
  await openAt(page, PACE);
  const editor = region(page, 'YAML editor');
  await expect(editor.locator('.monaco-editor')).toContainText('kind: Deployment');
  await expect(editor).not.toContainText('chapters:');
  await editor.getByRole('textbox').focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('# mine');
  await button(page, 'Show it').click();
  await editor.getByRole('textbox').first().focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Control+f');
  await page.keyboard.type('chapters:');
  await expect(editor.locator('.view-lines')).toContainText('chapters:');
  await page.keyboard.press('Escape');
  await button(page, 'Hide it').click();
  await expect(editor.locator('.view-lines')).not.toContainText('chapters:');
  await editor.getByRole('textbox').first().focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await expect(page.getByText('is gone with what was deleted')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(button(page, 'Hide it')).toBeVisible();
  await expect(lesson(page).getByRole('heading', { level: 2 })).toHaveText('The pace of a rollout');
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

test('an option whose value is an empty text can be chosen', async ({ page }) => {
  await openAt(page, PACE.replace('options: ["3",', 'options: [{value: "", en: None at all},'));
  await next(page).click();
  await expect(lesson(page).getByRole('button', { name: 'Answer' })).toBeDisabled();
  await lesson(page).getByLabel('None at all').check();
  await lesson(page).getByRole('button', { name: 'Answer' }).click();
  await expect(lesson(page)).toContainText('You say: None at all');
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
  await expect(lesson(page)).toContainText('You say: 4');
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
  const links = dialog.getByRole('textbox', { name: 'Hand-in links' });
  await links.evaluate(
    (box, text) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text], 'class.txt', { type: 'text/plain' }));
      for (const type of ['dragover', 'drop'])
        box.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
    },
    `${link}\nBen ${link.slice(0, -3)}\nhello, not a link\n`,
  );
  await expect(links).toHaveValue(/^http.*\nBen /);
  await dialog.getByRole('button', { name: 'Grade', exact: true }).click();
  await expect(dialog.getByRole('status')).toHaveText('1 of 3 reached the goal.');
  await expect(dialog.getByRole('row', { name: /^Ana/ })).toContainText(/pace-of-a-rollout.*met.*step 177.*1 \/ 2.*2/);
  await expect(dialog.getByRole('row').nth(2)).toContainText('This link is damaged');
  await expect(dialog.getByRole('row').nth(3)).toContainText('this is no link');
  await expect(dialog.getByRole('button', { name: /^Open the run/ })).toHaveCount(1);
  const found = await new AxeBuilder({ page }).include('.grade-sheet').analyze();
  expect(found.violations.map(({ id }) => id)).toEqual([]);
  await dialog.getByRole('button', { name: 'Open the run of Ana' }).click();
  await expect(page.getByText('Handed in by Ana')).toBeVisible();
  await expect(region(page, 'Timeline')).toContainText('patch deployment web');
  await page.goBack();
  await expect(dialog.getByRole('row', { name: /^Ana/ })).toBeVisible();
  await page.goForward();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText('Handed in by Ana')).toBeVisible();

  // It is looked at as it was handed in, beside the reader's own progress.
  const own = await page.evaluate(() => localStorage.getItem('kubestep.lessons'));
  const chapter = (number: number) => lesson(page).getByRole('button', { name: new RegExp(`^Chapter ${number}`) });
  await expect(chapter(4)).toHaveAttribute('aria-current', 'step');
  await expect(lesson(page)).toContainText(/Goal met at 1:06\.\d+, step 177, as the solution does it/);
  await chapter(2).click();
  await expect(lesson(page)).toContainText('Answered: 4That is right.');
  await expect(slider(page)).toHaveAttribute('data-shown-ms', '19000');
  await expect(button(page, 'Play')).toBeEnabled();
  await next(page).click();
  await expect(lesson(page)).toContainText('Not answered.It is: 3');
  await expect(chapter(3)).toHaveAccessibleName(/, not right$/);
  await chapter(4).click();
  await expect(slider(page)).toHaveAttribute('data-shown-ms', /^66\d{3}$/);
  await expect(lesson(page)).toContainText('kubectl set image deployment/web web=nginx:1.27');
  await expect(branches(page)).toHaveCount(0);
  expect(await page.evaluate(() => localStorage.getItem('kubestep.lessons'))).toBe(own);

  await page.reload();
  await expect(lesson(page)).toContainText(/Goal met at 1:06\.\d+, step 177/);
  await button(page, 'Back to the class').click();
  await expect(links).toHaveValue(/^http.*\nBen .*\nhello/s);
  await expect(dialog.getByRole('button', { name: 'Open the run of Ana' })).toBeFocused();
});

for (const [deaths, outcome] of [
  [1, 'Answered: 4That is right.'],
  [2, 'What was handed in could not be run again.'],
] as const) {
  test(`a worker that dies ${deaths}× as a hand-in is run again`, async ({ page }) => {
    await page.addInitScript((most) => {
      let died = 0;
      const post = Worker.prototype.postMessage;
      Worker.prototype.postMessage = function (this: Worker, message: { name?: string }, ...more: []) {
        if (message?.name !== 'review' || died === most) return post.call(this, message, ...more);
        died += 1;
        setTimeout(() => this.dispatchEvent(new ErrorEvent('error', { message: 'gone' })));
      };
    }, deaths);
    await openAt(page, PACE, { handIn: { who: 'Ana', answers: [{ chapter: 1, given: '4' }] } });
    await lesson(page)
      .getByRole('button', { name: /^Chapter 2/ })
      .click();
    await expect(lesson(page)).toContainText(outcome);
  });
}

test('hand-ins are held against the lesson that was set, though that is still on its way', async ({ page }) => {
  let letCome = () => {};
  const comes = new Promise<void>((resolve) => {
    letCome = resolve;
  });
  await page.route(/\/three-layers-/, async (route) => {
    await comes;
    await route.continue();
  });
  await page.goto('/');
  await page.getByRole('button', { name: /^Scenarios: / }).click();
  await page.getByRole('tab', { name: 'Lessons' }).click();
  await button(page, 'Grade hand-ins').click();
  const dialog = page.getByRole('dialog', { name: 'Grade hand-ins' });
  const link = `${new URL(page.url()).origin}/#${encodeLink({ text: PACE, handIn: { who: 'Ana', answers: [] } })}`;
  await dialog.getByRole('textbox', { name: 'Hand-in links' }).fill(link);
  await dialog.getByLabel('Lesson that was set').selectOption('three-layers');
  await dialog.getByRole('button', { name: 'Grade', exact: true }).click();
  letCome();
  await expect(dialog.getByRole('row', { name: /^Ana/ })).toContainText(
    'the lesson three-layers was set, not pace-of-a-rollout',
  );
});

test('beside a lesson on a small screen every view can be chosen', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await openAt(page, PACE);
  await expect(lesson(page)).toBeVisible();
  const views = page.getByRole('tablist', { name: 'Views' });
  expect(await views.evaluate((list) => list.scrollWidth - list.clientWidth)).toBeLessThanOrEqual(0);
});

test('the ways on from a chapter stand side by side on a small screen, in Chinese too', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await page.goto(`/#${encodeLink({ text: PACE, cursor: { timeMs: 0 }, lang: 'zh' })}`);
  await page.getByRole('button', { name: /^第 2 章/ }).click();
  await expect(page.getByRole('button', { name: '回到 0:19' })).toBeVisible();
  const tops = ['上一章', '回到 0:19', '下一章'].map(async (name) => (await button(page, name).boundingBox())?.y);
  expect(new Set(await Promise.all(tops)).size).toBe(1);
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
  await expect(news).toContainText('"type":"goal","lesson":"pace-of-a-rollout","chapter":4,"step":177');
});

test('what was done by hand becomes a lesson, which is shown and checked', async ({ page }) => {
  await openAt(page, deployment('web', 1), { cursor: { timeMs: 10_000 } });
  const line = region(page, 'Terminal').getByRole('textbox');
  const scaled = region(page, 'Terminal').getByText('deployment.apps/web scaled');
  for (const count of [2, 3]) {
    await seekTo(page, count === 2 ? 10_000 : 9_000);
    await expect(scaled).toHaveCount(0);
    await line.fill(`scale deployment web --replicas=${count}`);
    await line.press('Enter');
    await expect(scaled).toHaveCount(1);
  }
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Go to' }).fill('Record a lesson');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Record a lesson' });
  await expect(dialog.getByRole('region', { name: 'What you did' })).toContainText(
    'kubectl scale deployment web --replicas=3',
  );
  await dialog.getByLabel('Title (English)').fill('Three of them');
  await dialog.getByLabel('Title (Chinese)').fill('三个');
  await dialog.getByLabel('What is to be done, as Markdown (English)').fill('Make it **three**.');
  await dialog.getByLabel('What is to be done, as Markdown (Chinese)').fill('改成**三个**。');
  const put = dialog.getByRole('button', { name: 'Put it into the text' });
  await dialog.getByLabel('It is done when').fill("get('Deployment', 'web').status.readyReplicas = 3");
  await expect(dialog.getByRole('alert')).toContainText('write == instead of =');
  await expect(put).toBeDisabled();
  await dialog.getByLabel('It is done when').fill("get('Deployment', 'web').status.readyReplicas == 3");
  await expect(dialog.getByRole('alert')).toHaveCount(0);
  await expect(put).toBeEnabled();
  await dialog.getByLabel('Hints, one a line, from vague to the command (English)').fill('A number.\n`kubectl scale`');
  await dialog.getByLabel(/^What one can do afterwards.*English/).fill('Scale.');
  await dialog.getByLabel(/^What one can do afterwards.*Chinese/).fill('扩缩。');
  await dialog.getByLabel(/^What is said once the goal is met.*English/).fill('There they are.');
  await dialog.getByLabel(/^What is said once the goal is met.*Chinese/).fill('都在了。');
  await dialog.getByRole('region', { name: 'Wrong answers' }).getByRole('checkbox').check();
  await dialog.getByLabel(/^Remark 1 is said when/).fill("get('Deployment', 'web').spec.replicas == 2");
  await dialog.getByLabel(/^Remark 1.*English/).fill('Only **two**.');
  await dialog.getByLabel(/^Remark 1.*Chinese/).fill('才**两个**。');
  await dialog.getByLabel('Ask a question').check();
  await dialog.getByLabel(/^before the task/).check();
  await dialog.getByLabel('What is told before the question, as Markdown (English)').fill('One runs.');
  await dialog.getByLabel('The question (English)').fill('How many run at 20 s?');
  await dialog.getByLabel('What can be chosen').fill('1\n3');
  await dialog.getByLabel(/^The answer/).fill("list('Pod', 'app=web').size()");
  await dialog.getByLabel(/^When the answer is known/).fill('20s');
  await button(page, 'Preview').click();
  await expect(dialog.getByRole('region', { name: 'Preview' }).locator('[lang="zh"]')).toContainText(
    /改成三个.*才两个.*都在了/,
  );
  await button(page, 'Check what comes of it').click();
  const outcome = dialog.getByRole('region', { name: 'Check what comes of it' });
  await expect(outcome.getByRole('status')).toHaveText('One of the checks does not hold.');
  await expect(outcome).toContainText(
    /line \d+: every text is in English and Chinese \(not in both: .*chapter 2 hint/i,
  );
  await expect(outcome).toContainText('chapter 2: wrong answer 1 does not meet the goal');
  await expect(outcome).toContainText('chapter 2: remark 1 is said of a wrong answer (wrong answer 1)');
  await put.click();
  await expect(lesson(page).getByRole('heading', { level: 2 })).toHaveText('Three of them');
  await expect(slider(page)).toHaveAttribute('data-shown-ms', '9000');
  await expect(lesson(page)).toContainText('How many run at 20 s?');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Go to' }).fill('Record a lesson');
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Check the lesson of the text' }).click();
  await expect(dialog.getByRole('status')).toHaveText('One of the checks does not hold.');
  await expect(dialog).toContainText('every text is in English and Chinese');
  await page.keyboard.press('Escape');
  await button(page, 'Skip the question').first().click();
  await next(page).click();
  await line.fill('scale deployment web --replicas=2');
  await line.press('Enter');
  await expect(lesson(page)).toContainText('Only two.');
  await lesson(page).getByRole('button', { name: 'Show me' }).click();
  await expect(lesson(page)).toContainText('There they are.');
});
