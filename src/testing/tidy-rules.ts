/**
 * House rules about the code, each a function from a parsed file to complaints. `src/tidy.test.ts` runs them over the
 * whole tree and proves on small samples that each of them can fail.
 */
import { type SourceFile, type SyntaxNode, walk } from './source-tree';
import { DIRECTIONS, type Direction, roomOf } from './tidy-directions';

/** Imports that no direction allows. */
export function directionComplaints(file: SourceFile): string[] {
  const room = roomOf(file.path);
  if (!room) return [];
  const direction = DIRECTIONS[room] as Direction;
  const complaints: string[] = [];
  for (const { target, typeOnly } of file.imports) {
    const other = roomOf(target);
    if (other === undefined) {
      if (room.startsWith('engine') && !direction.packages?.includes(target))
        complaints.push(`${file.path} imports the package ${target}; the engine imports nothing outside itself`);
      continue;
    }
    const neighbours = direction.alone && other === room && target.split('/')[2] !== file.path.split('/')[2];
    const isRegistry = file.path.endsWith('/registry.ts');
    if (neighbours && !isRegistry)
      complaints.push(`${file.path} imports its neighbour ${target}: ${direction.because}`);
    if (other === room || direction.may.includes(other) || direction.files?.includes(target)) continue;
    if (typeOnly && direction.types?.includes(other)) continue;
    complaints.push(`${file.path} imports ${target}, which ${room} may not: ${direction.because}`);
  }
  return complaints;
}

/** Names the engine may not use, with what to use instead. */
const BANNED: Readonly<Record<string, string>> = {
  Date: 'ctx.now, api/timestamp',
  performance: 'ctx.nowMs',
  crypto: 'kernel/random',
  setTimeout: 'ctx.after',
  setInterval: 'ctx.after',
  queueMicrotask: 'ctx.after',
  requestAnimationFrame: 'ctx.after',
  Promise: 'synchronous code',
  Intl: 'plain text functions',
  fetch: 'nothing: the engine has no I/O',
  window: 'nothing: the engine has no page',
  document: 'nothing: the engine has no page',
  process: 'nothing: the engine has no process',
};

const BANNED_MEMBERS: Readonly<Record<string, readonly string[]>> = {
  Math: ['random', 'exp', 'log', 'log2', 'log10', 'pow', 'sin', 'cos', 'tan', 'atan2'],
};

const nameOf = (node: unknown): string => ((node as { name?: string } | undefined)?.name ?? '') as string;

function isFreeName(node: SyntaxNode, parent: SyntaxNode | undefined): boolean {
  if (!parent) return false;
  if (parent.type === 'MemberExpression' && parent.property === node && !parent.computed) return false;
  if (
    ['Property', 'TSPropertySignature', 'PropertyDefinition', 'MethodDefinition', 'TSMethodSignature'].includes(
      parent.type,
    )
  ) {
    return parent.value === node && parent.shorthand !== true;
  }
  return true;
}

/** Names declared in a file, so that a parameter called `document` or `process` is not taken for the platform's. */
function declaredNames(program: SyntaxNode): Set<string> {
  const names = new Set<string>();
  const add = (pattern: unknown): void => {
    if (typeof pattern !== 'object' || pattern === null) return;
    walk(pattern as SyntaxNode, (node) => {
      if (node.type === 'Identifier') names.add(nameOf(node));
    });
  };
  walk(program, (node) => {
    if (node.type === 'VariableDeclarator') add(node.id);
    if (Array.isArray(node.params)) for (const parameter of node.params) add(parameter);
  });
  return names;
}

