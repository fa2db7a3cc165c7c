/** What a person does to a cluster by button and by command, at the moment the page shows. */
import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { test } from './browser';
import {
  branches,
  button,
  inspect,
  kubectl,
  messages,
  object,
  openAt,
  openPaused,
  pods,
  pressUntil,
  ready,
  region,
  seekTo,
  violationsIn,
} from './kubestep';
import { QUIET } from './scenarios';

const inspector = (page: Page) => region(page, 'Inspector');
const act = (page: Page, name: string) => inspector(page).getByRole('button', { name, exact: true }).click();

test('a Deployment is scaled, halted, restarted and undone from the inspector', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  await inspect(page, object(page, 'Deployment', 'web'));
  await inspector(page).getByRole('spinbutton', { name: 'Replicas' }).fill('5');
  await act(page, 'Scale');
  await expect(object(page, 'Deployment', 'web')).toHaveAttribute('aria-description', /of 5 ready/);
  await seekTo(page, 40_000);
  await expect(pods(page, /^web-/, 'Ready (')).toHaveCount(5);
  await inspector(page).getByRole('spinbutton', { name: 'Replicas' }).fill('2');
  await act(page, 'Scale');
  await expect(object(page, 'Deployment', 'web')).toHaveAttribute('aria-description', /of 2 ready/);
  await seekTo(page, 60_000);
  await expect(pods(page, /^web-/)).toHaveCount(2);
  await act(page, 'Halt rollout');
  await expect(object(page, 'Deployment', 'web')).toHaveAttribute('aria-description', /paused/);
  await act(page, 'Resume rollout');
  await inspector(page).getByRole('textbox', { name: 'Image' }).fill('nginx:1.28');
  // What was done is seen where it was done; only then time goes on from there.
  const facts = inspector(page).locator('.facts').first();
  await act(page, 'Set image');
  await expect(facts).toContainText('nginx:1.28');
  await seekTo(page, 80_000);
  await expect(facts).toContainText('nginx:1.28');
  await act(page, 'Undo rollout');
  await expect(facts).toContainText('nginx:1.27');
  await seekTo(page, 100_000);
  await expect(facts).toContainText('nginx:1.27');
  await expect(pods(page, /^web-/, 'Ready (')).toHaveCount(2);
});

test('a Node is cordoned, drained and put back, and its Pods go elsewhere', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 }, view: 'nodes' });
  const node = object(page, 'Node', 'node-2');
  await inspect(page, node);
  await act(page, 'Cordon');
  await expect(node).toHaveAttribute('aria-description', /cordoned/);
  await act(page, 'Uncordon');
  await expect(node).toHaveAttribute('aria-description', 'Ready');
  await act(page, 'Drain');
  await expect(node).toHaveAttribute('aria-description', /cordoned/);
  await seekTo(page, 60_000);
  await expect(pods(page, /^web-/, 'Ready (')).toHaveCount(3);
  await expect(pods(page, /^web-/, 'on node-2')).toHaveCount(0);
  await expect(messages(page)).toHaveCount(0);
});

test('a Node fails and is revived', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 }, view: 'nodes' });
  const node = object(page, 'Node', 'node-1');
  await inspect(page, node);
  await expect(inspector(page).getByRole('button', { name: 'Revive' })).toHaveCount(0);
  await act(page, 'Fail');
  await seekTo(page, 100_000);
  await expect(node).toHaveAttribute('aria-description', 'Unknown');
  await expect(inspector(page)).toContainText('node.kubernetes.io/unreachable');
  await act(page, 'Revive');
  await seekTo(page, 120_000);
  await expect(node).toHaveAttribute('aria-description', 'Ready');
});

