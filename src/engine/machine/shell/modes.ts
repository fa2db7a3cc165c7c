/** Modes of files as texts, and what chmod makes of them. Follows POSIX.1-2017 (chmod, ls). */

/** `rwxr-xr-x` of a mode. */
export function modeText(mode: string): string {
  const bits = (digit: string): string => {
    const number = Number(digit);
    return `${number & 4 ? 'r' : '-'}${number & 2 ? 'w' : '-'}${number & 1 ? 'x' : '-'}`;
  };
  const plain = [...mode.slice(-3)].map(bits).join('');
  const isSticky = mode.length > 3 && mode[0] === '1';
  const isSetGroup = mode.length > 3 && (Number(mode[0]) & 2) > 0;
  if (isSetGroup) return `${plain.slice(0, 5)}${plain[5] === 'x' ? 's' : 'S'}${plain.slice(6)}`;
  return isSticky ? `${plain.slice(0, -1)}t` : plain;
}

/** Whether chmod knows a mode. */
export const isMode = (text: string): boolean =>
  /^([0-7]{1,4}|[ugoa]*([-+=][rwxXst]*)+(,[ugoa]*([-+=][rwxXst]*)+)*)$/.test(text);

/** A mode after chmod: octal digits, or clauses such as `u+x,go=r`. */
export function changedMode(before: string, change: string): string {
  if (/^[0-7]{3,4}$/.test(change)) return change.replace(/^0(?=\d{3}$)/, '');
  const digits = [...before.padStart(4, '0')].map(Number) as [number, number, number, number];
  for (const clause of change.split(',')) {
    const match = /^([ugoa]*)([-+=])([rwxX]*)$/.exec(clause);
    if (!match) continue;
    const bits = [...(match[3] ?? '')].reduce((sum, letter) => sum | ({ r: 4, w: 2, x: 1, X: 1 }[letter] ?? 0), 0);
    for (const [index, who] of ['u', 'g', 'o'].entries()) {
      if (match[1] && !match[1].includes('a') && !match[1].includes(who)) continue;
      const at = index + 1;
      const old = digits[at] ?? 0;
      digits[at] = match[2] === '=' ? bits : match[2] === '+' ? old | bits : old & ~bits;
    }
  }
  return digits.join('').replace(/^0/, '');
}
