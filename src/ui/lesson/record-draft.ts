/** What a writer has put into the form of *Record a lesson*, kept while the page is open; and the chapters that come of it. */
import { create } from 'zustand';
import type { TimedInput } from '../../engine/simulation';
import { isWritten, type Recorded, type RecordedOption, type Words } from '../../lessons/record';
import { parseRowId } from '../../view/rows';

const NOTHING: Words = { en: '', zh: '' };

/** Texts in two languages, by field. */
export const WORD_FIELDS = ['title', 'summary', 'text', 'hints', 'done', 'told', 'question', 'why'] as const;
export type WordField = (typeof WORD_FIELDS)[number];
/** Fields that are the same in every language. */
export type PlainField = 'goal' | 'options' | 'answer' | 'at';

/** What is said of an outcome. */
export interface Remark {
  readonly when: string;
  readonly text: Words;
}

/** One that is not written yet. */
export const NO_REMARK: Remark = { when: '', text: NOTHING };

/** The form. Hints and options are one a line. */
export interface Draft extends Readonly<Record<WordField, Words>>, Readonly<Record<PlainField, string>> {
  readonly asks: boolean;
  /** The question comes before the task, not after it. */
  readonly isFirst: boolean;
  /** Acts that are no part of the solution, as JSON. */
  readonly left: readonly string[];
  /** Branches whose acts are a wrong answer. */
  readonly wrong: readonly number[];
  /** Those that say nothing, and are said of nothing, don't count. */
  readonly remarks: readonly Remark[];
  /** What the page shows now is what it shows at the chapter. */
  readonly shows: boolean;
}

const FRESH: Draft = {
  title: NOTHING,
  summary: NOTHING,
  text: NOTHING,
  hints: NOTHING,
  done: NOTHING,
  told: NOTHING,
  question: NOTHING,
  why: NOTHING,
  goal: '',
  options: '',
  answer: '',
  at: '',
  asks: false,
  isFirst: false,
  left: [],
  wrong: [],
  remarks: [NO_REMARK],
  shows: true,
};

export const useDraft = create<Draft>(() => FRESH);

/** Begins anew. */
export const forgetDraft = (): void => useDraft.setState(FRESH);

/** What was done by hand: in the present branch, and in others. */
export interface DoneByHand {
  readonly inputs: readonly TimedInput[];
  readonly others: readonly { readonly id: number; readonly label: string; readonly inputs: readonly TimedInput[] }[];
}

const nameOf = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '') || 'lesson';

const linesOf = (text: string): readonly string[] => text.split('\n').map((line) => line.trim());

/** Hints, line by line in both languages. */
function hintsOf({ en, zh }: Words): readonly Words[] {
  const [english, chinese] = [linesOf(en), linesOf(zh)];
  const count = Math.max(english.length, chinese.length);
  return Array.from({ length: count }, (_, index) => ({ en: english[index] ?? '', zh: chinese[index] ?? '' }));
}

/** Options: `VALUE`, or `VALUE | in English | in Chinese`. */
export function optionsOf(text: string): readonly RecordedOption[] {
  return linesOf(text)
    .filter((line) => line !== '')
    .map((line) => {
      const [value = '', en = '', zh = ''] = line.split('|').map((part) => part.trim());
      return { value, en, zh };
    });
}

/** What the page shows, as `look` of a chapter has it. */
export function lookOf(view: string, selected: string | null): Recorded['look'] {
  if (selected === null) return { view };
  const { kind, namespace, name } = parseRowId(selected);
  const isElsewhere = namespace !== '' && namespace !== 'default';
  return { view, select: `${kind} ${isElsewhere ? `${namespace}/` : ''}${name}` };
}

/** Where the page is, and what it shows. */
export type Place = Pick<Recorded, 'atMs' | 'look'>;

/** The chapters; undefined while something that they need is not there. */
export function recordedOf(draft: Draft, { inputs, others }: DoneByHand, place: Place): Recorded | undefined {
  const { title, text, goal, asks, isFirst, told, question, answer, left, wrong } = draft;
  const remarks = draft.remarks.filter((remark) => remark.when.trim() !== '' || isWritten(remark.text));
  if (remarks.some((remark) => remark.when.trim() === '' || !isWritten(remark.text))) return undefined;
  const isKept = (input: TimedInput): boolean => !left.includes(JSON.stringify(input));
  const solution = inputs.filter(isKept);
  const hasTask = solution.length > 0 && isWritten(text) && goal.trim() !== '';
  const hasQuestion = asks && isWritten(told) && isWritten(question) && answer.trim() !== '';
  const isBegun = isWritten(text) || goal.trim() !== '';
  if (!isWritten(title) || (asks && !hasQuestion) || (!hasTask && (isBegun || !hasQuestion))) return undefined;
  const wrongs = others.filter(({ id }) => wrong.includes(id)).map((branch) => branch.inputs.filter(isKept));
  return {
    name: nameOf(title.en),
    title,
    summary: draft.summary,
    atMs: place.atMs,
    look: draft.shows ? place.look : {},
    question: hasQuestion
      ? {
          isAfter: hasTask && !isFirst,
          told,
          question,
          options: optionsOf(draft.options),
          answer: answer.trim(),
          at: draft.at,
          why: draft.why,
        }
      : undefined,
    happens: hasTask ? [] : solution,
    task: hasTask
      ? {
          text,
          goal: goal.trim(),
          hints: hintsOf(draft.hints),
          solution,
          wrong: wrongs.filter((acts) => acts.length > 0),
          remarks,
          done: draft.done,
        }
      : undefined,
  };
}
