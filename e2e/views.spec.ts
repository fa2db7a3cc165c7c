/** Views of one moment in real clusters: many workloads in frames, every kind as a table, states looked at alone, and what the inspector tells. */
import { expect, type Locator } from '@playwright/test';
import { test } from './browser';
import { button, inspect, object, openAt, pods, pressUntil, region, seekTo, zoomOf } from './kubestep';
import { deployment, many, QUIET } from './scenarios';

const FIFTY = `apiVersion: kubestep.dev/v1alpha1
kind: Scenario
metadata: {name: fifty}
spec: {duration: 1m, nodes: [{count: 6}]}
${Array.from({ length: 50 }, (_, index) =>
  deployment(`svc-${index}`, (index % 3) + 1).replace(
    `labels: {app: svc-${index}}`,
    `labels: {app: svc-${index}, app.kubernetes.io/part-of: app-${index % 4}}`,
  ),
).join('')}`;

const SECRET = `---
apiVersion: v1
kind: Secret
metadata: {name: key}
stringData: {password: swordfish}
`;

test('a few workloads are as large as they can be read, and go on below', async ({ page }) => {
  const few = ['web', 'api', 'cart', 'shop', 'mail', 'search'].map((name) => deployment(name, 3)).join('');
  await openAt(page, few.slice(4), { cursor: { timeMs: 20_000 } });
  await expect(object(page, 'Deployment', 'api')).toBeInViewport({ ratio: 0.99 });
  expect(await zoomOf(page)).toBeGreaterThan(0.8);
  await button(page, 'More below').click();
});

test('another scenario is in view, wherever one has looked in the one before', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  await region(page, 'Cluster graph').locator('.react-flow__pane').hover();
  await page.mouse.wheel(0, -600);
  await expect.poll(() => zoomOf(page)).toBeGreaterThan(1.9);
  await page.locator('.scenario-open').click();
  await page.getByText('First light: a rolling update').first().click();
  await expect(page.locator('.scenario-open')).toContainText('First light');
  await expect(object(page, 'Deployment', 'web')).toBeInViewport({ ratio: 0.99 });
  await expect.poll(() => zoomOf(page)).toBeLessThan(1.2);
});

test('fifty Deployments stand in frames, which open and close; what did not change does not move', async ({ page }) => {
  await openAt(page, FIFTY, { cursor: { timeMs: 20_000 } });
  const frame = page.getByRole('region', { name: 'Namespace default, application app-0' });
  await expect(frame).toContainText('13 workloads');
  const before = await object(page, 'Deployment', 'svc-0').boundingBox();
  await expect(object(page, 'ReplicaSet', /^svc-/)).toHaveCount(0);
  await frame.getByRole('button', { expanded: false }).click();
  // It comes into view as large as it can be read.
  const card = object(page, 'ReplicaSet', /^svc-0-/);
  await expect(card).toBeInViewport({ ratio: 0.98 });
  await expect.poll(async () => (await zoomOf(page)) > 0.7).toBe(true);
  await button(page, 'Show everything').click();
  await expect.poll(async () => (await zoomOf(page)) < 0.7).toBe(true);
  await frame.getByRole('button', { expanded: true }).click();
  await expect(object(page, 'ReplicaSet', /^svc-/)).toHaveCount(0);
  await seekTo(page, 50_000);
  // The drawing glides back to where it was.
  await expect.poll(() => object(page, 'Deployment', 'svc-0').boundingBox()).toEqual(before);
});

