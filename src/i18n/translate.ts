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
}

const ENGLISH: Spoken = { language: 'en', messages: en, sentence: (text) => text };
const spoken: Spoken = { ...ENGLISH };

/** Loads a language's words and speaks it from now on; what is on the screen is drawn anew by whoever calls this. */
export async function speak(language: Language): Promise<void> {
  const words = await LANGUAGES[language].load?.();
  const next = words ? { language, messages: words.messages, sentence: sentenceTranslator(words.sentences) } : ENGLISH;
  Object.assign(spoken, next);
}

/** The language that is spoken. */
export const spokenLanguage = (): Language => spoken.language;

/** The text of a key with its parameters filled in. */
export function translate(key: MessageKey, parameters: Parameters = {}): string {
  const { messages } = spoken;
  const single = `${key}_one` as MessageKey;
  const template = (parameters.count === 1 ? messages[single] : undefined) ?? messages[key] ?? en[key];
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(parameters[name] ?? whole));
}

/** What a step says, in the language that is spoken. */
export const sentence = (text: string): string => spoken.sentence(text);

/** A text that an author wrote once or once for each language: in the one that is spoken, else in English, else in any; '' for none. */
export function textOf(text: string | Readonly<Record<string, string>> | undefined): string {
  if (text === undefined || typeof text === 'string') return text ?? '';
  return text[spoken.language] ?? text.en ?? Object.values(text)[0] ?? '';
}

export { translate as t };
