/** Bold in the texts of lessons is bold on the page: CommonMark does not close it between punctuation and a letter. */
import { lexer, type Token } from 'marked';
import { expect, test } from 'vitest';

const TEXTS = import.meta.glob<string>('./*/*.yaml', { eager: true, query: '?raw', import: 'default' });

/** What stands on the page as plain text. */
function plainTexts(tokens: readonly Token[]): string[] {
  return tokens.flatMap((token) => {
    if ('tokens' in token && token.tokens) return plainTexts(token.tokens);
    return token.type === 'text' ? [token.text] : [];
  });
}

test.each(Object.entries(TEXTS))('%s has no mark that is left over', (_path, text) => {
  const bold = text.split('\n').filter((line) => line.includes('**'));
  expect(bold.flatMap((line) => plainTexts(lexer(line.trim()))).filter((one) => one.includes('**'))).toEqual([]);
});
