/** The text and the cluster are equal, whatever was typed in between; what is refused changes nothing; reading splits no time. */
import { expect, type Page, type Worker } from '@playwright/test';
import { test } from './browser';
import {
  branches,
  button,
  editorText,
  inspect,
  kubectl,
  messages,
  moment,
  object,
  openAt,
  pods,
  region,
  replaceInText,
  seekTo,
  writeText,
} from './kubestep';
import { deployment, many, QUIET } from './scenarios';

const web = (page: Page) => object(page, 'Deployment', 'web');
const wanted = (page: Page, replicas: number) =>
  expect(web(page)).toHaveAttribute('aria-description', new RegExp(`of ${replicas} ready`));
const problems = (page: Page) => region(page, 'YAML editor').getByRole('list', { name: 'Problems' });

/** Puts a number of replicas in the text by keys, over the one that is there. */
async function typeReplicas(page: Page, replicas: number | ''): Promise<void> {
  const lines = (await editorText(page)).split('\n');
  const line = lines.findIndex((each) => each.includes('replicas: '));
  await region(page, 'YAML editor').locator('.monaco-editor').first().click();
  await page.keyboard.press('Control+Home');
  for (let down = 0; down < line; down += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('End');
  await page.keyboard.press('Backspace');
  await page.keyboard.type(String(replicas));
}

test('who types while the editor is on its way goes on typing in it', async ({ page }) => {
  let letCome = () => {};
  const comes = new Promise<void>((resolve) => {
    letCome = resolve;
  });
  await page.route(/\/monaco-/, async (route) => {
    await comes;
    await route.continue();
  });
  await openAt(page, '# one\n# three\n');
  const editor = region(page, 'YAML editor');
  await editor.getByRole('textbox').click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('End');
  await page.keyboard.type('\n# t');
  letCome();
  await expect(editor.locator('.monaco-editor').first()).toBeVisible();
  await page.keyboard.type('wo');
  await expect.poll(() => editorText(page)).toBe('# one\n# two\n# three\n');
});

test('3, 5, 7 and 3 again, typed with pauses, end where they began, with no branch left over', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  const before = await moment(page);
  await wanted(page, 3);
  for (const replicas of [5, 7]) {
    await typeReplicas(page, replicas);
    await wanted(page, replicas);
    await expect(branches(page)).toHaveCount(2);
  }
  await typeReplicas(page, 3);
  await wanted(page, 3);
  await expect(branches(page)).toHaveCount(0);
  await expect.poll(() => moment(page)).toEqual(before);
  await expect.poll(() => editorText(page)).toBe(QUIET);
});

test('a number that is erased is marked, and applied when another is typed or the caret leaves it', async ({
  page,
}) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  const mark = (state: string) => button(page, `Deployment web ${state}`);
  await expect(mark('is in sync')).toBeVisible();
  await typeReplicas(page, '');
  await expect(mark('differs from the cluster')).toBeVisible();
  await wanted(page, 3);
  await expect(branches(page)).toHaveCount(0);
  await page.keyboard.type('4');
  await expect(mark('is in sync')).toBeVisible();
  await wanted(page, 4);
  await page.keyboard.press('Backspace');
  await expect(mark('differs from the cluster')).toBeVisible();
  await wanted(page, 4);
  await page.keyboard.press('ArrowUp');
  await expect(mark('is in sync')).toBeVisible();
  await wanted(page, 1);
});

test('they do so too while time plays on, and undone one by one', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  await region(page, 'Timeline').getByRole('combobox', { name: 'Speed' }).selectOption('5');
  await button(page, 'Play').click();
  for (const replicas of [5, 7, 4]) {
    await typeReplicas(page, replicas);
    await wanted(page, replicas);
    const { text } = await moment(page);
    await expect.poll(async () => (await moment(page)).text).not.toBe(text);
  }
  await region(page, 'YAML editor').locator('.monaco-editor').first().click();
  for (let presses = 0; presses < 30; presses += 1) await page.keyboard.press('Control+z');
  await expect.poll(() => editorText(page)).toBe(QUIET);
  await wanted(page, 3);
  await seekTo(page, 110_000);
  await expect(pods(page, /^web-/, 'Ready (')).toHaveCount(3);
});

