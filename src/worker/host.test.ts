import { expect, test, vi } from 'vitest';
import { KUBERNETES_VERSION, LIMITS } from '../engine/limits';
import { findCommand } from '../kubectl/registry';
import type { CommandOutput } from './command-shapes';
import { Host } from './host';
import type { Message, Moment, Progress, RequestName, Requests } from './protocol';
import { timelineAnswers } from './timeline-answers';

// Long on a slow machine; nothing here measures time.
vi.setConfig({ testTimeout: 120_000 });

const SETTINGS = `apiVersion: kubestep.dev/v1alpha1
kind: Scenario
metadata: {name: shop}
spec: {title: Shop, duration: 60s}
---
`;
const WEB = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: main, image: 'shop:1'}]}
`;
const TEXT = SETTINGS + WEB;
const SCALED = TEXT.replace(
  'duration: 60s',
  'duration: 60s, actions: [{at: 5s, kubectl: scale deployment/web --replicas=5}]',
);
const START: Moment = { step: 0, timeMs: 0 };

/** A host whose turns are taken when the test says so, and whose clock moves as often as it is looked at. */
function createPage({ late = false } = {}) {
  let loads = 0;
  let arrive: () => void = () => undefined;
  const messages: Message[] = [];
  const tasks: (() => void)[] = [];
  let clock = 0;
  let lastId = 0;
  const host = new Host({
    post: (message) => messages.push(message),
    turns: (task) => tasks.push(task),
    documentation: () => undefined,
    now: () => {
      clock += 1;
      return clock;
    },
    load: {
      commands: () => {
        loads += 1;
        return late ? new Promise((resolve) => (arrive = () => resolve(findCommand))) : Promise.resolve(findCommand);
      },
      fidelity: () => Promise.resolve({ version: KUBERNETES_VERSION, limits: LIMITS }),
      timeline: () => Promise.resolve(timelineAnswers),
    },
  });
  const turn = async () => {
    tasks.shift()?.();
    await Promise.resolve();
  };
  /** Takes turns until the host has nothing to do. */
  const settle = async () => {
    for (let idle = 0; idle < 10; idle += 1) {
      if (tasks.length > 0) idle = 0;
      await turn();
    }
  };
  const ask = async <N extends RequestName>(name: N, params: Requests[N]['params']): Promise<Requests[N]['answer']> => {
    lastId += 1;
    const id = lastId;
    void host.hear({ id, name, params } as never);
    for (;;) {
      await turn();
      const answer = messages.find((message) => 'id' in message && message.id === id);
      if (answer?.type === 'refused') throw new Error(answer.message);
      if (answer?.type === 'answer') return answer.answer as never;
    }
  };
  const progress = () => messages.findLast((message) => message.type === 'progress')?.progress as Progress;
  const open = async (text = TEXT, more: Partial<Requests['open']['params']> = {}) => {
    const answer = await ask('open', { text, ...more });
    await settle();
    return answer;
  };
  const seek = async (timeMs: number) => (await ask('seek', { timeMs })).cursor;
  return { ask, open, seek, settle, progress, messages, tasks, loads: () => loads, arrive: () => arrive() };
}

const edited = (replicas: number | string) => TEXT.replace('replicas: 2', `replicas: ${replicas}`);
const scale = (replicas: number) => ({
  to: 'user',
  kind: 'kubectl',
  payload: { command: `scale deployment web --replicas=${replicas}` },
});

test('opens, runs ahead to the horizon in turns, and tells how far it is', async () => {
  const page = createPage();
  const { started } = await page.open();
  expect(started).toMatchObject({ title: 'Shop', view: { cursor: START, branch: 0 } });
  expect(page.progress()).toMatchObject({ head: { timeMs: 60_000 }, horizonMs: 60_000, halted: null });
  expect(page.tasks).toEqual([]);
});

test('an act among the first steps is shown where it is done, not at what the scenario does in that ms', async () => {
  const page = createPage();
  await page.open();
  for (const step of [0, 1, 2]) {
    const at = { step, timeMs: 0 };
    const { view } = await page.ask('kubectl', { command: 'scale deployment web --replicas=5', at, record: 1 });
    await page.settle();
    expect(view?.current?.message).toContain('--replicas=5');
    await page.ask('selectBranch', { id: 0, at: START });
  }
});

test('a text that cannot be run leaves what runs as it is', async () => {
  const page = createPage();
  await page.open();
  expect(await page.open('a: [')).toMatchObject({ problems: [{ line: 1 }] });
  expect((await page.ask('link', {})).text).toBe(TEXT);
});

test('what is asked before anything is open waits for it, and is refused when it cannot be run', async () => {
  const page = createPage();
  const early = page.ask('seek', { timeMs: 5_000 });
  expect(await page.ask('ping', {})).toBeNull();
  await page.open();
  expect((await early).cursor.timeMs).toBeLessThanOrEqual(5_000);
  const other = createPage();
  const refused = expect(other.ask('seek', { timeMs: 5 })).rejects.toThrow('no scenario is open');
  await other.open('a: [');
  await refused;
});

test('a kept moment of another run, whose step this one has not by then, opens at its time', async () => {
  const page = createPage();
  await page.open();
  const saved = await page.ask('save', {});
  const at = { step: 100_000, timeMs: 20_000 };
  expect((await page.ask('restore', { saved, at })).cursor.timeMs).toBe(20_000);
  const { started } = await createPage().ask('open', { text: TEXT, saved, at });
  expect(started?.view.cursor.timeMs).toBe(20_000);
  expect(started?.progress.head.timeMs).toBe(20_000);
});

test('an act that is refused makes no branch, changes nothing and says why', async () => {
  const page = createPage();
  await page.open();
  const at = await page.seek(20_000);
  const before = await page.ask('save', {});
  const input = { to: 'fault', kind: 'heal', payload: { type: 'node-crash', node: 'node-1' } };
  expect(await page.ask('act', { input, at, label: 'revives' })).toEqual({
    view: null,
    refused: 'There is no fault "node-crash" on node node-1 to heal',
  });
  expect(await page.ask('save', {})).toEqual(before);
  await page.settle();
  expect(page.progress().branches).toHaveLength(1);
});

test('undo: the branches as they were, at their moment, and forward again; also an act at the head', async () => {
  const page = createPage();
  await page.open();
  const start = await page.ask('save', {});
  const at = await page.seek(20_000);
  await page.ask('act', { input: scale(4), at, label: 'scale 4' });
  await page.settle();
  const acted = await page.ask('save', {});
  const shown = (await page.ask('seek', { timeMs: 40_000 })).cursor;
  const back = await page.ask('restore', { saved: start, at });
  expect(back).toMatchObject({ cursor: at, branch: 0 });
  expect(await page.ask('save', {})).toEqual(start);
  await page.settle();
  expect(page.progress().branches).toHaveLength(1);
  expect(await page.ask('restore', { saved: acted, at: shown })).toMatchObject({ cursor: shown, branch: 1 });
  const head = await page.seek(60_000);
  await page.ask('act', { input: scale(5), at: head, label: 'scale 5' });
  const atHead = await page.ask('save', {});
  expect(atHead.branches).toHaveLength(2);
  expect((await page.ask('restore', { saved: acted, at: head })).cursor).toEqual(head);
  expect(await page.ask('save', {})).toEqual(acted);
  const { stdout } = await page.ask('look', { command: 'get deployment web -o jsonpath={.spec.replicas}', at: head });
  expect(stdout).toBe('4');
  await page.ask('restore', { saved: atHead, at: head });
  expect(await page.ask('save', {})).toEqual(atHead);
});

test('views are differences from what was sent last', async () => {
  const page = createPage();
  await page.open();
  const first = await page.ask('seek', { timeMs: 20_000 });
  expect(first.delta.put.length).toBeGreaterThan(0);
  expect((await page.ask('seek', { timeMs: 20_000 })).delta.put).toEqual([]);
  expect((await page.ask('stepBy', { from: first.cursor, by: -1, level: 'all' })).cursor.step).toBe(
    first.cursor.step - 1,
  );
  expect((await page.ask('nextReconcile', { from: { step: 0, timeMs: 0 } })).cursor.step).toBeGreaterThan(0);
});

test('the milestone after the last one is the end of the timeline, and from there nothing leads on', async () => {
  const page = createPage();
  await page.open();
  const next = async (from: Moment) => (await page.ask('stepBy', { from, by: 1, level: 'milestones' })).cursor;
  const end = await next((await page.ask('seek', { timeMs: 55_000 })).cursor);
  expect(end.timeMs).toBeGreaterThan(55_000);
  expect(end.timeMs).toBeLessThanOrEqual(60_000);
  const { cursor } = await page.ask('seek', { timeMs: 60_000 });
  expect(cursor.step).toBe(end.step);
  // Not back to when the last step was, either.
  expect(await next(cursor)).toEqual(cursor);
  expect((await page.ask('stepBy', { from: cursor, by: 1, level: 'all' })).cursor.step).toBe(cursor.step + 1);
});

test('opens at a moment that is yet to come, and another text meanwhile wins', async () => {
  const page = createPage();
  const slow = page.ask('open', { text: TEXT, at: { timeMs: 600_000 } });
  const quick = page.ask('open', { text: WEB });
  expect((await quick).started).toBeDefined();
  expect((await slow).started).toBeUndefined();
  expect((await page.ask('link', {})).text).toBe(WEB);
  const { started } = await page.open(TEXT, { at: { timeMs: 90_000 } });
  expect(started?.view.cursor.timeMs).toBe(90_000);
});

test('typing makes one branch, whatever was typed in between, and none when it leads back', async () => {
  const page = createPage();
  await page.open();
  let at = await page.seek(20_000);
  for (const replicas of [3, 5, 7]) {
    const { view, problems } = await page.ask('apply', { text: edited(replicas), at });
    expect(problems).toEqual([]);
    at = view!.cursor;
    await page.settle();
    expect(page.progress().branches).toHaveLength(2);
  }
  const { view } = await page.ask('apply', { text: TEXT, at });
  await page.settle();
  expect(view).toMatchObject({ branch: 0, cursor: { timeMs: 20_000 } });
  expect(page.progress().branches).toHaveLength(1);
});

test('a refused edit says why and shows nothing new', async () => {
  const page = createPage();
  await page.open();
  const at = await page.seek(20_000);
  for (const [text, message] of [
    [edited('two'), /replicas/],
    [TEXT.replaceAll('app: web', 'app: shop'), /^Deployment web: spec.selector: field is immutable$/],
    [`${TEXT}: [`, /./],
  ] as const) {
    const { problems, findings, view } = await page.ask('apply', { text, at });
    expect(view).toBeNull();
    expect([...problems, ...findings][0]?.message).toMatch(message);
  }
  await page.settle();
  expect(page.progress().branches).toHaveLength(1);
});

test('what is done next in an unseen future shares the chip of what was done before', async () => {
  const page = createPage();
  await page.open();
  const at = await page.seek(20_000);
  const first = await page.ask('act', { input: scale(3), at, label: 'three' });
  await page.settle();
  await page.ask('act', { input: scale(4), at: first.view?.cursor ?? at, label: 'four' });
  await page.settle();
  expect(page.progress().branches.map(({ label }) => label)).toEqual(['main', 'three, then four']);
});

test('commands that look and commands that are refused make no branch; others do', async () => {
  const page = createPage();
  await page.open();
  const at = await page.seek(20_000);
  for (const command of ['get pods', '-n x get pods', 'k get po', 'frobnicate', 'delete pod nope', 'exec web -- ls']) {
    const { output, view } = await page.ask('kubectl', { command, at, record: 1 });
    expect(output, command).not.toBeNull();
    expect(view, command).toBeNull();
    await page.settle();
    expect(page.progress().branches, command).toHaveLength(1);
  }
  const { output, view } = await page.ask('kubectl', { command: 'scale deployment web --replicas=3', at, record: 2 });
  expect(output).toMatchObject({ stdout: 'deployment.apps/web scaled\n', code: 0 });
  expect(page.progress().branches).toHaveLength(2);
  expect(view?.branch).toBe(page.progress().branch);
});

test('a command that waits leaves room for questions, and its output follows', async () => {
  const page = createPage();
  await page.open(SETTINGS + WEB.replace('replicas: 2', 'replicas: 200'));
  const at = await page.seek(0);
  const command = 'wait --for=condition=Available deployment/web --timeout=5m';
  const { output } = await page.ask('kubectl', { command, at, record: 9 });
  expect(output, 'it takes more than a slice').toBeNull();
  expect(await page.ask('ping', {})).toBeNull();
  await page.settle();
  expect(page.messages.find(({ type }) => type === 'output')).toMatchObject({
    record: 9,
    output: { stdout: 'deployment.apps/web condition met\n', code: 0 },
  });
  expect(page.progress().branches).toHaveLength(1);
});

test('what a command prints later than an open question shows is shown once that is answered', async () => {
  const page = createPage();
  await page.open();
  const at = await page.seek(0);
  await page.ask('hold', { untilMs: 0 });
  const outputs = () => page.messages.filter(({ type }) => type === 'output');
  const wait = 'wait --for=condition=Available deployment/web';
  expect((await page.ask('kubectl', { command: wait, at, record: 1 })).output).toBeNull();
  expect((await page.ask('kubectl', { command: 'get deployments', at, record: 2 })).output).toMatchObject({ code: 0 });
  const following = await page.ask('kubectl', { command: 'get deployments -w', at, record: 3 });
  expect(following.output?.stdout.split('\n')).toHaveLength(3);
  expect((await page.ask('kubectl', { command: 'delete pod -l app=web', at, record: 4 })).output).not.toBeNull();
  await page.settle();
  await page.ask('hold', { untilMs: 500 });
  expect(outputs()).toEqual([]);
  await page.ask('hold', { untilMs: null });
  await page.settle();
  expect(outputs()).toMatchObject([{ record: 1, output: { stdout: 'deployment.apps/web condition met\n' } }]);
});

test('what acts after a command that goes on for a while does so at its end; what only looks does so where the page is', async () => {
  const page = createPage();
  await page.open();
  const at = await page.seek(20_000);
  const deleted = await page.ask('kubectl', { command: 'delete pod -l app=web', at, record: 1 });
  await page.settle();
  const later = page.messages.find(({ type }) => type === 'output') as { output: CommandOutput } | undefined;
  const afterMs = (deleted.output ?? later?.output)?.endedMs ?? 0;
  expect(afterMs).toBeGreaterThan(20_000);
  const there = deleted.view?.cursor ?? at;
  const asked = await page.ask('kubectl', { command: 'get pods -l app=web', at: there, record: 2, afterMs });
  expect(asked.output).not.toHaveProperty('endedMs');
  expect(asked.output?.stdout).toContain('Terminating');
  const next = { command: 'scale deployment web --replicas=3', at: there, record: 3, afterMs };
  expect((await page.ask('kubectl', next)).view?.cursor.timeMs).toBe(afterMs);
  expect(page.progress().branches).toHaveLength(2);
});

test('a command that another scenario overtakes is given up', async () => {
  const page = createPage();
  await page.open(SETTINGS + WEB.replace('replicas: 2', 'replicas: 200'));
  const command = 'wait --for=condition=Nope deployment/web --timeout=50m';
  expect((await page.ask('kubectl', { command, at: await page.seek(0), record: 4 })).output).toBeNull();
  await page.open();
  expect(page.messages.find(({ type }) => type === 'output')).toMatchObject({ record: 4, output: { code: 1 } });
});

test('a budget halts the run, raised it goes on', async () => {
  const page = createPage();
  await page.open(TEXT, { limits: { maxObjects: 40 } });
  expect(page.progress().halted).toMatchObject({ reason: 'limit' });
  await page.ask('raiseLimits', {});
  await page.settle();
  expect(page.progress()).toMatchObject({ halted: null, head: { timeMs: 60_000 } });
  await page.ask('extend', { horizonMs: 90_000 });
  await page.settle();
  expect(page.progress().head.timeMs).toBe(90_000);
});

test('everything that was done comes back in a new worker, branch by branch', async () => {
  const page = createPage();
  await page.open();
  const at = await page.seek(20_000);
  await page.ask('act', { input: scale(3), at, label: 'three' });
  await page.settle();
  await page.ask('seek', { timeMs: 50_000 });
  await page.ask('act', { input: scale(4), at: await page.seek(40_000), label: 'four' });
  await page.settle();
  await page.ask('selectBranch', { id: 1, at: { step: 0, timeMs: 30_000 } });
  const saved = structuredClone(await page.ask('save', {}));

  const anew = createPage();
  const { started } = await anew.open(saved.text, { saved, at: { timeMs: 30_000 } });
  expect(started?.view).toMatchObject({ branch: 1, cursor: { timeMs: 30_000 } });
  expect(anew.progress().branches).toEqual(page.progress().branches);
  const view = await anew.ask('selectBranch', { id: 2, at: { step: 0, timeMs: 45_000 } });
  expect(view).toMatchObject({ branch: 2, cursor: { timeMs: 45_000 } });
  await anew.settle();
  expect(await anew.ask('save', {})).toEqual({ ...saved, current: 2 });
});

test('the first graph waits for no command; nothing that may need one runs before the commands are here', async () => {
  const page = createPage({ late: true });
  const opened = await page.ask('open', { text: SCALED });
  expect(opened.started?.view.cursor.step).toBe(0);
  expect(page.loads()).toBe(1);
  await page.settle();
  expect(page.progress()).toBeUndefined();
  page.arrive();
  await page.settle();
  expect(page.progress()?.head.timeMs).toBe(60_000);
  const { output } = await page.ask('kubectl', {
    command: 'get deploy web',
    at: { step: 1e9, timeMs: 60_000 },
    record: 1,
  });
  expect(output?.stdout).toMatch(/web +5\/5/);
  expect(page.loads()).toBe(1);
});

test('what is asked while a text is on its way to its moment waits until it is there', async () => {
  const page = createPage({ late: true });
  const opening = page.ask('open', { text: SCALED, at: { timeMs: 30_000 } });
  const sought = page.ask('seek', { timeMs: 10_000 });
  const order: string[] = [];
  void opening.then(() => order.push('opened'));
  void sought.then(() => order.push('sought'));
  await page.settle();
  expect(order).toEqual([]);
  page.arrive();
  expect((await opening).started?.view.cursor.timeMs).toBe(30_000);
  expect((await sought).cursor.timeMs).toBe(10_000);
  expect(order).toEqual(['opened', 'sought']);
});

test('what is searched for and not found lets no time go on; what is found past the end of the timeline is gone to', async () => {
  const page = createPage();
  await page.open();
  const { cursor: from } = await page.ask('seek', { timeMs: 55_000 });
  expect((await page.ask('nextReconcile', { from })).cursor).toEqual(from);
  expect(await page.ask('runUntil', { condition: 'false', from })).toEqual({ view: null });
  await page.ask('extend', { horizonMs: 60_000 });
  expect(page.progress()).toMatchObject({ head: { timeMs: 60_000 }, horizonMs: 60_000 });
  const later = await page.ask('runUntil', { condition: "time >= duration('90s')", from });
  expect(later).toMatchObject({ view: { cursor: { timeMs: 90_000 } } });
  await page.ask('extend', { horizonMs: 60_000 });
  expect(page.progress()).toMatchObject({ head: { timeMs: 90_000 }, horizonMs: 90_000 });
});
