/** Whatever follows at once upon whatever else ends as if the second had waited for the first: every pair of what is done differently, on a page with a worker's host. */
import { expect, test, vi } from 'vitest';
import { KUBERNETES_VERSION, LIMITS } from '../../engine/limits';
import { findCommand } from '../../kubectl/registry';
import type { Bridge, BridgeListeners } from '../../worker/bridge';
import { Host } from '../../worker/host';
import type { Message } from '../../worker/protocol';
import { timelineAnswers } from '../../worker/timeline-answers';
import { Conductor } from './conductor';
import { useDocument } from './document';
import { HandIns } from './hand-ins';
import { useHistory } from './history';
import { type KeptSession, KeptSessions } from './kept-sessions';
import { Playback } from './playback';
import { useSession } from './session';
import { TextSlots } from './text-slots';
import { Typing } from './typing';

// Long on a slow machine; nothing here measures time.
vi.setConfig({ testTimeout: 300_000 });

const textNamed = (title: string) => `apiVersion: kubestep.dev/v1alpha1
kind: Scenario
metadata: {name: pairs}
spec: {title: ${title}, duration: 4s, nodes: [{name: node-1}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: main, image: 'shop:1'}]}
`;

function createStorage() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
    key: (index: number) => [...kept.keys()][index] ?? null,
    get length() {
      return kept.size;
    },
  };
}

function createTable<T>() {
  const kept = new Map<string, T>();
  return {
    get: async (id: string) => kept.get(id),
    put: async (id: string, value: T) => void kept.set(id, structuredClone(value)),
    remove: async (id: string) => void kept.delete(id),
  };
}

/** A bridge whose worker is a host in the same process; messages go to and fro as between threads. */
function connectHost(listeners: BridgeListeners): Bridge & { readonly isIdle: () => boolean } {
  const asked = new Map<number, { resolve: (answer: never) => void; reject: (error: Error) => void }>();
  let lastId = 0;
  let tasks = 0;
  const later = (task: () => void) => {
    tasks += 1;
    setImmediate(() => {
      tasks -= 1;
      task();
    });
  };
  const hear = (message: Message) => {
    if (message.type === 'progress') return listeners.onProgress(message.progress);
    if (message.type === 'output') return listeners.onOutput(message.record, message.output);
    const asker = asked.get(message.id);
    asked.delete(message.id);
    if (message.type === 'answer') asker?.resolve(message.answer as never);
    else asker?.reject(new Error(message.message));
  };
  const host = new Host({
    post: (message) => {
      const copy = structuredClone(message);
      later(() => hear(copy));
    },
    turns: later,
    documentation: () => undefined,
    now: () => performance.now(),
    load: {
      commands: async () => findCommand,
      fidelity: async () => ({ version: KUBERNETES_VERSION, limits: LIMITS }),
      timeline: async () => timelineAnswers,
    },
  });
  return {
    ask: (name, params) =>
      new Promise((resolve, reject) => {
        lastId += 1;
        const question = structuredClone({ id: lastId, name, params });
        asked.set(lastId, { resolve, reject });
        later(() => void host.hear(question as never));
      }),
    close: () => undefined,
    isIdle: () => tasks === 0 && asked.size === 0,
  };
}

function createPage() {
  const timers = new Set<() => void>();
  let ids = 0;
  let clock = 0;
  let bridge: ReturnType<typeof connectHost> | undefined;
  const later = (task: () => void) => {
    timers.add(task);
    return () => void timers.delete(task);
  };
  const conductor: Conductor = new Conductor({
    connect: (listeners) => {
      bridge = connectHost(listeners);
      return bridge;
    },
    now: () => 0,
    slot: () => slots.current,
    enterSlot: (slot) => typing.enterSlot(slot),
    jumping: () => undefined,
    typed: () => typing.settleNow(),
  });
  const shared = createStorage();
  const slots = new TextSlots({
    shared,
    tab: createStorage(),
    large: createTable<string>(),
    hold: async () => () => undefined,
    newId: () => {
      ids += 1;
      return `slot-${ids}`;
    },
    now: () => {
      clock += 1;
      return clock;
    },
  });
  const sessions = new KeptSessions({
    table: createTable<KeptSession>(),
    tab: createStorage(),
    later,
    noted: (slot, branches, byHand) => slots.note(slot, branches, byHand),
    said: () => undefined,
  });
  const playback = new Playback({ conductor, now: () => 0, nextFrame: () => undefined });
  const typing: Typing = new Typing({
    conductor,
    playback,
    slots,
    sessions,
    handIns: new HandIns({ shared: createStorage() }),
    address: { push: () => undefined },
    claimAddress: () => undefined,
    later,
  });
  sessions.watch();
  /** Until nothing is under way, typing has paused and the run is as far as it is to come. */
  const rest = async () => {
    for (let idle = 0; idle < 5; idle += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      for (const task of timers) {
        timers.delete(task);
        task();
      }
      if (conductor.turns.isBusy || !bridge?.isIdle() || timers.size > 0) idle = 0;
    }
  };
  return { conductor, playback, typing, slots, shared, rest };
}

