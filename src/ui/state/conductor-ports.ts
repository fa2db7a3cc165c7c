/** What a conductor needs of the page it lives in, and what it can be asked. */
import type { Limits, TimedInput } from '../../engine/simulation';
import type { Place, SavedRun } from '../../worker/protocol';
import type { LinePorts } from './worker-line';

/** How a text is opened: from the beginning, or at a moment of what was done by hand. */
export interface OpenOptions {
  readonly inputs?: readonly TimedInput[];
  readonly saved?: Omit<SavedRun, 'text'>;
  readonly at?: Place;
  readonly limits?: Partial<Limits>;
  readonly play?: boolean;
  /** The text that the run was told last, where a later one stands in the editor. */
  readonly settled?: string;
  /** What the terminal printed stays: it is the same run, begun again. */
  readonly again?: boolean;
  /** It stands on the page already, drawn before there was a worker. */
  readonly isForeshown?: boolean;
}

/** What a conductor needs of the page it lives in. */
export interface ConductorPorts extends LinePorts {
  /** Where the text in the editor is kept. */
  readonly slot: () => string;
  /** Goes to where another text is kept. */
  readonly enterSlot: (slot: string) => Promise<void>;
  /** Another moment is about to be looked at, by a jump. */
  readonly jumping: () => void;
  /** Something is about to be done: what is still being typed is applied first. */
  readonly typed: () => void;
}

/** Questions that change nothing. */
export type Query =
  | 'hold'
  | 'inspect'
  | 'difference'
  | 'log'
  | 'lanes'
  | 'commands'
  | 'laneStep'
  | 'totals'
  | 'compare'
  | 'nextStop'
  | 'link'
  | 'save'
  | 'textWithActs'
  | 'fidelity'
  | 'controlPlane'
  | 'reads'
  | 'hearers'
  | 'faults'
  | 'find'
  | 'requests'
  | 'look'
  | 'marks'
  | 'whyNot'
  | 'rehearse'
  | 'rejections'
  | 'lessonAnswer'
  | 'lessonStanding'
  | 'grade'
  | 'checkLesson'
  | 'review'
  | 'recordProblems';
