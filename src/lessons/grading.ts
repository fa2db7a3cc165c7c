/**
 * Grades what was handed in: nothing that a link says of itself is believed. What was done is done again, answers are held against what the run
 * gives, and the lesson must be the one that was set.
 */
import type { Simulation, TimedInput } from '../engine/simulation';
import type { LinkAnswer } from '../scenario/hand-in';
import type { Lesson } from '../scenario/lesson';
import { parseScenario } from '../scenario/scenario';
import { decodeLink, type LinkState } from '../scenario/share-link';
import type { Cursor } from '../session/cursor';
import { firstHeld, LessonError, momentAt } from './acts';
import { taskBefore } from './agreement';
import { isRight } from './answers';
import { hasStatusByHand, isLikeSolution } from './by-hand';
import type { Grade } from './grade-table';
import { answerAfter } from './known-answer';
import { runAnew, walk } from './walk';

/** What of a lesson has to be worked out once, however many hand it in. */
interface Key {
  readonly lesson: Lesson;
  readonly durationMs: number;
  /** From when on the goal of each chapter counts. */
  readonly fromMs: readonly number[];
  /** What the run answers to the question of each chapter. */
  readonly values: readonly ({ readonly value: unknown } | undefined)[];
}

/** Nobody waits longer than so for a goal after the end of the scenario. */
const MOST_AFTER_MS = 3_600_000;

const NOTHING: Grade = {
  who: '',
  lesson: '',
  goals: 0,
  tasks: 0,
  met: undefined,
  right: 0,
  asked: 0,
  acts: 0,
  shown: 0,
  alike: 0,
  byHand: false,
  compared: false,
  times: 1,
  error: '',
};

interface Read {
  readonly lesson: Lesson;
  readonly durationMs: number;
}

function readLesson(text: string): Read | { readonly error: string } {
  const { scenario, problems } = parseScenario(text);
  const [problem] = problems;
  if (problem) return { error: `the text can not be read: line ${problem.line}: ${problem.message}` };
  if (!scenario?.lesson) return { error: 'the link carries no lesson' };
  return { lesson: scenario.lesson, durationMs: scenario.durationMs };
}

function keyOf(text: string, { lesson, durationMs }: Read): Key {
  const stops = [...walk(text, lesson, durationMs)];
  return {
    lesson,
    durationMs,
    fromMs: stops.map(({ at }) => at.timeMs),
    values: stops.map(({ answered }) => (answered && 'value' in answered ? answered : undefined)),
  };
}

/** What a function gave for a text, kept. */
function kept<T>(make: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text) ?? make(text);
    known.set(text, found);
    return found;
  };
}

function strayIn({ handIn }: LinkState, lesson: Lesson): string {
  const stray = handIn?.answers.find(({ chapter, given }) => {
    const { predict, task } = lesson.chapters[chapter] ?? {};
    return given === undefined ? !task : !predict;
  });
  return stray ? `there is an answer to chapter ${stray.chapter + 1}, which asks nothing of the kind` : '';
}

/** Why a text is not the one that was set; '' if it is, or nothing is known of it. */
function changeIn(text: string, name: string, references: ReadonlyMap<string, string>, set: Read | undefined): string {
  if (set && set.lesson.name !== name) return `the lesson ${set.lesson.name} was set, not ${name}`;
  const reference = references.get(name);
  return reference === undefined || reference === text ? '' : `the text of the lesson ${name} was changed`;
}

/**
 * Grades links, or their parts from `#` on, one at a time. `known` are the texts of the lessons that are known, by name; `lesson` is the text
 * of the one that was set. What is held against neither runs by its own text, and that is said.
 */
