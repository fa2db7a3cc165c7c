import { beforeEach, expect, test } from 'vitest';
import { useDocument } from './document';
import { NO_HISTORY, useHistory } from './history';
import type { KeptSession } from './kept-sessions';
import { setBanner, useSession } from './session';
import type { TextLabel } from './text-slots';
import { Turns } from './turns';
import { Typing } from './typing';
import { tellKept } from './unkept';

/** A page on which only what was asked of others is written down. */
function createPage(
  kept: boolean | Promise<boolean> = true,
  sessions: Readonly<Record<string, KeptSession>> = {},
  before: Promise<unknown> = Promise.resolve(),
) {
  const calls: string[] = [];
  const timers: { readonly task: () => void; readonly ms: number }[] = [];
  const turns = new Turns(() => typing.settleNow());
  const typing: Typing = new Typing({
    conductor: {
      applyText: async (text) => void calls.push(`apply ${text}`),
      applyNow: async (text) => void calls.push(`apply ${text}`),
      open: async (text, { at, play } = {}) =>
        void calls.push(`open ${text}${at ? ` at ${JSON.stringify(at)}` : ''}${play ? ' and play' : ''}`),
      openInstead: async (text) => void calls.push(`open instead ${text}`),
      travel: (direction) => turns.take(async () => void calls.push(direction)),
      turns,
    },
    playback: { holdForTyping: () => calls.push('hold') },
    slots: {
      begin: async () => undefined,
      begunFrom: undefined,
      current: 'own',
      labelOf: (id) => (id === 'gone' ? undefined : label(id)),
      enterOrRenew: async (id) => void calls.push(`enter ${id}`),
      keep: (text, edited) => {
        calls.push(`keep ${text}${edited ? '' : ' unedited'}`);
        return kept;
      },
      renew: async () => void calls.push('renew'),
      take: async (label) => (label.id === 'gone' ? undefined : `text of ${label.id}`),
    },
    sessions: { get: async (id) => sessions[id], flush: () => calls.push('keep session') },
    handIns: { show: () => undefined, comeBack: () => undefined },
    address: { push: () => calls.push('push') },
    claimAddress: (slot) => calls.push(`claim for ${slot}`),
    later: (task, ms) => {
      const timer = { task, ms };
      timers.push(timer);
      return () => timers.splice(timers.indexOf(timer), 1);
    },
  });
  void turns.take(() => before);
  const pause = () => {
    for (const { task } of timers.splice(0)) task();
  };
  /** Only what waits as long as this. */
  const tick = (wantedMs: number) => {
    for (const timer of timers.filter(({ ms }) => ms === wantedMs)) {
      timers.splice(timers.indexOf(timer), 1);
      timer.task();
    }
  };
  return { typing, calls, pause, tick };
}

const label = (id: string) => ({ id, title: id }) as TextLabel;

beforeEach(() => {
  useSession.setState(useSession.getInitialState(), true);
  useHistory.setState(useHistory.getInitialState(), true);
  useDocument.setState({ text: 'old', problems: [], notices: [], replaced: 0 });
});

test('a text that is opened while something is taken back waits for that, and is not replaced by it', async () => {
  let end: (value?: unknown) => void = () => undefined;
  const { typing, calls } = createPage(
    true,
    {},
    new Promise((resolve) => {
      end = resolve;
    }),
  );
  const opened = typing.choose('new');
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  expect(calls).toEqual([]);
  expect(useDocument.getState().text).toBe('old');
  end();
  await opened;
  expect(calls.slice(0, 3)).toEqual(['push', 'renew', 'claim for own']);
  expect(useDocument.getState().text).toBe('new');
});

test('what is typed is applied once, when the typing pauses', () => {
  const { typing, calls, pause } = createPage();
  for (const text of ['a', 'ab', 'abc']) typing.onEdit(text);
  expect(useDocument.getState().text).toBe('abc');
  pause();
  expect(calls.filter((call) => !['hold', 'claim for own'].includes(call))).toEqual(['keep abc', 'apply abc']);
});

test('a value that is not there yet is applied when it is typed, or the caret leaves it', () => {
  const { typing, calls, pause } = createPage();
  const applied = () => calls.filter((call) => call.startsWith('apply'));
  typing.onEdit('replicas:', () => true);
  pause();
  typing.caretMoved();
  expect(applied()).toEqual([]);
  typing.onEdit('replicas: 4', () => false);
  typing.caretMoved();
  expect(applied()).toEqual([]);
  pause();
  expect(applied()).toEqual(['apply replicas: 4']);
  let isThere = true;
  typing.onEdit('replicas:', () => isThere);
  pause();
  isThere = false;
  typing.caretMoved();
  typing.caretMoved();
  expect(applied()).toEqual(['apply replicas: 4', 'apply replicas:']);
});

test('a value that is not there yet is applied before anything else is done', async () => {
  const { typing, calls, pause } = createPage();
  typing.onEdit('replicas:', () => true);
  pause();
  await typing.choose('gallery');
  expect(calls.filter((call) => /^(apply|open)/.test(call))).toEqual(['apply replicas:', 'open gallery and play']);
});

test('the address is claimed with the first key: a reload right after it must bring back what was typed', () => {
  const { typing, calls } = createPage();
  typing.onEdit('a');
  expect(calls).toEqual(['claim for own', 'hold']);
});

