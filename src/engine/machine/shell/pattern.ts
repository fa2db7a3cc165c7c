/** Patterns of the shell: `*`, `?`, `[…]`, with backslashes before what stands for itself. Follows POSIX.1-2017, 2.13. In time of text times pattern. */

/** A piece of a pattern: one character, any one, any run, or one of a set. */
type Piece =
  | { readonly is: 'one'; readonly character: string }
  | { readonly is: 'any' | 'run' }
  | { readonly is: 'set'; readonly negated: boolean; readonly members: readonly string[] };

const CLASSES: Readonly<Record<string, (code: string) => boolean>> = {
  digit: (c) => c >= '0' && c <= '9',
  lower: (c) => c >= 'a' && c <= 'z',
  upper: (c) => c >= 'A' && c <= 'Z',
  alpha: (c) => (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'),
  alnum: (c) => (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'),
  space: (c) => ' \t\n\r\f\v'.includes(c),
  punct: (c) => c > ' ' && c < '\x7f' && !/\w/.test(c),
  xdigit: (c) => /[0-9a-fA-F]/.test(c),
};

/** Whether a character is in a class such as `digit`. */
export function isOfClass(name: string, character: string): boolean {
  return Object.hasOwn(CLASSES, name) && (CLASSES[name]?.(character) ?? false);
}

function readSet(pattern: string, from: number): { piece: Piece; end: number } | undefined {
  let at = from + 1;
  const negated = pattern[at] === '!' || pattern[at] === '^';
  if (negated) at++;
  const members: string[] = [];
  for (let first = true; at < pattern.length && (first || pattern[at] !== ']'); first = false) {
    const named = /^\[:(\w+):\]/.exec(pattern.slice(at, at + 12));
    if (named) {
      members.push(named[0]);
      at += named[0].length;
      continue;
    }
    if (pattern[at] === '\\') at++;
    const low = pattern[at] ?? '';
    if (pattern[at + 1] === '-' && pattern[at + 2] !== undefined && pattern[at + 2] !== ']') {
      members.push(`${low}-${pattern[at + 2]}`);
      at += 3;
    } else {
      members.push(low);
      at++;
    }
  }
  return at < pattern.length ? { piece: { is: 'set', negated, members }, end: at + 1 } : undefined;
}

function piecesOf(pattern: string): Piece[] {
  const pieces: Piece[] = [];
  for (let at = 0; at < pattern.length; ) {
    const character = pattern[at] as string;
    const set = character === '[' ? readSet(pattern, at) : undefined;
    if (set) {
      pieces.push(set.piece);
      at = set.end;
      continue;
    }
    if (character === '*') {
      if (pieces.at(-1)?.is !== 'run') pieces.push({ is: 'run' });
    } else if (character === '?') pieces.push({ is: 'any' });
    else if (character === '\\' && at + 1 < pattern.length)
      pieces.push({ is: 'one', character: pattern[++at] as string });
    else pieces.push({ is: 'one', character });
    at++;
  }
  return pieces;
}

function accepts(piece: Piece, character: string): boolean {
  if (piece.is === 'one') return piece.character === character;
  if (piece.is !== 'set') return true;
  const isMember = piece.members.some((member) => {
    if (member.startsWith('[:')) return isOfClass(member.slice(2, -2), character);
    if (member.length === 3 && member[1] === '-')
      return character >= (member[0] ?? '') && character <= (member[2] ?? '');
    return member === character;
  });
  return isMember !== piece.negated;
}

function matches(pieces: readonly Piece[], text: string): boolean {
  let at = 0;
  let piece = 0;
  let run = -1;
  let runAt = 0;
  while (at < text.length) {
    const next = pieces[piece];
    if (next?.is === 'run') {
      run = piece++;
      runAt = at;
    } else if (next && accepts(next, text[at] as string)) {
      at++;
      piece++;
    } else if (run >= 0) {
      piece = run + 1;
      at = ++runAt;
    } else return false;
  }
  while (pieces[piece]?.is === 'run') piece++;
  return piece === pieces.length;
}

/** Whether a pattern fits a whole text. */
export function matchesPattern(pattern: string, text: string): boolean {
  return matches(piecesOf(pattern), text);
}

/** Whether a text has a character that makes a pattern of it. */
export function isPattern(text: string): boolean {
  // The program of this name is called often.
  return text !== '[' && /(^|[^\\])(\\\\)*[*?[]/.test(text);
}

/** A text as a pattern that fits only itself. */
export function quoted(text: string): string {
  return text.replace(/[*?[\]\\!-]/g, '\\$&');
}

/** Without the backslashes of {@link quoted}. */
export function unquoted(pattern: string): string {
  return pattern.replace(/\\(.)/gs, '$1');
}

/** A text without its shortest or longest beginning or end that fits. Follows `${x#p}`, `${x##p}`, `${x%p}`, `${x%%p}`. */
export function trimmed(text: string, pattern: string, form: string): string {
  const pieces = piecesOf(pattern);
  const isLong = form.length === 2;
  const lengths = Array.from({ length: text.length + 1 }, (_, index) => (isLong ? text.length - index : index));
  const isStart = form[0] === '#';
  const found = lengths.find((length) =>
    matches(pieces, isStart ? text.slice(0, length) : text.slice(text.length - length)),
  );
  if (found === undefined) return text;
  return isStart ? text.slice(found) : text.slice(0, text.length - found);
}

/** A text with what fits replaced, once or wherever it does: the longest at each place. */
export function replaced(text: string, pattern: string, by: string, everywhere: boolean): string {
  const pieces = piecesOf(pattern);
  let result = '';
  for (let at = 0; at < text.length; ) {
    let end = text.length;
    while (end > at && !matches(pieces, text.slice(at, end))) end--;
    if (end === at) {
      result += text[at++];
      continue;
    }
    result += by;
    at = end;
    if (!everywhere) return result + text.slice(at);
  }
  return result;
}
