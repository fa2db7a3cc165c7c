import { describe, expect, it } from 'vitest';
import { splitCommandLine, withoutProgram } from './command-line';

describe('splitCommandLine', () => {
  it.each([
    ['get pods', ['get', 'pods']],
    ['  kubectl\tget\n pods ', ['kubectl', 'get', 'pods']],
    [`get -o jsonpath='{.a b}'`, ['get', '-o', 'jsonpath={.a b}']],
    [`patch x -p '{"a":"b c"}'`, ['patch', 'x', '-p', '{"a":"b c"}']],
    [`label x "a b"=c`, ['label', 'x', 'a b=c']],
    [`say "a \\"b\\" \\n $HOME"`, ['say', 'a "b" \\n $HOME']],
    ['a\\ b c', ['a b', 'c']],
    ['get \\\n pods', ['get', 'pods']],
    [`a '' b`, ['a', '', 'b']],
    ['get pods # all of them', ['get', 'pods']],
    ['get pods#1', ['get', 'pods#1']],
    ["set image d '*=nginx'", ['set', 'image', 'd', '*=nginx']],
    ['', []],
  ])('%j', (text, words) => {
    expect(splitCommandLine(text)).toEqual({ words, filters: [] });
  });

  it('keeps what follows a pipe apart', () => {
    expect(splitCommandLine(`get pods | grep "a|b" |wc -l`)).toEqual({
      words: ['get', 'pods'],
      filters: [
        ['grep', 'a|b'],
        ['wc', '-l'],
      ],
    });
  });

  it.each([`'`, `"`])('says which quote (%s) is missing', (quote) => {
    expect(splitCommandLine(`get ${quote}pods`).problem).toContain(`matching \`${quote}'`);
  });
});

describe('withoutProgram', () => {
  it.each([
    [['kubectl', 'get'], ['get']],
    [['k', 'get'], ['get']],
    [
      ['get', 'kubectl'],
      ['get', 'kubectl'],
    ],
  ])('%j', (words, rest) => {
    expect(withoutProgram(words)).toEqual(rest);
  });
});
