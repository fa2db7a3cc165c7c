/** Small windows: an embedded page, a telephone on its side, twice the size of everything, a small desk. All there is can be read, hit and come to. */
import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page } from '@playwright/test';
import { test } from './browser';
import { button, inspect, kubectl, object, openAt, pods, region, violationsIn, zoomOf } from './kubestep';
import { QUIET } from './scenarios';

const gallery = (name: string): string =>
  readFileSync(new URL(`../src/scenario/gallery/${name}.yaml`, import.meta.url), 'utf8');

/** Fifty Deployments: tiles, seen from afar. */
const VILLAGE = Array.from(
  { length: 50 },
  (_, index) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: app-${index}, labels: {app.kubernetes.io/part-of: team-${index % 7}}}
spec:
  replicas: ${1 + (index % 3)}
  selector: {matchLabels: {app: app-${index}}}
  template:
    metadata: {labels: {app: app-${index}}}
    spec: {containers: [{name: app, image: nginx}]}
`,
).join('---\n');

/** A card of each kind, none of them large. */
const MIXED = `apiVersion: apps/v1
kind: Deployment
metadata: {name: api}
spec:
  replicas: 2
  selector: {matchLabels: {app: api}}
  template:
    metadata: {labels: {app: api}}
    spec: {containers: [{name: c, image: 'nginx:1.27'}, {name: side, image: 'busybox:1.36', command: [sleep, '600']}]}
