/** Requests: where they go, how many fail and why, and their lane in the timeline. */
import { expect } from '@playwright/test';
import { test } from './browser';
import { moment, openAt, openPaused, region, sentence } from './kubestep';

const TEXT = `apiVersion: kubestep.dev/v1alpha1
kind: Scenario
metadata: {name: requests}
spec:
  duration: 40s
  traffic:
  - {name: users, target: "http://web.default:80/", rps: 20, from: 5s}
  actions: [{at: 20s, kubectl: scale deployment web --replicas=0}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: nginx}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
`;

test('requests are drawn from source to Pod; those that fail say why and since which step', async ({ page }) => {
  await openAt(page, TEXT, { cursor: { timeMs: 12_000 }, view: 'traffic' });
  const traffic = page.getByRole('region', { name: 'Requests' });
  await expect(page.getByRole('tab', { name: 'Traffic' })).toHaveAttribute('aria-selected', 'true');
  await expect(traffic.getByRole('row', { name: /^users / })).toContainText('20');
  await expect(traffic.getByRole('columnheader', { name: 'Under way' })).toBeInViewport({ ratio: 1 });
  await expect(traffic.getByRole('button', { name: /^Pod web-/ })).toHaveCount(2);
  const service = traffic.getByRole('button', { name: 'Service web' });
  await expect(service).toHaveAttribute('aria-description', '20/s');
  await service.click();
  await expect(region(page, 'Inspector').getByRole('heading', { level: 2, name: 'web' })).toBeVisible();
  await page.keyboard.press('Escape');

  const time = region(page, 'Timeline').getByRole('slider', { name: 'Time' });
  await time.fill('25000');
  const why = traffic.getByRole('list', { name: 'Why requests failed' });
  await expect(why).toContainText('no-endpoints');
  await expect(
    region(page, 'Timeline').getByRole('img', {
      name: /^Requests of users in the whole run: \d+ answered, \d+ failed/,
    }),
  ).toBeVisible();
  const cause = why.getByRole('button', { name: /^step \d+$/ }).first();
  const step = Number(/\d+/.exec(await cause.innerText())?.[0]);
  await cause.click();
  await expect.poll(async () => (await moment(page)).step).toBe(step);
});

test('a source inside the cluster is drawn with the Pod that sends, its rate on each line, and what got nowhere is counted', async ({
  page,
}) => {
  const client =
    '{name: client, labels: {app: client}}, spec: {containers: [{name: c, image: busybox, command: [sleep, "999"]}]}';
  const text = `${TEXT.replace(
    'from: 5s}\n',
    `from: 5s}
  - {name: inside, source: {pods: app=client}, target: "http://web/", rps: 7, from: 5s}
  - {name: lost, source: {pods: app=client}, target: "http://nosuch/", rps: 3, from: 5s}\n`,
  )}---\n{apiVersion: v1, kind: Pod, metadata: ${client}}\n`;
  await openAt(page, text, { cursor: { timeMs: 15_000 }, view: 'traffic' });
  const traffic = page.getByRole('region', { name: 'Requests' });
  await expect(traffic.locator('.traffic-station').filter({ hasText: /^Source/ })).toHaveText([
    'Sourceinside7/s',
    'Sourcelost3/s, 3 failed',
    'Sourceusers20/s',
  ]);
  await expect(traffic.getByRole('button', { name: 'Pod client' })).toHaveAttribute(
    'aria-description',
    '10/s, 3 failed',
  );
  await expect(traffic.locator('.traffic-number', { hasText: /^7$/ }).first()).toBeVisible();
});

test('a scenario about requests opens where they fail: in the Traffic view, at the second that it is about', async ({
  page,
}) => {
  await openPaused(page);
  await page.getByRole('button', { name: /^Scenarios: / }).click();
  await page.getByRole('button', { name: /^Open at .*: A rolling update without a readiness probe$/ }).click();
  await expect(page.getByRole('tab', { name: 'Traffic' })).toHaveAttribute('aria-selected', 'true');
  const traffic = page.getByRole('region', { name: 'Requests' });
  await expect(traffic.getByRole('row', { name: /^users / })).toContainText(/\d+ refused/);
  const why = traffic.getByRole('list', { name: 'Why requests failed' });
  const cause = why.getByRole('button', { name: /^step \d+$/ }).first();
  await expect(why).toContainText('does not listen on port 80 yet');
  await cause.click();
  await expect(sentence(page)).toContainText(/Container blog of Pod wordpress-\S+ runs/);
});

test('a scenario without requests says how to send some', async ({ page }) => {
  await openAt(page, TEXT.replace(/ {2}traffic:\n.*\n/, ''), { cursor: { timeMs: 5_000 }, view: 'traffic' });
  await expect(page.getByText('Sources are declared under spec.traffic')).toBeVisible();
});

test('of very many Pods the owner is drawn, and each of them for who wants that', async ({ page }) => {
  await openAt(page, TEXT.replace('replicas: 2', 'replicas: 20'), { cursor: { timeMs: 15_000 }, view: 'traffic' });
  const traffic = page.getByRole('region', { name: 'Requests' });
  const owner = traffic.getByRole('button', { name: /^ReplicaSet web-/ });
  await expect(owner).toHaveAttribute('aria-description', '20/s');
  await expect(owner).toBeInViewport();
  await expect(traffic.getByRole('button', { name: /^Pod web-/ })).toHaveCount(0);
  await traffic.getByRole('button', { name: 'Show each Pod' }).click();
  await expect(traffic.getByRole('button', { name: /^Pod web-/ }).nth(12)).toBeVisible();
  await expect(traffic.getByRole('button', { name: 'Service web' })).toBeInViewport();
  await traffic.getByRole('button', { name: 'Show Pods by owner' }).click();
  await owner.click();
  await expect(region(page, 'Inspector').getByRole('heading', { level: 2, name: /^web-/ })).toBeVisible();
});

for (const [width, height] of [
  [390, 844],
  [844, 390],
] as const) {
  test(`at ${width} × ${height} what failed is in sight, each cause in one line, and no station is cut`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await openPaused(page);
    await page.getByRole('button', { name: 'Skip', exact: true }).click();
    await page.getByRole('button', { name: /^Scenarios: / }).click();
    await page.getByRole('button', { name: /^Open at .*: A rolling update drops requests$/ }).click();
    const traffic = page.getByRole('region', { name: 'Requests' });
    const why = traffic.getByRole('list', { name: 'Why requests failed' });
    await expect(why.getByRole('listitem')).toHaveCount(1);
    await expect(why).toContainText(/^\d+ × refused users .* \d+–\d+ ms before/);
    await expect(why).toBeInViewport({ ratio: 1 });
    for (const station of await traffic.locator('.traffic-station').all()) {
      await station.scrollIntoViewIfNeeded();
      // But for a part of a pixel.
      await expect(station).toBeInViewport({ ratio: 0.95 });
    }
    await expect.poll(() => traffic.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
    await expect
      .poll(() => traffic.locator('.traffic-ways').evaluate((ways) => ways.scrollWidth - ways.clientWidth))
      .toBe(0);
  });
}
