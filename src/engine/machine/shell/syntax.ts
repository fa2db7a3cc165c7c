/** The tree that a shell text is read into: plain data, so that a program which stands still can be kept. */

/** A piece of a word. Quoted pieces are neither split at spaces nor taken for patterns. */
export type WordPart =
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean }
  | {
      readonly kind: 'variable';
      readonly name: string;
      /** `${name[index]}`; `@` and `*` are all of an array. */
      readonly index?: Word;
      /** `${!name}`: the variable that the value names, or the keys of an array. */
      readonly isIndirect?: true;
      /** What stands after the name in `${…}`: `:-`, `-`, `:=`, `=`, `:?`, `?`, `:+`, `+`, `#`, `##`, `%`, `%%`, `/`, `//`, `:`; `length` for `${#…}`. */
      readonly form?: string;
      readonly word?: Word;
      readonly quoted: boolean;
    }
  /** `isFile`: `<(…)`, whose output is read from a file, with all its lines. */
  | { readonly kind: 'command'; readonly source: string; readonly quoted: boolean; readonly isFile?: true }
  | { readonly kind: 'arithmetic'; readonly parts: Word; readonly quoted: boolean };

/** A word before expansion. */
export type Word = readonly WordPart[];

/** Where a descriptor goes: to a file, another descriptor (`-` closes it), or from a text. */
export interface Redirect {
  readonly fd: number;
  /** Takes the number of a free descriptor, or holds that of one that is closed. */
  readonly variable?: string | undefined;
  readonly operator: '<' | '>' | '>>' | '>|' | '<>' | '>&' | '<&' | '<<';
  readonly target: Word;
}

/** `NAME=value` before a command, `NAME[index]=value`, `NAME=(elements)`. */
export interface Assignment {
  readonly name: string;
  readonly value: Word;
  readonly index?: Word;
  /** Those of an array, with their keys where they are said. */
  readonly elements?: readonly { readonly key?: Word; readonly value: Word }[];
  /** `+=`. */
  readonly isAdded?: boolean;
}

/** A command. */
export type Node =
  | {
      readonly kind: 'simple';
      readonly assigns: readonly Assignment[];
      readonly words: readonly Word[];
      readonly redirects: readonly Redirect[];
      /** Its line, from 0; left out on the first. */
      readonly line?: number;
    }
  /** `[[ … ]]`. */
  | { readonly kind: 'condition'; readonly words: readonly Word[] }
  /** `(( … ))`. */
  | { readonly kind: 'arithmetic'; readonly parts: Word }
  | { readonly kind: 'list'; readonly items: readonly Node[] }
  | { readonly kind: 'and' | 'or'; readonly left: Node; readonly right: Node }
  | { readonly kind: 'not' | 'background' | 'subshell'; readonly body: Node }
  | { readonly kind: 'pipeline'; readonly parts: readonly Node[] }
  | { readonly kind: 'if'; readonly condition: Node; readonly then: Node; readonly otherwise?: Node }
  | { readonly kind: 'while' | 'until'; readonly condition: Node; readonly body: Node }
  | { readonly kind: 'for'; readonly name: string; readonly words?: readonly Word[]; readonly body: Node }
  /** `for ((first; condition; next))`. */
  | { readonly kind: 'count'; readonly parts: readonly Word[]; readonly body: Node }
  | {
      readonly kind: 'case';
      readonly word: Word;
      /** `goesOn`: what ended one, `;&` or `;;&`. */
      readonly items: readonly { readonly patterns: readonly Word[]; readonly body: Node; readonly goesOn?: string }[];
    }
  | { readonly kind: 'redirected'; readonly body: Node; readonly redirects: readonly Redirect[] }
  | { readonly kind: 'function'; readonly name: string; readonly body: Node }
  /** The rest of a text, which can't be read. */
  | ({ readonly kind: 'unreadable' } & Mistake);

/** What is wrong with a text, in BusyBox's words, and in which line, from 0. */
export interface Mistake {
  readonly problem: string;
  readonly line?: number;
}

/** A program of nothing. */
export const NOTHING: Node = { kind: 'list', items: [] };

/** A command line given as separate words, which are not expanded. */
export function commandNode(argv: readonly string[]): Node {
  const words = argv.map((text): Word => [{ kind: 'text', text, quoted: true }]);
  return { kind: 'simple', assigns: [], words, redirects: [] };
}

/** The literal text of a word without expansions, else undefined. */
export function literal(word: Word): string | undefined {
  let text = '';
  for (const part of word) {
    if (part.kind !== 'text') return undefined;
    text += part.text;
  }
  return text;
}
