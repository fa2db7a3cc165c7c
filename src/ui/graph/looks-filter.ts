/** Which states of Pods are looked at alone; all while none is chosen. */
import { create } from 'zustand';
import type { PodLook } from '../../view/rows';

export const useLooksFilter = create<{ readonly only: readonly PodLook[] }>(() => ({ only: [] }));

/** Looks at one state more, or no longer. */
export function toggleLook(look: PodLook): void {
  useLooksFilter.setState(({ only }) => ({
    only: only.includes(look) ? only.filter((each) => each !== look) : [...only, look],
  }));
}
