/** Every session is kept as it goes: text, acts, branches, moment; the address and the browser's Back and Forward follow. */
import { expect, type Page } from '@playwright/test';
import { decodeLink, encodeLink } from '../src/scenario/share-link';
import { test } from './browser';
import {
  branches,
  button,
  editorText,
  kubectl,
  messages,
  moment,
  object,
  openAt,
  ready,
  region,
  replaceInText,
  seekTo,
  slider,
  typeAtEnd,
} from './kubestep';
import { QUIET } from './scenarios';

const menu = (page: Page) => page.getByRole('button', { name: /^Scenarios: / });
const wanted = (page: Page, replicas: number) =>
  expect(object(page, 'Deployment', 'web')).toHaveAttribute('aria-description', new RegExp(`of ${replicas} ready`));

/** A session with an edit, two acts and three branches, standing in the middle of the last. */
async function work(page: Page): Promise<void> {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  await replaceInText(page, 'replicas: 3', 'replicas: 4');
  await wanted(page, 4);
  await seekTo(page, 60_000);
  await seekTo(page, 40_000);
  await kubectl(page, 'scale deployment web --replicas=5');
  await wanted(page, 5);
  await seekTo(page, 70_000);
  await expect(branches(page)).toHaveCount(3);
}

const chips = async (page: Page) =>
  Promise.all((await branches(page).all()).map((each) => each.getAttribute('aria-description')));

test('a reload brings back text, branches, acts, moment, terminal and undo', async ({ page }) => {
  await work(page);
  const [before, text, names] = [await moment(page), await editorText(page), await chips(page)];
  expect(names).toHaveLength(3);
  await page.reload();
  await ready(page);
  await expect.poll(() => moment(page)).toEqual(before);
  await expect.poll(() => editorText(page)).toBe(text);
  await expect.poll(() => chips(page)).toEqual(names);
  await wanted(page, 5);
  await expect(button(page, 'Play')).toBeVisible();
  await button(page, 'Show output').click();
  await expect(region(page, 'Terminal').locator('.terminal-command')).toContainText('scale deployment web');
  await branches(page).nth(0).click();
  await wanted(page, 3);
  await branches(page).nth(2).click();
  await wanted(page, 5);
  await button(page, 'Undo').click();
  await wanted(page, 4);
  await button(page, 'Undo').click();
  await wanted(page, 3);
  await expect.poll(() => editorText(page)).toBe(QUIET);
});

test('a session left for another comes back from Recent with its acts and moment; a second tab begins with a copy', async ({
  page,
  context,
}) => {
  await work(page);
  const [before, names] = [await moment(page), await chips(page)];
  await menu(page).click();
  await page
    .getByRole('region', { name: 'Scenarios' })
    .getByRole('button', { name: /^CrashLoopBackOff/ })
    .click();
  await expect(menu(page)).toContainText('CrashLoopBackOff');
  await menu(page).click();
  await page.getByRole('tab', { name: 'Recent' }).click();
  await page
    .getByRole('list', { name: 'Recent' })
    .getByRole('button', { name: /^quiet/ })
    .first()
    .click();
  await expect.poll(() => moment(page)).toEqual(before);
  await expect.poll(() => chips(page)).toEqual(names);
  await wanted(page, 5);
  const other = await context.newPage();
  await other.goto('/');
  await ready(other);
  await expect.poll(() => moment(other)).toEqual(before);
  await expect.poll(() => chips(other)).toEqual(names);
  await kubectl(other, 'scale deployment web --replicas=1');
  await wanted(other, 1);
  await wanted(page, 5);
});

