/** The timeline as lanes: what they show, going along them, zooming, ranges, going back. */
import { expect, type Locator, type Page } from '@playwright/test';
import { test } from './browser';
import {
  button,
  inspect,
  messages,
  moment,
  object,
  openAt,
  openPaused,
  pods,
  region,
  seekTo,
  sentence,
  slider,
} from './kubestep';
import { many, QUIET } from './scenarios';

const timeline = (page: Page): Locator => region(page, 'Timeline');
const lanes = (page: Page): Locator => timeline(page).getByRole('group', { name: 'Lanes' });
const lane = (page: Page, name: string): Locator =>
  lanes(page).getByRole('button', { name: `Lane ${name}`, exact: true });
/** The part of a lane that is drawn. */
const body = (page: Page, id: string): Locator => lanes(page).locator(`[data-lane="${id}"] .lane-body`);

test('there is a lane for each workload, Pod, node and controller; groups fold, names are found, pins stay', async ({
  page,
}) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  await button(page, 'More room for lanes').click();
  await expect(lane(page, 'Deployment web')).toBeVisible();
  await expect(lane(page, 'Node node-1')).toBeVisible();
  await expect(lanes(page).getByRole('button', { name: /^Lane Pod web-/ })).toHaveCount(3);
  const pods = lanes(page).getByRole('button', { name: /^Pods/ });
  await pods.click();
  await expect(pods).toHaveAttribute('aria-expanded', 'false');
  await expect(lanes(page).getByRole('button', { name: /^Lane Pod web-/ })).toHaveCount(0);
  await pods.click();
  await timeline(page).getByRole('searchbox', { name: 'Find a lane' }).fill('scheduler');
  await expect(lane(page, 'scheduler')).toBeVisible();
  await expect(lane(page, 'Deployment web')).toHaveCount(0);
  await lane(page, 'scheduler').press('p');
  await timeline(page).getByRole('searchbox', { name: 'Find a lane' }).fill('nothing like it');
  await expect(lanes(page)).toContainText('No lane has “nothing like it” in its name.');
  await expect(lane(page, 'scheduler')).toBeVisible();
  await timeline(page).getByRole('searchbox', { name: 'Find a lane' }).fill('');
  await inspect(page, object(page, 'Deployment', 'web'));
  await expect(lanes(page).getByRole('button', { name: 'Pods of web' })).toBeVisible();
});

test('keys go along the steps of a lane, and to other lanes', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  const web = lane(page, 'Deployment web');
  await web.focus();
  await page.keyboard.press('Home');
  await expect(sentence(page)).toContainText(/Deployment|apply/i);
  const first = (await moment(page)).step;
  await page.keyboard.press('ArrowRight');
  await expect.poll(async () => (await moment(page)).step).toBeGreaterThan(first);
  await page.keyboard.press('ArrowLeft');
  await expect.poll(async () => (await moment(page)).step).toBe(first);
  await page.keyboard.press('ArrowUp');
  await expect(web).not.toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(web).toBeFocused();
});

test('a click on an act goes to its very step, and back leads to where one was', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 30_000 } });
  const before = await moment(page);
  const acts = body(page, 'acts');
  const pin = acts.locator('.pin').first();
  await expect(pin).toBeVisible();
  await acts.click({ position: { x: 2, y: 10 } });
  await expect(slider(page)).toHaveAttribute('aria-valuetext', /step [1-9]\d*$/);
  await expect.poll(async () => (await moment(page)).text).not.toBe(before.text);
  await expect(timeline(page).locator('.step-actor')).toHaveText('user');
  const { text: onPin } = await moment(page);
  await button(page, 'Back to where I was').click();
  await expect(slider(page)).toHaveAttribute('aria-valuetext', before.text);
  // What is written beside it is part of it.
  await pin.locator('b').click({ position: { x: 40, y: 8 } });
  await expect(slider(page)).toHaveAttribute('aria-valuetext', onPin);
});

