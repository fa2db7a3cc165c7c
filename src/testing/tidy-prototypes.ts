/**
 * The house rule about maps keyed by users' words: what is looked up by a computed name in an object, or put there, goes through
 * `api/plain.ts` (`valueIn`, `putIn`), a Map, or `Object.hasOwn`, so that `constructor` and `__proto__` are names like any other.
 */
import { type SourceFile, type SyntaxNode, walk } from './source-tree';

/** Rooms in which names come from users. */
const ROOMS = /^(engine\/(api|apiserver|controllers|kubelet|machine|scheduler)|kubectl|scenario|session)\//;

const nameOf = (node: unknown): string => (node as { name?: string } | undefined)?.name ?? '';

const textOf = (file: SourceFile, { start, end }: SyntaxNode): string => file.text.slice(start, end);

/** Empty objects declared as records of strings: maps that are about to be filled. */
function emptyRecords(file: SourceFile): Set<string> {
  const names = new Set<string>();
  walk(file.program, (node) => {
    if (node.type !== 'VariableDeclarator') return;
    const id = node.id as SyntaxNode & { typeAnnotation?: SyntaxNode | null };
    // `{}`, `{} as T` and `{} satisfies T` alike.
    const written = node.init as (SyntaxNode & { expression?: SyntaxNode; typeAnnotation?: SyntaxNode }) | null;
    const init = (written?.expression ?? written) as (SyntaxNode & { properties?: readonly unknown[] }) | null;
    const type = id.typeAnnotation ?? written?.typeAnnotation;
    if (init?.type !== 'ObjectExpression' || init.properties?.length !== 0 || !type) return;
    if (/^:?\s*((Readonly<)?Record<string,|(Readonly<)?\{\s*(readonly )?\[\w+: string\])/.test(textOf(file, type)))
      names.add(nameOf(id));
  });
  return names;
}

/** Every place where a map made as `{}` is filled by a computed name. */
export function prototypeComplaints(file: SourceFile): string[] {
  if (!ROOMS.test(file.path) || /\.test\.tsx?$/.test(file.path)) return [];
  const records = emptyRecords(file);
  const complaints = new Set<string>();
  walk(file.program, (node) => {
    if (node.type !== 'AssignmentExpression') return;
    const left = node.left as SyntaxNode & { object?: SyntaxNode; property?: SyntaxNode; computed?: boolean };
    if (left.type !== 'MemberExpression' || left.computed !== true || left.property?.type === 'Literal') return;
    if (records.has(nameOf(left.object)))
      complaints.add(`${file.path} fills ${nameOf(left.object)} by a computed name; use putIn of api/plain, or a Map`);
  });
  return [...complaints];
}