test('what is typed right before a reload is there, applied or marked', async ({ page }) => {
  await work(page);
  const at = await moment(page);
  await typeAtEnd(page, '# last words');
  await page.evaluate(() => location.reload());
  await page.waitForLoadState();
  await ready(page);
  await expect.poll(() => editorText(page)).toMatch(/# last words$/);
  await expect.poll(() => moment(page)).toEqual(at);
  await wanted(page, 5);
});

test('the address carries what is shown: copied, it opens the same elsewhere', async ({ page, browser }) => {
  await work(page);
  const at = await moment(page);
  const place = () => {
    const decoded = decodeLink(new URL(page.url()).hash);
    return 'state' in decoded ? decoded.state.cursor : undefined;
  };
  // Some time after the last step: of that moment the link knows the time.
  await expect.poll(place).toEqual({ timeMs: 70_000 });
  const elsewhere = await (await browser.newContext()).newPage();
  await elsewhere.goto(page.url());
  await ready(elsewhere);
  await expect.poll(() => moment(elsewhere)).toEqual(at);
  await wanted(elsewhere, 5);
  await expect.poll(() => editorText(elsewhere)).toBe(await editorText(page));
  await elsewhere.context().close();
});

test('Back and Forward walk through moments and scenarios', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  const first = await moment(page);
  // The run has come further: until then the last step is the one that is shown.
  const head = region(page, 'Timeline').locator('.step-where .quiet').first();
  await expect.poll(async () => Number((await head.innerText()).replace(/\D/g, ''))).toBeGreaterThan(first.step);
  await button(page, 'Last step').click();
  await expect.poll(async () => (await moment(page)).text).not.toBe(first.text);
  const last = await moment(page);
  await menu(page).click();
  await page
    .getByRole('region', { name: 'Scenarios' })
    .getByRole('button', { name: /^CrashLoopBackOff/ })
    .click();
  await expect(menu(page)).toContainText('CrashLoopBackOff');
  await page.goBack();
  await expect(menu(page)).toContainText('quiet');
  await expect.poll(() => moment(page)).toEqual(last);
  await page.goBack();
  await expect.poll(() => moment(page)).toEqual(first);
  await page.goForward();
  await expect.poll(() => moment(page)).toEqual(last);
  await page.goForward();
  await expect(menu(page)).toContainText('CrashLoopBackOff');
  await expect(messages(page)).toHaveCount(0);
});

test('dragging the slider is one jump', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  const first = await moment(page);
  const entries = () => page.evaluate(() => history.length);
  const before = await entries();
  const box = (await slider(page).boundingBox())!;
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * 0.2, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, y, { steps: 12 });
  await page.mouse.up();
  await expect.poll(async () => (await moment(page)).text).not.toBe(first.text);
  await expect.poll(entries).toBe(before + 1);
  await page.goBack();
  await expect.poll(() => moment(page)).toEqual(first);
});

test('where IndexedDB is forbidden that is said, and the page works on', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(globalThis, 'indexedDB', {
      get: () => {
        throw new DOMException('denied', 'SecurityError');
      },
    });
  });
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  await kubectl(page, 'scale deployment web --replicas=5');
  await wanted(page, 5);
  await expect(messages(page)).toContainText('it will be gone after a reload');
  await button(page, 'Undo').click();
  await wanted(page, 3);
});

test('where storage never answers that is said, and the page works on', async ({ page }) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => Object.create(IDBOpenDBRequest.prototype);
    LockManager.prototype.request = () => new Promise(() => undefined);
  });
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  await wanted(page, 3);
  await expect(messages(page)).toContainText('it will be gone after a reload');
});

test('Recent has what was only looked at, and what was only acted in beside its untouched twin', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  await kubectl(page, 'scale deployment web --replicas=5');
  await wanted(page, 5);
  await openAt(page, QUIET.replaceAll('quiet', 'loud'), { cursor: { timeMs: 10_000 } });
  await wanted(page, 3);
  await openAt(page, QUIET, { cursor: { timeMs: 10_000 } });
  await wanted(page, 3);
  await menu(page).click();
  await page.getByRole('tab', { name: 'Recent' }).click();
  const list = page.getByRole('list', { name: 'Recent' });
  await expect(list.getByRole('button')).toHaveText([/^loud/, /^quiet/]);
  await list.getByRole('button', { name: /^quiet/ }).click();
  await wanted(page, 5);
});

test('a link put into the address and reloaded before the page has heard of it is opened', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  const link = encodeLink({ text: QUIET.replace('title: quiet', 'title: come').replace('replicas: 3', 'replicas: 2') });
  await page.evaluate((fragment) => {
    location.hash = fragment;
    location.reload();
  }, link);
  await expect(page.getByRole('button', { name: 'Scenarios: come' })).toBeVisible();
  await expect.poll(() => editorText(page)).toContain('replicas: 2');
});
