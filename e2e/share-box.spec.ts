/** What Share offers: a link with as much as the sender wants, a frame for another page, Markdown. */
import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { test } from './browser';
import { branches, button, inspect, kubectl, object, openAt, ready, region, seekTo } from './kubestep';
import { deployment, QUIET, SCENARIO } from './scenarios';

test('a link carries selection, tab, branches and language where the sender wants; snippet and Markdown have it too', async ({
  page,
  browser,
}) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  await kubectl(page, 'scale deployment web --replicas=4');
  await seekTo(page, 30_000);
  await inspect(page, object(page, 'Deployment', 'web'));
  await region(page, 'Inspector').getByRole('tab', { name: 'YAML' }).click();
  await expect(branches(page)).toHaveCount(2);
  await button(page, 'Share').click();
  const box = page.getByRole('region', { name: 'Share' });
  const link = box.getByRole('textbox', { name: 'Link' });
  await expect(link).toHaveValue(/&select=Deployment\/default\/web&tab=yaml$/);
  await box.getByRole('checkbox', { name: 'All 2 branches' }).check();
  await box.getByRole('checkbox', { name: /This language/ }).check();
  await expect(link).toHaveValue(/&lang=en$/);
  const whole = await link.inputValue();
  await box.getByRole('radio', { name: 'From the start' }).check();
  await box.getByRole('checkbox', { name: /^Selected/ }).uncheck();
  await expect(link).toHaveValue(/#s=[\w-]+&view=workloads&lang=en$/);
  await box.getByRole('tab', { name: 'Markdown' }).click();
  const markdown = box.getByRole('textbox', { name: 'Markdown text' });
  await expect(markdown).toHaveValue(
    /^\*\*quiet\*\*, at 30\.000 s, step \d+: .+\n\n\[Open this moment in Kubestep\]\(http/,
  );
  await box.getByRole('tab', { name: 'Embed' }).click();
  await box.getByRole('combobox').selectOption('controls');
  const snippet = box.getByRole('textbox', { name: 'Snippet' });
  await expect(snippet).toHaveValue(/&amp;embed=controls"\n {2}title="quiet" width="640" height="400"/);
  const framed = /src="([^"]*)"/.exec(await snippet.inputValue())?.[1]?.replaceAll('&amp;', '&') ?? '';

  const elsewhere = await (await browser.newContext()).newPage();
  await elsewhere.goto(whole);
  await ready(elsewhere);
  await expect(branches(elsewhere)).toHaveCount(2);
  await expect(region(elsewhere, 'Inspector').getByRole('heading', { name: 'web', exact: true })).toBeVisible();
  await expect(region(elsewhere, 'Inspector').getByRole('tab', { name: 'YAML' })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await elsewhere.goto('about:blank');
  await elsewhere.goto(framed);
  await expect(button(elsewhere, 'Play').or(button(elsewhere, 'Pause'))).toBeVisible();
  await expect(region(elsewhere, 'Inspector')).toHaveCount(0);
  await elsewhere.context().close();
});

test('at 1440 × 900 the box lies over no button of the drawing', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  await button(page, 'Share').click();
  const box = (await page.getByRole('region', { name: 'Share' }).boundingBox())!;
  for (const name of ['Show everything', 'Objects as a table', 'Objects as a tree']) {
    const { x, width } = (await button(page, name).boundingBox())!;
    expect(x + width, name).toBeLessThanOrEqual(box.x);
  }
});

test('the moment is saved as SVG and PNG, a span as WebM', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  await button(page, 'Share').click();
  const box = page.getByRole('region', { name: 'Share' });
  await box.getByRole('tab', { name: 'Picture' }).click();
  const saved = async (name: RegExp) => {
    const download = page.waitForEvent('download');
    await box.getByRole('button', { name }).click();
    const file = await download;
    return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
  };
  const svg = await saved(/^SVG$/);
  expect(svg.name).toBe('quiet-20000ms.svg');
  const words = await page.evaluate((text) => {
    const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
    return [...parsed.querySelectorAll('text')].map(({ textContent }) => textContent);
  }, svg.bytes.toString());
  for (const word of ['quiet', 'Deployment', 'ReplicaSet', 'of 3 ready', 'node-3']) expect(words).toContain(word);
  const png = await saved(/^PNG$/);
  expect(png.bytes.subarray(1, 4).toString()).toBe('PNG');
  expect(png.bytes.readUInt32BE(16)).toBeGreaterThan(1_000);
  await box.getByRole('button', { name: /^Film \(WebM\) from 20\.000 s to 40\.000 s/ }).click();
  await expect(box.getByRole('progressbar')).not.toHaveJSProperty('value', 0);
  const film = await saved(/^Stop/);
  expect(film.name).toBe('quiet-20000ms.webm');
  expect(film.bytes.readUInt32BE(0)).toBe(0x1a45dfa3);
});

/** Thirty Deployments of two Pods each, and no Scenario. */
const THIRTY = Array.from({ length: 30 }, (_, place) => deployment(`app-${place}`, 2))
  .join('')
  .slice(4);

const FIRST_LIGHT = readFileSync(new URL('../src/scenario/gallery/first-light.yaml', import.meta.url), 'utf8');
const WAITING_CLAIMS = readFileSync(new URL('../src/scenario/gallery/waiting-claims.yaml', import.meta.url), 'utf8');

/** More cards than are drawn out of sight. */
const SIXTY = Array.from({ length: 60 }, (_, place) => deployment(`app-${place}`, 1))
  .join('')
  .slice(4);