test('a page that goes away right after a key has kept it', () => {
  const { typing, calls, pause } = createPage();
  typing.onEdit('a');
  typing.flush();
  expect(calls.slice(-2)).toEqual(['keep session', 'keep a']);
  typing.flush();
  pause();
  expect(calls.filter((call) => call.startsWith('keep'))).toEqual(['keep session', 'keep a', 'keep session']);
});

test('what the editor only took over is not typed', () => {
  const { typing, calls } = createPage();
  typing.onEdit('old');
  typing.flush();
  expect(calls).toEqual(['keep session']);
});

test('a text from the gallery comes into a slot of its own, after what was typed is kept', async () => {
  const { typing, calls, pause } = createPage();
  typing.onEdit('mine');
  await typing.choose('gallery');
  pause();
  expect(calls.slice(2)).toEqual([
    'keep mine',
    'apply mine',
    'push',
    'renew',
    'claim for own',
    'keep gallery unedited',
    'open gallery and play',
  ]);
  expect(useDocument.getState()).toMatchObject({ text: 'gallery', replaced: 1 });
});

test('a text from the gallery may open at a moment, where it stands still', async () => {
  const { typing, calls } = createPage();
  await typing.choose('gallery', { timeMs: 5000 });
  expect(calls.at(-1)).toBe('open gallery at {"timeMs":5000}');
});

test('a link comes into a slot of its own and shows the text as it was edited', async () => {
  const { typing, calls } = createPage();
  await typing.follow('base', 'edited', {});
  expect(calls).toEqual(['renew', 'claim for own', 'keep edited unedited', 'open base']);
  expect(useDocument.getState().text).toBe('edited');
});

test('a recent text comes back; one that is gone is said to be', async () => {
  const { typing, calls } = createPage();
  await typing.goBack(label('a'));
  expect(calls).toEqual(['push', 'claim for own', 'keep text of a', 'open text of a and play']);
  await typing.goBack(label('gone'));
  expect(useSession.getState().banners.action).toMatchObject({ tone: 'error' });
  expect(useDocument.getState().text).toBe('text of a');
});

test('a kept session comes back as it stood; what was typed last and not applied is applied then', async () => {
  const run = { text: 'base', branches: [], current: 0, continued: [] };
  const session = (text: string) => ({
    point: { slot: 'a', text, run, cursor: { step: 7, timeMs: 70 } },
    history: NO_HISTORY,
    commands: [],
    selected: 'pod',
    view: 'nodes',
    inspectorTab: 'yaml',
  });
  const { typing, calls } = createPage(true, { a: session('text of a'), b: session('before b') } as never);
  expect(await typing.goBackTo('a')).toBe(true);
  expect(calls.slice(1)).toEqual(['keep text of a', 'open base at {"step":7,"timeMs":70}']);
  expect(useSession.getState()).toMatchObject({ selected: 'pod', view: 'nodes', inspectorTab: 'yaml' });
  await typing.goBackTo('b');
  expect(calls.slice(4)).toEqual(['keep text of b', 'open base at {"step":7,"timeMs":70}', 'apply text of b']);
  expect(await typing.goBackTo('gone')).toBe(false);
});

test('the first visit begins with the text given', async () => {
  const { typing, calls } = createPage();
  await typing.begin(async () => ({ text: 'first' }));
  expect(calls).toEqual(['keep first unedited', 'open first and play']);
});

test.each([
  ['at once', false],
  ['later', Promise.resolve(false)],
])('a text that cannot be kept, known %s, is said so', async (_when, kept) => {
  const { typing, pause } = createPage(kept);
  typing.onEdit('a');
  pause();
  await Promise.resolve();
  await Promise.resolve();
  expect(useSession.getState().banners.storage).toMatchObject({ tone: 'warning' });
  const texts = () => useSession.getState().banners.storage?.text;
  tellKept('session', false);
  expect(texts()).toContain('full or forbidden');
  setBanner('storage', undefined);
  tellKept('session', false);
  expect(texts(), 'whoever has put it away is not told again').toBe(undefined);
  tellKept('session', true);
  expect(texts()).toContain('too large');
  tellKept('text', true);
  expect(texts(), 'what is kept in the end is not lost').toBe(undefined);
});

test('whoever types on without a pause is kept now and then', () => {
  const { typing, calls, tick } = createPage();
  for (const text of ['a', 'ab', 'abc']) typing.onEdit(text);
  const applied = () => calls.filter((call) => call.startsWith('apply'));
  tick(500);
  typing.onEdit('abcd');
  expect(calls.filter((call) => call.startsWith('keep'))).toEqual(['keep abc']);
  tick(500);
  expect(calls.filter((call) => call.startsWith('keep'))).toEqual(['keep abc', 'keep abcd']);
  expect(applied()).toEqual([]);
});

test('undo first applies what is still being typed, and keeps where it led', async () => {
  const { typing, calls, pause } = createPage();
  typing.onEdit('a');
  await typing.travel('undo');
  expect(calls.slice(2)).toEqual(['keep a', 'apply a', 'undo', 'keep a']);
  pause();
  expect(calls.filter((call) => call.startsWith('apply'))).toHaveLength(1);
});