---
apiVersion: v1
kind: Service
metadata: {name: api}
spec: {selector: {app: api}, ports: [{port: 80}]}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: api}
spec: {minAvailable: 2, selector: {matchLabels: {app: api}}}
---
apiVersion: v1
kind: Pod
metadata: {name: greedy}
spec: {containers: [{name: c, image: 'nginx:1.27', resources: {requests: {cpu: '90'}}}]}
---
apiVersion: v1
kind: PersistentVolume
metadata: {name: small}
spec: {capacity: {storage: 10Gi}, accessModes: [ReadWriteOnce], storageClassName: none, hostPath: {path: /small}}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {storageClassName: none, accessModes: [ReadWriteOnce], resources: {requests: {storage: 30Gi}}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: cfg}
data: {a: b}
---
apiVersion: v1
kind: Secret
metadata: {name: creds}
stringData: {password: p}
`;

const LOW = [
  [844, 390],
  [720, 450],
  [640, 400],
] as const;

const boxOf = async (target: Locator) => {
  const box = await target.boundingBox();
  if (!box) throw new Error('it is not there');
  return { ...box, right: box.x + box.width, bottom: box.y + box.height };
};

const drawing = (page: Page): Locator => region(page, 'Cluster graph').locator('.graph-body');

/** Presses "More below" until the lowest card is in sight. */
async function leadToBottom(page: Page): Promise<void> {
  const more = button(page, 'More below');
  await expect(more).toBeVisible();
  const place = () =>
    drawing(page)
      .locator('.react-flow__viewport')
      .evaluate((viewport) => new DOMMatrix(getComputedStyle(viewport).transform).f);
  const { bottom } = await boxOf(drawing(page));
  while ((await boxOf(drawing(page).locator('.group-card').last())).bottom > bottom) {
    const from = await place();
    await more.click();
    await expect.poll(place).toBeLessThan(from);
  }
  await expect(more).toBeHidden();
}

const isCut = (element: Element): boolean => element.scrollWidth > element.clientWidth;

interface Opened {
  readonly what: string;
  readonly text: string;
  readonly view: 'workloads' | 'nodes' | 'storage';
  readonly sizes: readonly string[];
  readonly timeMs?: number;
}

for (const { what, text, view, sizes, timeMs = 22_000 } of [
  {
    what: 'claims',
    text: gallery('waiting-claims'),
    view: 'storage',
    sizes: ['1024x768', '720x450', '390x844', '640x400'],
  },
  { what: 'a card of each kind', text: MIXED, view: 'workloads', sizes: ['1440x900', '1024x768', '720x450'] },
  { what: 'a rollout', text: gallery('first-light'), view: 'workloads', sizes: ['844x390', '720x450', '640x400'] },
  {
    what: 'fifty Deployments',
    text: VILLAGE,
    view: 'workloads',
    sizes: ['1440x900', '844x390', '720x450', '390x844'],
  },
  {
    what: 'a node that failed',
    text: gallery('node-failure'),
    view: 'nodes',
    sizes: ['844x390', '640x400'],
    timeMs: 75_000,
  },
] satisfies readonly Opened[]) {
  test(`as it opens no target of ${what} is too small`, async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    for (const size of sizes) {
      const [width = 0, height = 0] = size.split('x').map(Number);
      await page.setViewportSize({ width, height });
      await page.goto('about:blank');
      await openAt(page, text, { cursor: { timeMs }, view });
      await expect(drawing(page).locator('.card').first()).toBeVisible();
      await expect.poll(() => violationsIn(page), { message: size }).toEqual([]);
    }
  });
}

for (const [width, height] of LOW) {
  test(`at ${width} × ${height} the drawing can be read, says that there is more, and keeps its room beside commands`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await openAt(page, gallery('first-light'), { cursor: { timeMs: 22_000 } });
    await expect(object(page, 'Deployment', 'web')).toBeVisible();
    expect(await zoomOf(page)).toBeGreaterThanOrEqual(0.74);
    const before = await boxOf(drawing(page));
    expect(before.height).toBeGreaterThan(150);
    await leadToBottom(page);

    await kubectl(page, 'scale deployment web --replicas=5');
    expect((await boxOf(drawing(page))).height).toBe(before.height);
    const output = await boxOf(region(page, 'Terminal').getByRole('log'));
    expect(output.height).toBeLessThan(before.height * 0.75);
    expect(output.bottom).toBeLessThanOrEqual(before.bottom + 2);
    // Who did it, in which branch, and the buttons beside it.
    const actor = region(page, 'Timeline').locator('.step-actor');
    expect(await actor.evaluate(isCut)).toBe(false);
    const branch = region(page, 'Timeline').getByRole('combobox', { name: 'Branches of time' });
    expect((await boxOf(branch)).width).toBeGreaterThan(100);
    const words = await boxOf(region(page, 'Timeline').locator('.step-object'));
    expect(words.right).toBeLessThanOrEqual((await boxOf(button(page, 'Compare branches'))).x);
  });

  test(`at ${width} × ${height} the lanes are there when they are asked for, and then the drawing again`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
    const lane = region(page, 'Timeline').getByRole('button', { name: 'Lane Deployment web' });
    await expect(lane).toBeHidden();
    await button(page, 'More room for lanes').click();
    await expect(lane).toBeInViewport();
    await expect(button(page, 'Zoom timeline in')).toBeInViewport();
    await button(page, 'More room for lanes').click();
    await expect(object(page, 'Deployment', 'web')).toBeVisible();
    await button(page, 'More room for lanes').click();
    // Whoever comes back begins with the drawing.
    await page.reload();
    await expect(object(page, 'Deployment', 'web')).toBeVisible();
  });
}

for (const [width, height] of [
  [1024, 768],
  [844, 390],
] as const) {
  test(`at ${width} × ${height} the inspector's tabs stay in sight with room below them, and a shell's line too`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
    await inspect(page, pods(page, /^web-/).first());
    const inspector = region(page, 'Inspector');
    await inspector.getByRole('tab', { name: 'Shell' }).click();
    const line = inspector.getByRole('textbox', { name: 'Line to run in the container' });
    await expect(line).toBeInViewport({ ratio: 1 });
    await line.fill('ls');
    await line.press('Enter');
    await expect(inspector.getByRole('log')).toContainText('usr');
    await expect(line).toBeInViewport({ ratio: 1 });
    await expect(inspector.getByRole('tab', { name: 'Shell' })).toBeInViewport({ ratio: 1 });
    await inspector.getByRole('tab', { name: 'Events' }).click();
    const tabs = await boxOf(inspector.getByRole('tablist'));
    expect((await boxOf(inspector)).bottom - tabs.bottom).toBeGreaterThan(height > 500 ? 150 : 100);
    await inspector.getByRole('tabpanel').evaluate((panel) => panel.scrollTo(0, 1e6));
    await expect(inspector.getByRole('tab', { name: 'Events' })).toBeInViewport({ ratio: 1 });
  });
}

test('on a telephone lanes that have more room leave some to the drawing', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openAt(page, gallery('first-light'), { cursor: { timeMs: 22_000 } });
  const lanes = region(page, 'Timeline').locator('.tracks:has(.tracks-width)');
  const before = await boxOf(lanes);
  await button(page, 'More room for lanes').click();
  await expect.poll(async () => (await boxOf(lanes)).height).toBeGreaterThan(before.height + 40);
  expect((await boxOf(drawing(page))).height).toBeGreaterThan(150);
  await expect(object(page, 'Deployment', 'web')).toBeInViewport({ ratio: 1 });
});

test('what is focused below the edge of the drawing comes in sight', async ({ page }) => {
  await page.setViewportSize({ width: 844, height: 390 });
  await openAt(page, gallery('first-light'), { cursor: { timeMs: 22_000 } });
  await expect(button(page, 'More below')).toBeVisible();
  const lowest = drawing(page).locator('.group-card').last().getByRole('button').last();
  await expect(lowest).not.toBeInViewport();
  await lowest.focus();
  await expect(lowest).toBeInViewport({ ratio: 1 });
  // It is the drawing that has moved, not what holds it.
  expect(
    await drawing(page)
      .locator('.react-flow')
      .evaluate((box) => box.scrollTop),
  ).toBe(0);
});

test('the mark of a taint that is new says it whole', async ({ page }) => {
  await page.setViewportSize({ width: 844, height: 390 });
  await openAt(page, gallery('node-failure'), { cursor: { timeMs: 75_000 }, view: 'nodes' });
  const mark = drawing(page).getByText('TAINTS +unreachable:NoExecute', { exact: true });
  await expect(mark).toBeInViewport({ ratio: 1 });
  expect((await boxOf(mark)).y).toBeGreaterThanOrEqual((await boxOf(drawing(page))).y);
});

test('taints stand in a line each, with their effects, and in full where they are pointed at', async ({ page }) => {
  await openAt(page, gallery('node-failure'), { cursor: { timeMs: 75_000 }, view: 'nodes' });
  const taints = drawing(page).locator('.node-notes.mono');
  await expect(taints).toHaveText(['unreachable:NoSchedule', 'unreachable:NoExecute']);
  await expect(taints.last()).toHaveAttribute('title', 'node.kubernetes.io/unreachable:NoExecute');
  expect(await taints.evaluateAll((all) => all.filter((each) => each.scrollWidth > each.clientWidth).length)).toBe(0);
});

test('at 1024 × 768 the step is told in whole words, and so are the states of Pods', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await openAt(page, gallery('where-pods-go'), { cursor: { timeMs: 10_000 }, view: 'nodes' });
  const where = region(page, 'Timeline').locator('.step-where');
  await expect(where).toContainText('node-lifecycle-controller');
  expect(
    await where
      .locator('> *')
      .evaluateAll((all) => all.filter((each) => each.scrollWidth > each.clientWidth + 1).length),
  ).toBe(0);
  const legend = page.getByRole('list', { name: 'Pods by state' });
  expect((await boxOf(legend.locator('.legend-name').last())).width).toBeGreaterThan(20);
});

for (const [width, height, what, lowest] of [
  [1024, 768, 'Pod', 'Delete Pod'],
  [390, 844, 'Deployment', 'Undo rollout'],
] as const) {
  test(`at ${width} × ${height} the facts of a ${what} that go on say so, and lead to what can be done`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await openAt(page, gallery('first-light'), { cursor: { timeMs: 22_000 } });
    await inspect(page, object(page, what, /^web/).first());
    const inspector = region(page, 'Inspector');
    const more = inspector.getByRole('button', { name: 'More below' });
    await expect(more).toBeVisible();
    await expect(async () => {
      if (await more.isVisible()) await more.click({ timeout: 500 });
      await expect(more).toBeHidden({ timeout: 500 });
    }).toPass();
    await expect(inspector.getByRole('button', { name: lowest })).toBeInViewport({ ratio: 1 });
    await expect.poll(() => violationsIn(page)).toEqual([]);
  });
}

test('at 1440 × 900 all facts of a Pod are in sight', async ({ page }) => {
  await openAt(page, gallery('first-light'), { cursor: { timeMs: 22_000 } });
  await inspect(page, pods(page, /^web-/).first());
  const inspector = region(page, 'Inspector');
  const facts = inspector.locator('.inspector-facts');
  await expect(inspector.getByRole('button', { name: 'Delete Pod' })).toBeInViewport({ ratio: 1 });
  expect(await facts.evaluate((box) => box.scrollHeight - box.clientHeight)).toBe(0);
});

for (const height of [900, 768, 560])
  test(`in a window ${height} high no line stands in half at the end of what is told of a Pod`, async ({ page }) => {
    await page.setViewportSize({ width: 1440, height });
    await openAt(page, gallery('first-light'), { cursor: { timeMs: 22_000 } });
    await inspect(page, pods(page, /^web-/).first());
    await region(page, 'Inspector').getByRole('tab', { name: 'Why' }).click();
    const scrolled = page.locator(height > 620 ? '.inspector-tab' : '.inspector-body');
    const { x, bottom } = await boxOf(scrolled);
    for (const top of [40, 46, 52, 58]) {
      await scrolled.evaluate((box, to) => {
        box.scrollTop = to;
      }, top);
      const clip = { x: x + 20, y: Math.floor(bottom) - 4, width: 260, height: 2 };
      const picture = (await page.screenshot({ clip })).toString('base64');
      const contrast = await page.evaluate(async (source) => {
        const image = new Image();
        image.src = `data:image/png;base64,${source}`;
        await image.decode();
        const pen = new OffscreenCanvas(image.width, image.height).getContext('2d')!;
        pen.drawImage(image, 0, 0);
        const red = pen.getImageData(0, 0, image.width, image.height).data.filter((_, at) => at % 4 === 0);
        return Math.max(...red) - Math.min(...red);
      }, picture);
      expect(contrast).toBeLessThan(12);
    }
  });

test('at 1024 × 768 the table of requests says that there is a drawing below, and leads there', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await openAt(page, gallery('what-an-ingress-answers'), { cursor: { timeMs: 24_000 }, view: 'traffic' });
  const more = button(page, 'More below');
  await expect(more).toBeVisible();
  // Each press leads on by four fifths of what is in sight; less than 20 px out of sight is not told of.
  const presses = await page
    .locator('section.traffic')
    .evaluate((box) => Math.ceil((box.scrollHeight - box.clientHeight - 20) / (0.8 * box.clientHeight)));
  for (let press = 0; press < presses; press += 1) await more.click();
  await expect(more).toBeHidden();
  await expect(drawing(page).locator('.traffic-ways')).toBeInViewport();
});

for (const [locale, name] of [
  ['en-US', 'More below'],
  ['zh-CN', '下面还有'],
] as const) {
  test(`what says that a drawing goes on says it whole or by its arrow alone, in ${locale}`, async ({ browser }) => {
    const page = await browser.newPage({ locale, viewport: { width: 844, height: 390 } });
    await page.goto('/#view=workloads');
    const more = button(page, name);
    await expect(more).toBeVisible();
    const [whole, words, arrow] = [await boxOf(more), more.getByText(name), more.getByText('↓')];
    expect((await boxOf(words)).y).toBeGreaterThanOrEqual(whole.y);
    expect((await boxOf(words)).x).toBeGreaterThanOrEqual(whole.x);
    expect((await boxOf(arrow)).y).toBeGreaterThan((await boxOf(words)).y);
    await more.evaluate((element) => element.style.setProperty('max-height', '56px'));
    const small = await boxOf(more);
    expect((await boxOf(arrow)).bottom).toBeLessThanOrEqual(small.bottom);
    expect((await boxOf(words)).right).toBeLessThanOrEqual(small.x + 1);
    await page.close();
  });
}
