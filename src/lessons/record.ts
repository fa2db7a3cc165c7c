/**
 * Turns what was done by hand, and what is asked and told beside it, into chapters of a Lesson document: a question that the run answers, a
 * task with its solution and wrong answers. What was done is in force where the question comes after it: as the task's solution, or in the
 * scenario itself. JSON is YAML, so values are written as JSON.
 */
import type { TimedInput } from '../engine/simulation';
import { withActions } from '../scenario/written-actions';

/** A text in English and in Chinese; '' where it is not there. */
export interface Words {
  readonly en: string;
  readonly zh: string;
}

/** Something to choose. */
export interface RecordedOption extends Words {
  readonly value: string;
}

/** A question, in a chapter of its own. */
export interface RecordedQuestion {
  /** Asked after the task that there is, so that the run in which that was done answers it; else before, so that the run without does. */
  readonly isAfter: boolean;
  readonly told: Words;
  readonly question: Words;
  /** Empty: a number is asked for. */
  readonly options: readonly RecordedOption[];
  readonly answer: string;
  /** When the answer is known, as it is written; '' for when its expression says. */
  readonly at: string;
  readonly why: Words;
}

/** A task and what was done for it. */
export interface RecordedTask {
  readonly text: Words;
  readonly goal: string;
  readonly hints: readonly Words[];
  readonly solution: readonly TimedInput[];
  readonly wrong: readonly (readonly TimedInput[])[];
  /** What is said of outcomes that are wrong, but interesting. */
  readonly remarks: readonly { readonly when: string; readonly text: Words }[];
  /** What is said once the goal is met. */
  readonly done: Words;
}

/** What is recorded: a question, a task, or both. */
export interface Recorded {
  readonly name: string;
  readonly title: Words;
  /** What one can do afterwards; told of the whole lesson, where a new one is begun. */
  readonly summary: Words;
  /** Where the chapters are if nothing was done. */
  readonly atMs: number;
  /** What the page shows there, as `look` of a chapter has it. */
  readonly look: Readonly<Record<string, string>>;
  readonly question?: RecordedQuestion | undefined;
  readonly task?: RecordedTask | undefined;
  /** What happens by itself, after the question was asked: what was done where there is no task. */
  readonly happens: readonly TimedInput[];
}

const duration = (ms: number): string => (ms % 1000 === 0 ? `${ms / 1000}s` : `${ms}ms`);

/** Whether a text is there in a language at least. */
export const isWritten = ({ en, zh }: Words): boolean => en.trim() !== '' || zh.trim() !== '';

/** A text in both languages, or in the one that it is in. */
const wordsText = ({ en, zh }: Words): string =>
  JSON.stringify(en.trim() && zh.trim() ? { en, zh } : en.trim() ? en : zh);

/** What an act does, as it is written. */
function deedOf({ kind, payload }: TimedInput): string {
  const { command, stdin, documents, forMs, latencyMs, ...fault } = payload as Record<string, unknown>;
  if (kind === 'kubectl')
    return `kubectl: ${JSON.stringify(command)}${stdin === undefined ? '' : `, stdin: ${JSON.stringify(stdin)}`}`;
  if (kind === 'apply') return `apply: ${JSON.stringify(documents)}`;
  if (kind === 'join') return `addNode: ${JSON.stringify(payload)}`;
  const times = {
    ...(forMs === undefined ? {} : { for: duration(Number(forMs)) }),
    ...(latencyMs === undefined ? {} : { latency: duration(Number(latencyMs)) }),
  };
  return `${kind === 'heal' ? 'heal' : 'fault'}: ${JSON.stringify({ ...fault, ...times })}`;
}

/** Acts from a moment on, each as an entry of a flow sequence. */
function actsOf(inputs: readonly TimedInput[], fromMs: number): readonly string[] {
  return inputs.map((input, index) => {
    const waitedMs = input.atMs - (inputs[index - 1]?.atMs ?? fromMs);
    return `{${waitedMs > 0 ? `after: ${duration(waitedMs)}, ` : ''}${deedOf(input)}}`;
  });
}

/** So long before something happens by itself, the question about it is asked. */
const BEFOREHAND_MS = 1000;

/** Where the chapters are: at the first thing that was done, or before what happens by itself. */
function momentOf({ task, atMs, happens }: Recorded): number {
  const first = (task ? [task.solution, ...task.wrong] : []).flatMap((acts) => acts.slice(0, 1));
  if (first.length > 0) return Math.min(...first.map((act) => act.atMs));
  return Math.min(atMs, ...happens.map((act) => Math.max(0, act.atMs - BEFOREHAND_MS)));
}

const optionText = ({ value, en, zh }: RecordedOption): string =>
  JSON.stringify(en === '' ? value : { value, en, ...(zh === '' ? {} : { zh }) });

