/** Values of Secrets are told of by their length, and that they have changed, wherever the page shows objects; never what they are. */
import { expect } from '@playwright/test';
import { test } from './browser';
import { button, inspect, kubectl, object, openAt, region, seekTo } from './kubestep';

const SECRET = `apiVersion: v1
kind: Secret
metadata: {name: db}
stringData: {password: hunter2x}
`;

test('a changed value is marked, compared and seen in its history, and is nowhere to be read', async ({ page }) => {
  await openAt(page, SECRET, { cursor: { timeMs: 20_000 } });
  await seekTo(page, 60_000);
  await seekTo(page, 10_000);
  // As long as the one before.
  await kubectl(page, `patch secret db -p '{"stringData":{"password":"hunter2y"}}'`, 'patch secret db -p ***');
  await button(page, 'Secret db differs from the cluster').click();
  await expect(page.getByText('stringData.password')).toBeVisible();
  await expect(page.getByText('live (hidden, 8 bytes), here (hidden, 8 bytes)')).toBeVisible();
  await page.keyboard.press('Escape');
  await inspect(page, object(page, 'Secret', 'db'));
  const inspector = region(page, 'Inspector');
  await inspector.getByRole('tab', { name: 'Change' }).click();
  await expect(inspector.locator('.change')).toContainText('+   password: (hidden, 8 bytes, after)');
  await inspector.getByRole('tab', { name: 'YAML' }).click();
  await expect(inspector.locator('.yaml')).toContainText('password: (hidden, 8 bytes)');
  await button(page, 'Compare branches').click();
  const compare = page.getByRole('region', { name: 'Compare', exact: true });
  await expect(compare).toContainText('(hidden, 8 bytes, after)');
  await page.keyboard.press('Escape');
  await button(page, 'Share').click();
  await expect(page.getByText('Values of Secrets are in it')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText('hunter2y')).toHaveCount(0);
  for (const value of ['hunter2x', 'hunter2y'])
    await expect(page.getByText(Buffer.from(value).toString('base64'))).toHaveCount(0);
});