test('zooming by wheel, keys and buttons keeps the place; the slider goes over all of time', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 10_000 } });
  const said = timeline(page).getByRole('status').filter({ hasText: 'Showing' });
  await button(page, 'Zoom timeline in').click();
  await expect(said).toContainText(/Showing .* to /);
  await expect(button(page, 'Fit all of time')).toBeEnabled();
  await page.keyboard.press('0');
  await expect(said).toContainText('Showing all of time');
  await expect(button(page, 'Zoom timeline out')).toBeDisabled();
  await expect(body(page, 'Deployment/default/web')).toBeVisible();
  await body(page, 'Deployment/default/web').hover();
  const shown = () =>
    page
      .locator('.minimap-window')
      .evaluate((window) => window.clientWidth / (window.parentElement as Element).clientWidth);
  await page.keyboard.down('Control');
  // One notch of a mouse, which comes as a hundred pixels or more: most of what was in sight still is.
  await page.mouse.wheel(0, -300);
  await page.keyboard.up('Control');
  await expect(button(page, 'Fit all of time')).toBeEnabled();
  expect(await shown()).toBeGreaterThan(0.6);
  await slider(page).fill('55000');
  await expect(slider(page)).toHaveAttribute('data-shown-ms', '55000');
  await expect(timeline(page).locator('.ruler-hand')).toBeVisible();
});

test('over an act, its edge and its words, hover and click name the same step, also where two are close', async ({
  page,
}) => {
  const acts = `  duration: 2m
  actions:
  - {at: 20s, kubectl: scale deployment web --replicas=5}
  - {at: 40s, kubectl: scale deployment web --replicas=2}
  - {at: 40600ms, kubectl: scale deployment web --replicas=4}
`;
  await openAt(page, QUIET.replace('  duration: 2m\n', acts), { cursor: { timeMs: 5_000 } });
  const tip = timeline(page).locator('.lane-tip .tip-step');
  const pins = body(page, 'acts').locator('.pin');
  await expect(pins).toHaveCount(4);
  const boxes = await pins.evaluateAll((all) => all.map((pin) => pin.getBoundingClientRect().toJSON()));
  const places = [
    { pin: 1, dx: 1, replicas: 5 },
    { pin: 1, dx: 60, replicas: 5 },
    { pin: 2, dx: 1, replicas: 2 },
    { pin: 3, dx: 1, replicas: 4 },
    { pin: 3, dx: 90, replicas: 4 },
  ];
  for (const { pin, dx, replicas } of places) {
    const { x, y } = boxes[pin] as DOMRect;
    await page.mouse.move(x + dx, y + 7);
    await expect(tip).toHaveText(new RegExp(`^step \\d+ .*scale deployment web --replicas=${replicas}`));
    const step = /step (\d+)/.exec(await tip.innerText())?.[1];
    await page.mouse.down();
    await page.mouse.up();
    await expect.poll(async () => (await moment(page)).text).toMatch(new RegExp(`step ${step}\\b`));
  }
});

test('hovering says the sentence of the step that is meant', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  const drawn = body(page, 'Deployment/default/web');
  await expect(drawn.locator('.lane-newest')).toBeAttached();
  await drawn.hover();
  const tip = timeline(page).locator('.lane-tip');
  await expect(tip).toContainText('3 available, 3 wanted');
  await expect(tip).toContainText(/since step \d+/);
  // What is written beside a pin is part of it here, too.
  await body(page, 'acts')
    .locator('.pin b')
    .first()
    .hover({ position: { x: 40, y: 8 } });
  await expect(tip).toContainText('acts and faults 0.0');
  await expect(tip.locator('.tip-step')).toHaveText(/^step \d+ .*apply/);
  await drawn.hover();
  // It is of what is under the pointer, whatever moves there.
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -300);
  await page.keyboard.up('Control');
  const time = () => tip.innerText().then((text) => /[\d:]+\.\d{3}/.exec(text)?.[0]);
  const before = await time();
  await page.mouse.wheel(300, 0);
  await expect.poll(time).not.toBe(before);
});