/** Hidden time, chance and I/O in the engine. */
export function determinismComplaints(file: SourceFile): string[] {
  if (!file.path.startsWith('engine/') || file.path.endsWith('.test.ts')) return [];
  const complaints = new Set<string>();
  const declared = declaredNames(file.program);
  walk(file.program, (node, parents) => {
    const parent = parents[parents.length - 1];
    const name = nameOf(node);
    if (node.type === 'Identifier' && Object.hasOwn(BANNED, name) && !declared.has(name) && isFreeName(node, parent)) {
      complaints.add(`${file.path} uses ${name}; use ${BANNED[name]}`);
    }
    if (node.type === 'MemberExpression') {
      const member = nameOf(node.property);
      if (BANNED_MEMBERS[nameOf(node.object)]?.includes(member))
        complaints.add(`${file.path} uses ${nameOf(node.object)}.${member}`);
      if (member === 'localeCompare' || member.startsWith('toLocale'))
        complaints.add(`${file.path} uses ${member}; compare with < and >`);
    }
    if (node.async === true || node.type === 'AwaitExpression')
      complaints.add(`${file.path} is asynchronous; the engine is synchronous`);
    if (node.type === 'VariableDeclaration' && node.kind !== 'const' && parent?.type === 'Program') {
      complaints.add(`${file.path} has module state (a module-level ${String(node.kind)})`);
    }
  });
  return [...complaints];
}

const MAX_FILE_LINES = 300;
const MAX_FUNCTION_LINES = 70;
const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

/** Files and functions that are too long. Tests' `describe` blocks are lists, not functions to follow, so only files count there. */
export function sizeComplaints(file: SourceFile, exceptions: Readonly<Record<string, string>>): string[] {
  if (/\bgenerated\b/.test(file.path) || exceptions[file.path]) return [];
  const complaints: string[] = [];
  const isTest = /\.test\.tsx?$/.test(file.path);
  if (file.lines > MAX_FILE_LINES && !isTest)
    complaints.push(`${file.path} has ${file.lines} lines, more than ${MAX_FILE_LINES}`);
  if (isTest) return complaints;
  walk(file.program, (node) => {
    if (!FUNCTIONS.has(node.type)) return;
    const lines = file.text.slice(node.start, node.end).split('\n').length;
    if (lines <= MAX_FUNCTION_LINES) return;
    const line = file.text.slice(0, node.start).split('\n').length;
    complaints.push(`${file.path}:${line} is a function of ${lines} lines, more than ${MAX_FUNCTION_LINES}`);
  });
  return complaints;
}

const VAGUE = /(^|[-/])(util|utils|helper|helpers|manager|common|misc|stuff)([-./]|$)/;

/** File names that say nothing. */
export function nameComplaints(file: SourceFile): string[] {
  const complaints: string[] = [];
  if (VAGUE.test(file.path)) complaints.push(`${file.path} has a name that says nothing`);
  if (!/^[a-z0-9./-]+$/.test(file.path)) complaints.push(`${file.path} is not kebab-case`);
  return complaints;
}

/** Files without a header comment that says what they are; tests speak for themselves. */
export function headerComplaints(file: SourceFile): string[] {
  if (/\.test\.tsx?$/.test(file.path) || /\bgenerated\b/.test(file.path) || file.path.endsWith('.d.ts')) return [];
  return file.text.trimStart().startsWith('/**') ? [] : [`${file.path} has no header comment`];
}

/** Work left lying: markers, silenced checks, tests left out. */
export function leftoverComplaints(file: SourceFile): string[] {
  if (file.path.startsWith('testing/tidy') || file.path === 'tidy.test.ts') return [];
  const complaints: string[] = [];
  const patterns: readonly (readonly [RegExp, string])[] = [
    [/\b(TODO|FIXME|XXX)\b/, 'an unfinished mark'],
    [/@ts-(ignore|nocheck)/, 'a silenced type check'],
    [/\b(it|test|describe)\.(only|skip|todo|fixme)\b/, 'a test left out'],
  ];
  file.text.split('\n').forEach((line, index) => {
    for (const [pattern, what] of patterns)
      if (pattern.test(line)) complaints.push(`${file.path}:${index + 1} has ${what}`);
  });
  walk(file.program, (node) => {
    if (node.type !== 'TSAnyKeyword') return;
    complaints.push(`${file.path}:${file.text.slice(0, node.start).split('\n').length} has the type any`);
  });
  return complaints;
}