test('what an edit brought goes when it is undone', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  await writeText(page, `${QUIET}${deployment('shop', 2)}`);
  await expect(object(page, 'Deployment', 'shop')).toBeVisible();
  await seekTo(page, 40_000);
  await expect(pods(page, /^shop-/, 'Ready (')).toHaveCount(2);
  await writeText(page, QUIET);
  await expect(object(page, 'Deployment', 'shop')).toHaveCount(0);
  await seekTo(page, 100_000);
  await expect(pods(page, /^shop-/)).toHaveCount(0);
  await expect(pods(page, /^web-/, 'Ready (')).toHaveCount(3);
});

test('a refused edit says its reason first, makes no branch and keeps the edit before', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  await replaceInText(page, 'replicas: 3', 'replicas: 4');
  await wanted(page, 4);
  await expect(branches(page)).toHaveCount(2);
  const good = await editorText(page);
  for (const [from, to, reason] of [
    ['replicas: 4', 'replicaz: 4', /^Line \d+ (Deployment web: )?unknown field "spec.replicaz"/],
    ['replicas: 4', 'replicas: -4', /^Line \d+ Deployment web: spec.replicas: .*must be greater than or equal to 0/],
    [
      'replicas: 4',
      'replicas: four',
      /^Line \d+ Deployment web: spec.replicas: a whole number is expected, not a text/,
    ],
    ['kind: Deployment', 'kind: Deploymnt', /^Line \d+ Deploymnt web: no matches for kind "Deploymnt"/],
    ['matchLabels: {app: web}', 'matchLabels: {app: shop}', /^Line \d+ Deployment web: spec\./],
    ['metadata: {name: web}', 'metadata: {name: web', /^Line \d+ /],
  ] as const) {
    await writeText(page, good.replace(from, to));
    const first = problems(page).getByRole('listitem').first();
    await expect(first).toHaveText(reason);
    await expect(first).not.toContainText('\\"');
    await wanted(page, 4);
    await expect(branches(page)).toHaveCount(2);
  }
  await writeText(page, good);
  await expect(problems(page).getByRole('listitem')).toHaveCount(0);
  await wanted(page, 4);
});

test('commands that look, rehearse, are refused or are not there split no time; one that acts does', async ({
  page,
}) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  for (const command of [
    'get pods',
    '-n default get pods',
    'k get po',
    'describe deployment web',
    'delete deployment web --dry-run=server',
    'delete pod nope',
    'exec web -- ls',
    'frobnicate',
  ]) {
    await kubectl(page, command);
    await expect(branches(page)).toHaveCount(0);
  }
  await kubectl(page, 'scale deployment web --replicas=4');
  await expect(branches(page)).toHaveCount(2);
});

test('a crash leaves text, terminal and branches as they were', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  await kubectl(page, 'get pods');
  await kubectl(page, 'scale deployment web --replicas=4');
  await seekTo(page, 60_000);
  await seekTo(page, 40_000);
  await kubectl(page, 'scale deployment web --replicas=5');
  await seekTo(page, 60_000);
  const names = async () =>
    Promise.all((await branches(page).all()).map((each) => each.getAttribute('aria-description')));
  await expect(branches(page)).toHaveCount(3);
  const before = await names();
  const lines = await region(page, 'Terminal').locator('.terminal-command').allInnerTexts();
  await page
    .workers()
    .find((worker: Worker) => /\/worker-[^/]*\.js$/.test(worker.url()))
    ?.evaluate(() => {
      setTimeout(() => {
        throw new Error('broken on purpose');
      });
    });
  await expect(messages(page)).toContainText('Text, branches and terminal are as they were.');
  await wanted(page, 5);
  await expect.poll(names).toEqual(before);
  await expect.poll(() => region(page, 'Terminal').locator('.terminal-command').allInnerTexts()).toEqual(lines);
  await branches(page).nth(1).click();
  await wanted(page, 4);
  await branches(page).nth(0).click();
  await wanted(page, 3);
});

