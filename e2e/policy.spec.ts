/** Nothing runs that the page did not bring: its policy holds everywhere, and a scenario is only ever text. */
import { expect, type Page } from '@playwright/test';
import { test } from './browser';
import { editorLoaded, inspect, kubectl, object, openAt, openPaused, region, replaceInText } from './kubestep';
import { deployment, QUIET } from './scenarios';

/** What the browser refused or complained about, from the first byte on. */
async function complaintsOf(page: Page): Promise<string[]> {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || /content security policy/i.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) =>
      console.error(`Content Security Policy: ${event.violatedDirective} ${event.blockedURI}`),
    );
  });
  return complaints;
}

test('the page, its editor and its workers live within their policy', async ({ page }) => {
  const complaints = await complaintsOf(page);
  await openPaused(page);
  await editorLoaded(page);
  await replaceInText(page, 'replicas: 3', 'replicas: 4');
  await expect(object(page, 'Deployment', 'web')).toHaveAttribute('aria-description', /of 4 ready/);
  // The find box and the suggestions are made of what the editor writes at run time.
  await region(page, 'YAML editor').locator('.monaco-editor').first().click();
  await page.keyboard.press('Control+f');
  await expect(page.locator('.find-widget.visible')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Space');
  await expect(page.locator('.suggest-widget.visible')).toBeVisible();
  await kubectl(page, 'get pods');
  expect(complaints).toEqual([]);
});

test('the policy is in force: a script written into the page does not run, nor does text become code', async ({
  page,
}) => {
  const complaints = await complaintsOf(page);
  await openPaused(page);
  const ran = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'globalThis.injected = true';
    document.body.append(script);
    const image = document.createElement('div');
    image.innerHTML = '<img src="data:," onerror="globalThis.injected = true">';
    document.body.append(image);
    return 'injected' in globalThis;
  });
  expect(ran).toBe(false);
  await expect.poll(() => complaints.filter((each) => each.includes('script-src')).length).toBeGreaterThan(0);
});

test('markup in a scenario is shown as it is written', async ({ page }) => {
  const complaints = await complaintsOf(page);
  const markup = '<img src=x onerror=globalThis.injected=1><script>globalThis.injected=1</script>';
  const text = `${QUIET.replace('  title: quiet', `  title: '${markup}'\n  description: '${markup}'`)}${deployment('shop', 1)}`;
  await openAt(page, text.replace('image: nginx:1.27', `image: '${markup}'`), { cursor: { timeMs: 20_000 } });
  await expect(page.getByRole('button', { name: /^Scenarios: / })).toContainText('<img src=x');
  await inspect(page, object(page, 'Deployment', 'web'));
  await expect(region(page, 'Inspector')).toContainText('<img src=x');
  await expect(await kubectl(page, `get pods '<script>'`)).toContainText('<script>');
  expect(await page.evaluate(() => 'injected' in globalThis)).toBe(false);
  expect(complaints).toEqual([]);
});
