/**
 * The page's texts by key, in the language that is spoken. English is the source: its keys type all others, and `{name}` stands
 * for a parameter. A key that ends in `_one` is taken when the parameter `count` is 1.
 */
import { LANGUAGES, type Language, type MessageKey, type Words } from './language';
import { en } from './messages/en';
import { sentenceTranslator } from './sentences';

export type { MessageKey };
export type Parameters = Readonly<Record<string, string | number>>;

interface Spoken {
  language: Language;
  messages: Words['messages'];
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

/** The text of a key with its parameters filled in. */
export function translate(key: MessageKey, parameters: Parameters = {}): string {
  const { messages } = spoken;
  const single = `${key}_one` as MessageKey;
  const template = (parameters.count === 1 ? messages[single] : undefined) ?? messages[key] ?? en[key];
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(parameters[name] ?? whole));
}

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
