/** Source files read with a real parser, for rules about the code itself. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAst } from 'vite';

/** The `src` folder. */
export const SRC = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Any node of the syntax tree. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

/** One import of a file. `target` is a path below src for relative imports, else the package as written. */
export interface Import {
  readonly target: string;
  readonly typeOnly: boolean;
}

/** One parsed file. `path` is below src with `/`. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly lines: number;
  readonly program: SyntaxNode;
  readonly imports: readonly Import[];
}

/** Every TypeScript file below src, by path. */
export function sourcePaths(folder = SRC): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return sourcePaths(path);
      return /\.tsx?$/.test(entry.name) ? [relative(SRC, path).replaceAll('\\', '/')] : [];
    })
    .sort();
}

const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === 'object' && value !== null && typeof (value as SyntaxNode).type === 'string';

/** Calls `visit` for every node below (and including) one, with its ancestors, nearest last. */
export function walk(node: SyntaxNode, visit: (node: SyntaxNode, parents: readonly SyntaxNode[]) => void): void {
  const parents: SyntaxNode[] = [];
  const descend = (current: SyntaxNode): void => {
    visit(current, parents);
    parents.push(current);
    for (const value of Object.values(current)) {
      if (Array.isArray(value)) for (const item of value) if (isNode(item)) descend(item);
      if (isNode(value)) descend(value);
    }
    parents.pop();
  };
  descend(node);
}

function resolve(path: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier;
  return posix.normalize(posix.join(posix.dirname(path), specifier.replace(/\?.*$/, '')));
}

const SPECIFIER_HOLDERS = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
]);

function isTypeOnly(node: SyntaxNode): boolean {
  if (node.importKind === 'type' || node.exportKind === 'type') return true;
  const specifiers = (node.specifiers ?? []) as readonly SyntaxNode[];
  return specifiers.length > 0 && specifiers.every((one) => one.importKind === 'type' || one.exportKind === 'type');
}

function importsOf(path: string, program: SyntaxNode): Import[] {
  const imports: Import[] = [];
  walk(program, (node) => {
    if (!SPECIFIER_HOLDERS.has(node.type)) return;
    const source = node.source as { value?: unknown } | null | undefined;
    if (typeof source?.value !== 'string') return;
    imports.push({ target: resolve(path, source.value), typeOnly: isTypeOnly(node) });
  });
  return imports;
}

/** Parses a text as if it stood at `path`. */
export function parseSource(path: string, text: string): SourceFile {
  const program = parseAst(text, { lang: path.endsWith('x') ? 'tsx' : 'ts' }) as unknown as SyntaxNode;
  return { path, text, lines: text.split('\n').length - 1, program, imports: importsOf(path, program) };
}

/** Reads and parses a file below src. */
export function readSource(path: string): SourceFile {
  return parseSource(path, readFileSync(join(SRC, path), 'utf8'));
}
