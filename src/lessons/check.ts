/**
 * Holds a lesson against its own scenario: every question is answered by the run in exactly one way, no task is done from the start, each
 * solution meets its goal with the fewest acts, wrong answers don't, what chapters select exists at some time, and every text
 * is there in both languages.
 */
import { compileCondition } from '../conditions/condition';
import type { CelProgram } from '../engine/api/cel/cel';
import type { Simulation } from '../engine/simulation';
import type { Lesson, Task } from '../scenario/lesson';
import { firstHeld, LessonError, momentAt, withActs } from './acts';
import { answerText, questionProblem } from './answers';
import { firstMet } from './by-hand';
import { untranslated } from './languages';
import { type FailedAct, failuresOf, firstLine, isUnreadable, unknownInQuestion, unknownInTask } from './mistakes';
import { type Stop, walk } from './walk';

/** One line of the result. */
export interface LessonVerdict {
  /** Line of the text it is about. */
  readonly line: number;
  readonly title: string;
  readonly met: boolean;
  /** One plain sentence, when it is not met; else what came out, or ''. */
  readonly because: string;
}

type Said = Omit<LessonVerdict, 'line'>;

const seconds = (ms: number): string => `${ms / 1000}s`;

const verdict = (title: string, because: string | undefined, good = ''): Said => ({
  title,
  met: because === undefined,
  because: because ?? good,
});

/** What a piece of work comes to; a run that can't go on is the reason why not. */
function tried(title: string, attempt: () => Said): Said {
  try {
    return attempt();
  } catch (error) {
    if (!(error instanceof LessonError)) throw error;
    return verdict(title, error.message);
  }
}

/** An object that a chapter selects may come later, or be what its own solution makes. */
function* selectionVerdicts({ chapter, simulation, at, solved }: Stop, untilMs: number): Generator<Said> {
  const { select } = chapter;
  if (!select) return;
  const title = 'what it selects exists';
  const { kind, name, namespace } = select;
  const inNamespace = namespace === undefined ? '' : ` && o.metadata.namespace == ${JSON.stringify(namespace)}`;
  const condition = `list('${kind}').exists(o, o.metadata.name == ${JSON.stringify(name)}${inNamespace})`;
  const program = compileCondition(condition) as CelProgram;
  yield tried(title, () => {
    const isThere =
      firstHeld(simulation, program, at, at.timeMs) ||
      firstHeld(simulation, program, momentAt(simulation, 0), untilMs) ||
      (solved && firstHeld(solved.simulation, program, at, untilMs));
    return verdict(
      title,
      isThere ? undefined : `there is no ${kind} ${namespace === undefined ? '' : `${namespace}/`}${name} at any time`,
    );
  });
}

function* predictionVerdicts({ chapter, answered }: Stop): Generator<Said> {
  const { predict } = chapter;
  if (!predict || !answered) return;
  const title = 'the prediction has one right answer';
  const unknown = unknownInQuestion(predict);
  if (unknown.length > 0) yield verdict('the answer reads fields that there are', unknown.join('; '));
  if ('error' in answered) yield verdict(title, answered.error);
  else yield verdict(title, questionProblem(predict, answered.value), answerText(answered.value));
}

/** What must not meet a goal; `run` does what was done. */
function unmet(title: string, { at }: Stop, { goal }: Task, run: () => Simulation, untilMs: number): Said {
  return tried(title, () => {
    const met = firstMet(run(), goal, at, untilMs);
    return verdict(title, met && `the goal is met at ${seconds(met.timeMs)}, step ${met.step}`);
  });
}

function remarkVerdict({ at }: Stop, task: Task, index: number, runs: readonly Simulation[], untilMs: number): Said {
  const title = `remark ${index + 1} is said of a wrong answer`;
  const { when } = task.remarks[index] as Task['remarks'][number];
  return tried(title, () => {
    const said = runs.findIndex((run) => firstHeld(run, when, at, untilMs));
    return said < 0
      ? verdict(title, 'it holds after none of them')
      : verdict(title, undefined, `wrong answer ${said + 1}`);
  });
}

