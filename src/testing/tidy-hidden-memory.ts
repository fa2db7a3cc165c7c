/**
 * Memory in disguise, which `tidy-module-state.ts` does not see: instances of classes that a module holds, functions and platform objects
 * that something is hung on, what another module exports and this one changes, makers of closures that are called when a module is
 * loaded, and closures in timers or in what a component remembers.
 */
import type { SourceFile, SyntaxNode } from './source-tree';
import { walk } from './source-tree';

/** Rooms the rules hold in; the worker's and the page's modules hold the one host and the one page there is. */
const ROOMS = /^(engine|kubectl|scenario|session|view|conditions|lessons)\//;

const PLATFORM = new Set([
  ...['Object', 'Array', 'Map', 'Set', 'WeakMap', 'String', 'Number', 'Boolean', 'BigInt', 'Symbol', 'JSON', 'Math'],
  ...['RegExp', 'Error', 'Function'],
]);
/** What may be made when a module is loaded: containers have their own rule, the others never change. */
const HARMLESS = new Set([
  ...['Map', 'Set', 'WeakMap', 'WeakSet', 'Array', 'Uint8Array', 'Uint32Array', 'Float64Array'],
  ...['RegExp', 'TextEncoder', 'TextDecoder', 'URL'],
]);
const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);
const TIMERS = new Set(['after', 'afterBecause', 'wake']);
const KEEPS = new Set(['set', 'push', 'add', 'unshift']);
const WRITES = new Set(['assign', 'defineProperty', 'defineProperties', 'setPrototypeOf']);
const CHANGES = new Set([...KEEPS, 'delete', 'clear', 'pop', 'shift', 'splice', 'sort', 'reverse', 'fill']);

const nameOf = (node: unknown): string => (node as { name?: string } | undefined)?.name ?? '';
const isFunction = (node: unknown): boolean => FUNCTIONS.has((node as SyntaxNode | undefined)?.type ?? '');

/** What is inside `(x as T)` and `x!`. */
function unwrapped(node: SyntaxNode): SyntaxNode {
  return typeof node.expression === 'object' ? unwrapped(node.expression as SyntaxNode) : node;
}

/** The name at the root of `(a as T).b[c]!.d`. */
function rootOf(wrapped: SyntaxNode): string {
  const node = unwrapped(wrapped);
  return node.type === 'MemberExpression' ? rootOf(node.object as SyntaxNode) : nameOf(node);
}

/** What a node changes a part of, by the name at its root; '' when it changes nothing. */
function changedBy(node: SyntaxNode): string {
  const target = (node.left ?? node.argument) as SyntaxNode | undefined;
  const writes = ['AssignmentExpression', 'UpdateExpression'].includes(node.type) || node.operator === 'delete';
  if (writes && target?.type === 'MemberExpression') return rootOf(target);
  const callee = node.type === 'CallExpression' ? (node.callee as SyntaxNode) : undefined;
  if (callee?.type !== 'MemberExpression') return '';
  const [first] = node.arguments as readonly SyntaxNode[];
  if (nameOf(callee.object) === 'Object' && WRITES.has(nameOf(callee.property)) && first) return rootOf(first);
  return CHANGES.has(nameOf(callee.property)) ? rootOf(callee.object as SyntaxNode) : '';
}

/** Names in a pattern: what a parameter or a variable declares. */
function boundBy(pattern: unknown): string[] {
  const names: string[] = [];
  if (pattern)
    walk(pattern as SyntaxNode, (node) => {
      if (node.type === 'Identifier') names.push(nameOf(node));
    });
  return names;
}

const parametersOf = (node: SyntaxNode): string[] => ((node.params ?? []) as readonly unknown[]).flatMap(boundBy);

/** Every name that a file declares inside of a function: it may hide one of the file's own. */
function innerNames(file: SourceFile): Set<string> {
  const names = new Set<string>();
  walk(file.program, (node, parents) => {
    if (isFunction(node)) for (const name of parametersOf(node)) names.add(name);
    if (node.type === 'VariableDeclarator' && parents.some(isFunction))
      for (const name of boundBy(node.id)) names.add(name);
  });
  return names;
}

/** What a module declares or imports at its top and could hang something on: functions, classes, and what others export. */
function shared(file: SourceFile): Set<string> {
  const names = new Set(PLATFORM);
  for (const statement of file.program.body as readonly SyntaxNode[]) {
    const declared = (statement.declaration ?? statement) as SyntaxNode;
    if (/^(Function|Class)Declaration$/.test(declared.type)) names.add(nameOf(declared.id));
    if (statement.type === 'ImportDeclaration')
      for (const { local } of statement.specifiers as readonly { local: unknown }[]) names.add(nameOf(local));
  }
  return names;
}

