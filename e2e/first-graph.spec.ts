/** The first graph of a first visit: what is fetched before it stands, and that the engine then draws the same. */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, type Page, type Route } from '@playwright/test';
import { test } from './browser';
import { object, openAt, pods, ready, region } from './kubestep';

const PAGE = new URL('../dist/page/', import.meta.url);
/** All that is fetched until the graph stands: scripts, styles and fonts, compressed as a server would send them. */
const MOST_BYTES = 334 * 1024;
/** Where the first visit begins (src/worker/first-view.ts). */
const FIRST_PLACE = { timeMs: 100 };
/** The worker with the engine, and the editor. */
const LATER = /\/(worker|engine|libraries|monaco)-|\.worker-/;
const TEXT = readFileSync(new URL('../src/scenario/gallery/first-light.yaml', import.meta.url), 'utf8');

function compressed(url: string): number {
  const path = new URL(url).pathname;
  return gzipSync(readFileSync(new URL(path === '/' ? 'index.html' : `.${path}`, PAGE)), { level: 9 }).length;
}

async function stands(page: Page): Promise<void> {
  await expect(object(page, 'Deployment', 'web')).toBeVisible();
  await expect(object(page, 'Service', 'web')).toBeVisible();
  await expect(pods(page, /^web-/)).toHaveCount(3);
}

/**
 * All cards and lines with their places; how far the drawing is moved depends on the room that it has, and what a step changed is drawn
 * over it once the engine can tell.
 */
const drawing = (page: Page): Promise<string> =>
  region(page, 'Cluster graph')
    .locator('.react-flow__viewport')
    .evaluate((viewport) => {
      const copy = viewport.cloneNode(true) as Element;
      copy.querySelector('.react-flow__viewport-portal')?.remove();
      return copy.innerHTML;
    });

test('the first graph stands before the engine and the editor come, and is what the engine draws', async ({ page }) => {
  const held: Route[] = [];
  const fetched = new Set<string>();
  page.on('requestfinished', (request) => fetched.add(request.url()));
  await page.route(LATER, (route) => {
    held.push(route);
  });
  await page.goto('/', { waitUntil: 'commit' });
  await stands(page);
  const bytes = [...fetched].map(compressed).reduce((sum, each) => sum + each, 0);
  expect(bytes).toBeGreaterThan(100 * 1024);
  expect(bytes).toBeLessThanOrEqual(MOST_BYTES);
  expect([...fetched].filter((url) => LATER.test(url))).toEqual([]);
  await expect(region(page, 'Timeline')).toHaveAttribute('aria-busy', 'true');
  const before = await drawing(page);

  for (const route of held.splice(0)) await route.continue();
  await page.unroute(LATER);
  await ready(page);
  await openAt(page, TEXT, { cursor: FIRST_PLACE });
  await stands(page);
  await expect.poll(() => drawing(page)).toBe(before);
});