/** The SVG that Share saves: its name, and what is in it. */
async function savedSvg(page: Page) {
  await button(page, 'Share').click();
  const box = page.getByRole('region', { name: 'Share' });
  await box.getByRole('tab', { name: 'Picture' }).click();
  const download = page.waitForEvent('download');
  await box.getByRole('button', { name: 'SVG', exact: true }).click();
  const file = await download;
  const text = readFileSync(await file.path(), 'utf8');
  const inside = await page.evaluate((svg) => {
    const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml');
    return {
      words: [...parsed.querySelectorAll('text')].map(({ textContent }) => textContent ?? ''),
      discs: parsed.querySelectorAll('path[d*="a6.4 6.4"]').length,
      height: Number(parsed.documentElement.getAttribute('height')),
    };
  }, text);
  await page.keyboard.press('Escape');
  return { name: file.suggestedFilename(), ...inside };
}

test('Pods that are drawn as signs are in the picture too, under the name and the step that the page tells', async ({
  page,
}) => {
  await openAt(page, THIRTY, { cursor: { timeMs: 30_000 } });
  await expect(page.locator('.pod-cell[data-look="ready"]')).toHaveCount(60);
  const title = (await page.locator('.scenario-open').innerText()).trim();
  expect(title).toBe('Deployment app-0 +29');
  const told = /^step (\d+) \//.exec(await page.locator('.step-where').innerText())?.[1];
  await expect(page.locator('.step-folded')).toBeVisible();
  const { name, words, discs } = await savedSvg(page);
  expect(name).toBe('deployment-app-0-29-30000ms.svg');
  expect(words[0]).toBe(title);
  expect(words[1]).toContain(`at 30.000 s, step ${told}: `);
  // One of them is in the frame's roll-up.
  expect(discs).toBe(61);
});

test('a picture has dots where words are cut, no buttons, and what must be scrolled to', async ({ page }) => {
  await openAt(page, WAITING_CLAIMS, { cursor: { timeMs: 20_000 }, view: 'storage' });
  await expect(page.getByText('rook-ceph.rbd.csi.ceph.com').first()).toBeVisible();
  expect((await savedSvg(page)).words).toContainEqual(expect.stringMatching(/^rook-ceph\.[a-z.]+…$/));
  await region(page, 'Cluster graph').getByRole('tab', { name: 'Control plane' }).click();
  await expect(button(page, 'Keep following step 40')).toBeVisible();
  const view = page.locator('.control-plane');
  const { words, height } = await savedSvg(page);
  expect(words).not.toContain('Keep following step 40');
  expect(height).toBeGreaterThan(await view.evaluate((element) => element.scrollHeight));
  expect(words).toContain(await view.locator('h2').last().innerText());
});

test('in a low window a picture shows what of the drawing is below its edge, too', async ({ page }) => {
  await page.setViewportSize({ width: 844, height: 390 });
  await openAt(page, FIRST_LIGHT, { cursor: { timeMs: 22_000 } });
  await expect(button(page, 'More below')).toBeVisible();
  const { words } = await savedSvg(page);
  expect(words.filter((word) => word === 'ContainerCreating')).toHaveLength(2);
});

test('in a low window a picture of many cards shows those that are far below, too', async ({ page }) => {
  await page.setViewportSize({ width: 844, height: 390 });
  await openAt(page, SIXTY, { cursor: { timeMs: 20_000 } });
  await expect(button(page, 'More below')).toBeVisible();
  const cards = page.locator('.react-flow__node');
  const drawn = await cards.count();
  const { words } = await savedSvg(page);
  const missing = Array.from({ length: 60 }, (_, place) => `app-${place}`).filter((name) => !words.includes(name));
  expect(missing).toEqual([]);
  // For the picture alone: nobody scrolls through so many at once.
  await expect(cards).toHaveCount(drawn);
  expect(drawn).toBeLessThan(60);
});

test('a picture of a drawing that is many windows high goes to its last card', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const many = Array.from({ length: 180 }, (_, place) => deployment(`app-${place}`, 0));
  await openAt(page, many.join('').slice(4), { cursor: { timeMs: 5_000 } });
  await page.getByRole('tab', { name: 'Graph' }).click();
  const { words, height } = await savedSvg(page);
  expect(height).toBeGreaterThan(6_500);
  expect(words).toEqual(expect.arrayContaining(['app-0', 'app-179']));
});

test('a film is as high as the drawing becomes in it', async ({ page, context }) => {
  await page.setViewportSize({ width: 844, height: 390 });
  const more = ['a', 'b', 'c', 'd', 'e'].map((name) => `{at: 1s, kubectl: 'create deployment ${name} --image=nginx'}`);
  const grows = `  duration: 5s\n  actions: [${more.join(', ')}]\n`;
  await openAt(page, SCENARIO('grows', grows) + deployment('web', 1), { cursor: { timeMs: 5_000 } });
  const last = await savedSvg(page);
  await seekTo(page, 0);
  const first = await savedSvg(page);
  expect(last.height).toBeGreaterThan(first.height + 100);
  await button(page, 'Share').click();
  const box = page.getByRole('region', { name: 'Share' });
  await box.getByRole('tab', { name: 'Picture' }).click();
  const download = page.waitForEvent('download');
  await box.getByRole('button', { name: /^Film/ }).click();
  const file = readFileSync(await (await download).path());
  const elsewhere = await context.newPage();
  const height = await elsewhere.evaluate(
    async (source) => {
      const video = document.createElement('video');
      const known = new Promise((resolve) => video.addEventListener('loadedmetadata', resolve));
      video.src = source;
      await known;
      return video.videoHeight;
    },
    `data:video/webm;base64,${file.toString('base64')}`,
  );
  expect(height).toBe(Math.round(last.height));
});
