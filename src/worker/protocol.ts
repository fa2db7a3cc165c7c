/**
 * What the page and its worker say to each other. The page asks (each question has an id and gets one answer); the
 * worker also tells, unasked, how far it has run. Only rows, texts and buckets cross, never whole worlds.
 */
import type { KubeObject } from '../engine/api/meta';
import type { Limit } from '../engine/limits';
import type { Limits, TimedInput } from '../engine/simulation';
import type { LessonVerdict } from '../lessons/check';
import type { Grade } from '../lessons/grade-table';
import type { Recorded } from '../lessons/record';
import type { RecordProblem } from '../lessons/record-problems';
import type { HandedIn, Reviewed } from '../lessons/review';
import type { LessonSheet } from '../lessons/sheet';
import type { Problem, Translated } from '../scenario/scenario';
import type { DocumentMark } from '../session/drift';
import type { Rehearsal } from '../session/rehearsal';
import type { RequestsAt } from '../session/requests-at';
import type { SavedSession } from '../session/session';
import type { Verdict } from '../session/why-not/said';
import type { WhyNot } from '../session/why-not/why-not';
import type { WrittenText } from '../session/written-acts';
import type { ContainerLine } from '../view/container-lines';
import type { ControlPlane } from '../view/control-plane';
import type { Countdown } from '../view/countdowns';
import type { RowsDelta } from '../view/diff';
import type { EvidenceTable, Found } from '../view/evidence';
import type { Hearers } from '../view/heard';
import type { HeldFault } from '../view/held-faults';
import type { ReadRow } from '../view/reads';
import type { StepChanges } from '../view/step-changes';
import type { StepLevel } from '../view/step-weight';
import type { DiffLine } from '../view/text-diff';
import type { WhyLink } from '../view/why';
import type { BranchChip } from './branch-shapes';
import type { ActDone, ActGiven, CommandBegun, CommandGiven, CommandOutput } from './command-shapes';
import type { LessonKnown, LessonStanding, Shown } from './lesson-shapes';
import type { TimelineRequests } from './timeline-shapes';

/** A moment: a step, and a time from which the next step is still to come. */
export interface Moment {
  readonly step: number;
  readonly timeMs: number;
}

/** Where to look: at a step (and a time before the next), or at what held at a time. */
export type Place = { readonly step: number; readonly timeMs?: number } | { readonly timeMs: number };

export type { BranchChip } from './branch-shapes';

/** The world at a moment, as a difference from what the page was sent last. */
export interface View {
  readonly delta: RowsDelta;
  readonly cursor: Moment;
  readonly branch: number;
  /** The step the cursor stands on; null before the first. */
  readonly current: WhyLink | null;
  /** What that step changed. */
  readonly changes: StepChanges | null;
}

/** How far the present branch has run, and why it stands still if it does. */
export interface Progress {
  readonly head: Moment;
  readonly horizonMs: number;
  readonly branch: number;
  readonly branches: readonly BranchChip[];
  /** Set when a budget or a failed assertion stopped the run. */
  readonly halted: { readonly reason: 'limit' | 'failed'; readonly message: string } | null;
}

export interface Opened {
  readonly problems: readonly Problem[];
  /** What the API server refuses; the rest runs all the same. */
  readonly findings: readonly Problem[];
  /** What is accepted and has no effect. */
  readonly notices: readonly Problem[];
  /** Missing when the text could not be run. */
  readonly started?: {
    readonly title: Translated;
    readonly description: Translated;
    readonly view: View;
    readonly progress: Progress;
    /** What the text teaches, where it does. */
    readonly lesson: LessonSheet | null;
  };
}

/** Everything that is done, as plain data: what it takes to begin again where a worker ended. */
export interface SavedRun extends SavedSession {
  /** Branches that share the chip of what was done next. */
  readonly continued: readonly number[];
}

/** What can be said of a text without applying it. */
export interface Reading {
  readonly problems: readonly Problem[];
  readonly findings: readonly Problem[];
  readonly notices: readonly Problem[];
}

/** Problems here are also why it was refused: then nothing was applied. */
export interface Applied extends Reading {
  /** The Scenario document changed: everything starts again. */
  readonly needsRestart: boolean;
  /** With what text it starts where everything up to the moment stays as it is. */
  readonly goesOn?: string;
  /** What is told of the same run by now. */
  readonly told?: Pick<NonNullable<Opened['started']>, 'title' | 'description'>;
  readonly view: View | null;
}

