/** Whatever is put in: a clear message, the text kept, and a page that answers. */
import { expect, type Page, type Worker } from '@playwright/test';
import { encodeLink } from '../src/scenario/share-link';
import { test } from './browser';
import {
  button,
  editorLoaded,
  editorText,
  inspect,
  kubectl,
  markers,
  messages,
  object,
  openAt,
  openPaused,
  pods,
  ready,
  region,
  replaceInText,
  seekTo,
  writeText,
} from './kubestep';
import { deployment, EXITS_AT_ONCE, QUIET } from './scenarios';

const problems = (page: Page) => region(page, 'YAML editor').getByRole('list', { name: 'Problems' });

/** The page reacts to a click. */
async function answers(page: Page): Promise<void> {
  await button(page, 'What is simulated').click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await button(page, 'Close').click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

test('mistakes in the text are marked and said, with the line; the cluster goes on; mending takes them away', async ({
  page,
}) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  await expect(pods(page, /^web-/, 'Ready (')).toHaveCount(3);
  const text = await editorText(page);
  const cases: readonly [from: string, to: string, message: RegExp][] = [
    ['metadata: {name: web}', 'metadata: {name: web', /./],
    ['kind: Deployment', 'kind: Deploymnet', /Deploymnet/],
    ['  replicas: 3', '  replicaz: 3', /replicaz/],
    ['  replicas: 3', '  replicas: three', /replicas|three/],
    ['  title: quiet', '  titel: quiet', /titel/],
    // The language service would follow it until there is no room left.
    ['metadata: {name: web}', 'metadata: &own {name: web, <<: *own}', /^Line \d+ ?anchor 'own' value contains itself$/],
  ];
  const thrown: string[] = [];
  page.on('pageerror', ({ message }) => thrown.push(message));
  for (const [from, to, message] of cases) {
    const line = text.slice(0, text.indexOf(from)).split('\n').length;
    await writeText(page, text.replace(from, to));
    await expect(problems(page).getByRole('listitem').first()).toHaveText(message);
    await expect.poll(async () => (await markers(page)).length).toBeGreaterThan(0);
    if (to.length > 30)
      await expect.poll(() => markers(page)).toEqual([expect.stringMatching(new RegExp(`^${line}: `))]);
    await expect.poll(() => editorText(page)).toBe(text.replace(from, to));
    await expect(pods(page, /^web-/, 'Ready (')).toHaveCount(3);
    await writeText(page, text);
    await expect(problems(page).getByRole('listitem')).toHaveCount(0);
    await expect.poll(() => markers(page)).toEqual([]);
  }
  expect(thrown).toEqual([]);
});

test('a text that is wrong from the first is kept and explained, also after a reload', async ({ page }) => {
  await openPaused(page);
  await writeText(page, 'kind: Pod\n  wrong: [');
  await expect(problems(page).getByRole('listitem').first()).toBeVisible();
  await page.reload();
  await ready(page);
  await expect.poll(() => editorText(page)).toBe('kind: Pod\n  wrong: [');
  await expect(problems(page).getByRole('listitem').first()).toBeVisible();
  await writeText(page, QUIET);
  await expect(object(page, 'Deployment', 'web')).toBeVisible();
});

test('a link whose Scenario document has a mistake, over another session: nothing of that stands behind it, also after a reload', async ({
  page,
}) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  await expect(pods(page, /^web-/, 'Ready (')).toHaveCount(3);
  const wrong = QUIET.replace('  title: quiet', '  title: wrong\n  nosuchkey: 1');
  const link = `#${encodeLink({ text: wrong, cursor: { timeMs: 5_000 } })}`;
  await page.evaluate((hash) => {
    location.hash = hash;
  }, link);
  const isEmpty = async () => {
    await expect(messages(page)).toContainText(/the cluster is empty.*nosuchkey/);
    await expect(page.getByRole('button', { name: 'Scenarios: wrong' })).toBeVisible();
    await expect(pods(page, /^web-/)).toHaveCount(0);
    await expect(object(page, 'Deployment', 'web')).toHaveCount(0);
    await expect.poll(() => editorText(page)).toBe(wrong);
    await expect(problems(page).getByRole('listitem').first()).toHaveText(/nosuchkey/);
  };
  await isEmpty();
  await page.reload();
  await ready(page);
  await isEmpty();
  await replaceInText(page, '\n  nosuchkey: 1', '');
  await expect(object(page, 'Deployment', 'web')).toBeVisible();
  await expect(messages(page)).toHaveCount(0);
  await button(page, 'Undo').click();
  await isEmpty();
});

