/** What the menus of objects hold and suits what is typed: `drain node-1`, `web restart`, `delete pod web`. Pure. */

import { en } from '../../i18n/messages/en';
import { t } from '../../i18n/translate';
import type { HeldFault } from '../../view/held-faults';
import { inOrderOfUse, rankOf } from '../../view/palette';
import type { Row } from '../../view/rows';
import { nameOf } from '../menus/deeds';
import { type Entry, menuOf } from '../menus/menu-table';

/** An entry of an object's menu. `rank`: how well it suits, as for all that is offered. */
export interface SuitedAct {
  readonly row: Row;
  readonly entry: Entry;
  readonly rank: number;
}

const MOST_ACTS = 6;
const MOST_OF_ONE = 3;
/** The menus of so many objects of one kind are looked through, those that the words name before others: there may be thousands of Pods. */
const MOST_OF_KIND = 60;
/** A shorter word in letters does not say what is to be done: `on`, `it`. */
const SHORTEST_VERB = 3;

/** Words, and where no spaces stand between them, letters of the one kind and of the other: `排空node-1`. */
const wordsOf = (text: string): string[] => text.toLowerCase().match(/\p{Script=Han}+|[^\s\p{Script=Han}]+/gu) ?? [];

const namesOf = ({ kind, name, namespace }: Row): string[] =>
  [name, `${kind}/${name}`, `${namespace}/${name}`, kind].map((each) => each.toLowerCase());

/** Whether a word is in what an object is called. */
const isIn = (word: string, names: readonly string[]): boolean => names.some((each) => each.includes(word));

/** Whether a word is the whole name of an object. */
const isNamed = (row: Row, words: readonly string[]): boolean => {
  const [name = '', withKind = '', withNamespace = ''] = namesOf(row);
  return words.includes(name) || words.includes(withKind) || words.includes(withNamespace);
};

/** What its command or its fault is called: `rollout restart`, `node-partition`. */
function termOf({ deed }: Entry): string {
  const command = 'ask' in deed ? deed.ask.command(deed.ask.initial) : 'command' in deed ? deed.command : '';
  const fault = 'input' in deed ? (deed.input.payload as { readonly type?: string }).type : undefined;
  return fault ?? /^(?:(?:rollout|set) )?\S*/.exec(command)?.[0] ?? '';
}

/** Whether a word says what the entry does: by the beginning of a word of its name, which is known in English too, or of its term. */
function isVerbOf(word: string, entry: Entry, kind: string): boolean {
  const name = t(entry.name).toLowerCase();
  if (/\p{Script=Han}/u.test(word)) return name.includes(word);
  if (word.length < SHORTEST_VERB) return false;
  const term = termOf(entry);
  const known = `${name} ${en[entry.name].toLowerCase()} ${term}`.replace(/\{\w+\}/g, ' ');
  // `node` alone says nothing of what is to be done to one, though a fault is called node-crash.
  const says = (each: string): boolean =>
    each.startsWith(word) && (!each.startsWith(kind) || word.length > kind.length);
  return [term, ...known.split(/[^\p{L}\p{N}]+/u)].some(says);
}

const isAmount = (word: string): boolean => /^\d{1,5}$/.test(word);

const asksNumber = ({ deed }: Entry): boolean => 'ask' in deed && deed.ask.type === 'number';

/** `scale web 5`: what is asked for has been said. */
function withAmount(entry: Entry, words: readonly string[]): Entry {
  const { deed } = entry;
  const amount = words.findLast(isAmount);
  if (amount === undefined || !('ask' in deed) || deed.ask.type !== 'number') return entry;
  return { ...entry, deed: { ask: { ...deed.ask, initial: amount } } };
}

/** The entries of an object that the words mean: each names the object or says what is done, and one at least says that. */
function entriesOf(row: Row, held: readonly HeldFault[], words: readonly string[], rows: readonly Row[]): Entry[] {
  const kind = row.kind.toLowerCase();
  const names = namesOf(row);
  const entries = menuOf(row, held, rows)
    .flat()
    // The faults that hold are offered by themselves.
    .filter(({ name }) => name !== 'fault.heal')
    .filter((entry) => {
      const verbs = words.filter((word) => isVerbOf(word, entry, kind));
      // `set image web proxy`: a container, an image.
      const parts = Object.values(entry.values ?? {}).map((each) => String(each).toLowerCase());
      const isMeant = (word: string) => verbs.includes(word) || isIn(word, [...names, ...parts]);
      return verbs.length > 0 && words.every((word) => isMeant(word) || (isAmount(word) && asksNumber(entry)));
    })
    .map((entry) => withAmount(entry, words));
  return entries.slice(0, MOST_OF_ONE);
}

/** Those whose menus are looked through, those that the most words name first. */
function candidates(rows: readonly Row[], words: readonly string[]): Row[] {
  const { first, last } = inOrderOfUse(rows);
  const named = (row: Row): number => {
    const names = namesOf(row);
    // A number may be one of a name, or how many there shall be.
    const count = words.filter((word) => isIn(word, names)).reduce((sum, word) => sum + (isAmount(word) ? 0.1 : 1), 0);
    return isNamed(row, words) ? count + 1 : count;
  };
  const ordered = [...first, ...last].map((row) => ({ row, count: named(row) })).sort((a, b) => b.count - a.count);
  const ofKind = new Map<string, number>();
  return ordered.flatMap(({ row }) => {
    const before = ofKind.get(row.kind) ?? 0;
    ofKind.set(row.kind, before + 1);
    return before < MOST_OF_KIND ? row : [];
  });
}

/** What can be done to objects at a moment and suits a text, the objects that it names first. */
export function actsFor(rows: readonly Row[], held: readonly HeldFault[], text: string): SuitedAct[] {
  const words = wordsOf(text);
  if (words.length === 0) return [];
  const acts: SuitedAct[] = [];
  for (const row of candidates(rows, words)) {
    const inFull = isNamed(row, words);
    const rankAs = (title: string) => (words.length > 1 ? 1 : (rankOf(title, text) ?? 1));
    for (const entry of entriesOf(row, held, words, rows)) {
      acts.push({ row, entry, rank: inFull ? 0 : rankAs(nameOf(entry)) });
    }
    if (acts.length >= MOST_ACTS) break;
  }
  return acts.slice(0, MOST_ACTS);
}
