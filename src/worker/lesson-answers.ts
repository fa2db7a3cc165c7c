/** Answers to questions about the lesson of the present text. What runs it anew loads when it is first needed. */
import { Seen } from '../conditions/seen';
import type { Simulation } from '../engine/simulation';
import type { Act, Chapter, Lesson } from '../scenario/lesson';
import { parseScenario } from '../scenario/scenario';
import type { Session } from '../session/session';
import { outputOf } from './host-decisions';
import type { LessonKnown, LessonStanding, Shown } from './lesson-shapes';
import type { Place, Requests } from './protocol';
import type { Slices } from './run-ahead';

type Asked = 'lessonAnswer' | 'lessonStanding' | 'grade' | 'checkLesson' | 'review' | 'recordProblems';

/** A chapter's goal and remarks, watched in one branch. */
interface Watch {
  readonly simulation: Simulation;
  readonly chapter: Chapter;
  readonly fromMs: number;
  readonly goal: Seen;
  readonly remarks: readonly Seen[];
  /** Once its goal is found: whether that counts for nothing. */
  byHand?: boolean;
}

function watchOf(simulation: Simulation, chapter: Chapter, fromMs: number): Watch | undefined {
  const { task } = chapter;
  if (!task) return undefined;
  return {
    simulation,
    chapter,
    fromMs,
    goal: new Seen(simulation, task.goal, fromMs),
    remarks: task.remarks.map(({ when }) => new Seen(simulation, when, fromMs)),
  };
}

/** Everything that is made one after the other, one a bit. */
function collected<T>(going: Iterator<T>, slices: Slices): Promise<readonly T[]> {
  const all: T[] = [];
  return slices(() => {
    const { value, done } = going.next();
    if (done) return all;
    all.push(value);
    return undefined;
  });
}

/** The answers; `slices` does work bit by bit. */
export function lessonAnswers(
  session: () => Session,
  slices: Slices,
): { readonly [N in Asked]: (params: Requests[N]['params']) => Promise<Requests[N]['answer']> } {
  let watch: Watch | undefined;
  const chapterAt = (index: number): Chapter | undefined => session().scenario.lesson?.chapters[index];
  const standing = async (index: number, fromMs: number): Promise<LessonStanding> => {
    const { simulation, branch } = session();
    const chapter = chapterAt(index);
    if (watch?.simulation !== simulation || watch.chapter !== chapter || watch.fromMs !== fromMs)
      watch = chapter && watchOf(simulation, chapter, fromMs);
    const watched = watch;
    if (!watched) return { branch: branch.id, met: null, byHand: false, remarks: [] };
    const all = [watched.goal, ...watched.remarks];
    await slices(() => (all.map((one) => one.advance()).includes(true) ? undefined : true));
    const remarks = watched.remarks.map(({ found }) => found ?? null);
    const { found } = watched.goal;
    if (found) watched.byHand ??= (await import('../lessons/by-hand')).hasStatusByHand(simulation, found.step);
    const byHand = watched.byHand === true;
    return { branch: branch.id, met: byHand ? null : (found ?? null), byHand, remarks };
  };
  return {
    lessonAnswer: async ({ chapter, inputs }) => {
      const { text, scenario } = session();
      const { knownAnswer } = await import('../lessons/known-answer');
      return knownAnswer(text, scenario.lesson as Lesson, scenario.durationMs, chapter, inputs) satisfies LessonKnown;
    },
    checkLesson: async ({ text }) => {
      const { checkLesson } = await import('../lessons/check');
      const { scenario, problems } = parseScenario(text);
      if (problems.length > 0)
        return problems.map(({ line, message }) => ({
          line,
          title: 'the text can be read',
          met: false,
          because: message,
        }));
      if (!scenario?.lesson) return null;
      return collected(checkLesson(text, scenario.lesson, scenario), slices);
    },
    grade: async ({ links, references, lesson }) => {
      const { grade } = await import('../lessons/grading');
      return collected(grade(links, new Map(references), lesson), slices);
    },
    recordProblems: async ({ recorded, text }) => {
      const { recordProblems } = await import('../lessons/record-problems');
      return recordProblems(recorded, text);
    },
    review: async (handedIn) => {
      const { text, scenario } = session();
      const { keyOf, reviewed } = await import('../lessons/review');
      const { lesson, durationMs } = scenario;
      if (!lesson) return [];
      return collected(reviewed(keyOf(text, { lesson, durationMs }), handedIn), slices);
    },
    lessonStanding: ({ chapter, fromMs }) => standing(chapter, fromMs),
  };
}

/** Chooses the branch that a chapter begins in, or that is to be looked at for it; the answer is where it is looked at. */
export async function standAtChapter(
  session: Session,
  { chapter, fromMs, inputs, at }: Requests['begin']['params'],
  slices: Slices,
): Promise<Place> {
  const { lesson, durationMs } = session.scenario;
  if (!lesson?.chapters[chapter]) throw new Error(`the lesson has no chapter ${chapter + 1}`);
  if (at) {
    session.stand(inputs ?? [], `chapter ${chapter + 1}`);
    return at;
  }
  const { beginningOf } = await import('../lessons/beginning');
  const going = beginningOf(session.text, lesson, { untilMs: durationMs, chapter, fromMs, inputs });
  const { timeMs, inputs: done } = await slices(() => {
    const { value } = going.next();
    return value;
  });
  session.stand(done, `chapter ${chapter + 1}`);
  return { timeMs };
}

/** Does acts by hand in a session, from a moment on, each after the end of the one before. */
export function showActs(session: Session, acts: readonly Act[], at: { step: number; timeMs: number }): Shown[] {
  const shown: Shown[] = [];
  let cursor = at;
  const head = () => ({ step: session.simulation.step, timeMs: session.simulation.nowMs });
  for (const { afterMs, inputs, title } of acts) {
    if (afterMs > 0) {
      const fromMs = cursor.timeMs;
      if (session.simulation.nowMs < fromMs + afterMs) session.simulation.run({ timeMs: fromMs + afterMs });
      cursor = { step: session.simulation.stepAtTime(fromMs + afterMs), timeMs: fromMs + afterMs };
    }
    for (const input of inputs) {
      if (input.kind === 'kubectl') {
        const { command, stdin } = input.payload as { command: string; stdin?: string };
        shown.push({ command, ...outputOf(session.kubectl(command, cursor, { stdin })) });
      } else {
        session.act(input, cursor, title);
        session.simulation.run({ timeMs: session.simulation.nowMs });
      }
      cursor = head();
    }
  }
  return shown;
}
