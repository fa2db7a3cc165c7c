/**
 * Fields that a condition reads and that no object can have, as far as the schemas of built-in kinds say: in a comparison they are null for ever, so
 * that a misspelt one is no error when it runs. Of custom kinds, and of what is computed, nothing is said.
 */
import type { Node } from '../engine/api/cel/ast';
import { type FieldSchema, typeSchema } from '../engine/api/schema';
import { findResource } from '../engine/api/scheme';

/** What is known of a value; undefined stands for anything. */
type Shape =
  | { readonly is: 'object'; readonly type: string; readonly path: string }
  | { readonly is: 'list' | 'map'; readonly each: Shape | undefined; readonly path: string }
  | { readonly is: 'scalar'; readonly path: string };

type Names = ReadonlyMap<string, Shape | undefined>;

/** What has no fields. */
const SCALARS: ReadonlySet<string> = new Set([
  'string',
  'bool',
  'int32',
  'int64',
  'float64',
  'Quantity',
  'Time',
  'MicroTime',
]);

function shapeOfField({ container, type, typeName }: FieldSchema, path: string): Shape | undefined {
  const one: Shape | undefined =
    type === 'struct' ? objectOf(typeName, path) : SCALARS.has(type) ? { is: 'scalar', path } : undefined;
  return container === 'none' ? one : { is: container, each: one, path };
}

const objectOf = (type: string, path: string): Shape | undefined =>
  typeSchema(type) ? { is: 'object', type, path } : undefined;

function objectOfKind(kind: string): Shape | undefined {
  const type = findResource(kind)?.type;
  return type ? objectOf(type, kind) : undefined;
}

/** What a function of a moment gives. */
function given(name: string, [first]: readonly Node[]): Shape | undefined {
  const kind =
    name === 'events' ? 'Event' : first?.op === 'literal' && typeof first.value === 'string' ? first.value : '';
  if (name === 'get') return objectOfKind(kind);
  return name === 'list' || name === 'events' ? { is: 'list', each: objectOfKind(kind), path: kind } : undefined;
}

const eachOf = (shape: Shape | undefined): Shape | undefined =>
  shape?.is === 'list' || shape?.is === 'map' ? shape.each : undefined;

class Reader {
  readonly unknown = new Set<string>();

  read(node: Node, names: Names): Shape | undefined {
    switch (node.op) {
      case 'ident':
        return names.get(node.name);
      case 'select':
        return this.field(this.read(node.of, names), node.field);
      case 'list':
        for (const item of node.items) this.read(item, names);
        return undefined;
      case 'map':
        for (const part of node.entries.flat()) this.read(part, names);
        return undefined;
      case 'bind':
        return this.read(node.body, new Map(names).set(node.name, this.read(node.value, names)));
      case 'macro':
        return this.macro(node, names);
      case 'call':
        return this.call(node, names);
      default:
        return undefined;
    }
  }

  private field(of: Shape | undefined, field: string): Shape | undefined {
    if (of?.is === 'map') return of.each;
    if (of?.is === 'scalar') this.unknown.add(`${of.path} has no fields (${field})`);
    if (of?.is !== 'object') return undefined;
    const found = typeSchema(of.type)?.get(field);
    if (!found) this.unknown.add(`${of.path} has no field ${field}`);
    return found && shapeOfField(found, `${of.path}.${field}`);
  }

  private macro({ over, variables, predicate, body, name }: Node & { op: 'macro' }, names: Names): Shape | undefined {
    const through = this.read(over, names);
    const inner = new Map(names);
    const [first = '', second] = variables;
    // Over a map the one name is the key.
    inner.set(first, second === undefined && through?.is === 'list' ? through.each : undefined);
    if (second !== undefined) inner.set(second, eachOf(through));
    if (predicate) this.read(predicate, inner);
    const made = body && this.read(body, inner);
    if (name === 'filter') return through;
    return name === 'map' ? { is: 'list', each: made, path: '' } : undefined;
  }

  private call({ name, target, args }: Node & { op: 'call' }, names: Names): Shape | undefined {
    if (target) this.read(target, names);
    const shapes = args.map((arg) => this.read(arg, names));
    if (target) return undefined;
    if (name === '[]') return eachOf(shapes[0]);
    return given(name, args);
  }
}

/** What of it is unknown, each once. */
export function unknownFields(tree: Node): readonly string[] {
  const reader = new Reader();
  reader.read(tree, new Map());
  return [...reader.unknown];
}
