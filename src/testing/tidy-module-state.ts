/**
 * The house rule that modules of the engine, the worker and the page have no memory: whatever a module holds at its top
 * level can't be changed. A mutable container is a second history that no checkpoint knows of.
 */
import { type SourceFile, type SyntaxNode, walk } from './source-tree';

const CONTAINERS = new Set(['Map', 'Set', 'WeakMap', 'WeakSet', 'Array', 'Uint8Array', 'Uint32Array', 'Float64Array']);
const LITERALS = new Set(['ArrayExpression', 'ObjectExpression']);
/** Wrappers that keep what is inside: `x as T`, `x satisfies T`, `x!`. */
const WRAPPERS = new Set(['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression', 'ParenthesizedExpression']);
const CHANGES = new Set([
  ...['set', 'add', 'delete', 'clear', 'push', 'pop', 'shift', 'unshift', 'splice', 'sort', 'reverse', 'fill'],
]);

/** Rooms the rule holds in. */
const ROOMS = /^(engine|kubectl|scenario|session|worker|view|ui)\//;

const nameOf = (node: unknown): string => (node as { name?: string } | undefined)?.name ?? '';

const unwrap = (node: SyntaxNode): SyntaxNode =>
  WRAPPERS.has(node.type) ? unwrap(node.expression as SyntaxNode) : node;

const isReadonly = (file: SourceFile, annotation: SyntaxNode | null | undefined): boolean =>
  !!annotation && /^:\s*(readonly\s|Readonly)/.test(file.text.slice(annotation.start, annotation.end));

/** What a module-level constant may hold that can change. */
type Held = 'container' | 'exported container' | 'literal' | 'closure' | 'pattern';

/** Module-level constants that hold something changeable, by name, each with the kind of container it is. */
function heldBy(file: SourceFile): Map<string, Held> {
  const held = new Map<string, Held>();
  for (const statement of file.program.body as readonly SyntaxNode[]) {
    const isExported = statement.type === 'ExportNamedDeclaration';
    const declaration = (isExported ? statement.declaration : statement) as SyntaxNode | undefined;
    if (declaration?.type !== 'VariableDeclaration') continue;
    for (const one of declaration.declarations as readonly SyntaxNode[]) {
      const id = one.id as SyntaxNode;
      if (!one.init) continue;
      const value = unwrap(one.init as SyntaxNode) as SyntaxNode & { regex?: { flags: string } };
      const callee = value.callee as SyntaxNode | undefined;
      // Also what is said to be readonly can be changed by whoever says otherwise.
      if (isReadonly(file, id.typeAnnotation as SyntaxNode | null) || nameOf(callee?.object) === 'Object')
        held.set(nameOf(id), 'literal');
      else if (value.type === 'NewExpression' && CONTAINERS.has(nameOf(value.callee)))
        held.set(nameOf(id), isExported ? 'exported container' : 'container');
      else if (LITERALS.has(value.type)) held.set(nameOf(id), 'literal');
      else if (value.type === 'CallExpression' && /Function/.test((value.callee as SyntaxNode).type))
        held.set(nameOf(id), 'closure');
      else if (/[gy]/.test(value.regex?.flags ?? '')) held.set(nameOf(id), 'pattern');
    }
  }
  return held;
}

/** The name at the root of `(a as T).b[c].d`. */
function rootOf(wrapped: SyntaxNode): string {
  const node = unwrap(wrapped);
  return node.type === 'MemberExpression' ? rootOf(node.object as SyntaxNode) : nameOf(node);
}

/** Names whose value a file changes: assigned to, deleted from, or told to change. */
function changedNames(file: SourceFile): Set<string> {
  const changed = new Set<string>();
  walk(file.program, (node) => {
    const target = (node.left ?? node.argument) as SyntaxNode | undefined;
    const writes = ['AssignmentExpression', 'UpdateExpression'].includes(node.type) || node.operator === 'delete';
    if (writes && target?.type === 'MemberExpression') changed.add(rootOf(target));
    const callee = node.type === 'CallExpression' ? (node.callee as SyntaxNode) : undefined;
    if (callee?.type !== 'MemberExpression') return;
    if (CHANGES.has(nameOf(callee.property))) changed.add(rootOf(callee.object as SyntaxNode));
    if (nameOf(callee.object) === 'Object' && nameOf(callee.property) === 'assign')
      changed.add(rootOf((node.arguments as readonly SyntaxNode[])[0] as SyntaxNode));
  });
  return changed;
}

/** Names of patterns that are asked with `test` or `exec`, which remember where they stopped. */
function steppedPatterns(file: SourceFile): Set<string> {
  const stepped = new Set<string>();
  walk(file.program, (node) => {
    if (node.type === 'MemberExpression' && ['test', 'exec', 'lastIndex'].includes(nameOf(node.property)))
      stepped.add(nameOf(node.object));
  });
  return stepped;
}

/** Everything a module holds that can change while the program runs. */
export function moduleStateComplaints(file: SourceFile, exceptions: Readonly<Record<string, string>> = {}): string[] {
  if (!ROOMS.test(file.path) || exceptions[file.path] || /\.test\.tsx?$/.test(file.path)) return [];
  const complaints: string[] = [];
  const changed = changedNames(file);
  const stepped = steppedPatterns(file);
  for (const [name, what] of heldBy(file)) {
    if (what === 'exported container') complaints.push(`${file.path}: ${name} is changeable; declare it Readonly…`);
    if ((what === 'literal' || what === 'container') && changed.has(name))
      complaints.push(`${file.path} changes its module-level ${name}`);
    if (what === 'closure')
      complaints.push(`${file.path}: ${name} is made by a function called at once, which may remember`);
    if (what === 'pattern' && stepped.has(name))
      complaints.push(`${file.path}: the pattern ${name} remembers where it stopped`);
  }
  walk(file.program, (node, parents) => {
    const parent = parents[parents.length - 1];
    const isTop = parent?.type === 'Program' || parents[parents.length - 2]?.type === 'Program';
    if (node.type === 'VariableDeclaration' && node.kind !== 'const' && isTop && parent?.type !== 'BlockStatement')
      complaints.push(`${file.path} has module state (a module-level ${String(node.kind)})`);
    if (node.type === 'PropertyDefinition' && node.static === true && node.readonly !== true)
      complaints.push(`${file.path} has a changeable static field`);
  });
  return complaints;
}