test('a million replicas pause with a message, the budget can be raised, and the page answers all the while', async ({
  page,
}) => {
  await openPaused(page);
  await writeText(page, deployment('web', 1_000_000));
  await expect(messages(page)).toContainText(/Budget reached\. Paused: /);
  await answers(page);
  const said = await messages(page).innerText();
  await button(page, 'Raise the limit and go on').click();
  await answers(page);
  await expect
    .poll(async () => (await messages(page).count()) === 0 || (await messages(page).innerText()) !== said)
    .toBe(true);
  await writeText(page, QUIET);
  await button(page, 'Reset').click();
  await expect(pods(page, /^web-/)).toHaveCount(3);
  await expect(messages(page)).toHaveCount(0);
});

test('ten megabytes are kept and said to be too many, and the page answers', async ({ page }) => {
  await openPaused(page);
  await editorLoaded(page);
  const line = `# ${'x'.repeat(97)}\n`;
  await page.evaluate(
    ([text, count]) => {
      const { monaco } = globalThis as unknown as {
        monaco: { editor: { getModels(): { setValue(value: string): void }[] } };
      };
      monaco.editor.getModels()[0]?.setValue(text.repeat(count));
    },
    [line, 100_000] as const,
  );
  await expect(messages(page)).toContainText('This text has 10.0 million characters');
  await answers(page);
  expect((await editorText(page)).length).toBe(10_000_000);
  await expect(object(page, 'Deployment', 'web')).toBeVisible();
  await page.reload();
  expect((await editorText(page)).length).toBe(10_000_000);
  await expect(messages(page)).toContainText('This text has 10.0 million characters');
});

test('what has no effect is said and marked, and everything runs', async ({ page }) => {
  const idle = '  duration: 2m\n  components: {kube-scheduler: {bind-timeout: 5s}}\n';
  await openAt(page, QUIET.replace('  duration: 2m\n', idle), { cursor: { timeMs: 20_000 } });
  await expect(messages(page)).toContainText(/Line 7: spec\.components.*bind-timeout has no effect: /);
  await expect.poll(async () => (await markers(page)).join()).toContain('has no effect');
  await expect(pods(page, /^web-/, 'Ready (')).toHaveCount(3);
  await writeText(page, QUIET);
  // Without it the run is another, which is said as well.
  await expect(messages(page)).toContainText('the run began anew');
  await expect(messages(page)).not.toContainText('has no effect');
  await expect.poll(() => markers(page)).toEqual([]);
});

test('an alias bomb is refused', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  const levels = Array.from({ length: 12 }, (_, level) =>
    level === 0
      ? 'a0: &a0 [x, x, x, x, x, x, x, x, x, x]'
      : `a${level}: &a${level} [${Array.from({ length: 10 }, () => `*a${level - 1}`).join(', ')}]`,
  );
  const bomb = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: bomb}\n${levels.join('\n')}\n`;
  await writeText(page, bomb);
  await expect(problems(page).getByRole('listitem').first()).toContainText('so often that it would become enormous');
  await answers(page);
  await expect.poll(() => editorText(page)).toBe(bomb);
  await expect(pods(page, /^web-/, 'Ready (')).toHaveCount(3);
});

test('a link cut in half, or from a newer release, is said to be so, and the own text opens', async ({ page }) => {
  const fragment = encodeLink({ text: QUIET.repeat(1), cursor: { timeMs: 1_000 } });
  const scenario = fragment.split('&')[0] ?? '';
  await page.goto(`/#${scenario.slice(0, scenario.length / 2)}`);
  await expect(messages(page)).toContainText('The link could not be opened.');
  await expect(messages(page)).toContainText(/damaged/);
  await expect(object(page, 'Deployment', 'web')).toBeVisible();
  await expect.poll(() => editorText(page)).toContain('First light');
  await page.goto('/#s=qAQIDWDpB6g');
  await expect(messages(page)).toContainText(/newer release/);
  await expect(object(page, 'Deployment', 'web')).toBeVisible();
});

