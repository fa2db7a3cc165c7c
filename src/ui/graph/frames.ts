/** Which frames of the drawing somebody has opened. */
import { create } from 'zustand';

interface Frames {
  readonly toggled: ReadonlySet<string>;
  /** The frame that was opened last, until one is closed or all is asked for. */
  readonly last?: string;
}

export const useFrames = create<Frames>(() => ({ toggled: new Set() }));

const withTurned = (toggled: ReadonlySet<string>, id: string): ReadonlySet<string> => {
  const next = new Set(toggled);
  if (!next.delete(id)) next.add(id);
  return next;
};

/** Opens a frame, or closes it. One that is opened comes into view. */
export function toggleFrame(id: string): void {
  useFrames.setState(({ toggled }) => {
    return { toggled: withTurned(toggled, id), last: toggled.has(id) ? undefined : id };
  });
}

/** Opens a part of a card, or closes it. */
export function togglePart(id: string): void {
  useFrames.setState(({ toggled }) => ({ toggled: withTurned(toggled, id) }));
}
