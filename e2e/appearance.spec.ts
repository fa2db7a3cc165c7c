/** How the page is for everyone: by keyboard, by screen reader, by day and night, on a telephone. */
import { expect, type Page } from '@playwright/test';
import { test } from './browser';
import {
  branches,
  button,
  inspect,
  kubectl,
  messages,
  moment,
  object,
  openAt,
  openPaused,
  pods,
  ready,
  region,
  seekTo,
  slider,
  violationsIn,
} from './kubestep';
import { QUIET, STATEFUL } from './scenarios';

for (const theme of ['light', 'dark'] as const) {
  test(`nothing stands in the way of assistive technology, ${theme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await openAt(page, QUIET, { cursor: { timeMs: 3_000 } });
    await expect(object(page, 'Deployment', 'web')).toBeVisible();
    await expect(region(page, 'Timeline').getByRole('button', { name: 'Lane Deployment web' })).toBeVisible();
    await expect.poll(() => violationsIn(page)).toEqual([]);
    await inspect(page, pods(page, /^web-/).first());
    await expect(region(page, 'Inspector').getByRole('heading', { name: 'Why it exists' })).toBeVisible();
    await expect.poll(() => violationsIn(page)).toEqual([]);
    await region(page, 'Inspector').getByRole('tab', { name: 'Shell' }).click();
    await page.getByRole('textbox', { name: 'Line to run in the container' }).fill('ls');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('log', { name: 'What came of it' })).toContainText('usr');
    await expect(branches(page)).toHaveCount(2);
    await expect.poll(() => violationsIn(page)).toEqual([]);
    await page.getByRole('tab', { name: 'Nodes' }).click();
    await inspect(page, object(page, 'Node', 'node-1'));
    await region(page, 'Inspector').getByRole('tab', { name: 'YAML' }).click();
    await button(page, 'Objects as a table').click();
    await region(page, 'Terminal').getByRole('textbox').fill('get pods -A');
    await region(page, 'Terminal').getByRole('textbox').press('Enter');
    await button(page, 'Share').click();
    await expect(page.getByRole('textbox', { name: 'Link' })).toBeVisible();
    await expect.poll(() => violationsIn(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await button(page, 'What is simulated').click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await expect.poll(() => violationsIn(page)).toEqual([]);
  });
}

for (const [width, height] of [
  [1440, 900],
  [844, 390],
  [390, 844],
] as const) {
  test(`in every view and panel all there is stands in a landmark, at ${width} × ${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await openAt(page, STATEFUL, { cursor: { timeMs: 15_000 } });
    for (const view of ['Workloads', 'Nodes', 'Traffic', 'Storage', 'Control plane']) {
      await page.getByRole('tab', { name: view, exact: true }).click();
      await expect(page.getByRole('tab', { name: view, exact: true })).toHaveAttribute('aria-selected', 'true');
      await expect.poll(() => violationsIn(page, 'best-practice'), { message: view }).toEqual([]);
    }
    for (const panel of width > 860 ? [] : ['Editor', 'Inspector']) {
      await page.getByRole('tablist', { name: 'Panels' }).getByRole('tab', { name: panel }).click();
      await expect.poll(() => violationsIn(page, 'best-practice'), { message: panel }).toEqual([]);
    }
  });
}

for (const [width, height] of [
  [844, 390],
  [390, 844],
] as const) {
  test(`at ${width} × ${height} a drawing makes way for the tree or the table, until Escape`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await openAt(page, QUIET, { cursor: { timeMs: 15_000 } });
    const card = object(page, 'Deployment', 'web');
    await expect(card).toBeVisible();
    const before = await card.boundingBox();
    for (const [opener, role] of [
      ['Objects as a tree', 'treegrid'],
      ['Objects as a table', 'table'],
    ] as const) {
      await button(page, opener).click();
      const body = page.locator('.graph-body');
      const room = await body.boundingBox();
      await expect(page.getByRole(role)).toBeVisible();
      expect(room?.height).toBeGreaterThan(90);
      // It lies over the drawing, which nobody can reach meanwhile.
      await expect(body).toHaveAttribute('inert');
      const isOver = body.evaluate((drawing) => {
        const { left, top, width: wide, height: high } = drawing.getBoundingClientRect();
        return [0.05, 0.5, 0.95].every((share) => {
          const found = document.elementFromPoint(left + wide / 2, top + high * share);
          return found?.closest('.object-tree, .resource-table');
        });
      });
      expect(await isOver).toBe(true);
      await page.keyboard.press('Escape');
      await expect(page.getByRole(role)).toHaveCount(0);
      await expect(button(page, opener)).toHaveAttribute('aria-pressed', 'false');
      expect(await card.boundingBox()).toEqual(before);
    }
  });
}

