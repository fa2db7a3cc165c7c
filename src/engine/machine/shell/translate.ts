/** tr. Follows POSIX.1-2017 (tr). */
import { append, type Command, lettersOf } from './host';
import { isOfClass } from './pattern';

/** The characters of a set of tr: ranges, classes, escapes. */
function charactersOf(set: string): string[] {
  const found: string[] = [];
  const plain = set
    .replace(/\\([0-7]{1,3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)))
    .replace(/\\n/g, '\n')
    .replace(/\\t/g, '\t')
    .replace(/\\r/g, '\r')
    .replace(/\\(.)/g, '$1');
  for (let at = 0; at < plain.length; at++) {
    const named = /^\[:(\w+):\]/.exec(plain.slice(at, at + 12));
    if (named) {
      for (let code = 0; code < 128; code++) {
        if (isOfClass(named[1] as string, String.fromCharCode(code))) found.push(String.fromCharCode(code));
      }
      at += named[0].length - 1;
    } else if (plain[at + 1] === '-' && plain[at + 2] !== undefined) {
      const last = plain.charCodeAt(at + 2);
      for (let code = plain.charCodeAt(at); code <= last && found.length < 1000; code++)
        found.push(String.fromCharCode(code));
      at += 2;
    } else found.push(plain[at] as string);
  }
  return found;
}

/** tr, with -d, -s and -c. */
export const translate: Command = (args, io) => {
  const letters = lettersOf(
    args.slice(
      0,
      args.findIndex((one) => !/^-[dscC]+$/.test(one)),
    ),
  );
  const [from = '', to] = args.filter((argument, at) => !/^-[dscC]+$/.test(argument) && !(argument === '--' && at < 2));
  const set = charactersOf(from);
  const others = to === undefined ? [] : charactersOf(to);
  const isIn = (one: string): boolean => set.includes(one) !== /[cC]/.test(letters);
  let result = '';
  for (const one of io.input) {
    if (letters.includes('d') && isIn(one)) continue;
    const index = set.indexOf(one);
    const isChanged = isIn(one) && to !== undefined && !letters.includes('d');
    const made = isChanged ? (others[index < 0 ? others.length - 1 : Math.min(index, others.length - 1)] ?? one) : one;
    const squeezes =
      letters.includes('s') && (to === undefined || letters.includes('d') ? isIn(one) : others.includes(made));
    if (!(squeezes && result.endsWith(made))) result += made;
  }
  append(io, result);
  return 0;
};
