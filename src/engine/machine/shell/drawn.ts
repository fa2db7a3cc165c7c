/** Numbers that look drawn, of a text: what programs are given as random costs no draw of the machine's own. */

/** So many numbers under a bound. */
export function drawnOf(text: string, count: number, bound: number): number[] {
  let state = 2_166_136_261;
  const next = (value: number): number => {
    state = Math.imul(state ^ value, 16_777_619) >>> 0;
    return (state ^ (state >>> 15)) >>> 0;
  };
  for (let index = 0; index < text.length; index++) next(text.charCodeAt(index));
  return Array.from({ length: count }, (_, index) => next(index & 255) % bound);
}