test('light and dark are chosen by a button and kept', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await openPaused(page);
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await paper();
  await button(page, 'Dark colours').click();
  await expect(button(page, 'Light colours')).toBeVisible();
  await expect.poll(paper).not.toBe(light);
  const dark = await paper();
  await page.reload();
  await expect(button(page, 'Light colours')).toBeVisible();
  await expect.poll(paper).toBe(dark);
  await button(page, 'Light colours').click();
  await expect.poll(paper).toBe(light);
});

test('the keyboard does what the mouse does', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 1_000 } });
  await ready(page);
  const before = (await moment(page)).step;
  await page.keyboard.press('ArrowRight');
  await expect(slider(page)).toHaveAttribute('aria-valuetext', new RegExp(`, step ${before + 1}$`));
  await page.keyboard.press('ArrowLeft');
  await expect(slider(page)).toHaveAttribute('aria-valuetext', new RegExp(`, step ${before}$`));
  await page.keyboard.press('n');
  await expect.poll(async () => (await moment(page)).step).toBeGreaterThan(before);
  await page.keyboard.press('Space');
  await expect(button(page, 'Pause')).toBeVisible();
  await page.keyboard.press('Space');
  await expect(button(page, 'Play')).toBeVisible();

  const pod = pods(page, /^web-/).first();
  await pod.focus();
  await page.keyboard.press('Enter');
  await expect(region(page, 'Inspector').getByRole('heading', { name: /^web-/ })).toBeVisible();
  await slider(page).focus();
  const at = Number(await slider(page).inputValue());
  await page.keyboard.press('Home');
  await expect(slider(page)).toHaveAttribute('aria-valuetext', /^0\.000 s/);
  await page.keyboard.press('End');
  await expect.poll(async () => Number(await slider(page).inputValue())).toBeGreaterThan(at);

  await pod.click();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Space');
  await expect(button(page, 'Pause')).toBeVisible();
  await slider(page).focus();
  await page.keyboard.press('Space');
  await expect(button(page, 'Play')).toBeVisible();
  await expect(slider(page)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(region(page, 'Inspector').getByRole('heading', { name: 'Steps' })).toBeVisible();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  // Wherever the focus has gone, what is under a dialogue does nothing.
  const under = await moment(page);
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press('Home');
  await expect.poll(() => moment(page)).toEqual(under);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  const line = region(page, 'Terminal').getByRole('textbox');
  await line.focus();
  await page.keyboard.type('get pods n');
  await expect(line).toHaveValue('get pods n');
});

test('what is simulated, simplified and absent is listed, with the version that is followed', async ({ page }) => {
  await openPaused(page);
  await button(page, 'What is simulated').click();
  const dialog = page.getByRole('dialog', { name: 'What is simulated' });
  await expect(dialog).toContainText('Kubernetes 1.36');
  for (const word of [
    'Deployment',
    'ReplicaSet',
    'PodDisruptionBudget',
    'EndpointSlice',
    'simulated',
    'simplified',
    'absent',
  ])
    await expect(dialog).toContainText(word);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
});

/** Buttons that show text or an icon and lie over one another, where both can be seen. */
async function overlaps(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    /** What of it is not scrolled out of sight in a box of its own. */
    const shown = (each: HTMLElement): DOMRect => {
      const { left, top, right, bottom } = each.getBoundingClientRect();
      const box = { left, top, right, bottom };
      for (let around = each.parentElement; around; around = around.parentElement) {
        if (getComputedStyle(around).overflow === 'visible') continue;
        const frame = around.getBoundingClientRect();
        box.left = Math.max(box.left, frame.left);
        box.top = Math.max(box.top, frame.top);
        box.right = Math.min(box.right, frame.right);
        box.bottom = Math.min(box.bottom, frame.bottom);
      }
      return new DOMRect(box.left, box.top, Math.max(0, box.right - box.left), Math.max(0, box.bottom - box.top));
    };
    const seen = [...document.querySelectorAll<HTMLElement>('button, input, select, [role="tab"]')]
      .filter((each) => each.checkVisibility() && !each.closest('.react-flow, .monaco-editor'))
      .map((each) => ({
        each,
        box: shown(each),
        name: each.getAttribute('aria-label') ?? each.innerText,
      }))
      .filter(({ each, box }) => {
        if (box.width === 0 || box.height === 0 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1)
          return false;
        const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
        return top !== null && (each.contains(top) || top.contains(each));
      });
    const found: string[] = [];
    seen.forEach((one, index) => {
      for (const other of seen.slice(index + 1)) {
        if (one.each.contains(other.each) || other.each.contains(one.each)) continue;
        const width = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const height = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
        if (width > 2 && height > 2) found.push(`${one.name} and ${other.name}`);
      }
    });
    return found;
  });
}

