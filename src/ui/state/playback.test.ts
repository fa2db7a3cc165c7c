import { beforeEach, expect, test } from 'vitest';
import { Playback } from './playback';
import { useSession } from './session';
import { Turns } from './turns';
import { useWorld } from './world';

/** A page whose frames are drawn when the test says so. */
function createPage(seeking = false, take: Turns['take'] = (task) => task()) {
  const looks: unknown[] = [];
  const extended: number[] = [];
  const frames: ((nowMs: number) => void)[] = [];
  let nowMs = 0;
  const playback = new Playback({
    conductor: {
      extend: (horizonMs) => extended.push(horizonMs),
      query: async () => undefined,
      look: { seek: async (place) => void looks.push(place) },
      turns: { isBusy: seeking, take },
    },
    nextFrame: (draw) => frames.push(draw),
    now: () => nowMs,
  });
  const frame = (ms: number) => {
    nowMs += ms;
    frames.shift()?.(nowMs);
  };
  return { playback, looks, extended, frames, frame };
}

const state = () => useSession.getState();

beforeEach(() => {
  useSession.setState(useSession.getInitialState(), true);
  useWorld.setState(useWorld.getInitialState(), true);
  useSession.setState({ head: { step: 9, timeMs: 60_000 }, horizonMs: 60_000 });
});

test('the hand moves with the clock and the speed, and stops when told', () => {
  const { playback, looks, frames, frame } = createPage();
  playback.setPlaying(true);
  frame(16);
  useSession.setState({ speed: 2 });
  frame(16);
  expect(state().playheadMs).toBe(48);
  expect(looks).toEqual([{ timeMs: 16 }, { timeMs: 48 }]);
  playback.setPlaying(false);
  frame(16);
  expect(state().playheadMs).toBe(48);
  expect(frames).toEqual([]);
});

test('while something is under way, time stops at once, and what was shown is what is turned round', async () => {
  const turns = new Turns();
  const { playback } = createPage(false, (task) => turns.take(task));
  useSession.setState({ playing: true });
  void turns.take(async () => undefined);
  playback.setPlaying(!state().playing);
  expect(state().playing).toBe(false);
  await turns.atRest;
  expect(state().playing).toBe(false);
  // What is opened plays by itself: pressing Play meanwhile leaves it so.
  void turns.take(async () => useSession.setState({ playing: true }));
  playback.setPlaying(!state().playing);
  await turns.atRest;
  expect(state().playing).toBe(true);
});

test('of very many Pods each second frame is left to whoever uses the page; the hand moves on, and the end is looked at', () => {
  const { playback, looks, frame } = createPage();
  useWorld.setState({ podCount: 501 });
  useSession.setState({ horizonMs: 80 });
  playback.setPlaying(true);
  for (let count = 0; count < 5; count += 1) frame(16);
  expect(looks).toEqual([{ timeMs: 32 }, { timeMs: 64 }, { timeMs: 80 }]);
  expect(state().playheadMs).toBe(80);
});

test('what is under way does not keep the end from being looked at', () => {
  const { playback, looks, frame } = createPage(true);
  useSession.setState({ horizonMs: 16 });
  playback.setPlaying(true);
  frame(16);
  expect(looks).toEqual([{ timeMs: 16 }]);
});

test('a tab that slept does not make time jump', () => {
  const { playback, frame } = createPage();
  playback.setPlaying(true);
  frame(3_600_000);
  expect(state().playheadMs).toBe(100);
});

test('time waits while somebody types', () => {
  const { playback, frame } = createPage();
  playback.setPlaying(true);
  playback.holdForTyping();
  for (let ms = 0; ms < 1_100; ms += 100) frame(100);
  expect(state().playheadMs).toBe(0);
  frame(100);
  frame(100);
  expect(state().playheadMs).toBeGreaterThan(0);
  expect(state().playing).toBe(true);
});

test('the next look waits for the one under way, the hand does not', () => {
  const { playback, looks, frame } = createPage(true);
  playback.setPlaying(true);
  frame(16);
  expect(looks).toEqual([]);
  expect(state().playheadMs).toBe(16);
});

test('it never runs past what is known, and ends at the horizon', () => {
  const { playback, extended, frame } = createPage();
  useSession.setState({ head: { step: 1, timeMs: 50 } });
  playback.setPlaying(true);
  frame(100);
  expect(state()).toMatchObject({ playheadMs: 50, playing: true });
  useSession.setState({ head: { step: 9, timeMs: 60_000 }, playheadMs: 59_990 });
  frame(100);
  expect(state()).toMatchObject({ playheadMs: 60_000, playing: false });
  playback.setPlaying(true);
  expect(extended).toEqual([120_000]);
});

test('a run that stopped stops the hand', () => {
  const { playback, frame } = createPage();
  useSession.setState({ head: { step: 1, timeMs: 50 }, banners: { run: { tone: 'error', text: 'stopped' } } });
  playback.setPlaying(true);
  frame(100);
  frame(100);
  expect(state()).toMatchObject({ playheadMs: 50, playing: false });
});
