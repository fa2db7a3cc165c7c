/** Breaks lines at spaces so that they fit a width; longer words stay whole. Follows github.com/mitchellh/go-wordwrap. */
export function wordWrap(text: string, limit: number): string {
  let out = '';
  let current = 0;
  let word = '';
  let space = '';
  const flush = (): void => {
    current += space.length + word.length;
    out += space + word;
    space = '';
    word = '';
  };
  for (const character of text) {
    if (character === '\n') {
      if (word !== '' || current + space.length <= limit) flush();
      space = '';
      out += character;
      current = 0;
    } else if (character !== '\u00a0' && /\s/.test(character)) {
      if (space === '' || word !== '') flush();
      space += character;
    } else {
      word += character;
      if (current + word.length + space.length > limit && word.length < limit) {
        out += '\n';
        current = 0;
        space = '';
      }
    }
  }
  if (word !== '' || current + space.length <= limit) flush();
  return out;
}

/** Every line with so many spaces before it, also an empty last one. */
export function indented(amount: number, text: string): string {
  const pad = ' '.repeat(amount);
  return pad + text.replaceAll('\n', `\n${pad}`);
}
