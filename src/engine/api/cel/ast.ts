/** The tree of a CEL expression: plain data. Positions are offsets into its text. */

/** Macros that go through a list or map. */
export type MacroName = 'all' | 'exists' | 'exists_one' | 'map' | 'filter';

/** One node. Operators are calls named by their sign. */
export type Node = { readonly at: number } & (
  | {
      readonly op: 'literal';
      readonly value: bigint | number | string | boolean | null;
      /** Where it is not that of the value. */
      readonly type?: 'uint' | 'bytes';
    }
  | { readonly op: 'ident'; readonly name: string }
  /** `a.b`; `test` for has(a.b), `optional` for `a.?b`. */
  | {
      readonly op: 'select';
      readonly of: Node;
      readonly field: string;
      readonly test?: boolean;
      readonly optional?: boolean;
    }
  | { readonly op: 'call'; readonly name: string; readonly target?: Node; readonly args: readonly Node[] }
  | { readonly op: 'list'; readonly items: readonly Node[] }
  | { readonly op: 'map'; readonly entries: readonly (readonly [Node, Node])[] }
  | {
      readonly op: 'macro';
      readonly name: MacroName;
      readonly over: Node;
      /** One name, or key and value. */
      readonly variables: readonly string[];
      readonly predicate: Node | undefined;
      readonly body: Node | undefined;
    }
  | { readonly op: 'bind'; readonly name: string; readonly value: Node; readonly body: Node }
);

/** A mistake in the text of an expression. */
export class CelSyntaxError extends Error {
  constructor(
    message: string,
    readonly at: number,
    /** What else is wrong, further on. */
    readonly others: readonly CelSyntaxError[] = [],
  ) {
    super(message);
  }
}

/** A mistake with its place, as cel-go prints it. */
export function located(text: string, at: number, message: string): string {
  const before = text.slice(0, at);
  const line = before.split('\n').length;
  const column = at - (before.lastIndexOf('\n') + 1);
  const shown = text.split('\n')[line - 1] ?? '';
  return `ERROR: <input>:${line}:${column + 1}: ${message}\n | ${shown}\n | ${'.'.repeat(column)}^`;
}
