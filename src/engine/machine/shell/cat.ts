/** cat. Follows BusyBox 1.35. */
import { contents } from './file-commands';
import { append, type Command, lettersOf, plainArguments } from './host';

/** A text as cat shows it: with -v what can not be seen, with -T tabs, with -E the ends of lines. */
function visible(text: string, letters: string): string {
  const isPlain = !/[Avet]/.test(letters);
  const shown = isPlain
    ? text
    : text.replace(/[^\t\n -~]/g, (one) => {
        const code = one.charCodeAt(0) & 127;
        const plain =
          code < 32 ? `^${String.fromCharCode(code + 64)}` : code === 127 ? '^?' : String.fromCharCode(code);
        return one.charCodeAt(0) < 128 ? plain : `M-${plain}`;
      });
  const tabs = /[AtT]/.test(letters) ? shown.replaceAll('\t', '^I') : shown;
  return /[AeE]/.test(letters) ? tabs.replaceAll('\n', '$\n') : tabs;
}

/** cat. */
export const cat: Command = (args, io) => {
  const { texts, status } = contents(plainArguments(args), io, 'cat');
  const letters = lettersOf(args);
  let line = 0;
  for (const text of texts) {
    const shown = visible(text, letters);
    if (!/[nb]/.test(letters)) append(io, shown);
    else
      for (const one of shown.split(/(?<=\n)/).filter(Boolean)) {
        const isCounted = !letters.includes('b') || !/^\$?\n$/.test(one);
        append(io, isCounted ? `${String(++line).padStart(6)}\t${one}` : one);
      }
  }
  return status;
};
