import { beforeEach, expect, test } from 'vitest';
import { type BridgeListeners, WorkerGone } from '../../worker/bridge';
import type { RequestName, View } from '../../worker/protocol';
import { Conductor } from './conductor';
import { replaceText, useDocument } from './document';
import { useHistory } from './history';
import { useSession } from './session';

const at = (step: number) => ({ step, timeMs: step * 10 });
const view = (step: number, branch = 0): View => ({
  delta: { full: false, put: [], removed: [] },
  cursor: at(step),
  branch,
  current: null,
  changes: null,
});
const progress = { head: at(90), horizonMs: 900, branch: 0, branches: [], halted: null };
const opened = (step = 0) => ({
  problems: [],
  findings: [],
  notices: [],
  started: { title: 'T', description: '', view: view(step), progress },
});
const applied = (shown: View | null) => ({ problems: [], findings: [], notices: [], needsRestart: false, view: shown });
const saved = { text: 'text', branches: [], current: 0, continued: [] };

interface Asked {
  readonly name: RequestName;
  readonly params: { readonly [name: string]: unknown };
  readonly answer: (answer: unknown) => Promise<void>;
  readonly fail: (error: Error) => Promise<void>;
}

/** Lets everything that waits for an answer go on. */
const settle = () => new Promise<void>((resolve) => setTimeout(resolve));

/** A page whose workers answer when the test says so. */
function createPage() {
  const asked: Asked[] = [];
  const workers: BridgeListeners[] = [];
  let nowMs = 0;
  let slot = 'a';
  const enter = (id: string) => {
    slot = id;
  };
  const conductor = new Conductor({
    now: () => nowMs,
    slot: () => slot,
    jumping: () => undefined,
    typed: () => undefined,
    enterSlot: async (id) => enter(id),
    connect: (listeners) => {
      workers.push(listeners);
      return {
        ask: (name, params) =>
          new Promise<never>((resolve, reject) => {
            const answer = (value: unknown) => {
              resolve(value as never);
              return settle();
            };
            const fail = (error: Error) => {
              reject(error);
              return settle();
            };
            asked.push({ name, params, answer, fail } as Asked);
          }),
        close: () => undefined,
      };
    },
  });
  /** The next question, which must be of this name. */
  const next = async (name: RequestName): Promise<Asked> => {
    await settle();
    const question = asked.shift();
    expect(question?.name).toBe(name);
    return question as Asked;
  };
  const open = async (text = 'text') => {
    replaceText(text);
    const done = conductor.open(text);
    await (await next('open')).answer(opened());
    await (await next('save')).answer({ ...saved, text });
    await done;
  };
  const wait = (ms: number) => {
    nowMs += ms;
  };
  const crash = async () => {
    // At once, as the bridge does.
    for (const question of asked.splice(0)) void question.fail(new WorkerGone());
    workers.at(-1)?.onCrash('broken');
    await settle();
  };
  return { conductor, asked, workers, next, open, enter, wait, crash };
}

const state = () => useSession.getState();

beforeEach(() => {
  useSession.setState(useSession.getInitialState(), true);
  useDocument.setState(useDocument.getInitialState(), true);
  useHistory.setState(useHistory.getInitialState(), true);
});

test('a text is opened, and its run begins without what the one before left', async () => {
  const page = createPage();
  useSession.setState({ commands: [{ id: 1, command: 'get pods', at: at(0) }] });
  await page.open();
  expect(state()).toMatchObject({ ready: true, title: 'T', run: 1, commands: [], head: at(90) });
});

test('what is done before it is known how everything stands can be undone', async () => {
  const { conductor, next } = createPage();
  replaceText('text');
  void conductor.open('text');
  await (await next('open')).answer(opened());
  const standing = await next('save');
  const done = conductor.acts.do({ kind: 'x' } as never, 'an act');
  await standing.answer(saved);
  await (await next('act')).answer({ view: view(5, 1), refused: null });
  await (await next('save')).answer({ ...saved, branches: [{ id: 1, inputs: [] }], current: 1 });
  await done;
  expect(useHistory.getState().past.map(({ label }) => label)).toEqual(['an act']);
});

test('edits take turns, each at the moment that the one before led to; one that is out of date is left out', async () => {
  const page = createPage();
  await page.open();
  useDocument.setState({ text: 'a' });
  void page.conductor.applyText('a');
  const first = await page.next('apply');
  useDocument.setState({ text: 'b' });
  void page.conductor.applyText('b');
  useDocument.setState({ text: 'c' });
  void page.conductor.applyText('c');
  await settle();
  expect(page.asked).toEqual([]);
  await first.answer(applied(view(7, 1)));
  await (await page.next('save')).answer(saved);
  const last = await page.next('apply');
  expect(last.params).toEqual({ text: 'c', at: at(7) });
  await last.answer(applied(null));
  expect(page.asked).toEqual([]);
  expect(state().cursor).toEqual(at(7));
});

