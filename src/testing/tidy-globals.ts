/**
 * House rules about hidden time, chance, I/O and memory in the engine. Names that a file neither declares nor imports must be on
 * a list of what is the same everywhere, so that whatever a platform adds is refused without being named here.
 */
import { analyze } from 'eslint-scope';
import { parseAst, transformWithOxc } from 'vite';
import type { SourceFile, SyntaxNode } from './source-tree';
import { walk } from './source-tree';

/** Free names the engine may use: the language without clock, chance, promises and locale. */
const ALLOWED = new Set([
  ...[
    'undefined',
    'NaN',
    'Infinity',
    'Object',
    'Array',
    'Map',
    'Set',
    'WeakMap',
    'String',
    'Number',
    'Boolean',
    'BigInt',
  ],
  ...[
    'Symbol',
    'JSON',
    'Math',
    'RegExp',
    'Error',
    'TypeError',
    'RangeError',
    'SyntaxError',
    'Uint8Array',
    'Uint32Array',
  ],
  ...['Float64Array', 'DataView', 'TextEncoder', 'TextDecoder', 'isNaN', 'parseInt'],
]);

/** Of these objects only some members are the same in every engine. */
const MEMBERS: Readonly<Record<string, ReadonlySet<string>>> = {
  Math: new Set([
    ...['abs', 'ceil', 'clz32', 'floor', 'fround', 'imul', 'max', 'min', 'round', 'sign', 'sqrt', 'trunc', 'LN2', 'PI'],
  ]),
};

/** Members that depend on the platform's language, wherever they stand. */
const LOCALE = /^(localeCompare|toLocale\w*)$/;
/** What only promises have, and what makes them. */
const LATER = /^(then|catch|finally|fromAsync)$/;
const nameOf = (node: unknown): string => (node as { name?: string } | undefined)?.name ?? '';

const isEngine = (file: SourceFile): boolean => file.path.startsWith('engine/') && !file.path.endsWith('.test.ts');

/** Free names of a file that are not on the list. Types are taken off first, so what remains is what runs. */
export async function globalComplaints(file: SourceFile): Promise<string[]> {
  if (!isEngine(file)) return [];
  const { code } = await transformWithOxc(file.text, file.path, { target: 'es2022' });
  const program: unknown = parseAst(code, { lang: 'js' });
  walk(program as SyntaxNode, (node) => Object.assign(node, { range: [node.start, node.end] }));
  const scopes = analyze(program as Parameters<typeof analyze>[0], {
    ecmaVersion: 2022,
    sourceType: 'module',
  });
  const free = new Set(scopes.globalScope?.through.map(({ identifier }) => nameOf(identifier)));
  return [...free].filter((name) => !ALLOWED.has(name)).map((name) => `${file.path} uses the global ${name}`);
}

function memberComplaints(file: SourceFile, node: SyntaxNode, parent: SyntaxNode | undefined): string[] {
  const property = node.property as SyntaxNode & { value?: unknown };
  const object = nameOf(node.object);
  const allowed = Object.hasOwn(MEMBERS, object) ? MEMBERS[object] : undefined;
  if (node.computed === true && property.type !== 'Literal') {
    return allowed ? [`${file.path} picks a member of ${object} by a computed name`] : [];
  }
  const member = node.computed === true ? String(property.value) : nameOf(property);
  const complaints: string[] = [];
  if (allowed && !allowed.has(member)) complaints.push(`${file.path} uses ${object}.${member}`);
  if (LOCALE.test(member)) complaints.push(`${file.path} uses ${member}; compare with < and >`);
  // The constructor of a function is Function, which reaches every global. What something is called may be asked.
  if (member === 'constructor' && nameOf(parent?.property) !== 'name')
    complaints.push(`${file.path} takes a constructor, which can make code of a text`);
  const isCalled = parent?.type === 'CallExpression' && parent.callee === node;
  if (LATER.test(member) && isCalled) complaints.push(`${file.path} calls ${member}; the engine is synchronous`);
  if (member === 'stack') complaints.push(`${file.path} reads a stack, which each platform writes in its own way`);
  return complaints;
}

/** Members that hide time, chance or locale, and asynchronous code. */
export function determinismComplaints(file: SourceFile): string[] {
  if (!isEngine(file)) return [];
  const complaints = new Set<string>();
  walk(file.program, (node, parents) => {
    const parent = parents[parents.length - 1];
    if (node.type === 'MemberExpression') for (const text of memberComplaints(file, node, parent)) complaints.add(text);
    if (node.type === 'VariableDeclarator' && Object.hasOwn(MEMBERS, nameOf(node.init)))
      complaints.add(`${file.path} takes ${nameOf(node.init)} apart`);
    if (node.async === true || node.type === 'AwaitExpression')
      complaints.add(`${file.path} is asynchronous; the engine is synchronous`);
    if (node.type === 'ImportExpression') complaints.add(`${file.path} imports at run time`);
    if (node.type === 'MetaProperty') complaints.add(`${file.path} asks what its own module is`);
    if (node.type === 'Property' && nameOf(node.key) === 'constructor' && parent?.type === 'ObjectPattern')
      complaints.add(`${file.path} takes a constructor, which can make code of a text`);
  });
  return [...complaints];
}
