/** Files from elsewhere become a scenario, whatever they are; what was open comes back by undo. And acts become lines of the text. */
import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { test } from './browser';
import { branches, button, editorText, kubectl, messages, object, openAt, region, seekTo, writeText } from './kubestep';
import { deployment, QUIET } from './scenarios';

type Given = readonly (readonly [name: string, text: string])[];

/** Drops files anywhere on the page. */
async function drop(page: Page, files: Given): Promise<void> {
  const data = await page.evaluateHandle((given) => {
    const transfer = new DataTransfer();
    for (const [name, text] of given) transfer.items.add(new File([text], name));
    return transfer;
  }, files);
  await region(page, 'Cluster graph').dispatchEvent('drop', { dataTransfer: data });
}

const SERVICE =
  'apiVersion: v1\nkind: Service\nmetadata: {name: shop}\nspec: {selector: {app: shop}, ports: [{port: 80}]}\n';

test('files are dropped, chosen and pasted; what is no manifest is left out and said; undo brings back what was open', async ({
  page,
}) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  await drop(page, [
    ['b.yaml', deployment('shop', 2)],
    ['a.yml', SERVICE],
    ['values.yaml', 'replicas: 3\n'],
    ['logo.png', 'PNG'],
    ['chart.yaml', 'apiVersion: v1\nkind: Pod\nmetadata: {name: {{ .Values.name }}}\n'],
  ]);
  await expect(object(page, 'Service', 'shop')).toBeVisible();
  await expect(object(page, 'Deployment', 'shop')).toBeVisible();
  await expect(object(page, 'Deployment', 'web')).toHaveCount(0);
  await expect(messages(page)).toContainText('2 files opened as one text.');
  for (const said of ['values.yaml (holds no', 'logo.png (not YAML)', 'chart.yaml (a chart’s template'])
    await expect(messages(page)).toContainText(said);
  await expect
    .poll(() => editorText(page))
    .toMatch(/^# a\.yml\napiVersion: v1[\s\S]*\n---\n# b\.yaml\napiVersion: apps/);
  await button(page, 'Undo').click();
  await expect(object(page, 'Deployment', 'web')).toBeVisible();
  await expect.poll(() => editorText(page)).toBe(QUIET);

  // Nothing in it: nothing happens, and it is said.
  await drop(page, [['logo.png', 'PNG']]);
  await expect(messages(page)).toContainText('Nothing was opened. Left out: logo.png (not YAML).');
  await expect.poll(() => editorText(page)).toBe(QUIET);
  await drop(page, [['long.yaml', '#'.repeat(8_000_001)]]);
  await expect(messages(page)).toContainText('Nothing was opened. Left out: long.yaml (larger than 8 MB).');
  await region(page, 'Cluster graph').evaluate((element) => {
    const noMore = { readEntries: (take: (found: readonly []) => void) => take([]) };
    const folder = { isFile: false, name: 'empty', createReader: () => noMore };
    const dataTransfer = { types: ['Files'], files: [], items: [{ webkitGetAsEntry: () => folder }] };
    const event = new Event('drop', { bubbles: true, cancelable: true });
    element.dispatchEvent(Object.assign(event, { dataTransfer }));
  });
  await expect(messages(page)).toContainText('Nothing was opened. There is no file in it.');
  // Of several Compose files each is spoken of.
  await drop(page, [
    ['one.yaml', 'services:\n  cache:\n    image: redis:7\n    build: .\n'],
    ['two.yaml', 'services:\n  mail:\n    image: mailpit:1\n'],
  ]);
  for (const said of [
    'one.yaml: The Compose file became',
    'One thing could not be translated',
    'two.yaml: The Compose',
  ])
    await expect(messages(page)).toContainText(said);
  await button(page, 'Undo').click();
  await expect.poll(() => editorText(page)).toBe(QUIET);
  // Those of one project are read over one another, as Compose reads them.
  await drop(page, [
    ['compose.override.yaml', 'services:\n  shop:\n    build: .\n    deploy: {replicas: 3}\n'],
    ['compose.yaml', 'services:\n  shop:\n    image: nginx:1.27\n    ports: ["80"]\n'],
  ]);
  await expect(messages(page)).toContainText(
    'compose.yaml + compose.override.yaml: The Compose file became 2 objects.',
  );
  const written = await editorText(page);
  expect(written).toContain('# compose.override.yaml: line 3, services.shop.build');
  expect(written.match(/^kind: Deployment$/gm)).toHaveLength(1);
  expect(written).toMatch(/replicas: 3[\s\S]*image: nginx:1\.27/);
  await button(page, 'Undo').click();
  await expect.poll(() => editorText(page)).toBe(QUIET);
  // What is wrong is opened and explained; the old text comes back.
  await drop(page, [['broken.yaml', 'kind: Pod\n  wrong: [']]);
  await expect(
    region(page, 'YAML editor').getByRole('list', { name: 'Problems' }).getByRole('listitem').first(),
  ).toBeVisible();
  await expect.poll(() => editorText(page)).toBe('kind: Pod\n  wrong: [\n');
  await button(page, 'Undo').click();
  await expect.poll(() => editorText(page)).toBe(QUIET);
  await expect(object(page, 'Deployment', 'web')).toBeVisible();

  const chooser = page.waitForEvent('filechooser');
  await region(page, 'YAML editor')
    .getByRole('button', { name: /^Open files/ })
    .click();
  await (await chooser).setFiles({
    name: 'shop.yaml',
    mimeType: 'text/yaml',
    buffer: Buffer.from(deployment('shop', 1)),
  });
  await expect(object(page, 'Deployment', 'shop')).toBeVisible();
  const paste = (pasted: string) =>
    region(page, 'Cluster graph').evaluate((element, text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', text);
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
    }, pasted);
  await paste('services:\n  web: {image: nginx}\n---\nservices:\n  store: {image: redis}\n');
  await expect(object(page, 'Deployment', 'store')).toBeVisible();
  await expect(object(page, 'Deployment', 'web')).toBeVisible();
  await paste(
    '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"one"},"spec":{"containers":[{"name":"a","image":"nginx"}]}}',
  );
  await expect(object(page, 'Pod', 'one')).toBeVisible();
  await paste(deployment('pasted', 1));
  await expect(object(page, 'Deployment', 'pasted')).toBeVisible();
  const download = page.waitForEvent('download');
  await region(page, 'YAML editor').getByRole('button', { name: 'Download the text' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('deployment-pasted.yaml');
  expect(readFileSync(await file.path(), 'utf8')).toBe(await editorText(page));
});

test('what begins a branch is said before; what was done becomes actions of the text, which run the same', async ({
  page,
}) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  const write = region(page, 'YAML editor').getByRole('button', { name: /^Write what was done/ });
  await expect(write).toBeDisabled();
  await expect(region(page, 'YAML editor')).toContainText('An edit here begins a branch.');
  await expect(region(page, 'Terminal').getByRole('textbox', { name: 'kubectl' })).toHaveAccessibleDescription(
    'An act here begins a branch.',
  );
  await kubectl(page, 'scale deployment web --replicas=5');
  await expect(object(page, 'Deployment', 'web')).toHaveAttribute('aria-description', /of 5 ready/);
  await write.click();
  await expect(messages(page)).toContainText('What was done stands in the text as actions');
  await expect(branches(page)).toHaveCount(0);
  // Right after the heartbeats of that moment.
  const line = '\n  actions:\n  - {at: 20s, afterSteps: 3, kubectl: scale deployment web --replicas=5}\n';
  await expect.poll(() => editorText(page)).toContain(line);
  // What was just done is still there.
  await expect(object(page, 'Deployment', 'web')).toHaveAttribute('aria-description', /of 5 ready/);
  await seekTo(page, 40_000);
  await expect(object(page, 'Deployment', 'web')).toHaveAttribute('aria-description', '5 of 5 ready');
  await seekTo(page, 19_000);
  await expect(object(page, 'Deployment', 'web')).toHaveAttribute('aria-description', '3 of 3 ready');
});

test('what is said of a text goes with it; of two drops the second stays, however long the first is read', async ({
  page,
}) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  await drop(page, [['compose.yaml', 'services:\n  cache:\n    image: redis:7\n    build: .\n']]);
  await expect(messages(page)).toContainText('The Compose file became');
  // Another text pasted in its place, by hand.
  await writeText(page, deployment('shop', 1));
  await expect(object(page, 'Deployment', 'shop')).toBeVisible();
  await expect(messages(page)).toHaveCount(0);
  await drop(page, [
    ['a.yaml', deployment('one', 1)],
    ['b.yaml', SERVICE],
  ]);
  await expect(messages(page)).toContainText('2 files opened as one text.');
  await page.getByRole('button', { name: /^Scenarios/ }).click();
  await page
    .getByRole('button', { name: /CrashLoopBackOff/ })
    .first()
    .click();
  await expect(object(page, 'Deployment', 'one')).toHaveCount(0);
  await expect(messages(page)).toHaveCount(0);

  const large = `${deployment('first', 1)}# ${'x'.repeat(200_000)}\n`;
  await page.evaluate(
    ([first, second]) => {
      for (const text of [first, second]) {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([text ?? ''], 'web.yaml'));
        document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true }));
      }
    },
    [large, deployment('second', 1)],
  );
  await expect(object(page, 'Deployment', 'second')).toBeVisible();
  await button(page, 'Undo').click();
  // It goes back to the moment that was left, which may be before the first step.
  await expect(page.getByRole('button', { name: /^Scenarios: Deployment first/ })).toBeVisible();
  await button(page, 'Last step').click();
  await expect(object(page, 'Deployment', 'first')).toBeVisible();
});
