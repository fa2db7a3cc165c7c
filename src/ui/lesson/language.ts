/** Texts of lessons in the page's language. */
import { textOf } from '../../i18n/translate';
import type { LessonText } from '../../scenario/lesson';

/** A text in the language that the page is in; '' for none. */
export const inPageLanguage = (text: LessonText | undefined): string => (text === undefined ? '' : textOf(text));