/** What only the lessons that come with Kubestep promise: whatever is wrong is answered, and nothing is said to who did nothing. */
function* answeredVerdicts(stop: Stop, task: Task, runs: readonly Simulation[], untilMs: number): Generator<Said> {
  const remarkOf = (run: Simulation) => task.remarks.findIndex(({ when }) => firstHeld(run, when, stop.at, untilMs));
  for (const [index, run] of runs.entries()) {
    const title = `wrong answer ${index + 1} is answered by a remark`;
    yield tried(title, () => verdict(title, remarkOf(run) < 0 ? 'none holds after it' : undefined));
  }
  const title = 'no remark is said of who did nothing';
  yield tried(title, () => {
    const said = remarkOf(stop.simulation);
    return verdict(title, said < 0 ? undefined : `remark ${said + 1} is`);
  });
}

function* taskVerdicts(stop: Stop, { durationMs: untilMs, isAnswered }: CheckOptions): Generator<Said> {
  const { task } = stop.chapter;
  const { solved, simulation, at } = stop;
  if (!task || !solved) return;
  const { solution, wrong, remarks } = task;
  const { met, error, failed } = solved;
  for (const [what, unknown] of unknownInTask(task))
    if (unknown.length > 0) yield verdict(`${what} reads fields that there are`, unknown.join('; '));
  yield unmet('the start does not meet the goal', stop, task, () => simulation, untilMs);
  yield verdict(
    'the solution meets the goal',
    met ? undefined : (error ?? `it is not met up to ${seconds(untilMs)}`),
    met && `at ${seconds(met.timeMs)}, step ${met.step}`,
  );
  for (const one of failed) yield verdict(`act ${one.act + 1} of the solution ends without an error`, firstLine(one));
  for (const [index] of solution.length > 1 ? solution.entries() : []) {
    const fewer = solution.filter((_act, place) => place !== index);
    const title = `the solution without its act ${index + 1} does not meet the goal`;
    yield unmet(title, stop, task, () => withActs(simulation, at, fewer, untilMs), untilMs);
  }
  const runs: Simulation[] = [];
  for (const [index, acts] of wrong.entries()) {
    const refused: FailedAct[] = [];
    const run = () => {
      const made = withActs(simulation, at, acts, untilMs, failuresOf(refused));
      runs.push(made);
      return made;
    };
    yield unmet(`wrong answer ${index + 1} does not meet the goal`, stop, task, run, untilMs);
    for (const one of refused.filter(isUnreadable))
      yield verdict(`act ${one.act + 1} of wrong answer ${index + 1} is a command`, firstLine(one));
  }
  for (const [index] of remarks.entries()) yield remarkVerdict(stop, task, index, runs, untilMs);
  if (isAnswered) yield* answeredVerdicts(stop, task, runs, untilMs);
}

/** How a lesson is held against its scenario. */
export interface CheckOptions {
  /** Up to when goals are looked for. */
  readonly durationMs: number;
  /** Is drawn from instead of the text's. */
  readonly seed?: number;
  /** Wants a remark on each wrong answer, too. */
  readonly isAnswered?: boolean;
}

/** See the header. */
export function* checkLesson(text: string, lesson: Lesson, options: CheckOptions): Generator<LessonVerdict> {
  const { durationMs, seed } = options;
  const missing = untranslated(lesson);
  const because = missing.length > 0 ? `not in both: ${missing.join(', ')}` : undefined;
  yield { line: lesson.line, ...verdict('every text is in English and Chinese', because) };
  try {
    for (const stop of walk(text, lesson, durationMs, { seed })) {
      const { line } = stop.chapter;
      const chapter = `chapter ${stop.index + 1}: `;
      for (const said of [
        ...selectionVerdicts(stop, durationMs),
        ...predictionVerdicts(stop),
        ...taskVerdicts(stop, options),
      ])
        yield { line, ...said, title: chapter + said.title };
    }
  } catch (error) {
    if (!(error instanceof LessonError)) throw error;
    yield { line: lesson.line, ...verdict('the scenario runs to its end', error.message) };
  }
}

/** A verdict in one line. `place` is where it stands. */
export function verdictLine({ title, met, because }: LessonVerdict, place: string): string {
  return `${met ? 'ok' : 'not ok'} ${place} ${title}${because === '' ? '' : ` # ${because}`}`;
}
