/**
 * The page's speed and size in a real Chromium, printed as a table: what the first load fetches, whether the main thread
 * is ever blocked while a rolling update of 300 replicas runs and plays, and the frames per second with 1,000 Pods
 * changing. Needs a built page. `--page DIR` measures another build, `--profile` also prints where the time goes.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { chromium } from '@playwright/test';
import { findBrowser } from './browser.mjs';
import { BUILT, linkOf, needBuilt, servePage } from './serve-page.mjs';

const EDITOR_FILE = /monaco|editor\.worker|yaml\.worker|codicon/;
const KIB = 1024;
const LIMITS = { blockedMs: 50, framesPerSecond: 50, engineBytes: 140 * KIB };

const { values: options } = parseArgs({
  // bench.mjs hands its own options on.
  options: { page: { type: 'string' }, profile: { type: 'boolean' }, quick: { type: 'boolean' } },
});
const folder = options.page ?? BUILT;
needBuilt(folder);

/** A rolling update again and again: `replicas` Pods are replaced every `everyS` seconds. */
function scenario({ replicas, nodes, durationS, updatesAtS }) {
  const actions = updatesAtS.map(
    (atS, index) => `  - {at: ${atS}s, kubectl: set image deployment/web app=nginx:1.27.${index + 1}}`,
  );
  return `apiVersion: kubestep.dev/v1alpha1
kind: Scenario
metadata: {name: bench}
spec:
  title: Bench ${replicas}
  duration: ${durationS}s
  nodes: [{count: ${nodes}, namePrefix: node-, capacity: {cpu: "64", memory: 256Gi, pods: "250"}}]
  actions:
${actions.join('\n')}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: app, image: "nginx:1.27.0", ports: [{containerPort: 80}]}]}
`;
}

/** Runs in the page before anything else: counts frames, long tasks and the rows that the worker sends. */
function watchPage() {
  const seen = { frames: [], tasks: [], rows: 0 };
  globalThis.benchSeen = seen;
  const OwnWorker = globalThis.Worker;
  globalThis.Worker = class extends OwnWorker {
    constructor(...parameters) {
      super(...parameters);
      this.addEventListener('message', ({ data }) => {
        const delta = data?.answer?.delta ?? data?.answer?.started?.view.delta;
        if (delta?.put) seen.rows += delta.put.length + delta.removed.length;
      });
    }
  };
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.tasks.push(Math.round(duration));
  }).observe({ type: 'longtask' });
  const frame = (nowMs) => {
    seen.frames.push(nowMs);
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

async function newPage(browser) {
  const page = await (
    await browser.newContext({ viewport: { width: 1440, height: 900 }, serviceWorkers: 'block' })
  ).newPage();
  await page.addInitScript(watchPage);
  return page;
}

const READY = `document.querySelector('section.timeline')?.getAttribute('aria-busy') === 'false' &&
  document.querySelector('button[aria-label^="Deployment "]') && performance.now()`;

async function measureFirstLoad(browser, server) {
  const page = await newPage(browser);
  server.sent.clear();
  await page.goto(server.address);
  const readyMs = await (await page.waitForFunction(READY)).jsonValue();
  await page.waitForSelector('.monaco-editor');
  await page.waitForLoadState('networkidle');
  const sizes = [...server.sent];
  const sum = (wanted) =>
    sizes.filter(([path]) => EDITOR_FILE.test(path) === wanted).reduce((n, [, size]) => n + size, 0);
  await page.context().close();
  return { readyMs, firstBytes: sum(false), editorBytes: sum(true) };
}

/** Plays a scenario to its end at a speed; what was seen between two virtual times. */
async function play(browser, server, { text, speed, fromMs, toMs }) {
  const page = await newPage(browser);
  await page.goto(server.address);
  await page.waitForSelector('.monaco-editor');
  await page.waitForLoadState('networkidle');
  await page.getByRole('combobox', { name: 'Speed' }).selectOption({ label: `${speed}×` });
  const devtools = options.profile ? await page.context().newCDPSession(page) : undefined;
  await devtools?.send('Profiler.enable');
  await browser.startTracing(page, { categories: ['toplevel'] });
  await page.evaluate((hash) => {
    const { benchSeen } = globalThis;
    location.hash = hash;
    benchSeen.frames.length = benchSeen.tasks.length = benchSeen.rows = 0;
  }, linkOf(text));
  await devtools?.send('Profiler.start');
  const passed = async (limitMs) => {
    const state = await page.waitForFunction(
      ([title, limit]) => {
        if (document.querySelector('.scenario-open')?.textContent !== title) return undefined;
        if (document.querySelector('.banner')) return document.querySelector('.banner').textContent;
        return Number(document.querySelector('input[type=range]')?.value) >= limit ? 'passed' : undefined;
      },
      [/title: (.*)/.exec(text)[1], limitMs],
      { timeout: 180_000 },
    );
    const said = await state.jsonValue();
    if (said !== 'passed') throw new Error(`the page stopped: ${said}`);
  };
  await passed(fromMs);
  const start = await page.evaluate(() => ({
    frames: globalThis.benchSeen.frames.length,
    rows: globalThis.benchSeen.rows,
  }));
  await passed(toMs);
  const seen = await page.evaluate(() => globalThis.benchSeen);
  const cpu = cpuOfTasks(JSON.parse((await browser.stopTracing()).toString()));
  const profile = (await devtools?.send('Profiler.stop'))?.profile;
  await page.context().close();
  const frames = seen.frames.slice(start.frames);
  const gaps = frames.slice(1).map((ms, index) => ms - frames[index]);
  const seconds = (frames.at(-1) - frames[0]) / 1000;
  return {
    tasks: seen.tasks.sort((a, b) => b - a),
    framesPerSecond: gaps.length / seconds,
    longestFrameMs: Math.max(...gaps),
    rowsPerSecond: (seen.rows - start.rows) / seconds,
    cpu,
    seconds: (seen.frames.at(-1) - seen.frames[0]) / 1000,
    profile,
  };
}

/**
 * The tasks of the page's main thread by CPU time, which, unlike the clock, leaves out what other programs on a shared
 * machine took.
 */
function cpuOfTasks({ traceEvents }) {
  const main = new Set();
  for (const { name, args, pid, tid } of traceEvents) {
    if (name === 'thread_name' && args.name === 'CrRendererMain') main.add(`${pid}/${tid}`);
  }
  const tasks = traceEvents.filter(
    ({ name, ph, pid, tid }) => ph === 'X' && name.endsWith('RunTask') && main.has(`${pid}/${tid}`),
  );
  const cpuMs = tasks.map(({ tdur }) => (tdur ?? 0) / 1000);
  return {
    longestMs: cpuMs.reduce((most, each) => Math.max(most, each), 0),
    totalMs: cpuMs.reduce((n, each) => n + each, 0),
  };
}

/** The functions that the main thread spent most of its own time in. */
function printProfile(title, { nodes, samples, timeDeltas }) {
  const spent = new Map();
  const byId = new Map(nodes.map((node) => [node.id, node.callFrame]));
  samples.forEach((id, index) => {
    const { functionName, url, lineNumber } = byId.get(id);
    const name = `${functionName || '(anonymous)'} ${url.slice(url.lastIndexOf('/') + 1)}:${lineNumber + 1}`;
    spent.set(name, (spent.get(name) ?? 0) + timeDeltas[index] / 1000);
  });
  console.log(`\n${title}: own time by function`);
  for (const [name, ms] of [...spent].sort((a, b) => b[1] - a[1]).slice(0, 25)) {
    console.log(`${ms.toFixed(0).padStart(8)} ms  ${name}`);
  }
}

function engineBytes() {
  const name = readdirSync(join(folder, 'assets')).find((each) => /^engine-.*\.js$/.test(each));
  return name ? gzipSync(readFileSync(join(folder, 'assets', name)), { level: 9 }).length : Number.NaN;
}

const kib = (bytes) => `${(bytes / KIB).toFixed(1)} KiB`;
const ms = (value) => `${Math.round(value)} ms`;

function printTable(rows) {
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column].length)));
  for (const row of rows) {
    console.log(
      row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join('   '),
    );
  }
}