/** Buttons that reach out of the window or are too small for a finger; lanes scroll in a box of their own. */
async function misplaced(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('header button, .phone-tabs button, .timeline button, .timeline input')]
      .filter((each) => each.checkVisibility() && !each.matches('.branches *, .tracks *, .react-flow *, .link-button'))
      .filter((each) => {
        const box = each.getBoundingClientRect();
        return box.left < 0 || box.right > innerWidth || box.bottom > innerHeight || box.height < 20;
      })
      .map((each) => each.getAttribute('aria-label') ?? each.innerText),
  );
}

async function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate(
    () => document.documentElement.scrollWidth > innerWidth || document.body.scrollWidth > innerWidth,
  );
}

test.describe('on a telephone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('the panels are tabs, the timeline stays, nothing overlaps and nothing scrolls sideways', async ({ page }) => {
    await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
    const tabs = page.getByRole('tablist', { name: 'Panels' });
    await expect(region(page, 'Cluster graph')).toBeVisible();
    await expect(region(page, 'YAML editor')).toBeHidden();
    await expect(pods(page, /^web-/, 'Ready (')).toHaveCount(3);
    for (const [tab, panel] of [
      ['Editor', 'YAML editor'],
      ['Inspector', 'Inspector'],
      ['Graph', 'Cluster graph'],
    ] as const) {
      await tabs.getByRole('tab', { name: tab }).click();
      await expect(region(page, panel)).toBeVisible();
      await expect(button(page, 'Play')).toBeInViewport({ ratio: 1 });
      await expect(slider(page)).toBeInViewport();
      await expect.poll(() => overlaps(page)).toEqual([]);
      await expect.poll(() => misplaced(page)).toEqual([]);
      await expect.poll(() => scrollsSideways(page)).toBe(false);
    }
    // A view is drawn where it stays: its cards stand in their column from the first picture on.
    const columns = await page.getByRole('tab', { name: 'Nodes' }).evaluate(async (tab: HTMLElement) => {
      const seen = new Set<number>();
      tab.click();
      for (let pictures = 0; pictures < 12; ) {
        await new Promise(requestAnimationFrame);
        const cards = [...document.querySelectorAll('.react-flow__node')];
        for (const card of cards) seen.add(Math.round(card.getBoundingClientRect().left));
        if (cards.length > 0) pictures += 1;
      }
      return [...seen];
    });
    expect(columns).toHaveLength(1);
    await page.getByRole('tab', { name: 'Workloads' }).click();
    await inspect(page, pods(page, /^web-/).first());
    await expect(tabs.getByRole('tab', { name: 'Inspector' })).toHaveAttribute('aria-selected', 'true');
    await expect(region(page, 'Inspector').getByRole('heading', { name: 'Why it exists' })).toBeVisible();
    await expect.poll(() => overlaps(page)).toEqual([]);
    await expect.poll(() => scrollsSideways(page)).toBe(false);
    await seekTo(page, 40_000);
    await expect(messages(page)).toHaveCount(0);
    await tabs.getByRole('tab', { name: 'Graph' }).click();
    await kubectl(page, 'scale deployment web --replicas=2');
    await button(page, 'Compare branches').click();
    await expect(page.getByRole('region', { name: 'Compare', exact: true })).toContainText('Lowest available');
    await button(page, 'Compare branches').click();
    await button(page, 'More').click();
    await button(page, 'Dark colours').click();
    await expect(button(page, 'Dark colours')).toBeHidden();
    await expect.poll(() => misplaced(page)).toEqual([]);
  });
});

test('on a desk nothing overlaps and nothing scrolls sideways', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  await inspect(page, pods(page, /^web-/).first());
  await expect(region(page, 'Inspector').getByRole('heading', { name: 'Why it exists' })).toBeVisible();
  await expect.poll(() => overlaps(page)).toEqual([]);
  await expect.poll(() => misplaced(page)).toEqual([]);
  await expect.poll(() => scrollsSideways(page)).toBe(false);
});
