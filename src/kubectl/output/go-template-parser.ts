/**
 * Reads a Go template, as far as kubectl's users mostly go: fields, literals, range, if, with, and a few functions.
 * Follows text/template/parse. Variables, pipes, parentheses and nested templates are refused with a note that they are not simulated.
 */
import { KubectlError } from '../errors';

/** What an action works on. */
export type Operand =
  | { readonly type: 'field'; readonly names: readonly string[]; readonly fromRoot: boolean }
  | { readonly type: 'literal'; readonly value: string | number | boolean | null };

/** Operands, the first of which may be the name of a function. */
export interface Expression {
  readonly name?: string;
  readonly operands: readonly Operand[];
  readonly text: string;
}

/** A part of a template. */
export type TemplateNode =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'print'; readonly expression: Expression }
  | {
      readonly type: 'range' | 'if' | 'with';
      readonly expression: Expression;
      readonly body: readonly TemplateNode[];
      readonly otherwise: readonly TemplateNode[];
    };

/** Functions that are known, with how many operands they take at least. */
export const FUNCTIONS: ReadonlyMap<string, number> = new Map([
  ['and', 1],
  ['eq', 2],
  ['index', 2],
  ['len', 1],
  ['ne', 2],
  ['not', 1],
  ['or', 1],
  ['print', 0],
  ['println', 0],
]);

interface Tokens {
  readonly list: readonly { readonly isAction: boolean; readonly text: string }[];
  at: number;
  /** How many blocks are open. */
  depth: number;
}

/** More blocks in blocks are refused, the same everywhere, before a call stack ends. */
const MAX_DEPTH = 100;

function notSimulated(what: string): never {
  throw new KubectlError(
    `kubestep: ${what} in Go templates is not simulated; -o jsonpath or -o custom-columns may do`,
    {
      bare: true,
    },
  );
}

function fail(template: string, message: string): never {
  throw new KubectlError(`error parsing template ${template}, template: output:1: ${message}`);
}

function tokenize(template: string): Tokens['list'] {
  const list: { isAction: boolean; text: string }[] = [];
  let at = 0;
  let trimsNext = false;
  while (at < template.length) {
    const open = template.indexOf('{{', at);
    const text = template.slice(at, open < 0 ? template.length : open);
    const left = trimsNext ? text.replace(/^[ \t\r\n]+/, '') : text;
    const trimsBefore = open >= 0 && /^\{\{- /.test(template.slice(open));
    list.push({ isAction: false, text: trimsBefore ? left.replace(/[ \t\r\n]+$/, '') : left });
    if (open < 0) break;
    const action = /^\{\{(?:- )?((?:"(?:\\.|[^"\\])*"|`[^`]*`|[^"`}]|\}(?!\}))*?)( -)?\}\}/s.exec(template.slice(open));
    if (!action) fail(template, 'unclosed action');
    list.push({ isAction: true, text: (action[1] as string).trim() });
    trimsNext = action[2] !== undefined;
    at = open + action[0].length;
  }
  return list.filter(({ isAction, text }) => isAction || text !== '');
}

function unquote(text: string): string {
  return text.startsWith('`') ? text.slice(1, -1) : (JSON.parse(text) as string);
}

function operand(text: string): Operand {
  if (/^["`]/.test(text)) return { type: 'literal', value: unquote(text) };
  if (/^[+-]?\d+(?:\.\d+)?$/.test(text)) return { type: 'literal', value: Number(text) };
  if (text === 'true' || text === 'false') return { type: 'literal', value: text === 'true' };
  if (text === 'nil') return { type: 'literal', value: null };
  if (text === '.') return { type: 'field', names: [], fromRoot: false };
  const path = /^(\$)?((?:\.[\p{L}_][\p{L}\p{Nd}_]*)*)$/u.exec(text);
  if (!path) return notSimulated(JSON.stringify(text));
  return { type: 'field', names: (path[2] as string).split('.').slice(1), fromRoot: path[1] !== undefined };
}

function expression(text: string, template: string): Expression {
  const words = text.match(/"(?:\\.|[^"\\])*"|`[^`]*`|[^\s"`]+/g) ?? [];
  const [first, ...others] = words;
  if (first === undefined) return fail(template, 'missing value for command');
  const fewest = FUNCTIONS.get(first);
  if (fewest === undefined && /^\p{L}/u.test(first) && !/^(?:true|false|nil)$/.test(first))
    notSimulated(`function ${JSON.stringify(first)}`);
  if (fewest === undefined && others.length > 0) notSimulated(JSON.stringify(text));
  if (fewest !== undefined && others.length < fewest) fail(template, `wrong number of args for ${first}`);
  return {
    name: fewest === undefined ? undefined : first,
    operands: (fewest === undefined ? words : others).map(operand),
    text,
  };
}

/** Reads up to an `end` or `else` (left unread), or to the end of the template. */
function readNodes(tokens: Tokens, template: string): TemplateNode[] {
  const nodes: TemplateNode[] = [];
  for (; tokens.at < tokens.list.length; tokens.at++) {
    const { isAction, text } = tokens.list[tokens.at] as Tokens['list'][number];
    const keyword = /^(?:range|if|with)(?=\s)/.exec(text)?.[0] as 'range' | 'if' | 'with' | undefined;
    if (!isAction) nodes.push({ type: 'text', text });
    else if (/^(?:end|else)\b/.test(text)) return nodes;
    else if (keyword) nodes.push(readBlock(tokens, keyword, text.slice(keyword.length), template));
    else if (!text.startsWith('/*')) nodes.push({ type: 'print', expression: expression(text, template) });
  }
  return nodes;
}

function readBlock(tokens: Tokens, type: 'range' | 'if' | 'with', text: string, template: string): TemplateNode {
  const condition = expression(text.trim(), template);
  tokens.at++;
  if (++tokens.depth > MAX_DEPTH) notSimulated(`nesting deeper than ${MAX_DEPTH} blocks`);
  const body = readNodes(tokens, template);
  const hasElse = tokens.list[tokens.at]?.text.startsWith('else') ?? false;
  if (hasElse && tokens.list[tokens.at]?.text !== 'else') notSimulated('"else if"');
  if (hasElse) tokens.at++;
  const otherwise = hasElse ? readNodes(tokens, template) : [];
  if (tokens.list[tokens.at]?.text !== 'end') fail(template, 'unexpected EOF');
  tokens.depth--;
  return { type, expression: condition, body, otherwise };
}

/** Reads a template. */
export function parseGoTemplate(template: string): readonly TemplateNode[] {
  const tokens: Tokens = { list: tokenize(template), at: 0, depth: 0 };
  const nodes = readNodes(tokens, template);
  if (tokens.at < tokens.list.length) fail(template, `unexpected {{${tokens.list[tokens.at]?.text}}}`);
  return nodes;
}
