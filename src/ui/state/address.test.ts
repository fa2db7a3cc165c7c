import { beforeEach, expect, test } from 'vitest';
import { decodeLink } from '../../scenario/share-link';
import type { WhyLink } from '../../view/why';
import { Address, type Stop } from './address';
import { type Point, useHistory } from './history';
import { useSession } from './session';

const input = { to: 'fault', kind: 'fault', payload: { type: 'dns-down' }, atMs: 5, afterTimer: 1, afterStep: 2 };
const point = (text: string, slot = 's'): Point => ({
  slot,
  text,
  run: {
    text: 'base',
    branches: [{ id: 4, parent: null, fromStep: 0, fromMs: 0, label: '', inputs: [input] }],
    current: 4,
    continued: [],
  },
  cursor: { step: 0, timeMs: 0 },
});

function createBrowser() {
  let tooLong = 0;
  const written: { how: string; stop: Stop; fragment: string }[] = [];
  const timers: (() => void)[] = [];
  let nowMs = 0;
  let entry = { fragment: '', isOwn: false };
  const come = (fragment: string) => {
    entry = { fragment, isOwn: false };
  };
  const address = new Address({
    write: (how, stop, fragment) => {
      written.push({ how, stop, fragment });
      entry = { fragment, isOwn: true };
    },
    present: () => entry,
    tooLong: () => {
      tooLong += 1;
    },
    slot: () => 's',
    later: (task) => {
      timers.push(task);
      return () => timers.splice(timers.indexOf(task), 1);
    },
    now: () => nowMs,
  });
  const wait = (ms: number) => {
    nowMs += ms;
    for (const task of timers.splice(0)) task();
  };
  return { address, written, wait, come, saidTooLong: () => tooLong };
}

beforeEach(() => {
  useSession.setState(useSession.getInitialState(), true);
  useHistory.setState(useHistory.getInitialState(), true);
});

test('it carries text, acts, moment and view, at once after an act and now and then while time plays', () => {
  const { address, written, wait } = createBrowser();
  address.watch();
  useSession.setState({ cursor: { step: 7, timeMs: 70 } });
  useHistory.setState({ present: point('edited') });
  for (let step = 8; step < 20; step += 1) useSession.setState({ cursor: { step, timeMs: step * 10 } });
  expect(written).toHaveLength(1);
  wait(700);
  expect(written).toHaveLength(2);
  expect(written[1]?.stop).toEqual({ slot: 's', cursor: { step: 19, timeMs: 190 }, branch: 0 });
  const state = { text: 'base', edited: 'edited', inputs: [input], cursor: { timeMs: 190 }, view: 'workloads' };
  expect(decodeLink(written[1]?.fragment ?? '')).toEqual({ state });
  useSession.setState({ selected: 'Pod/default/web-1', inspectorTab: 'yaml' });
  wait(700);
  const chosen = { select: 'Pod/default/web-1', tab: 'yaml' };
  expect(decodeLink(written[2]?.fragment ?? '')).toEqual({ state: { ...state, ...chosen } });
  // Of several steps at one time the one that is shown.
  useSession.setState({ current: { step: 19, timeMs: 190 } as WhyLink });
  address.follow();
  expect(decodeLink(written[3]?.fragment ?? '')).toEqual({ state: { ...state, ...chosen, cursor: { step: 19 } } });
});

test('a jump leaves an entry behind; jumps in a row, as of a slider that is dragged, leave one', () => {
  const { address, written, wait } = createBrowser();
  address.watch();
  useHistory.setState({ present: point('a') });
  const pushes = () => written.filter(({ how }) => how === 'push').length;
  for (const pauseMs of [0, 100, 400, 399]) {
    wait(pauseMs);
    address.jump();
  }
  expect(pushes()).toBe(1);
  wait(401);
  address.jump();
  expect(pushes()).toBe(2);
});

test('what is too long for an address is left out, and that said once; what is on its way elsewhere is not written', () => {
  const { address, written, saidTooLong } = createBrowser();
  address.watch();
  let drawn = 1;
  const noise = Array.from({ length: 60_000 }, () => {
    drawn = (drawn * 48_271) % 2_147_483_647;
    return String.fromCharCode(33 + (drawn % 89));
  }).join('');
  useHistory.setState({ present: point(noise) });
  useHistory.setState({ present: point('a'.repeat(300_000)) });
  expect(written.map(({ fragment }) => fragment)).toEqual(['', '']);
  expect(saidTooLong()).toBe(1);
  useHistory.setState({ present: point('a', 'other') });
  expect(written).toHaveLength(2);
});

test('one press of the pointer is one jump, however slow; the next is another', () => {
  const { address, written, wait } = createBrowser();
  address.watch();
  useHistory.setState({ present: point('a') });
  const pushes = () => written.filter(({ how }) => how === 'push').length;
  address.pressed(true);
  for (let move = 0; move < 3; move += 1) {
    wait(1_000);
    address.jump();
  }
  address.pressed(false);
  expect(pushes()).toBe(1);
  wait(1_000);
  address.pressed(true);
  address.jump();
  expect(pushes()).toBe(2);
});

test('a text that nobody edited counts once', () => {
  const { address, written } = createBrowser();
  address.watch();
  const text = 'a'.repeat(150_000);
  useHistory.setState({ present: { ...point(text), run: { ...point(text).run, text } } });
  expect(written[0]?.fragment).not.toBe('');
});

test('a link that has come is not written over before it was heard of', () => {
  const { address, written, wait, come } = createBrowser();
  address.watch();
  useHistory.setState({ present: point('a') });
  expect(address.coming).toBeUndefined();
  come('link');
  useSession.setState({ cursor: { step: 7, timeMs: 70 } });
  wait(700);
  address.jump();
  expect(written).toHaveLength(1);
  expect(address.coming).toBe('link');
  address.heard();
  address.follow();
  expect(written).toHaveLength(2);
  expect(address.coming).toBeUndefined();
});
