import { beforeEach, expect, test } from 'vitest';
import { type Entry, type Point, useHistory } from './history';
import { type KeptSession, KeptSessions } from './kept-sessions';
import { useSession } from './session';

const point = (text: string, slot = 's'): Point => ({
  slot,
  text,
  run: { text: 'base', branches: [], current: 0, continued: [] },
  cursor: { step: 3, timeMs: 30 },
});
const entry = (before: Point, after: Point): Entry => ({ kind: 'edit', label: 'edit', before, after, atMs: 0 });

/** A browser whose table may be broken. */
function createBrowser({ broken = false, slow = false } = {}) {
  const written: (() => void)[] = [];
  const kept = new Map<string, KeptSession>();
  const tab = new Map<string, string>();
  const said: boolean[] = [];
  const noted: string[] = [];
  const timers: (() => void)[] = [];
  const fail = () => Promise.reject(new Error('denied'));
  const sessions = new KeptSessions({
    table: {
      get: async (id) => (broken ? fail() : kept.get(id)),
      put: async (id, session) => {
        if (broken) return fail();
        if (slow) await new Promise<void>((done) => written.push(done));
        kept.set(id, session);
      },
      remove: async (id) => void kept.delete(id),
    },
    tab: {
      getItem: (key) => tab.get(key) ?? null,
      setItem: (key, value) => void tab.set(key, value),
      removeItem: (key) => void tab.delete(key),
    },
    later: (task) => {
      timers.push(task);
      return () => timers.splice(timers.indexOf(task), 1);
    },
    noted: (slot, _, byHand) => void noted.push(`${slot}${byHand ? ' by hand' : ''}`),
    said: (isKept) => said.push(isKept),
  });
  sessions.watch();
  const settle = async () => {
    for (const task of timers.splice(0)) task();
    await new Promise<void>((resolve) => setTimeout(resolve));
  };
  return { sessions, kept, tab, said, noted, settle, written };
}

beforeEach(() => {
  useSession.setState(useSession.getInitialState(), true);
  useHistory.setState(useHistory.getInitialState(), true);
});

test('the first act in a text that was only looked at is noted as done, though the history has it after the run', () => {
  const { noted } = createBrowser();
  useHistory.setState({ present: point('a') });
  useHistory.setState({ present: { ...point('a'), run: { ...point('a').run, text: 'acted' } } });
  const { present } = useHistory.getState();
  useHistory.setState({ past: [entry(point('a'), present as Point)] });
  useHistory.setState({ future: [] });
  expect(noted).toEqual(['s', 's', 's by hand']);
});

test('what is done is kept at once, where one looks after a while, and both come back', async () => {
  const { sessions, kept, said, settle } = createBrowser();
  useHistory.setState({ present: point('b'), past: [entry(point('a'), point('b'))] });
  expect(kept.get('s')).toMatchObject({ point: { text: 'b' }, history: { past: [{}] } });
  useSession.setState({ cursor: { step: 9, timeMs: 90 }, selected: 'pod' });
  expect(kept.get('s')).toMatchObject({ selected: null });
  await settle();
  expect(await sessions.get('s')).toMatchObject({ point: { cursor: { step: 9 } }, selected: 'pod' });
  expect(said.every((isKept) => isKept)).toBe(true);
});

test('what the table does not have yet when the page goes away comes from the tab, once', async () => {
  const { sessions, kept } = createBrowser();
  const history = [entry(point('a'), point('b'))];
  useHistory.setState({ present: point('b'), past: history });
  useSession.setState({ cursor: { step: 9, timeMs: 90 } });
  sessions.flush();
  kept.set('s', { ...(kept.get('s') as KeptSession), point: point('b') });
  expect(await sessions.get('s')).toMatchObject({ point: { cursor: { step: 9 } }, history: { past: history } });
  expect(await sessions.get('s')).toMatchObject({ point: { cursor: { step: 3 } } });
  sessions.flush();
  kept.set('s', { ...(kept.get('s') as KeptSession), point: point('older') });
  expect(await sessions.get('s')).toMatchObject({ point: { text: 'b' }, history: { past: [] } });
});

test('a slot has its own history only, and is forgotten with it', async () => {
  const { sessions, kept } = createBrowser();
  useHistory.setState({
    present: point('x', 't'),
    past: [entry(point('a'), point('b')), entry(point('b'), point('x', 't'))],
  });
  expect(kept.get('t')?.history.past).toEqual([]);
  sessions.forget('t');
  expect(await sessions.get('t')).toBeUndefined();
});

test('storage that is denied is said; what another release wrote is not taken for a session', async () => {
  const denied = createBrowser({ broken: true });
  useHistory.setState({ present: point('b') });
  await denied.settle();
  expect(denied.said).toEqual([false]);
  expect(await denied.sessions.get('s')).toBeUndefined();
  const { sessions, kept } = createBrowser();
  kept.set('s', { version: 9 } as never);
  expect(await sessions.get('s')).toBeUndefined();
});

test('what was done in the cluster is told once, and whether by hand', () => {
  const { noted } = createBrowser();
  const opened = point('a');
  useHistory.setState({ present: opened, past: [] });
  useHistory.setState({ present: { ...opened, text: 'b' } });
  expect(noted).toEqual(['s']);
  const acted = point('b');
  useHistory.setState({ present: acted, past: [entry(opened, acted)] });
  expect(noted).toEqual(['s', 's by hand']);
});

test('while one is being written the latest waits, of another text after it; who comes back meanwhile finds it', async () => {
  const { sessions, kept, settle, written } = createBrowser({ slow: true });
  for (const text of ['a', 'b', 'c']) useHistory.setState({ present: point(text) });
  expect(written).toHaveLength(1);
  expect(await sessions.get('s')).toMatchObject({ point: { text: 'c' } });
  useHistory.setState({ present: point('d', 'other') });
  expect(written).toHaveLength(3);
  for (const done of written) done();
  await settle();
  expect([...kept.values()].map(({ point: { text } }) => text)).toEqual(['c', 'd']);
  useHistory.setState({ present: point('e', 'other') });
  useHistory.setState({ present: point('f', 'other') });
  sessions.flush();
  expect(written, 'the page goes away: nothing waits').toHaveLength(6);
});
