/**
 * The page as a person meets it, by accessible names only: what the tests click, read and wait for. Nothing here waits
 * for a time; everything waits for what is seen.
 */
import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page } from '@playwright/test';
import { encodeLink, type LinkState } from '../src/scenario/share-link';

export type Region = 'YAML editor' | 'Cluster graph' | 'Timeline' | 'Inspector' | 'Terminal';

/** One of the page's regions. */
export const region = (page: Page, name: Region): Locator => page.getByRole('region', { name, exact: true });

/** A button anywhere on the page. */
export const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });

/** The slider over all of time. */
export const slider = (page: Page): Locator => region(page, 'Timeline').getByRole('slider', { name: 'Time' });

/** The sentence that says what the present step did. */
export const sentence = (page: Page): Locator => region(page, 'Timeline').locator('.step-message');

/** The box above the work in which messages appear. */
export const messages = (page: Page): Locator => page.getByRole('status').filter({ has: page.locator('.banner') });

/** An object of the drawing: `object(page, 'Pod', /^web-/)`. */
export function object(page: Page, kind: string, name: string | RegExp): Locator {
  const pattern = typeof name === 'string' ? name.replaceAll('.', '\\.') : name.source.replace(/^\^/, '');
  const end = typeof name === 'string' ? '$' : '';
  return region(page, 'Cluster graph').getByRole('button', { name: new RegExp(`^${kind} ${pattern}${end}`) });
}

/** Pods of a workload whose description contains something (`Ready (`, `on node-2`). */
export function pods(page: Page, name: RegExp, state = ''): Locator {
  const all = object(page, 'Pod', name);
  return state ? all.and(page.locator(`[aria-description*="${state}"]`)) : all;
}

/** Every drawn object with its state, in a fixed order. */
export async function drawnObjects(page: Page): Promise<string[]> {
  const found = await region(page, 'Cluster graph')
    .locator('button[aria-label][aria-description]')
    .evaluateAll((buttons) =>
      buttons.map((each) => `${each.getAttribute('aria-label')}: ${each.getAttribute('aria-description')}`),
    );
  return found.sort();
}

/** How large the drawing is shown. */
export const zoomOf = (page: Page): Promise<number> =>
  region(page, 'Cluster graph')
    .locator('.react-flow__viewport')
    .evaluate((viewport) => new DOMMatrix(getComputedStyle(viewport).transform).a);

/** Clicks an object until the inspector has it: a card may move away from under the pointer as Pods come and go. */
export async function inspect(page: Page, chosen: Locator): Promise<void> {
  let name = '';
  const heading = () => region(page, 'Inspector').getByRole('heading', { level: 2, name });
  await expect(async () => {
    // In a narrow window the inspector may stand where the object was.
    if (name === '' || !(await heading().isVisible())) {
      name = ((await chosen.getAttribute('aria-label', { timeout: 1_000 })) ?? '').replace(/^\S+ /, '');
      await chosen.click({ timeout: 1_000 });
    }
    await expect(heading()).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 15_000 });
}

/** The moment the page shows, as the slider says it: `12.340 s, step 143`. */
export async function moment(page: Page): Promise<{ text: string; step: number }> {
  const text = (await slider(page).getAttribute('aria-valuetext')) ?? '';
  return { text, step: Number(/step (\d+)$/.exec(text)?.[1]) };
}

/** Waits until the run has got as far as a time, then looks at it. */
export async function seekTo(page: Page, timeMs: number): Promise<void> {
  await expect
    .poll(
      async () => {
        await slider(page).fill(String(timeMs));
        return slider(page).getAttribute('data-shown-ms');
      },
      // It is there in a frame or two.
      { intervals: [20, 50, 100, 250] },
    )
    .toBe(String(timeMs));
}

/** Goes to a step through the address of a link made here; nothing plays. */
export async function openAt(page: Page, text: string, options: Omit<LinkState, 'text'> = {}): Promise<void> {
  await page.goto(`/#${encodeLink({ text, cursor: { timeMs: 0 }, ...options })}`);
  await ready(page);
}

/** The page answers. */
export async function ready(page: Page): Promise<void> {
  await expect(region(page, 'Timeline')).toHaveAttribute('aria-busy', 'false');
}

