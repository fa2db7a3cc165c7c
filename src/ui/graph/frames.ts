/** Which frames of the drawing somebody has opened. */
import { create } from 'zustand';

export const useFrames = create<{ readonly toggled: ReadonlySet<string> }>(() => ({ toggled: new Set() }));

/** Opens a frame, or closes it. */
export function toggleFrame(id: string): void {
  useFrames.setState(({ toggled }) => {
    const next = new Set(toggled);
    if (!next.delete(id)) next.add(id);
    return { toggled: next };
  });
}