test('a refused edit says why, and what is shown stays', async () => {
  const page = createPage();
  await page.open();
  useDocument.setState({ text: 'a' });
  void page.conductor.applyText('a');
  const problem = { message: 'unknown field "x"', line: 3, column: 1, endLine: 3, endColumn: 2 };
  await (await page.next('apply')).answer({ ...applied(null), problems: [problem] });
  expect(state().banners.text).toMatchObject({ text: 'Line 3:', detail: 'unknown field "x"' });
  expect(useDocument.getState().problems).toEqual([problem]);
  expect(page.asked).toEqual([]);
});

test('a text that can’t be run, opened over another session, stands over an empty cluster, with the mistake as the headline', async () => {
  const page = createPage();
  await page.open('old');
  const problem = { message: 'unknown field "x"', line: 3, column: 1, endLine: 3, endColumn: 2 };
  const bad = { problems: [problem], findings: [], notices: [] };
  page.enter('b');
  replaceText('bad');
  void page.conductor.turns.take(() => page.conductor.openInstead('bad', {}, 'bad'));
  await (await page.next('open')).answer(bad);
  const empty = await page.next('open');
  expect(empty.params).toMatchObject({ text: '', at: undefined });
  await empty.answer({ ...opened(), started: { ...opened().started, title: '' } });
  const [asked, reading] = [await page.next('read'), await page.next('save')];
  await asked.answer(bad);
  await reading.answer({ ...saved, text: '' });
  expect(state().title).toBe('');
  expect(state().banners.text).toMatchObject({ isHeadline: true, text: expect.stringMatching(/empty.*Line 3:/) });
  expect(useDocument.getState()).toMatchObject({ text: 'bad', problems: [problem] });
  // Mended it is opened, not applied; and undo leads to what stood here before.
  useDocument.setState({ text: 'worse' });
  void page.conductor.applyText('worse');
  await (await page.next('open')).answer(bad);
  expect(state().banners.text).toMatchObject({ isHeadline: true });
  expect(page.asked).toEqual([]);
  void page.conductor.travel('undo');
  expect((await page.next('open')).params).toMatchObject({ text: '' });
  expect(useHistory.getState().past).toMatchObject([{ before: { text: 'old' }, after: { text: 'bad' } }]);
});

test('so does one that is too large to be run', async () => {
  const page = createPage();
  await page.open('old');
  const large = 'x'.repeat(2_000_001);
  page.enter('b');
  replaceText(large);
  void page.conductor.turns.take(() => page.conductor.openInstead(large, {}, 'large'));
  const empty = await page.next('open');
  expect(empty.params).toMatchObject({ text: '' });
  await empty.answer(opened());
  await (await page.next('save')).answer({ ...saved, text: '' });
  expect(state().banners.text?.text).toMatch(/2\.0 million characters/);
  expect(useHistory.getState().present).toMatchObject({ text: large, run: { text: '' } });
});

test('what has no effect is said, and goes with it', async () => {
  const page = createPage();
  await page.open();
  const notice = {
    message: 'spec.traffic has no effect: no requests are sent yet',
    line: 9,
    column: 1,
    endLine: 9,
    endColumn: 2,
  };
  for (const notices of [[notice, notice], []]) {
    const text = `${notices.length}`;
    useDocument.setState({ text });
    void page.conductor.applyText(text);
    await (await page.next('apply')).answer({ ...applied(null), notices });
    expect(useDocument.getState().notices).toEqual(notices);
    expect(state().banners.notice?.detail).toBe(
      notices.length ? `${notice.message} (1 more part has none)` : undefined,
    );
  }
});

test.each([false, true])('another Scenario document begins anew, and plays only where it did: %s', async (playing) => {
  const page = createPage();
  await page.open();
  useDocument.setState({ text: 'a' });
  useSession.setState({ playing });
  void page.conductor.applyText('a');
  await (await page.next('apply')).answer({ ...applied(null), needsRestart: true });
  const open = await page.next('open');
  expect(open.params).toMatchObject({ text: 'a' });
  await open.answer(opened());
  await (await page.next('save')).answer(saved);
  expect(state().playing).toBe(playing);
  expect(state().banners.action).toMatchObject({ action: 'undo' });
});

