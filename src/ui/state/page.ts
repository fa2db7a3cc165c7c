/** The one page: what asks, plays, keeps and takes what is typed, wired to the browser. */
import { t } from '../../i18n/translate';
import { embedModeOf } from '../../scenario/share-link';
import { createBridge } from '../../worker/bridge';
import { Address, type Stop } from './address';
import { createTable, type Table } from './browser-table';
import { Conductor } from './conductor';
import { HandIns } from './hand-ins';
import { inTime } from './in-time';
import { type KeptSession, KeptSessions } from './kept-sessions';
import { memoryStorage, memoryTable } from './memory-storage';
import { Playback } from './playback';
import { setBanner, useSession } from './session';
import { TextSlots } from './text-slots';
import { Turns } from './turns';
import { Typing } from './typing';
import { tellKept } from './unkept';

const now = () => performance.now();

/** Does something after a while; the answer takes that back. */
export const later = (task: () => void, ms: number) => {
  const timer = setTimeout(task, ms);
  return () => clearTimeout(timer);
};

/** Holds a slot by a lock of the browser's, where there are such that answer. */
function hold(id: string): Promise<(() => void) | undefined> {
  const { locks } = navigator as Partial<Navigator>;
  let isLate = locks === undefined;
  const asked = new Promise<(() => void) | undefined>((resolve, reject) => {
    const held = (lock: Lock | null) => {
      if (isLate) return undefined;
      return lock ? new Promise<void>((release) => resolve(() => release())) : resolve(undefined);
    };
    if (locks) locks.request(`kubestep.slot.${id}`, { ifAvailable: true }, held).catch(reject);
    else reject();
  });
  return inTime(asked, later).catch(() => {
    isLate = true;
    return () => undefined;
  });
}

/** In another page's frame nothing is kept, and nothing of the reader's own is found: it is that page's to fill. */
const isFramed = embedModeOf(new URLSearchParams(location.hash.slice(1)).get('embed') ?? undefined) !== undefined;

/** Where storage is forbidden even to be named, every use of it fails, which is expected. */
function storage(name: 'localStorage' | 'sessionStorage'): ReturnType<typeof memoryStorage> {
  try {
    return isFramed ? memoryStorage() : window[name];
  } catch {
    return {} as Storage;
  }
}

const table = <T>(database: string, name: string): Table<T> =>
  isFramed ? memoryTable<T>() : createTable<T>(database, name, later);

export const conductor: Conductor = new Conductor({
  connect: createBridge,
  now,
  slot: () => slots.current,
  enterSlot: (slot) => typing.enterSlot(slot),
  jumping: () => address.jump(),
  typed: () => typing.settleNow(),
});

export const playback = new Playback({ conductor, now, nextFrame: requestAnimationFrame.bind(window) });

export const slots = new TextSlots({
  shared: storage('localStorage'),
  tab: storage('sessionStorage'),
  large: table<string>('kubestep', 'texts'),
  hold,
  newId: () => crypto.getRandomValues(new Uint32Array(2)).join('-'),
  now: () => Date.now(),
  forgotten: (id) => {
    sessions.forget(id);
    handIns.forget(id);
  },
});

export const handIns = new HandIns({ shared: storage('localStorage') });

/** Files and texts from elsewhere are read and opened in the order in which they came. */
export const arrivals = new Turns();

export const sessions = new KeptSessions({
  table: table<KeptSession>('kubestep-sessions', 'sessions'),
  tab: storage('sessionStorage'),
  later,
  noted: (slot, branches, byHand) => slots.note(slot, branches, byHand),
  said: (isKept) => tellKept('session', isKept),
});

/** What the browser's history knows of the entry at hand; undefined for one that the page has not written. */
export function presentStop(): Stop | undefined {
  const stop = history.state as Partial<Stop> | null;
  return typeof stop?.slot === 'string' && Number.isInteger(stop.cursor?.step) ? (stop as Stop) : undefined;
}

function writeAddress(how: 'replace' | 'push', stop: Stop, fragment: string): void {
  // Embedded, the address is the other page's to choose.
  if (useSession.getState().embed) return;
  const address = `${location.pathname}${location.search}${fragment && `#${fragment}`}`;
  try {
    history[how === 'push' ? 'pushState' : 'replaceState'](stop, '', address);
  } catch {
    // Some browsers refuse many in a short time: the next one comes through.
  }
}

export const address = new Address({
  write: writeAddress,
  present: () => ({ fragment: location.hash.slice(1), isOwn: presentStop() !== undefined }),
  tooLong: () => {
    if (!useSession.getState().embed) setBanner('link', { tone: 'info', text: t('banner.addressTooLong') });
  },
  slot: () => slots.current,
  later,
  now,
});

export const typing = new Typing({
  conductor,
  playback,
  slots,
  sessions,
  handIns,
  address,
  claimAddress: (slot) => {
    if (presentStop()?.slot === slot || useSession.getState().embed) return;
    history.replaceState({ slot, cursor: { step: 0, timeMs: 0 }, branch: 0 } satisfies Stop, '', location.href);
  },
  later,
});