test('every kind and namespace as a table: sorted, filtered, and an object chosen in it', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  await button(page, 'Objects as a table').click();
  const table = page.getByRole('region', { name: 'Objects of a kind' });
  await expect(table.getByRole('status')).toHaveText('3 found');
  await table.getByRole('combobox', { name: 'Kind' }).selectOption('ConfigMap');
  await expect(table.getByRole('button', { name: 'ConfigMap kube-root-ca.crt' }).first()).toBeVisible();
  await table.getByRole('combobox', { name: 'Namespace' }).selectOption('kube-system');
  await expect(table.getByRole('status')).not.toHaveText('3 found');
  await table.getByRole('combobox', { name: 'Namespace' }).selectOption('');
  await table.getByRole('combobox', { name: 'Kind' }).selectOption('Node');
  await table.getByRole('button', { name: 'NAME', exact: true }).click();
  await expect(table.getByRole('columnheader', { name: 'NAME', exact: true })).toHaveAttribute(
    'aria-sort',
    'descending',
  );
  const names = await table.locator('.resource-name').allTextContents();
  expect(names).toEqual(['node-3', 'node-2', 'node-1']);
  await table.getByRole('searchbox', { name: 'Filter' }).fill('node-2');
  await table.getByRole('button', { name: 'Node node-2' }).click();
  await expect(region(page, 'Inspector').getByRole('heading', { level: 2, name: 'node-2' })).toBeVisible();
  const [asTable, asTree] = [button(page, 'Objects as a table'), button(page, 'Objects as a tree')];
  const look = (of: Locator) => of.evaluate((each) => getComputedStyle(each).backgroundColor);
  await expect(asTable).toHaveAttribute('aria-pressed', 'true');
  expect(await look(asTable)).not.toBe(await look(asTree));
  await asTable.click();
  await expect(table).toHaveCount(0);
});

test('no count of the legend is cut off, however many states there are and Pods in each', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 500 } });
  await seekTo(page, 20_000);
  const legend = page.getByRole('list', { name: 'Pods by state' });
  await legend.evaluate((list) => {
    const count = list.querySelector('button > span');
    if (count) count.textContent = '2308';
    for (let more = 0; more < 2; more += 1) list.append(list.children[0]?.cloneNode(true) ?? '');
  });
  const places = async () => {
    const rows = await legend
      .locator('li')
      .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().toJSON()));
    const { x = 0, width = 0 } = (await legend.boundingBox()) ?? {};
    return rows.map(({ top, right }) => ({ top, isCut: right > x + width }));
  };
  expect((await places()).map(({ isCut }) => isCut)).toEqual([false, false, false]);
  expect(new Set((await places()).map(({ top }) => top)).size).toBe(1);
  await legend.evaluate((list) => {
    for (let more = 0; more < 4; more += 1) list.append(list.children[0]?.cloneNode(true) ?? '');
  });
  expect((await places()).filter(({ isCut }) => isCut)).toEqual([]);
});

test('what is chosen in the palette is brought into sight', async ({ page }) => {
  const names = Array.from({ length: 12 }, (_, place) => `app-${place}`);
  await openAt(page, QUIET + names.map((name) => deployment(name, 2)).join(''), { cursor: { timeMs: 20_000 } });
  for (const name of ['web', 'app-11']) {
    for (let click = 0; click < 4; click += 1) await button(page, 'Zoom in').click();
    await page.keyboard.press('Control+k');
    await page.keyboard.type(`Deployment ${name}`);
    await page.keyboard.press('Enter');
    await expect(region(page, 'Inspector').getByRole('heading', { level: 2, name })).toBeVisible();
    await expect(object(page, 'Deployment', name)).toBeInViewport({ ratio: 0.98 });
  }
});

test('a chip of the legend looks at one state alone', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 500 } });
  await seekTo(page, 20_000);
  await page.getByRole('list', { name: 'Pods by state' }).getByRole('button').click();
  await expect(page.getByRole('list', { name: 'Pods by state' }).getByRole('button')).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  const container = pods(page, /^web-/).first().getByText('app', { exact: true });
  await expect(container).toBeHidden();
  await pressUntil(button(page, 'Zoom in'), () => container.isVisible(), 5);
});

