/**
 * `npm test`: types, lint, unit tests and house rules, end-to-end tests in a real Chromium. Runs every stage even when an
 * earlier one fails, and ends with `N passed, N failed`, counting every unit and end-to-end test that ran.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser } from './browser.mjs';
import { ensureInstalled, root, tool, typeCheck } from './prepare.mjs';

ensureInstalled();
const reports = mkdtempSync(join(tmpdir(), 'kubestep-test-'));

/** Runs a stage; what it prints is shown as it comes, or, of one that runs beside others, when it ends. */
function stage(title, command, args, { env = {}, isBeside = false } = {}) {
  if (!isBeside) console.log(`\n── ${title}`);
  const child = spawn(command, args, {
    cwd: root,
    stdio: isBeside ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text) => {
      printed += text;
    });
  }
  return new Promise((resolve) => {
    child.on('error', (error) => {
      printed += `${error.message}\n`;
    });
    child.on('close', (code) => {
      if (isBeside) console.log(`\n── ${title}\n${printed.trimEnd()}`);
      if (code !== 0) console.log(`── ${title}: FAILED`);
      resolve(code === 0);
    });
  });
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(join(reports, file), 'utf8'));
  } catch {
    return undefined;
  }
}

const browser = await findBrowser();
const isBeside = true;
const good = [
  // One processor builds while another checks: neither keeps two busy, and nothing that is timed runs beside them.
  ...(await Promise.all([
    stage('build', tool('vite'), ['build', '--logLevel', 'warn'], { isBeside }),
    stage('types', process.execPath, typeCheck, { isBeside }).then(async (isGood) => {
      const isTidy = await stage('lint', tool('biome'), ['check', '--error-on-warnings'], { isBeside });
      return isGood && isTidy;
    }),
  ])),
  await stage('build of the command line', tool('vite'), ['build', '--config', 'src/cli/vite.config.ts']),
  await stage('unit tests and house rules', tool('vitest'), [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${join(reports, 'unit.json')}`,
  ]),
  await stage('end-to-end tests', tool('playwright'), ['test', '--config', 'e2e/playwright.config.ts'], {
    env: { CHROMIUM_PATH: browser, PLAYWRIGHT_JSON_OUTPUT_FILE: join(reports, 'e2e.json') },
  }),
].every(Boolean);

const unit = readReport('unit.json');
const e2e = readReport('e2e.json');
rmSync(reports, { recursive: true, force: true });
const passed = (unit?.numPassedTests ?? 0) + (e2e?.stats?.expected ?? 0);
const failed = (unit?.numFailedTests ?? 0) + (e2e?.stats?.unexpected ?? 0) + (e2e?.stats?.flaky ?? 0);
if (!unit || !e2e) console.log('\nA stage left no report, so its tests did not run.');
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = good && failed === 0 && unit && e2e ? 0 : 1;
