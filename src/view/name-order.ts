/** Orders of names, the same in every language. */

export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** `node-2` before `node-10`. */
export function byNumberedName(a: string, b: string): number {
  const [, stemA = a, numberA] = /^(.*?)(\d{1,9})$/.exec(a) ?? [];
  const [, stemB = b, numberB] = /^(.*?)(\d{1,9})$/.exec(b) ?? [];
  return byText(stemA, stemB) || Number(numberA ?? 0) - Number(numberB ?? 0) || byText(a, b);
}
