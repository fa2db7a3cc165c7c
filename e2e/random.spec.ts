/**
 * Somebody types, undoes, acts, goes back in time, reloads, drops files, opens links and tabs, walks back and changes the view at random; after each of
 * it text, cluster and marks agree: a document is marked as in sync exactly where kubectl says what the text says. `npm run marks -- --minutes 10 --seed 7` does so for longer; here it is a few dozen acts of one seed.
 */
import { type Browser, expect, type Page } from '@playwright/test';
import { decodeLink } from '../src/scenario/share-link';
import { test } from './browser';
import {
  branches,
  button,
  editorText,
  kubectl,
  moment,
  openAt,
  ready,
  region,
  seekTo,
  slider,
  writeText,
} from './kubestep';
import { deployment, QUIET } from './scenarios';

const SEED = Number(process.env.MARKS_SEED ?? 1);
const MINUTES = Number(process.env.MARKS_MINUTES ?? 0);
/** Without minutes given. */
const ACTS = 10;
const NAMES = ['web', 'shop'] as const;
const VIEWS = ['Workloads', 'Nodes', 'Traffic', 'Storage', 'Control plane'] as const;
/** It says something also where there is none. */
const LIVE = `get deployments -o jsonpath='live: {range .items[*]}{.metadata.name}={.spec.replicas};{end}'`;

/** Whole numbers below a bound, the same for a seed. */
function createDraw(seed: number): (bound: number) => number {
  let drawn = (seed * 48_271 + 11) % 2_147_483_647;
  return (bound) => {
    drawn = (drawn * 48_271) % 2_147_483_647;
    return Math.floor((drawn / 2_147_483_647) * bound);
  };
}

/** What the text wants, by name. */
function wantedOf(text: string): Map<string, string> {
  const found = text.matchAll(/^metadata: \{name: (\w+)\}\nspec:\n {2}replicas: (\d+)$/gm);
  return new Map([...found].map(([, name = '', replicas = '']) => [name, replicas]));
}

/** What the cluster has, as kubectl says it. */
async function liveOf(page: Page): Promise<Map<string, string>> {
  const said = await (await kubectl(page, LIVE)).innerText();
  return new Map([...said.matchAll(/(\w+)=(\d+);/g)].map(([, name = '', replicas = '']) => [name, replicas]));
}

/** The mark that each document should have. */
function marksOf(wanted: ReadonlyMap<string, string>, live: ReadonlyMap<string, string>): string[] {
  return NAMES.flatMap((name) => {
    const [here, there] = [wanted.get(name), live.get(name)];
    if (here === undefined) return there === undefined ? [] : [`Deployment ${name} is not in the text`];
    return [`Deployment ${name} ${here === there ? 'is in sync' : 'differs from the cluster'}`];
  }).sort();
}

async function shownMarks(page: Page): Promise<string[]> {
  const marks = region(page, 'YAML editor').getByRole('button', { name: /^Deployment \w+ (is|differs) / });
  const names = await marks.evaluateAll((all) =>
    all.map((each) => each.getAttribute('aria-label') ?? each.textContent ?? ''),
  );
  return [...new Set(names)].sort();
}

/** Text, cluster and marks agree. */
async function agree(page: Page, done: readonly string[]): Promise<void> {
  const history = done.slice(-12).join('\n');
  await expect(async () => {
    const expected = marksOf(wantedOf(await editorText(page)), await liveOf(page));
    expect(await shownMarks(page), history).toEqual(expected);
  }).toPass({ timeout: 20_000 });
}

const withReplicas = (text: string, name: string, replicas: number) =>
  text.replace(new RegExp(`(name: ${name}\\}\\nspec:\\n {2}replicas: )\\d+`), `$1${replicas}`);

/** What is typed is applied after a pause: then the address carries it. */
async function type(page: Page, change: (text: string) => string): Promise<void> {
  const before = await editorText(page);
  const after = change(before);
  if (after === before) return;
  await writeText(page, after);
  await expect.poll(() => linkedText(page)).toBe(after);
}

function linkedText(page: Page): string {
  const decoded = decodeLink(new URL(page.url()).hash);
  return 'state' in decoded ? (decoded.state.edited ?? decoded.state.text) : decoded.error;
}

/** Takes back or does again, where there is something. */
async function travel(page: Page, name: 'Undo' | 'Redo'): Promise<string> {
  const isThere = await button(page, name).isEnabled();
  if (isThere) await button(page, name).click();
  return isThere ? name : `nothing to ${name}`;
}

/** Drops a file on the drawing. */
async function drop(page: Page, text: string): Promise<void> {
  const data = await page.evaluateHandle((given) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([given], 'dropped.yaml'));
    return transfer;
  }, text);
  await region(page, 'Cluster graph').dispatchEvent('drop', { dataTransfer: data });
}

/** Another page shows the same, and what it shows agrees. */
async function sameIn(other: Page, page: Page, address: string): Promise<void> {
  await other.goto(address);
  await ready(other);
  await expect.poll(() => editorText(other)).toBe(await editorText(page));
  await expect.poll(() => moment(other)).toEqual(await moment(page));
  await agree(other, [`in another page, at ${address.slice(0, 20)}`]);
}