type Page = ReturnType<typeof createPage>;

/** What a person does on the page, at once. */
const ACTS: Readonly<Record<string, (page: Page) => unknown>> = {
  reset: ({ conductor }) => conductor.restart(),
  undo: ({ typing }) => typing.travel('undo'),
  redo: ({ typing }) => typing.travel('redo'),
  'gallery pick': ({ typing }) => typing.choose(textNamed('Gallery')),
  'recent pick': ({ typing, slots }) => {
    const label = slots.recent().find(({ title }) => title === 'Recent');
    return label && typing.goBack(label);
  },
  'branch select': ({ conductor }) => conductor.selectBranch(0),
  edit: ({ typing }) => typing.onEdit(useDocument.getState().text.replace(/replicas: \d/, 'replicas: 6')),
  scale: ({ conductor }) => conductor.acts.command('scale deployment web --replicas=5'),
  kubectl: ({ conductor }) => conductor.acts.kubectl('get deployments'),
  seek: ({ conductor }) => conductor.look.seek({ timeMs: 3_000 }),
  'step forward': ({ conductor }) => conductor.look.stepBy(1),
  play: ({ playback }) => playback.setPlaying(true),
};

/** What is typed goes into the text that is seen, which another is about to replace: the one typed into keeps it. */
const REPLACES = new Set(['undo', 'redo', 'gallery pick', 'recent pick']);

/** A text opened in place of another, to be undone, an act to be redone, the other text to come back to, and a moment amid. */
async function prepared(): Promise<Page> {
  useSession.setState(useSession.getInitialState(), true);
  useDocument.setState(useDocument.getInitialState(), true);
  useHistory.setState(useHistory.getInitialState(), true);
  const page = createPage();
  const { conductor, slots, typing, rest } = page;
  const done = async (act: () => unknown) => {
    act();
    await rest();
  };
  await done(() => typing.begin(async () => ({ text: textNamed('Recent') })));
  slots.keep(textNamed('Recent'), true);
  await done(() => typing.choose(textNamed('Own')));
  await done(() => conductor.look.seek({ timeMs: 2_600 }));
  await done(() => conductor.acts.command('scale deployment web --replicas=2'));
  await done(() => typing.travel('undo'));
  return page;
}

/** How everything stands, for people to compare. */
async function standing({ conductor, slots, shared }: Page) {
  const { playing, cursor, playheadMs, branch, title, commands, head, horizonMs, before } = useSession.getState();
  const { past, future, present } = useHistory.getState();
  const point = (at: typeof present) =>
    at && { slot: at.slot, text: at.text, cursor: at.cursor, branch: at.run.current, run: at.run.branches };
  const entry = ({ label, before: from, after: to }: (typeof past)[number]) => [label, point(from), point(to)];
  const texts = Array.from({ length: shared.length }, (_, index) => shared.key(index) ?? '');
  return {
    shown: { playing, cursor, playheadMs, branch, title, head, horizonMs, before },
    commands: commands.map(({ command, at, output }) => ({ command, at, stdout: output?.stdout })),
    text: useDocument.getState().text,
    problems: useDocument.getState().problems.map(({ message }) => message),
    run: await conductor.query('save', {}),
    slot: slots.current,
    kept: texts
      .filter((key) => key.startsWith('kubestep.text.'))
      .sort()
      .map((key) => [key, shared.getItem(key)]),
    past: past.map(entry),
    future: future.map(entry),
    present: point(present),
  };
}

async function ending(first: string, second: string, quickly: boolean) {
  const page = await prepared();
  ACTS[first]?.(page);
  if (!quickly) await page.rest();
  ACTS[second]?.(page);
  await page.rest();
  return { page, ends: await standing(page) };
}

/** Of those that are done in the same way as another one, only one comes second. */
const LIKE_OTHERS = new Set(['redo', 'recent pick', 'branch select', 'kubectl', 'step forward']);

test.each(Object.keys(ACTS))('%s, and at once something else', async (first) => {
  const others = Object.keys(ACTS).filter(
    (second) => !LIKE_OTHERS.has(second) && (second !== 'edit' || !(first === 'edit' || REPLACES.has(first))),
  );
  for (const second of others) {
    const slow = await ending(first, second, false);
    const quick = await ending(first, second, true);
    expect(quick.ends, `${first}, then ${second}`).toEqual(slow.ends);
  }
});