test('playing stops at breakpoints, which are listed, switched off, removed and kept', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 0 } });
  await button(page, 'Run until').click();
  await page.getByRole('textbox', { name: 'Condition' }).fill("get('Deployment', 'web').status.availableReplicas >= 1");
  await button(page, 'Keep as breakpoint').click();
  await button(page, 'Stop at: the next Warning').click();
  const list = page.getByRole('list', { name: 'Breakpoints' });
  await expect(list.getByRole('checkbox')).toHaveCount(2);
  await button(page, 'Remove the breakpoint: the next Warning').click();
  await expect(list.getByRole('checkbox')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await button(page, 'Play').click();
  await expect(timeline(page).locator('.step-stopped')).toContainText('stopped: get(');
  await expect(button(page, 'Play')).toBeVisible();
  await expect(object(page, 'Deployment', 'web')).toHaveAttribute('aria-description', /[1-3] of 3 ready/);
  const stopped = await moment(page);
  await button(page, 'Step back').click();
  await expect.poll(async () => (await moment(page)).step).toBeLessThan(stopped.step);
  await page.reload();
  await button(page, 'Run until').click();
  await expect(list.getByRole('checkbox')).toBeChecked();
});

test("the scenario's commands are in the terminal once they have been given", async ({ page }) => {
  await openPaused(page);
  await button(page, 'Show output').click();
  const output = page.getByRole('log', { name: 'Command output' });
  await seekTo(page, 19_000);
  await expect(output).not.toContainText('set image');
  await seekTo(page, 30_000);
  await expect(output).toContainText('20.000 s $ kubectl set image deployment/web');
  await expect(output).toContainText('deployment.apps/web image updated');
});

test('a hand that moves over time is shown a picture of many Pods, and each of them again when it rests', async ({
  page,
}) => {
  await openAt(page, many(90, 2), { cursor: { timeMs: 20_000 } });
  await expect(pods(page, /^web-/)).toHaveCount(90);
  const sawPicture = region(page, 'Cluster graph').evaluate(
    (drawing) =>
      new Promise((resolve) => {
        const look = () => drawing.querySelector('canvas') && resolve(true);
        new MutationObserver(look).observe(drawing, { childList: true, subtree: true });
      }),
  );
  const from = await slider(page).inputValue();
  await slider(page).evaluate((input: HTMLInputElement) => {
    const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
    for (const ms of ['20100', '20200', '20300']) {
      setValue?.call(input, ms);
      input.dispatchEvent(new Event('input', { bubbles: true }));
    }
  });
  expect(await sawPicture).toBe(true);
  await expect.poll(() => slider(page).inputValue()).not.toBe(from);
  await expect(pods(page, /^web-/)).toHaveCount(90);
});

test('keys and buttons lead to the end of the timeline where nothing more counts, and there they say so', async ({
  page,
}) => {
  await openAt(page, QUIET, { cursor: { timeMs: 50_000 } });
  const place = () => slider(page).getAttribute('aria-valuetext');
  await page.keyboard.press(']');
  await expect.poll(place).not.toMatch(/^50\.000 s/);
  await expect(messages(page)).toHaveCount(0);
  const end = await place();
  await page.keyboard.press(']');
  await expect(messages(page)).toContainText('Nothing of that kind in the two minutes after this.');
  await button(page, 'Step forward').click();
  expect(await place()).toBe(end);
});

test('where no reconcile comes any more, it is said, and one stays where one was', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 50_000 } });
  const place = () => slider(page).getAttribute('aria-valuetext');
  const before = await place();
  await button(page, 'Next reconcile').click();
  await expect(messages(page)).toContainText('No reconcile found after this, up to an hour ahead.');
  expect(await place()).toBe(before);
});

test('a condition that is none is no breakpoint, and it is said why', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  await button(page, 'Run until').click();
  await page.getByRole('textbox', { name: 'Condition' }).fill("list('Pod'");
  await button(page, 'Keep as breakpoint').click();
  await expect(page.getByRole('status').filter({ hasText: 'ends too early' })).toBeVisible();
  await expect(page.getByRole('list', { name: 'Breakpoints' })).toHaveCount(0);
  await expect(page.getByRole('textbox', { name: 'Condition' })).toHaveValue("list('Pod'");
  await page.getByRole('textbox', { name: 'Condition' }).fill("list('Pod').size() > 3");
  await button(page, 'Keep as breakpoint').click();
  await expect(page.getByRole('list', { name: 'Breakpoints' })).toContainText("list('Pod').size() > 3");
  await expect(page.getByRole('status').filter({ hasText: 'ends too early' })).toHaveCount(0);
});
