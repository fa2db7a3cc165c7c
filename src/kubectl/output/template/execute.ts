/** Fills in a Go template. Follows text/template/exec.go, with its words. */
import { sortedKeys } from '../../../engine/api/go-text';
import { FUNCTIONS } from './functions';
import type { ControlNode, Operand, ParsedTemplate, Pipe, TemplateNode } from './nodes';
import { ArgumentProblem, ExecProblem, Int, isMap, isTrue, printed, wholeOf } from './values';

/** A variable, whose value may be replaced. */
interface Variable {
  readonly name: string;
  value: unknown;
}

interface Scope {
  readonly dot: unknown;
  readonly variables: readonly Variable[];
  readonly template: string;
  readonly depth: number;
}

/** What is filled in, and what has been written. */
interface State {
  readonly parsed: ParsedTemplate;
  /** Whether a key that a map lacks is an error (missingkey=error). */
  readonly isStrict: boolean;
  output: string;
}

type Signal = 'break' | 'continue' | undefined;

/** Marks that a command has no value from an earlier one. */
const NONE = Symbol('no final value');
/** Templates that call one another, one inside the other. */
const MAX_TEMPLATES = 100;
/** What a template may write. */
const MAX_OUTPUT = 4 * 1024 * 1024;

/** A problem with the place where it came up. */
export class TemplateFailure extends Error {
  constructor(
    message: string,
    readonly output: string,
  ) {
    super(message);
  }
}

/** `output:1:7`: line from 1, column in characters from 0. */
export function placeIn(text: string, pos: number): string {
  const before = text.slice(0, pos);
  const lines = before.split('\n');
  return `output:${lines.length}:${(lines.at(-1) as string).length}`;
}

function failAt(
  state: State,
  { template }: Scope,
  node: { readonly pos: number; readonly text: string },
  message: string,
): never {
  const place = placeIn(state.parsed.text, node.pos);
  throw new TemplateFailure(
    `template: ${place}: executing ${JSON.stringify(template)} at <${node.text}>: ${message}`,
    state.output,
  );
}

function fieldOf(state: State, scope: Scope, node: Operand, value: unknown, name: string): unknown {
  if (value === null || value === undefined) {
    if (state.isStrict) failAt(state, scope, node, `nil data; no entry for key ${JSON.stringify(name)}`);
    return undefined;
  }
  if (!isMap(value)) failAt(state, scope, node, `can't evaluate field ${name} in type interface {}`);
  if (Object.hasOwn(value, name)) return value[name];
  if (state.isStrict) failAt(state, scope, node, `map has no entry for key ${JSON.stringify(name)}`);
  return undefined;
}

function operandValue(state: State, scope: Scope, node: Operand): unknown {
  const follow = (value: unknown, names: readonly string[]): unknown =>
    names.reduce((found, name) => fieldOf(state, scope, node, found, name), value);
  switch (node.type) {
    case 'dot':
      return scope.dot;
    case 'nil':
      return null;
    case 'literal':
      return node.value;
    case 'field':
      return follow(scope.dot, node.names);
    case 'variable':
      return follow(scope.variables.findLast(({ name }) => name === node.name)?.value, node.names);
    case 'chain':
      return follow(operandValue(state, scope, node.of), node.names);
    case 'pipe':
      return evaluate(state, scope, node.pipe).value;
    default:
      return called(state, scope, node, [], NONE);
  }
}

/** `and` and `or` stop at the first argument that decides. */
function decided(name: string, args: readonly (() => unknown)[]): unknown {
  let value: unknown;
  for (const arg of args) {
    value = arg();
    if (isTrue(value) === (name === 'or')) return value;
  }
  return value;
}

function called(
  state: State,
  scope: Scope,
  node: Extract<Operand, { type: 'function' }>,
  args: readonly Operand[],
  final: unknown,
): unknown {
  const { name } = node;
  const given = args.map((arg) => () => operandValue(state, scope, arg));
  const all = final === NONE ? given : [...given, () => final];
  const { least, most, call } = FUNCTIONS.get(name) ?? { least: 1, most: Infinity, call: () => undefined };
  if (all.length < least || all.length > most) {
    const wanted = most === Infinity ? `at least ${least}` : String(least);
    failAt(state, scope, node, `wrong number of args for ${name}: want ${wanted} got ${all.length}`);
  }
  if (name === 'and' || name === 'or') return decided(name, all);
  const values = all.map((arg) => arg());
  try {
    return call(values);
  } catch (error) {
    if (!(error instanceof ExecProblem)) throw error;
    if (error instanceof ArgumentProblem) return failAt(state, scope, args[0] ?? node, error.message);
    const text = [name, ...args.map((arg) => (arg.type === 'pipe' ? `(${arg.text})` : arg.text))].join(' ');
    return failAt(state, scope, { pos: node.pos, text }, `error calling ${name}: ${error.message}`);
  }
}