const server = await servePage(folder);
const browser = await chromium.launch({
  executablePath: await findBrowser(),
  args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-background-networking', '--no-first-run'],
});
const load = loadavg()[0].toFixed(1);
const first = await measureFirstLoad(browser, server);
const update = await play(browser, server, {
  text: scenario({ replicas: 300, nodes: 10, durationS: 60, updatesAtS: [15] }),
  speed: 5,
  fromMs: 0,
  toMs: 50_000,
});
const thousand = await play(browser, server, {
  text: scenario({ replicas: 1000, nodes: 20, durationS: 90, updatesAtS: [15, 30, 45, 60, 75] }),
  speed: 5,
  fromMs: 15_000,
  toMs: 85_000,
});
await browser.close();
server.close();

const engine = engineBytes();
const mark = (good) => (good ? 'met' : 'MISSED');
printTable([
  ['In Chromium', 'measured', 'wanted'],
  [
    'Main thread, longest block, 300-replica update',
    ms(update.tasks[0] ?? 0).replace(/^0 ms$/, '< 50 ms'),
    `${mark((update.tasks[0] ?? 0) <= LIMITS.blockedMs)} ≤ 50 ms`,
  ],
  ['  the same in CPU time, without other programs', ms(update.cpu.longestMs), ''],
  ['  blocks over 50 ms', String(update.tasks.length), ''],
  ['  frames per second', update.framesPerSecond.toFixed(1), ''],
  ['  rows changed per second', update.rowsPerSecond.toFixed(0), ''],
  [
    'Frames per second, 1,000 Pods changing',
    thousand.framesPerSecond.toFixed(1),
    `${mark(thousand.framesPerSecond >= LIMITS.framesPerSecond)} ≥ 50`,
  ],
  ['  longest frame', ms(thousand.longestFrameMs), ''],
  ['  longest task in CPU time', ms(thousand.cpu.longestMs), ''],
  ['  main thread busy, CPU time', ms(thousand.cpu.totalMs / thousand.seconds).replace('ms', 'ms/s'), ''],
  ['  rows changed per second', thousand.rowsPerSecond.toFixed(0), ''],
  ['Engine chunk, gzip', kib(engine), `${mark(engine <= LIMITS.engineBytes)} ≤ 140 KiB`],
  ['First load without editor, gzip', kib(first.firstBytes), ''],
  ['Editor, fetched afterwards, gzip', kib(first.editorBytes), ''],
  ['Time to ready', ms(first.readyMs), ''],
  ['Load average at the start', load, ''],
]);
if (update.tasks.length > 0)
  console.log(`Blocks in the 300-replica update, ms: ${update.tasks.slice(0, 20).join(' ')}`);
if (update.profile) printProfile('300-replica update', update.profile);
if (thousand.profile) printProfile('1,000 Pods changing', thousand.profile);
