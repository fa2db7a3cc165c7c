/** Whoever is far away: the engine takes its time to come, and nothing is given up, called dead or shown twice meanwhile. */
import { expect, type Page, type Route } from '@playwright/test';
import { test } from './browser';
import { button, messages, moment, ready, region, sentence, slider } from './kubestep';

/** The worker with the engine. */
const WORKER = /\/worker-/;

/** Opens the page, and answers nothing for its worker; what was asked of the network is in the list. */
async function openWithoutWorker(page: Page): Promise<Route[]> {
  const held: Route[] = [];
  await page.route(WORKER, (route) => {
    held.push(route);
  });
  await page.goto('/');
  await expect.poll(() => held.length).toBe(1);
  return held;
}

test('a worker that is on its way for a minute is waited for, once', async ({ page }) => {
  await page.clock.install();
  const held = await openWithoutWorker(page);
  await page.clock.runFor(60_000);
  await expect(region(page, 'Timeline')).toContainText('Starting the cluster …');
  await expect(messages(page)).toHaveCount(0);
  expect(held).toHaveLength(1);
  await held[0]?.continue();
  await page.clock.resume();
  await ready(page);
  await expect(button(page, 'Pause')).toBeVisible();
});

test('what the first drawing says of its moment stays when the engine has come', async ({ page }) => {
  const held = await openWithoutWorker(page);
  const timeline = region(page, 'Timeline');
  await expect(sentence(page)).toHaveText(
    'Pod web-85ff7cf9bb-rbt5c waits for the image of container nginx to be pulled',
  );
  await expect(timeline).toContainText('step 29 / 29');
  // All of the run's time, of which a tenth of a second is over.
  await expect(slider(page)).toHaveAttribute('max', '120000');
  const { text } = await moment(page);
  const shown = page.evaluateHandle(() => {
    const said = new Set<string>();
    const look = () => said.add(document.querySelector('.step-sentence')?.textContent ?? '');
    new MutationObserver(look).observe(document.querySelector('.timeline-top') as Element, {
      childList: true,
      subtree: true,
    });
    return said;
  });
  await shown;
  await held[0]?.continue();
  await ready(page);
  expect(text).toBe('0.100 s, step 29');
  const said = await (await shown).evaluate((all) => [...all]);
  expect(said.filter((each) => !each.includes('step '))).toEqual([]);
});