/** So many lines of the log before and after a step. */
export interface LogWindow {
  readonly step: number;
  readonly before: number;
  readonly after: number;
}

/** A line of the log: a step, or several that don't matter, folded; with how many of them are heartbeats, and probes and requests that failed once more. */
export type LogLine =
  | { readonly type: 'step'; readonly link: WhyLink }
  | ({ readonly type: 'fold' } & Readonly<Record<'first' | 'count' | 'heartbeats' | 'probes' | 'requests', number>>);

/** What came of a search for a moment: the view there, or why there is none. */
export type RunUntil = { readonly view: View } | { readonly problem: string } | { readonly view: null };

export interface ObjectEvent {
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly source: string;
  readonly count: number;
  readonly lastAt: string;
}

/** What is compared: an object at two steps, or a Pod with the template of its owner. */
export interface Difference {
  readonly from: number | 'template';
  readonly to: number;
}

/** Everything about one object at one step. */
export interface Inspection {
  readonly id: string;
  readonly step: number;
  readonly exists: boolean;
  readonly yaml: string;
  readonly change: readonly DiffLine[];
  readonly writtenStep: number;
  readonly previousStep: number | null;
  /** From the last write back to its first cause, and from the creation. */
  readonly why: readonly WhyLink[];
  readonly origin: readonly WhyLink[];
  /** What the scheduler found out about a Pod, as it attached it to its step. */
  readonly scheduling: Found<unknown> | null;
  /** What a controller weighed when it last decided about it. */
  readonly decision: Found<EvidenceTable> | null;
  /** The latest steps about it since it was last written. */
  readonly since: readonly WhyLink[];
  /** The latest steps that wrote it, oldest first; `exists` is false where one deleted it. */
  readonly writes: readonly { readonly step: number; readonly timeMs: number; readonly exists: boolean }[];
  readonly containers: readonly ContainerLine[];
  readonly countdowns: readonly Countdown[];
  readonly events: readonly ObjectEvent[];
}

/** What is simulated and what is not, and the Kubernetes release whose behaviour is followed. */
export interface Fidelity {
  readonly version: string;
  readonly limits: readonly Limit[];
}

