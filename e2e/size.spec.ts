/** What is fetched when, how large it is, and that size does not stop the page. */
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect } from '@playwright/test';
import { test } from './browser';
import { button, drawnObjects, inspect, object, openAt, ready, region, seekTo } from './kubestep';
import { many, QUIET } from './scenarios';

const PAGE = new URL('../dist/page/', import.meta.url);
/**
 * What a page that can be acted on needs, and, but for the index, the first graph of a first visit does not (first-graph.spec.ts). The engine
 * grows with what is simulated: its code can't come later than the engine itself. kubectl's commands do (60 KiB).
 * It knows which programs images hold since 423 KiB, what rules cost and who leads since 433, what clients of
 * databases say since 440, what sed, awk, find and digests come to in full since 444, bash's arrays
 * and what programs that nobody knows do where they are to end since 450, where each shell differs since 454, and what type checking
 * of policies finds since 458, which volumes nothing mounts since 460, which options utilities have since 462,
 * and what servers say of errors, what awk reads and runs, and what a file is made of since 470, where servers listen by their
 * configuration, which of Traefik's rules is asked first and what of a shell waits since 478, which files images bring,
 * what all of Traefik's rules ask and what a Redis keeps since 490, how nginx reads the whole of its configuration and what an API server tells
 * programs since 492, which scripts entrypoints run and what Apache and HAProxy pass on since 500, what is wrong with the arguments of utilities since 506,
 * what named pipes, bc and all options of read do, which directives nginx knows and which keys sort since 511, what annotations of ingress-nginx say
 * and where programs without root may write since 522, which directives Apache and HAProxy know and what ended a moment ago since 530,
 * how awk reads several lines and what ping, killall and pkill do since 533, and what stands in substitutions and what bash's own forms come to since 536 (537 with NGINX Gateway Fabric),
 * and who stays when it is told to end, what tells servers to, and what rules about times cost since 538,
 * and what a metrics server leaves behind, what a kubelet answers itself and what utilities say that are given nothing since 541,
 * and who has which port, and in which words the second is refused, since 543, and what the documentation's examples ask of images since 545.
 * The worker reads lessons and says why not since 68 KiB, and what is wrong with conditions in plain words since 82, and what to write in place of old kinds since 86.
 */
const LIMITS: Readonly<Record<string, number>> = { engine: 550 * 1024, index: 186 * 1024, worker: 89 * 1024 };

for (const [chunk, limit] of Object.entries(LIMITS)) {
  test(`the chunk ${chunk} is within its budget`, () => {
    const names = readdirSync(new URL('assets/', PAGE)).filter((name) => new RegExp(`^${chunk}-.*\\.js$`).test(name));
    expect(names).toHaveLength(1);
    const bytes = gzipSync(readFileSync(new URL(`assets/${names[0]}`, PAGE)), { level: 9 }).length;
    expect(bytes).toBeLessThanOrEqual(limit);
  });
}

test('the editor is not part of the first load', () => {
  expect(readFileSync(new URL('index.html', PAGE), 'utf8')).not.toMatch(/monaco/i);
});

test('the page stands and works where the editor cannot be had', async ({ page }) => {
  const asked: string[] = [];
  await page.route(/monaco|yaml\.worker|editor\.worker/, (route) => {
    asked.push(route.request().url());
    return route.abort();
  });
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  await expect(object(page, 'Deployment', 'web')).toBeVisible();
  expect(asked.length).toBeGreaterThan(0);
  const plain = region(page, 'YAML editor').getByRole('textbox');
  await expect(plain).toHaveValue(QUIET);
  await plain.fill(QUIET.replace('replicas: 3', 'replicas: 4'));
  await expect(object(page, 'Deployment', 'web')).toHaveAttribute('aria-description', /of 4 ready/);
});

test('five thousand Pods run, can be sought and inspected, and the page answers', async ({ page }) => {
  await openAt(page, many(5_000, 40));
  await expect(region(page, 'Cluster graph')).toContainText(/here are all \d+ Pods|Nothing runs here/);
  await button(page, 'What is simulated').click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await button(page, 'Close').click();
  await expect
    .poll(
      async () => {
        await page.getByRole('slider', { name: 'Time' }).fill('60000');
        return object(page, 'Deployment', 'web').getAttribute('aria-description');
      },
      { timeout: 60_000 },
    )
    .toBe('5000 of 5000 ready');
  await expect(region(page, 'Cluster graph')).toContainText('5000 found');
  await inspect(page, object(page, 'Pod', /^web-/).first());
  await expect(region(page, 'Inspector').getByRole('heading', { name: 'Why it exists' })).toBeVisible();
  const atEnd = await drawnObjects(page);
  await seekTo(page, 1_000);
  await expect.poll(() => drawnObjects(page)).not.toEqual(atEnd);
  await ready(page);
});