test('a Scenario document that is another only in what comes later goes on where it is, with all that was done', async () => {
  const page = createPage();
  await page.open();
  useSession.setState({ cursor: at(35), playing: true });
  useDocument.setState({ text: 'longer, edited' });
  void page.conductor.applyText('longer, edited');
  await (await page.next('apply')).answer({ ...applied(null), needsRestart: true, goesOn: 'longer' });
  const open = await page.next('open');
  expect(open.params).toMatchObject({ text: 'longer', saved: { branches: [] }, at: at(35) });
  await open.answer(opened(35));
  for (const name of ['read', 'save'] as const)
    await (await page.next(name)).answer(name === 'save' ? saved : applied(null));
  const apply = await page.next('apply');
  expect(apply.params).toMatchObject({ text: 'longer, edited', at: at(35) });
  await apply.answer(applied(null));
  expect(state()).toMatchObject({ cursor: at(35), playing: true, banners: {} });
});

test('a Scenario document that only tells something else of the run is told, and the run stays', async () => {
  const page = createPage();
  await page.open();
  useDocument.setState({ text: 'titled' });
  void page.conductor.applyText('titled');
  await (await page.next('apply')).answer({ ...applied(null), told: { title: 'Another', description: '' } });
  await (await page.next('save')).answer({ ...saved, text: 'titled' });
  expect(state()).toMatchObject({ title: 'Another', banners: {} });
  expect(useHistory.getState().present).toMatchObject({ text: 'titled', run: { text: 'titled' } });
});

test('what runs again after too many crashes is no longer said to crash, once it was edited', async () => {
  const page = createPage();
  await page.open();
  for (let crashes = 1; crashes <= 3; crashes += 1) {
    await page.crash();
    if (crashes === 3) break;
    await (await page.next('open')).answer(opened());
    await (await page.next('save')).answer(saved);
  }
  useDocument.setState({ text: 'edited' });
  void page.conductor.applyText('edited');
  const open = await page.next('open');
  expect(state().banners.worker).toMatchObject({ action: 'restart' });
  await open.answer(opened());
  expect(state().banners.worker).toBeUndefined();
});

test('the last of many looks is taken', async () => {
  const page = createPage();
  await page.open();
  void page.conductor.look.seek({ timeMs: 10 });
  const first = await page.next('seek');
  for (const timeMs of [20, 30, 40]) void page.conductor.look.seek({ timeMs });
  expect(page.conductor.turns.isBusy).toBe(true);
  await first.answer(view(1));
  const last = await page.next('seek');
  expect(last.params).toEqual({ timeMs: 40 });
  await last.answer(view(4));
  expect(state()).toMatchObject({ cursor: at(4), playheadMs: 40 });
  expect(page.conductor.turns.isBusy).toBe(false);
});

test('output comes with the answer or later, and a button says when it failed', async () => {
  const page = createPage();
  await page.open();
  void page.conductor.acts.command('drain node-1');
  const question = await page.next('kubectl');
  expect(question.params).toMatchObject({ command: 'drain node-1', record: 1 });
  await question.answer({ output: null, view: null });
  expect(state().commands).toEqual([{ id: 1, command: 'drain node-1', at: at(0), branch: 0 }]);
  const reading = page.conductor.acts.kubectl('get pods');
  await (await page.next('kubectl')).answer({ output: { stdout: 'web\n', stderr: '', code: 0 }, view: null });
  expect(await reading).toMatchObject({ stdout: 'web\n' });
  page.workers[0]?.onOutput(1, { stdout: '', stderr: 'error: no\n', code: 1 });
  await settle();
  expect(state().commands.map(({ output }) => output?.code)).toEqual([1, 0]);
  expect(state().banners.action).toMatchObject({ text: 'kubectl drain node-1', detail: 'error: no' });
});

test('output that comes late, of what ran before another text was opened, is nobody else’s', async () => {
  const page = createPage();
  await page.open();
  void page.conductor.acts.kubectl('wait pod/a');
  await (await page.next('kubectl')).answer({ output: null, view: null });
  void page.conductor.open('another');
  await (await page.next('open')).answer(opened(0));
  await (await page.next('save')).answer(saved);
  void page.conductor.acts.kubectl('get pods');
  await (await page.next('kubectl')).answer({ output: { stdout: 'web\n', stderr: '', code: 0 }, view: null });
  page.workers[0]?.onOutput(1, { stdout: '', stderr: 'error: abandoned\n', code: 1 });
  expect(state().commands.map(({ command, output }) => [command, output?.stdout])).toEqual([['get pods', 'web\n']]);
});

