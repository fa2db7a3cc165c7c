/** The marks in the editor's gutter: whether the text is what the cluster has, and what to do where it is not. */
import { expect, type Locator } from '@playwright/test';
import { test } from './browser';
import { button, editorLoaded, editorText, object, openAt, region, sentence, writeText } from './kubestep';
import { deployment, QUIET } from './scenarios';

test('a document is in sync until the cluster is changed by hand; then live is taken, or the text applied', async ({
  page,
}) => {
  await openAt(page, QUIET, { cursor: { timeMs: 10_000 } });
  const editor = region(page, 'YAML editor');
  const mark = (state: string) => editor.getByRole('button', { name: `Deployment web ${state}`, exact: true });
  await expect(mark('is in sync')).toBeVisible();
  const line = region(page, 'Terminal').getByRole('textbox');
  const scale = async (replicas: number) => {
    await line.fill(`scale deployment web --replicas=${replicas}`);
    await page.keyboard.press('Enter');
  };
  await scale(5);
  await mark('differs from the cluster').click();
  const details = editor.getByRole('region', { name: 'Text and cluster' });
  await expect(details).toContainText('spec.replicas live 5, here 3');
  await details.getByRole('button', { name: 'Take live' }).click();
  await expect(mark('is in sync')).toBeVisible();
  await expect(editor.getByText('replicas: 5', { exact: true })).toBeVisible();
  // What was put into the text is applied like anything typed.
  await expect(sentence(page)).toContainText('apply');

  await scale(2);
  await expect(sentence(page)).toContainText('--replicas=2');
  await mark('differs from the cluster').click();
  await details.getByRole('button', { name: 'Apply the text' }).click();
  await expect(mark('is in sync')).toBeVisible();
  await expect(object(page, 'Deployment', 'web')).toHaveAttribute('aria-description', /of 5 ready/);

  const text = await editorText(page);
  const [scenario = ''] = text.split('---\n');
  await writeText(page, scenario);
  await details.getByRole('button', { name: 'Deployment web is not in the text', exact: true }).click();
  await details.getByRole('button', { name: /^Keep it/ }).click();
  await expect(mark('is in sync')).toBeVisible();
  await expect.poll(() => editorText(page)).toContain('replicas: 5');
  await expect(object(page, 'Deployment', 'web')).toHaveAttribute('aria-description', /of 5 ready/);

  await button(page, 'First step').click();
  await expect(mark('differs from the cluster')).toBeVisible();
});

test('the marks stand beside their documents after the focus has gone to one that is out of sight', async ({
  page,
}) => {
  const names = ['one', 'two', 'three', 'four', 'five', 'six'];
  await openAt(page, QUIET + names.map((name) => deployment(name, 1)).join(''), { cursor: { timeMs: 10_000 } });
  const editor = region(page, 'YAML editor');
  await editorLoaded(page);
  const marks = editor.locator('.marks');
  await expect(marks.getByRole('button')).toHaveCount(names.length + 1);
  await editor.locator('.monaco-editor').first().click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  for (const name of names) {
    await page.keyboard.press('ArrowDown');
    const mark = marks.getByRole('button', { name: `Deployment ${name} is in sync`, exact: true });
    await expect(mark).toBeFocused();
    await expect(mark).toBeInViewport();
    await expect.poll(() => marks.evaluate((layer) => layer.scrollTop)).toBe(0);
  }
  // Pressed by a pointer, a mark at the edge stays where it is until it is let go.
  await editor.locator('.monaco-editor').first().click();
  await page.keyboard.press('Control+Home');
  const inSight = async (mark: Locator) => ((await mark.boundingBox())?.y ?? Infinity) < 500;
  const all = await marks.getByRole('button').all();
  const shown = await Promise.all(all.map(inSight));
  const edge = all[shown.lastIndexOf(true)]!;
  await edge.click();
  await expect(page.getByRole('region', { name: 'Text and cluster' })).toBeVisible();
});

test('a document gone live leaves the text when live is taken; Escape closes what its mark opened', async ({
  page,
}) => {
  const extra = '---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: extra}\ndata: {a: b}\n';
  await openAt(page, QUIET + extra, { cursor: { timeMs: 10_000 } });
  const editor = region(page, 'YAML editor');
  const line = region(page, 'Terminal').getByRole('textbox');
  await line.fill('delete configmap extra');
  await page.keyboard.press('Enter');
  const mark = editor.locator('.marks').getByRole('button', { name: /^ConfigMap extra differs/ });
  const details = editor.getByRole('region', { name: 'Text and cluster' });
  await mark.focus();
  await page.keyboard.press('Enter');
  const take = details.getByRole('button', { name: 'Take live' });
  await expect(take).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(details).toHaveCount(0);
  await expect(mark).toBeFocused();
  await page.keyboard.press('Enter');
  await take.focus();
  await page.keyboard.press('Escape');
  await expect(details).toHaveCount(0);
  await expect(mark).toBeFocused();
  await page.keyboard.press('Enter');
  await take.click();
  await expect(mark).toHaveCount(0);
  await expect.poll(() => editorText(page)).toBe(QUIET);
  await expect(details).toHaveCount(0);
});
