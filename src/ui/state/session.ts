/** What the reader is doing: where the playhead stands, what is selected, what is open. None of it changes a run. */
import { create } from 'zustand';
import type { TimedInput } from '../../engine/simulation';
import type { Authored } from '../../i18n/translate';
import type { LessonSheet } from '../../lessons/sheet';
import type { HandIn } from '../../scenario/hand-in';
import type { EmbedMode } from '../../scenario/share-link';
import type { PageView } from '../../view/cards';
import type { StepChanges } from '../../view/step-changes';
import type { StepLevel } from '../../view/step-weight';
import type { WhyLink } from '../../view/why';
import type { CommandOutput } from '../../worker/command-shapes';
import type { BranchChip, Moment } from '../../worker/protocol';

/** A message above the work; `action` is what its button does. */
export interface Banner {
  readonly tone: 'info' | 'warning' | 'error';
  readonly text: string;
  readonly detail?: string;
  readonly action?: 'raise-limits' | 'restart' | 'moment-before' | 'reload' | 'undo';
  /** What it is said of, where that is a part of the text: it is shown as long as that stands there. */
  readonly about?: string;
  /** It is shown even where the list below the editor says as much. */
  readonly isHeadline?: boolean;
}

/** A hand-in that was opened, with what was done by hand in its link. */
export interface OpenedHandIn extends HandIn {
  readonly inputs: readonly TimedInput[];
}

export type PhoneTab = 'lesson' | 'editor' | 'graph' | 'inspector';
/** What a Pod is inspected by; other objects have neither log nor shell. */
export const INSPECTOR_TABS = ['why', 'log', 'shell', 'yaml', 'change', 'events'] as const;
export type InspectorTab = (typeof INSPECTOR_TABS)[number];
/** Messages stand in one slot each, so that a new one replaces the old one of its sort. */
export type BannerSlot = 'text' | 'link' | 'run' | 'notice' | 'worker' | 'storage' | 'action' | 'part';

export interface CommandRecord {
  readonly id: number;
  readonly command: string;
  readonly at: Moment;
  /** The branch that the page showed. */
  readonly branch?: number;
  /** Missing while it runs. */
  readonly output?: Omit<CommandOutput, 'edits'>;
  /** Where it left the page, once it has acted. */
  readonly left?: Left;
  /** What it did was taken back. */
  readonly undone?: boolean;
}

/** A moment of a branch that can be gone back to. */
export interface Left extends Moment {
  readonly branch: number;
}

/** See the header. */
export interface SessionState {
  /** As its author wrote them. */
  readonly title: Authored;
  readonly description: Authored;
  readonly ready: boolean;
  /** The moment that a text is being opened at, until it is there. */
  readonly awaited: { readonly step: number } | { readonly timeMs: number } | null;
  readonly cursor: Moment;
  /** Where the hand stands; runs ahead of `cursor` by less than a frame while playing. */
  readonly playheadMs: number;
  readonly current: WhyLink | null;
  /** What that step changed, old → new; the same object for as long as it is the same step. */
  readonly changes: StepChanges | null;
  readonly playing: boolean;
  readonly speed: number;
  readonly head: Moment;
  readonly horizonMs: number;
  readonly branch: number;
  readonly branches: readonly BranchChip[];
  readonly selected: string | null;
  readonly view: PageView;
  readonly phoneTab: PhoneTab;
  readonly inspectorTab: InspectorTab;
  /** Set when the page stands in another one. */
  readonly embed: EmbedMode | null;
  readonly terminalOpen: boolean;
  readonly limitsOpen: boolean;
  readonly keysOpen: boolean;
  readonly paletteOpen: boolean;
  /** What stands in the palette's line, typed there or while it was on its way. */
  readonly paletteText: string;
  /** Arrows and Enter that were pressed while it was on its way. */
  readonly paletteKeys: readonly string[];
  readonly gradingOpen: boolean;
  readonly glossaryOpen: boolean;
  readonly recordOpen: boolean;
  /** Two branches are beside each other. */
  readonly comparing: boolean;
  /** Moments that were left by a jump, the latest last. */
  readonly before: readonly Left[];
  /** Which steps are stopped at and told of. */
  readonly level: StepLevel;
  /** What the text teaches, where it does. */
  readonly lesson: LessonSheet | null;
  /** Whose hand-in is open; null where none is. */
  readonly handIn: OpenedHandIn | null;
  /** A question waits for its answer: nothing after this time is shown. */
  readonly heldMs: number | null;
  /** The goal that was met last; chapters count from 1. */
  readonly goal: { readonly lesson: string; readonly chapter: number; readonly step: number } | null;
  readonly commands: readonly CommandRecord[];
  /** What could not be kept when that was tried last. */
  readonly unkept: readonly ('text' | 'session')[];
  readonly banners: Readonly<Partial<Record<BannerSlot, Banner>>>;
  /** Counts openings, so that what belongs to one run is not shown with another. */
  readonly run: number;
}

/** The number of the step that is told of, which is not the last one where what came since is folded. */
export const shownStep = ({ current, cursor }: Pick<SessionState, 'current' | 'cursor'>): number =>
  current?.step ?? cursor.step;

export const SPEEDS = [0.25, 0.5, 1, 2, 5, 10, 25, 50] as const;

export const useSession = create<SessionState>(() => ({
  title: '',
  description: '',
  ready: false,
  awaited: null,
  cursor: { step: 0, timeMs: 0 },
  playheadMs: 0,
  current: null,
  changes: null,
  playing: false,
  speed: 1,
  head: { step: 0, timeMs: 0 },
  horizonMs: 1,
  branch: 0,
  branches: [],
  selected: null,
  view: 'workloads',
  phoneTab: 'graph',
  inspectorTab: 'why',
  embed: null,
  terminalOpen: false,
  limitsOpen: false,
  keysOpen: false,
  paletteOpen: false,
  paletteText: '',
  paletteKeys: [],
  gradingOpen: false,
  glossaryOpen: false,
  recordOpen: false,
  comparing: false,
  before: [],
  level: 'reconciles',
  lesson: null,
  handIn: null,
  heldMs: null,
  goal: null,
  commands: [],
  unkept: [],
  banners: {},
  run: 0,
}));

/** Selects an object, or nothing; on a telephone the inspector comes to the front. */
export function select(id: string | null, options: { reveal?: boolean } = {}): void {
  useSession.setState({ selected: id, ...(id && options.reveal ? { phoneTab: 'inspector' as const } : {}) });
}

/** Shows a message in its slot, or takes it away. */
export function setBanner(slot: BannerSlot, banner: Banner | undefined): void {
  const { banners } = useSession.getState();
  if (!banner && !banners[slot]) return;
  const { [slot]: _gone, ...others } = banners;
  useSession.setState({ banners: banner ? { ...others, [slot]: banner } : others });
}