test('the inspector: owners, containers, the template against the Pod, and Secrets without their values', async ({
  page,
}) => {
  await openAt(page, QUIET + SECRET, { cursor: { timeMs: 20_000 } });
  await inspect(page, pods(page, /^web-/).first());
  const inspector = region(page, 'Inspector');
  await expect(inspector.getByRole('list', { name: 'Containers' })).toContainText('app Running');
  await inspector.getByRole('tab', { name: 'Change' }).click();
  await inspector.getByRole('combobox', { name: 'From step' }).selectOption('template');
  await expect(inspector.locator('.change')).toContainText('nodeName');
  const crumbs = inspector.getByRole('navigation', { name: 'Where it belongs' });
  await crumbs.getByRole('button', { name: 'web', exact: true }).click();
  await expect(inspector.getByRole('heading', { level: 2, name: 'web' })).toBeVisible();
  await inspect(page, object(page, 'Secret', 'key'));
  await inspector.getByRole('tab', { name: 'YAML' }).click();
  await expect(inspector.locator('.yaml')).toContainText('(hidden, 9 bytes)');
  await expect(inspector).not.toContainText('c3dvcmRmaXNo');
});

test('scheduling at full width: every score as given, normalized and weighted, the tie, and what kept the others out', async ({
  page,
}) => {
  const text = QUIET.replace('spec:\n', 'spec:\n  nodes: [{count: 2}, {name: small, capacity: {cpu: 100m}}]\n').replace(
    'image: nginx:1.27',
    'image: nginx:1.27\n        resources: {requests: {cpu: 500m}}',
  );
  await openAt(page, text, { cursor: { timeMs: 20_000 } });
  await inspect(page, pods(page, /^web-/).first());
  await button(page, 'All nodes and plugins').click();
  const sheet = page.getByRole('dialog');
  await expect(sheet.getByRole('columnheader', { name: 'TaintToleration × 3' })).toBeVisible();
  await expect(sheet.getByRole('row', { name: /node-1/ })).toContainText('0 → 100 → 300');
  await expect(sheet.getByRole('row', { name: /small/ })).toContainText('cpu: 500m asked for, 100m of 100m left');
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
});

test('a step is said to those who do not see it', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  await page.keyboard.press('Home');
  await page.keyboard.press(']');
  await expect(page.locator('[data-announcer]')).not.toBeEmpty();
});

test('storage of 50 nodes, 100 claims and 41 workloads can be read, and each opens', async ({ page }) => {
  const claims = (name: string) => `---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: ${name}-data}
spec: {accessModes: [ReadWriteOnce], storageClassName: disks, resources: {requests: {storage: 1Gi}}}
${deployment(name, 1)}      volumes: [{name: data, persistentVolumeClaim: {claimName: ${name}-data}}]
`;
  const set = `---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  replicas: 60
  podManagementPolicy: Parallel
  serviceName: db
  selector: {matchLabels: {app: db}}
  template: {metadata: {labels: {app: db}}, spec: {containers: [{name: app, image: nginx}]}}
  volumeClaimTemplates:
  - {metadata: {name: data}, spec: {accessModes: [ReadWriteOnce], storageClassName: disks, resources: {requests: {storage: 1Gi}}}}
`;
  const text = `apiVersion: kubestep.dev/v1alpha1
kind: Scenario
metadata: {name: storage}
spec: {duration: 1m, nodes: [{count: 50}]}
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: disks}
provisioner: ebs.csi.aws.com
${Array.from({ length: 40 }, (_, at) => claims(`app-${at}`)).join('')}${set}`;
  await openAt(page, text, { cursor: { timeMs: 30_000 }, view: 'storage' });
  const graph = region(page, 'Cluster graph');
  await expect(graph.getByRole('region', { name: 'Namespace default' })).toContainText('41 workloads, 100 claims');
  await expect(graph).not.toContainText('CSINode node-1');
  const name = object(page, 'PersistentVolumeClaim', 'app-0-data');
  await expect(name).toBeVisible();
  expect((await name.boundingBox())?.height, 'words can be read').toBeGreaterThan(11);
  const kinds = graph.getByRole('button', { name: 'CSINode 50' });
  await kinds.focus();
  await page.keyboard.press('Enter');
  await expect(object(page, 'CSINode', 'node-50')).toBeAttached();
  await inspect(page, object(page, 'StatefulSet', 'db'));
});

