/**
 * Finds a Chromium for the end-to-end tests and for the commands that look at the page: CHROMIUM_PATH (a wrong one is an error), one on
 * PATH, Playwright's own, else Debian's package where it can be installed. Fails with a clear message when there is none.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function onPath() {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of NAMES) {
      const path = join(folder, name);
      if (folder && isExecutable(path)) return path;
    }
  }
  return undefined;
}

async function playwrightOwn() {
  const { chromium } = await import('@playwright/test');
  const path = chromium.executablePath();
  return path && existsSync(path) ? path : undefined;
}

function installDebianPackage() {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || spawnSync('apt-get', ['--version']).status !== 0) return undefined;
  console.error('Installing Chromium (Debian package) …');
  spawnSync('apt-get', ['update', '-qq'], { stdio: ['ignore', 2, 2] });
  spawnSync('apt-get', ['install', '-y', '-qq', 'chromium'], { stdio: ['ignore', 2, 2] });
  return onPath();
}

/** The path of a browser. Exits with a message when none can be had. */
export async function findBrowser() {
  const wanted = process.env.CHROMIUM_PATH;
  if (wanted) {
    if (isExecutable(wanted)) return wanted;
    console.error(`CHROMIUM_PATH names ${wanted}, which is not an executable file.`);
    process.exit(1);
  }
  const found = onPath() ?? (await playwrightOwn()) ?? installDebianPackage();
  if (found) return found;
  console.error('No Chromium was found. Install chromium or Google Chrome, or set CHROMIUM_PATH to its executable.');
  process.exit(1);
}

/** Starts it, for the commands that look at the page. */
export async function launchBrowser() {
  const { chromium } = await import('@playwright/test');
  return chromium.launch({
    executablePath: await findBrowser(),
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-background-networking', '--no-first-run'],
  });
}
