/**
 * A Lesson document, read: chapters with their moments, questions that the run answers, tasks with what meets their goals. Everything wrong is
 * told with its place when the text is read.
 */

import { compileCondition } from '../conditions/condition';
import { compilePrediction, type Prediction } from '../conditions/prediction';
import type { CelProgram } from '../engine/api/cel/cel';
import type { KubeObject } from '../engine/api/meta';
import type { Input } from '../engine/simulation';
import type { SourceDocument } from '../kubectl/yaml';
import { inputsOf } from './actions';
import { type Misfit, misfitsOf } from './checks';
import {
  LESSON_SHAPE,
  type RawAct,
  type RawChapter,
  type RawLessonSpec,
  type RawOption,
  type RawPrediction,
  type RawTask,
  type RawText,
} from './lesson-shape';
import { milliseconds, optionalMs } from './milliseconds';
import { actionMisfits, below } from './settings';

/** A text in the reader's language. */
export type LessonText = RawText;

/** What of the scenario a lesson is held against. */
export interface LessonFrame {
  readonly durationMs: number;
  readonly nodes: ReadonlySet<string>;
}

/** Something to choose; `value` is what the answer gives if it is right. */
export interface Option {
  readonly value: string;
  readonly text: LessonText;
}

/** A question that the run answers. */
export interface Question {
  readonly question: LessonText;
  /** Empty where a number is asked for. */
  readonly options: readonly Option[];
  /** How far a number may be off. */
  readonly within: number;
  readonly answer: Prediction;
  /** When the answer is known, in virtual ms. */
  readonly knownMs: number;
  readonly why: LessonText | undefined;
}

/** Something done by hand, `afterMs` after the end of what was done before. */
export interface Act {
  readonly afterMs: number;
  readonly inputs: readonly Input[];
  /** As it is shown. */
  readonly title: string;
}

/** Something to bring about. */
export interface Task {
  readonly goal: CelProgram;
  readonly hints: readonly LessonText[];
  readonly solution: readonly Act[];
  readonly wrong: readonly (readonly Act[])[];
  readonly remarks: readonly { readonly when: CelProgram; readonly text: LessonText }[];
  readonly done: LessonText | undefined;
}

/** A page of a lesson. */
export interface Chapter {
  readonly title: LessonText | undefined;
  readonly text: LessonText;
  /** Where the page goes, in virtual ms; undefined: it stays where the chapter before left it. */
  readonly atMs: number | undefined;
  readonly view: string | undefined;
  readonly select: { readonly kind: string; readonly name: string; readonly namespace: string | undefined } | undefined;
  readonly predict: Question | undefined;
  readonly task: Task | undefined;
  readonly line: number;
}

/** See the header. */
export interface Lesson {
  readonly name: string;
  readonly title: LessonText;
  readonly summary: LessonText | undefined;
  readonly track: string | undefined;
  readonly minutes: number | undefined;
  readonly concepts: readonly string[];
  readonly chapters: readonly Chapter[];
  readonly line: number;
  /** The document as written. */
  readonly written: KubeObject;
}

const ACT_KEYS = ['kubectl', 'apply', 'fault', 'heal', 'addNode'] as const;

function conditionMisfits(text: string, ...path: Misfit['path']): Misfit[] {
  const program = compileCondition(text);
  if ('problem' in program) return [{ path, message: program.problem }];
  const { type } = program;
  return type === undefined ? [] : [{ path, message: `the expression is ${type}, which is neither true nor false` }];
}

/** What an act does, at no particular time. */
function inputsOfAct({ after: _after, ...action }: RawAct): ReturnType<typeof inputsOf> {
  return inputsOf({ at: '0s', ...action }, 0, new Map());
}

function actsMisfits(acts: readonly RawAct[], { nodes }: LessonFrame): Misfit[] {
  return acts.flatMap((act, index) => {
    const count = ACT_KEYS.filter((key) => act[key] !== undefined).length;
    const many = count > 1 ? [{ path: [index], message: `an act is one of ${ACT_KEYS.join(', ')}` }] : [];
    const { problem } = inputsOfAct(act);
    const unread = problem === undefined ? [] : [{ path: [index, 'apply'], message: problem }];
    return [...many, ...unread, ...below(actionMisfits(act, nodes), index)];
  });
}

function taskMisfits({ goal, solution, wrong = [], remarks = [] }: RawTask, frame: LessonFrame): Misfit[] {
  return [
    ...conditionMisfits(goal, 'goal'),
    ...(solution.length === 0 ? [{ path: ['solution'], message: 'a solution has at least one act' }] : []),
    ...below(actsMisfits(solution, frame), 'solution'),
    ...wrong.flatMap((acts, index) => below(actsMisfits(acts, frame), 'wrong', index)),
    ...remarks.flatMap(({ when }, index) => conditionMisfits(when, 'remarks', index, 'when')),
  ];
}

function optionsMisfits({ options, number }: RawPrediction): Misfit[] {
  if (number === true) {
    return options === undefined ? [] : [{ path: ['options'], message: '"options" and "number" exclude each other' }];
  }
  if (!options || options.length < 2)
    return [{ path: [], message: 'a prediction needs two options or more, or number: true' }];
  const values = options.map((option) => optionOf(option).value);
  return values.flatMap((value, index) =>
    values.indexOf(value) < index ? [{ path: ['options', index], message: `"${value}" is there twice` }] : [],
  );
}

/** When an answer is known; undefined: at the end of the run. */
function knownMsOf({ at }: RawPrediction, { stretches }: Prediction): number | undefined {
  const ends = [...stretches.map(({ toMs }) => toMs), ...(at === undefined ? [] : [milliseconds(at, 0)])];
  return ends.length > 0 ? Math.max(...ends) : undefined;
}

