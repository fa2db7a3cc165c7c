/** The one page: what asks, plays, keeps and takes what is typed, wired to the browser. */
import { createBridge } from '../../worker/bridge';
import { Conductor } from './conductor';
import { LARGE_TEXTS } from './large-texts';
import { Playback } from './playback';
import { TextSlots } from './text-slots';
import { Typing } from './typing';

const now = () => performance.now();

/** Holds a slot by a lock of the browser's, where there are such. */
function hold(id: string): Promise<(() => void) | undefined> {
  const { locks } = navigator as Partial<Navigator>;
  if (!locks) return Promise.resolve(() => undefined);
  return new Promise((resolve) => {
    const held = (lock: Lock | null) =>
      lock ? new Promise<void>((release) => resolve(() => release())) : resolve(undefined);
    locks.request(`kubestep.slot.${id}`, { ifAvailable: true }, held).catch(() => resolve(() => undefined));
  });
}

/** Where storage is forbidden even to be named, every use of it fails, which is expected. */
function storage(name: 'localStorage' | 'sessionStorage'): Storage {
  try {
    return window[name];
  } catch {
    return {} as Storage;
  }
}

export const conductor = new Conductor({ connect: createBridge, now });

export const playback = new Playback({ conductor, now, nextFrame: requestAnimationFrame.bind(window) });

export const slots = new TextSlots({
  shared: storage('localStorage'),
  tab: storage('sessionStorage'),
  large: LARGE_TEXTS,
  hold,
  newId: () => crypto.getRandomValues(new Uint32Array(2)).join('-'),
  now: () => Date.now(),
});

export const typing = new Typing({
  conductor,
  playback,
  slots,
  leaveLink: () => {
    if (location.hash) history.replaceState(null, '', location.pathname + location.search);
  },
  later: (task, ms) => {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
});