test('a rollout of one revision is not undone, and inspector, menu and palette say why', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  const web = object(page, 'Deployment', 'web');
  await inspect(page, web);
  const reason = 'No earlier revision to go back to';
  const undo = inspector(page).getByRole('button', { name: 'Undo rollout' });
  await expect(undo).toHaveAttribute('aria-disabled', 'true');
  await expect(undo).toHaveAttribute('title', reason);
  await undo.click({ force: true });
  await web.click({ button: 'right' });
  const entry = page.getByRole('menuitem', { name: 'Undo rollout' });
  await expect(entry).toContainText(reason);
  await expect(entry).toHaveAttribute('aria-disabled', 'true');
  await entry.click({ force: true });
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Go to' });
  await palette.getByRole('combobox').fill('undo web');
  await expect(palette.getByRole('option').first()).toContainText(reason);
  await page.keyboard.press('Enter');
  await expect(palette).toBeVisible();
  await expect.poll(() => violationsIn(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(branches(page)).toHaveCount(0);
  await expect(messages(page)).toHaveCount(0);

  await inspector(page).getByRole('button', { name: 'Restart' }).click();
  await seekTo(page, 30_000);
  await expect(undo).toHaveAttribute('aria-disabled', 'false');
});

test('a deleted Pod ends and is replaced', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  const first = pods(page, /^web-/).first();
  const name = (await first.getAttribute('aria-label'))?.replace('Pod ', '') ?? '';
  await inspect(page, first);
  await expect(inspector(page).getByRole('heading', { name })).toBeVisible();
  await act(page, 'Delete Pod');
  await expect(object(page, 'Pod', name)).toHaveAttribute('aria-description', /^Terminating/);
  await pressUntil(button(page, 'Next reconcile'), async () => (await pods(page, /^web-/).count()) === 4, 8);
  await seekTo(page, 60_000);
  await expect(object(page, 'Pod', name)).toHaveCount(0);
  await expect(pods(page, /^web-/, 'Ready (')).toHaveCount(3);
  await expect(inspector(page)).toContainText('It does not exist any more at this moment.');
  await expect(inspector(page).getByRole('heading', { name: 'Why it is gone' })).toBeVisible();
});

test('a shell in a container: lines, what came of them, where cd led, and the arrows', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  await inspect(page, pods(page, /web-/).first());
  const inspector = region(page, 'Inspector');
  await inspector.getByRole('tab', { name: 'Shell' }).click();
  const line = inspector.getByRole('textbox', { name: 'Line to run in the container' });
  const output = inspector.getByRole('log', { name: 'What came of it' });
  const run = async (text: string) => {
    await line.fill(text);
    await line.press('Enter');
    await expect(output.locator('strong').last()).toHaveText(text);
  };
  await run('cd /usr/share/nginx');
  await expect(inspector.locator('.shell-line')).toContainText('/usr/share/nginx $');
  await run('cd html');
  await expect(inspector.locator('.shell-line')).toContainText('/usr/share/nginx/html $');
  await run('ls');
  await expect(output).toContainText('index.html');
  await run('cat nowhere');
  await expect(output.locator('.shell-error').last()).toContainText('No such file or directory');
  await expect(line).toBeInViewport({ ratio: 1 });
  await line.press('ArrowUp');
  await expect(line).toHaveValue('cat nowhere');
  await line.press('ArrowUp');
  await expect(line).toHaveValue('ls');
  // All of it is one branch, and stays.
  await expect(branches(page)).toHaveCount(2);
  await page.reload();
  await ready(page);
  await expect(inspector.getByRole('tab', { name: 'Shell' })).toHaveAttribute('aria-selected', 'true');
  await expect(output).toContainText('index.html');
  await expect(inspector.locator('.shell-line')).toContainText('/usr/share/nginx/html $');
});

test('the terminal reads without changing time, acts at the moment shown, and says what kubectl says', async ({
  page,
}) => {
  await openPaused(page);
  await seekTo(page, 15_000);
  const listing = await kubectl(page, 'get pods');
  await expect(listing).toContainText(/NAME +READY +STATUS +RESTARTS +AGE/);
  await expect(listing).toContainText(/web-\w+-\w+ +1\/1 +Running/);
  await expect(await kubectl(page, 'get deployment web -o json')).toContainText('"kind": "Deployment"');
  await expect(await kubectl(page, 'get pods nope')).toContainText(
    'Error from server (NotFound): pods "nope" not found',
  );
  await expect(branches(page)).toHaveCount(0);
  await expect(await kubectl(page, 'scale deployment web --replicas=4')).toContainText('deployment.apps/web scaled');
  await expect(branches(page)).toHaveCount(2);
  await expect(object(page, 'Deployment', 'web')).toHaveAttribute('aria-description', /of 4 ready/);
  const line = region(page, 'Terminal').getByRole('textbox', { name: 'kubectl' });
  await line.press('ArrowUp');
  await expect(line).toHaveValue('scale deployment web --replicas=4');
});

