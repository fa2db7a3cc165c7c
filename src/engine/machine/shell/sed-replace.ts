/** What sed's s and y make of a line. Follows POSIX.1-2017 (sed) and GNU's changes of case. */
import type { RegularExpression } from '../../api/regular-expression';
import type { Edit } from './sed-script';

/** What of a text is replaced where a pattern is, by sed and awk: nothing is not found right behind something that was. */
export const replaceable = (pattern: RegularExpression, text: string): ReturnType<RegularExpression['groups']> =>
  pattern.groups(text).filter(({ start, end }, at, all) => start !== end || start === 0 || all[at - 1]?.end !== start);

/** A line with what matches replaced. */
export function substituted(line: string, { pattern, text, flags }: Edit): string | undefined {
  const matches = pattern ? replaceable(pattern, line) : [];
  const wanted = Number(/\d+/.exec(flags)?.[0] ?? 1);
  const chosen = flags.includes('g') ? matches.slice(wanted - 1) : matches.slice(wanted - 1, wanted);
  if (chosen.length === 0) return undefined;
  let result = '';
  let at = 0;
  for (const { start, end, groups } of chosen) {
    result += line.slice(at, start) + replacement(text, groups);
    at = end;
  }
  return result + line.slice(at);
}

/** What s puts in place of a match; GNU's \U, \L, \u, \l and \E change the case of what follows. */
function replacement(text: string, groups: readonly string[]): string {
  let result = '';
  let whole = '';
  let next = '';
  const add = (piece: string): void => {
    let shown = whole === 'U' ? piece.toUpperCase() : whole === 'L' ? piece.toLowerCase() : piece;
    if (next !== '' && shown !== '') {
      shown = (next === 'u' ? shown.charAt(0).toUpperCase() : shown.charAt(0).toLowerCase()) + shown.slice(1);
      next = '';
    }
    result += shown;
  };
  for (const [token, code] of text.matchAll(/\\([\s\S])|&|[^\\&]+|\\$/g)) {
    if (code === undefined) add(token === '&' ? (groups[0] ?? '') : token);
    else if (/\d/.test(code)) add(groups[Number(code)] ?? '');
    else if (/[ULE]/.test(code)) whole = code === 'E' ? '' : code;
    else if (/[ul]/.test(code)) next = code;
    else add(code === 'n' ? '\n' : code === 't' ? '\t' : code);
  }
  return result;
}

/** A line with the characters of one set replaced by those of another; a newline stands between the sets. */
export function transliterated(line: string, sets: string): string {
  const [from = '', to = ''] = sets.split('\n');
  return [...line].map((one) => (from.includes(one) ? (to[from.indexOf(one)] ?? one) : one)).join('');
}