/** Functions of a file that return a closure over something it changes, by name. */
export function rememberingMakers(file: SourceFile): Set<string> {
  const makers = new Set<string>();
  walk(file.program, (node, parents) => {
    const isMutation = changedBy(node) || ['AssignmentExpression', 'UpdateExpression'].includes(node.type);
    if (!isMutation) return;
    const name = changedBy(node) || nameOf(node.left ?? node.argument);
    const functions = parents.filter(isFunction);
    const closure = functions.at(-1);
    const maker = functions.find((one) => one !== closure && declares(one, name));
    if (!closure || !maker || !name || declares(closure, name)) return;
    const isHandedOut = parents.some(
      (one, at) => at > parents.indexOf(maker) && at < parents.indexOf(closure) && one.type === 'ReturnStatement',
    );
    const holder = parents[parents.indexOf(maker) - 1];
    if (isHandedOut || maker.body === closure) makers.add(nameOf(maker.id) || nameOf(holder?.id));
  });
  makers.delete('');
  return makers;
}

/** Whether a function itself declares a variable or parameter of that name. */
function declares(maker: SyntaxNode, name: string): boolean {
  let found = parametersOf(maker).includes(name);
  walk(maker, (node, parents) => {
    if (node.type !== 'VariableDeclarator' || nameOf(node.id) !== name) return;
    if (parents.filter(isFunction).at(-1) === maker) found = true;
  });
  return found;
}

/** Whether what is inside runs later than when the module is loaded. */
const runsLater = (node: SyntaxNode): boolean =>
  isFunction(node) || (node.type === 'PropertyDefinition' && node.static !== true);

/** Calls `visit` for what runs when a module is loaded. */
function walkLoading(file: SourceFile, visit: (node: SyntaxNode) => void): void {
  walk(file.program, (node, parents) => {
    if (!parents.some(runsLater) && !runsLater(node)) visit(node);
  });
}

function loadingComplaints(file: SourceFile, makers: ReadonlySet<string>): string[] {
  const complaints: string[] = [];
  walkLoading(file, (node) => {
    const callee = nameOf(node.callee);
    if (node.type === 'NewExpression' && !HARMLESS.has(callee))
      complaints.push(`${file.path} holds an instance of ${callee || 'a class'}, which may remember`);
    if (node.type === 'CallExpression' && (isFunction(node.callee) || makers.has(callee)))
      complaints.push(`${file.path}: ${callee || 'a function'} is called when it is loaded, and remembers`);
    if (node.type === 'TSModuleDeclaration' && node.declare !== true)
      complaints.push(`${file.path} has a namespace; a file is one`);
    const value = node.value as SyntaxNode | undefined;
    if (
      node.type === 'PropertyDefinition' &&
      node.static === true &&
      /^(New|Object|Array)Expression$/.test(value?.type ?? '')
    )
      complaints.push(`${file.path} has a static field that can be filled`);
    const exported = node.declaration as SyntaxNode | undefined;
    if (node.type === 'ExportDefaultDeclaration' && /^(New|Object|Array)Expression$/.test(exported?.type ?? ''))
      complaints.push(`${file.path} exports what can be changed`);
  });
  return complaints;
}

/** Whether `memory` is on the way to a member: `context.memory.plans.set`. */
function isOfMemory(wrapped: SyntaxNode | undefined): boolean {
  const node = wrapped && unwrapped(wrapped);
  if (node?.type !== 'MemberExpression') return nameOf(node) === 'memory';
  return nameOf(node.property) === 'memory' || isOfMemory(node.object as SyntaxNode);
}

/** Closures where plain data belongs: in timers, and in what a checkpoint copies. */
function closureComplaints(file: SourceFile): string[] {
  if (!file.path.startsWith('engine/')) return [];
  const complaints: string[] = [];
  walk(file.program, (node) => {
    const left = node.left as SyntaxNode | undefined;
    if (node.type === 'AssignmentExpression' && isFunction(unwrapped(node.right as SyntaxNode)) && isOfMemory(left))
      complaints.push(`${file.path} remembers a closure`);
    const callee = node.type === 'CallExpression' ? (node.callee as SyntaxNode) : undefined;
    const method = nameOf(callee?.property);
    const given = (node.arguments ?? []) as readonly SyntaxNode[];
    if (!callee || !given.some((one) => isFunction(unwrapped(one)))) return;
    if (TIMERS.has(method || nameOf(callee))) complaints.push(`${file.path} puts a closure into a timer`);
    if (KEEPS.has(method) && isOfMemory(callee.object as SyntaxNode))
      complaints.push(`${file.path} remembers a closure`);
  });
  return complaints;
}

/**
 * Everything of that kind in a file. `exceptions`: files that may remember all the same, each with its reason; `makersElsewhere`: names of
 * {@link rememberingMakers} of the files it imports.
 */
export function hiddenMemoryComplaints(
  file: SourceFile,
  exceptions: Readonly<Record<string, string>> = {},
  makersElsewhere: ReadonlySet<string> = new Set(),
): string[] {
  if (!ROOMS.test(file.path) || /\.test\.tsx?$/.test(file.path)) return [];
  const complaints = closureComplaints(file);
  if (exceptions[file.path]) return complaints;
  complaints.push(...loadingComplaints(file, new Set([...rememberingMakers(file), ...makersElsewhere])));
  const names = shared(file);
  const hidden = innerNames(file);
  walk(file.program, (node) => {
    const name = changedBy(node);
    if (names.has(name) && !hidden.has(name)) complaints.push(`${file.path} hangs something on ${name}`);
  });
  return complaints;
}
