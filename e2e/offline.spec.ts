/** After a first visit the page works without a network, and a new release takes the old one's place. */
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from '@playwright/test';
import { test } from './browser';
import { button, editorText, kubectl, object, openPaused, ready } from './kubestep';

test.use({ serviceWorkers: 'allow' });

test('it works with no network after the first visit: editor, commands, gallery, dialogues; and can be installed', async ({
  page,
  context,
}) => {
  await openPaused(page);
  const manifest = await page.evaluate(async () => {
    const { href } = document.querySelector('link[rel="manifest"]') as HTMLLinkElement;
    return (await fetch(href)).json();
  });
  expect(manifest).toMatchObject({ display: 'standalone', start_url: './' });
  expect(manifest.icons.map(({ sizes }: { sizes: string }) => sizes)).toEqual(['any', '192x192', '512x512', '512x512']);
  await page.evaluate(() => navigator.serviceWorker.ready.then(({ active }) => active?.state));
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state)).toBe('activated');

  await context.setOffline(true);
  await page.goto('/#view=nodes');
  await page.reload();
  await ready(page);
  await expect.poll(() => editorText(page)).toContain('kind: Scenario');
  await expect(await kubectl(page, 'explain pod.spec.nodeName')).toContainText('nodeName');
  await page.getByRole('button', { name: /^Scenarios: / }).click();
  await page.getByRole('button', { name: /^A typing error in the image/ }).click();
  await expect(object(page, 'Deployment', /./).first()).toBeVisible();
  await button(page, 'Share').click();
  await expect(page.getByRole('textbox', { name: 'Link' })).toHaveValue(/#s=/);
  await context.setOffline(false);
});

const PAGE = new URL('../dist/page/', import.meta.url);
const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html',
  js: 'text/javascript',
  css: 'text/css',
  svg: 'image/svg+xml',
};

/** Serves the built page as a host of static files does, with other contents in the place of some. */
async function serve(others: ReadonlyMap<string, string>): Promise<Server> {
  const server = createServer(({ url }, answer) => {
    const name = new URL(url ?? '/', 'http://host').pathname.slice(1) || 'index.html';
    const file = new URL(name, PAGE);
    if (!existsSync(file)) return answer.writeHead(404).end();
    answer.writeHead(200, { 'content-type': TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream' });
    answer.end(others.get(name) ?? readFileSync(file));
  });
  server.listen(0);
  await once(server, 'listening');
  return server;
}

test('a new release shows at the next visit, online or not, and what the one before the last had is forgotten', async ({
  page,
}) => {
  const others = new Map<string, string>();
  const server = await serve(others);
  const origin = `http://localhost:${(server.address() as AddressInfo).port}/`;
  await page.goto(`${origin}kubestep.svg`);
  await page.evaluate(() => caches.open('kubestep-older'));
  await page.goto(origin);
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state)).toBe('activated');
  /** The releases that are kept, once none is being fetched: a browser looks for one at a time. */
  const names = () =>
    page.evaluate(async () => {
      const { installing, waiting, active } = (await navigator.serviceWorker.getRegistration()) ?? {};
      return installing || waiting || active?.state !== 'activated' ? [] : caches.keys();
    });
  await expect.poll(names).toEqual(['kubestep-older', expect.any(String)]);
  const [, first] = await names();
  const [script, html] = ['service-worker.js', 'index.html'].map((name) => readFileSync(new URL(name, PAGE), 'utf8'));
  const release = (name: string) => {
    others.set('service-worker.js', script?.replace(/RELEASE = '\w+'/, `RELEASE = '${name}'`) ?? '');
    others.set('index.html', html?.replace('<title>', `<title>${name} `) ?? '');
  };
  release('second');
  await page.reload();
  await expect(page).toHaveTitle(/^second/);
  // A worker looks for a new release once the page has stood a while, and fetches all of it.
  await expect.poll(names, { timeout: 40_000 }).toEqual([first, 'kubestep-second']);
  server.closeAllConnections();
  server.close();
  await page.reload();
  await expect(page).toHaveTitle(/^second/);
  await ready(page);
});
