/** Nothing typed is ever lost: whatever takes a text's place, it comes back. */
import { expect, type Page } from '@playwright/test';
import { decodeLink, encodeLink } from '../src/scenario/share-link';
import { test } from './browser';
import {
  button,
  editorLoaded,
  editorText,
  messages,
  object,
  openAt,
  openPaused,
  ready,
  region,
  typeAtEnd,
} from './kubestep';
import { deployment, QUIET } from './scenarios';

const menu = (page: Page) => page.getByRole('button', { name: /^Scenarios: / });

/** Chooses a line of the scenario menu. */
async function choose(page: Page, list: 'Scenarios' | 'Recent', name: RegExp | string): Promise<void> {
  await menu(page).click();
  if (list === 'Recent') await page.getByRole('tab', { name: 'Recent' }).click();
  const lines = list === 'Recent' ? page.getByRole('list', { name: list }) : page.getByRole('region', { name: list });
  await lines.getByRole('button', { name }).click();
}

/** The text that the address carries. */
function linkedText(page: Page): string {
  const decoded = decodeLink(new URL(page.url()).hash);
  return 'state' in decoded ? (decoded.state.edited ?? decoded.state.text) : decoded.error;
}

const undo = async (page: Page) => {
  await region(page, 'YAML editor').locator('.monaco-editor').first().click();
  await page.keyboard.press('Control+z');
};

test('a scenario of the gallery takes the place of what was typed; undo and Recent bring it back', async ({ page }) => {
  await openPaused(page);
  await typeAtEnd(page, '# mine');
  const mine = await editorText(page);
  await choose(page, 'Scenarios', /^A node dies Leases/);
  await expect(menu(page)).toContainText('A node dies');
  await expect.poll(() => editorText(page)).not.toContain('# mine');
  await undo(page);
  await expect.poll(() => editorText(page)).toBe(mine);
  await expect(menu(page)).toContainText('First light');
  await choose(page, 'Scenarios', /^CrashLoopBackOff/);
  await expect(menu(page)).toContainText('CrashLoopBackOff');
  await page.reload();
  await ready(page);
  await expect(menu(page)).toContainText('CrashLoopBackOff');
  await choose(page, 'Recent', /^First light.*today at/);
  await expect(menu(page)).toContainText('First light');
  await expect.poll(() => editorText(page)).toBe(mine);
});

test('a key, and the page reloads at once: it is there, also where a link was open', async ({ page }) => {
  await openAt(page, QUIET);
  await typeAtEnd(page, '# a');
  await page.evaluate(() => location.reload());
  await page.waitForLoadState();
  await ready(page);
  await expect.poll(() => editorText(page)).toMatch(/# a$/);
  await expect.poll(async () => linkedText(page)).toMatch(/# a$/);
  await typeAtEnd(page, 'b');
  await page.evaluate(() => location.reload());
  await page.waitForLoadState();
  await ready(page);
  await expect.poll(() => editorText(page)).toMatch(/# ab$/);
});

test('a link opened over what was typed leaves it under Recent, and what is typed into the link is another text', async ({
  page,
}) => {
  await openPaused(page);
  await typeAtEnd(page, '# mine');
  const mine = await editorText(page);
  await page.goto(`/#${encodeLink({ text: deployment('shop', 2).replace('---\n', '') })}`);
  await expect(object(page, 'Deployment', 'shop')).toBeVisible();
  await undo(page);
  await expect.poll(() => editorText(page)).toBe(mine);
  await expect(object(page, 'Deployment', 'web')).toBeVisible();
  await page.keyboard.press('Control+y');
  await expect.poll(() => editorText(page)).toContain('name: shop');
  await expect(object(page, 'Deployment', 'shop')).toBeVisible();
  await typeAtEnd(page, ' ');
  await choose(page, 'Recent', /^First light/);
  await expect(object(page, 'Deployment', 'web')).toBeVisible();
  await expect.poll(() => editorText(page)).toBe(mine);
  await menu(page).click();
  await page.getByRole('tab', { name: 'Recent' }).click();
  await expect(
    page.getByRole('list', { name: 'Recent' }).getByRole('button', { name: /^Deployment shop/ }),
  ).toBeVisible();
});

test('two tabs keep two texts', async ({ page, context }) => {
  await openPaused(page);
  await typeAtEnd(page, '# one');
  const other = await context.newPage();
  await openPaused(other);
  await expect.poll(() => editorText(other)).toContain('# one');
  await typeAtEnd(other, ' and two');
  await typeAtEnd(page, ' and only one');
  for (const [tab, ending] of [
    [page, /# one and only one$/],
    [other, /# one and two$/],
  ] as const) {
    await tab.reload();
    await ready(tab);
    await expect.poll(() => editorText(tab)).toMatch(ending);
  }
});

test('where storage is full that is said, and the page works on', async ({ page }) => {
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    Object.defineProperty(globalThis, 'indexedDB', { value: undefined });
  });
  await openPaused(page);
  await typeAtEnd(page, '# mine');
  await expect(messages(page)).toContainText('it will be gone after a reload');
  await button(page, 'Step forward').click();
  await expect(object(page, 'Deployment', 'web')).toBeVisible();
});

test('Tab leads out of the editor after Escape, and says so; otherwise it indents', async ({ page }) => {
  await openPaused(page);
  await editorLoaded(page);
  await typeAtEnd(page, '');
  const before = await editorText(page);
  const inEditor = () => page.evaluate(() => document.activeElement?.closest('.monaco-editor') !== null);
  await page.keyboard.press('Tab');
  await expect.poll(() => editorText(page)).not.toBe(before);
  await page.keyboard.press('Control+z');
  await expect.poll(() => editorText(page)).toBe(before);
  await expect.poll(inEditor).toBe(true);
  await expect(page.locator('.monaco-editor [role="textbox"], .monaco-editor textarea').first()).toHaveAccessibleName(
    /To leave the editor, press Escape, then Tab/,
  );
  const said = region(page, 'YAML editor').getByRole('status').filter({ hasText: 'leaves the editor' });
  await page.keyboard.press('Escape');
  await expect(said).toHaveText('Tab now leaves the editor');
  await page.keyboard.press('Tab');
  await expect.poll(inEditor).toBe(false);
  await expect(said).toHaveCount(0);
  await expect.poll(() => editorText(page)).toBe(before);
  await page.keyboard.press('Shift+Tab');
  await expect.poll(inEditor).toBe(true);
  await expect(said).toHaveText('Esc, then Tab, leaves the editor');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+Tab');
  await expect.poll(inEditor).toBe(false);
});