function commandValue(state: State, scope: Scope, command: Pipe['commands'][number], final: unknown): unknown {
  const [first, ...args] = command.args as readonly [Operand, ...Operand[]];
  if (first.type === 'function') return called(state, scope, first, args, final);
  if (args.length > 0 || final !== NONE) {
    const isField = first.type === 'field' || first.type === 'chain' || first.type === 'variable';
    if (!isField) failAt(state, scope, first, `can't give argument to non-function ${first.text}`);
    const name = first.names.at(-1) ?? first.text;
    failAt(state, scope, first, `${name} is not a method but has arguments`);
  }
  if (first.type === 'nil') failAt(state, scope, command, 'nil is not a command');
  return operandValue(state, scope, first);
}

/** The value of a pipeline, and what it is in with the variables it declares. */
function evaluate(state: State, scope: Scope, pipe: Pipe, declares = true): { value: unknown; scope: Scope } {
  let value: unknown = NONE;
  for (const command of pipe.commands) value = commandValue(state, scope, command, value);
  if (!declares || pipe.variables.length === 0) return { value, scope };
  return { value, scope: withVariables(scope, pipe, [value]) };
}

/** Sets or declares the variables of a pipe. */
function withVariables(scope: Scope, { variables, assigns }: Pipe, values: readonly unknown[]): Scope {
  if (!assigns)
    return { ...scope, variables: [...scope.variables, ...variables.map((name, at) => ({ name, value: values[at] }))] };
  for (const [at, name] of variables.entries()) {
    const variable = scope.variables.findLast((each) => each.name === name);
    if (variable) variable.value = values[at];
  }
  return scope;
}

/** Keys and items of what is gone through. */
function itemsOf(state: State, scope: Scope, pipe: Pipe, value: unknown): (readonly [key: unknown, item: unknown])[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return value.map((item, at) => [new Int(at), item] as const);
  if (isMap(value)) return sortedKeys(value).map((key) => [key, value[key]] as const);
  const whole = wholeOf(value);
  if (whole === undefined) return failAt(state, scope, pipe, `range can't iterate over ${printed(value)}`);
  const count = Number(whole < 0n ? 0n : whole > 100_000n ? 100_000n : whole);
  // What is counted through is of the kind that the number is.
  const numberAt = (at: number) => (value instanceof Int ? new Int(at) : BigInt(at));
  return Array.from({ length: count }, (_, at) => [numberAt(at), numberAt(at)] as const);
}

function runRange(state: State, scope: Scope, node: ControlNode): Signal {
  const { value } = evaluate(state, scope, node.pipe, false);
  const items = itemsOf(state, scope, node.pipe, value);
  if (items.length === 0) return run(state, scope, node.otherwise);
  for (const [key, item] of items) {
    const values = node.pipe.variables.length > 1 ? [key, item] : [item];
    const inner = withVariables({ ...scope, dot: item }, node.pipe, values);
    if (run(state, inner, node.body) === 'break') break;
  }
  return undefined;
}

function runTemplate(state: State, scope: Scope, node: Extract<TemplateNode, { type: 'template' }>): void {
  const nodes = state.parsed.defined.get(node.name);
  if (!nodes) failAt(state, scope, node, `template ${JSON.stringify(node.name)} not defined`);
  if (scope.depth >= MAX_TEMPLATES) failAt(state, scope, node, `exceeded maximum template depth (${MAX_TEMPLATES})`);
  const dot = node.pipe ? evaluate(state, scope, node.pipe).value : undefined;
  run(state, { dot, variables: [{ name: '$', value: dot }], template: node.name, depth: scope.depth + 1 }, nodes);
}

function write(state: State, scope: Scope, text: string): void {
  state.output += text;
  if (state.output.length <= MAX_OUTPUT) return;
  throw new TemplateFailure(`template: output:1: executing ${JSON.stringify(scope.template)}: more than 4 MB`, '');
}

/** Runs nodes one after the other; those that declare variables do so for the rest. */
function run(state: State, outer: Scope, nodes: readonly TemplateNode[]): Signal {
  let scope = outer;
  for (const node of nodes) {
    if (node.type === 'break' || node.type === 'continue') return node.type;
    let signal: Signal;
    if (node.type === 'text') write(state, scope, node.text);
    else if (node.type === 'template') runTemplate(state, scope, node);
    else if (node.type === 'range') signal = runRange(state, scope, node as ControlNode);
    else {
      const { value, scope: next } = evaluate(state, scope, node.pipe);
      if (node.type === 'action') {
        scope = next;
        if (node.pipe.variables.length === 0) write(state, scope, printed(value));
      } else if (isTrue(value)) signal = run(state, node.type === 'with' ? { ...next, dot: value } : next, node.body);
      else signal = run(state, next, node.otherwise);
    }
    if (signal) return signal;
  }
  return undefined;
}

/** The text of a template about a value. Throws {@link TemplateFailure}. */
export function execute(parsed: ParsedTemplate, value: unknown, isStrict = false): string {
  const state: State = { parsed, isStrict, output: '' };
  run(state, { dot: value, variables: [{ name: '$', value }], template: 'output', depth: 0 }, parsed.nodes);
  return state.output;
}
