/** A node that is added by hand; and the numbers of the editor's lines beside them. */
import { expect } from '@playwright/test';
import { test } from './browser';
import { button, editorLoaded, object, openAt, region, sentence } from './kubestep';
import { QUIET } from './scenarios';

test('a node is added in the Nodes view, taken back, and carried by the address', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 }, view: 'nodes' });
  await button(page, 'Add node').click();
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('node-4');
  await page.getByLabel('Zone (optional)').fill('zone-b');
  await page.keyboard.press('Enter');
  await expect(object(page, 'Node', 'node-4')).toBeVisible();
  await expect(sentence(page)).toHaveText('Node node-4 joined the cluster; it is not ready yet');
  await expect(region(page, 'Cluster graph').getByText('zone-b')).toBeVisible();
  await button(page, 'Undo').click();
  await expect(object(page, 'Node', 'node-4')).toHaveCount(0);
  await button(page, 'Redo').click();
  await expect(object(page, 'Node', 'node-4')).toBeVisible();
  await page.reload();
  await expect(object(page, 'Node', 'node-4')).toBeVisible();
});

test('numbers stand beside their lines, also at the end of a text that a scrollbar moves', async ({ page }) => {
  const above = Array.from({ length: 60 }, (_, at) => `  # ${at}`).join('\n');
  // The editor begins at the manifest after the lesson, which stands at the end and is wider than the editor.
  const text = `apiVersion: kubestep.dev/v1alpha1
kind: Scenario
metadata: {name: numbers}
spec:
  duration: 10s
${above}
---
apiVersion: kubestep.dev/v1alpha1
kind: Lesson
metadata: {name: numbers}
spec:
  title: Numbers
  chapters: [{text: One.}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: long}
data: {long: ${'x'.repeat(120)}}
`;
  await openAt(page, text);
  await editorLoaded(page);
  const differs = () =>
    page.evaluate(() => {
      const topOf = (of: string) => document.querySelector(of)?.getBoundingClientRect().top;
      return [topOf('.monaco-editor .lines-content'), topOf('.monaco-editor .margin')];
    });
  await expect.poll(async () => new Set(await differs()).size).toBe(1);
});
