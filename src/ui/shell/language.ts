/** The language of the page: the one that a link asks for, the reader's choice, else the browser's. */
import { create } from 'zustand';
import { LANGUAGES, type Language, languageOf } from '../../i18n/language';
import { speak, spokenLanguage } from '../../i18n/translate';
import { loadSetting, saveSetting } from '../state/settings';

/** Which language is spoken; what is on the screen is drawn anew when it changes. */
export const useLanguage = create<{ readonly language: Language }>(() => ({ language: spokenLanguage() }));

/** All of them, by tag, with their names in themselves. */
export const languages = (): [Language, string][] =>
  (Object.keys(LANGUAGES) as Language[]).map((tag) => [tag, LANGUAGES[tag].name]);

async function show(language: Language): Promise<void> {
  await speak(language);
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : language;
  useLanguage.setState({ language });
}

const askedIn = (url: string): Language | undefined =>
  languageOf(new URLSearchParams(new URL(url).hash.replace(/^#/, '')).get('lang'));

/** What the page begins with. */
export async function beginLanguage(): Promise<void> {
  const language =
    askedIn(location.href) ?? languageOf(loadSetting('language')) ?? languageOf(navigator.language) ?? 'en';
  if (language !== spokenLanguage()) await show(language);
}

/** What a link asks for that is pasted into the open page; one that asks for none leaves the language as it is. */
export async function followLanguage(url: string): Promise<void> {
  const language = askedIn(url);
  if (language !== undefined && language !== spokenLanguage()) await show(language);
}

/** Keeps the reader's choice. */
export async function chooseLanguage(language: Language): Promise<void> {
  saveSetting('language', language);
  await show(language);
}
