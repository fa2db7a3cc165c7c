/** What comes of an entry of an object's menu, wherever it is taken: it acts at once, or something is asked or shown before. Pure. */
import { t } from '../../i18n/translate';
import type { Row } from '../../view/rows';
import type { Question } from './commands';
import type { Entry } from './menu-table';

/** What a menu shows. */
export type Stage =
  | { readonly at: 'list' | 'addNode' }
  | { readonly at: 'ask'; readonly entry: Entry; readonly ask: Question }
  | { readonly at: 'rehearse'; readonly command: string };

/** What an entry is called. */
export const nameOf = ({ name, values }: Entry): string => t(name, values);

/** What it is called where it can be taken: three dots say that it does not act at once. */
export const labelOf = (entry: Entry): string => (stageOf(entry) ? `${nameOf(entry)} …` : nameOf(entry));

/** Something that is done, and to what. */
export const saidOf = (what: string, { kind, name }: Row): string => t('words.said', { what, said: `${kind} ${name}` });

/** What is asked or shown before an entry acts; nothing where it acts at once. */
export function stageOf(entry: Entry): Stage | undefined {
  const { deed } = entry;
  if ('ask' in deed) return { at: 'ask', entry, ask: deed.ask };
  if ('addNode' in deed) return { at: 'addNode' };
  return 'rehearse' in deed ? { at: 'rehearse', command: deed.rehearse } : undefined;
}
