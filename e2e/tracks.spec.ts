/** One lesson of each track, from its first chapter to its last: begun in English on a desk, ended in Chinese on a telephone. */
import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page } from '@playwright/test';
import { parseAllDocuments } from 'yaml';
import { en } from '../src/i18n/messages/en';
import { zh } from '../src/i18n/messages/zh';
import { encodeLink } from '../src/scenario/share-link';
import { test } from './browser';

/** Those of each track that run quickest. */
const PLAYED = [
  'first-steps/from-text-to-pod',
  'rollouts/three-ways-to-scale',
  'placement/near-and-apart',
  'life-of-a-pod/from-pending-to-running',
  'traffic/without-an-address',
  'state/base64-hides-nothing',
  'work-that-ends/a-job-ends',
  'pressure/three-classes',
  'machinery/who-lives-where',
  'who-may/roles-and-bindings',
  'wordpress/wordpress-scales',
  'containers/ports-and-mounts',
];

const DESK = { width: 1440, height: 900 };
const TELEPHONE = { width: 390, height: 844 };
/** More than loading and a few predictions and solutions take on a machine that is shared. */
const PATIENCE = 60_000;

interface Written {
  readonly title: Readonly<Record<string, string>>;
  readonly chapters: readonly {
    readonly title: Readonly<Record<string, string>>;
    readonly predict?: { readonly number?: boolean };
    readonly task?: object;
  }[];
}

const lessonIn = (text: string): Written =>
  parseAllDocuments(text)
    .map((document) => document.toJS() as { readonly kind: string; readonly spec: Written })
    .find(({ kind }) => kind === 'Lesson')!.spec;

const press = (panel: Locator, name: string): Promise<void> => panel.getByRole('button', { name, exact: true }).click();

/** Does what a chapter asks for: answers and is told, or looks on while its solution is done. */
async function play(panel: Locator, chapter: Written['chapters'][number], words: Readonly<Record<string, string>>) {
  if (chapter.predict) {
    const form = panel.locator('.lesson-question form');
    if (chapter.predict.number) await form.getByRole('textbox').fill('7');
    else await form.getByRole('radio').first().check();
    await press(panel, words['lesson.answer']!);
    // The run may be where the answer is known already.
    await panel
      .getByRole('button', { name: words['lesson.tell']!, exact: true })
      .or(panel.locator('.lesson-verdict'))
      .click();
    await expect(panel.locator('.lesson-verdict')).toBeVisible();
  }
  if (chapter.task) {
    await press(panel, words['lesson.showMe']!);
    await expect(panel.locator('.lesson-task .right')).toBeVisible();
  }
}

async function playLesson(page: Page, text: string): Promise<void> {
  const { title, chapters } = lessonIn(text);
  await page.setViewportSize(DESK);
  await page.goto(`/#${encodeLink({ text, cursor: { timeMs: 0 } })}`);
  const panel = page.locator('.lesson');
  await page
    .getByRole('button', { name: 'English' })
    .or(page.getByRole('button', { name: '中文' }))
    .waitFor();
  const english = page.getByRole('button', { name: 'English' });
  if (await english.isVisible()) await english.click();
  await expect(panel.getByRole('heading', { level: 2 })).toHaveText(title.en!);
  for (const [index, chapter] of chapters.entries()) {
    if (index > 0) await press(panel, index === 1 ? en['lesson.next'] : zh['lesson.next']!);
    if (index === 1) {
      await expect(panel.getByRole('heading', { level: 3 })).toHaveText(chapter.title.en!);
      await page.getByRole('button', { name: '中文' }).click();
      await page.setViewportSize(TELEPHONE);
      await page.getByRole('tab', { name: zh['phone.lesson']!, exact: true }).click();
    }
    await play(panel, chapter, index === 0 ? en : (zh as Readonly<Record<string, string>>));
    if (index > 0) await expect(panel.getByRole('heading', { level: 3 })).toHaveText(chapter.title.zh!);
  }
  await expect(panel.getByRole('heading', { level: 2 })).toHaveText(title.zh!);
  await expect(panel.locator('.lesson-chapters [data-done]')).toHaveCount(chapters.length);
}

test('a lesson of each track is done to its end', async ({ page }) => {
  test.setTimeout(PATIENCE * PLAYED.length);
  for (const name of PLAYED) {
    await test.step(name, async () => {
      await playLesson(page, readFileSync(new URL(`../src/lessons/${name}.yaml`, import.meta.url), 'utf8'));
    });
  }
});

test('terms are explained where they stand, and a Compose file that is pasted is translated', async ({ page }) => {
  const text = readFileSync(
    new URL('../src/lessons/containers/from-compose-to-manifests.yaml', import.meta.url),
    'utf8',
  );
  await page.goto(`/#${encodeLink({ text, cursor: { timeMs: 0 } })}&lang=en`);
  const term = page.locator('.lesson dfn', { hasText: /^Deployment$/ });
  const tip = page.getByRole('tooltip');
  // The lesson is drawn anew once its first moment is reached, and what had the focus with it.
  await expect(async () => {
    await term.blur();
    await term.focus();
    await expect(tip).toContainText('Keeps a number of equal Pods', { timeout: 1_000 });
    const id = await tip.getAttribute('id', { timeout: 1_000 });
    await expect(term).toHaveAttribute('aria-describedby', id!, { timeout: 1_000 });
  }).toPass();
  await page.keyboard.press('Escape');
  await expect(tip).toHaveCount(0);
  await page.locator('.step-message').hover();
  await page.locator('.step-message dfn').first().hover();
  await expect(tip).toBeVisible();

  const editor = page.getByRole('region', { name: 'YAML editor' });
  // What is pasted into the plain text that stands here before it is not looked at.
  await expect(editor.locator('.monaco-editor').first()).toBeVisible();
  await editor.getByRole('textbox').focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('---\n');
  await page.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', 'services:\n  cache:\n    image: redis:7\n    build: .\n');
    document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  });
  await expect(page.getByText('The Compose file became 2 objects.')).toBeVisible();
  await expect(editor).toContainText('# line 4, services.cache.build: a cluster builds no images');
  await expect(
    page.getByRole('region', { name: 'Cluster graph' }).getByRole('button', { name: 'Deployment cache' }),
  ).toBeVisible();
});