test('a moment that was asked of a worker that died is shown by the one after it', async () => {
  const page = createPage();
  await page.open();
  useSession.setState({ head: at(90) });
  void page.conductor.look.toEnd('last');
  await settle();
  expect(page.asked.map(({ name }) => name)).toEqual(['seek']);
  await page.crash();
  const again = await page.next('open');
  expect(again.params).toMatchObject({ at: at(0) });
  await again.answer(opened(0));
  await (await page.next('save')).answer(saved);
  const seek = await page.next('seek');
  expect(seek.params).toEqual({ step: 90 });
  await seek.answer(view(90));
  expect(state()).toMatchObject({ cursor: at(90) });
});

test('a refusal by the worker is said', async () => {
  const page = createPage();
  await page.open();
  void page.conductor.look.stepBy(1);
  await (await page.next('stepBy')).fail(new Error('why not'));
  expect(state().banners.action?.detail).toBe('why not');
});

test('a crash: text, terminal and branches are kept, at the same moment, in a new worker', async () => {
  const page = createPage();
  await page.open();
  void page.conductor.acts.do({ to: 'fault', kind: 'fault', payload: {} }, 'crash');
  await (await page.next('act')).answer({ view: view(7, 1), refused: null });
  await (await page.next('save')).answer({ ...saved, current: 1 });
  void page.conductor.acts.kubectl('get pods');
  await (await page.next('kubectl')).answer({ output: { stdout: 'web\n', stderr: '', code: 0 }, view: null });
  void page.conductor.acts.kubectl('wait pod/a');
  await settle();
  useSession.setState(({ commands: [first, ...others] }) => ({ commands: [{ ...first!, branch: 4 }, ...others] }));
  await page.crash();
  const again = await page.next('open');
  expect(again.params).toMatchObject({ text: 'text', saved: { current: 1, nextBranch: 5 }, at: at(7) });
  await again.answer(opened(7));
  await (await page.next('save')).answer({ ...saved, current: 1 });
  expect(state()).toMatchObject({ cursor: at(7), playing: false });
  expect(state().commands.map(({ output }) => output?.code)).toEqual([0, 1]);
  expect(state().banners.worker).toMatchObject({ tone: 'warning', detail: 'broken' });
  void page.conductor.acts.do({ to: 'fault', kind: 'fault', payload: {} }, 'and on');
  expect((await page.next('act')).params).toMatchObject({ at: at(7) });
});

test('a text whose opening is refused leaves a page that can be worked with, and is not waited for', async () => {
  const page = createPage();
  void page.conductor.open('text', { saved, at: at(52) });
  await (await page.next('open')).fail(new Error('no'));
  expect(state()).toMatchObject({ ready: true, awaited: null, banners: { action: { detail: 'no' } } });
});

test('a crash on the way to a moment: what is opened again goes there', async () => {
  const page = createPage();
  void page.conductor.turns.take(() => page.conductor.open('text', { saved, at: at(52) }));
  await settle();
  await page.crash();
  expect((await page.next('open')).params).toMatchObject({ text: 'text', at: at(52) });
});

test('a crash while something waits for its turn: what ran comes back first', async () => {
  const page = createPage();
  await page.open();
  void page.conductor.acts.do({ to: 'fault', kind: 'fault', payload: {} }, 'one');
  await settle();
  replaceText('typed');
  void page.conductor.applyText('typed');
  await page.crash();
  const again = await page.next('open');
  expect(again.params).toMatchObject({ text: 'text' });
  await again.answer(opened());
  await (await page.next('save')).answer({ ...saved, text: 'text' });
  expect((await page.next('apply')).params).toMatchObject({ text: 'typed' });
});

test('a crash while a text is opened: it is opened again, with itself in the editor', async () => {
  const page = createPage();
  await page.open('a');
  replaceText('b');
  void page.conductor.turns.take(() => page.conductor.openInstead('b', {}, 'b'));
  await settle();
  await page.crash();
  const again = await page.next('open');
  expect(again.params).toMatchObject({ text: 'b' });
  await again.answer(opened());
  await (await page.next('save')).answer({ ...saved, text: 'b' });
  await settle();
  expect(page.asked).toEqual([]);
  expect(useHistory.getState().present).toMatchObject({ text: 'b', run: { text: 'b' } });
  expect(useHistory.getState().past).toMatchObject([{ kind: 'open', before: { text: 'a' }, after: { text: 'b' } }]);
});

