/**
 * Finds the known lesson that a text under another name was made from: whoever renames a lesson to ask for less is found out by what it still says, or by
 * what it begins with.
 */
import { deepEqual } from '../engine/api/plain';
import type { Lesson, LessonText } from '../scenario/lesson';
import { parseScenario } from '../scenario/scenario';

/** Shorter texts may be the same by chance. */
const TELLING_CHARACTERS = 40;

/** How a text is laid out, and whether it is quoted, says nothing. */
const bare = (text: string): string => text.replace(/[\s"'\\]+/g, '');

const spoken = (text: LessonText): readonly string[] => (typeof text === 'string' ? [text] : [text.en, text.zh ?? '']);

/** What the chapters tell, as it stands in any text that tells the same. */
function tellingOf({ chapters }: Lesson): readonly string[] {
  const told = chapters.flatMap(({ text, predict }) => [...spoken(text), ...(predict ? spoken(predict.question) : [])]);
  return told.map(bare).filter(({ length }) => length >= TELLING_CHARACTERS);
}

/** What the cluster begins with. */
const startOf = (text: string): readonly unknown[] =>
  (parseScenario(text).scenario?.documents ?? []).map(({ object }) => object);

/** Finds among the known lessons, by name, the one that a text was made from. What that takes is worked out when it is first asked for. */
export function lookalikes(known: ReadonlyMap<string, string>): (text: string, lesson: Lesson) => string | undefined {
  let texts: readonly (readonly [string, string])[] | undefined;
  let starts: readonly (readonly [string, readonly unknown[]])[] | undefined;
  return (text, lesson) => {
    texts ??= [...known].map(([name, one]) => [name, bare(one)]);
    const telling = tellingOf(lesson);
    const said = texts.find(([, one]) => telling.some((part) => one.includes(part)));
    if (said) return said[0];
    const start = startOf(text);
    if (start.length === 0) return undefined;
    starts ??= [...known].map(([name, one]) => [name, startOf(one)]);
    return starts.find(([, one]) => deepEqual(one, start))?.[0];
  };
}
