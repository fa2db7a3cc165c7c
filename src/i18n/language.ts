/**
 * The languages of the page. English is the source and always there; another language is one file of texts and one of
 * sentences, loaded when it is chosen, and those of long lists, loaded when they are shown. Adding one: its
 * files, and its line in `LANGUAGES`.
 */
import type { en } from './messages/en';
import type { enLeaving } from './messages/en-leaving';
import type { enPlane } from './messages/en-plane';
import type { enRehearsal } from './messages/en-rehearsal';
import type { enWhyNot } from './messages/en-why-not';
import type { SentencePair } from './sentences';

export type MessageKey = keyof typeof en;
/** All texts, those too that a part of the page brings with itself. */
export type AllTexts = typeof en & typeof enLeaving & typeof enPlane & typeof enRehearsal & typeof enWhyNot;

/** All texts of one English file in another language; those that count one thing are only needed where grammar asks for them. */
export type Translated<Texts> = {
  readonly [Key in Exclude<keyof Texts, `${string}_one`>]: string;
} & { readonly [Key in Extract<keyof Texts, `${string}_one`>]?: string };

/** A language's words. */
export interface Words {
  readonly messages: Translated<AllTexts>;
  /** What steps say, by patterns; a sentence that fits none stays English. */
  readonly sentences: readonly SentencePair[];
  /** Titles, points, topics and descriptions of the gallery, by their English. */
  readonly gallery: Readonly<Record<string, string>>;
}

/** What a long list of texts says in another language. */
export interface LateWords {
  /** By their English; names that are the same in every language are not among them. */
  readonly texts: Readonly<Record<string, string>>;
  /** Of those that are made from the code. */
  readonly patterns: readonly SentencePair[];
}

interface LanguageEntry {
  readonly name: string;
  readonly load?: () => Promise<Words>;
  /** The list of limits, when it is shown. */
  readonly loadLimits?: () => Promise<LateWords>;
  /** The fields of Scenario and Lesson documents, when the editor comes. */
  readonly loadFields?: () => Promise<LateWords>;
}

/** By tag: the language's name in itself, and its words where they are not English. */
export const LANGUAGES = {
  en: { name: 'English', load: undefined, loadLimits: undefined, loadFields: undefined },
  zh: {
    name: '中文',
    load: () => import('./zh').then((module): Words => module.WORDS),
    loadLimits: () => import('./messages/zh-limits').then((module): LateWords => module.ZH_LIMITS),
    loadFields: () => import('./messages/zh-fields').then((module): LateWords => module.ZH_FIELDS),
  },
} as const satisfies Record<string, LanguageEntry>;

export type Language = keyof typeof LANGUAGES;

/** The language that a tag of a browser, a link or a setting means: `zh-CN` is Chinese; none for one that is not here. */
export function languageOf(tag: string | null | undefined): Language | undefined {
  const first = tag?.toLowerCase().split('-')[0];
  return first !== undefined && Object.hasOwn(LANGUAGES, first) ? (first as Language) : undefined;
}
