/** The parts of a Go template. Follows text/template/parse/node.go. */
import type { Int } from './values';

/** Something that can be evaluated; `text` is how messages show it. */
export type Operand = { readonly pos: number; readonly text: string } & (
  | { readonly type: 'dot' | 'nil' }
  | { readonly type: 'literal'; readonly value: string | number | Int | boolean }
  | { readonly type: 'field'; readonly names: readonly string[] }
  | { readonly type: 'variable'; readonly name: string; readonly names: readonly string[] }
  | { readonly type: 'function'; readonly name: string }
  | { readonly type: 'chain'; readonly of: Operand; readonly names: readonly string[] }
  | { readonly type: 'pipe'; readonly pipe: Pipe }
);

/** Commands whose results go into the next one, and the variables that take the last. */
export interface Pipe {
  readonly pos: number;
  readonly text: string;
  readonly commands: readonly { readonly pos: number; readonly text: string; readonly args: readonly Operand[] }[];
  readonly variables: readonly string[];
  readonly assigns: boolean;
}

/** A part of a template. */
export type TemplateNode =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'break' }
  | { readonly type: 'continue' }
  | { readonly type: 'action'; readonly pipe: Pipe }
  | {
      readonly type: 'template';
      readonly name: string;
      readonly pipe: Pipe | undefined;
      readonly pos: number;
      readonly text: string;
    }
  | ControlNode;

/** A block with a condition, or one that goes through items. */
export interface ControlNode {
  readonly type: 'range' | 'if' | 'with';
  readonly pipe: Pipe;
  readonly body: readonly TemplateNode[];
  readonly otherwise: readonly TemplateNode[];
}

/** A template and those defined in it. */
export interface ParsedTemplate {
  readonly text: string;
  readonly nodes: readonly TemplateNode[];
  readonly defined: ReadonlyMap<string, readonly TemplateNode[]>;
}