test('a simulation that stops at an assertion keeps everything and offers the moment before', async ({ page }) => {
  // No text is known to do this; the worker's word for it is what the page goes by.
  await page.addInitScript(() => {
    const { Worker: Real } = globalThis;
    globalThis.Worker = class extends Real {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        if (options?.name === 'kubestep') Object.assign(globalThis, { simulation: this });
        this.addEventListener('message', ({ data }) => {
          if (data?.type === 'progress') Object.assign(globalThis, { progress: data.progress });
        });
      }
    };
  });
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  await kubectl(page, 'scale deployment web --replicas=4');
  await expect(branches(page)).toHaveCount(2);
  // To the end of the run, so that no further word of it takes this one back.
  await seekTo(page, 120_000);
  await page.evaluate(() => {
    const { simulation, progress } = globalThis as unknown as { simulation: Worker & EventTarget; progress: object };
    const halted = { reason: 'failed', message: 'two Pods have one address (seed 1, step 99)' };
    simulation.dispatchEvent(
      new MessageEvent('message', { data: { type: 'progress', progress: { ...progress, halted } } }),
    );
  });
  await expect(messages(page)).toContainText('two Pods have one address');
  await seekTo(page, 60_000);
  await button(page, 'Go to the moment before').click();
  await expect.poll(async () => (await moment(page)).text).toMatch(/^2:00\.000/);
  await expect(branches(page)).toHaveCount(2);
  await expect(region(page, 'Terminal').locator('.terminal-command')).toHaveCount(1);
  await expect.poll(() => editorText(page)).toBe(QUIET);
});

test('a command that waits leaves the page free, and is no reason to think the worker dead', async ({ page }) => {
  await openAt(page, many(20, 1_000), { cursor: { timeMs: 1_000 } });
  const terminal = region(page, 'Terminal');
  await terminal.getByRole('textbox', { name: 'kubectl' }).fill('wait --for=condition=Nope node --all --timeout=5s');
  await terminal.getByRole('textbox', { name: 'kubectl' }).press('Enter');
  await button(page, 'Step forward').click();
  await button(page, 'What is simulated').click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await button(page, 'Close').click();
  const told = terminal.getByRole('log').locator('pre').last();
  await expect(told).toContainText('It still runs, until 6.000 s', { timeout: 60_000 });
  await expect(messages(page)).toHaveCount(0);
  await button(page, 'Go there').click();
  await expect(told).toContainText('timed out waiting for the condition');
});

test('Events of a dead namesake are not its successor’s', async ({ page }) => {
  const pod = 'apiVersion: v1\nkind: Pod\nmetadata: {name: solo}\nspec: {containers: [{name: app, image: nginx}]}\n';
  const text = `${QUIET.replace('  title: quiet', '  title: quiet\n  actions:\n  - {at: 20s, kubectl: delete pod solo --now}\n  - {at: 30s, kubectl: run solo --image=httpd}')}---\n${pod}`;
  await openAt(page, text, { cursor: { timeMs: 15_000 } });
  await inspect(page, object(page, 'Pod', 'solo'));
  const inspector = region(page, 'Inspector');
  await inspector.getByRole('tab', { name: 'Events' }).click();
  await expect(inspector).toContainText('Pulling image "nginx"');
  await seekTo(page, 45_000);
  await expect(inspector).toContainText('Pulling image "httpd"');
  await expect(inspector).not.toContainText('"nginx"');
});

test('what is said of a field is headed by its kind and its own name', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  const editor = region(page, 'YAML editor');
  await editorText(page);
  const key = editor.locator('.view-line span span').filter({ hasText: /^replicas$/ });
  const said = page.locator('.monaco-hover:visible');
  // The worker that knows the fields may be on its way.
  await expect(async () => {
    await page.mouse.move(700, 300);
    await key.hover();
    await expect(said).toContainText('Deployment spec.replicas', { timeout: 3_000 });
  }).toPass();
  await expect(said).not.toContainText('Source');
  await expect(said).not.toContainText('Kubestep scenario');
});