function predictionMisfits(raw: RawPrediction, { durationMs }: LessonFrame): Misfit[] {
  const compiled = compilePrediction(raw.answer);
  if ('problem' in compiled) return [{ path: ['answer'], message: compiled.problem }];
  const within = raw.within === undefined ? 0 : Number(raw.within);
  return [
    ...optionsMisfits(raw),
    ...(within >= 0 ? [] : [{ path: ['within'], message: 'must be a number that is not negative' }]),
    ...(raw.within !== undefined && !raw.number ? [{ path: ['within'], message: '"within" belongs to "number"' }] : []),
    ...((knownMsOf(raw, compiled) ?? 0) > durationMs
      ? [{ path: [raw.at === undefined ? 'answer' : 'at'], message: pastEnd(durationMs) }]
      : []),
  ];
}

const pastEnd = (durationMs: number): string => `is past the end of the scenario at ${durationMs / 1000}s`;

function chapterMisfits({ look, predict, task }: RawChapter, frame: LessonFrame): Misfit[] {
  return [
    ...(milliseconds(look?.at, 0) > frame.durationMs
      ? [{ path: ['look', 'at'], message: pastEnd(frame.durationMs) }]
      : []),
    ...(look?.select !== undefined && !selectionOf(look.select)
      ? [{ path: ['look', 'select'], message: 'must be KIND NAME, or KIND NAMESPACE/NAME' }]
      : []),
    ...(predict && task ? [{ path: ['task'], message: 'a chapter has a prediction or a task, not both' }] : []),
    ...(predict ? below(predictionMisfits(predict, frame), 'predict') : []),
    ...(task ? below(taskMisfits(task, frame), 'task') : []),
  ];
}

/** Everything wrong with a Lesson document. */
export function checkLesson({ object }: SourceDocument, frame: LessonFrame): Misfit[] {
  const misfits = misfitsOf(LESSON_SHAPE, object);
  if (misfits.length > 0) return misfits;
  const { chapters } = object.spec as RawLessonSpec;
  if (chapters.length === 0) return [{ path: ['spec', 'chapters'], message: 'a lesson has at least one chapter' }];
  return chapters.flatMap((chapter, index) => below(chapterMisfits(chapter, frame), 'spec', 'chapters', index));
}

function selectionOf(text: string): Chapter['select'] {
  const parts = /^([A-Za-z][\w.]*) (?:([^/\s]+)\/)?([^/\s]+)$/.exec(text);
  return parts ? { kind: parts[1] as string, namespace: parts[2], name: parts[3] as string } : undefined;
}

function optionOf(raw: RawOption): Option {
  if (typeof raw !== 'object') return { value: String(raw), text: String(raw) };
  const { value, en, zh } = raw;
  return { value: String(value), text: zh === undefined ? en : { en, zh } };
}

function questionOf(raw: RawPrediction, { durationMs }: LessonFrame): Question {
  const answer = compilePrediction(raw.answer) as Prediction;
  return {
    question: raw.question,
    options: (raw.options ?? []).map(optionOf),
    within: Number(raw.within ?? 0),
    answer,
    knownMs: knownMsOf(raw, answer) ?? durationMs,
    why: raw.why,
  };
}

/** An act as it is shown to people. */
function titleOf(raw: RawAct): string {
  if (raw.kubectl !== undefined) return `kubectl ${raw.kubectl}`;
  const { fault, heal } = raw;
  if (fault || heal)
    return Object.entries({ [fault ? 'fault' : 'heal']: '', ...(fault ?? heal) })
      .map(([key, value]) => (value === '' ? key : `${key}: ${value}`))
      .join(' ');
  return raw.addNode ? `addNode ${raw.addNode.name}` : 'apply';
}

function actOf(raw: RawAct): Act {
  return { afterMs: milliseconds(raw.after, 0), inputs: inputsOfAct(raw).inputs.map(byHand), title: titleOf(raw) };
}

/** An input as a person gives it: of commands only what can be typed. */
function byHand({ to, kind, payload }: Input): Input {
  if (kind !== 'kubectl') return { to, kind, payload };
  const { command, stdin } = payload as { command: string; stdin?: string };
  return { to, kind, payload: stdin === undefined ? { command } : { command, stdin } };
}

const programOf = (text: string): CelProgram => compileCondition(text) as CelProgram;

function taskOf({ goal, hints = [], solution, wrong = [], remarks = [], done }: RawTask): Task {
  return {
    goal: programOf(goal),
    hints,
    solution: solution.map(actOf),
    wrong: wrong.map((acts) => acts.map(actOf)),
    remarks: remarks.map(({ when, text }) => ({ when: programOf(when), text })),
    done,
  };
}

/** The lesson of a document in which nothing is wrong. */
export function readLesson(document: SourceDocument, frame: LessonFrame): Lesson {
  const { object } = document;
  const { title, summary, track, minutes, concepts = [], chapters } = object.spec as RawLessonSpec;
  return {
    name: object.metadata.name,
    title,
    summary,
    track,
    minutes,
    concepts,
    chapters: chapters.map(({ title: own, text, look, predict, task }, index) => ({
      title: own,
      text,
      atMs: optionalMs(look?.at),
      view: look?.view,
      select: look?.select === undefined ? undefined : selectionOf(look.select),
      predict: predict && questionOf(predict, frame),
      task: task && taskOf(task),
      line: document.rangeOf(['spec', 'chapters', index]).line,
    })),
    line: document.rangeOf(['kind']).line,
    written: object,
  };
}
