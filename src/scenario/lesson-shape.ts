/**
 * The shape of a Lesson document, as the public contract describes it (section 9): the one source of what is checked, of its TypeScript types
 * and of the editor's schema.
 */
import { COMMAND_FIELDS, DEED_FIELDS, documentShape } from './document-shape';
import {
  about,
  BOOLEAN,
  DURATION,
  type Infer,
  integerIn,
  listOf,
  objectOf,
  oneOf,
  SCALAR,
  TEXT,
  wordIn,
} from './shape';

/** The languages that a text of a lesson may be in. */
const LANGUAGE_FIELDS = { en: about('In English', TEXT), zh: about('In Chinese', TEXT) };
const TRANSLATED = oneOf('a text, or {en: …, zh: …}', TEXT, objectOf(LANGUAGE_FIELDS, ['en']));

/** The views that a lesson can go to. */
const LESSON_VIEWS = ['workloads', 'nodes', 'traffic', 'storage', 'control-plane'] as const;

const ACT = about(
  'Something that is done: one of kubectl, apply, fault and heal',
  objectOf({
    after: about('How long after the act before it, or after the chapter’s moment; default 0s', DURATION),
    ...COMMAND_FIELDS,
    ...DEED_FIELDS,
  }),
);

const OPTION = oneOf(
  'a value, or {value: …, en: …, zh: …}',
  SCALAR,
  objectOf({ value: about('What the answer gives', SCALAR), ...LANGUAGE_FIELDS }, ['value', 'en']),
);

const PREDICTION = about(
  'A question that the run answers; play is held until it is answered or skipped',
  objectOf(
    {
      question: about('The question', TRANSLATED),
      options: about('What can be chosen', listOf(OPTION)),
      number: about('A number is asked for', BOOLEAN),
      within: about('How far a number may be off and still be right; default 0', SCALAR),
      answer: about('An expression that the run gives a value: also maximum(…), minimum(…), first(…)', TEXT),
      at: about('When it is worked out; default: the end of its stretches of time, or of the run', DURATION),
      why: about('What is said once the answer is known', TRANSLATED),
    },
    ['question', 'answer'],
  ),
);

const TASK = about(
  'Something to bring about',
  objectOf(
    {
      goal: about('An expression that holds once it is done', TEXT),
      hints: about('Shown one by one', listOf(TRANSLATED)),
      solution: about('Acts that meet the goal, the fewest that do', listOf(ACT)),
      wrong: about('Lists of acts that don’t', listOf(listOf(ACT))),
      remarks: about(
        'What is said of outcomes that are wrong, but interesting',
        listOf(
          objectOf({ when: about('An expression', TEXT), text: about('What is said', TRANSLATED) }, ['when', 'text']),
        ),
      ),
      done: about('What is said once the goal is met', TRANSLATED),
    },
    ['goal', 'solution'],
  ),
);

const CHAPTER = about(
  'A page of the lesson',
  objectOf(
    {
      title: about('Its title', TRANSLATED),
      text: about('Markdown', TRANSLATED),
      look: about(
        'Where the page goes',
        objectOf({
          at: about('The moment; default: that of the chapter before', DURATION),
          view: about('The view', wordIn(LESSON_VIEWS)),
          select: about('KIND NAME, or KIND NAMESPACE/NAME', TEXT),
        }),
      ),
      predict: PREDICTION,
      task: TASK,
    },
    ['text'],
  ),
);

const LESSON_SPEC = about(
  'What is taught',
  objectOf(
    {
      title: about('Title', TRANSLATED),
      summary: about('What one can do afterwards, in one sentence', TRANSLATED),
      track: about('The track it belongs to', TEXT),
      minutes: about('How long it takes', integerIn(1, 60)),
      concepts: about('Which rows of the list of concepts it shows', listOf(TEXT)),
      chapters: about('Its pages', listOf(CHAPTER)),
    },
    ['title', 'chapters'],
  ),
);

/** The whole document. */
export const LESSON_SHAPE = documentShape('Lesson', 'A lesson about the cluster of this text', LESSON_SPEC, true);

/** A Lesson document's `spec`. */
export type RawLessonSpec = Infer<typeof LESSON_SPEC>;
/** An entry of `chapters`. */
export type RawChapter = Infer<typeof CHAPTER>;
/** `predict` of a chapter. */
export type RawPrediction = Infer<typeof PREDICTION>;
/** `task` of a chapter. */
export type RawTask = Infer<typeof TASK>;
/** An entry of `solution`. */
export type RawAct = Infer<typeof ACT>;
/** A text in one language or two. */
export type RawText = Infer<typeof TRANSLATED>;
/** An entry of `options`. */
export type RawOption = Infer<typeof OPTION>;
