/** What is pasted elsewhere: a frame with the page in it, or Markdown that tells of a moment. */
import { listed, t } from '../../i18n/translate';
import { escaped } from './escaped';
import type { MomentWords } from './moment-words';

/** A frame of 640 × 400 with what a link opens. */
export function frameSnippet(link: string, title: string): string {
  return [
    `<iframe src="${escaped(link)}"`,
    `  title="${escaped(title)}" width="640" height="400" loading="lazy"`,
    '  style="border: 1px solid #a9b6bd; border-radius: 8px; max-width: 100%"></iframe>',
  ].join('\n');
}

/** Any text so that Markdown shows it as it is. */
const escapedMarkdown = (text: string): string =>
  text.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_{}[\]<>#|~&!]/g, (character) => `\\${character}`);

/** What Markdown tells of a moment. */
export interface Told extends MomentWords {
  readonly title: string;
  readonly link: string;
  /** What the link is called. */
  readonly open: string;
  /** The name of a file with a picture that is put beside the text. */
  readonly picture?: string;
}

/** See the header. */
export function markdownOf({ title, at, sentence, link, open, picture }: Told): string {
  const head = listed(`**${escapedMarkdown(title)}**`, escapedMarkdown(at));
  // A bracket would end the link early.
  const to = link.replaceAll('(', '%28').replaceAll(')', '%29');
  return [
    sentence === '' ? head : t('words.said', { what: head, said: escapedMarkdown(sentence) }),
    ...(picture === undefined ? [] : [`[![${escapedMarkdown(listed(title, at))}](${picture})](${to})`]),
    `[${escapedMarkdown(open)}](${to})`,
  ].join('\n\n');
}