test('a text that the worker dies of each time is what is begun again', async () => {
  const page = createPage();
  await page.open('a');
  replaceText('b');
  void page.conductor.turns.take(() => page.conductor.openInstead('b', {}, 'b'));
  for (let crashes = 1; crashes <= 3; crashes += 1) {
    await settle();
    await page.crash();
  }
  void page.conductor.restart();
  const again = await page.next('open');
  expect(again.params).toMatchObject({ text: 'b' });
  await again.answer(opened());
  await (await page.next('save')).answer({ ...saved, text: 'b' });
  expect(useHistory.getState().past).toMatchObject([{ before: { text: 'a' }, after: { text: 'b' } }]);
});

const branch = (id: number) => ({ id, parent: null, fromStep: 0, fromMs: 0, label: `${id}`, inputs: [] });

test('undo goes back through edits and acts to the run and the moment before each; redo comes forward again', async () => {
  const page = createPage();
  await page.open();
  useDocument.setState({ text: 'edited' });
  void page.conductor.applyText('edited');
  await (await page.next('apply')).answer(applied(view(7, 1)));
  await (await page.next('save')).answer({ ...saved, branches: [branch(1)] });
  void page.conductor.acts.do({ to: 'fault', kind: 'fault', payload: {} }, 'crash');
  await (await page.next('act')).answer({ view: view(9, 2), refused: null });
  await (await page.next('save')).answer({ ...saved, branches: [branch(1), branch(2)] });
  expect(useHistory.getState().past.map(({ kind }) => kind)).toEqual(['edit', 'act']);

  const travel = async (direction: 'undo' | 'redo', to: View, text: string) => {
    void page.conductor.travel(direction);
    const question = await page.next('restore');
    await question.answer(to);
    const reading = await page.next('read');
    expect(reading.params).toEqual({ text });
    await reading.answer({ problems: [], findings: [], notices: [] });
    expect(useDocument.getState().text).toBe(text);
    return question.params;
  };
  expect(await travel('undo', view(7, 1), 'edited')).toMatchObject({ at: at(7), saved: { branches: [branch(1)] } });
  expect(await travel('undo', view(0), 'text')).toMatchObject({ at: at(0), saved: { branches: [] } });
  void page.conductor.travel('undo');
  await settle();
  expect(page.asked).toEqual([]);
  expect(await travel('redo', view(7, 1), 'edited')).toMatchObject({ at: at(7), saved: { branches: [branch(1)] } });
  expect(await travel('redo', view(9, 2), 'edited')).toMatchObject({ at: at(9), saved: { branches: [{}, {}] } });
  expect(useHistory.getState()).toMatchObject({ past: [{}, {}], future: [] });
});

test('undo of another Scenario document opens the run before it, with its branches', async () => {
  const page = createPage();
  await page.open();
  useDocument.setState({ text: 'b' });
  void page.conductor.applyText('b');
  await (await page.next('apply')).answer({ ...applied(null), needsRestart: true });
  await (await page.next('open')).answer(opened());
  await (await page.next('save')).answer({ ...saved, text: 'b' });
  void page.conductor.travel('undo');
  const again = await page.next('open');
  expect(again.params).toMatchObject({ text: 'text', saved: { branches: [] }, at: at(0) });
  await again.answer(opened());
  await (await page.next('save')).answer(saved);
  await (await page.next('read')).answer({ problems: [], findings: [], notices: [] });
  expect(useDocument.getState().text).toBe('text');
});

test('after three crashes in a minute nothing is asked until the reader starts again', async () => {
  const page = createPage();
  await page.open();
  for (let crashes = 1; crashes <= 3; crashes += 1) {
    await page.crash();
    if (crashes === 3) break;
    await (await page.next('open')).answer(opened());
    await (await page.next('save')).answer(saved);
  }
  expect(state().banners.worker).toMatchObject({ tone: 'error', action: 'restart' });
  void page.conductor.look.seek({ timeMs: 5 });
  await settle();
  expect(page.asked).toEqual([]);
  void page.conductor.restart();
  await (await page.next('open')).answer(opened());
  await (await page.next('save')).answer(saved);
  expect(state().banners.worker).toBeUndefined();
  page.wait(120_000);
  await page.crash();
  expect((await page.next('open')).params).toMatchObject({ text: 'text' });
});

test('a run that stopped at an assertion offers the moment before', async () => {
  const page = createPage();
  await page.open();
  page.workers[0]?.onProgress({ ...progress, halted: { reason: 'failed', message: 'seed 1, step 91' } });
  expect(state().banners.run).toMatchObject({ action: 'moment-before', detail: 'seed 1, step 91' });
  void page.conductor.look.momentBefore();
  expect((await page.next('seek')).params).toEqual({ step: 90 });
});