/** Somebody else follows the link to what is shown. */
async function linked(page: Page): Promise<void> {
  await button(page, 'Share').click();
  const link = await page.getByRole('textbox', { name: 'Link' }).inputValue();
  await page.keyboard.press('Escape');
  const browser = page.context().browser() as Browser;
  const elsewhere = await browser.newContext({ serviceWorkers: 'block', locale: 'en-US' });
  await sameIn(await elsewhere.newPage(), page, link);
  await elsewhere.close();
}

/** Another tab begins with what was done last in any: that is here, once something is done or the page is loaded anew. */
async function secondTab(page: Page, draw: (bound: number) => number, command: string): Promise<string> {
  const isLoaded = draw(2) === 0;
  if (isLoaded) await reload(page);
  else await kubectl(page, `annotate deployment --all at=${Date.now()} --overwrite`);
  // Nothing is waiting to be kept any more.
  await page.evaluate(() => dispatchEvent(new Event('pagehide')));
  const beside = await page.context().newPage();
  await sameIn(beside, page, '/');
  await kubectl(beside, command);
  await beside.close();
  return isLoaded ? 'after a reload' : 'after an act';
}

/** Everything is there again. */
async function reload(page: Page): Promise<void> {
  const [text, at] = [await editorText(page), await moment(page)];
  await page.reload();
  await ready(page);
  await expect.poll(() => editorText(page)).toBe(text);
  await expect.poll(() => moment(page)).toEqual(at);
}

/** As the browser's Back does, where that stays on the page; what is asked of the cluster then waits its turn. */
async function goBack(page: Page): Promise<string> {
  const place = () =>
    page.evaluate(() => {
      const { navigation } = globalThis as unknown as {
        navigation: { canGoBack: boolean; currentEntry: { index: number } };
      };
      return navigation.canGoBack ? navigation.currentEntry.index : 0;
    });
  const before = await place();
  if (before === 0) return 'nowhere to go back to';
  await page.evaluate(() => history.back());
  await expect
    .poll(() =>
      page.evaluate(
        () =>
          (globalThis as unknown as { navigation: { currentEntry: { index: number } } }).navigation.currentEntry.index,
      ),
    )
    .toBe(before - 1);
  return 'back';
}

async function act(page: Page, draw: (bound: number) => number): Promise<string> {
  const name = NAMES[draw(2)] as string;
  const replicas = 1 + draw(6);
  const before = await moment(page);
  switch (draw(17)) {
    case 0:
    case 1:
      await type(page, (text) => withReplicas(text, name, replicas));
      return `text: ${name} ${replicas}`;
    case 2:
      await type(page, (text) => (text.includes('name: shop}') ? text : text + deployment('shop', replicas)));
      return `text: add shop ${replicas}`;
    case 3:
      await type(page, (text) =>
        text.replace(/---\napiVersion: apps\/v1\nkind: Deployment\nmetadata: \{name: shop\}[\s\S]*?(?=---|$)/, ''),
      );
      return 'text: without shop';
    case 4:
      await kubectl(page, `scale deployment ${name} --replicas=${replicas}`);
      return `scale ${name} ${replicas} at ${before.text}`;
    case 5:
      await seekTo(page, 10_000 + draw(8) * 5_000);
      return `to ${(await moment(page)).text}`;
    case 6: {
      const count = await branches(page).count();
      if (count > 0) await branches(page).nth(draw(count)).click();
      return `one of ${count} branches`;
    }
    case 7:
      await reload(page);
      return 'reload';
    case 8:
      return travel(page, 'Redo');
    case 9: {
      const view = VIEWS[draw(VIEWS.length)] as string;
      await page.getByRole('tab', { name: view, exact: true }).click();
      return `view ${view}`;
    }
    case 10: {
      const text = QUIET + (replicas > 3 ? deployment('shop', replicas) : '');
      await drop(page, text);
      await expect.poll(() => linkedText(page)).toBe(text);
      // It plays from the beginning; what is compared stands still.
      await button(page, 'Pause').click();
      return `drop of a file, shop ${replicas > 3 ? replicas : 'not in it'}`;
    }
    case 11:
      await linked(page);
      return 'a link, opened elsewhere';
    case 12:
      return `a second tab ${await secondTab(page, draw, `scale deployment ${name} --replicas=${replicas}`)}, and ${name} ${replicas} in that`;
    case 13:
      return goBack(page);
    case 14: {
      const keys = ['ArrowLeft', 'ArrowRight', 'Home', 'End', '[', ']'];
      const key = keys[draw(keys.length)] as string;
      await slider(page).focus();
      await page.keyboard.press(key);
      return key;
    }
    default:
      return travel(page, 'Undo');
  }
}

test(`at random, seed ${SEED}`, async ({ page }) => {
  test.setTimeout(150_000 + MINUTES * 60_000);
  const draw = createDraw(SEED);
  const untilMs = Date.now() + MINUTES * 60_000;
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  const done: string[] = [];
  const goesOn = () => (MINUTES > 0 ? Date.now() < untilMs : done.length < ACTS);
  while (goesOn()) {
    done.push(`${done.length + 1}. ${await act(page, draw)}`);
    await agree(page, done);
  }
  console.log(`${done.length} acts of seed ${SEED}: 0 disagreements`);
});
