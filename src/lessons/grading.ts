/**
 * Grades what was handed in: nothing that a link says of itself is believed. What was done is done again, answers are held against what the run
 * gives, and the lesson must be the one that was set.
 */
import type { Lesson } from '../scenario/lesson';
import { parseScenario } from '../scenario/scenario';
import { decodeLink, type LinkState } from '../scenario/share-link';
import { LessonError } from './acts';
import type { Grade, Said } from './grade-table';
import { lookalikes } from './lookalike';
import { type HandedIn, type Key, keyOf, reviewed } from './review';

const NOTHING: Grade = {
  who: '',
  lesson: '',
  goals: 0,
  tasks: 0,
  met: undefined,
  right: 0,
  answered: 0,
  asked: 0,
  acts: 0,
  shown: 0,
  alike: 0,
  byHand: false,
  compared: true,
  differs: false,
  times: 1,
  opens: false,
  error: undefined,
};

const NO_LINK: Said = { en: 'this is no link', zh: '这不是链接' };
const NO_LESSON: Said = { en: 'the link carries no lesson', zh: '链接里没有课程' };
const NOBODYS: Said = {
  en: 'this is no hand-in: the link does not say whose it is',
  zh: '这不是作业：链接没有说明是谁的',
};

interface Read {
  readonly lesson: Lesson;
  readonly durationMs: number;
}

function readLesson(text: string): Read | { readonly error: Said } {
  const { scenario, problems } = parseScenario(text);
  const [problem] = problems;
  if (problem) {
    const { line, message } = problem;
    return {
      error: {
        en: `the text can not be read: line ${line}: ${message}`,
        zh: `文本无法读取：第 ${line} 行：${message}`,
      },
    };
  }
  return scenario?.lesson ? { lesson: scenario.lesson, durationMs: scenario.durationMs } : { error: NO_LESSON };
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

function strayIn({ handIn }: LinkState, lesson: Lesson): Said | undefined {
  const stray = handIn?.answers.find(({ chapter, given }) => {
    const { predict, task } = lesson.chapters[chapter] ?? {};
    return given === undefined ? !task : !predict;
  });
  if (!stray) return undefined;
  const chapter = stray.chapter + 1;
  return {
    en: `there is an answer to chapter ${chapter}, which asks nothing of the kind`,
    zh: `有对第 ${chapter} 章的回答，而那一章没有这样的问题`,
  };
}

/** Holds a text against those that are known: why it is not the one that was set; undefined if it is, or nothing is known of it. */
function changes(references: ReadonlyMap<string, string>, set: Read | undefined) {
  const lookalikeOf = lookalikes(references);
  return (text: string, lesson: Lesson): Said | undefined => {
    const { name } = lesson;
    if (set && set.lesson.name !== name)
      return {
        en: `the lesson ${set.lesson.name} was set, not ${name}`,
        zh: `布置的课程是 ${set.lesson.name}，不是 ${name}`,
      };
    const reference = references.get(name);
    if (reference === text) return undefined;
    if (reference !== undefined)
      return { en: `the text of the lesson ${name} was changed`, zh: `课程 ${name} 的文本被改过` };
    const made = lookalikeOf(text, lesson);
    if (made === undefined) return undefined;
    return {
      en: `${name} is no lesson that is known, and was made from ${made}: its goal may be another (set it, if it is yours)`,
      zh: `${name} 不是已知的课程，而是由 ${made} 改成的：目标可能不同（如果是你自己的课程，请把它设为布置的课程）`,
    };
  };
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
    const { en, zh } = set.error;
    for (const _link of links)
      yield { ...NOTHING, error: { en: `the lesson that was set: ${en}`, zh: `布置的课程：${zh}` } };
    return;
  }
  const references = set ? new Map([...known, [set.lesson.name, lesson as string]]) : known;
  const changeIn = changes(references, set);
  const key = kept((text) => keyOf(text, read(text) as Read));
  const decoded = links.map(stateOf);
  const byName = timesOf(decoded.map((one) => ('error' in one ? '' : nameIn(one.state))));
  const textsBy = textsOf(
    decoded.flatMap((one) => ('error' in one ? [] : [one.state.text])),
    read,
  );
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
    const texts = textsBy.get(name);
    const differs = !compared && (texts?.size ?? 0) > 1;
    const rare = !compared && isRare(text, texts) ? RARE : undefined;
    const nothing = { ...NOTHING, who, lesson: name, acts: inputs.length, compared, differs, opens: true };
    const error = handIn ? (changeIn(text, found.lesson) ?? rare ?? strayIn(state, found.lesson)) : NOBODYS;
    try {
      yield error
        ? { ...nothing, error }
        : { ...nothing, ...gradeState(key(text), { inputs, answers: handIn?.answers ?? [] }), times };
    } catch (stopped) {
      if (!(stopped instanceof LessonError)) throw stopped;
      yield { ...nothing, error: { en: stopped.message, zh: `运行无法继续：${stopped.message}` } };
    }
  }
}

