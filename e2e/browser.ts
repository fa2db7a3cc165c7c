/**
 * `test`, where the tests of a worker share a browser context: it has the page's files and what they were compiled to already, which costs half of
 * what a context of one's own does, and that was most of what a test took. Every test begins with storage that is empty and a page of its own
 * all the same. One that asks for another window, language, touch or service workers has a context of its own.
 */
import { type BrowserContext, type BrowserContextOptions, test as base } from '@playwright/test';

type Options = Pick<BrowserContextOptions, 'baseURL' | 'viewport' | 'serviceWorkers' | 'locale' | 'hasTouch'>;

const only = ({ baseURL, viewport, serviceWorkers, locale, hasTouch }: Options): Options => ({
  baseURL,
  viewport,
  serviceWorkers,
  locale,
  hasTouch,
});

/** Closes what a test has opened and empties what its pages have kept. The first page stays: without any, the next needs a new window. */
async function forget(context: BrowserContext, origin: string): Promise<void> {
  const [first, ...opened] = context.pages();
  for (const page of opened) {
    // What a page writes when it is left has been written when the blank one stands.
    await page.goto('about:blank');
    await page.close();
  }
  await context.clearPermissions();
  const session = await context.newCDPSession(first!);
  await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
  await session.detach();
}

export const test = base.extend<object, { shared: BrowserContext }>({
  shared: [
    async ({ browser }, use, { project }) => {
      const context = await browser.newContext(only(project.use));
      context.setDefaultTimeout(project.use.actionTimeout ?? 0);
      await context.newPage();
      await use(context);
      await context.close();
    },
    { scope: 'worker' },
  ],
  context: async ({ browser, shared, baseURL, viewport, serviceWorkers, locale, hasTouch }, use, { project }) => {
    const asked = only({ baseURL, viewport, serviceWorkers, locale, hasTouch });
    if (JSON.stringify(asked) === JSON.stringify(only(project.use))) {
      await use(shared);
      await forget(shared, new URL(baseURL!).origin);
    } else {
      const own = await browser.newContext();
      await use(own);
      await own.close();
    }
  },
});