export function* grade(
  links: readonly string[],
  known: ReadonlyMap<string, string>,
  lesson?: string,
): Generator<Grade> {
  const read = kept(readLesson);
  const set = lesson === undefined ? undefined : read(lesson);
  if (set && 'error' in set) {
    for (const _link of links) yield { ...NOTHING, error: `the lesson that was set: ${set.error}` };
    return;
  }
  const references = set ? new Map([...known, [set.lesson.name, lesson as string]]) : known;
  const key = kept((text) => keyOf(text, read(text) as Read));
  const decoded = links.map((link) => decodeLink(link.slice(link.indexOf('#') + 1)));
  const byName = timesOf(decoded.map((one) => ('error' in one ? '' : nameIn(one.state))));
  for (const one of decoded) {
    if ('error' in one) {
      yield { ...NOTHING, error: one.error };
      continue;
    }
    const { state } = one;
    const { text, inputs = [], handIn } = state;
    const who = handIn?.who ?? '';
    const times = byName.get(nameIn(state)) ?? 0;
    const found = read(text);
    if ('error' in found) {
      yield { ...NOTHING, who, acts: inputs.length, error: found.error };
      continue;
    }
    const { name } = found.lesson;
    const compared = references.has(name);
    const nothing = { ...NOTHING, who, lesson: name, acts: inputs.length, compared };
    const error =
      handIn === undefined
        ? 'this is no hand-in: the link does not say whose it is'
        : changeIn(text, name, references, set) || strayIn(state, found.lesson);
    try {
      yield error === '' ? { ...gradeState(state, key(text)), who, compared, times } : { ...nothing, error };
    } catch (stopped) {
      if (!(stopped instanceof LessonError)) throw stopped;
      yield { ...nothing, error: stopped.message };
    }
  }
}

/** Whose hand-in it is, however it is written. */
const nameIn = ({ handIn }: LinkState): string => (handIn?.who ?? '').trim().toLowerCase();

/** How often there is each name; of who has none nothing is said. */
function timesOf(names: readonly string[]): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  for (const name of names) if (name !== '') times.set(name, (times.get(name) ?? 0) + 1);
  return times;
}

/** Runs what was done by hand, once for all tasks for which the same was done. */
function runner(text: string): (inputs: readonly TimedInput[]) => Simulation {
  const runs = new Map<string, Simulation>();
  return (inputs) => {
    const name = JSON.stringify(inputs);
    const simulation = runs.get(name) ?? runAnew(text, { inputs });
    runs.set(name, simulation);
    return simulation;
  };
}

function lastOf(inputs: readonly TimedInput[]): number {
  return inputs.reduce((latest, { atMs }) => Math.max(latest, atMs), 0);
}

function gradeState({ text, inputs = [], handIn }: LinkState, key: Key): Grade {
  const { lesson, durationMs, fromMs, values } = key;
  const answers = handIn?.answers ?? [];
  const answerTo = (index: number): LinkAnswer | undefined => answers.find(({ chapter }) => chapter === index);
  const run = runner(text);
  const done = new Set<string>();
  /** What was done for the tasks whose goal was met, by chapter. */
  const metBy = new Map<number, readonly TimedInput[]>();
  let met: Cursor | undefined;
  let [goals, tasks, right, asked, alike] = [0, 0, 0, 0, 0];
  let byHand = false;
  for (const [index, { predict, task }] of lesson.chapters.entries()) {
    const answer = answerTo(index);
    if (predict) asked += 1;
    if (predict && answer?.given !== undefined) {
      const own = metBy.get(taskBefore(lesson.chapters, index) ?? -1);
      const value = (own && answerAfter(text, predict, own)) ?? values[index];
      if (value && isRight(predict, answer.given, value.value)) right += 1;
    }
    if (!task) continue;
    tasks += 1;
    const acts = answer?.inputs ?? inputs;
    for (const act of acts) done.add(JSON.stringify(act));
    const simulation = run(acts);
    const untilMs = Math.min(Math.max(durationMs, lastOf(acts) + durationMs), durationMs + MOST_AFTER_MS);
    const found = firstHeld(simulation, task.goal, momentAt(simulation, fromMs[index] ?? 0), untilMs);
    if (!found) continue;
    if (hasStatusByHand(simulation, found.step)) {
      byHand = true;
      continue;
    }
    goals += 1;
    const own = acts.filter(({ atMs }) => atMs >= (fromMs[index] ?? 0));
    if (answer?.shown !== true && isLikeSolution(own, task)) alike += 1;
    metBy.set(index, acts);
    if (!met || found.timeMs >= met.timeMs) met = found;
  }
  const shown = answers.filter((answer) => answer.shown === true).length;
  return { ...NOTHING, lesson: lesson.name, goals, tasks, met, right, asked, acts: done.size, shown, alike, byHand };
}