/** What a link carries, or why it carries nothing. */
function stateOf(link: string): { readonly state: LinkState } | { readonly error: Said } {
  if (!/#(\S*&)?s(=|$)/.test(link)) return { error: NO_LINK };
  const decoded = decodeLink(link.slice(link.indexOf('#') + 1));
  return 'state' in decoded ? decoded : { error: { en: decoded.error, zh: decoded.zh } };
}

/** Whose hand-in it is, however it is written. */
const nameIn = ({ handIn }: LinkState): string => (handIn?.who ?? '').trim().toLowerCase();

/** How often there is each name; of who has none nothing is said. */
function timesOf(names: readonly string[]): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  for (const name of names) if (name !== '') times.set(name, (times.get(name) ?? 0) + 1);
  return times;
}

/** The texts that there are of each lesson, by its name, and how often there is each. */
function textsOf(texts: readonly string[], read: (text: string) => ReturnType<typeof readLesson>) {
  const byName = new Map<string, Map<string, number>>();
  for (const text of texts) {
    const found = read(text);
    if ('error' in found) continue;
    const { name } = found.lesson;
    const times = byName.get(name) ?? new Map<string, number>();
    byName.set(name, times.set(text, (times.get(text) ?? 0) + 1));
  }
  return byName;
}

/** Of a lesson that nobody knows, the text that most hand-ins carry is taken for the one that was given out: whether another is more frequent. */
function isRare(text: string, times: ReadonlyMap<string, number> | undefined): boolean {
  const own = times?.get(text) ?? 0;
  return [...(times?.values() ?? [])].some((other) => other > own);
}

const RARE: Said = {
  en: 'most hand-ins of this lesson have another text (set the lesson, if this is it)',
  zh: '这门课的大多数作业带的是另一份文本（如果这份才是对的，请把它设为布置的课程）',
};

type Counted = Pick<
  Grade,
  'goals' | 'tasks' | 'met' | 'right' | 'answered' | 'asked' | 'acts' | 'shown' | 'alike' | 'byHand'
>;

/** Counts what came of each chapter. */
function gradeState(key: Key, handedIn: HandedIn): Counted {
  const done = new Set<string>();
  let { goals, tasks, met, right, answered, asked, alike, byHand } = NOTHING;
  for (const { question, task } of reviewed(key, handedIn)) {
    if (question) {
      asked += 1;
      if (question.given !== undefined) answered += 1;
      if (question.isRight) right += 1;
    }
    if (!task) continue;
    tasks += 1;
    for (const act of task.acts) done.add(JSON.stringify(act));
    byHand ||= task.byHand;
    if (task.alike) alike += 1;
    if (!task.met) continue;
    goals += 1;
    if (!met || task.met.timeMs >= met.timeMs) met = task.met;
  }
  const shown = handedIn.answers.filter((answer) => answer.shown === true).length;
  return { goals, tasks, met, right, answered, asked, acts: done.size, shown, alike, byHand };
}
