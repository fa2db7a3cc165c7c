/** Links that somebody broke or made up: each leads to a message, and the page stays what it is. */
import { expect, type Page } from '@playwright/test';
import { pack } from '../src/scenario/link-packing';
import { decodeLink, encodeLink } from '../src/scenario/share-link';
import { test } from './browser';
import { button, editorText, object, openAt, region } from './kubestep';
import { QUIET } from './scenarios';

const good = encodeLink({ text: QUIET });
const payload = (json: string) => `s=${pack(json)}`;
/** A link is seen to be opened by its text. */
const other = (title: string) => QUIET.replace('title: quiet', `title: ${title}`);
const fields = (more: object) => payload(JSON.stringify({ v: 2, text: QUIET, ...more }));
const act = { to: 'user', kind: 'kubectl', payload: { command: 'get pods' }, atMs: 1, afterTimer: 1, afterStep: 1 };
const branch = { id: 0, parent: null, fromStep: 0, fromMs: 0, label: 'main', inputs: [] };

/** Nothing is opened. */
const REFUSED: readonly string[] = [
  'x=1',
  's=',
  's=d',
  's=dAAAAAAAA',
  's=<script>alert(1)</script>',
  good.slice(0, -7),
  good.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
  `${good}&${good}`,
  `${good}&onload=alert(1)`,
  `${good}&t=-1`,
  `${good}&t=99999999999999999999`,
  `${good}&view=%zz`,
  `${good}&select=%E0%A4%A`,
  payload('[]'),
  payload('null'),
  payload('{"v":2,"text":7}'),
  payload(`{"v":2,"text":${'['.repeat(200_000)}`),
  payload(JSON.stringify({ v: 2, text: ' '.repeat(20_000_000) })),
  payload('{"v":99,"text":"kind: Pod"}'),
  fields({ inputs: [{ ...act, to: 'kube-apiserver' }] }),
  fields({ inputs: [{ ...act, atMs: -1 }] }),
  fields({ inputs: [{ ...act, payload: { command: 'get', as: 'admin' } }] }),
  fields({ run: { branches: [branch, { ...branch, id: 1, parent: 2 }], current: 1, continued: [] } }),
  fields({ run: { branches: [branch], current: 5, continued: [] } }),
  fields({ who: 'x'.repeat(5_000), answers: [] }),
];

/** Opened where it can be reached in a while. */
const LATE = `${encodeLink({ text: other('late') })}&t=999999999999ms&select=Pod/../../etc/passwd`;

/** Opened, as far as it means anything; what is wrong with the text is said as of any other. */
const OPENED: readonly (readonly [fragment: string, said: RegExp | undefined])[] = [
  [
    `${encodeLink({ text: other('first') })}&view=<script>&select=javascript:alert(1)&tab=__proto__&theme=url(x)&lang=../../x`,
    undefined,
  ],
  [
    payload(`{"v":2,"text":${JSON.stringify(other('polluted'))},"__proto__":{"injected":1},"constructor":1}`),
    undefined,
  ],
  [encodeLink({ text: `a: &a [x]\n${'b: &b [*a,*a,*a,*a,*a,*a,*a]\n'.repeat(40)}` }), /./],
  [encodeLink({ text: '['.repeat(100_000) }), /./],
  [encodeLink({ text: '' }), undefined],
];

async function follow(page: Page, fragment: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, fragment);
}

test('thirty hostile links: a message each, and nothing worse', async ({ page }) => {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('dialog', (dialog) => {
    errors.push(dialog.message());
    void dialog.dismiss();
  });
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  await expect(object(page, 'Deployment', 'web')).toBeVisible();
  expect(REFUSED.length + OPENED.length).toBeGreaterThanOrEqual(30);
  const message = page.locator('.banner.error').filter({ hasText: 'The link could not be opened.' });
  for (const fragment of REFUSED) {
    await follow(page, fragment);
    await expect(message, fragment.slice(0, 80)).toContainText(/damaged|newer release|carries no scenario/);
    await message.getByRole('button').last().click();
    await expect(message).toHaveCount(0);
  }
  await expect.poll(() => editorText(page)).toBe(QUIET);
  for (const [fragment, said] of OPENED) {
    await follow(page, fragment);
    const link = decodeLink(fragment);
    if ('state' in link) await expect.poll(() => editorText(page)).toBe(link.state.text);
    if (said) await expect(region(page, 'YAML editor').getByRole('list', { name: 'Problems' })).toContainText(said);
    else await expect(region(page, 'YAML editor').getByRole('list', { name: 'Problems' })).toBeEmpty();
  }
  await follow(page, LATE);
  await expect(page.locator('.banner.info')).toContainText('The link leads to a moment so late');
  await expect(page.getByRole('button', { name: 'Scenarios: late' })).toBeVisible();
  await button(page, 'What is simulated').click();
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(await page.evaluate(() => 'injected' in {})).toBe(false);
  expect(errors).toEqual([]);
});