test('the terminal has commands in the order of the clock; gone back, those of then', async ({ page }) => {
  const actions = "  actions:\n  - {at: 20s, kubectl: 'scale deployment web --replicas=2'}\n";
  await openAt(page, QUIET.replace('  title: quiet\n', `  title: quiet\n${actions}`), { cursor: { timeMs: 40_000 } });
  const lines = async () =>
    (await region(page, 'Terminal').locator('.terminal-command').allInnerTexts()).map((line) => line.trim());
  await kubectl(page, 'get nodes');
  await seekTo(page, 2_000);
  await kubectl(page, 'get deployments');
  await expect.poll(lines).toEqual(['2.000 s $ kubectl get deployments']);
  await seekTo(page, 60_000);
  await expect
    .poll(lines)
    .toEqual([
      '2.000 s $ kubectl get deployments',
      '20.000 s $ kubectl scale deployment web --replicas=2',
      '40.000 s $ kubectl get nodes',
    ]);
  await seekTo(page, 30_000);
  await expect.poll(lines).toHaveLength(2);
  await region(page, 'Terminal').getByRole('button', { name: '1 more: of later moments' }).click();
  await expect.poll(lines).toHaveLength(3);
});

test('what was undone, or stands among the actions of the text, is in the terminal no second time', async ({
  page,
}) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  const lines = region(page, 'Terminal').locator('.terminal-command');
  await kubectl(page, 'scale deployment web --replicas=5');
  await button(page, 'Undo').click();
  await expect(lines).toHaveCount(0);
  await button(page, 'Redo').click();
  await expect(lines).toHaveText([/scale deployment web --replicas=5/]);
  await button(page, 'Write what was done in this branch into the text, as actions').click();
  await seekTo(page, 60_000);
  await expect(object(page, 'Deployment', 'web')).toHaveAttribute('aria-description', /of 5 ready/);
  await expect(lines).toHaveText([/scale deployment web --replicas=5/]);
});

test('a typed drain stands in the terminal while it runs, with what it has printed by then', async ({ page }) => {
  const text = readFileSync(new URL('../src/scenario/gallery/drain-with-budget.yaml', import.meta.url), 'utf8');
  await openAt(page, text.replace(/^ {2}actions:\n(?: {2}- .*\n)+/m, ''), { cursor: { timeMs: 15_000 } });
  const output = region(page, 'Terminal').getByRole('log');
  await kubectl(page, 'drain node-2 --ignore-daemonsets --delete-emptydir-data');
  await expect(output).toContainText('node/node-2 cordoned');
  await expect(output).toContainText(/It still runs, until \d+\.\d+ s\./);
  await expect(output).not.toContainText('node/node-2 drained');
  await seekTo(page, 60_000);
  await expect(output).toContainText(/It went on until \d+\.\d+ s\./);
  await expect(output).toContainText('node/node-2 drained');
});

test('a drain of the scenario stands in the terminal while it runs, with what it has printed by then, in its order', async ({
  page,
}) => {
  const text = readFileSync(new URL('../src/scenario/gallery/drain-with-budget.yaml', import.meta.url), 'utf8');
  await openAt(page, text, { cursor: { timeMs: 17_000 } });
  const terminal = region(page, 'Terminal');
  await terminal.getByRole('button', { name: 'Show output' }).click();
  const output = terminal.getByRole('log');
  await expect(output).toContainText('will retry after 5s');
  await expect(output).toContainText('It still runs.');
  await expect(output).not.toContainText('node/node-2 drained');
  await seekTo(page, 40_000);
  await expect(output).not.toContainText('It still runs.');
  await expect(output).toContainText(/will retry after 5s.*evicting pod.*node\/node-2 drained/s);
});
