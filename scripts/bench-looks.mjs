/** Medians of cold loads with what they fetch before what, and how long seeks and steps take to be painted. */
import { newPage, scenario } from './bench-page.mjs';
import { linkOf } from './serve-page.mjs';

const EDITOR_FILE = /monaco|editor\.worker|yaml\.worker|codicon/;
/** So many loads are measured. */
export const COLD_LOADS = 5;

/** When the first graph is there. Runs in the page, whose policy forbids texts as scripts. */
const drawnAt = () => document.querySelector('button[aria-label^="Deployment "]') && performance.now();

/** When the page answers. */
const readyAt = () =>
  document.querySelector('section.timeline')?.getAttribute('aria-busy') === 'false' && performance.now();

/** The paths of what had been asked for by a time. */
const fetchedBefore = (timeMs) =>
  performance
    .getEntriesByType('resource')
    .filter(({ startTime }) => startTime < timeMs)
    .map(({ name }) => new URL(name).pathname);

const quantile = (values, share) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))];
const median = (values) => quantile(values, 0.5);

/** One cold load: when the graph, an answering page and the editor are there, and what had been sent until each. */
async function coldLoad(browser, server) {
  const page = await newPage(browser);
  server.sent.clear();
  await page.goto(server.address, { waitUntil: 'commit' });
  const graphMs = await (await page.waitForFunction(drawnAt, undefined, { polling: 'raf' })).jsonValue();
  const readyMs = await (await page.waitForFunction(readyAt)).jsonValue();
  await page.waitForSelector('.monaco-editor');
  const editorMs = await page.evaluate(() => performance.now());
  await page.waitForLoadState('networkidle');
  const tasks = await page.evaluate(() => globalThis.benchSeen.tasks);
  const before = new Set(await page.evaluate(fetchedBefore, graphMs));
  const beforeGraph = new Map([...server.sent].filter(([path]) => path === '/' || before.has(path)));
  const sum = (sent, wanted = () => true) => [...sent].reduce((n, [path, size]) => (wanted(path) ? n + size : n), 0);
  const isEditor = (path) => EDITOR_FILE.test(path);
  await page.context().close();
  return {
    graphMs,
    readyMs,
    editorMs,
    longestBeforeMs: Math.max(0, ...tasks.filter(({ atMs }) => atMs < graphMs).map(({ ms }) => ms)),
    longestTaskMs: Math.max(0, ...tasks.filter(({ atMs }) => atMs >= graphMs).map(({ ms }) => ms)),
    graphBytes: sum(beforeGraph),
    hasEditorBefore: [...beforeGraph.keys()].some(isEditor),
    firstBytes: sum(server.sent, (path) => !isEditor(path)),
    editorBytes: sum(server.sent, isEditor),
  };
}

/** Medians over the loads, number by number. */
export async function measureLoads(browser, server) {
  const loads = [];
  for (let load = 0; load < COLD_LOADS; load += 1) loads.push(await coldLoad(browser, server));
  const names = Object.keys(loads[0]).filter((name) => typeof loads[0][name] === 'number');
  return {
    ...Object.fromEntries(names.map((name) => [name, median(loads.map((each) => each[name]))])),
    hasEditorBefore: loads.some((each) => each.hasEditorBefore),
  };
}

/**
 * How long it takes from moving the slider, or a key, to the frame that shows the moment. Runs in the page. A hand moves at any
 * moment of a frame; right after one has been painted, where each measurement ends, the next is always a whole frame away.
 */
async function timeLooks({ seeks, steps }) {
  const slider = document.querySelector('input[type=range]');
  const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
  // An observer is told before the very frame that paints the change; asked by a timer (4 ms apart at best), the frame after it is often waited for, too.
  const until = async (isShown) => {
    await new Promise((done) => {
      const watch = new MutationObserver(() => check());
      const check = () => {
        if (!isShown()) return;
        watch.disconnect();
        done();
      };
      watch.observe(slider, { attributes: true });
      check();
    });
    await painted();
  };
  /** Waits for up to two frames, evenly spread. */
  const atAnyMoment = (index) => new Promise((done) => setTimeout(done, (((index * 6133) % 1000) / 1000) * 33));
  const seekMs = [];
  const endMs = Number(slider.max);
  for (let seek = 0; seek < seeks; seek += 1) {
    const target = String(Math.round((((seek * 7919) % 1000) / 1000) * endMs * 0.95));
    await atAnyMoment(seek);
    const start = performance.now();
    setValue.call(slider, target);
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    slider.dispatchEvent(new Event('change', { bubbles: true }));
    await until(() => slider.dataset.shownMs === target);
    seekMs.push(performance.now() - start);
  }
  const stepMs = [];
  const forward = document.querySelector('button[aria-label="Step forward"]');
  for (let step = 0; step < steps; step += 1) {
    const before = slider.getAttribute('aria-valuetext');
    await atAnyMoment(step);
    const start = performance.now();
    forward.click();
    await until(() => slider.getAttribute('aria-valuetext') !== before);
    stepMs.push(performance.now() - start);
  }
  return { seekMs, stepMs };
}

/** So many updates of 300 Pods come to 60,000 steps. */
const UPDATES = 24;

/** Seeks and steps in a run of many steps. */
export async function measureLooks(browser, server) {
  const page = await newPage(browser);
  const text = scenario({
    replicas: 300,
    nodes: 10,
    durationS: 45 * (UPDATES + 1),
    updatesAtS: Array.from({ length: UPDATES }, (_, update) => 15 + 45 * update),
  });
  await page.goto(`${server.address}${linkOf(text)}&t=1s`);
  await page.waitForSelector('.monaco-editor');
  const headStep = async () =>
    Number(/\/ *([\d,]+)/.exec(await page.locator('.step-where').innerText())?.[1]?.replace(/,/g, '') ?? 0);
  let head = -1;
  for (let now = await headStep(); now !== head; now = await headStep()) {
    head = now;
    await page.waitForTimeout(3000);
  }
  const { seekMs, stepMs } = await page.evaluate(timeLooks, { seeks: 150, steps: 100 });
  await page.context().close();
  return {
    steps: head,
    seekP50Ms: median(seekMs),
    seekP99Ms: quantile(seekMs, 0.99),
    stepP50Ms: median(stepMs),
    stepP99Ms: quantile(stepMs, 0.99),
  };
}
