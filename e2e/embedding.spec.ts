/** The page in a frame of another one: what it is told it does, what there is to see it tells. */
import { expect } from '@playwright/test';
import { test } from './browser';
import { object, openAt, ready } from './kubestep';

const OWN = `apiVersion: apps/v1
kind: Deployment
metadata: {name: own}
spec:
  selector: {matchLabels: {app: own}}
  template:
    metadata: {labels: {app: own}}
    spec: {containers: [{name: own, image: nginx}]}
`;

test('a page steers the one in its frame by messages, and hears what comes of them', async ({ page }) => {
  await page.goto('/embed.html');
  const news = page.getByRole('log');
  const frame = page.frameLocator('iframe');
  await expect(news).toContainText('"type":"ready"');
  await expect(frame.getByRole('region', { name: 'YAML editor' })).toHaveCount(0);
  // Asked for while the text is still being opened, it means that text all the same.
  await page.evaluate(() => {
    for (const id of ['load', 'seek']) document.getElementById(id)?.click();
  });
  // The step that the frame tells of: what came since is folded.
  await expect(frame.getByRole('slider', { name: 'Time' })).toHaveAttribute('aria-valuetext', /step 32$/);
  await expect(news).toContainText('"step":32,"timeMs":10000,"playing":false');
  await expect(frame.getByRole('button', { name: 'Deployment web' })).toBeVisible();
  await expect(frame.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Select it' }).click();
  await expect(news).toContainText('"type":"selected","kind":"Deployment"');
  // A frame of this size shows one panel at a time.
  await frame.getByRole('tab', { name: 'Inspector', exact: true }).click();
  await expect(frame.getByRole('region', { name: 'Inspector' }).getByRole('heading', { name: 'web' })).toBeVisible();
  await page.getByRole('button', { name: 'kubectl get pods' }).click();
  await expect(news).toContainText(/"type":"result","id":1,"stdout":"NAME +READY/);
});

test('what is loaded into a frame is named, and the reader finds their own text as it was', async ({
  page,
  context,
}) => {
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  const own = await context.newPage();
  await openAt(own, OWN, { cursor: { timeMs: 5_000 } });
  await page.goto('/embed.html');
  await expect(page.getByRole('log')).toContainText('"type":"ready"');
  const frame = page.frameLocator('iframe');
  await expect(frame.locator('.scenario-title')).toHaveText('First light: a rolling update');
  await page.getByRole('button', { name: 'Load a Deployment' }).click();
  await expect(frame.locator('.scenario-title')).toHaveText('Deployment web');
  await page.getByRole('button', { name: 'kubectl get pods' }).click();
  await expect(page.getByRole('log')).toContainText('"type":"result"');
  const later = await context.newPage();
  await later.goto('/');
  await ready(later);
  await expect(object(later, 'Deployment', 'own')).toBeVisible();
  expect(complaints).toEqual([]);
});

test.describe('in a small frame', () => {
  test.use({ viewport: { width: 640, height: 400 } });
  for (const mode of ['embed', 'embed=readonly', 'embed=controls']) {
    test(`${mode} leaves the drawing room`, async ({ page }) => {
      await page.goto(`/#${mode}`);
      const graph = page.getByRole('region', { name: 'Cluster graph' });
      await expect(graph.getByRole('button', { name: /^Deployment/ }).first()).toBeVisible();
      const box = await graph.boundingBox();
      expect(box?.height).toBeGreaterThan(160);
      await expect(page.getByRole('button', { name: /^(Play|Pause)$/ })).toBeInViewport({ ratio: 1 });
      await expect(page.getByRole('slider', { name: 'Time' })).toBeInViewport();
    });
  }
});
