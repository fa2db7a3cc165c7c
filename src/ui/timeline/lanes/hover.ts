/** Which place of which lane the pointer is over. */
import { create } from 'zustand';

export interface Hovered {
  readonly lane: string;
  readonly timeMs: number;
  /** How many ms are near enough to be meant. */
  readonly withinMs: number;
  /** In pixels of the page. */
  readonly x: number;
  readonly y: number;
}

export const useHover = create<{ readonly at: Hovered | null }>(() => ({ at: null }));
