/** The directives of nginx's configuration as a tree. Follows ngx_conf_file.c. */
import type { Files } from './cri';
import { matchesPath } from './image-reference';
import { misplaced } from './nginx-names';

/** One of them. */
export interface Directive {
  readonly name: string;
  readonly args: readonly string[];
  readonly file: string;
  readonly line: number;
  readonly block?: readonly Directive[];
  /** The line of its last brace. */
  readonly end?: number;
}

/** What was read, or nginx's complaint. */
export interface Reading {
  readonly directives: readonly Directive[];
  readonly problem?: string;
}

const HOME = '/etc/nginx/';
const MAIN = `${HOME}nginx.conf`;
/** A quoted text, a sign, a comment, white space, or a word, in which a variable may have braces. */
const TOKENS = /"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'|([{};])|(#[^\n]*)|(\s+)|((?:\$\{\w*\}|\\.|[^\s;{}\\])+|\\)/gs;
/** Files beside those of types that the image brings. */
const BROUGHT = /^\/etc\/nginx\/(\w+_params|fastcgi\.conf|koi-\w+|win-utf)$|\/modules/;

const ESCAPED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

const plain = (word: string): string => word.replace(/\\([nrt"'\\])/g, (_, sign: string) => ESCAPED[sign] ?? sign);

function included(pattern: string, files: Files): string[] {
  const absolute = pattern.startsWith('/') ? pattern : `${HOME}${pattern}`;
  return Object.keys(files)
    .filter((path) => matchesPath(absolute, path) && !path.endsWith('/.'))
    .sort();
}

/** Reads a file and those that it includes. `tag`: the image's. */
export function readDirectives(
  file: string,
  files: Files,
  tag: string,
  around: readonly string[] = [],
  depth = 0,
): Reading {
  const text = files[file];
  if (text === undefined) return { directives: [], problem: `open() "${file}" failed (2: No such file or directory)` };
  const blocks: Directive[][] = [[]];
  const heads: Omit<Directive, 'block' | 'end'>[] = [];
  const blockNames = (): string[] => [...around, ...heads.map(({ name }) => name)];
  const isOpen = /^[^\S\n]*load_module\s/m.test(files[MAIN] ?? '');
  const top = (): Directive[] => blocks[blocks.length - 1] as Directive[];
  let words: string[] = [];
  let line = 1;
  const wrong = (text: string): Reading => ({ directives: [], problem: `${text} in ${file}:${line}` });
  const begun = () => ({ name: words[0] ?? '', args: words.slice(1), file, line });
  for (const [whole, double, single, sign, comment, space] of text.matchAll(TOKENS)) {
    if (sign === undefined && comment === undefined && space === undefined)
      words.push(plain(double ?? single ?? whole));
    if (sign === ';' && words.length === 0) return wrong('unexpected ";"');
    const odd = /[;{]/.test(sign ?? '') && words[0] ? misplaced(words[0], blockNames().at(-1) ?? '', tag) : undefined;
    if (odd !== undefined && !isOpen) return wrong(odd);
    if (sign === ';' && words[0] === 'include' && depth < 8) {
      const found = included(words[1] ?? '', files);
      const path = words[1]?.startsWith('/') ? words[1] : `${HOME}${words[1]}`;
      if (found.length === 0 && !path.includes('*') && !BROUGHT.test(path))
        return wrong(`open() "${path}" failed (2: No such file or directory)`);
      for (const one of found) {
        const inner = readDirectives(one, files, tag, blockNames(), depth + 1);
        if (inner.problem) return inner;
        top().push(...inner.directives);
      }
    } else if (sign === ';') top().push(begun());
    if (sign === '{') {
      if (words.length === 0) return wrong('unexpected "{"');
      heads.push(begun());
      blocks.push([]);
    }
    if (sign === '}') {
      const head = heads.pop();
      if (words.length > 0 || !head) return wrong('unexpected "}"');
      const block = blocks.pop() as Directive[];
      top().push({ ...head, block, end: line });
    }
    if (sign !== undefined) words = [];
    line += whole.split('\n').length - 1;
  }
  if (words.length > 0) return wrong('unexpected end of file, expecting ";" or "}"');
  if (heads.length > 0) return wrong('unexpected end of file, expecting "}"');
  return { directives: blocks[0] as Directive[] };
}