/** Where a chapter is, and what the page shows there. */
function lookText({ look }: Recorded, fromMs: number): string {
  const shown = Object.entries(look).map(([key, value]) => `, ${key}: ${JSON.stringify(value)}`);
  return `    look: {at: ${duration(fromMs)}${shown.join('')}}`;
}

/** Without a moment of its own it is where the task's goal was met. */
function questionChapter(recorded: Recorded, fromMs: number, asked: RecordedQuestion): readonly string[] {
  const { isAfter, told, question, options, answer, at, why } = asked;
  return [
    `  - title: ${wordsText(recorded.title)}`,
    `    text: ${wordsText(told)}`,
    ...(isAfter ? [] : [lookText(recorded, fromMs)]),
    '    predict:',
    `      question: ${wordsText(question)}`,
    options.length > 0 ? `      options: [${options.map(optionText).join(', ')}]` : '      number: true',
    `      answer: ${JSON.stringify(answer)}`,
    ...(at.trim() === '' ? [] : [`      at: ${JSON.stringify(at.trim())}`]),
    ...(isWritten(why) ? [`      why: ${wordsText(why)}`] : []),
  ];
}

function taskChapter(recorded: Recorded, fromMs: number, asked: RecordedTask): readonly string[] {
  const { text, goal, hints, solution, wrong, remarks, done } = asked;
  const written = hints.filter(isWritten);
  return [
    `  - title: ${wordsText(recorded.title)}`,
    `    text: ${wordsText(text)}`,
    lookText(recorded, fromMs),
    '    task:',
    `      goal: ${JSON.stringify(goal)}`,
    ...(written.length > 0 ? ['      hints:', ...written.map((hint) => `      - ${wordsText(hint)}`)] : []),
    '      solution:',
    ...actsOf(solution, fromMs).map((act) => `      - ${act}`),
    ...(wrong.length > 0
      ? ['      wrong:', ...wrong.map((acts) => `      - [${actsOf(acts, fromMs).join(', ')}]`)]
      : []),
    ...(remarks.length > 0 ? ['      remarks:', ...remarks.map(remarkText)] : []),
    ...(isWritten(done) ? [`      done: ${wordsText(done)}`] : []),
  ];
}

const remarkText = ({ when, text }: RecordedTask['remarks'][number]): string =>
  `      - {when: ${JSON.stringify(when)}, text: ${wordsText(text)}}`;

function chaptersOf(recorded: Recorded): readonly string[] {
  const { question, task } = recorded;
  const fromMs = momentOf(recorded);
  const asked = question ? questionChapter(recorded, fromMs, question) : [];
  const set = task ? taskChapter(recorded, fromMs, task) : [];
  return question?.isAfter ? [...set, ...asked] : [...asked, ...set];
}

/** The end of the Lesson document of a text, as a line's index; undefined when it has none. */
function endOfLesson(lines: readonly string[]): number | undefined {
  const kind = lines.findIndex((line) => /^kind: *["']?Lesson["']?\s*(#.*)?$/.test(line));
  if (kind < 0) return undefined;
  const next = lines.findIndex((line, index) => index > kind && /^---/.test(line));
  let end = next < 0 ? lines.length : next;
  while (end > kind && lines[end - 1]?.trim() === '') end -= 1;
  return end;
}

/** Whether a text has a lesson, which then grows by what is recorded. */
export const hasLesson = (text: string): boolean => endOfLesson(text.split('\n')) !== undefined;

/** A text in which acts happen by themselves. Of the first ms are only the manifests. */
function withHappening(text: string, happens: readonly TimedInput[]): string {
  const acts = happens.map((input) => {
    const { untilMs: _until, ...payload } = input.payload as Record<string, unknown>;
    return { input: { ...input, payload }, atMs: Math.max(1, input.atMs) };
  });
  return acts.length > 0 ? withActions(text, acts, 0) : text;
}

/** A text with what was recorded at the end of the lesson that it has, or of a new one. Throws where it can't take what is to happen in it. */
export function withRecorded(given: string, recorded: Recorded): string {
  const text = withHappening(given, recorded.happens);
  const lines = text.replace(/\s+$/, '').split('\n');
  const chapters = chaptersOf(recorded);
  const end = endOfLesson(lines);
  if (end !== undefined) return `${[...lines.slice(0, end), ...chapters, ...lines.slice(end)].join('\n')}\n`;
  const head = [
    '---',
    'apiVersion: kubestep.dev/v1alpha1',
    'kind: Lesson',
    `metadata: {name: ${JSON.stringify(recorded.name)}}`,
    'spec:',
    `  title: ${wordsText(recorded.title)}`,
    ...(isWritten(recorded.summary) ? [`  summary: ${wordsText(recorded.summary)}`] : []),
    '  chapters:',
  ];
  return `${[...lines, ...head, ...chapters].join('\n')}\n`;
}