test('the sentence of a step that is cut is read whole where it is pointed at, and nothing moves', async ({ page }) => {
  await page.setViewportSize({ width: 660, height: 400 });
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  const message = page.locator('.step-message');
  const said = message.locator('.step-said');
  await expect(message).toHaveCSS('overflow', 'hidden');
  const [timeline, place] = [await region(page, 'Timeline').boundingBox(), await message.boundingBox()];
  await expect
    .poll(() => message.evaluate((each) => each.scrollWidth > each.clientWidth), { message: 'it is cut here' })
    .toBe(true);
  await message.hover({ position: { x: 20, y: 8 } });
  await expect(message).toHaveAttribute('data-cut');
  const whole = await said.evaluate(
    (each) => each.scrollWidth <= each.clientWidth + 1 && each.getBoundingClientRect().height > 24,
  );
  expect(whole).toBe(true);
  await expect.poll(() => region(page, 'Timeline').boundingBox()).toEqual(timeline);
  await expect.poll(() => message.boundingBox()).toEqual(place);
});

test('fifty Deployments in five namespaces are in sight at once', async ({ page }) => {
  const documents = ['a', 'b', 'c', 'd', 'e'].flatMap((namespace) => [
    `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${namespace}}\n`,
    ...Array.from(
      { length: 10 },
      (_, index) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: app-${index}, namespace: ${namespace}}
spec:
  replicas: 1
  selector: {matchLabels: {app: app-${index}}}
  template:
    metadata: {labels: {app: app-${index}}}
    spec: {containers: [{name: app, image: nginx}]}
`,
    ),
  ]);
  await openAt(page, documents.join('---\n'), { cursor: { timeMs: 20_000 } });
  const drawing = page.locator('.drawing');
  await expect(drawing.locator('.tile-card')).toHaveCount(50);
  const room = (await drawing.boundingBox())!;
  const ends = await drawing
    .locator('.tile-card')
    .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().bottom));
  expect(Math.max(...ends)).toBeLessThanOrEqual(room.y + room.height);
  const zoom = await zoomOf(page);
  const sizesOf = (selector: string) =>
    drawing.locator(selector).evaluateAll((all) => all.map((each) => parseFloat(getComputedStyle(each).fontSize)));
  expect(Math.min(...(await sizesOf('.tile-card .object-name, .frame-name'))) * zoom).toBeGreaterThan(10);
  expect(Math.min(...(await sizesOf('.tile-facts > *, .frame-counts, .frame-looks'))) * zoom).toBeGreaterThan(7.9);
});

test('who looks closely comes to single containers, among many workloads and among a thousand Pods', async ({
  page,
}) => {
  const closer = async () => {
    for (let more = 0; more < 12; more += 1) await page.mouse.wheel(0, -240);
  };
  await openAt(page, FIFTY, { cursor: { timeMs: 20_000 } });
  await object(page, 'Deployment', 'svc-0').hover({ position: { x: 20, y: 8 } });
  await closer();
  const tile = page
    .locator('.tile-card')
    .filter({ has: page.getByRole('button', { name: 'Deployment svc-0', exact: true }) });
  await expect(tile.locator('.tile-images')).toHaveText('nginx:1.27');
  await expect(tile.locator('.pod-parts')).toHaveText('app');
  await expect(tile.locator('.pod-name')).toBeInViewport();

  await page.goto('about:blank');
  await openAt(page, many(1_000, 20), { cursor: { timeMs: 30_000 } });
  const picture = page.locator('.pod-picture canvas');
  await picture.hover({ position: { x: 60, y: 40 } });
  const { x, y } = (await picture.boundingBox())!;
  await closer();
  await page.mouse.move(x + 61, y + 40);
  const pod = page.locator('.pods-in-sight .pod-cell:hover');
  await expect(pod).toHaveAttribute('aria-label', /^Pod web-/);
  const name = (await pod.getAttribute('aria-label'))!.replace('Pod ', '');
  const written = await pod.evaluate((each) => getComputedStyle(each, '::after').content);
  expect(written).toBe(`"${name.split('-').at(-1)}"`);
  await pod.click();
  await expect(region(page, 'Inspector').getByRole('heading', { level: 2, name })).toBeVisible();
});
