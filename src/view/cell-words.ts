/** What a step's mark says of one cell: of lists what came and went, of all else old → new. Pure. */
import { shortTaint } from './node-notes';
import type { CellChange } from './step-changes';

/** What lists are of: taints, images, labels. */
const LISTED = /^\S+[:=]\S+$/;
const NOTHING = '—';

const partsOf = (text: string): string[] => text.split(/[ ,]/).filter((each) => each !== '' && each !== NOTHING);

/** As short as it can be told from others; a line may end after the domain of a key. */
const shortened = (title: string, text: string): string =>
  title === 'TAINTS' ? shortTaint(text).join('') : text.replace('/', '/\u200b');

/** See the header. */
export function cellWords({ title, from, to }: CellChange): string {
  const [before, after] = [partsOf(from), partsOf(to)];
  const isList = [...before, ...after].every((each) => LISTED.test(each));
  const isSome = title === 'TAINTS' || before.some((each) => after.includes(each));
  if (!isList || !isSome) return `${title} ${from || NOTHING} → ${to || NOTHING}`;
  const came = after.filter((each) => !before.includes(each)).map((each) => `+${shortened(title, each)}`);
  const went = before.filter((each) => !after.includes(each)).map((each) => `−${shortened(title, each)}`);
  return [title, ...came, ...went].join(' ');
}
