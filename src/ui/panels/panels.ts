/** How the room is divided: sizes of the panels, which are folded away, and whether somebody presents. Kept on this device. */
import { create } from 'zustand';
import { loadSetting, saveSetting } from '../state/settings';

/** Panels whose size can be set. */
export type Sized = 'lesson' | 'editor' | 'inspector' | 'terminal' | 'timeline';
/** Panels that can be folded away. */
export type Foldable = 'editor' | 'inspector' | 'timeline';

/** What is kept. Sizes are in px; one that is not set is the page's own. */
export interface Room {
  readonly sizes: Readonly<Partial<Record<Sized, number>>>;
  readonly folded: readonly Foldable[];
}

interface Panels extends Room {
  /** Only the drawing and the sentence, large. */
  readonly presenting: boolean;
}

/** What each may measure at least and, as a share of the window, at most. */
export const BOUNDS: Readonly<Record<Sized, { readonly min: number; readonly share: number }>> = {
  lesson: { min: 220, share: 0.5 },
  editor: { min: 180, share: 0.6 },
  inspector: { min: 220, share: 0.6 },
  terminal: { min: 60, share: 0.6 },
  timeline: { min: 24, share: 0.55 },
};

const SIZED = Object.keys(BOUNDS) as readonly Sized[];
const FOLDABLE: readonly Foldable[] = ['editor', 'inspector', 'timeline'];

/** A size within its bounds, for a window of so many px. */
export function bounded(panel: Sized, size: number, windowPx: number): number {
  const { min, share } = BOUNDS[panel];
  return Math.round(Math.max(min, Math.min(size, Math.max(min, windowPx * share))));
}

/** Reads what was kept; whatever does not suit is left out: it may be of another release. */
export function roomOf(text: string | undefined): Room {
  try {
    const { sizes = {}, folded = [] } = JSON.parse(text ?? '{}') as {
      sizes?: Record<string, unknown>;
      folded?: unknown[];
    };
    const known = SIZED.flatMap((panel) => {
      const size = sizes[panel];
      return typeof size === 'number' && Number.isFinite(size) && size > 0 ? [[panel, size] as const] : [];
    });
    return { sizes: Object.fromEntries(known), folded: FOLDABLE.filter((panel) => folded.includes(panel)) };
  } catch {
    return { sizes: {}, folded: [] };
  }
}

const NAME = 'panels';

export const usePanels = create<Panels>(() => ({ ...roomOf(loadSetting(NAME)), presenting: false }));

function keep(): void {
  const { sizes, folded } = usePanels.getState();
  saveSetting(NAME, JSON.stringify({ sizes, folded }));
}

/** Gives a panel a size, or its own back. `isDone` keeps it. */
export function resize(panel: Sized, size: number | undefined, isDone = true): void {
  usePanels.setState(({ sizes }) => {
    const { [panel]: _before, ...others } = sizes;
    return { sizes: size === undefined ? others : { ...others, [panel]: size } };
  });
  if (isDone) keep();
}

/** Folds a panel away, or brings it back. */
export function toggleFolded(panel: Foldable): void {
  usePanels.setState(({ folded }) => ({
    folded: folded.includes(panel) ? folded.filter((each) => each !== panel) : [...folded, panel],
  }));
  keep();
}

/** Begins or ends presenting. */
export function togglePresenting(): void {
  usePanels.setState(({ presenting }) => ({ presenting: !presenting }));
}
