/** How to make values small that a history keeps. */

/**
 * A text that is put together from others stays, in JavaScript engines, a tree of its pieces, several times as large as the text.
 * Reading it as a number makes them store it in one piece: worth it for what a history keeps. The text itself is returned.
 */
export function inOnePiece(text: string): string {
  Number(text);
  return text;
}

/** A list that was put together by and by has room for more; a copy of it has none. */
export function withoutRoom<T>(list: readonly T[]): T[] {
  return list.slice();
}