/** Every question: its parameters and its answer. */
export interface Requests extends TimelineRequests {
  open: {
    params: {
      readonly text: string;
      readonly inputs?: readonly TimedInput[];
      /** In place of `inputs`: all branches, as {@link SavedRun} has them. */
      readonly saved?: Omit<SavedRun, 'text'>;
      readonly at?: Place;
      readonly limits?: Partial<Limits>;
      /** Which steps matter; default: all but heartbeats. */
      readonly level?: StepLevel;
    };
    answer: Opened;
  };
  /** What is wrong with a text; nothing changes. */
  read: { params: { readonly text: string }; answer: Reading };
  /** All branches as they once were, at a moment of the present one. */
  restore: { params: { readonly saved: Omit<SavedRun, 'text'>; readonly at: Moment }; answer: View };
  apply: { params: { readonly text: string; readonly at: Moment }; answer: Applied };
  /** One that is refused leaves nothing behind, and says why. */
  act: { params: ActGiven; answer: ActDone };
  /** `record` is the page's own number of the command, under which output that takes its time comes. */
  kubectl: {
    params: CommandGiven;
    answer: CommandBegun;
  };
  /** What a command prints that only looks; it is not kept anywhere. */
  look: { params: { readonly command: string; readonly at: Moment }; answer: CommandOutput };
  seek: { params: Place; answer: View };
  /** `level`: in place of the one that is set. */
  stepBy: { params: { readonly from: Moment; readonly by: 1 | -1; readonly level?: StepLevel }; answer: View };
  /** On to the first moment after one at which a condition holds. */
  runUntil: { params: { readonly condition: string; readonly from: Moment }; answer: RunUntil };
  nextReconcile: { params: { readonly from: Moment }; answer: View };
  inspect: {
    params: { readonly id: string; readonly step: number; readonly timeMs?: number };
    answer: Inspection | null;
  };
  difference: { params: Difference & { readonly id: string }; answer: readonly DiffLine[] };
  log: { params: LogWindow; answer: readonly LogLine[] };
  /** From now on only such steps are stopped at and told of. */
  setLevel: { params: { readonly level: StepLevel; readonly at: Moment }; answer: View };
  /** The manifest of a text that begins in a line. */
  documentAt: { params: { readonly text: string; readonly line: number }; answer: KubeObject | null };
  /** How the documents of a text stand to the cluster at a moment. */
  marks: { params: { readonly text: string; readonly at: Moment }; answer: readonly DocumentMark[] };
  /** How the components stood at a moment. */
  controlPlane: { params: Moment & { readonly follow: number }; answer: ControlPlane };
  /** What a step's component read, and who is told of what it wrote; null where a later question took its place. */
  reads: { params: { readonly step: number }; answer: readonly ReadRow[] };
  hearers: { params: { readonly step: number }; answer: Hearers | null };
  /** The faults that held at a moment. */
  faults: { params: Moment; answer: readonly HeldFault[] };
  /** Requests of the last second that was over at a time. */
  requests: { params: { readonly timeMs: number }; answer: RequestsAt };
  /** What a command would do at a moment; nothing is done. */
  rehearse: { params: { readonly command: string; readonly at: Moment }; answer: Rehearsal };
  /** What kept a Pod off each node when the scheduler decided about it in a step. */
  rejections: { params: { readonly id: string; readonly step: number }; answer: readonly Verdict[] };
  /** Why what an object is waited for does not come about; null where nothing is, or a later question took its place. */
  whyNot: {
    params: { readonly id: string; readonly at: Moment; readonly tries: boolean };
    answer: WhyNot | null;
  };
  /** Steps whose sentence or object has a text in it, the nearest to a step first. */
  find: { params: { readonly text: string; readonly near: number }; answer: readonly WhyLink[] };
  /** What the run answers to the question of a chapter, after what was done for the tasks before. */
  lessonAnswer: { params: { readonly chapter: number; readonly inputs?: readonly TimedInput[] }; answer: LessonKnown };
  /** Whether the goal of a chapter is met in the present branch, from a time on, as far as that has run. */
  lessonStanding: { params: { readonly chapter: number; readonly fromMs: number }; answer: LessonStanding };
  /** Holds the lesson of a text against what runs; null for a text that has none, or can't be read. */
  checkLesson: { params: { readonly text: string }; answer: readonly LessonVerdict[] | null };
  /** Grades links that were handed in; `references` are the texts of known lessons by name, `lesson` is that of the one that was set. */
  grade: {
    params: {
      readonly links: readonly string[];
      readonly references: readonly (readonly [string, string])[];
      readonly lesson?: string;
    };
    answer: readonly Grade[];
  };
  /** What is wrong with what is recorded, of which a text would come. */
  recordProblems: { params: { readonly recorded: Recorded; readonly text: string }; answer: readonly RecordProblem[] };
  /** What came of each chapter of the lesson in what was handed in. */
  review: { params: HandedIn; answer: readonly Reviewed[] };
  /**
   * Where a chapter begins: at its moment or this time, in a branch in which only `inputs` were done (default: solutions of the tasks before). `at`: all
   * of them, also what came later, are done, and this is where to look.
   */
  begin: {
    params: {
      readonly chapter: number;
      readonly fromMs: number;
      readonly inputs?: readonly TimedInput[];
      readonly at?: Place;
    };
    answer: View;
  };
  /** Goes to where a chapter begins, after the solutions of the tasks before, and does what its own solution does. */
  showMe: {
    params: { readonly chapter: number; readonly fromMs: number };
    answer: { readonly view: View; readonly shown: readonly Shown[] };
  };
  selectBranch: { params: { readonly id: number; readonly at: Moment }; answer: View };
  extend: { params: { readonly horizonMs: number }; answer: null };
  raiseLimits: { params: Record<string, never>; answer: null };
  /** The text with what was done by hand in the present branch among its actions. */
  textWithActs: { params: Record<string, never>; answer: WrittenText };
  link: { params: Record<string, never>; answer: { readonly text: string; readonly inputs: readonly TimedInput[] } };
  save: { params: Record<string, never>; answer: SavedRun };
  fidelity: { params: Record<string, never>; answer: Fidelity };
  ping: { params: Record<string, never>; answer: null };
}

export type RequestName = keyof Requests;

/** Page to worker. */
export type Question = {
  [N in RequestName]: { readonly id: number; readonly name: N; readonly params: Requests[N]['params'] };
}[RequestName];

/** Worker to page. */
export type Message =
  | { readonly type: 'answer'; readonly id: number; readonly answer: unknown }
  | { readonly type: 'refused'; readonly id: number; readonly message: string }
  | { readonly type: 'output'; readonly record: number; readonly output: CommandOutput }
  | { readonly type: 'progress'; readonly progress: Progress };
