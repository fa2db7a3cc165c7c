/** A scenario played in the page while it is watched: frames, blocks of the main thread, its CPU time. */
import { newPage } from './bench-page.mjs';
import { linkOf } from './serve-page.mjs';

/** Plays a scenario to its end at a speed, in a view; what was seen between two virtual times. */
export async function play(browser, server, { text, speed, fromMs, toMs, view = 'Workloads', profiled = false }) {
  const page = await newPage(browser);
  await page.goto(server.address);
  await page.waitForSelector('.monaco-editor');
  await page.waitForLoadState('networkidle');
  await page.getByRole('combobox', { name: 'Speed' }).selectOption({ label: `${speed}×` });
  const devtools = profiled ? await page.context().newCDPSession(page) : undefined;
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
  await page.getByRole('tab', { name: view }).click();
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
    tasks: seen.tasks.map((task) => task.ms).sort((a, b) => b - a),
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