test('a container that ends at once, for ever, backs off and the run reaches its end', async ({ page }) => {
  await openAt(page, EXITS_AT_ONCE, { cursor: { timeMs: 120_000 } });
  const pod = pods(page, /^ends-/);
  await expect(pod).toHaveAttribute('aria-description', /(CrashLoopBackOff|Error).*[3-6] restarts/);
  await inspect(page, pod);
  await region(page, 'Inspector').getByRole('tab', { name: 'Events' }).click();
  await expect(region(page, 'Inspector')).toContainText('Back-off restarting failed container');
  await expect(messages(page)).toHaveCount(0);
});

/** The worker that holds the simulation; the editor has others. */
const isSimulation = (worker: Worker) => /\/worker-[^/]*\.js$/.test(worker.url());

const simulationOf = (page: Page): Worker | undefined => page.workers().find(isSimulation);

/** Breaks the worker that holds the simulation: an error that nothing catches. */
async function breakWorker(page: Page): Promise<void> {
  await expect.poll(() => simulationOf(page) !== undefined).toBe(true);
  await simulationOf(page)?.evaluate(() => {
    setTimeout(() => {
      throw new Error('broken on purpose');
    });
  });
}

test('a worker that crashes is replaced, and everything is as it was', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  await kubectl(page, 'scale deployment web --replicas=4');
  await seekTo(page, 40_000);
  await expect(pods(page, /^web-/, 'Ready (')).toHaveCount(4);
  await replaceInText(page, 'title: quiet', 'title: "quiet');
  await breakWorker(page);
  await expect(messages(page)).toContainText('The simulation crashed and was started again.');
  await expect(messages(page)).toContainText('broken on purpose');
  await expect.poll(() => editorText(page)).toContain('title: "quiet');
  await expect(pods(page, /^web-/, 'Ready (')).toHaveCount(4);
  await expect
    .poll(async () => {
      await seekTo(page, 10_000);
      return pods(page, /^web-/).count();
    })
    .toBe(3);
});

test('a worker that keeps crashing is not started again unasked', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  for (let crashes = 1; crashes <= 3; crashes += 1) {
    const before = simulationOf(page);
    await breakWorker(page);
    if (crashes === 3) break;
    // Between the old worker's end and the new one's start there is none.
    await expect.poll(() => ![before, undefined].includes(simulationOf(page))).toBe(true);
    await ready(page);
  }
  await expect(messages(page)).toContainText('The simulation keeps crashing.');
  await button(page, 'Start again').click();
  await expect(pods(page, /^web-/)).toHaveCount(3);
  await expect(messages(page)).toHaveCount(0);
});

test('a worker that answers no more is replaced', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  const worker = page.workers().find((each) => isSimulation(each));
  // The evaluation never ends; it is broken off with its worker.
  worker
    ?.evaluate(() => {
      for (;;);
    })
    .catch(() => undefined);
  await expect(messages(page)).toContainText('The simulation crashed and was started again.', { timeout: 60_000 });
  await expect(pods(page, /^web-/, 'Ready (')).toHaveCount(3);
  await button(page, 'Step back').click();
  await expect(button(page, 'Step forward')).toBeEnabled();
});

test('Reset with a text that cannot be run leaves what runs as it is', async ({ page }) => {
  await openAt(page, QUIET, { cursor: { timeMs: 20_000 } });
  await replaceInText(page, 'title: quiet', 'title: "quiet');
  await expect(problems(page).getByRole('listitem').first()).toBeVisible();
  await button(page, 'Reset').click();
  await seekTo(page, 30_000);
  await expect(pods(page, /^web-/, 'Ready (')).toHaveCount(3);
  await button(page, 'Step back').click();
  await expect(messages(page)).toHaveCount(0);
});
