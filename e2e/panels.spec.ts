/** The room: lines that are moved by hand or by keys, panels that fold away, presenting; all of it is there again after a reload. */
import { expect } from '@playwright/test';
import { test } from './browser';
import { branches, button, kubectl, object, openAt, ready, region, sentence } from './kubestep';
import { QUIET } from './scenarios';

const widthOf = async (target: ReturnType<typeof region>) => Math.round((await target.boundingBox())?.width ?? 0);

test('a line is moved by keys and by hand, and stays', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  const inspector = region(page, 'Inspector');
  const line = page.getByRole('separator', { name: 'Width of the inspector' });
  const before = await widthOf(inspector);
  await line.focus();
  await page.keyboard.press('Shift+ArrowLeft');
  await expect.poll(() => widthOf(inspector)).toBe(before + 64);
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => widthOf(inspector)).toBe(before + 48);
  const editor = region(page, 'YAML editor');
  const other = await page.getByRole('separator', { name: 'Width of the editor' }).boundingBox();
  await page.mouse.move((other?.x ?? 0) + 0.5, 400);
  await page.mouse.down();
  await page.mouse.move(500, 400);
  await page.mouse.up();
  await expect.poll(async () => Math.abs((await widthOf(editor)) - 500)).toBeLessThan(4);
  await page.reload();
  await ready(page);
  await expect.poll(() => widthOf(inspector)).toBe(before + 48);
  expect(Math.abs((await widthOf(editor)) - 500)).toBeLessThan(4);
  await page.getByRole('separator', { name: 'Width of the editor' }).dblclick({ position: { x: 0, y: 100 } });
  await expect.poll(() => widthOf(editor)).toBe(360);
});

for (const { width, height, isSized } of [
  { width: 390, height: 844, isSized: false },
  { width: 1440, height: 900, isSized: false },
  { width: 1440, height: 900, isSized: true },
  { width: 844, height: 390, isSized: false },
  { width: 390, height: 420, isSized: false },
]) {
  test(`the first branch moves nothing at ${width} × ${height}${isSized ? ', however high the lanes are' : ''}`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
    if (isSized) {
      await page.getByRole('separator', { name: 'Height of the timeline' }).focus();
      await page.keyboard.press('Shift+ArrowUp');
    }
    const timeline = region(page, 'Timeline');
    const heightNow = async () => Math.round((await timeline.boundingBox())?.height ?? 0);
    const before = await heightNow();
    await kubectl(page, 'scale deployment web --replicas=2');
    const isLow = height <= 480;
    const choice = timeline.getByRole('combobox', { name: 'Branches of time' });
    if (isLow) {
      await expect(choice.getByRole('option')).toHaveText(['1 · main', /^2 · scale deployment web/]);
      await choice.selectOption('1 · main');
      await expect(object(page, 'Deployment', 'web')).toHaveAttribute('aria-description', /3 of 3 ready/);
    } else await expect(branches(page)).toHaveCount(2);
    // Parts of a pixel are rounded; the lanes give way in the frame in which the branches come, before that is painted.
    await expect.poll(async () => Math.abs((await heightNow()) - before)).toBeLessThanOrEqual(1);
    if (isLow) return;
    // The button that has come covers nothing.
    const compare = await button(page, 'Compare branches').boundingBox();
    const where = await page.locator('.step-where').boundingBox();
    const isBelow = (where?.y ?? 0) >= (compare?.y ?? 0) + (compare?.height ?? 0);
    const isAbove = (where?.y ?? 0) + (where?.height ?? 0) <= (compare?.y ?? 0);
    expect(isBelow || isAbove || (where?.x ?? 0) + (where?.width ?? 0) <= (compare?.x ?? 0)).toBe(true);
  });
}

test('on a telephone the terminal takes the room that its lines need', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  const heightOf = async () => (await region(page, 'Terminal').getByRole('log').boundingBox())?.height ?? 0;
  await kubectl(page, 'get namespace default -o name');
  await expect.poll(heightOf).toBeLessThan(90);
  await kubectl(page, 'explain pod.spec');
  await expect.poll(heightOf).toBeGreaterThan(200);
  await expect.poll(heightOf).toBeLessThan(260);
});

test('on a desk the terminal takes the room that its lines need, until its line is moved; then it keeps that', async ({
  page,
}) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  const heightOf = async () => (await region(page, 'Terminal').getByRole('log').boundingBox())?.height ?? 0;
  await kubectl(page, 'get namespace default -o name');
  await expect.poll(heightOf).toBeLessThan(90);
  await kubectl(page, 'explain pod.spec');
  await expect.poll(heightOf).toBeGreaterThan(200);
  await expect.poll(heightOf).toBeLessThan(260);
  const own = await heightOf();
  const line = page.getByRole('separator', { name: 'Height of the terminal' });
  await line.focus();
  await page.keyboard.press('Shift+ArrowUp');
  await expect.poll(heightOf).toBe(Math.round(own) + 64);
  await page.reload();
  await ready(page);
  await kubectl(page, 'get namespace default -o name');
  await expect.poll(heightOf).toBe(Math.round(own) + 64);
  // In a window with less room the drawing keeps some.
  await page.setViewportSize({ width: 1440, height: 640 });
  expect((await region(page, 'Cluster graph').boundingBox())?.height).toBeGreaterThan(150);
});

test('panels fold away and come back, by their buttons and from their lines', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  await button(page, 'Show the editor').click();
  await expect(region(page, 'YAML editor')).toBeHidden();
  await page.reload();
  await ready(page);
  await expect(region(page, 'YAML editor')).toBeHidden();
  await page.getByRole('separator', { name: 'Width of the editor' }).focus();
  await page.keyboard.press('Enter');
  await expect(region(page, 'YAML editor')).toBeVisible();
});

test('presenting: the drawing and the sentence, large, and back with Escape', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  await object(page, 'Deployment', 'web').focus();
  await page.keyboard.press('p');
  await expect(region(page, 'YAML editor')).toBeHidden();
  await expect(region(page, 'Inspector')).toBeHidden();
  const size = await sentence(page).evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
  expect(size).toBeGreaterThan(24);
  await page.keyboard.press('Escape');
  await expect(region(page, 'Inspector')).toBeVisible();
});

for (const [width, height] of [
  [1024, 768],
  [844, 390],
  [390, 844],
  [720, 450],
  [320, 568],
  // A telephone whose keyboard is up.
  [390, 420],
  [1920, 1080],
] as const) {
  test(`at ${width} × ${height} the drawing has room and nothing scrolls sideways`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
    await expect(object(page, 'Deployment', 'web')).toBeVisible();
    const box = await region(page, 'Cluster graph').locator('.graph-body').boundingBox();
    expect(box?.height).toBeGreaterThan(width < 400 && height < 500 ? 90 : 120);
    expect((await sentence(page).boundingBox())?.width, 'the sentence can be read').toBeGreaterThan(200);
    // Beside a keyboard that is up there is no room for it.
    const actor = height === 420 ? null : await region(page, 'Timeline').locator('.step-actor').boundingBox();
    expect(actor?.width ?? 100, 'and who did it').toBeGreaterThan(60);
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });
}