/** Opens the page without a link, and holds time still: at a first visit it plays. */
export async function openPaused(page: Page): Promise<void> {
  await page.goto('/');
  await ready(page);
  if (await button(page, 'Pause').isVisible()) await button(page, 'Pause').click();
  await expect(button(page, 'Play')).toBeVisible();
}

interface MonacoModel {
  getValue(): string;
  setValue(text: string): void;
}
interface MonacoGlobal {
  monaco?: {
    editor: {
      getModels(): MonacoModel[];
      getModelMarkers(filter: object): { message: string; startLineNumber: number; owner: string }[];
    };
  };
}

/** The editor has taken the plain text box's place. */
export async function editorLoaded(page: Page): Promise<void> {
  await expect(region(page, 'YAML editor').locator('.monaco-editor').first()).toBeVisible();
}

/** The text in the editor. */
export async function editorText(page: Page): Promise<string> {
  await editorLoaded(page);
  return page.evaluate(() => (globalThis as MonacoGlobal).monaco?.editor.getModels()[0]?.getValue() ?? '');
}

/** Puts a text in the editor through its model: typing would let auto-indent rewrite it. */
export async function writeText(page: Page, text: string): Promise<void> {
  await editorLoaded(page);
  await page.evaluate((value) => (globalThis as MonacoGlobal).monaco?.editor.getModels()[0]?.setValue(value), text);
}

/** Changes a part of the editor's text, which must be there. */
export async function replaceInText(page: Page, from: string, to: string): Promise<void> {
  const text = await editorText(page);
  expect(text).toContain(from);
  await writeText(page, text.replace(from, to));
}

/** Types at the very end of the text, key by key, as a person does. */
export async function typeAtEnd(page: Page, keys: string): Promise<void> {
  await editorLoaded(page);
  await region(page, 'YAML editor').locator('.monaco-editor').first().click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(keys);
}

/** What is marked in the editor, with its line. */
export async function markers(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    ((globalThis as MonacoGlobal).monaco?.editor.getModelMarkers({}) ?? [])
      .filter(({ owner }) => owner === 'kubestep')
      .map(({ startLineNumber, message }) => `${startLineNumber}: ${message}`),
  );
}

/** Types a kubectl command, which is seen as typed or in another way; the output is the last in the log. */
export async function kubectl(page: Page, command: string, seen = command): Promise<Locator> {
  const terminal = region(page, 'Terminal');
  await terminal.getByRole('textbox', { name: 'kubectl' }).fill(command);
  await terminal.getByRole('textbox', { name: 'kubectl' }).press('Enter');
  const output = terminal.getByRole('log');
  await expect(output.locator('.terminal-command').last()).toContainText(`kubectl ${seen}`);
  await expect(output.locator('> div').last().locator('pre')).toBeVisible();
  return output.locator('> div').last().locator('pre');
}

/** The buttons of the branches of time. */
export const branches = (page: Page): Locator =>
  region(page, 'Timeline').getByRole('list', { name: 'Branches of time' }).getByRole('button');

/** Presses a button again and again until something is so; fails after as many presses as the caller allows. */
export async function pressUntil(press: Locator, isSo: () => Promise<boolean>, atMost: number): Promise<void> {
  for (let presses = 0; presses < atMost; presses += 1) {
    if (await isSo()) return;
    await press.click();
  }
  await expect.poll(isSo, { message: `still not so after ${atMost} presses` }).toBe(true);
}

/** What stands in the way of assistive technology on the page, but for the editor: all that axe knows, or what it knows under these tags. */
export async function violationsIn(page: Page, ...tags: string[]): Promise<string[]> {
  // All at once, as nothing here stands in a frame, and what is found to be right need not be described.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).exclude('.monaco-editor');
  // Of WCAG 2.2 AA, axe leaves this one out unless it is asked for.
  const rules = { 'target-size': { enabled: true } };
  axe.options({ resultTypes: ['violations'], ...(tags.length > 0 ? {} : { rules }) });
  const { violations } = await (tags.length > 0 ? axe.withTags(tags) : axe).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')} ${failureSummary}`),
  );
}
