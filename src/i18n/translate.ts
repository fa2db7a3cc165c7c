/**
 * The page's texts by key, in the language that is spoken. English is the source: its keys type all others, and `{name}` stands
 * for a parameter. A key that ends in `_one` is taken when the parameter `count` is 1.
 */
import { LANGUAGES, type Language, type MessageKey } from './language';
import { en } from './messages/en';
import { sentenceTranslator } from './sentences';

export type { MessageKey };
export type Parameters = Readonly<Record<string, string | number>>;

interface Spoken {
  language: Language;
  messages: Readonly<Record<string, string | undefined>>;
  sentence: (text: string) => string;
  /** What the gallery's authors wrote, by its English. */
  authored: ReadonlyMap<string, string>;
}

const ENGLISH: Spoken = { language: 'en', messages: en, sentence: (text) => text, authored: new Map() };
const spoken: Spoken = { ...ENGLISH };

/** Loads a language's words and speaks it from now on; what is on the screen is drawn anew by whoever calls this. */
export async function speak(language: Language): Promise<void> {
  const words = await LANGUAGES[language].load?.();
  const next = words
    ? {
        language,
        messages: words.messages,
        sentence: sentenceTranslator(words.sentences),
        authored: new Map(Object.entries(words.gallery)),
      }
    : ENGLISH;
  Object.assign(spoken, next);
}

/** What translates the texts of a long list into the language that is spoken; they stay English where its words can't be had. */
export async function lateTranslator(list: 'loadLimits' | 'loadFields'): Promise<(english: string) => string> {
  const words = await LANGUAGES[spoken.language][list]?.().catch(() => undefined);
  if (!words) return (english) => english;
  const generated = sentenceTranslator(words.patterns);
  return (english) => words.texts[english] ?? generated(english);
}

/** A text that an author wrote, once or once for each language. */
export type Authored = string | Readonly<Record<string, string>>;

/** The language that is spoken. */
export const spokenLanguage = (): Language => spoken.language;

/** What says texts of which the English is given: a part of the page that comes late brings its own, so that nobody else waits for it. */
export const sayerOf =
  <Key extends string>(english: Readonly<Record<Key, string>>) =>
  (key: Key, parameters: Parameters = {}): string => {
    const texts: Spoken['messages'] = spoken.messages[key] === undefined ? english : spoken.messages;
    const template = (parameters.count === 1 ? texts[`${key}_one`] : undefined) ?? texts[key] ?? key;
    return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(parameters[name] ?? whole));
  };

/** The text of a key with its parameters filled in. */
export const translate: (key: MessageKey, parameters?: Parameters) => string = sayerOf(en);

/** Words for several things, one after the other; what is not there is left out. */
export const listed = (...words: readonly (string | false | undefined)[]): string =>
  words.filter(Boolean).join(translate('words.comma'));

/** What a step says, in the language that is spoken. */
export const sentence = (text: string): string => spoken.sentence(text);

/** An author's text in the language that is spoken, else in English, else in any; '' for none. The gallery's are known in all. */
export function textOf(text: Authored | undefined): string {
  if (text === undefined) return '';
  const only = typeof text === 'string' ? text : (text[spoken.language] ?? text.en ?? Object.values(text)[0] ?? '');
  return spoken.authored.get(only) ?? only;
}

export { translate as t };
