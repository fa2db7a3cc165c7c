/** What of the timeline is in sight: the window, the range that is marked, which groups are folded, which lanes are pinned. */
import { useMemo } from 'react';
import { create } from 'zustand';
import { t } from '../../i18n/translate';
import type { LaneGroup, Overview } from '../../view/lanes/lane-shapes';
import { useSession } from '../state/session';
import { loadSetting, saveSetting } from '../state/settings';
import { momentText } from './time-text';
import { following, panned, type Span, spanOf, ZOOM_STEP, zoomed } from './window-math';

interface Sight {
  /** Null: all of time. */
  readonly window: Span | null;
  readonly range: Span | null;
  /** Where a range began that ends where the hand is; null: none is being marked. */
  readonly markedFromMs: number | null;
  readonly folded: readonly LaneGroup[];
  readonly pinned: readonly string[];
  readonly text: string;
  readonly tall: boolean;
  /** All of time, small; null before the first answer. */
  readonly overview: Overview | null;
  /** What a screen reader is told. */
  readonly said: string;
}

export const useSight = create<Sight>(() => ({
  window: null,
  range: null,
  markedFromMs: null,
  folded: (loadSetting('lanes.folded') ?? '').split(' ').filter(Boolean) as LaneGroup[],
  pinned: [],
  text: '',
  // Where lanes take the whole of a low window (short.css) it is not begun with them.
  tall: loadSetting('lanes.tall') === 'true' && innerHeight > 480,
  overview: null,
  said: '',
}));

const wholeMs = (): number => useSession.getState().horizonMs;

/** The window, also when that is all of time. */
export const windowNow = (): Span => useSight.getState().window ?? { fromMs: 0, toMs: wholeMs() };

/** The same for components; the same object for as long as it is the same window. */
export function useWindow(): Span {
  const window = useSight((sight) => sight.window);
  const toMs = useSession((session) => session.horizonMs);
  return useMemo(() => window ?? { fromMs: 0, toMs }, [window, toMs]);
}

const tell = (window: Span | null): string =>
  window
    ? t('window.said', { from: momentText(Math.round(window.fromMs)), to: momentText(Math.round(window.toMs)) })
    : t('window.all');

/** Shows a window; buttons and keys have it said. */
function show(window: Span | null, aloud: boolean): void {
  useSight.setState(aloud ? { window, said: tell(window) } : { window });
}

/** Closer or further away, around a moment or the hand. */
export function zoomBy(factor: number, aroundMs?: number): void {
  const window = windowNow();
  const { playheadMs } = useSession.getState();
  const isSeen = playheadMs >= window.fromMs && playheadMs <= window.toMs;
  const around = aroundMs ?? (isSeen ? playheadMs : (window.fromMs + window.toMs) / 2);
  show(zoomed(window, factor, around, wholeMs()), aroundMs === undefined);
}

export const zoomIn = (): void => zoomBy(ZOOM_STEP);
export const zoomOut = (): void => zoomBy(1 / ZOOM_STEP);

/** Earlier or later by a part of the window. */
export function panBy(share: number, aloud = true): void {
  const window = windowNow();
  show(panned(window, share * (window.toMs - window.fromMs), wholeMs()), aloud);
}

/** All of time. */
export const fit = (): void => show(null, true);

/** A window of two moments. */
export const showSpan = (aMs: number, bMs: number, aloud = false): void => show(spanOf(aMs, bMs, wholeMs()), aloud);

/** The range; nothing when there is none. */
export function zoomToRange(): void {
  const { range } = useSight.getState();
  if (range) showSpan(range.fromMs, range.toMs, true);
}

/** Marks a range, or takes the mark away. */
export function markRange(range: Span | null): void {
  useSight.setState({ range, markedFromMs: null });
}

/** Begins a range where the hand is, which then leads its end; or lets it be. */
export function toggleMarking(): void {
  const { playheadMs } = useSession.getState();
  if (useSight.getState().markedFromMs !== null) useSight.setState({ markedFromMs: null });
  else useSight.setState({ markedFromMs: playheadMs, range: { fromMs: playheadMs, toMs: playheadMs } });
}

/** The hand has moved: it stays in sight. */
export function followHand(timeMs: number): void {
  const { window, markedFromMs } = useSight.getState();
  if (markedFromMs !== null) {
    const range = { fromMs: Math.min(markedFromMs, timeMs), toMs: Math.max(markedFromMs, timeMs) };
    useSight.setState({ range });
  }
  if (window) useSight.setState({ window: following(window, timeMs, wholeMs()) });
}

/** Another run: nothing of the old one is in sight. */
export function forgetSight(): void {
  useSight.setState({ window: null, range: null, markedFromMs: null, pinned: [], text: '' });
}

function toggled<T>(list: readonly T[], item: T): readonly T[] {
  return list.includes(item) ? list.filter((each) => each !== item) : [...list, item];
}

/** Folds or unfolds a group; remembered across visits. */
export function toggleGroup(group: LaneGroup): void {
  const folded = toggled(useSight.getState().folded, group);
  saveSetting('lanes.folded', folded.join(' '));
  useSight.setState({ folded });
}

/** Keeps a lane at the top, or lets it go back. */
export function togglePin(lane: string): void {
  useSight.setState(({ pinned }) => ({ pinned: toggled(pinned, lane) }));
}

/** More room for lanes, or less; remembered across visits. */
export function toggleTall(): void {
  const tall = !useSight.getState().tall;
  saveSetting('lanes.tall', String(tall));
  useSight.setState({ tall });
}
