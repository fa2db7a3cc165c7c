/** The page in Simplified Chinese: chosen by hand, by a link, or by the browser; steps' sentences too. */
import { expect } from '@playwright/test';
import { test } from './browser';
import { openAt, sentence, slider } from './kubestep';
import { QUIET } from './scenarios';

test('the page speaks Chinese when told to, keeps to it, and goes back', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 12_000 } });
  await page.getByRole('button', { name: '中文' }).click();
  await expect(page.getByRole('region', { name: '时间线' })).toBeVisible();
  await expect(page.getByRole('button', { name: '前进一步' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(page.locator('.step-sentence')).toContainText('第');
  await expect(page.locator('.step-message')).toHaveText(/[\u4e00-\u9fff]/);
  await expect(page.getByRole('tab', { name: '工作负载' })).toHaveAttribute('aria-selected', 'true');
  await page.reload();
  await expect(page.getByRole('region', { name: '时间线' })).toBeVisible();
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.getByRole('region', { name: 'Timeline' })).toBeVisible();
  await expect(slider(page)).toBeVisible();
  await expect(sentence(page)).not.toContainText(/[\u4e00-\u9fff]/);
});

test('a link may ask for a language, for one who only looks', async ({ page }) => {
  await page.goto('/#lang=zh');
  await expect(page.getByRole('region', { name: '检查器' })).toBeVisible();
  // Pasted into the open page.
  await page.goto('/#lang=en');
  await expect(page.getByRole('region', { name: 'Inspector' })).toBeVisible();
});

test('what is simulated is said in Chinese, but for names', async ({ page }) => {
  await page.goto('/#lang=zh');
  await page.getByRole('button', { name: '模拟了什么' }).click();
  const dialog = page.getByRole('dialog', { name: '模拟了什么' });
  await expect(dialog.getByRole('definition').first()).toBeVisible();
  for (const texts of [dialog.getByRole('heading'), dialog.getByRole('definition')])
    for (const text of await texts.allTextContents()) expect(text).toMatch(/[\u4e00-\u9fff]|^[\w, -]+$/);
  await expect(dialog).toContainText('apps/v1，连同其字段、默认值和校验');
});

test('the editor says what fields are in the language that is spoken now', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 12_000 } });
  const duration = page.locator('.view-line span', { hasText: /^duration$/ }).first();
  const said = page.locator('.monaco-hover:visible');
  await duration.hover();
  await expect(said).toContainText('How far the timeline runs');
  await page.getByRole('button', { name: '中文' }).click();
  await expect(page.getByRole('region', { name: '时间线' })).toBeVisible();
  await duration.hover();
  await expect(said).toContainText('时间线的长度（时长，例如 500ms 或 1m30s）');
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.getByRole('region', { name: 'Timeline' })).toBeVisible();
  await duration.hover();
  await expect(said).toContainText('How far the timeline runs');
});

test.describe('where the browser speaks Chinese', () => {
  test.use({ locale: 'zh-CN' });
  test('so does the page', async ({ page }) => {
    await page.goto('/');
    await expect(page.getByRole('region', { name: '终端' })).toBeVisible();
  });
});
